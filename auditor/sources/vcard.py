"""Address cards (.vcf): vCard 2.1, 3.0 and 4.0 (RFC 6350), as phones, Apple, Google and Outlook write them.

The file streams card by card; pictures and sounds are dropped line by line before anything is read of them.
vobject takes a line apart (folding, quoted-printable, groups, parameters); its reading of whole cards is not used,
because one line with a broken character set loses the card, and what it cannot read it logs, names and all.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from vobject.base import VObjectError, getLogicalLines, textLineToContentLine

from auditor.records import Owner, Records
from auditor.sources import address_book
from auditor.sources.address_book import KIN, Entry, says_family
from auditor.sources.lines import CUT, Lines
from auditor.sources.logbook import Logbook
from auditor.sources.peek import Peek, fold
from auditor.sources.source import Draft

_BEGIN, _END = "BEGIN:VCARD", "END:VCARD"
_WANTED = frozenset(
    "N FN NICKNAME ORG TITLE ROLE EMAIL TEL URL X-SOCIALPROFILE X-ABLABEL X-ABRELATEDNAMES RELATED CATEGORIES KIND UID "
    "X-ABSHOWAS X-ADDRESSBOOKSERVER-KIND X-ADDRESSBOOKSERVER-MEMBER MEMBER X-ANDROID-CUSTOM BDAY ADR NOTE".split()
)
_PROPERTY = re.compile(r"(?:[\w-]+\.)?([\w-]+)[;:]")
_WORD, _SAID = "[a-zA-Z0-9_-]+", """(?:"[^"]*"|[^";:,]*)"""
_LINE = re.compile(rf"(?:{_WORD}\.)?{_WORD};?(?:;{_WORD}(?:={_SAID})?(?:,{_SAID})*)*:")
"""How a property begins: as vobject reads it, which tries every way of cutting at each `=` before it gives up."""
_QUOTED = re.compile("quoted-printable", re.IGNORECASE)
_CHARSET = re.compile(r";charset=[^;:]*", re.IGNORECASE)
_ANDROID_RELATION = re.compile(r"vnd\.android\.cursor\.item/relation;([^;]*);(\d+)")
_ANDROID_KIN = frozenset("2 3 4 5 8 9 10 12 13 14".split())
"""ContactsContract.CommonDataKinds.Relation: brother, child, domestic partner, father, mother, parent, partner,
relative, sister, spouse."""
_LOCALITY = 3
"""Which part of an address is the city (RFC 6350 §6.3.1)."""
_MOST = 100_000  # lines of a card that are kept


@dataclass(slots=True)
class _Taken:
    """What was read of a file: entries and groups, and what could not be read."""

    shown: str
    entries: list[Entry] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    family: set[str] = field(default_factory=set)  # uids of the members of a group of that name
    unfinished: list[int] = field(default_factory=list)
    unreadable: int = 0  # lines
    outside: int = 0  # lines between cards
    repaired: bool = False
    cut: int = 0  # lines too long to be read whole


def claims(peek: Peek) -> bool:
    return peek.head.lstrip()[: len(_BEGIN)].upper() == _BEGIN.encode()


def read(peek: Peek) -> Draft:
    taken = _Taken(peek.file.shown)
    for row, card in enumerate(_cards(_lines(peek, taken), taken), start=1):
        if card is None:
            taken.unfinished.append(row)
        else:
            _take(row, _properties(card, taken), taken)
    return Draft(partial(_records, taken))


def _records(taken: _Taken, owner: Owner) -> Records:
    book = Logbook(taken.shown, address_book.KIND)
    for rows, reason in ((taken.groups, "a group, no person"), (taken.unfinished, "a card without an end")):
        for row in rows:
            book.set_aside(reason, row)
    if taken.unreadable:
        book.note(f"lines of cards that cannot be read: {taken.unreadable}")
    if taken.outside:
        book.note(f"lines outside of any card: {taken.outside}")
    if taken.repaired:
        book.note("not all of it is UTF-8: the rest was read as Windows-1252")
    for _ in range(taken.cut):
        book.note(CUT)
    return address_book.file(book, taken.entries, owner, taken.family)


def _lines(peek: Peek, taken: _Taken) -> Iterator[str]:
    """The lines as written, whatever ends them."""
    size = max(peek.file.size, 1)
    with peek.stream() as stream:
        lines = Lines(stream, lambda done: peek.tick(min(done / size, 1.0)), returns=True)
        yield from map(bytes.decode, lines)
        taken.repaired, taken.cut = stream.repaired, lines.cut


def _cards(lines: Iterator[str], taken: _Taken) -> Iterator[list[str] | None]:
    """The wanted lines of each card; None for a card that never ends."""
    card: list[str] | None = None
    keep = quoted = soft = False
    for line in lines:
        if not line.strip():
            soft = False
        elif soft or line[0] in " \t":  # goes on with the property before
            soft = quoted and line.endswith("=")
            if card is not None and keep and len(card) < _MOST:
                card.append(line)
        elif (edge := line.strip().upper()) == _BEGIN:
            if card is not None:
                yield None
            card, keep, quoted = [], False, False
        elif card is None:
            taken.outside += 1
        elif edge == _END:
            yield card
            card = None
        else:
            if found := _PROPERTY.match(line):
                keep = found[1].upper() in _WANTED
                quoted = bool(_QUOTED.search(line.partition(":")[0]))
            if keep and len(card) < _MOST:
                card.append(line)
            soft = quoted and line.endswith("=")
    if card is not None:
        yield None


@dataclass(frozen=True, slots=True)
class _Property:
    """A property of a card: its value still escaped, its types in capitals, its `itemN` label folded."""

    value: str
    types: frozenset[str]
    label: str

    @property
    def text(self) -> str:
        return _plain(self.value)

    def parts(self, separator: str) -> list[str]:
        return [_plain(part) for part in re.split(rf"(?<!\\){separator}", self.value)]


_Properties = dict[str, list[_Property]]


def _properties(card: Sequence[str], taken: _Taken) -> _Properties:
    """The properties of a card by name."""
    logical = [line for line, _ in getLogicalLines(io.StringIO("\n".join(card)), allowQP=True)]
    lines = [line for line in map(_parsed, logical) if line is not None]
    taken.unreadable += len(logical) - len(lines)
    labels = {line.group: fold(line.value) for line in lines if line.name == "X-ABLABEL"}
    found: _Properties = defaultdict(list)
    for line in lines:
        said = [*line.params.get("TYPE", []), *line.singletonparams]
        types = frozenset(kind.strip().upper() for many in said for kind in many.split(","))
        found[line.name].append(_Property(line.value, types, labels.get(line.group, "") if line.group else ""))
    return found


def _parsed(text: str) -> Any:
    """One line taken apart, or None. Where quoted bytes are not in the character set they claim, they are Latin-1."""
    if not _LINE.match(text):
        return None
    head, colon, value = text.partition(":")
    head = _QUOTED.sub("QUOTED-PRINTABLE", head)
    for front in (head, _CHARSET.sub("", head) + ";CHARSET=latin-1"):
        try:
            return textLineToContentLine(front + colon + value)
        except VObjectError:
            return None
        except (ValueError, LookupError, TypeError):  # the last: a line of two encodings
            continue
    return None


def _plain(value: str) -> str:
    """A value without its escapes, on one line."""
    return " ".join(re.sub(r"\\(.)", lambda sign: " " if sign[1] in "nN" else sign[1], value).split())


def _take(row: int, card: _Properties, taken: _Taken) -> None:
    kind = _first(card, "KIND", "X-ADDRESSBOOKSERVER-KIND").casefold()
    if kind == "group":
        taken.groups.append(row)
        if says_family([_first(card, "FN", "N")]):
            members = (*card.get("MEMBER", ()), *card.get("X-ADDRESSBOOKSERVER-MEMBER", ()))
            taken.family.update(member.text for member in members)
    else:
        taken.entries.append(_entry(row, card, organisation=kind == "org"))


def _entry(row: int, card: _Properties, *, organisation: bool) -> Entry:
    company = next((p.parts(";")[0] for p in card.get("ORG", ())), "")
    name = _name(card) or company
    if not company and (organisation or _first(card, "X-ABSHOWAS").upper() == "COMPANY"):
        company = name
    uid = _first(card, "UID")
    return Entry(
        row,
        name,
        company,
        position=_first(card, "TITLE", "ROLE"),
        links=[p.text for p in (*card.get("X-SOCIALPROFILE", ()), *card.get("URL", ()))],
        emails=[p.text.removeprefix("mailto:") for p in card.get("EMAIL", ())],
        phones=[p.text for p in card.get("TEL", ()) if "FAX" not in p.types],
        family=says_family(group for p in card.get("CATEGORIES", ()) for group in p.parts(",")),
        uid=uid if uid.startswith("urn:") else f"urn:uuid:{uid}" if uid else "",
        kin=list(_kin(card)),
        birthday=address_book.birthday(_first(card, "BDAY")),
        cities=[city for p in card.get("ADR", ()) if (city := [*p.parts(";"), *"    "][_LOCALITY].strip())],
        note=_first(card, "NOTE"),
    )


def _name(card: _Properties) -> str:
    """The name as shown, else as its parts make it; a mail address in its place is none."""
    parts = next((p.parts(";") for p in card.get("N", ())), [])
    family, given, middle = [*parts, "", "", ""][:3]
    built = " ".join(part for part in (given, middle, family) if part)
    found = _first(card, "FN") or built or _first(card, "NICKNAME")
    return "" if "@" in found and " " not in found else found


def _kin(card: _Properties) -> Iterator[str]:
    for p in card.get("RELATED", ()):
        if p.types & {word.upper() for word in KIN}:
            yield p.text
    for p in card.get("X-ABRELATEDNAMES", ()):
        if p.label in KIN:  # Apple's own labels are written _$!<Child>!$_
            yield p.text
    for p in card.get("X-ANDROID-CUSTOM", ()):
        if (found := _ANDROID_RELATION.match(p.value)) and found[2] in _ANDROID_KIN:
            yield found[1]


def _first(card: _Properties, *names: str) -> str:
    """The first text there is under one of the names."""
    return next((p.text for name in names for p in card.get(name, ()) if p.text), "")
