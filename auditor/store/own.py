"""What the owner said: ratings, labels, notes, and who is who. It is kept by mention key, apart from what was read, so
that it survives a new import and the forgetting of an old one. And the views that they saved.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from auditor.errors import RecordsError
from auditor.marks import DECISION, LABEL, RATING, Marks, decision_table, label_table, rating_table
from auditor.records import TIME
from auditor.store.cells import microseconds
from auditor.store.opening import Opened

NOTE: Mapping[str, str] = {
    "person": "str",  # mention key
    "at": TIME,
    "text": "str",  # the owner's own words
}
"""One row a note; a person can have any number of them."""

VIEW: Mapping[str, str] = {
    "name": "str",
    "filter": "str",  # JSON (saved.py)
}
"""One row a saved view."""


class Own(Opened):
    """The part of the store that keeps the owner's own word. Of two on one thing, that of the later time holds."""

    def marks(self) -> Marks:
        """All ratings, decisions and labels, as an audit takes them."""
        with self._reading():
            return Marks(self.ratings(), self.decisions(), self.labels())

    def moment(self, now: pd.Timestamp) -> pd.Timestamp:
        """When the owner's next word is said: `now`, or just after the last word or import where the clock has gone
        back since. So what they do last is what holds.
        """
        last = " UNION ALL ".join(f"SELECT max(at) AS at FROM {table}" for table in _TIMED)
        (latest,) = self._connection.execute(f"SELECT max(at) FROM ({last})").fetchone()
        return now if latest is None else max(now, pd.Timestamp(latest + 1, unit="us", tz="UTC"))

    def rate(self, person: str, rating: str, at: pd.Timestamp) -> None:
        """Keep the owner's word on a person (a mention or human key). RecordsError for an unknown rating."""
        rating_table([{"person": person, "rating": rating, "at": at}])  # or it says what is wrong
        self._connection.execute(
            "INSERT INTO rating VALUES (?, ?, ?) ON CONFLICT (person) "
            "DO UPDATE SET rating = excluded.rating, at = excluded.at WHERE excluded.at >= at",
            (person, rating, microseconds(at)),
        )

    def unrate(self, person: str) -> None:
        """Take the word on a person back, if there is one."""
        self._connection.execute("DELETE FROM rating WHERE person = ?", (person,))

    def ratings(self) -> pd.DataFrame:
        """The RATING table (marks.py): one row a person rated, by person."""
        return rating_table(plain(self._connection, "rating", RATING))

    def label(self, person: str, label: str, at: pd.Timestamp) -> None:
        """Write a label on a person's card. RecordsError for an unknown one."""
        label_table([{"person": person, "label": label, "at": at}])
        self._connection.execute(
            "INSERT INTO label VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
            (person, label, microseconds(at)),
        )

    def unlabel(self, person: str, label: str) -> None:
        """Take a label off a person's card, if it is there."""
        self._connection.execute("DELETE FROM label WHERE person = ? AND label = ?", (person, label))

    def labels(self) -> pd.DataFrame:
        """The LABEL table (marks.py): one row a person and label, by person."""
        return label_table(plain(self._connection, "label", LABEL))

    def marks_on(self, people: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The ratings and the labels on these people (mention or human keys), as the RATING and the LABEL table."""
        with self._reading():
            ratings, labels = self.ratings(), self.labels()
        wanted = list(people)
        return (
            ratings[ratings["person"].isin(wanted)].reset_index(drop=True),
            labels[labels["person"].isin(wanted)].reset_index(drop=True),
        )

    def set_marks(self, people: Sequence[str], ratings: pd.DataFrame, labels: pd.DataFrame) -> None:
        """Make these the ratings and the labels on these people, in place of all that are on them, in one step.

        So a change of many is one change, and what `marks_on` gave before takes it back.
        """
        with self._writing() as connection:
            for table in ("rating", "label"):
                connection.executemany(f"DELETE FROM {table} WHERE person = ?", [(person,) for person in people])
            fill(connection, "rating", RATING, rating_table(ratings))
            fill(connection, "label", LABEL, label_table(labels))

    def decide(self, one: str, other: str, same: bool, at: pd.Timestamp) -> None:
        """Keep whether two mentions are the same human. RecordsError for a mention paired with itself."""
        decision_table([{"one": one, "other": other, "same": same, "at": at}])
        self._connection.execute(
            "INSERT INTO decision VALUES (?, ?, ?, ?) ON CONFLICT (one, other) "
            "DO UPDATE SET same = excluded.same, at = excluded.at WHERE excluded.at >= at",
            (*sorted((one, other)), bool(same), microseconds(at)),
        )

    def undecide(self, one: str, other: str) -> None:
        """Take a decision back, if there is one."""
        self._connection.execute("DELETE FROM decision WHERE one = ? AND other = ?", sorted((one, other)))

    def decisions(self) -> pd.DataFrame:
        """The DECISION table (marks.py): one row a pair, `one` being the lesser key."""
        return decision_table(plain(self._connection, "decision", DECISION))

    def note(self, person: str, text: str, at: pd.Timestamp) -> None:
        """Keep a note on a person; another of the same moment takes its place. RecordsError for one without text."""
        if not text.strip():
            raise RecordsError("a note says nothing")
        self._connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", (person, microseconds(at), text))

    def unnote(self, person: str, at: pd.Timestamp) -> None:
        """Throw a note away, if it is there."""
        self._connection.execute("DELETE FROM note WHERE person = ? AND at = ?", (person, microseconds(at)))

    def notes(self) -> pd.DataFrame:
        """The NOTE table, by person and time."""
        return plain(self._connection, "note", NOTE)

    def save_view(self, name: str, wanted: str) -> None:
        """Keep a view; another of that name gives way to it."""
        self._connection.execute("INSERT OR REPLACE INTO view VALUES (?, ?)", (name, wanted))

    def drop_view(self, name: str) -> None:
        """Throw a view away, if it is there."""
        self._connection.execute("DELETE FROM view WHERE name = ?", (name,))

    def views(self) -> pd.DataFrame:
        """The VIEW table, by name."""
        return plain(self._connection, "view", VIEW)


def plain(connection: sqlite3.Connection, name: str, columns: Mapping[str, str]) -> pd.DataFrame:
    """A table whose texts are kept as they are, in the dtypes of `columns` and the order of its key."""
    order = _ORDER.get(name, next(iter(columns)))
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY {order}").fetchall()
    found = pd.DataFrame(rows, columns=list(columns))
    for column in _times(columns):
        found[column] = pd.to_datetime(found[column].astype("Int64"), unit="us", utc=True)
    return found.astype(dict(columns))


def fill(connection: sqlite3.Connection, name: str, columns: Mapping[str, str], table: pd.DataFrame) -> None:
    """Put rows into such a table."""
    values: dict[str, list[Any]] = {column: table[column].tolist() for column in columns}
    for column in _times(columns):
        values[column] = [microseconds(at) for at in values[column]]
    places = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})", zip(*values.values(), strict=True)
    )


def _times(columns: Mapping[str, str]) -> list[str]:
    return [column for column, dtype in columns.items() if dtype == TIME]


_TIMED = ("rating", "label", "decision", "import")
"""What is told by its time; a note is of the day that the owner gave it."""

_ORDER = {"label": "person, label", "decision": "one, other", "note": "person, at"}
