"""The call log of an Android phone: `calls-….xml` of "SMS Backup & Restore" (formats.md §6.3).

`type`: 1 in, 2 out, 3 missed, 4 voicemail, 5 rejected, 6 blocked, 7 taken on another device. `presentation`: 2, 3 and 4
are numbers that were not shown.
"""

from __future__ import annotations

from typing import Any

from auditor.records import Owner, Records
from auditor.sources.peek import Peek
from auditor.sources.source import Draft
from auditor.sources.telephone import UNREADABLE, Call, enter_calls
from auditor.sources.xmlbackup import Backup, root

_IN, _OUT, _ELSEWHERE, _UNTAKEN, _BLOCKED = "1", "2", "7", ("3", "4", "5"), "6"
_HIDDEN = ("2", "3", "4")


def claims(peek: Peek) -> bool:
    return root(peek) == "calls"


def read(peek: Peek) -> Draft:
    backup = Backup(peek)
    calls, aside = backup.parted(_call)

    def finish(owner: Owner) -> Records:
        book = backup.book("calls", aside)
        enter_calls(book, calls, owner)
        return book.records("calls")

    return Draft(finish)


def _call(backup: Backup, row: int, element: Any) -> Call | str:
    """The call in an element, or why there is none."""
    kind, at = element.get("type", ""), backup.moment(element.get("date", ""))
    if element.tag != "call":
        return "no call"
    if kind == _BLOCKED:
        return "blocked call"
    if kind not in (_IN, _OUT, _ELSEWHERE, *_UNTAKEN):
        return "unknown type of call"
    if at is None:
        return UNREADABLE
    number = "" if element.get("presentation") in _HIDDEN else element.get("number", "")
    duration = element.get("duration", "")
    seconds = float(duration) if duration.isdecimal() else None
    taken = kind == _ELSEWHERE or (kind in (_IN, _OUT) and bool(seconds))
    direction = "out" if kind == _OUT else "in"
    return Call(row, number, element.get("contact_name", ""), at, direction, taken, seconds)
