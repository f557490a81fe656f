"""In which zone a time of a calendar is."""

from __future__ import annotations

import pytest

from .conftest import ALEX, ANA, event, ics, notes, times

OWN = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE""".replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("Europe/Berlin", "09:00"),
        ("Pacific Standard Time", "18:00"),
        ('"W. Europe Standard Time"', "09:00"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "09:00"),
        ("/Europe/Berlin", "09:00"),
        ('"(UTC-03:00) Somewhere"', "13:00"),
        ("(UTC-03:00) Somewhere", "13:00"),  # a colon without quotation marks
        ("(no TZ description)", "13:00"),  # the file's own zone
        ("Nowhere/Land", "13:00"),
    ],
)
def test_a_zone_by_whatever_name(calendars, zone, utc):
    """Of the world's list, of Windows, behind a vendor's prefix, defined in the file, or unknown: the calendar's."""
    times_ = {"start": f";TZID={zone}:20240301T100000", "end": f";TZID={zone}:20240301T110000"}
    found = calendars(ics(OWN.format(name="(UTC-03:00) Somewhere", offset="-0300"), event(ALEX, ANA, **times_)))
    assert times(found) == [f"2024-03-01 {utc}"]
    assert notes(found) == {}


def test_two_files_may_mean_two_zones_by_one_name(calendars):
    """Each by its own definition, in whatever order they are read."""
    at = {"start": ";TZID=Customized Time Zone:20240301T100000", "end": ""}
    files = [
        ics(OWN.format(name="Customized Time Zone", offset=offset), event(ALEX, ANA, uid=offset, **at))
        for offset in ("+0300", "-0500")
    ]
    assert times(calendars(*files)) == ["2024-03-01 07:00", "2024-03-01 15:00"]


def test_a_time_without_zone(calendars):
    """The calendar's zone; where it has none, UTC, and the receipt says so."""
    floating = event(ALEX, ANA, start="20240701T100000", end="20240701T110000").replace("20240601T", "20240901T")
    assert times(calendars(ics("X-WR-TIMEZONE:America/New_York", floating))) == ["2024-07-01 14:00"]
    found = calendars(ics(floating))
    assert times(found) == ["2024-07-01 10:00"]
    assert notes(found) == {"times without a time zone were read as UTC": 1}


def test_a_zone_that_cannot_be_read(calendars):
    """Whose times are said to be of two kinds: as one that is not in the file."""
    broken = OWN.format(name="Own", offset="-0300").replace("DTSTART:", "DTSTART;VALUE=DATE-TIME,DATE:")
    found = calendars(ics(broken, event(ALEX, ANA, start=";TZID=Own:20240301T100000", end="")))
    assert times(found) == ["2024-03-01 10:00"]
    assert notes(found) == {"times without a time zone were read as UTC": 1}
