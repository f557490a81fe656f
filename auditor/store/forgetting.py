"""Forgetting a person or everything, so that nothing is left of it in the file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable

from auditor.store.cells import (
    FACTS_TABLE,
    IDENTIFIERS_TABLE,
    INTERACTIONS_TABLE,
    KEPT,
    NUMBERED,
    PEOPLE_TABLE,
    SNAPSHOT_TABLE,
)
from auditor.store.opening import Opened

_OF_PEOPLE = (PEOPLE_TABLE, IDENTIFIERS_TABLE, INTERACTIONS_TABLE, FACTS_TABLE, SNAPSHOT_TABLE)
_MARKS = {"rating": ("person",), "label": ("person",), "note": ("person",), "decision": ("one", "other")}
_EVERYTHING = ("receipt", "owner", "holding", "import", "word", "forgotten", "answer", "view")


class Forgetting(Opened):
    """The part of the store that forgets."""

    def forget_person(self, *mentions: str) -> int:
        """Take away all that is kept of a person under these mention keys, and give back how many rows that was.

        What the owner said of them goes too. A hash of each key stays, so that no later import brings them back.
        """
        with self._writing() as connection:
            connection.executemany(
                f"UPDATE {INTERACTIONS_TABLE.name} SET introduced_by = NULL "
                "WHERE introduced_by = (SELECT id FROM word WHERE text = ?)",
                ((mention,) for mention in mentions),
            )
            start = connection.total_changes
            for mention in mentions:
                for table in _OF_PEOPLE:
                    connection.execute(
                        f"DELETE FROM {table.name} WHERE person = (SELECT id FROM word WHERE text = ?)",
                        (mention,),
                    )
                for name, columns in _MARKS.items():
                    for column in columns:
                        connection.execute(f"DELETE FROM {name} WHERE {column} = ?", (mention,))
            gone = connection.total_changes - start
            hashes = ((hashed(mention),) for mention in mentions)
            connection.executemany("INSERT OR IGNORE INTO forgotten VALUES (?)", hashes)
            connection.execute("DELETE FROM answer")  # it counted them
            tidy(connection)
        self._erase()
        return gone

    def forget_all(self) -> None:
        """Take away everything, who was forgotten included: the store is as new."""
        with self._writing() as connection:
            clear(connection)
        self._connection.execute("VACUUM")
        self._erase()


def clear(connection: sqlite3.Connection) -> None:
    """Delete every row of every table."""
    for name in (*(table.name for table in NUMBERED), *_MARKS, *_EVERYTHING):
        connection.execute(f"DELETE FROM {name}")


def tidy(connection: sqlite3.Connection) -> None:
    """Delete the words that no row has any more, and the sets of imports that hold nothing."""
    words = " UNION ".join(
        f"SELECT {column} FROM {table.name} WHERE {column} IS NOT NULL" for table in NUMBERED for column in table.texts
    )  # one NULL in it, and nothing would be outside
    connection.execute(f"DELETE FROM word WHERE id NOT IN ({words})")
    held = " UNION ".join(f"SELECT held FROM {table.name}" for table in KEPT)
    connection.execute(f"DELETE FROM holding WHERE id NOT IN ({held})")


def hashed(mention: str) -> str:
    """What is remembered of a mention key that is forgotten."""
    return hashlib.sha256(mention.encode()).hexdigest()


def remembered(connection: sqlite3.Connection, mentions: Iterable[str]) -> set[str]:
    """Those of `mentions` that are not to be forgotten."""
    hashes = {row[0] for row in connection.execute("SELECT hash FROM forgotten")}
    return {mention for mention in mentions if hashed(mention) not in hashes} if hashes else set(mentions)
