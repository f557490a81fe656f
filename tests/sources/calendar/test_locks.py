"""A zone of the file's own whose rule broke once holds nobody up for ever."""

from __future__ import annotations

from datetime import datetime
from threading import Thread

from icalendar.timezone import tzp

from auditor.sources.calendar.zones import _registered

LINES = (
    "BEGIN:VTIMEZONE\nTZID:Here\nBEGIN:STANDARD\nDTSTART:20001029T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"
    "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20000326T020000\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE"
).split("\n")


def test_a_lock_that_is_never_opened_again_is_passed():
    name = _registered(LINES)
    zone = tzp.timezone(name)
    for part in zone._comps:
        part.rrule._cache_lock.acquire()  # as dateutil leaves it when a rule breaks under way
    told: list[object] = []
    asking = Thread(target=lambda: told.append(datetime(2026, 7, 1, tzinfo=zone).utcoffset()), daemon=True)
    asking.start()
    asking.join(20)
    assert [str(offset) for offset in told] == ["2:00:00"]
