"""When an event happened that repeats."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

import pytest

from auditor.sources import Upload, read

from .conftest import ALEX, ANA, KIM, PROFILE, aside, event, ics, kept, notes, times

STAMP = "DTSTAMP:20240601T000000Z"


def days(records):
    return [time[5:10] for time in times(records)]


def test_a_rule_ends_when_the_file_was_written(calendars):
    """By the latest stamp in the file: what comes later is no meeting yet, and an event all to come is counted so."""
    weekly = event("RRULE:FREQ=WEEKLY", ALEX, ANA, start="20240510T100000Z", end="")
    later = event(ALEX, ANA, uid="2", start="20240601T000001Z", end="")
    found = calendars(ics(weekly, later))
    assert days(found) == ["05-10", "05-17", "05-24", "05-31"]
    assert aside(found) == {"still to come": 1}


def test_without_stamps_the_files_own_date_counts(tmp_path):
    """A file is never older than what it tells; without any date nothing is later than its last single event."""
    path = tmp_path / "a.ics"
    weekly = event("RRULE:FREQ=WEEKLY", ALEX, ANA, start="20240510T100000Z", end="").replace(STAMP, "CLASS:PUBLIC")
    last = event(ALEX, ANA, uid="2", start="20240518T100000Z", end="").replace(STAMP, "CLASS:PUBLIC")
    path.write_text(ics(weekly))
    at = datetime(2024, 5, 24, 12).timestamp()
    import os

    os.utime(path, (at, at))
    assert days(read([PROFILE, path])) == ["05-10", "05-17", "05-24"]
    assert days(read([PROFILE, Upload("a.ics", ics(weekly, last).encode())])) == ["05-10", "05-17", "05-18"]


def test_a_stamp_later_than_the_file_is_not_believed(tmp_path):
    """A clock that was wrong does not invent meetings."""
    import os

    path = tmp_path / "a.ics"
    weekly = event("RRULE:FREQ=WEEKLY", "CREATED:20990101T000000Z", ALEX, ANA, start="20240510T100000Z", end="")
    path.write_text(ics(weekly))
    at = datetime(2024, 7, 1).timestamp()
    os.utime(path, (at, at))
    assert days(read([PROFILE, path])) == ["05-10", "05-17", "05-24", "05-31"]


def test_a_stamp_of_a_day_to_come_is_not_believed(calendars):
    """Where nothing says when the file was written: before now."""
    weekly = event("RRULE:FREQ=WEEKLY", "CREATED:99990101T000000Z", ALEX, ANA, start="20240510T100000Z", end="")
    assert days(calendars(ics(weekly))) == ["05-10", "05-17", "05-24", "05-31"]


BEYOND = "repeats beyond what is worked out for one file: counted once"


def test_what_would_repeat_for_thousands_of_years_counts_once(calendars):
    """Of a file without stamps whose last event is in the year 9999, soon; a short series beside it counts as it is."""
    began = monotonic()
    weekly = event("RRULE:FREQ=WEEKLY", ALEX, ANA, start="20240510T100000Z", end="")
    daily = event("RRULE:FREQ=DAILY;COUNT=3", ALEX, KIM, uid="2", start="20240510T110000Z", end="")
    last = event(ALEX, KIM, uid="3", start="99990101T100000Z", end="")
    found = calendars(ics(weekly, daily, last).replace(STAMP, "CLASS:PUBLIC"))
    assert (days(found), notes(found)) == (["05-10"], {BEYOND: 1})
    assert len(times(found, "email:kim.lee@example.net")) == 4
    assert monotonic() - began < 20


def test_many_long_series_count_as_far_as_they_are_worked_out(calendars):
    """Forty daily ones of ten years: the first fifteen as they are, the others once, soon."""
    many = [event("RRULE:FREQ=DAILY", ALEX, ANA, uid=f"{n}", start="20140601T100000Z", end="") for n in range(40)]
    began = monotonic()
    found = calendars(ics(*many))
    assert notes(found) == {BEYOND: 25, "repeats more than 2,000 times: so many are counted": 15}
    assert len(found.interactions) == 15 * 2000 + 25
    assert monotonic() - began < 20


@pytest.mark.parametrize(
    "line", ["RECURRENCE-ID:-P1W", "RECURRENCE-ID:20240308T100000Z/PT1H", "EXDATE;VALUE=DATE,X:20240308"]
)
def test_an_event_with_no_time_where_one_belongs_is_set_aside(calendars, line):
    """In the place of a length, or of a span; or what kind of time is said twice."""
    found = calendars(ics(event(line, ALEX, ANA), event(ALEX, KIM, uid="2")))
    assert (kept(found), aside(found)) == (1, {"cannot be read: its time is missing or broken": 1})


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("RRULE:FREQ=WEEKLY;UNTIL=20240315", "03-01 03-08"),  # a day alone as the end of a time in a zone
        ("RRULE:FREQ=WEEKLY;UNTIL=20240315T235959Z", "03-01 03-08 03-15"),
        ("RRULE:FREQ=WEEKLY;COUNT=2", "03-01 03-08"),
        ("RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/Berlin:20240308T110000", "03-01 03-15"),
        ("RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE:20240308T100000Z,20240315T100000Z", "03-01"),
        ("RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;VALUE=DATE:20240308", "03-01 03-15"),
        ("RDATE;TZID=Europe/Berlin:20240305T110000,20240307T110000", "03-01 03-05 03-07"),
        ("RRULE:FREQ=WEEKLY;COUNT=9;UNTIL=20240308T100000Z", "03-01 03-08"),  # whichever comes first
        ("RRULE:FREQ=DAILY;INTERVAL=0", "03-01"),  # stands still
        ("RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "03-01"),  # never comes
        ("RRULE:FREQ=WEEKLY;BYDAY=XX", "03-01"),
    ],
)
def test_rules_and_exceptions(calendars, rule, expected):
    """Ends by day or time, deleted and added times, and rules that make no sense: then once."""
    at = {"start": ";TZID=Europe/Berlin:20240301T110000", "end": ";TZID=Europe/Berlin:20240301T120000"}
    found = calendars(ics(event(rule, ALEX, ANA, **at)))
    assert days(found) == expected.split()
    assert kept(found) == 1


def test_an_occurrence_moved_counts_once_and_one_cancelled_not_at_all(calendars):
    """Whatever zone its first time is written in; with a title of its own it can be a meal."""
    series = event(
        "RRULE:FREQ=WEEKLY;COUNT=4", "SUMMARY:Sync", ALEX, ANA, start=";TZID=Europe/Berlin:20240301T110000", end=""
    )
    moved = event("RECURRENCE-ID:20240308T100000Z", "SUMMARY:Lunch", ALEX, ANA, start="20240309T120000Z", end="")
    gone = event("RECURRENCE-ID;TZID=Europe/Berlin:20240315T110000", "STATUS:CANCELLED", start="20240315T100000Z")
    found = calendars(ics(moved, series, gone))
    assert days(found) == ["03-01", "03-09", "03-22"]
    assert found.interactions.loc[found.interactions["channel"] == "meal", "row"].tolist() == [1]
    assert (kept(found), aside(found)) == (2, {"cancelled": 1})


def test_an_occurrence_put_into_the_future(calendars):
    """It has not been yet; its series stands."""
    series = event("RRULE:FREQ=WEEKLY;COUNT=2", ALEX, ANA, start="20240301T110000Z", end="")
    moved = event("RECURRENCE-ID:20240308T110000Z", ALEX, ANA, start="20240801T120000Z", end="")
    found = calendars(ics(series, moved))
    assert (days(found), aside(found)) == (["03-01"], {"still to come": 1})


def test_this_and_all_that_follow(calendars):
    """A change from one occurrence on moves those behind it; each is told from the others."""
    series = event("RRULE:FREQ=WEEKLY;COUNT=4", ALEX, ANA, start="20240301T110000Z", end="")
    change = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20240315T110000Z", ALEX, ANA, start="20240316T110000Z", end="")
    assert days(calendars(ics(series, change))) == ["03-01", "03-08", "03-16", "03-23"]


def test_a_series_all_of_whose_times_were_deleted(calendars):
    """Nothing is left of it, and the receipt says why."""
    found = calendars(ics(event("RRULE:FREQ=WEEKLY;COUNT=1", "EXDATE:20240301T100000Z", ALEX, ANA)))
    assert aside(found) == {"every occurrence was moved or deleted": 1}


def test_the_event_changed_last_holds(calendars):
    """Of the same event twice in a file: that with the higher sequence number."""
    old = event("SEQUENCE:1", ALEX, ANA)
    new = event("SEQUENCE:2", ALEX, ANA, start="20240302T100000Z", end="20240302T110000Z")
    for both in ((old, new), (new, old)):
        found = calendars(ics(*both))
        assert (days(found), aside(found)) == (["03-02"], {"the same event again": 1})


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;UNTIL=20240501T000000Z", "FREQ=HOURLY"])
def test_an_endless_rule_is_bounded(calendars, rule):
    """What repeats within a day stops after 2,000 times, soon, with a note."""
    began = monotonic()
    found = calendars(ics(event(f"RRULE:{rule}", ALEX, ANA, start="20100101T000000Z", end="")))
    assert len(found.interactions) == 2000
    assert notes(found) == {"repeats more than 2,000 times: so many are counted": 1}
    assert monotonic() - began < 20


def test_an_hourly_rule_keeps_its_end(calendars):
    """Its last time is still bounded by the day it names."""
    found = calendars(ics(event("RRULE:FREQ=HOURLY;UNTIL=20240301T120000Z", ALEX, ANA)))
    assert times(found) == ["2024-03-01 10:00", "2024-03-01 11:00", "2024-03-01 12:00"]


def test_of_many_days_the_latest_count(calendars):
    """A daily event of ten years: the last 2,000 days, up to the day the file was written."""
    found = calendars(ics(event("RRULE:FREQ=DAILY", ALEX, ANA, start="20140601T100000Z", end="")))
    assert (len(found.interactions), times(found)[-1]) == (2000, "2024-05-31 10:00")


def test_days_without_hours_are_set_aside(calendars):
    """A birthday, what Outlook calls all day, and what lasts a day or longer; with guests for a reason of their own."""
    found = calendars(
        ics(
            event(uid="1", start=";VALUE=DATE:20240301", end=""),
            event(
                "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", ALEX, ANA, uid="2", start="20240301T000000Z", end="20240301T230000Z"
            ),
            event(ALEX, ANA, uid="3", start="20240301T080000Z", end="20240302T080000Z"),
            event("RRULE:FREQ=YEARLY", ALEX, uid="4", start=";VALUE=DATE:19000301", end=""),
        )
    )
    assert aside(found) == {
        "all day, such as a birthday or a holiday": 2,
        "all day with guests, such as a trip or an absence": 2,
    }


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ("DTEND:20240301T104500Z", 2700),
        ("DURATION:PT1H30M", 5400),
        ("CLASS:PUBLIC", None),
        ("DTEND:20240301T090000Z", None),
    ],
)
def test_how_long_it_took(calendars, lines, seconds):
    """By its end or its duration; unknown without either, and where it ends before it begins."""
    found = calendars(ics(event(lines, ALEX, ANA, end="")))
    assert found.interactions["seconds"].astype(object).where(found.interactions["seconds"].notna(), None).tolist() == [
        seconds
    ]
