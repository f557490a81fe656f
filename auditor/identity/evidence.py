"""What the files and the owner say that bears on who is who: names, addresses and decisions, by number of mention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from auditor.identity.merging import Codes
from auditor.identity.names import contradict, keys, readings
from auditor.marks import decision_table
from auditor.organisations import employer_of_address, is_office, organisation
from auditor.records import Records

STRENGTH = ("linkedin", "email", "phone", "handle", "name")
"""The kinds of key, the strongest first."""


class Evidence:
    """The mentions of some records, numbered from the strongest key to the weakest, and all that is said of each."""

    def __init__(self, records: Records, decisions: pd.DataFrame | None = None) -> None:
        self._records = records
        self._decisions = decision_table() if decisions is None else decisions
        everybody = {*records.people["person"].tolist(), *records.interactions["person"].cat.categories.tolist()}
        ranks = {kind: rank for rank, kind in enumerate(STRENGTH)}
        self._keys = sorted(sorted(everybody), key=lambda m: ranks[m.partition(":")[0]])
        self.mentions = pd.Index(self._keys, dtype="str")
        self.owner = self.mentions.isin(list(records.owner.keys))

    def __len__(self) -> int:
        return len(self.mentions)

    def numbers(self, mentions: Any) -> Codes:
        """The number of each mention, -1 where it is not in the records."""
        return np.asarray(self.mentions.get_indexer(pd.Index(mentions)), dtype=np.int64)

    @cached_property
    def profiles(self) -> int:
        """How many mentions are profiles; they are the first."""
        return sum(m.startswith("linkedin:") for m in self._keys)

    @cached_property
    def names(self) -> pd.DataFrame:
        """`code` and `name`, one row a mention and way its name is written; the owner has none."""
        known = self._records.people[["person", "name"]].drop_duplicates()
        known = known[known["name"].fillna("") != ""]
        table = pd.DataFrame({"code": self.numbers(known["person"]), "name": known["name"].to_numpy()})
        table = table[~self.owner[table["code"].to_numpy()]]
        return pd.DataFrame(table.sort_values(["code", "name"], ignore_index=True))

    @cached_property
    def readings(self) -> pd.DataFrame:
        """`code` and `reading`, one row a folded name that a mention goes by."""
        return self._spread(readings, "reading")

    @cached_property
    def keys(self) -> pd.DataFrame:
        """`code` and `key`, one row a key of a full name that a mention goes by."""
        return self._spread(keys, "key")

    def _spread(self, of: Callable[[str], Sequence[str]], column: str) -> pd.DataFrame:
        """One row a mention and value that `of` gives for one of its names."""
        values = [of(name) for name in self.names["name"].tolist()]
        codes = np.repeat(self.names["code"].to_numpy(np.int64), [len(some) for some in values])
        flat = np.array([value for some in values for value in some], dtype=object)
        return pd.DataFrame({"code": codes, column: flat}).drop_duplicates(ignore_index=True)

    @cached_property
    def nobodys(self) -> Any:
        """Which mentions are no one person's by their name: an office's address, or one of people of two names."""
        office = [m.startswith("email:") and is_office(m.removeprefix("email:")) for m in self._keys]
        several = self.readings[self.readings["code"].duplicated(keep=False)]
        for code, names in several.groupby("code")["reading"]:
            office[int(str(code))] |= any(contradict(a, b) for a, b in combinations(names, 2))
        return np.array(office, dtype=bool)

    @cached_property
    def holders(self) -> pd.DataFrame:
        """`kind`, `value` and `code`: who holds an identifier that another mention holds too, or is."""
        given = self._records.identifiers.drop_duplicates()
        key = given["kind"] + ":" + given["value"]
        given = given[key != given["person"]]
        given = given[~key[given.index].isin(list(self._records.owner.keys))]
        both = [self.numbers(given["person"]), self.numbers(key[given.index])]
        held = pd.concat([given[["kind", "value"]].assign(code=codes) for codes in both]).drop_duplicates()
        held = held[held["code"] >= 0]
        held = held[~self.owner[held["code"].to_numpy()]]
        held = held[held.duplicated(["kind", "value"], keep=False)]
        return pd.DataFrame(held.sort_values(["kind", "value", "code"], ignore_index=True))

    @cached_property
    def decided(self) -> pd.DataFrame:
        """`one`, `other` (numbers, the stronger first), `same`: the latest word on each pair, the latest pair first."""
        if self._decisions.empty:
            return pd.DataFrame({"one": [], "other": [], "same": []}, dtype="int64").astype({"same": bool})
        table = self._decisions.assign(
            a=self.numbers(self._decisions["one"]), b=self.numbers(self._decisions["other"])
        ).query("a >= 0 and b >= 0")
        table = table.assign(one=table[["a", "b"]].min(axis=1), other=table[["a", "b"]].max(axis=1))
        table = table[~self.owner[table["one"]] & ~self.owner[table["other"]]]
        order = table.sort_values(["at", "same", "one", "other"], ascending=[False, True, True, True])
        order = order.drop_duplicates(["one", "other"])
        return pd.DataFrame(order[["one", "other", "same"]].reset_index(drop=True))

    def pairs(self, *, same: bool) -> Codes:
        """The pairs that the owner called the same human, or two humans: two columns of numbers, the latest first."""
        rows = self.decided[["one", "other"]].to_numpy(np.int64)
        return np.asarray(rows[self.decided["same"].to_numpy(bool) == same])

    def names_of(self, code: int) -> list[str]:
        """The folded names of a mention."""
        return self._by_code.get(code, [])

    @cached_property
    def _by_code(self) -> dict[int, list[str]]:
        found = defaultdict(list)
        for code, reading in zip(self.readings["code"].tolist(), self.readings["reading"].tolist(), strict=True):
            found[code].append(reading)
        return dict(found)

    def employers(self, codes: Codes) -> pd.DataFrame:
        """`code` and `employer`: whom these mentions work for, by what the files say or by their mail address."""
        people = self._records.people[["person", "company"]].dropna().drop_duplicates()
        said = pd.DataFrame({"code": self.numbers(people["person"]), "company": people["company"].to_numpy()})
        said = said[said["code"].isin(codes)]
        found = [(c, _squeezed(name)) for c, name in zip(said["code"].tolist(), said["company"].tolist(), strict=True)]
        for code in codes.tolist():
            kind, _, address = self._keys[code].partition(":")
            found.append((code, employer_of_address(address) if kind == "email" else None))
        return pd.DataFrame(found, columns=["code", "employer"]).dropna().drop_duplicates()

    @cached_property
    def sides(self) -> Codes:
        """Where each mention stands: among profiles, addresses, numbers, or the handles or names of one label."""
        return np.asarray(pd.factorize(np.array([_side(key) for key in self._keys], dtype=object))[0])


def _squeezed(company: str) -> str | None:
    key = organisation(company)
    return key.removeprefix("organisation:").replace(" ", "") if key else None


def _side(mention: str) -> str:
    kind = mention[:6]
    if kind == "handle":
        return ":".join(mention.split(":", 2)[:2])
    return f"name:{mention.rpartition('@')[2]}" if kind[:5] == "name:" else kind
