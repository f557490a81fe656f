"""Many bent files on one way through a reader, so that a run costs milliseconds.

Of the 30 to 110 ms that a file of eight rows takes, nine tenths are pandas making tables of eight rows. So each bent file
is opened, told, decoded and taken apart by itself, to its last byte, exactly as `sources.read` does it; what the files of
a stack hold is then made into tables at once: the records of CSV files that have the same columns go through their reader
as one file, and the log-books of all other files as one book. Every byte, every record and every value of every file so
meets the code it would meet alone; what does not is a table's being short, which is why some files of each stack are read
alone besides (fuzz.py), and why what breaks a stack is looked for file by file.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import pyarrow as pa
import pyarrow.compute as pc

from auditor import sources
from auditor.records import Owner, Records
from auditor.sources.archive import Archive, File, Upload
from auditor.sources.chats.talk import Talk
from auditor.sources.list_columns import ListColumns
from auditor.sources.logbook import Logbook
from auditor.sources.other_lists import Chosen
from auditor.sources.ownership import settle
from auditor.sources.peek import Peek
from auditor.sources.source import Clues, Draft, Source
from auditor.sources.tables import Table, schema

_batches, _NONE = Table.batches, Records.empty()


class _Caught(BaseException):
    """A reader asks for the records of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table


@dataclass
class _Parsed:
    """A table whose bytes were read."""

    source: Source
    table: Table
    rows: pa.Table

    @property
    def alike(self) -> tuple[Any, ...]:
        """Equal where a reader would treat two files as one longer one."""
        header = self.table.header
        there = tuple(map(self.table.has, self.table.columns))
        return _which(self.source), there, len(header.names), header.wrapped


@dataclass
class _Told:
    """What was noted of a file that is no table, and how it was to be made into records."""

    source: Source
    file: File
    teller: Logbook | Talk
    how: tuple[tuple[Any, ...], dict[str, Any]]


@dataclass
class Stack:
    """Files for one reader. `choose`: what the owner would say of the columns of an unknown table."""

    owner: Owner
    choose: Callable[[Sequence[Upload]], Mapping[str, ListColumns]] = lambda _: {}
    _laid: int = 0
    _parsed: list[_Parsed] = field(default_factory=list)
    _told: list[_Told] = field(default_factory=list)
    _made: list[tuple[File, Source, Draft]] = field(default_factory=list)
    _receipt: list[dict[str, str]] = field(default_factory=list)

    def lay(self, name: str, content: bytes) -> None:
        """Read one file up to where tables are made of it. It raises what reading it alone raises up to there."""
        self._laid += 1
        given = [Upload(f"{self._laid}/{name}", content)]  # of two files with one name a receipt would be one
        with Archive(given) as archive:
            claimed, receipt = sources._sorted(sources._opened(archive), self.choose(given))
            if not claimed:
                raise sources._nothing(given, archive.files, receipt)
            for peek, source in claimed:
                self._take(peek, source)
        self._receipt += receipt

    def made(self) -> Records:
        """The records of all that was laid."""
        return sources._finished([*self._made, *self._tables(), *self._books()], self._receipt, self.owner)

    def _take(self, peek: Peek, source: Source) -> None:
        known = Clues(self.owner.names, self.owner.keys, self.owner.companies)
        try:
            with _listening() as told:
                draft = source.read(peek)
                records = draft.finish(settle([known, draft.clues]))
        except _Caught as caught:
            table = caught.table
            rows = pa.Table.from_batches(list(_batches(table)), schema(table.columns))
            self._parsed.append(_Parsed(source, table, rows))
            return
        self._made.append((peek.file, source, Draft(lambda _: records, draft.clues)))
        self._told += [_Told(source, peek.file, *one) for one in told]

    def _tables(self) -> Iterator[tuple[File, Source, Draft]]:
        for group in _grouped(self._parsed, lambda parsed: parsed.alike):
            with mock.patch.object(Table, "batches", lambda table, group=group: _all_rows(table, group)):
                draft = group[0].source.read(group[0].table.peek)
            yield group[0].table.peek.file, group[0].source, draft

    def _books(self) -> Iterator[tuple[File, Source, Draft]]:
        for group in _grouped(
            self._told, lambda told: (_which(told.source), type(told.teller), _book(told.teller).kind)
        ):
            arguments, named = group[0].how
            if isinstance(group[0].teller, Talk):
                finish = _one_talk([told.teller for told in group]).finish  # type: ignore[misc]
                yield group[0].file, group[0].source, Draft(finish)
            else:
                book = _one_book([told.teller for told in group])  # type: ignore[misc]
                made = book.records(*arguments, **named)
                yield group[0].file, group[0].source, Draft(lambda _, made=made: made)


def _which(source: Source) -> Any:
    """Equal for sources that read alike: a choice of columns is made anew for each file."""
    return source if isinstance(source, Chosen) else id(source)


def _grouped(items: Sequence[Any], key: Callable[[Any], Any]) -> list[list[Any]]:
    found: dict[Any, list[Any]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return list(found.values())


def _catch(table: Table) -> Iterator[Any]:
    raise _Caught(table)


def _all_rows(table: Table, group: Sequence[_Parsed]) -> Iterator[Any]:
    """The records of all tables of a group as of one file, numbered on, with all that is to be said of them."""
    parts, before = [], 0
    for parsed in group:
        last, alone = parsed.rows.num_rows + len(parsed.table.unreadable), parsed.table
        numbers = pc.add(parsed.rows["row"], before)
        parts.append(parsed.rows.set_column(parsed.rows.num_columns - 1, "row", numbers))
        table.padded += [row + before for row in alone.padded]
        table.unreadable += [row + before for row in alone.unreadable]
        table.unclosed, table.repaired = table.unclosed or alone.unclosed, table.repaired or alone.repaired
        before += last
    yield from pa.concat_tables(parts).combine_chunks().to_batches()


@contextmanager
def _listening() -> Iterator[list[tuple[Any, Any]]]:
    """Whoever asks for the records of a table is caught, and whatever would be made into tables is heard."""
    told: list[tuple[Any, Any]] = []

    def hear(teller: Any, *arguments: Any, **named: Any) -> Records:
        told.append((teller, (arguments, named)))
        return _NONE

    with (
        mock.patch.object(Table, "batches", _catch),
        mock.patch.object(Logbook, "records", hear),
        mock.patch.object(Talk, "finish", hear),
    ):
        yield told


def _book(teller: Logbook | Talk) -> Logbook:
    return teller.book if isinstance(teller, Talk) else teller


def _one_book(books: Sequence[Logbook]) -> Logbook:
    """One book with all that stands in the books, the records numbered on."""
    whole, before = Logbook(books[0].shown, books[0].kind), 0
    for book in books:
        persons = [whole._persons.number(key) for key in book._persons.values]
        threads = [*map(whole._threads.number, book._threads.values), -1]
        for name, column in book._columns.items():
            of = {"person": persons, "thread": threads}.get(name)
            values = (
                [of[value] for value in column] if of else [v + before for v in column] if name == "row" else column
            )
            whole._columns[name].extend(array(column.typecode, values))
        for row in book._people.values():
            whole._people.setdefault(row["person"], row)
        whole._identifiers |= book._identifiers
        whole._known_facts += book._known_facts
        whole._texts += book._texts
        whole._facts += book._facts
        whole._kept += book._kept
        for reason, (count, row) in book._aside.items():
            line = whole._aside.setdefault(reason, [0, row + before])
            line[0] += count
        whole._notes.update(book._notes)
        before += book._kept + sum(count for count, _ in book._aside.values()) + len(book._columns["row"])
    return whole


def _one_talk(talks: Sequence[Talk]) -> Talk:
    whole = Talk(_one_book([talk.book for talk in talks]), talks[0].label)
    for talk in talks:
        before = len(whole._circles)
        whole._circles += talk._circles
        whole._among.extend(array(whole._among.typecode, [number + before for number in talk._among]))
        for key, name in talk.names.items():
            whole.names[key] = whole.names.get(key) or name
    return whole
