"""When a tie took hold."""

from __future__ import annotations

import pytest
from fabricate import events, records

from auditor import signals
from auditor.audit import audit
from auditor.habits import Log, how_long
from auditor.habits.log import NEVER
from auditor.habits.pace import held_since


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("01-01 out, 01-02 in, 01-20 out, 01-25 in", "2026-01-25"),
        ("01-01 both, 01-20 both", "2026-01-20"),
        ("01-01 out, 01-02 in, 01-05 out, 01-09 in", None),
        ("01-01 out, 02-02 out, 03-09 out", None),
        ("01-01 out, 01-02 in, 02-20 out", None),
        ("01-01 both, 01-16 out, 01-16 in", "2026-01-16"),
        ("01-01 both, 01-15 both", None),
    ],
    ids=["two rounds", "meetings", "a fortnight", "one side", "half a second round", "the day after", "too soon"],
)
def test_both_ways_and_both_ways_again(rows: str, expected: str | None) -> None:
    """Over two weeks after the first day by which contact had gone both ways."""
    assert since([f"2026-{row}" for row in rows.split(", ")]) == expected


def test_the_second_round_comes_within_a_year() -> None:
    """Later it is another first round, which a third one may follow."""
    assert since(["2020-01-01 both", "2023-01-01 both"]) is None
    assert since(["2020-01-01 both", "2023-01-01 both", "2023-03-01 both"]) == "2023-03-01"


def since(rows: list[str]) -> str | None:
    made = [{"person": "ana", "at": f"{row.split()[0]}T09:00Z", "direction": row.split()[1]} for row in rows]
    (day,) = held_since(signals.contacts(events(made)))
    return None if day == NEVER else str(day.astype("datetime64[D]"))


def test_each_tie_for_itself() -> None:
    """The days of one person are never taken for another's."""
    rows = [
        {"person": who, "at": f"2026-{day}T09:00Z", "direction": "both"}
        for who, day in [("ana", "01-01"), ("ben", "02-01"), ("cem", "01-01"), ("cem", "03-01")]
    ]
    found = held_since(signals.contacts(events(rows)))
    assert (found == NEVER).tolist() == [True, True, False]


def test_the_curve_counts_those_who_wait() -> None:
    """Of twenty connections one took hold after 31 days: 5 % within a year, half are not reached."""
    known = "person,name,connected_on\n" + "\n".join(f"p{n},P {n},2026-01-01" for n in range(20))
    rows = "person,at,direction\np3,2026-01-02T09:00Z,both\np3,2026-02-01T09:00Z,both"
    found = records(rows, known, covers=("2015-01-01", "2026-12-31"))
    pace = how_long(Log.of(found, audit(found, as_of="2026-12-31")))
    assert pace.curve.time.tolist() == [31]
    assert pace.curve.subjects == 20
    assert pace.curve.median is None
    assert "1 of 20 connections took hold, 5% within a year" in pace.sentence
    assert "not reached" in pace.sentence


def test_without_messages_there_is_no_curve() -> None:
    """A list of connections alone says nothing about time."""
    found = records("", "person,name,connected_on\nana,Ana Reyes,2026-01-01")
    assert how_long(Log.of(found, audit(found, as_of="2026-06-07"))).withheld
