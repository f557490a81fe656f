"""The imports: what each brought, and the records that all of them make together."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from auditor import records as waist
from auditor.errors import UsageError
from auditor.records import COVERAGE, TIME, Owner, Records, validate
from auditor.repeats import told_twice
from auditor.store import united
from auditor.store.cells import (
    BROADCASTS_TABLE,
    FACTS_TABLE,
    IDENTIFIERS_TABLE,
    INTERACTIONS_TABLE,
    KEPT,
    OWNER_TABLE,
    PEOPLE_TABLE,
    RECEIPT_TABLE,
    Table,
    encoded,
    frame,
    insert,
    microseconds,
)
from auditor.store.forgetting import remembered, tidy
from auditor.store.holding import Members, hold, let_go, sets
from auditor.store.opening import Opened

IMPORTS: Mapping[str, str] = {
    "id": "int64",
    "label": "str",
    "digest": "str",
    "at": TIME,
    "taken": TIME,
    "people": "int64",  # rows that it holds
    "connections": "int64",  # those of a connection list
    "interactions": "int64",
    "alone": "int64",  # rows of any kind that no other import holds: forgetting it takes these away
}
"""One row an import, in the order in which they came."""


@dataclass(frozen=True, slots=True)
class Import:
    """What is known of a handful of files beside what stands in them.

    `label`: what to call it. `digest`: SHA-256 of its contents; the same digest is the same import. `at`: when it was
    imported. `taken`: the latest moment that its files speak of, missing where they speak of none: of two connection
    lists that of the later one holds.
    """

    label: str
    digest: str
    at: pd.Timestamp
    taken: pd.Timestamp | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What an import changed.

    `id`: its number. `before`: when the same files were imported first, or None. `changed`: whether anything in the
    store is other than before. `people`, `interactions`: the rows that nobody held before.
    """

    id: int
    label: str
    before: pd.Timestamp | None
    changed: bool
    people: int = 0
    interactions: int = 0


class Imports(Opened):
    """The part of the store that keeps what was read."""

    def add(self, records: Records, imported: Import) -> Added:
        """Keep what was read, in one transaction: all of it, or nothing.

        The same files again change nothing; where they are read otherwise than before (the owner is known by now, a
        newer program understands more), the new reading takes the place of the old one.
        """
        with self._writing() as connection:
            number, before = _number(connection, imported)
            start = connection.total_changes
            remembered = _without_forgotten(connection, records)
            new = {table.name: hold(connection, table, getattr(remembered, _field(table)), number) for table in KEPT}
            _note(connection, RECEIPT_TABLE, number, records.coverage)
            if before is None or not united.knows(_owner(connection), records.owner):
                _note(connection, OWNER_TABLE, number, united.owner_rows(records.owner))
            changed = connection.total_changes > start or before is None
            if before is not None and changed:
                connection.execute(
                    "UPDATE import SET label = ?, at = ?, taken = ? WHERE id = ?",
                    (imported.label, microseconds(imported.at), microseconds(imported.taken), number),
                )
                tidy(connection)
        return Added(number, imported.label, before, changed, new[PEOPLE_TABLE.name], new[INTERACTIONS_TABLE.name])

    def records(self) -> Records:
        """Everything that all imports hold, each thing once.

        The latest connection list says who is a connection, and where they work; whoever stands only in earlier ones
        comes back as no connection. Of the receipt, lines on a file that a later import has read again are left out.
        """
        with self._reading() as connection:
            taken, holders = _taken(connection), sets(connection)
            receipts = frame(connection, RECEIPT_TABLE, ["import", "n"])
            found = Records(
                people=united.people(frame(connection, PEOPLE_TABLE, ["held"]), holders, taken),
                identifiers=waist.identifiers(frame(connection, IDENTIFIERS_TABLE)),
                interactions=waist.interactions(frame(connection, INTERACTIONS_TABLE)),
                coverage=waist.coverage(receipts[list(COVERAGE)]),
                owner=_owner(connection),
                broadcasts=frame(connection, BROADCASTS_TABLE),
                facts=waist.facts(frame(connection, FACTS_TABLE)),
            )
        once = found.interactions[~told_twice(found)].reset_index(drop=True)
        return validate(replace(found, interactions=once, coverage=united.receipt(receipts, taken)))

    def owner(self) -> Owner:
        """Whose store this is, as far as the imports know: what a further file is read with."""
        with self._reading() as connection:
            return _owner(connection)

    def imports(self) -> pd.DataFrame:
        """The IMPORTS table."""
        with self._reading() as connection:
            rows = connection.execute("SELECT id, label, digest, at, taken FROM import ORDER BY id").fetchall()
            table = pd.DataFrame(rows, columns=["id", "label", "digest", "at", "taken"])
            for column, (kept, only) in _COUNTED.items():
                sizes = _sizes(connection, kept, only)
                table[column] = [sum(size for members, size in sizes if number in members) for number in table["id"]]
            sizes = [one for kept in KEPT for one in _sizes(connection, kept)]
            table["alone"] = [sum(size for members, size in sizes if members == {number}) for number in table["id"]]
        for column in ("at", "taken"):
            table[column] = pd.to_datetime(table[column].astype("Int64"), unit="us", utc=True)
        return table[list(IMPORTS)].astype(dict(IMPORTS))

    def connections(self, number: int) -> pd.DataFrame:
        """The connection list of an import as a people table; UsageError where there is no such import."""
        with self._reading() as connection:
            _known(connection, number)
            member = "connection = 1 AND held IN (SELECT id FROM holding WHERE import = ?)"
            return waist.people(frame(connection, PEOPLE_TABLE, only=member, given=[number]))

    def jobs(self) -> pd.DataFrame:
        """What the connection lists said of people's work: one row a person, `company` and `position`, with `until`,
        the moment that the last list which has it speaks of. Lists that speak of no moment are left out.
        """
        with self._reading() as connection:
            rows = frame(connection, PEOPLE_TABLE, ["held"], only="connection = 1")
            holders, taken = sets(connection), _taken(connection)
        latest = {number: max(taken[member] for member in members) for number, members in holders.items()}
        rows = rows.assign(until=rows["held"].map(latest).astype("int64")).query("until >= 0")
        told = rows[rows["company"].notna() | rows["position"].notna()].sort_values("until", kind="stable")
        once = told.drop_duplicates(["person", "company", "position"], keep="last", ignore_index=True)
        once["until"] = pd.to_datetime(once["until"], unit="us", utc=True)
        return pd.DataFrame(once[["person", "company", "position", "until"]])

    def forget_import(self, number: int) -> None:
        """Take away an import and what no other import holds. What the owner said of people stays."""
        with self._writing() as connection:
            _known(connection, number)
            for table in KEPT:
                let_go(connection, table, number)
            for name in (RECEIPT_TABLE.name, OWNER_TABLE.name):
                connection.execute(f"DELETE FROM {name} WHERE import = ?", (number,))
            connection.execute("DELETE FROM import WHERE id = ?", (number,))
            connection.execute("DELETE FROM answer")  # it counted what is forgotten
            tidy(connection)
        self._erase()


_COUNTED = {
    "people": (PEOPLE_TABLE, ""),
    "connections": (PEOPLE_TABLE, " WHERE connection = 1"),
    "interactions": (INTERACTIONS_TABLE, ""),
}


def _field(table: Table) -> str:
    return table.name.removeprefix("kept_")


def _number(connection: sqlite3.Connection, imported: Import) -> tuple[int, pd.Timestamp | None]:
    """The number of the import, and when it came first."""
    row = connection.execute("SELECT id, at FROM import WHERE digest = ?", (imported.digest,)).fetchone()
    if row:
        return row[0], pd.Timestamp(row[1], unit="us", tz="UTC")
    values = (imported.label, imported.digest, microseconds(imported.at), microseconds(imported.taken))
    cursor = connection.execute("INSERT INTO import (label, digest, at, taken) VALUES (?, ?, ?, ?)", values)
    return int(cursor.lastrowid or 0), None


def _known(connection: sqlite3.Connection, number: int) -> None:
    if not connection.execute("SELECT 1 FROM import WHERE id = ?", (number,)).fetchone():
        raise UsageError(f"There is no import {number}; `auditor store list` shows them.")


def _without_forgotten(connection: sqlite3.Connection, records: Records) -> Records:
    """The records without the people whom the owner wants forgotten."""
    exchanges = records.interactions
    named = {*exchanges["person"].cat.categories, *exchanges["introduced_by"].cat.categories}
    keys = {*records.people["person"], *records.identifiers["person"], *records.facts["person"], *named}
    gone = keys - remembered(connection, keys)
    through = exchanges["introduced_by"]
    kept = {name: getattr(records, name) for name in ("people", "identifiers", "facts")}
    kept["interactions"] = exchanges.assign(introduced_by=through.mask(through.isin(gone)))
    return replace(records, **{name: table[~table["person"].isin(gone)] for name, table in kept.items() if gone})


def _note(connection: sqlite3.Connection, table: Table, number: int, rows: pd.DataFrame) -> None:
    """Put an import's own rows in place of those that it had, if they differ in more than what a file is called."""
    before = frame(connection, table, only=f"import = {number} ORDER BY n")
    after = rows.reset_index(drop=True).astype(before.dtypes.to_dict())
    telling = [column for column in before if column != "file"]
    if before[telling].equals(after[telling]):
        return
    connection.execute(f"DELETE FROM {table.name} WHERE import = ?", (number,))
    places = {"import": np.full(len(rows), number, np.int64), "n": np.arange(len(rows), dtype=np.int64)}
    insert(connection, table, encoded(connection, table, rows), places)


def _taken(connection: sqlite3.Connection) -> dict[int, int]:
    """Import → the moment that its files speak of; those that speak of none come first."""
    return {
        int(number): -1 if taken is None else int(taken)
        for number, taken in connection.execute("SELECT id, taken FROM import")
    }


def _sizes(connection: sqlite3.Connection, table: Table, only: str = "") -> list[tuple[Members, int]]:
    """How many rows of a table each set of imports holds."""
    members = sets(connection)
    rows = connection.execute(f"SELECT held, count(*) FROM {table.name}{only} GROUP BY held")
    return [(members[number], int(size)) for number, size in rows]


def _owner(connection: sqlite3.Connection) -> Owner:
    return united.owner(frame(connection, OWNER_TABLE, ["import", "n"]))
