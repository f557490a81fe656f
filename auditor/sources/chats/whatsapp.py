"""WhatsApp's own export of a chat: `_chat.txt` of iOS, `WhatsApp Chat with X.txt` of Android (formats.md §6.6).

Times are the phone's, without a zone: they are taken as UTC. Lines of one stamp follow each other by a millisecond, so
that two equal messages of one minute are two, and keep their order. Among whom something was said in a group is told by
those who wrote lately: unlike a count of all members it is the same in a later export of the same chat.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

from auditor.errors import InputError
from auditor.mentions import fold
from auditor.sources.chats import phrases, stamps
from auditor.sources.chats.talk import Circle, Talk, key_of
from auditor.sources.lines import CUT, Lines
from auditor.sources.logbook import Logbook
from auditor.sources.peek import Peek
from auditor.sources.phones import phone_key
from auditor.sources.source import Clues, Draft, Suspect

LABEL = "whatsapp"

LATELY = 300
"""Messages of a group: who wrote none of the last ones is not counted among those present."""

MAYBE = 0.5
"""The share of a suspect in a group: its owner may have read and never written, so no writer is sure to be them."""

_LOOKED = 4096  # bytes
_LONGEST = 2**20  # characters of a message; WhatsApp itself takes no more than 65,536
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_IS_NUMBER = re.compile(r"\+[\d\s()./\u00a0\u2010-\u2015-]{7,}")
_LONGEST_NAME = 100


def claims(peek: Peek) -> bool:
    lines = peek.head[:_LOOKED].decode("utf-8", "ignore").splitlines()
    return stamps.form([line for line in lines if line.strip()][:3]) is not None


def read(peek: Peek) -> Draft:
    form = stamps.form(line for _, line in _lines(peek))
    if form is None:
        raise InputError(peek.file.shown, "has no line that begins with a date; export the chat again")
    clock = stamps.Clock.of(found for _, line in _lines(peek) if (found := form.match(line)))
    chat = _Chat(Talk(Logbook(peek.file.shown, "WhatsApp chat"), LABEL), clock, phrases.title(peek.file.shown))
    size = max(peek.file.size, 1)
    with peek.stream() as stream:
        lines = Lines(stream, lambda done: peek.tick(min(done / size, 1.0)))
        for row, line in _numbered(lines):
            found = form.match(line)
            if found:
                chat.begin(row, found, line[found.end() :])
            else:
                chat.go_on(row, line)
    for _ in range(lines.cut):
        chat.talk.book.note(CUT)
    return chat.draft()


def _lines(peek: Peek) -> Iterator[tuple[int, str]]:
    """The numbered lines of the file, for a look at them."""
    with peek.stream() as stream:
        yield from _numbered(Lines(stream, lambda _: None))


def _numbered(lines: Lines) -> Iterator[tuple[int, str]]:
    return ((row, line.decode().rstrip("\r")) for row, line in enumerate(lines, 1))


@dataclass(slots=True)
class _Chat:
    """One chat while it is read, line by line."""

    talk: Talk
    clock: stamps.Clock
    title: str
    _open: tuple[int, re.Match[str], list[str]] | None = None  # the record whose lines are being gathered
    _length: int = 0  # of that record
    _persons: dict[str, str | None] = field(default_factory=dict)  # name as written → key
    _lately: deque[str] = field(default_factory=deque)
    _present: Counter[str] = field(default_factory=Counter)
    _circle: Circle = field(default_factory=lambda: Circle(frozenset()))
    _at: tuple[int, int] = (0, 0)  # the last stamp, and how many lines have had it
    _group: bool = False
    _first: str = ""

    def begin(self, row: int, stamp: re.Match[str], rest: str) -> None:
        self._close()
        self._open, self._length = (row, stamp, [rest]), len(rest)

    def go_on(self, row: int, line: str) -> None:
        """A further line of the same message."""
        if self._open:
            self._length += len(line) + 1
            if self._length < _LONGEST:
                self._open[2].append(line)
        elif line.strip():
            self.talk.book.set_aside("a line before the first message", row)

    def _close(self) -> None:
        if not self._open:
            return
        row, stamp, lines = self._open
        seconds, author = self.clock.seconds(stamp), _author(lines[0])
        if seconds is None:
            self.talk.book.set_aside("unreadable date", row)
        elif author is None:
            self._notice(row, "", lines[0])
        else:
            name, lines[0] = author
            self._message(row, self._moment(seconds), name, "\n".join(lines))
        self._first = self._first or stamp[0]

    def _moment(self, seconds: int) -> float:
        same = self._at[1] + 1 if self._at[0] == seconds else 0
        self._at = seconds, same
        return seconds + min(same, 999) / 1000

    def _notice(self, row: int, name: str, line: str) -> None:
        self._group |= phrases.tells_group(line)
        if name and not self.title and phrases.tells_encryption(line):
            self.title = _cleaned(name)
        self.talk.book.set_aside(phrases.PROGRAM, row)

    def _message(self, row: int, at: float, name: str, text: str) -> None:
        found = phrases.said(text)
        if found.aside == phrases.PROGRAM:
            self._notice(row, name, text)
            return
        key = self._key(name)
        if key is None:
            self.talk.book.set_aside("sender not named", row)
            return
        self._was_here(key)
        if found.aside:
            self.talk.book.set_aside(found.aside, row)
        else:
            self.talk.say(key, at, row, self._circle, text=found.text)

    def _key(self, name: str) -> str | None:
        if name not in self._persons:
            key, called = _person(name)
            self._persons[name] = key
            if key:
                self.talk.person(key, called)
        return self._persons[name]

    def _was_here(self, key: str) -> None:
        self._lately.append(key)
        self._present[key] += 1
        came, gone = self._present[key] == 1, None
        if len(self._lately) > LATELY:
            gone = self._lately.popleft()
            self._present[gone] -= 1
        if came or (gone and not self._present[gone]):
            self._circle = Circle(frozenset(+self._present))

    def draft(self) -> Draft:
        """The chat, once its last line was read."""
        self._close()
        self.talk.book.note("times are the phone's own: taken as UTC")
        if self.clock.untold:
            self.talk.book.note(stamps.UNTOLD.format("day" if self.clock.day_first else "month"))
        writers, (titled, called) = self.talk.names, _person(self.title)
        named = titled in writers
        group = self._group or len(writers) > 2 or bool(self.title and not named and len(writers) == 2)
        if group:
            thread = self._thread()
            self.talk.among(lambda circle: Circle(circle.members, thread))
        else:
            if titled and not named:
                self.talk.person(titled, called)
            self.talk.among(lambda _: Circle(frozenset(self.talk.names)))
        finish = partial(self.talk.finish, absent=not group and named and len(writers) == 1)
        return Draft(finish, self._clues(titled if named else None, group=group))

    def _thread(self) -> str:
        """What names a group in every export of it: its name, or else how it began."""
        begun = sha256(f"{self._first} {next(iter(self.talk.names), '')}".encode()).hexdigest()[:16]
        return f"group:{self.title.casefold() or begun}"

    def _clues(self, titled: str | None, *, group: bool) -> Clues:
        """In a chat of two that is named after one of them, the other is the owner."""
        writers = self.talk.names
        if not group and titled and len(writers) == 2:
            own = next(key for key in writers if key != titled)
            full = " " in fold(writers[own])  # "Alex" alone may be somebody else's name elsewhere
            return Clues(names=(writers[own],) if full else (), keys=frozenset({own}))
        if len(writers) < 2:
            return Clues()
        share = MAYBE if group else 1.0
        return Clues(suspects=tuple(Suspect(key, name, share) for key, name in [*writers.items()][:50]))


def _author(line: str) -> tuple[str, str] | None:
    """Who wrote a line and what, or None for one of the program."""
    name, colon, text = line.partition(": ")
    if not colon and line.endswith(":"):
        name, colon = line[:-1], ":"
    if not colon or len(name) > _LONGEST_NAME or phrases.is_cut(name):
        return None
    return name, text


def _person(name: str) -> tuple[str | None, str]:
    """The mention key behind a name as written, and the name; both empty for nobody."""
    plain = _cleaned(name)
    if _IS_NUMBER.fullmatch(plain) and (number := phone_key(plain)):
        return number, ""
    return key_of(plain, LABEL), plain


def _cleaned(name: str) -> str:
    """A name without the marks of direction around it, and the wave that WhatsApp puts before a stranger's own."""
    return _MARKS.sub("", name).strip().removeprefix("~").strip()
