"""Sprees and what became of them; broadcasting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fabricate import records
from hypothesis import given
from hypothesis import strategies as st

from auditor.audit import audit
from auditor.habits import Log
from auditor.habits.collecting import broadcasting, change_points, collecting, sprees, yields


def test_change_points_of_a_burst() -> None:
    """Two weeks of five a day in a year of one a month."""
    counts = np.zeros(360, np.int64)
    counts[::30] = 1
    counts[150:164] = 5
    assert change_points(counts) == [0, 150, 164, 360]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40))
def test_change_points_bound_the_whole(counts: list[int]) -> None:
    """From the first day to the last, each bound once."""
    bounds = change_points(np.array(counts))
    assert bounds == sorted(set(bounds))
    assert (bounds[0], bounds[-1]) == (0, len(counts))


def test_a_steady_rate_has_no_spree() -> None:
    """Three a week for years, and chance on top."""
    days = np.sort(np.random.default_rng(7).integers(0, 1500, 640))
    assert sprees(days) == []
    assert sprees(np.zeros(0, np.int64)) == []


def test_growth_is_no_spree() -> None:
    """Twice as fast from one year on is another pace, and stays."""
    days = np.r_[np.arange(0, 365, 4), np.arange(365, 1000, 1)]
    assert sprees(days) == []


def _people(count: int, on: str, prefix: str) -> list[str]:
    return [
        f"{prefix}{n},{prefix.title()} {n},{pd.Timestamp(on) + pd.Timedelta(days=n % 10):%Y-%m-%d}"
        for n in range(count)
    ]


def spree() -> Log:
    trickle = [f"t{n},T {n},{pd.Timestamp('2020-01-01') + pd.Timedelta(days=40 * n):%Y-%m-%d}" for n in range(50)]
    known = "\n".join(["person,name,connected_on", *_people(30, "2021-03-02", "s"), *trickle])
    talk = [f"s1,202{y}-{m:02}-05T09:00Z,{d}" for y in (4, 5) for m in range(1, 13) for d in ("out", "in")]
    talk += ["s2,2021-03-09T09:00Z,in", "t9,2021-03-09T09:00Z,in"]
    found = records("\n".join(["person,at,direction", *talk]), known, covers=("2015-01-01", "2025-12-31"))
    return Log.of(found, audit(found, as_of="2025-12-31"))


def test_what_became_of_a_spree() -> None:
    """Thirty in ten days of March 2021, of whom one is meaningful and two ever had contact."""
    found = collecting(spree())
    assert found.figure == pytest.approx(100 * 30 / 80)
    assert found.sentence == "Of the 30 people you added in March 2021, 1 is deep today."
    assert found.evidence.to_numpy().tolist() == [["March 2021", 30, 1, 2], ["at other times", 50, 0, 1]]


def test_yield_by_how_they_came() -> None:
    """Invited with a note or without, accepted, introduced, or not known."""
    known = "\n".join(
        ["person,name,connected_on", *(f"{p},{p.title()} X,2026-01-02" for p in ("a", "b", "c", "d", "e"))]
    )
    rows = """
        person,at,direction,channel,words,others,thread,introduces
        a,2026-01-01T09:00Z,out,invitation,9,0,,
        b,2026-01-01T09:00Z,out,invitation,0,0,,
        c,2026-01-01T09:00Z,in,invitation,9,0,,
        e,2026-01-02T09:00Z,in,message,9,1,three,True
        d,2026-01-02T10:00Z,in,message,9,1,three,False
        a,2026-01-05T09:00Z,out,message,9,0,,
        a,2026-01-06T09:00Z,in,message,9,0,,
    """
    found = records(rows, known, covers=("2015-01-01", "2026-02-01"))
    table = yields(Log.of(found, audit(found, as_of="2026-02-01"))).evidence
    assert table[["How they came", "Connections"]].to_numpy().tolist() == [
        ["introduced", 1],
        ["invited with a note", 1],
        ["invited without a note", 1],
        ["accepted from them", 1],
        ["not known", 1],
    ]


def test_posts_against_one_to_one_days() -> None:
    """Three posts and reactions, one day alone with Ana: three quarters go to nobody; a follow is no post."""
    found = records(
        "person,at,direction,others\nana,2026-05-01T09:00Z,out,0\nana,2026-05-01T10:00Z,in,0\nben,2026-05-01T10:00Z,in,2"
    )
    at = pd.to_datetime(["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"], utc=True).astype(
        "datetime64[us, UTC]"
    )
    sent = pd.DataFrame({"at": at, "kind": ["post", "reaction", "comment", "follow"]})
    found = replace(found, broadcasts=sent)
    habit = broadcasting(Log.of(found, audit(found, as_of="2026-06-07")))
    assert habit.figure == 75
    assert "on 1 day, counted by person" in habit.sentence


def test_without_files_of_posts_there_is_no_figure() -> None:
    """No file, no claim of silence."""
    found = records("person,at,direction\nana,2026-05-01T09:00Z,out")
    assert broadcasting(Log.of(found, audit(found, as_of="2026-06-07"))).withheld
    assert collecting(Log.of(found, audit(found, as_of="2026-06-07"))).withheld
