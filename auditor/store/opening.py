"""Where the store is, and how it is opened: for the owner alone, at this program's version, one writer at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from platformdirs import user_data_path

from auditor.errors import StoreError
from auditor.store import copies
from auditor.store.migrations import prepare

FILE = "auditor.sqlite3"
PLACE = "AUDITOR_STORE"
"""The environment variable that names another file."""

WAIT_SECONDS = 10.0
"""How long to wait for another program that is writing; a first import of a million interactions writes for as long."""


def default_path() -> Path:
    """Where the store is: the file that AUDITOR_STORE names, else one in the user's data folder."""
    named = os.environ.get(PLACE)
    return Path(named).expanduser() if named else user_data_path("auditor", appauthor=False) / FILE


class Opened:
    """An open store: its file and the connection to it. What it can do stands in the classes that are built on this."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._connection = path, connection

    @classmethod
    @contextmanager
    def open(cls, path: Path | str | None = None) -> Iterator[Self]:
        """The store at `path` (default: `default_path`), made if there is none and brought to this version.

        Every failure is a StoreError that says what to do.
        """
        place = Path(path) if path else default_path()
        _make(place)
        with _explained(place):
            connection = sqlite3.connect(place, timeout=WAIT_SECONDS, isolation_level=None)
            try:
                _prepare(connection, place)
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
                yield cls(place, connection)
            finally:
                connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all that is done inside, or nothing of it. Other programs wait."""
        with self._between("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One moment: whatever others write meanwhile is not seen inside."""
        with self._between("BEGIN") as connection:
            yield connection

    @contextmanager
    def _between(self, begin: str) -> Iterator[sqlite3.Connection]:
        if self._connection.in_transaction:  # part of a larger one
            yield self._connection
            return
        self._connection.execute(begin)
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _erase(self) -> None:
        """Leave no trace of what was deleted: neither in the journal beside the file nor in an earlier copy of it."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copies.erase(self.path)


def _make(place: Path) -> None:
    """Make the folder (0700) and the file (0600) where there are none; SQLite gives its side files the file's mode."""
    try:
        if not place.parent.is_dir():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # another program may be as quick
        if not place.exists():
            os.close(os.open(place, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"{place} cannot be the store: {error.strerror}. {_ELSEWHERE}") from error


def _prepare(connection: sqlite3.Connection, place: Path) -> None:
    try:
        prepare(connection, place)
    except OSError as error:
        raise StoreError(f"{place} cannot be the store: {error.strerror}. {_ELSEWHERE}") from error


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    """SQLite's errors in words; its own can quote what is in the store."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{place} {in_words(error, place)}") from error


def in_words(error: sqlite3.Error, place: Path) -> str:
    """What is wrong with the store, and what to do."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF  # what is no text any more has no code
    if code == sqlite3.SQLITE_NOTADB and copies.beside(place):
        code = sqlite3.SQLITE_CORRUPT
    return _TROUBLE.get(code, f"cannot be the store ({getattr(error, 'sqlite_errorname', '')}). {_ELSEWHERE}")


_ELSEWHERE = f"Name another file in {PLACE}."
_BUSY = "is being written by another auditor. Wait until that is done, and try again."
_CLOSED = f"cannot be the store: it cannot be written. Change its permissions and those of its folder. {_ELSEWHERE}"
_TROUBLE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_NOTADB: f"is no store of auditor. {_ELSEWHERE}",
    sqlite3.SQLITE_CORRUPT: f"is damaged. {copies.REPAIR}",
    sqlite3.SQLITE_READONLY: _CLOSED,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_FULL: "could not be written: the disk is full. Nothing was changed.",
    sqlite3.SQLITE_IOERR: "could not be read or written: the disk is full, or fails. Nothing was changed.",
}
