"""A calendar file as a diary: who was in which event, and when it happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
from icalendar.parser import Contentline
from recurring_ical_events import EventAdapter

from auditor.sources.calendar.ics import Block, Text, taken_apart
from auditor.sources.calendar.occurrences import (
    EARLIEST,
    WORK,
    WORK_EACH,
    Entry,
    Guest,
    Happening,
    Work,
    happened,
    lasting,
    series_of,
    utc,
)
from auditor.sources.calendar.zones import TROUBLE, Zones, parsed
from auditor.sources.lines import CUT
from auditor.sources.peek import Peek

_DAY = timedelta(days=1)
_TICKS = 500  # events between two words on the progress


@dataclass(slots=True)
class Diary:
    """What a file holds: its events in order, the names of its calendars, and remarks for the receipt."""

    happenings: list[Happening]
    names: list[str]
    notes: list[str] = field(default_factory=list)


UNREADABLE = "cannot be read: its time is missing or broken"
AGAIN = "the same event again"
TOO_EARLY = "a time before 1970"


def diary(peek: Peek) -> Diary:
    """The calendars of a file. A broken event is one with `trouble`; nothing in a file makes this raise."""
    written = peek.file.written
    text = taken_apart(peek, f"{(written or datetime.now(UTC)) + _DAY:%Y%m%dT%H%M%S}")
    zones = [Zones(head) for head in text.heads]
    entries = list(_entries(peek, text, zones))
    _once(entries)
    now = _now(text, entries, written)
    notes = _notes(text, zones)
    work = Work(WORK + WORK_EACH * len(entries))
    for number, series in enumerate(series_of(entries)):
        if number % _TICKS == 0 or len(series) > 1 or series[0].repeats:
            peek.tick(0.75 + 0.25 * number / max(len(entries), 1))
        notes += happened(series, now, work)
    return Diary([e.event for e in entries], [head.name for head in text.heads if head.name], notes)


def _entries(peek: Peek, text: Text, zones: Sequence[Zones]) -> Iterator[Entry]:
    guests: dict[str, Guest | None] = {}
    for number, block in enumerate(text.blocks):
        if number % _TICKS == 0:
            peek.tick(0.5 + 0.25 * number / len(text.blocks))
        for line in block.guests:
            if line not in guests:
                guests[line] = _guest(line)
        yield _entry(block, zones[block.calendar], guests)


def _entry(block: Block, zones: Zones, guests: Mapping[str, Guest | None]) -> Entry:
    """The event in a block, as far as it can be read."""
    entry = Entry(_event(block, guests), icalendar.Event(), zones.clock)
    lines = ["BEGIN:VEVENT", *zones.settled(block.times), "END:VEVENT"]
    try:
        source = parsed(icalendar.Event, lines)
        broken = {name for name, _ in source.errors if name}
        for name in broken:
            source.pop(name, None)
        entry.source, entry.start, entry.rule_lost = source, source["DTSTART"].dt, "RRULE" in broken
        entry.event.all_day |= _lasts_a_day(source)
        planned = source["RECURRENCE-ID"].dt if "RECURRENCE-ID" in source else entry.start
        if "RECURRENCE-ID" in broken or not (isinstance(entry.start, date) and isinstance(planned, date)):
            entry.event.trouble = UNREADABLE
        elif utc(entry.start) < EARLIEST and not entry.event.all_day:
            entry.event.trouble = TOO_EARLY
    except TROUBLE:
        entry.event.trouble = UNREADABLE
    return entry


def _event(block: Block, guests: Mapping[str, Guest | None]) -> Happening:
    texts = block.texts
    hosts = [guests[line] for line in block.guests if line.startswith("ORGANIZER")]
    return Happening(
        row=block.row,
        uid=texts.get("UID", ""),
        title=texts.get("SUMMARY", ""),
        place=texts.get("LOCATION", ""),
        cancelled=texts.get("STATUS", "").upper() == "CANCELLED",
        all_day=texts.get("X-MICROSOFT-CDO-ALLDAYEVENT", "").upper() == "TRUE",
        guests=tuple(g for line in block.guests if line.startswith("ATTENDEE") and (g := guests[line])),
        organizer=hosts[0] if hosts else None,
    )


def _guest(line: str) -> Guest | None:
    """Who stands in a line; None where the line is broken."""
    try:
        _, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
    except TROUBLE:
        return None
    given = {name.upper(): str(said).strip() for name, said in parameters.items()}
    found = re.search(r"[^\s<>:/\"']+@[^\s<>:\"']+", f"{value} {given.get('EMAIL', '')}")
    name = given.get("CN", "").strip("'\" ")
    return Guest(
        address=found[0].casefold() if found else "",
        name="" if "@" in name else name,
        answer=given.get("PARTSTAT", "").upper(),
        what=given.get("CUTYPE", "").upper(),
        role=given.get("ROLE", "").upper(),
    )


def _lasts_a_day(source: Any) -> bool:
    """Whether an event has no hours, or lasts a day or longer: that is no meeting either."""
    start = source["DTSTART"].dt
    return (
        not isinstance(start, datetime) or (lasting(start, EventAdapter(source).raw_end) or 0) >= _DAY.total_seconds()
    )


def _once(entries: Iterable[Entry]) -> None:
    """Of an event that stands in the file several times, the one changed last holds, by its sequence number."""
    best: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.event.trouble or not entry.event.uid:
            continue
        key = entry.event.uid, entry.recurrence
        known = best.setdefault(key, entry)
        if known is not entry:
            older = entry if _sequence(entry) < _sequence(known) else known
            best[key] = known if older is entry else entry
            older.event.trouble = AGAIN


def _sequence(entry: Entry) -> int:
    found = entry.source.get("SEQUENCE", 0)
    return int(found) if isinstance(found, int) else 0


def _now(text: Text, entries: Sequence[Entry], written: datetime | None) -> datetime:
    """When the file was written: by the latest stamp in it that is not of a day to come, else by its own date, else not
    after its last event.
    """
    if text.stamp:
        try:
            return datetime.strptime(text.stamp, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            pass
    if written:
        return written.replace(tzinfo=UTC)
    return max((utc(e.start) for e in entries if isinstance(e.start, date)), default=EARLIEST)


def _notes(text: Text, zones: Sequence[Zones]) -> list[str]:
    notes = ["times without a time zone were read as UTC"] * sum(z.floating for z in zones)
    notes += ["tasks, journals and busy times, which are no events"] * sum(text.elsewhat.values())
    notes += [CUT] * text.cut
    if text.blocks and not text.blocks[-1].complete:
        notes.append("the file ends in the middle of an event: it may have been cut off")
    return notes
