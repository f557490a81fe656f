"""The XML that "SMS Backup & Restore" and its kin write on Android, record by record, however large the file.

Such a file may be gigabytes of pictures in base64, and it breaks XML in two ways that every parser refuses: emoji stand
as two halves (`&#55357;&#56841;`), and control characters stand as they are. Both are put right in the bytes, before
the parser sees them; the pictures never reach it (formats.md §6.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError, iterparse

from auditor.errors import InputError
from auditor.sources.logbook import Logbook
from auditor.sources.peek import Peek

Kept = TypeVar("Kept")

_CHUNK = 2**17  # bytes
_ROOT = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+<([A-Za-z]\w*)[\s/>]", re.DOTALL)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_REFERENCE = rb"&#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,10});"
_REFERENCES = re.compile(_REFERENCE + rb"(?:" + _REFERENCE + rb")*")  # begins with letters: 60 times as fast as ()+
_FIRST_HALF = (  # D800 to DBFF
    rb"&#(?:[xX]0{0,4}[dD][89abAB][0-9a-fA-F]{2}|0{0,5}(?:5529[6-9]|55[3-9]\d\d|56[0-2]\d\d|563[01]\d));"
)
_UNFINISHED = re.compile(
    rb"(?:" + _FIRST_HALF + rb")?(?:&[#0-9a-zA-Z]{0,12})?\Z"
    rb"| (?:d|da|dat|data|data=)?\Z"
)
"""The end of a chunk that cannot be judged without the next: half an emoji, an open reference, a picture's name."""
_BASE64 = rb"(?:[A-Za-z0-9+/=\s]+|&#1[03];)+"
_STILL, _PICTURE = re.compile(_BASE64), re.compile(rb'( data=")' + _BASE64)

LONGEST = 16 * 2**20
"""Bytes of one tag, pictures left out: the parser keeps a tag whole. A message of a phone has a thousandth of it."""

_INSIDE = 100_000  # elements inside one record, which is kept whole too
_ENDLESS = "has a record without an end, which no phone writes: make the backup again"

EARLIEST = 946_684_800.0
"""Unix seconds, the year 2000: no phone that writes such a file is older, so an earlier time is a clock never set."""
_DAY = 86_400.0


def root(peek: Peek) -> str | None:
    """The name of the outermost element, or None where the file is no XML."""
    found = _ROOT.match(peek.head)
    return found[1].decode() if found else None


@dataclass
class Backup:
    """A backup that is read once. `broken` is set where it breaks off: what the receipt says of it."""

    peek: Peek
    broken: str | None = None
    _facts: dict[str, str] = field(default_factory=dict)

    def parted(self, taken: Callable[[Backup, int, Any], Kept | str]) -> tuple[list[Kept], list[tuple[str, int]]]:
        """What `taken` makes of the elements, and the rest with the reason it gives instead, each with its row."""
        kept: list[Kept] = []
        aside: list[tuple[str, int]] = []
        for row, element in self.records():
            found = taken(self, row, element)
            if isinstance(found, str):
                aside.append((found, row))
            else:
                kept.append(found)
        return kept, aside

    def book(self, kind: str, aside: Iterable[tuple[str, int]]) -> Logbook:
        """The book of this file, in which what was set aside stands, and where it broke off."""
        book = Logbook(self.peek.file.shown, kind)
        for reason, row in aside:
            book.set_aside(reason, row)
        if self.broken:
            book.note(self.broken)
        return book

    def records(self) -> Iterator[tuple[int, Any]]:
        """The elements below the outermost one with their numbers, from 1; each is gone when the next is asked for.

        A file that breaks off gives what stands before. Raises InputError where nothing does, or where the file
        declares a document type: no phone writes that, and it can make a parser hang.
        """
        number, shown = 0, self.peek.file.shown
        try:
            for number, element in enumerate(self._elements(), 1):
                yield number, element
        except DefusedXmlException:
            problem = "declares a document type, which no phone writes and which can do harm: make the backup again"
            raise InputError(shown, problem) from None
        except ParseError as problem:
            if not number:
                damage = "is damaged, so that no record can be read; make the backup again"
                raise InputError(shown, damage, problem.position[0]) from None
            of = f" of {self._facts['count']}" if self._facts.get("count", "").isdecimal() else ""
            self.broken = f"the file breaks off after record {number}{of}: make the backup again"

    def moment(self, milliseconds: str) -> float | None:
        """A time as the backup writes it, in Unix seconds; None for none, and for what is later than the backup."""
        at = _seconds(milliseconds)
        made = _seconds(self._facts.get("backup_date", ""))
        written = self.peek.file.written
        if made is None and written is not None:
            made = written.timestamp() + 365 * _DAY
        late = 4e9 if made is None else made + _DAY
        return at if at is not None and EARLIEST <= at <= late else None

    def _elements(self) -> Iterator[Any]:
        """The outermost element's children, which it forgets one by one."""
        with self.peek.stream() as stream:
            size = max(self.peek.file.size, 1)
            clean = _Legal(stream, self.peek.file.shown, lambda taken: self.peek.tick(min(taken / size, 1.0)))
            parser = DefusedXMLParser(encoding="utf-8", forbid_dtd=True)  # whatever the file says: it is UTF-8 by now
            depth, inside, outermost = 0, 0, None
            for event, element in iterparse(clean, ("start", "end"), parser):
                if event == "start":
                    depth, inside = depth + 1, inside + 1
                    if inside > _INSIDE:
                        raise InputError(self.peek.file.shown, _ENDLESS)
                    if outermost is None:
                        outermost, self._facts = element, dict(element.attrib)
                    continue
                depth -= 1
                if depth == 1:
                    yield element
                    inside = 0
                    outermost.clear()  # type: ignore[union-attr]


def _seconds(milliseconds: str) -> float | None:
    return int(milliseconds) / 1000 if milliseconds.isdecimal() and len(milliseconds) < 16 else None


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Legal:
    """A stream of XML without what XML forbids, and without the pictures."""

    def __init__(self, stream: _Readable, shown: str, tick: Any) -> None:
        self._stream, self._shown, self._tick, self._open = stream, shown, tick, 0
        self._rest, self._taken, self._in_picture = b"", 0, False

    def read(self, _size: int = -1) -> bytes:
        while True:
            raw = self._stream.read(_CHUNK)
            self._taken += len(raw)
            self._tick(self._taken)
            data = self._rest + raw.translate(None, _CONTROLS)
            cut = _judged(data) if raw else len(data)
            self._rest = data[cut:]
            clean = self._without_pictures(_REFERENCES.sub(_legal, data[:cut]))
            tag = clean.rfind(b"<")
            self._open = self._open + len(clean) if tag < 0 else len(clean) - tag
            if self._open > LONGEST:
                raise InputError(self._shown, _ENDLESS)
            if clean or not raw:
                return clean

    def _without_pictures(self, data: bytes) -> bytes:
        """The bytes without what stands in `data="…"`: in a text it would cost a word, and is never met."""
        if self._in_picture:
            still = _STILL.match(data)
            data = data[still.end() :] if still else data
            if not data:
                return data
        data = _PICTURE.sub(rb"\1", data)
        self._in_picture = data.endswith(b' data="')
        return data


def _judged(data: bytes) -> int:
    """How many of the bytes can be judged without the next ones."""
    start = max(len(data) - 64, 0)
    open_ = _UNFINISHED.search(data, start)
    return open_.start() if open_ else len(data)


def _legal(run: re.Match[bytes]) -> bytes:
    """Character references without those XML forbids; two halves of a character become one, a lone half nothing."""
    points = (_point(reference) for reference in run[0][2:-1].split(b";&#"))
    halves = "".join(chr(point) for point in points if point <= 0x10FFFF)
    whole = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return b"".join(b"&#%d;" % ord(c) for c in whole if _allowed(ord(c)))


def _point(reference: bytes) -> int:
    return int(reference[1:], 16) if reference[:1] in b"xX" else int(reference)


def _allowed(point: int) -> bool:
    return point in (9, 10, 13) or 0x20 <= point <= 0xFFFD or point >= 0x10000
