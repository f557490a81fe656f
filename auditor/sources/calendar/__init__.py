"""Calendars (`.ics` of Google, Outlook, Apple and others): whom the owner met, and with whom the owner ate.

A meeting with three others is three exchanges, undirected. Who was there: all who were invited and did not decline, and
who invited; an invitation without an answer counts, because most are never answered. Rooms, mailing groups, and whoever
is only kept informed do not. In an event without guests the title may name the person (titles.py).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from auditor.mentions import email_key, name_key
from auditor.records import Owner, Records
from auditor.repeats import CALENDAR, repeated_meetings
from auditor.sources.calendar.meals import decided, told
from auditor.sources.calendar.titles import named
from auditor.sources.logbook import Logbook
from auditor.sources.peek import Peek
from auditor.sources.receipt import withdrawn
from auditor.sources.source import Clues, Draft, Suspect

if TYPE_CHECKING:
    from auditor.sources.calendar.happenings import Diary
    from auditor.sources.calendar.occurrences import Guest, Happening

LABEL = CALENDAR
CROWD = 25
"""People in one event, from which on it is no meeting of anybody with anybody."""

HOME = 0.5
"""The share of events with guests that the owner must be in, so that one that does not list the owner is theirs too."""

UNKNOWN = "owner not recognised: add Profile.csv and Email Addresses.csv from your LinkedIn export"
NOT_YOURS = "you are not among its people"
CANCELLED, DECLINED = "cancelled", "you declined"
ALL_DAY, AWAY = "all day, such as a birthday or a holiday", "all day with guests, such as a trip or an absence"
TO_COME, MOVED = "still to come", "every occurrence was moved or deleted"
CROWDED = f"more than {CROWD} people"
HIDDEN = "its guests are hidden"
ALONE = "no other person named"
DESERTED = "everybody else declined"
ELSEWHERE = "the same meeting in another calendar"

_NOT_THERE = ("DECLINED", "DELEGATED")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_BEGIN = re.compile(rb"(?:^|[\r\n])\s*BEGIN:VCALENDAR\s*?[\r\n]", re.IGNORECASE)
_MAIL = re.compile(
    rb"(?:^|[\r\n])(?:From |(?:Received|Return-Path|Content-Type|MIME-Version|Delivered-To):)", re.IGNORECASE
)
_SUSPECTS = 200  # of the people in a calendar, so many may be its owner
_JUNK = 2048  # bytes that may stand before the calendar


def claims(peek: Peek) -> bool:
    """By its first line, whatever was written before it; an empty file by its name."""
    head = peek.head[: 2 * _JUNK]
    found = _BEGIN.search(head)
    if found is None:
        return not head.strip() and peek.file.name.lower().endswith((".ics", ".ical"))
    return found.start() <= _JUNK and not _MAIL.search(head[: found.start()])


def read(peek: Peek) -> Draft:
    """The calendars in the file. What in them cannot be read is counted in the receipt; nothing makes this raise."""
    from auditor.sources.calendar.happenings import diary  # icalendar takes a tenth of a second

    found = diary(peek)
    return Draft(partial(_records, peek.file.shown, found), Clues(suspects=_suspects(found)))


def without_repeats(records: Records) -> Records:
    """The records with each meeting of two calendars once."""
    receipt = records.coverage
    if receipt.loc[receipt["kind"] == LABEL, "file"].nunique() < 2:
        return records
    return withdrawn(records, repeated_meetings(records), ELSEWHERE)


def _suspects(diary: Diary) -> tuple[Suspect, ...]:
    """Who may be the owner: by whose address a calendar is called, and who is in most of its events."""
    events, names, total = Counter[str](), defaultdict[str, Counter[str]](Counter), 0
    for happening in diary.happenings:
        people = {key: guest for guest in _listed(happening) if (key := _key(guest))}
        total += bool(people)
        events.update(people.keys())
        for key, guest in people.items():
            names[key][guest.name] += bool(guest.name)
    shares = {key: count / total for key, count in events.items()}
    titled = {key for name in diary.names if _ADDRESS.fullmatch(name.strip()) and (key := email_key(name))}
    if titled:
        shares = {key: min(share, 0.99) for key, share in shares.items()} | dict.fromkeys(titled, 1.0)
    ranked = sorted(shares, key=lambda key: (-shares[key], key))[:_SUSPECTS]
    return tuple(Suspect(key, next((n for n, _ in names[key].most_common(1)), ""), shares[key]) for key in ranked)


def _records(shown: str, diary: Diary, owner: Owner) -> Records:
    book = Logbook(shown, LABEL)
    guested = [h for h in diary.happenings if _listed(h)]
    yours = sum(any(_is(owner, guest) for guest in _listed(h)) for h in guested) / max(len(guested), 1)
    for happening in diary.happenings:
        reason = _reason(happening, owner, yours)
        people, why = ([], reason) if reason else _others(happening, owner)
        if people:
            _note(book, happening, people)
        else:
            book.set_aside(why, happening.row)
    for note in diary.notes:
        book.note(note)
    return book.records("events")


def _reason(happening: Happening, owner: Owner, yours: float) -> str | None:
    """Why an event is no meeting, whoever it was with."""
    listed = _listed(happening)
    if happening.trouble:
        return happening.trouble
    if happening.cancelled:
        return CANCELLED
    if happening.all_day:
        return AWAY if any(not _is(owner, guest) for guest in listed) else ALL_DAY
    if not happening.moments:
        return MOVED if happening.passed else TO_COME
    if any(guest.answer in _NOT_THERE and _is(owner, guest) for guest in happening.guests):
        return DECLINED
    if len({_key(guest) for guest in listed}) > CROWD:
        return CROWDED
    if listed and not any(_is(owner, guest) for guest in listed) and yours < HOME:
        return NOT_YOURS if yours else UNKNOWN
    return None


def _listed(happening: Happening) -> list[Guest]:
    """The people who were invited, and who invited: no rooms, groups, calendars."""
    invited = [guest for guest in happening.guests if _is_person(guest)]
    host = happening.organizer
    known = {_key(guest) for guest in invited}
    return [*invited, host] if host is not None and _is_person(host) and _key(host) not in known else invited


def _is_person(guest: Guest) -> bool:
    if guest.what in ("ROOM", "RESOURCE", "GROUP") or guest.role == "NON-PARTICIPANT":
        return False
    domain = guest.address.rpartition("@")[2]
    return not domain.endswith("calendar.google.com") and _key(guest) is not None


def _key(guest: Guest) -> str | None:
    return email_key(guest.address) or name_key(guest.name, LABEL)


def _is(owner: Owner, guest: Guest) -> bool:
    return _key(guest) in owner.keys or bool(guest.name and owner.goes_by(guest.name))


def _others(happening: Happening, owner: Owner) -> tuple[list[tuple[str, str]], str]:
    """Key and name of everybody but the owner who was there, or whom the title names; the reason where it is nobody."""
    listed = [guest for guest in _listed(happening) if not _is(owner, guest)]
    in_title = named(happening.title, owner)
    if not listed:
        return [(key, name) for name in in_title if (key := name_key(name, LABEL))], ALONE
    if not in_title and not any(_is_person(guest) and not _is(owner, guest) for guest in happening.guests):
        return [], HIDDEN  # its host, and who knows how many
    there = {key: guest.name for guest in listed if guest.answer not in _NOT_THERE and (key := _key(guest))}
    return list(there.items()), DESERTED


def _note(book: Logbook, happening: Happening, people: Sequence[tuple[str, str]]) -> None:
    meal = told(happening.title, happening.place, len(people) + 1)
    which = happening.uid or f"{happening.title} {happening.moments[0].at}"
    for key, name in people:
        book.person(key, name)
        for moment in happening.moments:
            eaten = decided(meal, moment.at)
            book.exchange(
                key,
                moment.at,
                "meal" if eaten else "meeting",
                "both",
                happening.row,
                others=len(people) - 1,
                seconds=moment.seconds,
                facts=f"{which}\n{moment.occurrence}",
            )
