"""The fictional owner's other channels: a calendar, a phone's calls and an address book, as their programs write them.

    python sample_exports/make.py --seed 7 --connections 1200 --channels --out sample_exports/alex_morgan_channels

Planted: a connection never written to on LinkedIn with whom the owner has lunch every Thursday; twelve lunches with
people met within the year; the ten calls of one day, two from the owner's children, one from an agency, seven from
numbers that rang once for seconds; and in the calendar all that is no meeting.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sample_exports.dice import Dice
from sample_exports.people import OWNER, YEAR, Person
from sample_exports.sheets import plain
from sample_exports.threads import World

MAIL = "alex.morgan@example.com"
CHILDREN = (("Robin", "+12025550111"), ("Charlie", "+12025550112"))
AGENCY = ("Harbour Lane Recruiting", "+12025550120")
LUNCH_WEEKS, LUNCHES_WITH_NEW = 60, 12


def write_channels(out: Path, world: World) -> Path:
    """Writes the folder `out` with `calendar.ics`, `contacts.vcf` and `calls-….xml`; returns it."""
    out.mkdir(parents=True, exist_ok=True)
    last = datetime.fromtimestamp(world.cut, UTC)
    plain(out / "calendar.ics", folded(_calendar(world, last)))
    plain(out / "contacts.vcf", folded(_cards(world)))
    plain(out / f"calls-{last:%Y%m%d}200000.xml", "\n".join(_calls(world, last)) + "\n")
    return out


def lunch_friend(world: World) -> Person:
    """The connection that LinkedIn knows nothing of, and that the owner sees every week."""
    return next(p for p in world.people if p.role == "never_spoken" and _is_plain(p))


def newly_met(world: World) -> list[Person]:
    """Connections of the last year with whom the owner had one lunch each."""
    fresh = [p for p in world.people if p.role in ("never_spoken", "brief") and _is_plain(p)]
    fresh = [p for p in fresh if world.cut - YEAR * 0.8 < p.connected < world.cut - 14 * 86_400]
    return fresh[:LUNCHES_WITH_NEW]


def _is_plain(person: Person) -> bool:
    """Whether the name stands undecorated, in ASCII letters, so that a calendar writes it the same way."""
    return person.name.isascii() and person.name.replace(" ", "").isalpha() and person.name == person.name.title()


def address(person: Person) -> str:
    return f"{person.first}.{person.last}".replace(" ", "").lower() + f"{person.number}@example.org"


def _calendar(world: World, last: datetime) -> Iterator[str]:
    """A calendar as Google's Takeout writes it."""
    yield from opening()
    friend = lunch_friend(world)
    thursday = last - timedelta(days=(last.weekday() - 3) % 7)
    first = thursday - timedelta(weeks=LUNCH_WEEKS)
    skipped = [first + timedelta(weeks=n) for n in (11, 12, 40)]
    yield from event("lunch", "Lunch", first, [friend], rule="RRULE:FREQ=WEEKLY;BYDAY=TH", without=skipped, last=last)
    for number, person in enumerate(newly_met(world)):
        day = datetime.fromtimestamp(person.connected, UTC) + timedelta(days=6 + number % 4)
        yield from event(f"new-{number}", f"Lunch with {person.first}", min(day, last), [person], last=last)
    yield from _no_meetings(world, last)
    yield "END:VCALENDAR"


def _no_meetings(world: World, last: datetime) -> Iterator[str]:
    """What stands in a calendar and is no meeting: cancelled, declined, all-day, a crowd, nobody, still to come."""
    known = [p for p in world.people if p.role == "brief" and _is_plain(p)]
    other, crowd = known[0], known[1:41]
    day = last - timedelta(days=30)
    yield from event("off", "Catch-up", day, [other], status="CANCELLED", last=last)
    yield from event("no", "Vendor pitch", day, [other], own="DECLINED", last=last)
    yield from event("all-hands", "All hands", day, crowd, last=last)
    yield from event("focus", "Focus time", day, [], last=last)
    yield from event("next", "Coffee", last + timedelta(days=9), [other], last=last)
    yield from ("BEGIN:VEVENT", "UID:birthday@example.com", f"SUMMARY:{other.first}'s birthday")
    yield from (f"DTSTAMP:{_utc(last)}", f"DTSTART;VALUE=DATE:{day:%Y%m%d}", "RRULE:FREQ=YEARLY")
    yield from ("STATUS:CONFIRMED", "END:VEVENT")
    solo = next(p for p in world.people if p.role == "affinity" and _is_plain(p))
    yield from event("solo", f"Dinner w/ {solo.first}", day, [], hour=19, last=last)


def opening() -> Iterator[str]:
    """The first lines of a calendar."""
    yield from ("BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0")
    yield from ("CALSCALE:GREGORIAN", f"X-WR-CALNAME:{MAIL}", "X-WR-TIMEZONE:Europe/London")


def event(
    uid: str,
    title: str,
    day: datetime,
    people: Sequence[Person],
    *,
    last: datetime,
    hour: int = 12,
    rule: str = "",
    without: Sequence[datetime] = (),
    status: str = "CONFIRMED",
    own: str = "ACCEPTED",
) -> Iterator[str]:
    """One event of an hour at the owner's, with its guests; `own` is the owner's answer."""
    start = f"{day:%Y%m%d}T{hour:02}3000"
    yield from ("BEGIN:VEVENT", f"DTSTART;TZID=Europe/London:{start}")
    yield f"DTEND;TZID=Europe/London:{day:%Y%m%d}T{hour + 1:02}3000"
    if rule:
        yield rule
    yield from (f"EXDATE;TZID=Europe/London:{off:%Y%m%d}T{hour:02}3000" for off in without)
    yield from (f"DTSTAMP:{_utc(last)}", f"ORGANIZER;CN=Alex Morgan:mailto:{MAIL}", f"UID:{uid}@example.com")
    if people:
        yield _attendee("INDIVIDUAL", own, "Alex Morgan", MAIL)
        yield _attendee("RESOURCE", "ACCEPTED", "Room 4", "room4@resource.calendar.google.com")
    yield from (_attendee("INDIVIDUAL", "ACCEPTED", p.name, address(p)) for p in people)
    yield from (f"SUMMARY:{title}", f"STATUS:{status}", "TRANSP:OPAQUE", "END:VEVENT")


def _attendee(sort: str, answer: str, name: str, mail: str) -> str:
    return f"ATTENDEE;CUTYPE={sort};ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN={name};X-NUM-GUESTS=0:mailto:{mail}"


def _cards(world: World) -> Iterator[str]:
    """An address book as Apple writes it."""
    friend = lunch_friend(world)
    for first, number in CHILDREN:
        yield from _card(first, OWNER.last, [f"TEL;type=CELL;type=VOICE;type=pref:{number}", "CATEGORIES:Family"])
    yield from ("BEGIN:VCARD", "VERSION:3.0", "N:;;;;", f"FN:{AGENCY[0]}", f"ORG:{AGENCY[0]};")
    yield from (f"TEL;type=WORK;type=VOICE;type=pref:{AGENCY[1]}", "X-ABShowAs:COMPANY", "END:VCARD")
    profile = f"X-SOCIALPROFILE;type=linkedin:http://www.linkedin.com/in/{friend.slug}"
    lines = [f"item1.EMAIL;type=INTERNET;type=pref:{address(friend)}", "item1.X-ABLabel:Work", profile]
    yield from _card(friend.first, friend.last, [*lines, "TEL;type=CELL;type=VOICE;type=pref:+1 202 555 0131"])


def _card(first: str, last: str, lines: Sequence[str]) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"N:{last};{first};;;", f"FN:{first} {last}", *lines, "END:VCARD")


def _calls(world: World, last: datetime) -> Iterator[str]:
    """The calls of one day as "SMS Backup & Restore" writes them."""
    dice = Dice(world.seed, "calls")
    morning = last.replace(hour=8, minute=0, second=0)
    known = [(number, first, 1, dice.whole(120, 900)) for first, number in CHILDREN]
    known.append((AGENCY[1], AGENCY[0], 1, dice.whole(60, 300)))
    unknown = [f"+1{dice.pick(('206', '503', '816', '904'))}55501{n}{dice.whole(0, 9)}" for n in range(7)]
    rows = [*known, *((number, "(Unknown)", 1, dice.whole(2, 14)) for number in unknown)]
    yield "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    yield f'<calls count="{len(rows)}" backup_set="example" backup_date="{world.cut}000" type="full">'
    for place, (number, name, sort, seconds) in enumerate(dice.sample(rows, len(rows))):
        at = morning + timedelta(minutes=70 * place + dice.whole(0, 50))
        yield (
            f'  <call number="{number}" duration="{seconds}" date="{int(at.timestamp())}000" type="{sort}" '
            f'presentation="1" subscription_id="1" readable_date="{at:%b %d, %Y %I:%M:%S %p}" contact_name="{name}" />'
        )
    yield "</calls>"


def _utc(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}"


def folded(lines: Iterator[str]) -> str:
    """Lines of at most 75 bytes, as RFC 5545 and 6350 want them, ended with CRLF."""
    return "".join(f"{part}\r\n" for line in lines for part in _parts(line))


def _parts(line: str) -> Iterator[str]:
    while len(line) > 75:
        yield line[:75]
        line = " " + line[75:]
    yield line
