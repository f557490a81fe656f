"""Interactions in a CSV of one's own: the door for a CRM, a notebook, a script. auditor/help/importing.md documents it.

Columns: who (`person`, `email`, `phone`, `profile`: at least one), `at`, `direction`, `channel`, and optionally
`others`, `seconds` or `minutes`, `words`, `questions`, `thread`, `company`, `position`, and `introduced_by`, who had
introduced the person: a name, a mail address or a profile. A row that cannot be read is
set aside with its reason; `event_log.py` reads logs of many egos, and is strict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd

from auditor.errors import InputError
from auditor.mentions import email_key, name_key
from auditor.records import CHANNELS, DIRECTIONS, Owner, Records, interactions
from auditor.sources import event_log, profiles
from auditor.sources.logbook import Logbook
from auditor.sources.peek import fold
from auditor.sources.phones import phone_key
from auditor.sources.receipt import with_remarks
from auditor.sources.source import Draft, TableSource
from auditor.sources.tables import Table

LABEL = "log"
_WHO = ("person", "email", "phone", "profile")
COLUMNS = {
    name: (name,)
    for name in (
        *_WHO,
        *("at", "direction", "channel", "others", "seconds", "minutes", "words", "questions"),
        *("thread", "company", "position", "introduced_by"),
    )
}
_SIGNATURES = tuple(frozenset({"at", other, who}) for other in ("direction", "channel") for who in _WHO)

_DIRECTIONS = {
    **dict.fromkeys("out outgoing outbound sent made given".split(), "out"),
    **dict.fromkeys("in incoming inbound received".split(), "in"),
    **dict.fromkeys("both mutual together".split(), "both"),
}
_CHANNELS = {
    **{fold(channel): channel for channel in CHANNELS},
    **dict.fromkeys("mail emails letter".split(), "email"),
    **dict.fromkeys("text texts textmessage mms".split(), "sms"),
    **dict.fromkeys("whatsapp signal telegram imessage messenger slack teams dm".split(), "chat"),
    **dict.fromkeys("phone phonecall telephone videocall facetime zoom".split(), "call"),
    **dict.fromkeys("appointment meetup event visit conference".split(), "meeting"),
    **dict.fromkeys("breakfast brunch lunch dinner supper coffee drinks".split(), "meal"),
    **dict.fromkeys("linkedin linkedinmessage".split(), "message"),
}
_TOO_MANY = 2**31
_UNDIRECTED = {"meeting": "both", "meal": "both", "note": "out"}
"""The channels that need no direction, and the one they have without."""


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why no exchange can be made of a row."""

    reason: str


def _draft(table: Table) -> Draft:
    if "ego" in table.header.folded:
        problem = "this is a log of several egos (it has a column `ego`): `auditor depth` reads it; take the column out"
        raise InputError(table.shown, problem)
    return Draft(partial(_records, table, table.frame()))


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    book = Logbook(table.shown, "interactions")
    latest = table.peek.file.written
    last = event_log.LATEST if latest is None else latest.timestamp() + 366 * 86_400
    rows = [row for cells in frame.to_dict("records") if (row := _row(cells, book, owner, last)) is not None]
    made = interactions(pd.DataFrame(rows)) if rows else interactions()
    return with_remarks(replace(book.records("interactions"), interactions=made), table)


def _row(cells: Mapping[Any, Any], book: Logbook, owner: Owner, last: float) -> dict[str, Any] | None:
    """The exchange in a row; what it says of the person, and that it was kept or why not, goes into the book."""
    number = int(cells["row"])
    if not any(cells[name] for name in COLUMNS):
        book.set_aside("blank row", number)
        return None
    keys = list(_keys(cells, owner.region))
    if not keys:
        book.set_aside("nobody is named", number)
        return None
    if not owner.keys.isdisjoint(keys) or owner.goes_by(cells["person"]):
        book.set_aside("yourself", number)
        return None
    exchange = _exchange(cells, last)
    if isinstance(exchange, _Refused):
        book.set_aside(exchange.reason, number)
        return None
    book.person(keys[0], cells["person"], company=cells["company"], position=cells["position"])
    for kind, _, value in (key.partition(":") for key in keys if not key.startswith("name:")):
        book.identifier(keys[0], kind, value)
    book.keep(number)
    exchange["introduced_by"] = _introducer(cells["introduced_by"], book, owner)
    return {"person": keys[0], **exchange, "source": book.shown, "row": number}


def _keys(cells: Mapping[Any, str], region: str | None) -> Iterator[str]:
    """Who a row is about, the strongest key first; the name is one only where there is no other."""
    found = [profiles.key(cells["profile"]), email_key(cells["email"]), phone_key(cells["phone"], region)]
    known = [key for key in found if key]
    yield from known
    if not known and (named := name_key(cells["person"], LABEL)):
        yield named


def _introducer(cell: str, book: Logbook, owner: Owner) -> str | None:
    """The key of who introduced a person, noted in the book; None where nobody did, or the owner."""
    known = profiles.key(cell) or email_key(cell)
    key = known or name_key(cell, LABEL)
    if key is None or key in owner.keys or owner.goes_by(cell):
        return None
    book.person(key, "" if known else cell)
    return key


def _exchange(cells: Mapping[Any, str], last: float) -> dict[str, Any] | _Refused:
    at = moment(cells["at"])
    if at is None or at > last:
        return _Refused("a time that is neither ISO 8601 nor Unix seconds")
    channel = _CHANNELS.get(fold(cells["channel"] or "message"))
    if channel is None:
        return _Refused("a channel that is none of the list")
    direction = _direction(cells["direction"], channel)
    if isinstance(direction, _Refused):
        return direction
    try:
        numbers = _numbers(cells)
    except ValueError:
        return _Refused("a number that is none (others, seconds, minutes, words or questions)")
    thread = f"{LABEL}:{cells['thread']}" if cells["thread"] else None
    when = pd.Timestamp(round(at * 1e6), unit="us", tz="UTC")
    return {"at": when, "channel": channel, "direction": direction, "thread": thread, **numbers}


def _direction(cell: str, channel: str) -> str | _Refused:
    if not cell and channel in _UNDIRECTED:
        return _UNDIRECTED[channel]
    return _DIRECTIONS.get(fold(cell)) or _Refused(
        f"a direction that is none of {', '.join(DIRECTIONS)}" if cell else "no direction"
    )


def _numbers(cells: Mapping[Any, str]) -> dict[str, Any]:
    """The numbers of a row; missing where it has none. Raises ValueError."""
    seconds, minutes = event_log.duration(cells["seconds"]), event_log.duration(cells["minutes"])
    counts = {name: event_log.whole_number(cells[name]) for name in ("others", "words", "questions")}
    if any(count is not None and count >= _TOO_MANY for count in counts.values()):
        raise ValueError("no table holds so large a number")
    return {
        **counts,
        "others": counts["others"] or 0,
        "seconds": seconds if seconds is not None or minutes is None else 60 * minutes,
    }


def moment(cell: str) -> float | None:
    """Unix seconds of a time in ISO 8601 (without a zone: UTC; a day alone: its first moment) or in Unix seconds.

    >>> moment("2026-03-01"), moment("20260301"), moment("2026-03-01 12:00 UTC"), moment("1 March")
    (1772323200.0, 1772323200.0, 1772366400.0, None)
    """
    day = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", cell)  # no Unix time: it would be a day of 1970
    try:
        return event_log.moment("-".join(day.groups()) if day else re.sub(r"\s*(UTC|GMT)$", "+00:00", cell))
    except ValueError:
        return None


SOURCE = TableSource(_SIGNATURES, COLUMNS, (), _draft)
