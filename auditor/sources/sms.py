"""The short messages of an Android phone: `sms-….xml` of "SMS Backup & Restore", and of Silence and Signal, which write
the same (formats.md §6.3).

An `mms` names the conversation's other people in `address`, joined by `~`, and everybody, the owner too, in `addrs`:
137 wrote it, 151, 130 and 129 received it. `type` and `msg_box`: 1 received, 2 sent, 3 draft, 4 to 6 never sent.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from auditor.mentions import LAST_DIGITS
from auditor.records import Owner, Records
from auditor.sources.logbook import Logbook
from auditor.sources.peek import Peek
from auditor.sources.source import Clues, Draft, Suspect
from auditor.sources.telephone import (
    UNREADABLE,
    YOURSELF,
    Text,
    called,
    enter_text,
    nobody,
    own_keys,
    party,
)
from auditor.sources.xmlbackup import Backup, root

LABEL = "sms"
_DIRECTION = {"1": "in", "2": "out"}
_UNSENT = {"3": "draft", "4": "not sent", "5": "not sent", "6": "not sent"}
_WROTE, _RECEIVED = "137", ("151", "130", "129")


@dataclass(frozen=True, slots=True)
class _Message:
    """A message, and whom it is from and to as the phone writes them. `own`: who received it and is not `others`."""

    text: Text
    name: str
    sender: str  # empty where the owner wrote it, or where there is but one other person
    others: tuple[str, ...]
    received: tuple[str, ...] = ()


def claims(peek: Peek) -> bool:
    return root(peek) == "smses"


def read(peek: Peek) -> Draft:
    backup = Backup(peek)
    messages, aside = backup.parted(_message)

    def finish(owner: Owner) -> Records:
        book = backup.book("messages", aside)
        _enter(book, messages, owner)
        return book.records("messages")

    return Draft(finish, _clues(messages))


def _message(backup: Backup, row: int, element: Any) -> _Message | str:
    """The message in an element, or why there is none."""
    if element.tag not in ("sms", "mms"):
        return "no message"
    kind = element.get("type" if element.tag == "sms" else "msg_box", "")
    if kind not in _DIRECTION:
        return _UNSENT.get(kind, "unknown type of message")
    at = backup.moment(element.get("date", ""))
    if at is None:
        return UNREADABLE
    others = _addresses(element.get("address", "").split("~"))
    name = element.get("contact_name", "")
    if element.tag == "sms":
        return _Message(Text(row, at, _DIRECTION[kind], element.get("body", "")), name, "", others)
    wrote, received = (
        _addresses(a.get("address", "") for a in element.iter("addr") if a.get("type") in types)
        for types in ((_WROTE,), _RECEIVED)
    )
    id_ = element.get("m_id", "")
    text = Text(row, at, _DIRECTION[kind], _words(element), "" if id_ == "null" else id_)
    return _Message(text, name, wrote[0] if wrote else "", others, received)


def _addresses(written: Iterable[str]) -> tuple[str, ...]:
    """Those that name somebody; each stands in memory once. The program's own `insert-address-token` is the owner."""
    return tuple(sys.intern(a) for a in map(str.strip, written) if a not in ("", "null", "insert-address-token"))


def _words(mms: Any) -> str | None:
    texts = [part.get("text", "") for part in mms.iter("part") if part.get("ct") == "text/plain"]
    return " ".join(text for text in texts if text != "null") if texts else None


def _clues(messages: Iterable[_Message]) -> Clues:
    """The owner is who wrote what was sent and, most likely, who received all else beside those it is filed under."""
    wrote, extra, received = set[str](), Counter[str](), 0
    for message in messages:
        if message.text.direction == "out" and message.sender:
            wrote.add(message.sender)
        elif message.received:
            received += 1
            named = {_ending(address) for address in (message.sender, *message.others)}
            if message.others or len(message.received) == 1:
                extra.update({a for a in message.received if _ending(a) not in named})
    suspects = [Suspect(key, "", n / received) for a, n in extra.most_common(5) if (key := party(a, None))]
    return Clues(keys=frozenset(key for a in wrote if (key := party(a, None))), suspects=tuple(suspects))


def _ending(number: str) -> str:
    """What a number has in common with itself, with and without its country."""
    return "".join(c for c in number if c.isdigit())[-LAST_DIGITS:] or number.casefold()


def _enter(book: Logbook, messages: Iterable[_Message], owner: Owner) -> None:
    own = own_keys(owner)
    for message in messages:
        found = _sides(message, owner, own)
        if isinstance(found, str):
            book.set_aside(found, message.text.row)
            continue
        people, sender = found
        if len(people) == 1:
            (key,) = people
            book.person(key, called(message.name, "".join(message.others[:1])))
        enter_text(book, message.text, "sms", LABEL, people, sender)


def _sides(message: _Message, owner: Owner, own: frozenset[str]) -> tuple[set[str], str | None] | str:
    """Everybody else in a message, and who of them wrote it, if not the owner; or why there is no such person."""
    known = any(key.startswith("phone:") for key in own)  # else the owner would be one more among those who received
    named = (*message.others, *message.received) if known or not message.others else message.others
    people = {key for address in named if (key := party(address, owner.region))}
    if message.text.direction == "out":
        return (people - own, None) if people - own else YOURSELF if people else nobody("".join(named[:1]))
    wrote = message.sender or (message.others[0] if len(message.others) == 1 else "")
    sender = party(wrote, owner.region)
    if sender is None:
        return "sender not named" if not wrote and message.others else nobody(wrote)
    return YOURSELF if sender in own else ({*people, sender} - own, sender)
