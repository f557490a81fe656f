"""The first look at a file: its encoding, its header line wherever it stands, and what it looks like else."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from auditor.errors import EXCEL
from auditor.sources.archive import File
from auditor.sources.encoding import Utf8, whole_characters

HEAD = 2**16  # bytes that are looked at
_LINES = 30  # lines among which a header is looked for: LinkedIn's own preamble has three
_DELIMITERS = ",;\t|"
_MOST = 1000  # columns; the widest table we know of, Outlook's address book, has ninety
_ALIKE = 5  # records that are compared with what may be their header

_MAGIC = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first"),
    (b"\x1f\x8b", "a GZIP archive: unpack it first"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "an RTF document"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"BEGIN:VCARD", "an address card"),
    (b"!BDN", "an Outlook mail store (PST): export it as .eml or .mbox first"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header line: the names as written and folded, the delimiter, and where the first record after it begins.

    `wrapped`: every line of the file is one quoted cell that holds the real line.
    """

    names: tuple[str, ...]
    folded: tuple[str, ...]
    delimiter: str
    start: int
    wrapped: bool


@dataclass
class Peek:
    """A file and its first bytes, in UTF-8 whatever it was."""

    file: File
    tick: Callable[[float], None] = field(default=lambda _: None, repr=False)  # told the share that has been read

    @cached_property
    def head(self) -> bytes:
        with self.stream() as stream:
            head = stream.read(HEAD)
            return head[: whole_characters(head)]

    @cached_property
    def raw(self) -> bytes:
        """The first bytes as they are."""
        with self.file.open() as stream:
            return stream.read(4096)

    @cached_property
    def encoding(self) -> str:
        """`utf-16` (either end first, with or without mark), `utf-8-sig`, or `utf-8` for all else."""
        start = self.raw[:64]
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if start[1::2].count(0) > len(start) // 3 and not start[::2].count(0):
            return "utf-16-le"
        return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"

    def stream(self) -> Utf8:
        """The file from its start, in UTF-8 without a byte order mark."""
        stream = self.file.open()
        if self.encoding == "utf-8-sig":
            stream.read(len(codecs.BOM_UTF8))
        return Utf8(stream, self.encoding.removesuffix("-sig"))

    @cached_property
    def stem(self) -> str:
        """The file's name as it is compared: no folder, ending, member id, `(1)`, case or punctuation."""
        name = re.sub(r"(\.(csv|zip|txt|tsv))+$", "", PurePosixPath(self.file.name).name, flags=re.IGNORECASE)
        return fold(re.sub(r"(\s*\(\d+\)|[_ ]\d+)+$", "", name))

    def header(self, *wanted: frozenset[str]) -> Header | None:
        """The first line that holds all the (folded) names of one of the `wanted` sets."""
        return next((h for h, names in self._told_by if any(w <= names for w in wanted)), None)

    @cached_property
    def _told_by(self) -> list[tuple[Header, frozenset[str]]]:
        """The candidates, each with the set of its names: every source asks for them."""
        return [(header, frozenset(header.folded)) for header in self._candidates]

    @cached_property
    def _candidates(self) -> list[Header]:
        """Every line near the top, as the header it would be with each delimiter."""
        found, end = [], 0
        for line in self.head.splitlines(keepends=True)[:_LINES]:
            end += len(line)
            found += _as_headers(line.decode().strip("\r\n"), end)
        return found

    @cached_property
    def table(self) -> Header | None:
        """The header of a table of whatever kind: the first line that the lines after it have as many cells as."""
        return None if self._no_text() else next(filter(self._is_header, self._candidates), None)

    def rows(self, header: Header) -> list[list[str]]:
        """The records after a header that are whole in these first bytes, blank ones left out."""
        text = self.head[header.start :].decode()
        if len(self.head) >= HEAD - 4:
            text = text.rpartition("\n")[0]
        lines = csv.reader(io.StringIO(text, newline=""), delimiter="," if header.wrapped else header.delimiter)
        try:
            records = [line for line in lines if any(cell.strip() for cell in line)]
            if header.wrapped:
                records = list(csv.reader([line[0] for line in records], delimiter=header.delimiter))
        except csv.Error:
            return []
        return records

    def _is_header(self, header: Header) -> bool:
        if sum(map(bool, header.folded)) < 2:
            return False
        first = self.rows(header)[:_ALIKE]
        return bool(first) and sum(len(row) == len(header.names) for row in first) > len(first) / 2

    def looks_like(self) -> str:
        """What the file is, for somebody who expected an export."""
        return self._no_text() or self._text_looks_like()

    def _no_text(self) -> str | None:
        """What the file is, where it is no text at all."""
        for magic, what in _MAGIC:
            if self.raw.startswith(magic):
                return what
        if self.raw.startswith(b"PK"):
            return _office(self.raw)
        if not self.head.strip():
            return "an empty file"
        if re.match(rb"\s*<(!doctype html|html)", self.head, re.IGNORECASE):
            return "a web page (HTML)"
        if b"\0" in self.head:
            return "a binary file"
        return None

    def _text_looks_like(self) -> str:
        header = max(self._candidates[:20], key=lambda h: len(h.names), default=None)
        if header and len(header.names) > 1:
            return f"a table of {len(header.names)} columns that no export has"  # not named: it may be a letter
        return "a text file without any column names we know"


def fold(name: str) -> str:
    """A column's or file's name as it is compared: `E-mail Address` and `email_address` are both `emailaddress`."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in plain if c.isalnum())


def _as_headers(line: str, end: int) -> list[Header]:
    found = []
    for delimiter in _DELIMITERS:
        cells = _cells(line, delimiter)
        wrapped = len(cells) == 1 and delimiter in cells[0] and line.startswith('"')
        if wrapped:
            cells = _cells(cells[0], delimiter)
        if len(cells) <= _MOST and (len(cells) > 1 or delimiter == ","):
            names = tuple(cell.strip() for cell in cells)
            found.append(Header(names, tuple(map(fold, names)), delimiter, end, wrapped))
    return found


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _office(head: bytes) -> str:
    for mark, what in (
        (b"xl/", EXCEL),
        (b"word/", "a Word document"),
        (b"ppt/", "a PowerPoint document"),
    ):
        if mark in head:
            return what
    return "an Office document or an archive"
