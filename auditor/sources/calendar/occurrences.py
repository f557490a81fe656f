"""When the events of a calendar happened: single ones, and those that repeat, until the file was written."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf, prod
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from recurring_ical_events import CalendarQuery, ComponentsWithName, EventAdapter, Occurrence

from auditor.sources.calendar.zones import TROUBLE

REPEATS = 2000
"""Of an event that repeats more often, so many times are counted: five years of days, the latest."""

WORK, WORK_EACH = 50_000, 200
"""So many times are worked out for a file, and for each of its events more: four years of weeks. In what repeats beyond
that, every series counts once; so does a rule that alone may give more than the first."""

_A_DAY = 4  # times; a rule that gives more repeats within the day
_RULES = 4  # of one event
_WEEKS = 5  # in a month
_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}  # that pass between two times, at least
_SHARES = {"DAILY": 1, "WEEKLY": 4, "MONTHLY": 10, "YEARLY": 20}
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_SUBDAILY = frozenset(["HOURLY", "MINUTELY", "SECONDLY"])
_BY_DATE = frozenset(["BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"])


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in an event: a folded mail address or none, a name or none, the answer, and what they are."""

    address: str
    name: str
    answer: str = ""  # ACCEPTED, DECLINED, TENTATIVE, NEEDS-ACTION, DELEGATED, or nothing
    what: str = ""  # INDIVIDUAL, GROUP, ROOM, RESOURCE, UNKNOWN, or nothing
    role: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One time an event happened: when it began, as local time with its zone, how long it took, which time it is."""

    at: datetime
    seconds: float | None
    occurrence: str  # the UTC time for which it was first planned, or nothing for what does not repeat


@dataclass(slots=True)
class Happening:
    """One event of the file, and the times at which it happened. `trouble` says why it cannot be told."""

    row: int
    uid: str = ""
    title: str = ""
    place: str = ""
    cancelled: bool = False
    all_day: bool = False
    guests: tuple[Guest, ...] = ()
    organizer: Guest | None = None
    moments: Sequence[Moment] = ()
    passed: bool = False  # its first time is over, whether or not it then took place
    trouble: str | None = None


@dataclass(slots=True)
class Entry:
    """An event while its times are worked out."""

    event: Happening
    source: Any  # icalendar.Event, without what could not be read
    zone: ZoneInfo | None  # of the calendar
    start: Any = None
    rule_lost: bool = False

    @property
    def recurrence(self) -> str:
        """The UTC time of the occurrence that this event replaces, or nothing."""
        planned = self.source.get("RECURRENCE-ID")
        return _named(planned.dt) if planned is not None else ""

    @property
    def repeats(self) -> bool:
        return "RRULE" in self.source or "RDATE" in self.source


class _BeyondError(Exception):
    """More times than are worked out for a file."""


@dataclass(slots=True)
class Work:
    """How many times of repeating events may still be worked out for a file."""

    left: int

    def one(self, *span: Any) -> _Time:
        """One time more."""
        self.left -= 1
        if self.left < 0:
            raise _BeyondError
        return _Time(*span)


def series_of(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    """The events that belong together: one that repeats, and those in the place of single occurrences."""
    together: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if not entry.event.trouble:
            together[entry.event.uid or f"row {entry.event.row}"].append(entry)
    return together.values()


def happened(series: Sequence[Entry], now: datetime, work: Work) -> list[str]:
    """Fill in the times of the events of one series until `now`; gives remarks."""
    for entry in series:
        entry.event.passed = utc(entry.start) <= now
    notes = ["repeats by a rule that cannot be read: counted once"] * sum(e.rule_lost for e in series)
    if any(e.repeats and not e.event.all_day for e in series):
        try:
            return notes + _expanded(series, now, work)
        except _BeyondError:
            notes.append("repeats beyond what is worked out for one file: counted once")
        except TROUBLE:
            notes.append("repeats by a rule that cannot be read: counted once")
    for entry in series:
        if not entry.event.all_day and entry.event.passed:
            seconds = lasting(entry.start, EventAdapter(entry.source).raw_end)
            entry.event.moments = [Moment(_local(entry.start, entry.zone), seconds, entry.recurrence)]
    return notes


def _expanded(series: Sequence[Entry], now: datetime, work: Work) -> list[str]:
    if work.left <= 0:
        raise _BeyondError
    calendar = icalendar.Calendar()
    calendar.subcomponents = [entry.source for entry in series]
    for entry in series:
        entry.source["UID"] = series[0].event.uid  # by which the query knows that they belong together
    by_source = {id(entry.source): entry for entry in series}
    ends = [_bounded(entry.source, now, work) for entry in series if "RRULE" in entry.source]
    stop = min([now, *filter(None, ends)]) + timedelta(seconds=1)
    found: dict[int, list[Moment]] = defaultdict(list)
    parts = [ComponentsWithName("VEVENT", adapter=_Source, occurrence=work.one)]
    for source, start, end, planned in CalendarQuery(calendar, components=parts).between(EARLIEST, stop):
        if isinstance(start, datetime):
            moment = Moment(_local(start, by_source[id(source)].zone), lasting(start, end), _named(planned))
            found[id(source)].append(moment)
    for key, moments in found.items():
        moments.sort(key=lambda moment: moment.at)
        by_source[key].event.moments = moments[-REPEATS:]
    often = sum(len(moments) > REPEATS for moments in found.values())
    return [f"repeats more than {REPEATS:,} times: so many are counted"] * often


class _Source(EventAdapter):  # type: ignore[misc]
    """An event that gives itself and its time instead of a copy."""

    def as_component(self, start: Any = None, stop: Any = None, keep_recurrence_attributes: bool = True) -> Any:  # noqa: ARG002
        planned = start - self.move_recurrences_by if self.this_and_future else next(iter(self.recurrence_ids), start)
        return self._component, start, stop, planned


class _Time(Occurrence):  # type: ignore[misc]
    """An occurrence that is not copied."""

    def as_component(self, keep_recurrence_attributes: bool) -> Any:
        return self._adapter.as_component(self.start, self.end, keep_recurrence_attributes)


def _bounded(source: Any, now: datetime, work: Work) -> datetime | None:
    """Bound the rules of an event, so that no rule runs on for ever; gives the last moment of those that had one.

    What repeats within a day is cut after its first occurrences, whatever end it names: in ten years, all of them could
    be a hundred million. Raises ValueError for a rule that would never come to an end, and _BeyondError for one that
    may give more than WORK times until `now`: they are listed before the first of them is looked at.
    """
    found = source["RRULE"]
    rules = found if isinstance(found, list) else [found]
    if len(rules) > _RULES:
        raise ValueError("rules without an end")
    last = None
    for rule in rules:
        if int(_first(rule, "INTERVAL", 1)) < 1:
            raise ValueError("a rule that stands still")
        often = str(_first(rule, "FREQ", "")).upper() in _SUBDAILY or _a_day(rule) > _A_DAY
        if often and not _BY_DATE.isdisjoint(rule):
            raise ValueError("a rule that may be looked through for ever")
        if often or {"COUNT", "UNTIL"} <= set(rule):
            until = _first(rule, "UNTIL", None)
            rule.pop("UNTIL", None)
            rule["COUNT"] = [min(int(_first(rule, "COUNT", REPEATS + 1)), REPEATS + 1)]
            last = utc(until) if until is not None else last
        else:
            if min(_most(rule, (now - utc(source["DTSTART"].dt)).days), _first(rule, "COUNT", inf)) > WORK:
                raise _BeyondError
            work.left -= _search(rule)
    return last


def _most(rule: Any, days: int) -> float:
    """The most times that a rule can give in so many days."""
    often = str(_first(rule, "FREQ", "")).upper()
    length, each = _DAYS.get(often, 1), int(_first(rule, "INTERVAL", 1))
    within = len(rule["BYDAY"]) if often == "WEEKLY" and "BYDAY" in rule else length
    plain = not any(name.startswith("BY") for name in rule)
    return days / length / each * (1 if plain else within * _a_day(rule))


def _search(rule: Any) -> int:
    """What it costs to find out that no day fits the rule, for one of which that is not plain: the days on which it may
    fall are looked through to the year 9999.
    """
    often = str(_first(rule, "FREQ", "")).upper()
    filters = _BY_DATE & set(rule) - {"BYMONTH"}
    places = rule.get("BYSETPOS", [])
    if not filters or (often in ("MONTHLY", "YEARLY") and filters == {"BYSETPOS"} and max(map(abs, places)) <= _WEEKS):
        return 0
    if "BYMONTHDAY" in filters and not _day_exists(rule):
        raise ValueError("a day there is not")
    if filters == {"BYMONTHDAY"}:
        return 0
    return WORK // _SHARES.get(often, 2)


def _day_exists(rule: Any) -> bool:
    first = min(abs(day) for day in rule["BYMONTHDAY"])
    return any(first <= monthrange(2024, month)[1] for month in rule.get("BYMONTH", [1]))


def _a_day(rule: Any) -> int:
    """How many times of a day the rule gives."""
    given = (rule.get(name) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    return prod(len(values) for values in given if isinstance(values, list) and values)


def _first(rule: Any, name: str, default: Any) -> Any:
    values = rule.get(name, default)
    return values[0] if isinstance(values, list) else values


def _local(at: datetime, zone: ZoneInfo | None) -> datetime:
    """The time on the clock of whoever was there: a time in UTC is shown in the calendar's own zone."""
    return at.astimezone(zone) if zone is not None and at.utcoffset() == timedelta(0) else at


def lasting(start: Any, end: Any) -> float | None:
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None
    seconds = (utc(end) - utc(start)).total_seconds()
    return seconds if seconds > 0 else None


def utc(at: Any) -> datetime:
    when = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=UTC)
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _named(at: Any) -> str:
    return f"{utc(at):%Y%m%dT%H%M%SZ}"
