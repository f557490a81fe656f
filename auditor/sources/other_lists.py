"""Connection lists of any network: XING, Viadeo, a CRM's export, who one follows on Mastodon.

A list with plain headers is read as it is. For any other table the owner says which column is which (`ListColumns`). A
list is asked for last: when no other source takes the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from auditor.errors import UsageError
from auditor.mentions import email_key, name_key
from auditor.records import Owner, Records, identifiers, interactions, people
from auditor.sources import profiles
from auditor.sources.linkedin.persons import full_names, told_apart
from auditor.sources.list_columns import ROLES, ListColumns, plain, profile_key, propose
from auditor.sources.peek import Peek
from auditor.sources.receipt import Receipt
from auditor.sources.source import Draft
from auditor.sources.tables import Table


@dataclass(frozen=True, slots=True)
class Chosen:
    """The source that reads a table by the owner's choice."""

    choice: ListColumns

    def claims(self, peek: Peek) -> bool:
        return peek.table is not None

    def read(self, peek: Peek) -> Draft:
        return _draft(peek, self.choice)


def claims(peek: Peek) -> bool:
    return plain(peek)


def read(peek: Peek) -> Draft:
    return _draft(peek, propose(peek) or ListColumns())


def _draft(peek: Peek, choice: ListColumns) -> Draft:
    header = peek.table
    if header is None:
        raise UsageError(f"{peek.file.shown} is no table")
    missing = [name for name in choice.columns.values() if name not in header.names]
    if missing:
        raise UsageError(f"{peek.file.shown} has no column {missing[0]!r}: choose among {', '.join(header.names)}")
    if not (choice.name or choice.first or choice.last or choice.profile or choice.email):
        raise UsageError(f"{peek.file.shown}: choose at least the column of the names, profiles or mail addresses")
    columns = {role: ([choice.columns[role]] if role in choice.columns else []) for role in ROLES}
    table = Table(peek, header, columns, header.names)
    return Draft(partial(_records, table, table.frame(), choice))


def _records(table: Table, frame: pd.DataFrame, choice: ListColumns, owner: Owner) -> Records:
    receipt = Receipt(table, "connections", frame["row"])
    frame["name"] = _names(frame)
    frame["ids"] = [_ids(*cells) for cells in zip(frame["profile"], frame["email"], strict=True)]
    keyed = zip(frame["ids"], frame["name"], strict=True)
    frame["person"] = pd.Series([ids[0] if ids else name_key(name, choice.label) for ids, name in keyed], dtype="str")
    frame["connected_on"] = table.times(frame["since"], day_first=choice.day_first).dt.normalize()
    receipt.set_aside((frame[list(ROLES)] == "").all(axis=1), "blank row")
    receipt.set_aside(frame["person"].isna(), "nameless")
    by_key = pd.Series([not owner.keys.isdisjoint(ids) for ids in frame["ids"]], dtype="bool")
    receipt.set_aside(by_key | frame["name"].map(owner.goes_by).astype("bool"), "yourself")
    receipt.set_aside(~frame["person"].str.startswith("name:") & frame["person"].duplicated(), "same person again")
    undated = receipt.left & frame["connected_on"].isna() & (choice.since is not None)
    if undated.any():
        receipt.note("connections without a readable date", int(undated.sum()), int(frame["row"][undated].min()))
    left = told_apart(frame[receipt.left].copy(), owner, choice.label)
    return Records(_people(left, table.shown), _identifiers(left), interactions(), receipt.coverage("connections"))


def _names(frame: pd.DataFrame) -> pd.Series:
    """Each person's name, or what stands for it: the account, the profile's last part, the mail address."""
    names = frame["name"].where(frame["name"] != "", full_names(frame["first"], frame["last"]))
    ends = frame["profile"].str.rstrip("/").str.rpartition("/")[2]
    for instead in (ends, frame["email"]):
        names = names.where(names != "", instead)
    return names


def _ids(profile: str, email: str) -> list[str]:
    """The keys in a row, the strongest first."""
    linked = profiles.linkedin(profile)
    return [key for key in (linked, email_key(email), None if linked else profile_key(profile)) if key]


def _people(frame: pd.DataFrame, shown: str) -> pd.DataFrame:
    rows = frame[["person", "name", "connected_on"]].assign(connection=True, source=shown)
    for column in ("company", "position"):
        rows[column] = frame[column].where(frame[column] != "")
    return people(rows.reset_index(drop=True))


def _identifiers(frame: pd.DataFrame) -> pd.DataFrame:
    pairs: list[tuple[Any, ...]] = [
        (person, *key.split(":", 1)) for person, ids in zip(frame["person"], frame["ids"], strict=True) for key in ids
    ]
    return identifiers(pd.DataFrame(pairs, columns=["person", "kind", "value"], dtype="str"))
