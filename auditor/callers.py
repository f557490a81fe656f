"""Who calls: callers are classified, not scored. A call says that somebody has the number, not that they are close."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import pandas as pd

CLASSES = ("family", "known", "unidentified")
"""family: an address book says so, or the owner. known: somebody whose name the files know. unidentified: the rest."""

COLUMNS = ["name", "company", "caller", "calls", "missed", "seconds", "first", "last"]

_FAMILY, _KNOWN, _UNIDENTIFIED = CLASSES


def classify(
    exchanges: pd.DataFrame, people: pd.DataFrame, human: pd.Series[str], family: AbstractSet[str] = frozenset()
) -> pd.DataFrame:
    """One row a human with calls, indexed by the human's key, most calls first.

    `name`, `company` (missing where not known), `caller` (one of CLASSES), `calls` and `missed` (those that somebody
    took, and those that nobody did, in either direction), `seconds` (of talk), `first`, `last` (UTC).

    `exchanges` are by human already; `human` is mention → human; `family` are mentions that the owner called so.
    """
    taken = exchanges["channel"] == "call"
    by_phone = exchanges[taken | (exchanges["channel"] == "missed_call")].assign(
        taken=taken, untaken=~taken, talk=exchanges["seconds"].where(taken).astype("float64").fillna(0.0)
    )
    callers = by_phone.groupby(by_phone["person"].astype("str")).agg(
        calls=("taken", "sum"), missed=("untaken", "sum"), seconds=("talk", "sum"), first=("at", "min"),
        last=("at", "max"),
    )  # fmt: skip
    told = _known(people, human)
    callers = callers.join(told[["name", "company"]])
    relatives = {*told.index[told["family"]], *human.reindex(list(family)).dropna(), *family}
    callers["caller"] = _UNIDENTIFIED
    callers.loc[callers["name"].notna(), "caller"] = _KNOWN
    callers.loc[callers.index.isin(relatives), "caller"] = _FAMILY
    ordered = callers.rename_axis("human").sort_values(["calls", "missed", "human"], ascending=[False, False, True])
    return ordered[COLUMNS]


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
