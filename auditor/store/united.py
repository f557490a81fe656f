"""What many imports say together: who is a connection now, which receipt stands, whose store this is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from auditor import records as waist
from auditor.records import COVERAGE, PEOPLE, Owner
from auditor.store.cells import PEOPLE_TABLE
from auditor.store.holding import Members


def people(rows: pd.DataFrame, holders: Mapping[int, Members], taken: Mapping[int, int]) -> pd.DataFrame:
    """The people of all imports, the newest word first.

    Rows of the latest connection list are connections, and all that is said of these people but that they are family.
    Whoever stands in earlier lists only has vanished, and is none. `rows`: the kept people with `held`; `taken`: import
    → its day.
    """
    latest = {number: max(taken[member] for member in members) for number, members in holders.items()}
    rows = rows.assign(taken=rows["held"].map(latest)).sort_values("taken", ascending=False, kind="stable")
    listed = rows["connection"] & (rows["taken"] == rows.loc[rows["connection"], "taken"].max())
    told = rows["relation"].isna() & rows["person"].isin(rows.loc[listed, "person"])
    others = rows[~listed & ~told].assign(connection=False)
    found = pd.concat([rows[listed], others.drop_duplicates(PEOPLE_TABLE.same)], ignore_index=True)
    return waist.people(found[list(PEOPLE)])


def receipt(lines: pd.DataFrame, taken: Mapping[int, int]) -> pd.DataFrame:
    """The lines of all imports, without those on a file that a later import has read again.

    A file that covers all contact of a time is read again where a later one of that name covers all that time.
    """
    stand: list[Any] = []
    later: dict[tuple[str, str], list[tuple[int, Any, Any]]] = defaultdict(list)
    parts = [(taken[part["import"].iloc[0]], part) for _, part in lines.groupby(["import", "file", "kind"], sort=False)]
    for moment, part in sorted(parts, key=lambda one: one[0], reverse=True):
        since, until = part["since"].min(), part["until"].max()
        alike = later[_which(part.iloc[0])]
        if not any(m > moment and (pd.isna(since) or (s <= since and u >= until)) for m, s, u in alike):
            alike.append((moment, since, until))
            stand.extend(part.index)
    return waist.coverage(lines.loc[sorted(stand), list(COVERAGE)].reset_index(drop=True))


def _which(line: pd.Series) -> tuple[str, str]:
    """What two exports have in common that are one file of two days: kind, and name without dates and numbers.

    Where it covers all contact of a time, or is the list of connections, that is its name inside the archive; an
    archive may be called anything.
    """
    inside = pd.notna(line["since"]) or line["kind"] == "connections"
    name = PurePosixPath(line["file"]).name if inside else line["file"]
    return re.sub(r"[\d\W_]+", " ", name).casefold(), line["kind"]


def owner_rows(owner: Owner) -> pd.DataFrame:
    """The owner as a table."""
    rows = [
        *(("name", name) for name in owner.names),
        *(("key", key) for key in sorted(owner.keys)),
        *(("company", company) for company in owner.companies),
        *([("region", owner.region)] if owner.region else []),
    ]
    return pd.DataFrame(rows, columns=["kind", "value"], dtype="str")


def owner(rows: pd.DataFrame) -> Owner:
    """The owner of such tables, one below the other."""
    told = {str(kind): tuple(dict.fromkeys(values)) for kind, values in rows.groupby("kind")["value"]}
    names, keys, companies, regions = (told.get(kind, ()) for kind in ("name", "key", "company", "region"))
    return Owner(names, frozenset(keys), companies, next(iter(regions), None))


def knows(known: Owner, told: Owner) -> bool:
    """Whether all that is told of the owner is known."""
    facts = (set(owner_rows(one).itertuples(index=False, name=None)) for one in (told, known))
    return next(facts) <= next(facts)
