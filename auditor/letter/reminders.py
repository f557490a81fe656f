"""Reminders for a calendar (RFC 5545): what the owner chose to do, and when to fetch the next export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b

from icalendar import Alarm, Calendar, Event

from auditor.errors import NotAnExportError
from auditor.literal import visible
from auditor.suggestions import Action
from auditor.weekly import WeeklyReport

AT = time(9, 0)
EACH = timedelta(minutes=15)


def ics(
    report: WeeklyReport,
    chosen: Sequence[Action] | None = None,
    on: date | None = None,
    export_due: date | None = None,
) -> bytes:
    """An iCalendar file: the `chosen` actions (by default all) one after the other from nine o'clock `on` a day.

    The day is by default the Monday after the week. Times are floating: nine o'clock wherever the owner is. With
    `export_due` that day has an entry with the clicks that lead to the next export. The same report gives the same
    bytes, and an entry that is imported twice stays one.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//auditor//weekly report//EN")
    calendar.add("version", "2.0")
    start = datetime.combine(on or report.end + timedelta(days=1), AT)
    for place, action in enumerate(report.actions if chosen is None else chosen):
        what = f"{action.what}: {visible(action.name)}"
        calendar.add_component(_event(report, what, action.why, start + place * EACH, action.human))
    if export_due:
        at = datetime.combine(export_due, AT)
        calendar.add_component(_event(report, "Fetch your next export", NotAnExportError.HOW, at, "export"))
    return bytes(calendar.to_ical())


def _event(report: WeeklyReport, what: str, why: str, at: datetime, about: str) -> Event:
    event = Event()
    event.add("uid", f"{blake2b(f'{report.week} {about}'.encode(), digest_size=12).hexdigest()}@auditor.invalid")
    event.add("dtstamp", datetime.combine(report.seen_to, time(), UTC))
    event.add("dtstart", at)
    event.add("duration", EACH)
    event.add("summary", what)
    event.add("description", why)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", what)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event
