"""Mail: an mbox (Gmail's Takeout, Thunderbird), and .eml or .emlx files (Apple Mail). Only heads are read, no body.

Which way a mail went is told by the owner's addresses, never by labels. A mail archive proves no silence: those who
were never written to at these addresses may have been written to at others.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from itertools import compress
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from auditor.mentions import fold
from auditor.records import Owner, Records
from auditor.sources import bulkmail
from auditor.sources.envelope import conversation, fields, identity, mailboxes, sent_at
from auditor.sources.logbook import Logbook
from auditor.sources.mbox import Head, header_names, heads, is_mbox
from auditor.sources.peek import Peek
from auditor.sources.source import Clues, Draft, Suspect

MOST = 25
"""A mail to more people than this is an announcement."""

SURE = 0.5
"""The share of delivered mails whose `Delivered-To` names one address, from which it is the owner's."""

_FEW = 10  # delivered mails; of fewer, the share tells nothing
_SUSPECTS = 50
_NO_SENDER, _NO_DATE = "no sender in its head, or no mail", "unreadable date"
_TOO_MANY = f"to more than {MOST} people"
_AGAIN = "the same mail again in this file"
_TO_SELF, _TO_NOBODY = "mail to oneself", "to no person's address"
_WHOSE = "in or out is not known: add “Email Addresses.csv” of your LinkedIn export"
_NAMESAKE = "an address under your own name that is not among yours: taken for yours"
_USUAL = frozenset(
    "from to date subject message-id received mime-version content-type return-path delivered-to".split()
)

_COLUMNS = {"row": "q", "sender": "l", "to": "l", "at": "q", "identity": "Q", "conversation": "Q"}


def claims(peek: Peek) -> bool:
    """An mbox begins with a `From ` line and a header; one mail, with its header lines."""
    if peek.file.parts or is_mbox(peek.raw):
        return True
    found = header_names(peek.raw)
    return len(found & _USUAL) > 2 and bool(found & {"from", "date"})


def read(peek: Peek) -> Draft:
    """The heads of all mails, taken in; a few dozen bytes of each stay in memory."""
    box = Box(peek.file.written, bulkmail.shelved(_folders(peek)))
    for head in heads(peek.file, peek.tick):
        box.take(head)
    return Draft(partial(_records, peek.file.shown, box), box.clues())


def _folders(peek: Peek) -> list[str]:
    """The names of the folders in which the mails lie: that of an mbox is one."""
    names = PurePosixPath(peek.file.name.replace("\\", "/")).parts
    return [re.sub(r"\.(mbox|mbx|sbd)$", "", name, flags=re.IGNORECASE) for name in names]


@dataclass
class Box:
    """The mails of one file. Addresses and lists of recipients stand once, under numbers; each mail is six of them."""

    written: datetime | None
    shelf: str | None  # why all of it is set aside: it lies in the bin
    keys: list[str] = field(default_factory=list)
    self_named: dict[int, str] = field(default_factory=dict)  # by what name an address writes itself
    named: dict[int, str] = field(default_factory=dict)  # by what name others write to it
    lists: list[tuple[int, ...]] = field(default_factory=list)
    verdicts: array[int] = field(default_factory=lambda: array("B"))  # of each mail: its reason's place, or 0 for none
    reasons: list[str] = field(default_factory=lambda: [""])
    delivered: Counter[bytes] = field(default_factory=Counter)
    columns: dict[str, array[int]] = field(
        default_factory=lambda: {name: array(code) for name, code in _COLUMNS.items()}
    )
    _numbers: dict[str, int] = field(default_factory=dict, repr=False)
    _list_numbers: dict[tuple[int, ...], int] = field(default_factory=dict, repr=False)

    def take(self, head: Head) -> None:
        """Take in one mail: for a person's, who, when and to whom; else only why it is set aside."""
        found = fields(head.lines)
        if b"delivered-to" in found:
            self.delivered[found[b"delivered-to"]] += 1
        sender = mailboxes(found.get(b"from", b""))[:1]
        reason = self.shelf or (bulkmail.reason(found, sender[0][0]) if sender else _NO_SENDER)
        self.verdicts.append(self._place(reason or self._kept(found, head.postmark, sender[0])))

    def _kept(self, found: dict[bytes, bytes], postmark: bytes, sender: tuple[str, str]) -> str | None:
        """Note a person's mail, or say why not."""
        recipients = mailboxes(found.get(b"to", b"")) + mailboxes(found.get(b"cc", b""))
        if len({key for key, _ in recipients}) > MOST:
            return _TOO_MANY
        at = sent_at(found, postmark, self.written)
        if at is None:
            return _NO_DATE
        to = tuple(dict.fromkeys(self._number(key, name, self.named) for key, name in recipients))
        number = self._list_numbers.setdefault(to, len(self.lists))
        if number == len(self.lists):
            self.lists.append(to)
        row = (len(self.verdicts) + 1, self._number(*sender, self.self_named), number, at)
        for column, value in zip(self.columns.values(), (*row, identity(found), conversation(found)), strict=True):
            column.append(value)
        return None

    def _place(self, reason: str | None) -> int:
        if reason is None:
            return 0
        if reason not in self.reasons:
            self.reasons.append(reason)
        return self.reasons.index(reason)

    def _number(self, key: str, name: str, names: dict[int, str]) -> int:
        number = self._numbers.setdefault(key, len(self.keys))
        if number == len(self.keys):
            self.keys.append(key)
        if name:
            names.setdefault(number, name)
        return number

    def name(self, number: int) -> str:
        """The name an address goes by: best by its own hand."""
        return self.self_named.get(number) or self.named.get(number, "")

    @cached_property
    def _present(self) -> Counter[int]:
        """In how many of the persons' mails each address is."""
        present: Counter[int] = Counter()
        for (sender, to), mails in Counter(zip(self.columns["sender"], self.columns["to"], strict=True)).items():
            for number in {sender, *self.lists[to]}:
                present[number] += mails
        return present

    def clues(self) -> Clues:
        """Whose archive it is: to whose address the mails were delivered, and who is in nearly all of them."""
        mails = max(len(self.columns["row"]), 1)
        total = self.delivered.total()
        sure = [box for box, count in self.delivered.items() if total >= _FEW and count >= SURE * total]
        found = [key for header in sure for key, _ in mailboxes(header)]
        suspects = (Suspect(self.keys[n], self.name(n), c / mails) for n, c in self._present.most_common(_SUSPECTS))
        return Clues(keys=frozenset(found), suspects=tuple(suspects))

    def own(self, owner: Owner) -> tuple[frozenset[int], int]:
        """The numbers of the owner's addresses, and how many of them are told by the name alone."""
        known = {number for number, key in enumerate(self.keys) if key in owner.keys}
        full = {words for name in owner.names if len(words := _words(name)) > 1}
        alike = {number for number, name in self.self_named.items() if _words(name) in full} - known
        return frozenset(known | alike), len(alike)


def _words(name: str) -> frozenset[str]:
    """A name without the order of its words: mail programs write “Morgan, Alex” too."""
    return frozenset(fold(name).split())


def _records(shown: str, box: Box, owner: Owner) -> Records:
    book = Logbook(shown, "mail")
    for row, verdict in compress(enumerate(box.verdicts, 1), box.verdicts):
        book.set_aside(box.reasons[verdict], row)
    own, by_name = box.own(owner)
    for _ in range(by_name):
        book.note(_NAMESAKE)
    people: dict[int, None] = {}
    for mail, again in zip(zip(*box.columns.values(), strict=True), _repeated(box), strict=True):
        reason = _AGAIN if again else _WHOSE if not own else _noted(book, box, mail, own, people)
        if reason:
            book.set_aside(reason, mail[0])
    for number in people:
        book.person(box.keys[number], box.name(number))
    return book.records("mails")


def _repeated(box: Box) -> list[bool]:
    """Marks every mail that stood in the file before."""
    again = np.ones(len(box.columns["identity"]), bool)
    again[np.unique(np.asarray(box.columns["identity"], np.uint64), return_index=True)[1]] = False
    marks: list[bool] = again.tolist()
    return marks


def _noted(book: Logbook, box: Box, mail: tuple[int, ...], own: frozenset[int], people: dict[int, None]) -> str | None:
    """Note the exchanges of one mail: one from its sender, or one to each recipient; or say why there is none."""
    row, sender, to, at, number, thread = mail
    others = [n for n in box.lists[to] if n not in own and n != sender and not bulkmail.is_nobody(box.keys[n])]
    if sender in own and not others:
        return _TO_SELF if own & set(box.lists[to]) else _TO_NOBODY
    direction, persons = ("out", others) if sender in own else ("in", [sender])
    beside: dict[str, Any] = {"others": len(others) - (sender in own), "thread": f"mail:{thread:016x}"}
    for person in persons:
        people[person] = None
        book.exchange(box.keys[person], at, "email", direction, row, facts=f"{number:016x}", **beside)
    return None
