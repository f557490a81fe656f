"""Who calls: callers are classified, not scored. A call says that somebody has the number, not that they are close."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import pandas as pd

CLASSES = ("family", "known", "unidentified")
"""family: an address book says so, or the owner. known: somebody whose name the files know. unidentified: the rest."""

COLUMNS = ["name", "company", "caller", "calls", "missed", "seconds", "first", "last", "likely_automated"]

FEW_CALLS, SECONDS = 2, 20
"""Whoever rang so often at most, and talked for less than so many seconds in all, is likely no human being."""

NEIGHBOURS, LAST_DIGITS, NEIGHBOUR_SECONDS = 3, 4, 120
"""So many unidentified numbers alike but for their last digits are one dialling machine's, unless somebody talked."""

_FAMILY, _KNOWN, _UNIDENTIFIED = CLASSES


def classify(
    exchanges: pd.DataFrame, people: pd.DataFrame, human: pd.Series[str], family: AbstractSet[str] = frozenset()
) -> pd.DataFrame:
    """One row a human with calls, indexed by the human's key, most calls first.

    `name`, `company` (missing where not known), `caller` (one of CLASSES), `calls` and `missed` (those that somebody
    took, and those that nobody did, in either direction), `seconds` (of talk), `first`, `last` (UTC), and
    `likely_automated`: an unidentified number that rang once or for seconds, or one of a row of neighbours, and that
    the owner never dialled.

    `exchanges` are by human already; `human` is mention → human; `family` are mentions that the owner called so.
    """
    taken = exchanges["channel"] == "call"
    by_phone = exchanges[taken | (exchanges["channel"] == "missed_call")].assign(
        taken=taken,
        untaken=~taken,
        dialled=exchanges["direction"] != "in",
        talk=exchanges["seconds"].where(taken).astype("float64").fillna(0.0),
    )
    callers = by_phone.groupby(by_phone["person"].astype("str")).agg(
        calls=("taken", "sum"), missed=("untaken", "sum"), seconds=("talk", "sum"), first=("at", "min"),
        last=("at", "max"), dialled=("dialled", "any"),
    )  # fmt: skip
    told = _known(people[people["person"].map(human).isin(callers.index)], human)
    callers = callers.join(told[["name", "company"]])
    relatives = {*told.index[told["family"]], *human.reindex(list(family)).dropna(), *family}
    callers["caller"] = _UNIDENTIFIED
    callers.loc[callers["name"].notna(), "caller"] = _KNOWN
    callers.loc[callers.index.isin(relatives), "caller"] = _FAMILY
    callers["likely_automated"] = _automated(callers)
    ordered = callers.rename_axis("human").sort_values(["calls", "missed", "human"], ascending=[False, False, True])
    return ordered[COLUMNS]


def _automated(callers: pd.DataFrame) -> pd.Series[bool]:
    strangers = callers[(callers["caller"] == _UNIDENTIFIED) & ~callers["dialled"]]
    brief = (strangers["calls"] + strangers["missed"] <= FEW_CALLS) & (strangers["seconds"] < SECONDS)
    block = strangers.index.to_series().where(strangers.index.str.startswith("phone:")).str[:-LAST_DIGITS]
    row = block.groupby(block).transform("size") >= NEIGHBOURS
    found = brief | (row.fillna(value=False) & (strangers["seconds"] < NEIGHBOUR_SECONDS))
    return found.reindex(callers.index, fill_value=False).astype(bool)


def describe(callers: pd.DataFrame) -> str:
    """The classes in words: "2 family, 1 known (Harbour Recruiting), 7 unidentified and likely automated"."""
    found = counts(callers)
    known = callers.loc[callers["caller"] == _KNOWN, "name"]
    parts = [f"{found[name]:,} {name}" for name in CLASSES]
    if len(known) == 1:
        parts[1] += f" ({known.iloc[0]})"
    machines = int(callers["likely_automated"].sum())
    if machines:
        parts[2] += " and" if machines == found[_UNIDENTIFIED] else f", {machines:,} of them"
        parts[2] += " likely automated"
    return ", ".join(parts)


def counts(callers: pd.DataFrame) -> dict[str, int]:
    """How many callers there are of each class."""
    return {name: int((callers["caller"] == name).sum()) for name in CLASSES}


def _known(people: pd.DataFrame, human: pd.Series[str]) -> pd.DataFrame:
    """What all of a human's mentions tell: `name`, `company`, and whether any says `family`; indexed by human."""
    rows = people.assign(
        human=people["person"].map(human),
        name=people["name"].mask(people["name"] == ""),
        family=people["relation"] == _FAMILY,
    ).sort_values("connection", ascending=False, kind="stable")
    return rows.groupby("human").agg(name=("name", "first"), company=("company", "first"), family=("family", "any"))
