"""The strict reader of interaction logs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from auditor.errors import InputError, UsageError
from auditor.sources import event_log


@pytest.fixture(name="log")
def _log(tmp_path):
    def write(text: str | bytes) -> Path:
        path = tmp_path / "events.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_reads_iso_and_unix_times_as_the_same_instant(log):
    """A time with an offset, one without (UTC) and Unix seconds all become UTC."""
    events = event_log.read(
        log(
            "ego,person,at,direction\na,b,2020-01-01T02:00:00+02:00,out\na,b,2020-01-01 00:00:00,in\na,c,1577836800,both\n"
        )
    )
    assert events["at"].tolist() == [pd.Timestamp("2020-01-01", tz="UTC")] * 3


def test_fills_what_is_left_out(log):
    """Without ego it is `me`, without channel a message, without others nobody else; empty numbers stay missing."""
    events = event_log.read(log("person,at,direction,seconds\nb,0,out,\n"))
    row = events.iloc[0]
    assert (row["ego"], row["channel"], row["others"]) == ("me", "message", 0)
    assert events[["seconds", "words", "questions"]].isna().all(axis=None)


def test_takes_a_byte_order_mark_and_blank_lines(log):
    """A BOM, CRLF line ends and blank lines at the end are no events and no errors."""
    assert len(event_log.read(log(b"\xef\xbb\xbfperson,at,direction\r\nb,5,in\r\n\r\n\r\n"))) == 1


BAD = {
    "ego,person,at,direction,mood\na,b,0,out,good\n": (1, "unknown column 'mood'"),
    "ego,person,at\na,b,0\n": (1, "no column 'direction'"),
    "person,person,at,direction\na,b,0,out\n": (1, "twice"),
    "person,at,direction\nb,yesterday,out\n": (2, "is no time"),
    "person,at,direction\nb,5,out\nb,1577836800000,out\n": (3, "Unix time is in seconds"),
    "person,at,direction\nb,nan,out\n": (2, "no time"),
    "person,at,direction\nb,-5,out\n": (2, "no time"),
    "person,at,direction\nb,1_577_836_800,out\n": (2, "no time"),
    "person,at,direction\nb,5,sent\n": (2, "'sent' is no direction"),
    "person,at,direction\nb,5,OUT\n": (2, "no direction"),
    "person,at,direction,channel\nb,5,out,fax\n": (2, "'fax' is no channel"),
    "person,at,direction,others\nb,5,out,-1\n": (2, "whole number"),
    "person,at,direction,others\nb,5,out,1.5\n": (2, "whole number"),
    "person,at,direction,seconds\nb,5,out,inf\n": (2, "seconds"),
    "person,at,direction,seconds\nb,5,out,long\n": (2, "seconds"),
    "person,at,direction\n,5,out\n": (2, "without a person"),
    "ego,person,at,direction\nb,b,5,out\n": (2, "the same"),
    "person,at,direction\nb,5\n": (2, "2 fields where the header has 3"),
    'person,at,direction\n"b\nc",5,out\nd,x,out\n': (4, "no time"),
    "person,at,direction\n": (1, "no event"),
    "": (1, "no column"),
}


@pytest.mark.parametrize(("text", "problem"), BAD.items())
def test_names_the_line_of_what_is_wrong(log, text, problem):
    """Whatever is not exactly as documented is an error that names file, line and problem."""
    with pytest.raises(InputError) as error:
        event_log.read(log(text))
    assert error.value.line == problem[0]
    assert problem[1] in str(error.value)
    assert "events.csv" in str(error.value)


def test_says_when_a_file_is_not_there_or_not_text(log, tmp_path):
    """A missing file and a file in another encoding are errors of one line."""
    with pytest.raises(InputError, match="cannot be opened"):
        event_log.read(tmp_path / "none.csv")
    with pytest.raises(InputError, match="not UTF-8"):
        event_log.read(log("person,at,direction\nJörg,5,out\n".encode("latin-1")))


def test_a_day_as_boundary_means_its_first_or_last_moment():
    """As-of a day includes that day; since a day starts with it; a time is that time."""
    assert event_log.boundary("2020-01-01", last=True) == pd.Timestamp("2020-01-01 23:59:59.999999", tz="UTC")
    assert event_log.boundary("2020-01-01", last=False) == pd.Timestamp("2020-01-01", tz="UTC")
    assert event_log.boundary("2020-01-01T00:00:00", last=True) == pd.Timestamp("2020-01-01", tz="UTC")
    assert event_log.boundary("1577836800.5", last=True) == pd.Timestamp("2020-01-01 00:00:00.5", tz="UTC")
    with pytest.raises(UsageError):
        event_log.boundary("soon", last=True)
