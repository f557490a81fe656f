"""Calendars as their real producers write them, and who in them was there."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
import pytest

from auditor import deliver
from auditor.audit import audit
from auditor.sources import Upload, read
from auditor.sources.archive import Archive
from auditor.sources.calendar import claims
from auditor.sources.peek import Peek

from .conftest import ALEX, ANA, FIXTURES, KIM, PROFILE, aside, event, ics, kept, times

WEEKLY = "2024-03-04 15:00,2024-04-01 14:00,2024-04-08 14:00,2024-04-15 14:00,2024-04-22 14:00,2024-04-29 14:00,"
WEEKLY += "2024-05-06 14:00,2024-05-13 14:00,2024-05-20 14:00,2024-05-27 14:00"


def receipt(records, file):
    return next(line for line in deliver.receipt(records.coverage) if line["file"] == file)


def test_reads_a_calendar_of_google():
    """Takeout: a weekly meeting in New York with one occurrence moved, one deleted, one cancelled and two of five there."""
    found = read([FIXTURES / "google.ics"])
    met = found.interactions
    assert times(found) == sorted([*WEEKLY.split(","), "2024-03-12 18:00"])  # clocks change on 10 March
    assert times(found, "email:kim.lee@example.net") == WEEKLY.split(",")
    assert times(found, "email:tom.becker@example.org") == []  # declined
    assert found.people["name"].tolist() == ["Jörg Weiß", "Ana Silva", "Kim Lee", "Maria Costa"]  # ß is cut by a fold
    meals = met[met["channel"] == "meal"]
    assert meals["person"].tolist() == ["email:joerg.weiss@example.org", "name:maria costa@calendar"]
    assert meals["seconds"].tolist() == [3600, 7200]
    assert set(met["direction"]) == {"both"}
    assert receipt(found, "google.ics") == {
        "file": "google.ics",
        "kind": "calendar",
        "read": 11,
        "kept": 4,
        "set_aside": [
            {"reason": "cancelled", "rows": 1, "first_row": 4},
            {"reason": "all day, such as a birthday or a holiday", "rows": 1, "first_row": 5},
            {"reason": "all day with guests, such as a trip or an absence", "rows": 1, "first_row": 6},
            {"reason": "you declined", "rows": 1, "first_row": 7},
            {"reason": "no other person named", "rows": 1, "first_row": 9},
            {"reason": "its guests are hidden", "rows": 1, "first_row": 10},
            {"reason": "still to come", "rows": 1, "first_row": 11},
        ],
        "notes": [],
    }


def test_reads_a_calendar_of_outlook():
    """Windows zones, a zone of its own, one without description, people of the directory without address, quoted names."""
    found = read([FIXTURES / "outlook.ics"])
    rows = found.interactions[["person", "channel", "others"]].astype("str").to_numpy().tolist()
    assert rows == [
        ["email:ana.silva@example.org", "meal", "1"],
        ["email:tom.becker@example.org", "meal", "1"],
        ["name:kim lee@calendar", "meeting", "0"],
        ["name:jorg weiss@calendar", "meeting", "0"],
    ]
    assert times(found) == ["2024-01-10 11:30"]  # Berlin
    assert times(found, "name:kim lee@calendar") == ["2024-01-18 07:00"]  # as the file defines: three hours ahead
    assert times(found, "name:jorg weiss@calendar") == ["2024-01-24 09:00"]  # the calendar's first zone
    assert found.owner.names == ("Alex Morgan",)
    assert receipt(found, "outlook.ics") == {
        "file": "outlook.ics",
        "kind": "calendar",
        "read": 6,
        "kept": 3,
        "set_aside": [
            {"reason": "all day, such as a birthday or a holiday", "rows": 1, "first_row": 2},
            {"reason": "cancelled", "rows": 1, "first_row": 4},
            {"reason": "cannot be read: its time is missing or broken", "rows": 1, "first_row": 6},
        ],
        "notes": [],
    }


def test_reads_a_calendar_of_apple():
    """The address beside a path for one; a bistro in the evening; a call every morning until a day; tasks are noted."""
    found = read([PROFILE, FIXTURES / "apple.ics"])
    rows = found.interactions[["person", "channel"]].astype("str").to_numpy().tolist()
    assert rows == [["email:priya.nair@example.net", "meal"], *[["name:grandma@calendar", "meeting"]] * 3]
    assert times(found, "email:priya.nair@example.net") == ["2024-04-05 18:00"]  # British Summer Time
    assert receipt(found, "apple.ics") == {
        "file": "apple.ics",
        "kind": "calendar",
        "read": 2,
        "kept": 2,
        "set_aside": [],
        "notes": ["tasks, journals and busy times, which are no events"],
    }


def test_reads_what_the_icalendar_library_writes():
    """A calendar made by a real library, with one guest and a rule."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//example//EN")
    calendar.add("version", "2.0")
    lunch = icalendar.Event()
    lunch.add("uid", "lunch@example.com")
    lunch.add("summary", "Almuerzo")
    lunch.add("dtstart", datetime(2024, 3, 1, 13, tzinfo=UTC))
    lunch.add("dtend", datetime(2024, 3, 1, 14, tzinfo=UTC))
    lunch.add("dtstamp", datetime(2024, 6, 1, tzinfo=UTC))
    lunch.add("rrule", {"freq": "monthly", "count": 2})
    for address, name in (("ana.silva@example.org", "Ana Silva"), ("alex.morgan@example.com", "Alex Morgan")):
        guest = icalendar.vCalAddress(f"MAILTO:{address}")
        guest.params["cn"] = name
        lunch.add("attendee", guest)
    calendar.add_component(lunch)
    found = read([PROFILE, Upload("made.ics", calendar.to_ical())])
    assert times(found) == ["2024-03-01 13:00", "2024-04-01 13:00"]
    assert set(found.interactions["channel"]) == {"meal"}


def test_weekly_lunches_make_a_tie(calendars):
    """Somebody with whom the owner eats every week of half a year is a tie with its evidence, not a stranger."""
    lunch = event("SUMMARY:Lunch", "RRULE:FREQ=WEEKLY", ALEX, ANA, start="20231201T120000Z", end="20231201T130000Z")
    told = audit(calendars(ics(lunch)))
    assert told.ties.loc["email:ana.silva@example.org", "contact_days"] == 27  # 1 December to 31 May
    assert told.channels == {"meal": 27}


def test_a_calendar_beside_an_export():
    """A full name in a title is the one connection of that name: their lunches and messages are one tie."""
    files = {
        "Profile.csv": "First Name,Last Name,Headline\nAlex,Morgan,\n",
        "Connections.csv": "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Ana,Silva,https://www.linkedin.com/in/ana,,,,01 Jan 2024\n",
        "messages.csv": "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,"
        "CONTENT,FOLDER\nc1,,Alex Morgan,https://www.linkedin.com/in/alex,Ana Silva,https://www.linkedin.com/in/ana,"
        "2024-03-02 10:00:00 UTC,,Hi,INBOX\n",
    }
    export = [Upload(name, text.encode()) for name, text in files.items()]
    lunch = ics(event("SUMMARY:Lunch with Ana Silva", "RRULE:FREQ=WEEKLY;COUNT=3"))
    told = audit(read([*export, Upload("a.ics", lunch.encode())]))
    assert told.ties["contact_days"].to_dict() == {"linkedin:ana": 4}


@pytest.mark.parametrize(
    ("line", "there"),
    [
        ("ATTENDEE;CN=Ana Silva:mailto:ana.silva@example.org", True),
        ("ATTENDEE;CN=Ana Silva;PARTSTAT=NEEDS-ACTION:MAILTO:Ana.Silva@example.org", True),
        ("ATTENDEE;CN=Ana Silva;PARTSTAT=TENTATIVE:mailto:ana.silva@example.org", True),
        ("ORGANIZER;CN=Ana Silva:mailto:ana.silva@example.org", False),  # nobody else is listed: who knows how many
        ("ATTENDEE;CN=Ana Silva;PARTSTAT=DECLINED:mailto:ana.silva@example.org", False),
        ("ATTENDEE;CN=Ana Silva;PARTSTAT=DELEGATED:mailto:ana.silva@example.org", False),
        ("ATTENDEE;CN=Ana Silva;ROLE=NON-PARTICIPANT:mailto:ana.silva@example.org", False),
        ("ATTENDEE;CN=Ana Silva;CUTYPE=GROUP:mailto:ana.silva@example.org", False),
        ("ATTENDEE;CN=Ana Silva;CUTYPE=ROOM:mailto:ana.silva@example.org", False),
        ("ATTENDEE;CN=Maple:mailto:c_1@resource.calendar.google.com", False),
        ("ORGANIZER;CN=Unknown Organizer:mailto:unknownorganizer@calendar.google.com", False),
    ],
)
def test_who_was_there(calendars, line, there):
    """Invited and not declined; no rooms, groups, calendars, or people only kept informed."""
    found = calendars(ics(event("SUMMARY:Sync", ALEX, line)))
    assert (times(found) == ["2024-03-01 10:00"]) == there
    assert kept(found) == there
    assert sum(aside(found).values()) == (not there)


def test_the_organizer_was_there(calendars):
    """Who invited counts beside the guests, also without being one of them; once, where both are written."""
    found = calendars(ics(event("ORGANIZER;CN=Ana:mailto:ana.silva@example.org", ALEX, KIM)))
    assert found.interactions[["person", "others"]].astype("str").to_numpy().tolist() == [
        ["email:kim.lee@example.net", "1"],
        ["email:ana.silva@example.org", "1"],
    ]
    assert len(calendars(ics(event("ORGANIZER;CN=Ana:mailto:ana.silva@example.org", ALEX, ANA))).interactions) == 1


def test_somebody_by_name_only(calendars):
    """A guest without an address goes by the name."""
    found = calendars(ics(event(ALEX, 'ATTENDEE;CN="Ana Silva":invalid:nomail')))
    assert times(found, "name:ana silva@calendar") == ["2024-03-01 10:00"]


def test_a_crowd_is_no_meeting(calendars):
    """25 people are one, 26 are not."""
    guests = [f"ATTENDEE;CN=Guest:mailto:guest{n}@example.org" for n in range(25)]
    assert len(calendars(ics(event(ALEX, *guests[:24]))).interactions) == 24
    assert aside(calendars(ics(event(ALEX, *guests)))) == {"more than 25 people": 1}


def test_everybody_else_declined(calendars):
    """Then nobody was met, whatever the title says."""
    tom = "ATTENDEE;CN=Tom Becker;PARTSTAT=DECLINED:mailto:tom.becker@example.org"
    assert aside(calendars(ics(event("SUMMARY:Lunch with Tom Becker", ALEX, tom)))) == {"everybody else declined": 1}


def test_a_title_reveals_a_meeting_of_two_with_hidden_guests(calendars):
    """Google hides the guests of others' events; a title that names somebody says that it was no assembly."""
    host = "ORGANIZER;CN=Ana Silva:mailto:ana.silva@example.org"
    assert times(calendars(ics(event("SUMMARY:1:1 Ana / Alex", host), event(ALEX, KIM, uid="2")))) == [
        "2024-03-01 10:00"
    ]
    assert aside(calendars(ics(event("SUMMARY:All hands", host, ALEX)))) == {"its guests are hidden": 1}


def test_an_event_without_the_owner(calendars):
    """In a calendar the owner is in, it is theirs; in one that is mostly of others it is not; in one they are never in,
    nothing tells who they are."""
    mine, others = event(ALEX, KIM, uid="1"), event(ANA, KIM, uid="2")
    tom = "ATTENDEE;CN=Tom Becker:mailto:tom.becker@example.org"
    assert times(calendars(ics(mine, others))) == ["2024-03-01 10:00"]
    several = [event(ANA, guest, uid=f"{n}") for n, guest in enumerate((KIM, tom, tom), 2)]
    assert aside(calendars(ics(mine, *several))) == {"you are not among its people": 3}
    assert aside(calendars(ics(others))) == {
        "owner not recognised: add Profile.csv and Email Addresses.csv from your LinkedIn export": 1
    }


def test_the_owner_by_the_name_of_the_calendar():
    """Google calls the first calendar by the owner's address; then one meeting is enough."""
    found = read([Upload("a.ics", ics("X-WR-CALNAME:alex.morgan@example.com", event(ALEX, ANA)).encode())])
    assert found.owner.keys >= {"email:alex.morgan@example.com"}
    assert found.owner.names == ("Alex Morgan",)
    assert times(found) == ["2024-03-01 10:00"]


def test_the_owner_by_presence():
    """Otherwise it is who is in nearly all events; two who are in all of them could both be it."""
    two = [event(ALEX, ANA, uid="1"), event(ALEX, KIM, uid="2")]
    assert read([Upload("a.ics", ics(*two).encode())]).owner.names == ("Alex Morgan",)
    alone = read([Upload("a.ics", ics(two[0]).encode())])
    assert (alone.owner.names, kept(alone)) == ((), 0)


def test_somebody_elses_calendar_does_not_make_them_the_owner(calendars):
    """The profile says who the owner is; a colleague whose calendar was shared stays a colleague."""
    shared = ics("X-WR-CALNAME:ana.silva@example.org", event(ALEX, ANA, uid="1"), event(ANA, KIM, uid="2"))
    found = calendars(shared)
    assert found.owner.keys & {"email:ana.silva@example.org", "email:alex.morgan@example.com"} == {
        "email:alex.morgan@example.com"
    }
    assert times(found) == ["2024-03-01 10:00"] * 2


def test_the_same_meeting_in_two_calendars_counts_once(calendars):
    """Equal in both; with other guests in one; put off in one, where the later time holds."""
    series = event("RRULE:FREQ=WEEKLY;COUNT=2", ALEX, ANA)
    assert times(calendars(ics(series), ics(series))) == ["2024-03-01 10:00", "2024-03-08 10:00"]
    single = event(ALEX, ANA, KIM, "RECURRENCE-ID:20240308T100000Z", start="20240308T100000Z", end="20240308T110000Z")
    found = calendars(ics(series), ics(single))
    assert times(found) == ["2024-03-01 10:00", "2024-03-08 10:00"]
    put_off = event(ALEX, ANA, start="20240305T100000Z", end="20240305T110000Z")
    for files in ((ics(event(ALEX, ANA)), ics(put_off)), (ics(put_off), ics(event(ALEX, ANA)))):
        found = calendars(*files)
        assert times(found) == ["2024-03-05 10:00"]
        assert aside(found) == {"the same meeting in another calendar": 1}


def test_reading_a_calendar_twice_is_reading_it_once(calendars):
    """The second time everything is a duplicate."""
    text = (FIXTURES / "google.ics").read_bytes()
    once, twice = calendars(text), calendars(text, text)
    assert len(once.interactions) == len(twice.interactions)
    assert aside(twice)["exact duplicate"] == 4


@pytest.mark.parametrize(
    ("name", "content", "ours"),
    [
        ("a.ics", "BEGIN:VCALENDAR\r\n", True),
        ("a.txt", "\ufeffBEGIN:VCALENDAR\r\n", True),
        ("a.txt", "Exported on Monday\n\nbegin:vcalendar\n", True),
        ("a.ics", "", True),
        ("a.ics", "\r\n\r\n", True),
        ("a.txt", "", False),
        ("a.ics", "hello", False),
        ("a.vcf", "BEGIN:VCARD\r\nNOTE:BEGIN:VCALENDAR\r\n", False),
        ("a.mbox", "From a@example.com Mon Jan  1\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n", False),
        ("a.txt", "x\n" * 40_000 + "BEGIN:VCALENDAR\n", False),
    ],
)
def test_claims_by_content(name, content, ours):
    """By its first line, whatever the name, after a mark or a few other lines; no mail with an invitation in it."""
    with Archive([Upload(name, content.encode())]) as archive:
        assert claims(Peek(archive.files[0])) is ours


def test_the_progress_is_told_and_can_cancel():
    """The callback hears shares that grow, and may stop the reading."""
    text = ics(*(event(ALEX, ANA, f"DESCRIPTION:{'x' * 900}", uid=f"{n}") for n in range(2500))).encode()
    shares = []
    read([PROFILE, Upload("a.ics", text)], progress=lambda _, share: shares.append(share))
    assert shares == sorted(shares)
    assert len(shares) > 8

    class CancelledError(Exception):
        pass

    def cancel(_: str, share: float) -> None:
        if share > 0.6:
            raise CancelledError

    with pytest.raises(CancelledError):
        read([PROFILE, Upload("a.ics", text)], progress=cancel)
