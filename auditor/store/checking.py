"""Whether the store is whole."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from auditor.store.cells import KEPT, NUMBERED
from auditor.store.migrations import MIGRATIONS, backups
from auditor.store.opening import Opened

_COUNTED = {
    "imports": "import",
    "people": "kept_people",
    "identifiers": "kept_identifiers",
    "interactions": "kept_interactions",
    "broadcasts": "kept_broadcasts",
    "facts": "kept_facts",
    "ratings": "rating",
    "labels": "label",
    "decisions": "decision",
    "notes": "note",
    "views": "view",
    "snapshots": "snapshot",
    "forgotten": "forgotten",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: `problems` is empty where the store is whole; `backups` are copies to go back to."""

    version: int
    counts: dict[str, int]
    problems: tuple[str, ...]
    backups: tuple[Path, ...]


class Checking(Opened):
    """The part of the store that looks at itself."""

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are; `snapshots` are weeks."""
        with self._reading() as connection:
            found = {
                what: int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])
                for what, name in _COUNTED.items()
            }
            weeks = connection.execute("SELECT count(DISTINCT week) FROM snapshot").fetchone()[0]
        return {**found, "snapshots": int(weeks)}

    def verify(self) -> Verdict:
        """Look at every page and every reference. What is wrong is said, and nothing is changed."""
        try:
            with self._reading() as connection:
                problems = _problems(connection)
                counts = {} if problems else self.counts()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            problems, counts = [str(error)], {}
        return Verdict(len(MIGRATIONS), counts, tuple(problems), tuple(backups(self.path)))


def _problems(connection: sqlite3.Connection) -> list[str]:
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if found:
        return found
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        found.append(f"a row of {table} belongs to no import")
    for table in KEPT:
        astray = f"SELECT count(*) FROM {table.name} WHERE held NOT IN (SELECT id FROM holding)"
        if rows := connection.execute(astray).fetchone()[0]:
            found.append(f"{rows} rows of {table.name} are held by no import")
    for table in NUMBERED:
        for column in table.texts:
            astray = f"SELECT count(*) FROM {table.name} WHERE {column} NOT IN (SELECT id FROM word)"
            if rows := connection.execute(astray).fetchone()[0]:
                found.append(f"{rows} rows of {table.name} have lost their {column}")
    return found
