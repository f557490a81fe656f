"""The timeline and the course of depth, as pictures in words."""

from __future__ import annotations

import pandas as pd
from fabricate import audited, records

from auditor.audit import audit
from auditor.explanation import explain
from auditor.portrait import exchanges_of, timeline
from auditor.ui import course
from auditor.ui import timeline as lanes

EVENTS = """
person,at,channel,direction,others,words,seconds
ada,2024-05-01T10:00:00Z,message,out,0,12,
ada,2024-05-01T11:00:00Z,message,in,0,20,
ada,2024-06-03T10:00:00Z,message,in,2,9,
ada,2024-08-01T10:00:00Z,missed_call,out,0,,600
"""
NOW = pd.Timestamp("2024-12-31")


def exchanges() -> pd.DataFrame:
    known = records(EVENTS, "person,name\nada,Ada Adler\n")
    return exchanges_of(known, audit(known, NOW), ["linkedin:ada"])


def test_each_channel_is_a_lane_and_each_direction_a_shape() -> None:
    """No two directions differ in colour alone; the axis goes on to the day of the audit."""
    drawn = lanes.marks(timeline(exchanges()), NOW)
    assert drawn["yAxis"]["data"] == ["message", "missed call"]
    assert drawn["xAxis"]["max"] == "2024-12-31"
    assert [(s["name"], [d["value"] for d in s["data"]]) for s in drawn["series"]] == [
        ("both of you", [["2024-05-01", "message"]]),
        ("you only", [["2024-08-01", "missed call"]]),
        ("they only", [["2024-06-03", "message"]]),
    ]
    assert len({s["symbol"] for s in drawn["series"]}) == 3


def test_the_timeline_in_words() -> None:
    """From when to when, and each lane's days by direction."""
    assert lanes.describe(timeline(exchanges())) == (
        "Contact from 1 May 2024 to 1 August 2024. Message: 1 both of you, 1 they only. Missed call: 1 you only."
    )


def test_the_last_exchanges_have_no_text() -> None:
    """The latest first; minutes and words where there are any."""
    rows = lanes.last_exchanges(exchanges()).astype(object).where(lambda t: t.notna(), None).to_numpy().tolist()
    assert rows == [
        ["2024-08-01", "missed call", "you", None, 10, 0],
        ["2024-06-03", "message", "they", 9, None, 2],
        ["2024-05-01", "message", "they", 20, None, 0],
        ["2024-05-01", "message", "you", 12, None, 0],
    ]


def test_the_course_begins_just_before_the_first_contact_and_ends_with_the_interval() -> None:
    """Of the quarters without contact only the last is drawn; in words, a number a year."""
    moments = pd.to_datetime(["2022-12-31", "2023-06-30", "2023-12-31", "2024-06-30", "2024-12-31"], utc=True)
    went = course.since_contact(pd.Series([0.0, 0.0, 30.0, 62.4, 50.0], index=moments))
    told = explain(audited(EVENTS, as_of="2024-12-31"), "linkedin:ada")
    drawn = course.line(went, told)
    line = [["2023-06-30", 0], ["2023-12-31", 30], ["2024-06-30", 62], ["2024-12-31", 50]]
    assert drawn["series"][0]["data"] == line
    assert drawn["series"][1]["data"] == [["2024-12-31", round(told.low)], ["2024-12-31", round(told.high)]]
    assert course.describe(went, told).startswith(
        "Depth at the end of each year: 30 in 2023, 50 in 2024. It was greatest, 62, on 30 June 2024; today it is "
    )
