"""The text of a calendar file (RFC 5545) as its records: one an event, with nothing in it that an audit does not need.

Descriptions, attachments and alarms are dropped line by line, unread. Lines are joined before they are decoded, because
Google and others fold them in the middle of a character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.sources.lines import LONGEST, Lines
from auditor.sources.peek import Peek

_TEXTS = frozenset(["UID", "SUMMARY", "LOCATION", "STATUS", "X-MICROSOFT-CDO-ALLDAYEVENT"])
_MANY = frozenset(["RRULE", "RDATE", "EXDATE"])
_TIMES = _MANY | {"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SEQUENCE"}
_KEPT = _TEXTS | _TIMES | {"ATTENDEE", "ORGANIZER"}
_STAMPS = frozenset(["DTSTAMP", "LAST-MODIFIED", "CREATED"])
_ELSE = frozenset(["VTODO", "VJOURNAL", "VFREEBUSY"])
_NAME = re.compile(rb"[A-Za-z0-9-]+")
_VALUE = re.compile(r'[^:"]*(?:"[^"]*"[^:"]*)*:(.*)', re.DOTALL)
_ESCAPED = re.compile(r"\\([\\;,nN])")
_STAMP = re.compile(r"\d{8}T\d{6}")
_MARK = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Block:
    """One event taken apart, its lines unfolded. `row` is its number in the file, 1 for the first.

    `times` and `guests` (the organizer's line too) are lines as they stand; `texts` is what the rest says, by name.
    """

    row: int
    calendar: int = 0  # which of the calendars in the file
    complete: bool = False  # it has its END
    times: list[str] = field(default_factory=list)
    guests: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, line: str) -> None:
        """Keep a line that matters; of what may stand once, the first."""
        if name in _TEXTS:
            self.texts.setdefault(name, _value(line))
        elif name in ("ATTENDEE", "ORGANIZER"):
            self.guests.append(line)
        elif name in _MANY or not any(known.startswith((f"{name}:", f"{name};")) for known in self.times):
            self.times.append(line)


@dataclass(slots=True)
class Head:
    """What a calendar says of itself: its name, its zone, and the zones it defines (their lines)."""

    name: str = ""
    zone: str = ""
    zones: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class Text:
    """A file taken apart. `stamp` is the latest time at which anything in it was written, as `20240131T120000`."""

    heads: list[Head] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    stamp: str = ""
    elsewhat: Counter[str] = field(default_factory=Counter)  # tasks, journals
    cut: int = 0  # lines too long to be read whole


def taken_apart(peek: Peek, latest: str = "99991231T235959") -> Text:
    """The calendars in a file, however many; a stamp later than `latest` is not believed."""
    text, path = Text(), list[str]()
    for raw in _unfolded(peek, text):
        found = _NAME.match(raw)
        if not found:
            continue
        name = found[0].decode().upper()
        if name == "BEGIN":
            _begin(text, path, _decoded(raw)[6:].strip().upper())
        elif name == "END":
            _end(text, path, _decoded(raw)[4:].strip().upper())
        elif path:
            _line(text, path, name, raw, latest)
    return text


def _begin(text: Text, path: list[str], what: str) -> None:
    if what == "VCALENDAR":
        path.clear()
        text.heads.append(Head())
    elif what == "VEVENT":
        path[:] = ["VCALENDAR"]  # an event that misses its end ends here
        text.heads = text.heads or [Head()]
        text.blocks.append(Block(len(text.blocks) + 1, calendar=len(text.heads) - 1))
    elif what == "VTIMEZONE" and text.heads:
        text.heads[-1].zones.append([])
    elif what in _ELSE:
        text.elsewhat[what] += 1
    path.append(what)
    _zone_line(text, path, f"BEGIN:{what}")


def _end(text: Text, path: list[str], what: str) -> None:
    _zone_line(text, path, f"END:{what}")
    if what == "VEVENT" and what in path:
        text.blocks[-1].complete = True
    if what in path:
        del path[path.index(what) :]


def _line(text: Text, path: list[str], name: str, raw: bytes, latest: str) -> None:
    if path[-1] == "VEVENT":
        if name in _STAMPS:
            found = _STAMP.search(_decoded(raw))
            if found and found[0] <= latest:
                text.stamp = max(text.stamp, found[0])
        elif name in _KEPT:
            text.blocks[-1].add(name, f"{name}{_decoded(raw)[len(name) :]}")
    elif path[-1] == "VCALENDAR" and name in ("X-WR-CALNAME", "X-WR-TIMEZONE"):
        head, value = text.heads[-1], _decoded(raw).partition(":")[2].strip()
        if name == "X-WR-CALNAME":
            head.name = value
        else:
            head.zone = value
    else:
        _zone_line(text, path, _decoded(raw))


def _zone_line(text: Text, path: list[str], line: str) -> None:
    if "VTIMEZONE" in path and text.heads and text.heads[-1].zones:
        text.heads[-1].zones[-1].append(line)


def _unfolded(peek: Peek, text: Text) -> Iterator[bytes]:
    """The lines of the file, those joined that continue the one before; the progress is told on the way."""
    size, before, length = max(peek.file.size, 1), list[bytes](), 0
    with peek.file.open() if peek.encoding.startswith("utf-8") else peek.stream() as stream:
        lines = Lines(stream, lambda taken: peek.tick(min(taken / size, 1.0) / 2), returns=True)
        for raw in lines:
            line = raw.removeprefix(_MARK)  # also where calendars were put one behind the other
            length += len(line)
            if line[:1] in (b" ", b"\t"):
                before += [line[1:]] if length < LONGEST else []
            elif line:
                yield b"".join(before)
                before, length = [line], len(line)
    yield b"".join(before)
    text.cut = lines.cut


def _value(line: str) -> str:
    """What a line of text says, in one line."""
    found = _VALUE.match(line)
    said = _ESCAPED.sub(lambda escaped: " " if escaped[1] in "nN" else escaped[1], found[1]) if found else ""
    return " ".join(said.split())


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
