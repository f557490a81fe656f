"""CSV files of any size as columns of text: the one path on which every CSV file is read.

The file streams through pyarrow in blocks, so memory does not grow with it. Values come as written; readers map them by
column name. Records whose number of cells is wrong are salvaged, or counted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any, Literal, Protocol, cast

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from auditor.errors import InputError
from auditor.sources.encoding import Utf8
from auditor.sources.lines import Lines
from auditor.sources.peek import Header, Peek, fold
from auditor.sources.times import UTC, instants

Columns = Mapping[str, Sequence[str]]
"""What a reader wants: its own name for a column → the names the file may give it."""

Block = Any
"""A `pa.RecordBatch` of strings; the types pyarrow is published with know too little of it."""

_BLOCK = 8 * 2**20  # bytes; also the longest record
_MOST_WRONG = 250_000  # records of the wrong number of cells
_MOST_BAD = 4 * _BLOCK  # characters of records of the wrong number of cells; those beyond are counted, not salvaged


@dataclass
class Table:
    """A file under a header. `notes`, `ragged` and `unreadable` are filled while it is read."""

    peek: Peek
    header: Header
    columns: Columns
    ignored: Sequence[str] = ()  # columns known and of no use here
    repaired: bool = False  # some bytes were not UTF-8
    unclosed: bool = False  # a quotation mark is left open, so a record may hold others
    padded: list[int] = field(default_factory=list)  # records with too few cells, or with empty ones too many
    unreadable: list[int] = field(default_factory=list)  # records with more cells than there are columns

    @property
    def shown(self) -> str:
        return self.peek.file.shown

    def times(self, written: pd.Series, zone: str = UTC, *, day_first: bool | None = None) -> pd.Series:
        """The times in a column, in UTC; none is later than a year after the file was written."""
        return instants(written, zone, self.peek.file.written, day_first=day_first)

    def has(self, column: str) -> bool:
        """Whether the file has the column at all."""
        return self._place(column) is not None

    def unknown(self) -> list[str]:
        """The names of columns that no known export has."""
        known = {fold(name) for names in self.columns.values() for name in names} | set(map(fold, self.ignored))
        return [n for n, f in zip(self.header.names, self.header.folded, strict=True) if f and f not in known]

    def batches(self) -> Iterator[Block]:
        """Blocks of records: the reader's columns as strings (empty where the file has none), and `row`, the record's
        number in the file, 1 for the first after the header. Salvaged records come last.
        """
        bad: list[tuple[int, str]] = []
        done = 0
        try:
            with self._body() as body:
                for block in self._parsed(body, bad) if body.any_left else ():
                    rows = _numbers(done, block.num_rows, [number for number, _ in bad])
                    done = int(rows[-1]) if len(rows) else done
                    yield self._named(block, rows)
                self.unclosed = body.quotes % 2 == 1
        except pa.ArrowInvalid:
            if len(bad) > _MOST_WRONG:
                problem = f"more than {_MOST_WRONG:,} records have another number of cells than the header"
                raise InputError(self.shown, f"{problem}; export the file again") from None
            problem = f"a quoted cell has no end, somewhere after record {done}, or a record is longer than"
            raise InputError(
                self.shown, f"{problem} {_BLOCK // 2**20} MB; repair that, or export the file again"
            ) from None
        yield from self._salvaged(bad)

    def frame(self) -> pd.DataFrame:
        """The whole table, for files that are small; `row` is a column too."""
        blocks = list(self.batches())
        frame = pa.Table.from_batches(blocks, schema(self.columns)).to_pandas().sort_values("row", ignore_index=True)
        for name in self.columns:
            frame[name] = frame[name].astype("str").str.strip()
        return frame

    def _place(self, column: str) -> int | None:
        for name in self.columns[column]:
            if (folded := fold(name)) in self.header.folded:
                return self.header.folded.index(folded)
        return None

    @contextmanager
    def _body(self) -> Iterator[_Watched]:
        """The bytes after the header, each line out of its wrapping where there is one."""
        with self.peek.stream() as stream:
            if self.header.wrapped:
                stream.read(self.header.start)
                yield _Watched(_Unwrapped(stream, self.shown))
            else:
                stream.read(self.header.start)
                yield _Watched(stream)
            self.repaired = stream.repaired

    def _parsed(self, body: _Watched, bad: list[tuple[int, str]]) -> Iterator[Block]:
        names = [f"c{i}" for i in range(len(self.header.names))]
        wanted = [f"c{i}" for i in sorted({i for i in map(self._place, self.columns) if i is not None})]

        held = 0

        def keep(row: Any) -> Literal["skip", "error"]:
            nonlocal held
            if len(bad) > _MOST_WRONG:
                return "error"
            held += len(row.text)
            bad.append((row.number, row.text if held < _MOST_BAD else ""))
            return "skip"

        with pa.csv.open_csv(
            cast("IO[bytes]", body),
            pa.csv.ReadOptions(use_threads=False, block_size=_BLOCK, column_names=names),
            pa.csv.ParseOptions(
                delimiter=self.header.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=keep,
            ),
            pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=wanted,
                strings_can_be_null=False,
                check_utf8=False,
            ),
        ) as blocks:
            for block in blocks:
                yield block
                self.peek.tick(min(body.taken / max(self.peek.file.size, 1), 1.0))

    def _named(self, block: Block, rows: np.ndarray[Any, Any]) -> Block:
        arrays: list[Any] = []
        for column in self.columns:
            place = self._place(column)
            arrays.append(_blank(len(rows)) if place is None else block.column(f"c{place}"))
        return pa.RecordBatch.from_arrays([*arrays, pa.array(rows)], [*self.columns, "row"])

    def _salvaged(self, bad: Sequence[tuple[int, str]]) -> Iterator[Block]:
        width = len(self.header.names)
        kept: list[list[str]] = []
        rows: list[int] = []
        for number, raw in bad:
            for cells in _salvage(raw, self.header.delimiter, width) if raw else [[""] * (width + 1)]:
                if len(cells) > width:
                    self.unreadable.append(number)
                else:
                    self.padded.append(number)
                    kept.append([*cells, *[""] * (width - len(cells))])
                    rows.append(number)
        if kept:
            columns = [pa.array(column, pa.string()) for column in zip(*kept, strict=True)]
            block = pa.RecordBatch.from_arrays(columns, [f"c{i}" for i in range(width)])
            yield self._named(block, np.asarray(rows, np.int64))


def schema(columns: Columns) -> pa.Schema:
    """The schema of the blocks of a table with these columns."""
    fields: list[Any] = [*((name, pa.string()) for name in columns), ("row", pa.int64())]
    return pa.schema(fields)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Watched:
    """A stream that knows whether it holds anything and how much of it was read."""

    closed = False

    def __init__(self, stream: _Readable) -> None:
        self._stream, self._first, self.taken, self.quotes = stream, stream.read(_BLOCK), 0, 0

    @property
    def any_left(self) -> bool:
        return bool(self._first)

    def read(self, size: int) -> bytes:
        data, self._first = self._first or self._stream.read(size), b""
        self.taken += len(data)
        self.quotes += data.count(b'"')
        return data


class _Unwrapped:
    """A stream of lines that are quoted as one cell each, without these quotes."""

    def __init__(self, stream: Utf8, shown: str) -> None:
        lines = Lines(stream, lambda _: None)
        self._lines, self._rest, self._shown = csv.reader(line.decode() + "\n" for line in lines), b"", shown

    def read(self, size: int, /) -> bytes:
        found, length = [self._rest], len(self._rest)
        try:
            while length < size and (line := next(self._lines, None)) is not None:
                found.append((line[0] if line else "").encode() + b"\n")
                length += len(found[-1])
        except csv.Error:
            where = f"somewhere before line {self._lines.line_num}"
            raise InputError(self._shown, f"a quoted line has no end, {where}; export the file again") from None
        data = b"".join(found)
        data, self._rest = data[:size], data[size:]
        return data


def _salvage(raw: str, delimiter: str, width: int) -> list[list[str]]:
    """The records in a record of the wrong number of cells, without empty cells too many.

    One that swallowed its neighbours, because a quote is never closed, falls into its lines again.
    """
    whole = _records([raw], delimiter)
    if "\n" in raw:
        lines = _records(raw.splitlines(), delimiter)
        if any(len(cells) == width for cells in lines):
            whole = lines
    return [_cut(cells, width) for cells in whole]


def _records(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    found: list[list[str]] = []
    for line in lines:
        try:
            found += csv.reader(io.StringIO(line, newline=""), delimiter=delimiter)
        except csv.Error:
            found.append([line])
    return found


def _cut(cells: list[str], width: int) -> list[str]:
    return cells[:width] if not any(cell.strip() for cell in cells[width:]) else cells


def _numbers(done: int, count: int, bad: Sequence[int]) -> np.ndarray[Any, Any]:
    """The numbers of the next `count` good records after record `done`."""
    skipped = np.asarray(bad, np.int64)
    skipped = skipped[skipped > done]
    rows = np.arange(done + 1, done + count + len(skipped) + 1, dtype=np.int64)
    return rows[~np.isin(rows, skipped)][:count]


def _blank(count: int) -> Any:
    return pa.repeat(pa.scalar("", pa.string()), count)
