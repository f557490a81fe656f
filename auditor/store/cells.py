"""Tables of the waist as whole numbers: how a frame is kept in SQLite, and how it comes back as it was.

Texts are numbers of the word table, times and days count from 1970, flags are 0 or 1; fractions stay what they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.records import COVERAGE, DATE, FACTS, FLAG, IDENTIFIERS, INTERACTIONS, PEOPLE, TEXT, TIME

Numbers = NDArray[np.int64]
MISSING = np.iinfo(np.int64).min
"""What stands for a missing cell while a column is an array of numbers; pandas writes NaT so."""

_FRACTION, _NONE = "Float64", -np.inf  # a duration is never that
_MAYBE = "boolean"  # a flag that may be missing


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the store whose cells are numbers.

    `columns`: column → dtype in the frame. `keys`: columns in front of them, which are numbers of the store's own.
    `same`: the columns that tell one row from another, where it is a table of what was read. `measures`: what a program
    made out of a text that it forgot; a later reading's word holds.
    """

    name: str
    columns: Mapping[str, str]
    keys: Sequence[str] = ()
    same: Sequence[str] = ()
    measures: Sequence[str] = ()

    @property
    def texts(self) -> list[str]:
        """The columns that are words."""
        return [column for column, dtype in self.columns.items() if dtype in _WORDY]


_WORDY, _UNSIGNED = (TEXT, "category"), ("uint64", "UInt64")
_BROADCASTS = {"at": TIME, "kind": TEXT}
_OWNER = {"kind": TEXT, "value": TEXT}
SNAPSHOT: Mapping[str, str] = {
    "week": TEXT,  # of ISO 8601, like 2026-W46
    "version": TEXT,  # of the score
    "person": TEXT,  # key of the human
    "depth": _FRACTION,
    "low": _FRACTION,  # missing allowed from here on
    "high": _FRACTION,
    "p_two_way": _FRACTION,
    "state": TEXT,
    "kind": TEXT,
    "layer": TEXT,
}
"""One row a tie and week: how deep it was in the eyes of the score of that time."""

_WHERE_READ = ("source", "row")  # of the first import that had it: it does not make two of one
_EXCHANGE = ("person", "at", "channel", "direction", "thread", "others", "seconds", "digest")
"""What tells an exchange from all others. The digest stands for its text, and so for all that is measured in it."""

PEOPLE_TABLE = Table("kept_people", PEOPLE, same=[c for c in PEOPLE if c not in _WHERE_READ])
IDENTIFIERS_TABLE = Table("kept_identifiers", IDENTIFIERS, same=list(IDENTIFIERS))
INTERACTIONS_TABLE = Table(
    "kept_interactions",
    INTERACTIONS,
    same=_EXCHANGE,
    measures=[column for column in INTERACTIONS if column not in (*_EXCHANGE, *_WHERE_READ)],
)
BROADCASTS_TABLE = Table("kept_broadcasts", _BROADCASTS, same=list(_BROADCASTS))
FACTS_TABLE = Table("kept_facts", FACTS, same=[c for c in FACTS if c not in _WHERE_READ])
KEPT = (PEOPLE_TABLE, IDENTIFIERS_TABLE, INTERACTIONS_TABLE, BROADCASTS_TABLE, FACTS_TABLE)
"""What was read: one row each, however many imports hold it."""

RECEIPT_TABLE = Table("receipt", COVERAGE, keys=("import", "n"))
OWNER_TABLE = Table("owner", _OWNER, keys=("import", "n"))
SNAPSHOT_TABLE = Table("snapshot", SNAPSHOT)
NUMBERED = (*KEPT, RECEIPT_TABLE, OWNER_TABLE, SNAPSHOT_TABLE)


def encoded(
    connection: sqlite3.Connection, table: Table, frame: pd.DataFrame, only: Sequence[str] | None = None
) -> dict[str, Numbers]:
    """The columns of `frame`, or `only` some, as numbers; fractions as their bits. New words are added to the store."""
    words = _Words(connection)
    columns = table.columns if only is None else only
    return {column: _numbers(frame[column], table.columns[column], words) for column in columns}


def fingerprints(cells: Mapping[str, Numbers], same: Sequence[str]) -> Numbers:
    """A stable 64-bit hash of each row's `same` columns, mixed as in SplitMix64 (Steele, Lea, Flood 2014).

    Among a million rows two different ones share a hash with a chance of 3 in 100 million.
    """
    mixed = np.zeros(len(cells[same[0]]), np.uint64)
    for column in same:
        mixed = (mixed ^ cells[column].view(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return mixed.view(np.int64)


def hashes(table: Table, cells: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """What tells rows that were read apart (`content`), and what tells their measures apart (`measured`), if any."""
    measured = {"measured": fingerprints(cells, table.measures)} if table.measures else {}
    return {"content": fingerprints(cells, table.same), **measured}


def insert(
    connection: sqlite3.Connection,
    table: Table,
    cells: Mapping[str, Numbers],
    own: Mapping[str, Numbers] | None = None,
) -> None:
    """Add rows: their cells, and columns of the store's own."""
    names = [*(own or {}), *cells]
    values = [_written(column, table.columns.get(name)) for name, column in {**(own or {}), **cells}.items()]
    places = ", ".join("?" * len(names))
    connection.executemany(
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})",
        zip(*values, strict=True),
    )


def update(connection: sqlite3.Connection, table: Table, cells: Mapping[str, Numbers]) -> None:
    """Change some cells of the rows with this `content`."""
    values = [_written(column, table.columns.get(name)) for name, column in cells.items() if name != "content"]
    changes = ", ".join(f"{name} = ?" for name in cells if name != "content")
    statement = f"UPDATE {table.name} SET {changes} WHERE content = ?"
    connection.executemany(statement, zip(*values, cells["content"].tolist(), strict=True))


def numbers(
    connection: sqlite3.Connection, table: Table, extra: Sequence[str] = (), only: str = "", given: Sequence[Any] = ()
) -> dict[str, NDArray[Any]]:
    """The columns of `table` as numbers, `extra` columns of the store first; `only`: an SQL condition.

    What was read comes in the order in which it came.
    """
    kinds = {**dict.fromkeys(["n"] if table.same else [], "int64"), **dict.fromkeys(extra, "int64"), **table.columns}
    cells = ", ".join(f"ifnull({name}, {_NOTHING[dtype == _FRACTION]})" for name, dtype in kinds.items())
    where = f" WHERE {only}" if only else ""
    cursor = connection.execute(f"SELECT {cells} FROM {table.name}{where}", given)
    dtype = [(name, "f8" if kind == _FRACTION else "i8") for name, kind in kinds.items()]
    found = np.fromiter(cursor, dtype=dtype)
    if table.same:
        found = found[np.argsort(found["n"])]
    return {name: np.ascontiguousarray(found[name]) for name in (*extra, *table.columns)}


_NOTHING = {False: "-9223372036854775807 - 1", True: "-9e999"}


def contents(connection: sqlite3.Connection, table: Table) -> tuple[Numbers, Numbers]:
    """Of each row that was read: its `content` as it is kept, and as its cells make it. They differ where a cell was
    changed by something else than this program.
    """
    found = numbers(connection, table, ["content"])
    own = found.pop("content")
    for column, dtype in table.columns.items():
        if dtype == _FRACTION:
            found[column] = np.where(found[column] == _NONE, MISSING, (found[column] + 0.0).view(np.int64))
    return own, fingerprints(found, table.same)


def decoded(connection: sqlite3.Connection, table: Table, found: Mapping[str, NDArray[Any]]) -> pd.DataFrame:
    """The frame of what `numbers` gives, in the dtypes of the table; the store's own columns first."""
    texts = _Words(connection).texts([found[column] for column in table.texts])
    own = {name: values for name, values in found.items() if name not in table.columns}
    columns = {name: _cells(found[name], dtype, texts) for name, dtype in table.columns.items()}
    return pd.DataFrame({**own, **columns})


def frame(
    connection: sqlite3.Connection, table: Table, extra: Sequence[str] = (), only: str = "", given: Sequence[Any] = ()
) -> pd.DataFrame:
    """The rows of `table` in its dtypes, `extra` columns of the store first; `only`: an SQL condition."""
    return decoded(connection, table, numbers(connection, table, extra, only, given))


def microseconds(moment: pd.Timestamp | None) -> int | None:
    """A moment as the store keeps it: microseconds since 1970, or nothing."""
    return None if moment is None or pd.isna(moment) else pd.Timestamp(moment).value // 1000


_FEW = 1000
"""So few words are looked up one by one."""


class _Words:
    """The texts of the store and their numbers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, int] | None = None

    def of(self, texts: Iterable[str]) -> Numbers:
        """The numbers of texts; those that are new get one."""
        if self._known is None:
            self._known = dict(self._connection.execute("SELECT text, id FROM word"))
        wanted = list(texts)
        fresh = [text for text in dict.fromkeys(wanted) if text not in self._known]
        start = max(self._known.values(), default=0) + 1 if fresh else 0
        added = {text: start + place for place, text in enumerate(fresh)}
        self._connection.executemany("INSERT INTO word (text, id) VALUES (?, ?)", added.items())
        self._known |= added
        return np.array([self._known[text] for text in wanted], np.int64)

    def texts(self, columns: Sequence[Numbers]) -> pd.Series:
        """The texts of the numbers in `columns`, indexed by number; MISSING is missing."""
        wanted = np.unique(np.concatenate([np.unique(column) for column in columns]))
        few = f" WHERE id IN ({', '.join(map(str, wanted.tolist()))})" if len(wanted) < _FEW else ""
        known = self._connection.execute(f"SELECT id, text FROM word{few}").fetchall()
        places, texts = zip(*known, strict=True) if known else ((), ())
        every = pd.Series(texts, index=np.array(places, np.int64), dtype="str")
        return every.reindex(wanted)


def _numbers(column: pd.Series, dtype: str, words: _Words) -> Numbers:
    if dtype in _WORDY:
        texts = column.astype("category").cat.remove_unused_categories()
        return np.append(words.of(map(str, texts.cat.categories)), MISSING)[texts.cat.codes.to_numpy()]
    if dtype in (TIME, DATE):
        return pd.DatetimeIndex(column).as_unit("us" if dtype == TIME else "s").asi8
    if dtype == _FRACTION:
        fractions = column.to_numpy("float64", na_value=np.nan) + 0.0  # −0 would read as missing
        return np.where(np.isnan(fractions), MISSING, fractions.view(np.int64))
    if dtype in _UNSIGNED:
        bits = column.to_numpy("uint64", na_value=0).view(np.int64)
        return np.where(column.isna(), MISSING, bits)
    return column.to_numpy("int64", na_value=MISSING) if column.isna().any() else column.to_numpy("int64")


def _written(column: Numbers, dtype: str | None) -> list[int] | list[int | None] | list[float | None]:
    """The values as SQLite takes them."""
    missing = column == MISSING
    values: list[Any] = (column.view(np.float64) if dtype == _FRACTION else column).tolist()
    if missing.any():
        values = [None if gone else value for value, gone in zip(values, missing.tolist(), strict=True)]
    return values


def _cells(values: NDArray[Any], dtype: str, texts: pd.Series) -> Any:
    """A column of a frame."""
    missing = values == (_NONE if dtype == _FRACTION else MISSING)
    if dtype == "category":
        used, codes = np.unique(values, return_inverse=True)
        without = used[0] == MISSING if len(used) else False
        names = texts.reindex(used[1:] if without else used)
        return pd.Categorical.from_codes(codes - int(without), categories=pd.Index(names.to_numpy(), dtype="str"))
    if dtype == TEXT:
        return texts.reindex(values).array
    if dtype in (TIME, DATE):
        return pd.DatetimeIndex(values.view(f"M8[{'us' if dtype == TIME else 's'}]"), tz="UTC")
    if dtype == FLAG:
        return values.astype(bool)
    if dtype in _UNSIGNED:
        return pd.Series(np.where(missing, 0, values).view(np.uint64), dtype=dtype).mask(missing)
    if dtype == _MAYBE:
        return pd.Series((values == 1), dtype=dtype).mask(missing)
    if dtype[0] in "IF":
        return pd.Series(np.where(missing, 0, values).astype(dtype.lower()), dtype=dtype).mask(missing)
    return values.astype(dtype)
