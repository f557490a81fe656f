"""Whether the store is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.marks import LABELS, RATINGS
from auditor.store.cells import KEPT, NUMBERED, contents
from auditor.store.migrations import MIGRATIONS
from auditor.store.opening import Opened, in_words

COUNTED = {
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
"""What is counted, and the table that it stands in."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: `problems` is empty where the store is whole."""

    version: int
    counts: dict[str, int]
    problems: tuple[str, ...]


class Checking(Opened):
    """The part of the store that looks at itself."""

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are; `snapshots` are weeks."""
        with self._reading() as connection:
            found = {
                what: int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])
                for what, name in COUNTED.items()
            }
            weeks = connection.execute("SELECT count(DISTINCT week) FROM snapshot").fetchone()[0]
        return {**found, "snapshots": int(weeks)}

    def verify(self) -> Verdict:
        """Look at every page and every reference. What is wrong is said, and nothing is changed."""
        try:
            with self._reading() as connection:
                wrong = problems(connection)
                counts = {} if wrong else self.counts()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            wrong, counts = [in_words(error, self.path)], {}
        return Verdict(len(MIGRATIONS), counts, tuple(wrong))


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the store, each in words that quote nothing of it."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if found:
        return found
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        found.append(f"a row of {table} belongs to no import")
    for name, what, where in astray():
        if rows := connection.execute(f"SELECT count(*) FROM {name} WHERE {where}").fetchone()[0]:
            found.append(f"{rows} rows of {name} {what}")
    for table in KEPT:
        kept, made = contents(connection, table)
        if rows := int((kept != made).sum()):
            found.append(f"{rows} rows of {table.name} are not what was read")
    return found


def astray() -> Iterator[tuple[str, str, str]]:
    """The rows that point nowhere, or say what cannot be said: table, what is wrong with them, and which they are."""
    for table in KEPT:
        yield table.name, "are held by no import", "held NOT IN (SELECT id FROM holding)"
    for table in NUMBERED:
        for column in table.texts:
            yield table.name, f"have lost their {column}", f"{column} NOT IN (SELECT id FROM word)"
    for name, allowed in (("rating", RATINGS), ("label", LABELS)):
        yield name, "say what nobody can say", f"{name} NOT IN ({', '.join(repr(one) for one in allowed)})"
