"""What changed between two exports: who is new, who vanished, who changed jobs, who goes by another name or address.

LinkedIn tells nobody that a connection is gone, and its list holds today's jobs only. Two lists side by side do tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from auditor.mentions import fold
from auditor.organisations import organisation
from auditor.store import Store

VANISHED = (
    "No longer on your list. Either of you may have disconnected, or they closed or hid their account: the file cannot "
    "tell which."
)
"""What can be known of somebody who vanished, and what cannot."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences of two connection lists; each table is sorted by name.

    `new`, `vanished`: `person`, `name`, `company`, `position`, `connected_on`. `late`: those of the new who had
    connected before the older export and yet were not in it (a profile that was hidden, as far as one can tell).
    `jobs`: `person`, `name`, `company_before`, `company`, `position_before`, `position`. `renamed`: `person`, `name`,
    `name_before`, `person_before` (another key: the profile has a new address).
    """

    since: pd.Timestamp
    until: pd.Timestamp
    new: pd.DataFrame
    late: pd.DataFrame
    vanished: pd.DataFrame
    jobs: pd.DataFrame
    renamed: pd.DataFrame

    def __bool__(self) -> bool:
        return any(len(table) for table in (self.new, self.late, self.vanished, self.jobs, self.renamed))


def changes(before: pd.DataFrame, after: pd.DataFrame, since: pd.Timestamp, until: pd.Timestamp) -> Changes:
    """What changed from the connection list `before`, exported on `since`, to `after`, exported on `until`.

    Both are people tables (records.PEOPLE); only their connections count. People are compared by mention key; whoever
    is in one list only, under a name and a day of connecting that the other list's only has once too, moved to a new
    profile address.
    """
    old, new = _list(before), _list(after)
    moved = _moved(old.loc[old.index.difference(new.index)], new.loc[new.index.difference(old.index)])
    old = old.rename(index=moved)
    both = old.index.intersection(new.index)
    fresh = new.loc[new.index.difference(old.index)]
    late = fresh["connected_on"] < since.normalize()
    return Changes(
        since,
        until,
        new=_named(fresh[~late]),
        late=_named(fresh[late]),
        vanished=_named(old.loc[old.index.difference(new.index)]),
        jobs=_jobs(old.loc[both], new.loc[both]),
        renamed=_renamed(old.loc[both], new.loc[both], {now: then for then, now in moved.items()}),
    )


def of_store(store: Store) -> Changes | None:
    """What changed between the last two exports in a store that have a list of connections, where there are two."""
    listed = store.imports()
    listed = listed[(listed["connections"] > 0) & listed["taken"].notna()].sort_values("taken").tail(2)
    if len(listed) < 2:
        return None
    before, after = (store.connections(int(number)) for number in listed["id"])
    return changes(before, after, *listed["taken"])


def _list(people: pd.DataFrame) -> pd.DataFrame:
    """The connections by mention key, each once."""
    listed = people[people["connection"]].drop_duplicates("person").set_index("person")
    return listed[["name", "company", "position", "connected_on"]]


def _moved(gone: pd.DataFrame, come: pd.DataFrame) -> dict[str, str]:
    """Old key → new key of those who are the same by name and day of connecting, unique on both sides."""
    sides = [
        side.assign(folded=side["name"].fillna("").map(fold))
        .query("folded != ''")
        .drop_duplicates(["folded", "connected_on"], keep=False)
        .reset_index(names="person")
        for side in (gone, come)
    ]
    pairs = sides[0].merge(sides[1], on=["folded", "connected_on"], suffixes=("_before", ""))
    pairs = pairs[pairs["connected_on"].notna()]
    return dict(zip(pairs["person_before"], pairs["person"], strict=True))


def _jobs(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Who has another company or position. A company that is only spelt another way is the same."""
    told = new["company"].notna() | new["position"].notna()
    company = _differ(old["company"], new["company"], _employer)
    position = _differ(old["position"], new["position"], fold)
    changed = new[told & (company | position)].rename_axis("person")
    before = old.loc[changed.index, ["company", "position"]].add_suffix("_before")
    table = changed.join(before).reset_index().sort_values(["name", "person"], ignore_index=True)
    return table[["person", "name", "company_before", "company", "position_before", "position"]]


def _employer(company: str) -> str:
    return organisation(company) or fold(company)


def _differ(one: pd.Series[str], other: pd.Series[str], key: Callable[[str], str]) -> pd.Series[bool]:
    return one.map(key, na_action="ignore").fillna("") != other.map(key, na_action="ignore").fillna("")


def _renamed(old: pd.DataFrame, new: pd.DataFrame, moved: dict[str, str]) -> pd.DataFrame:
    """Who goes by another name, whatever its case and decoration, or under another profile address."""
    name = _differ(old["name"], new["name"], fold)
    address = pd.Series(new.index.isin(list(moved)), index=new.index)
    before = [moved.get(str(person), str(person)) for person in new.index]
    both = pd.DataFrame({"name": new["name"], "name_before": old["name"], "person_before": before}, index=new.index)
    table = both[name | address].rename_axis("person")
    return table.reset_index().sort_values(["name", "person"], ignore_index=True)


def _named(people: pd.DataFrame) -> pd.DataFrame:
    return people.rename_axis("person").reset_index().sort_values(["name", "person"], ignore_index=True)
