"""What files of calendars look like when they are not as they should be."""

from __future__ import annotations

import codecs

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.sources import Upload, read

from .conftest import ALEX, ANA, FIXTURES, KIM, PROFILE, aside, event, ics, kept, notes, times

MET = ["2024-03-01 10:00"]


def test_a_mark_and_lines_before_the_calendar(calendars):
    """A byte order mark, and what a program wrote before the first line."""
    assert times(calendars(codecs.BOM_UTF8 + ics(event(ALEX, ANA)).encode())) == MET
    assert times(calendars("Exported by a tool\n\n" + ics(event(ALEX, ANA)))) == MET


def test_utf_16(calendars):
    """As some Windows programs save it."""
    assert times(calendars(ics(event(ALEX, ANA)).encode("utf-16"))) == MET


def test_bytes_that_are_not_utf_8(calendars):
    """Names in Windows-1252 are read as such, line by line."""
    found = calendars(ics(event(ALEX, "ATTENDEE;CN=Jörg Weiß:mailto:joerg@example.org")).encode("cp1252"))
    assert found.people["name"].tolist() == ["Jörg Weiß"]


def test_line_ends_of_any_kind(calendars):
    """CRLF, LF, and the lone CR of old Macs."""
    text = ics(event(ALEX, ANA))
    for end in ("\n", "\r"):
        assert times(calendars(text.replace("\r\n", end))) == MET


def test_an_empty_file_and_an_empty_calendar(calendars):
    """Both are read, and hold nothing."""
    assert (kept(calendars("")), kept(calendars(ics()))) == (0, 0)


def test_calendars_one_behind_the_other(calendars):
    """Files put together, each with its own zone, name and mark; a meeting in both counts once."""
    first = ics("X-WR-TIMEZONE:Europe/Berlin", event(ALEX, ANA, start="20240301T110000", end="20240301T120000"))
    second = ics("X-WR-TIMEZONE:Asia/Tokyo", event(ALEX, KIM, uid="2", start="20240301T110000", end="20240301T120000"))
    found = calendars(first + "\ufeff" + second + ics(event(ALEX, ANA)))
    assert (times(found), times(found, "email:kim.lee@example.net")) == (MET, ["2024-03-01 02:00"])
    assert aside(found) == {"the same event again": 1}


def test_one_broken_event_costs_only_itself(calendars):
    """It is counted with its number: without a time, with a wrong one, long ago; broken ends and rules cost less."""
    broken = [
        event(ALEX, ANA, uid="1", start="tomorrow"),
        "BEGIN:VEVENT\r\nUID:2\r\nEND:VEVENT",
        event(ALEX, ANA, uid="3", start="20241301T100000Z"),
        event(ALEX, ANA, "RECURRENCE-ID:once", uid="4"),
    ]
    good = [event(ALEX, ANA, uid="5", end="later"), event("RRULE:FREQ=SOMETIMES", ALEX, KIM, uid="6")]
    found = calendars(ics(*broken, event(ALEX, KIM, uid="7", start="16010101T000000Z", end=""), *good))
    assert aside(found) == {"cannot be read: its time is missing or broken": 4, "a time before 1970": 1}
    assert times(found) == times(found, "email:kim.lee@example.net") == MET
    assert found.interactions["seconds"].isna().tolist() == [True, False]
    assert notes(found) == {"repeats by a rule that cannot be read: counted once": 1}


def test_a_file_that_was_cut_off(calendars):
    """The last event is read as far as it goes, and the receipt says so; a missing end in the middle hurts nobody."""
    whole = ics(event(ALEX, ANA, uid="1"), event(ALEX, KIM, uid="2"))
    cut = calendars(whole[: whole.rindex("END:VEVENT")])
    assert (kept(cut), list(notes(cut))) == (2, ["the file ends in the middle of an event: it may have been cut off"])
    assert kept(calendars(whole.replace("END:VEVENT\r\n", "", 1))) == 2


def test_a_stray_line_and_a_text_like_a_property(calendars):
    """Lines without their fold, and the title of a reminder inside an event, are not the event's."""
    alarm = "BEGIN:VALARM\r\nSUMMARY:Lunch\r\nATTENDEE:mailto:bot@example.org\r\nEND:VALARM"
    found = calendars(ics(event("DESCRIPTION:first", "and, unfolded, the second", alarm, "SUMMARY:Sync", ALEX, ANA)))
    assert found.interactions[["person", "channel"]].to_numpy().tolist() == [["email:ana.silva@example.org", "meeting"]]


def test_escaped_text_in_titles(calendars):
    """Commas and line breaks are written with a backslash."""
    found = calendars(ics(event(r"SUMMARY;LANGUAGE=en:Lunch\, with Ana Silva\nand more")))
    assert found.people["name"].tolist() == ["Ana Silva"]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_damage_makes_it_fail(data):
    """Whatever bytes are lost or changed, the file is read, and every event that is left is counted once."""
    content = bytearray(
        (FIXTURES / data.draw(st.sampled_from(["google.ics", "outlook.ics", "apple.ics"]))).read_bytes()
    )
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(20, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=12))
    found = read([PROFILE, Upload("a.ics", bytes(content))])
    rows = found.coverage[(found.coverage["kind"] == "calendar") & (found.coverage["role"] != "note")]["rows"].sum()
    assert 0 < rows <= 16
