"""The heads of the mails in an archive: an mbox of any size, a file of one mail, a folder of such files.

A mail archive is mostly attachments, so bodies are leapt over in blocks (`bytes.find`), never read line by line; only
one block is in memory. A mail begins with a `From ` line after a blank line, with a header below it: a sentence that
begins with “From” is followed by none (RFC 4155; mboxrd writes `>From` there, older programs do not).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from auditor.sources.archive import File

LONGEST = 2**18
"""Bytes of a head; the longest real ones, with hundreds of recipients, are a tenth of it."""

_BLOCK = 2**20
_LINE = 2**12  # no `From ` line and header name are longer
_BLANK = re.compile(rb"\n\r?\n")
_POSTMARK = re.compile(rb"From [^\n]*\n(?:>?From [^\n]*\n)?[!-9;-~]+[ \t]*:")
_FIRST_LINE = re.compile(rb"(?:From [^\n]*|\d+[ \t]*\r?)\n")  # of an mbox; of an .emlx, whose first line is a length
_NAME = re.compile(rb"([A-Za-z][A-Za-z0-9_-]*)[ \t]*:")
_LETTER = re.compile(r"\.(emlx?)$", re.IGNORECASE)


class Head(NamedTuple):
    """The `From ` line of a mail (empty where it has none), and its header lines, folded as they are."""

    postmark: bytes
    lines: bytes


def heads(file: File, tick: Callable[[float], None]) -> Iterator[Head]:
    """The heads of all mails in the file, in its order; `tick` is told the share that has been read."""
    if not file.parts and is_mbox(_first(file)):
        with file.open() as stream:
            yield from _Window(stream, lambda taken: tick(min(taken / max(file.size, 1), 1.0))).heads()
        return
    taken = 0
    for letter in file.parts or (file,):
        yield _head(_first(letter))
        taken += letter.size
        tick(min(taken / max(file.size, 1), 1.0))


def is_mbox(start: bytes) -> bool:
    """Whether bytes are the start of an mbox."""
    return _POSTMARK.match(_begun(start)) is not None


def header_names(start: bytes) -> frozenset[str]:
    """The (lower-case) names in the head that these bytes begin with; empty where it is none."""
    lines = _head(start).lines.replace(b"\r\n", b"\n").split(b"\n")
    if len(start) >= _LINE:
        lines = lines[:-1]  # it may be cut
    named = [_NAME.match(line) for line in lines if line[:1] not in (b" ", b"\t")]
    return frozenset(found[1].decode().lower() for found in named if found) if all(named) else frozenset()


def gathered(files: Iterable[File]) -> list[File]:
    """The files, the letters (.eml, .emlx) of one folder as one file: a mail archive can be a million of them."""
    found: dict[str, list[File]] = {}
    for file in files:
        letter = _LETTER.search(file.shown)
        folder, slash, _ = file.shown.rpartition("/")
        together = letter and not file.trouble
        found.setdefault(f"{folder}{slash}*.{letter[1].lower()}" if letter and together else file.shown, []).append(
            file
        )
    return [_together(shown, letters) if len(letters) > 1 else letters[0] for shown, letters in found.items()]


def _together(shown: str, letters: list[File]) -> File:
    written = max((letter.written for letter in letters if letter.written), default=None)
    size = sum(letter.size for letter in letters)
    return replace(letters[0], shown=shown, size=size, written=written, parts=tuple(letters))


def _first(file: File) -> bytes:
    """The start of a file, to its first blank line or to the longest head."""
    start = b""
    with file.open() as stream:
        while len(start) < LONGEST and not _BLANK.search(start.lstrip()):
            block = stream.read(2**14)
            if not block:
                break
            start += block
    return start[:LONGEST]


def _begun(start: bytes) -> bytes:
    return start.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")


def _head(start: bytes) -> Head:
    """The head of the one mail that begins so."""
    start = _begun(start)
    first = _FIRST_LINE.match(start)
    begin = first.end() if first else 0
    end = _BLANK.search(start, begin)
    postmark = first[0].strip() if first and first[0].startswith(b"From ") else b""
    return Head(postmark, start[begin : end.start() if end else len(start)])


class _Window:
    """The block of an mbox that is in memory, and the place in it that has been reached."""

    def __init__(self, stream: BinaryIO, tell: Callable[[int], None]) -> None:
        self._stream, self._tell = stream, tell
        self._data, self._at, self._taken = b"", 0, 0

    def heads(self) -> Iterator[Head]:
        self._more()
        self._data = _begun(self._data)
        while True:
            yield self._head()
            if not self._next():
                return

    def _more(self) -> bool:
        """Take in the next block in place of what lies behind, but for two bytes; whether there was one."""
        block = self._stream.read(_BLOCK)
        behind = max(self._at - 2, 0)
        self._data = self._data[behind:] + block
        self._at -= behind
        self._taken += len(block)
        self._tell(self._taken)
        return bool(block)

    def _head(self) -> Head:
        """The head that begins here; afterwards we stand at its end."""
        end = _BLANK.search(self._data, self._at)
        while end is None and len(self._data) - self._at < LONGEST and self._more():
            end = _BLANK.search(self._data, self._at)
        stop = min(end.start() if end else len(self._data), self._at + LONGEST)
        postmark, _, lines = self._data[self._at : stop].partition(b"\n")
        self._at = stop
        return Head(postmark.strip(), lines)

    def _next(self) -> bool:
        """Go to the next `From ` line; whether there is one."""
        while True:
            place = self._data.find(b"\nFrom ", self._at)
            if place < 0:
                self._at = max(self._at, len(self._data) - len(b"\nFrom "))
                if not self._more():
                    return False
                continue
            if len(self._data) - place < _LINE:
                self._at = place
                self._more()
                place = self._at
            self._at = place + 1
            blank = self._data.endswith((b"\n", b"\n\r"), max(place - 2, 0), place)
            if blank and _POSTMARK.match(self._data, place + 1):
                return True
