"""What is kept between two visits: one SQLite file on the owner's machine, readable by the owner alone.

The store keeps tables and gives them back; what a score means is none of its business.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from platformdirs import user_data_path

from auditor.errors import StoreError
from auditor.marks import rating_table
from auditor.spreadsheet import harmless

FILE = "auditor.sqlite3"
PLACE = "AUDITOR_STORE"
"""The environment variable that names another file."""

APPLICATION = 0x41554454
"""What SQLite's header says of whose file it is ("AUDT")."""

MIGRATIONS = (
    """
    CREATE TABLE rating (
        person TEXT PRIMARY KEY,
        rating TEXT NOT NULL,
        at INTEGER NOT NULL -- microseconds since 1970-01-01 UTC
    ) STRICT, WITHOUT ROWID
    """,
)
"""The n-th takes a store from version n − 1 to n. What was released is never changed; statements end with a semicolon
at the end of a line."""

WAIT_SECONDS = 5.0
"""How long to wait for another program that is writing."""


def default_path() -> Path:
    """Where the store is: the file that AUDITOR_STORE names, else one in the user's data folder."""
    named = os.environ.get(PLACE)
    return Path(named).expanduser() if named else user_data_path("auditor", appauthor=False) / FILE


class Store:
    """An open store. `with Store.open() as store: store.rate(…)`; each method is one transaction.

    Every failure is a StoreError that says what to do.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._connection = path, connection

    @classmethod
    @contextmanager
    def open(cls, path: Path | str | None = None) -> Iterator[Store]:
        """The store at `path` (default: `default_path`), made if there is none and brought to this version."""
        place = Path(path) if path else default_path()
        _make(place)
        with _explained(place):
            connection = sqlite3.connect(place, timeout=WAIT_SECONDS, isolation_level=None)
            try:
                _prepare(connection, place)
                yield cls(place, connection)
            finally:
                connection.close()

    def rate(self, person: str, rating: str, at: pd.Timestamp) -> None:
        """Keep the owner's word on a person (a mention or human key). The latest word by its time holds."""
        rating_table([{"person": person, "rating": rating, "at": at}])  # or it says what is wrong
        self._connection.execute(
            "INSERT INTO rating VALUES (?, ?, ?) ON CONFLICT (person) "
            "DO UPDATE SET rating = excluded.rating, at = excluded.at WHERE excluded.at >= at",
            (person, rating, pd.Timestamp(at).value // 1000),
        )

    def unrate(self, person: str) -> None:
        """Take the word on a person back, if there is one."""
        self._connection.execute("DELETE FROM rating WHERE person = ?", (person,))

    def ratings(self) -> pd.DataFrame:
        """The marks table (marks.py): one row a person rated, by person."""
        rows = self._connection.execute("SELECT person, rating, at FROM rating ORDER BY person").fetchall()
        kept = pd.DataFrame(rows, columns=["person", "rating", "at"])
        return rating_table(kept.assign(at=pd.to_datetime(kept["at"].astype("int64"), unit="us", utc=True)))

    def export(self, path: Path | str) -> None:
        """The ratings as CSV that no spreadsheet will run: person, rating, at (ISO 8601, UTC)."""
        kept = self.ratings()
        table = kept.assign(at=kept["at"].dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ").astype("str"))
        harmless(table).to_csv(path, index=False, lineterminator="\n")


def _make(place: Path) -> None:
    """Make the folder (0700) and the file (0600) where there are none; SQLite gives its side files the file's mode."""
    try:
        if not place.parent.is_dir():
            place.parent.mkdir(mode=0o700, parents=True)
        if not place.exists():
            os.close(os.open(place, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"{place} cannot be the store: {error.strerror}. {_ELSEWHERE}") from error


def _prepare(connection: sqlite3.Connection, place: Path) -> None:
    """Look whose file it is before anything is changed; then run the migrations that it lacks, all or none, whoever
    else opens it meanwhile.
    """
    version = _version(connection, place)
    place.chmod(0o600)
    connection.execute("PRAGMA journal_mode = WAL")
    if version == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for migration in MIGRATIONS[_version(connection, place) :]:
            for statement in migration.split(";\n"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection, place: Path) -> int:
    """How many migrations the store has seen; StoreError where it is not ours, or newer than this program."""
    version = _number(connection, "user_version")
    used = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if used and _number(connection, "application_id") != APPLICATION:
        raise StoreError(f"{place} is the database of another program. {_ELSEWHERE}")
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{place} was written by a newer auditor (its version {version}; this one knows {len(MIGRATIONS)}). "
            "Update auditor; nothing was changed."
        )
    return version


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    """SQLite's errors in words."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        trouble = _TROUBLE.get(code, f"cannot be the store: {error}. {_ELSEWHERE}")
        raise StoreError(f"{place} {trouble}") from error


_ELSEWHERE = f"Name another file in {PLACE}."
_BUSY = "is being written by another auditor. Wait until that is done, and try again."
_TROUBLE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_NOTADB: f"is no store of auditor. {_ELSEWHERE}",
    sqlite3.SQLITE_CORRUPT: "is damaged. Move it away, and a new one is made.",
    sqlite3.SQLITE_READONLY: f"cannot be written. Change its permissions. {_ELSEWHERE}",
    sqlite3.SQLITE_FULL: "could not be written: the disk is full. Nothing was changed.",
}
