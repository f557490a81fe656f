"""What a source is: a module that knows one kind of file. It says which files are its own, and reads them in two steps.

`read` takes in the bytes, and says what they tell about whose export this is. Once all files have been heard, the owner
is settled, and the draft's `finish` makes the records.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from auditor.errors import InputError
from auditor.records import Owner, Records
from auditor.sources.peek import Peek
from auditor.sources.tables import Columns, Table


@dataclass(frozen=True, slots=True)
class Suspect:
    """Somebody who may be the owner of a mailbox, and the share of its conversations they are in."""

    key: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Clues:
    """What a file tells about its owner: names, keys and employers that are certain, and who else it may be."""

    names: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    companies: tuple[str, ...] = ()
    suspects: tuple[Suspect, ...] = ()  # most present first


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that was taken in: its clues, and how to make its records once the owner is known."""

    finish: Callable[[Owner], Records]
    clues: Clues = field(default_factory=Clues)


class Source(Protocol):
    """One kind of file. A module with these two functions is one."""

    def claims(self, peek: Peek) -> bool:
        """Whether the file is of this kind: by its header or content, and only where that does not tell, by name."""

    def read(self, peek: Peek) -> Draft:
        """The file, taken in. Raises InputError where it is damaged."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """A source of CSV files that are told by their header: it holds all the (folded) names of one of the signatures."""

    signatures: tuple[frozenset[str], ...]
    columns: Columns
    ignored: Sequence[str]  # columns that are known and of no use
    draft: Callable[[Table], Draft]

    def claims(self, peek: Peek) -> bool:
        return peek.header(*self.signatures) is not None

    def read(self, peek: Peek) -> Draft:
        header = peek.header(*self.signatures)
        if header is None:
            raise InputError(peek.file.shown, "has none of the headers it could have")
        return self.draft(Table(peek, header, self.columns, self.ignored))
