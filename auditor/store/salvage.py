"""Reading a table of a damaged database: every row that can be reached from either end, and from the middle.

A table whose first page is gone is gone; a page further down takes its own rows with it, and no others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Row = tuple[object, ...]

_FIRST, _LAST = -(2**63), 2**63 - 1
_DEEP = 8
"""So often a stretch is halved that gives nothing: 2⁸ looks find what lies between two damaged pages."""


@dataclass(slots=True)
class Found:
    """The rows of a table that could be read, and whether those are all."""

    rows: list[Row]
    whole: bool


def rows(source: sqlite3.Connection, name: str, columns: Sequence[str]) -> Found:
    """The rows of a table that can be read. DatabaseError where not even that can be told which tables there are."""
    source.text_factory = bytes
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    cells = ", ".join(f'"{column}"' for column in columns)
    keyed = _key(source, name)
    numbered = not keyed
    table = _Table(source, f'SELECT {"rowid" if numbered else "0"}, {cells} FROM "{name}" NOT INDEXED')
    if numbered:
        table.between(_FIRST, _LAST, _DEEP)
    else:
        table.both_ways(keyed)
    if not table.whole:
        for index, key in _indexes(source, name):
            table.again(f'SELECT {"rowid" if numbered else "0"}, {cells} FROM "{name}" INDEXED BY "{index}"', key)
    return Found(list(table.found), table.whole)


class _Table:
    """The rows of a table as they are found; each once, as a dict keeps them in order."""

    def __init__(self, source: sqlite3.Connection, select: str) -> None:
        self._source, self._select = source, select
        self.found: dict[Row, None] = {}
        self.whole = True

    def between(self, low: int, high: int, deep: int) -> None:
        """Read the rows with these numbers: up from the lowest, down from the highest, then either half of the rest."""
        if low > high or not deep:
            return
        where = f"{self._select} WHERE rowid BETWEEN {low} AND {high} ORDER BY rowid"
        up = self._read(where)
        if up.ended:
            return
        down = self._read(f"{where} DESC")
        low, high = (up.last + 1 if up.last is not None else low), (down.last - 1 if down.last is not None else high)
        deep = deep - 1 if up.last is None and down.last is None else _DEEP
        middle = (low + high) // 2
        self.between(low, middle, deep)
        self.between(middle + 1, high, deep)

    def both_ways(self, key: Sequence[str]) -> None:
        """Read the rows up from the first by a key; where that does not reach the last, down from there."""
        if not self._read(f"{self._select} ORDER BY {', '.join(key)}").ended:
            self._read(f"{self._select} ORDER BY {', '.join(f'{column} DESC' for column in key)}")

    def again(self, select: str, key: Sequence[str]) -> None:
        """Read them another way."""
        self._select = select
        self.both_ways(key)

    def _read(self, ask: str) -> _Run:
        run = _Run()
        try:
            for number, *row in self._source.execute(ask):
                run.last = number
                self._keep(row)
            run.ended = True
        except sqlite3.DatabaseError:
            self.whole = False
        return run

    def _keep(self, row: Sequence[object]) -> None:
        try:
            self.found[tuple(cell.decode() if isinstance(cell, bytes) else cell for cell in row)] = None
        except UnicodeDecodeError:
            self.whole = False


class _Run:
    """How far one reading came."""

    def __init__(self) -> None:
        self.last: int | None = None
        self.ended = False


def _key(source: sqlite3.Connection, name: str) -> list[str]:
    """The columns that a table without row numbers is ordered by; none where it has row numbers."""
    try:
        source.execute(f'SELECT rowid FROM "{name}" LIMIT 0')
    except sqlite3.OperationalError:
        parts = source.execute(f'SELECT name, pk FROM pragma_table_info("{name}") WHERE pk ORDER BY pk')
        return [str(column.decode()) for column, _ in parts]
    return []


def _indexes(source: sqlite3.Connection, name: str) -> Iterator[tuple[str, list[str]]]:
    """The indexes that say again what a table says, with the columns that order them."""
    for (index,) in source.execute(f"SELECT name FROM pragma_index_list(\"{name}\") WHERE origin = 'u'").fetchall():
        parts = source.execute(f'SELECT name FROM pragma_index_info("{index.decode()}")').fetchall()
        yield index.decode(), [column.decode() for (column,) in parts]
