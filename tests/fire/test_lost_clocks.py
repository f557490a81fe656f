"""Nothing lost where the clock jumps: a store that was written tomorrow, and a clock that is set back by a day or years.

What the owner does last holds, whatever the clock says; nothing depends on its running forward.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from auditor import cli_store
from auditor.cli import main
from auditor.marks import rating_table
from auditor.store import Import, Store, copies
from auditor.store.repairing import repair

from .hostile import csv_of
from .test_lost_places import NOW, export, filled

TOMORROW = NOW + pd.Timedelta(days=1)
DEAD = pd.Timestamp("1970-01-01T00:05:00Z")
"""What a computer says whose battery is empty."""

CLOCKS = [TOMORROW, NOW - pd.Timedelta(days=400), DEAD, pd.Timestamp("2099-01-01T00:00:00Z"), NOW]
"""Forward, back, back to the beginning, far ahead, and right again."""


@pytest.fixture(name="place")
def fixture_place(tmp_path: Path) -> Path:
    place = tmp_path / "auditor.sqlite3"
    filled(place)
    return place


def test_what_is_said_last_holds(place: Path) -> None:
    """Ratings, labels and decisions, each under another clock."""
    words = ["close", "stranger", "close", "stranger", "close"]
    with Store.open(place) as kept:
        for turn, (clock, word) in enumerate(zip(CLOCKS, words, strict=True)):
            kept.rate("linkedin:p1", word, kept.moment(clock))
            kept.decide("linkedin:p1", "linkedin:p2", bool(turn % 2), kept.moment(clock))
            assert kept.ratings()["rating"].tolist() == [word]
            assert kept.decisions()["same"].tolist() == [bool(turn % 2)]


def test_what_is_taken_back_is_back(place: Path) -> None:
    """A rating of tomorrow, undone today: the one before it is there again, and so is the next one."""
    with Store.open(place) as kept:
        before = kept.marks_on(["linkedin:p1"])
        kept.rate("linkedin:p1", "stranger", kept.moment(TOMORROW))
        kept.set_marks(["linkedin:p1"], *before)
        assert kept.ratings()["rating"].tolist() == ["close"]
        kept.rate("linkedin:p1", "stranger", kept.moment(DEAD))
        assert kept.ratings()["rating"].tolist() == ["stranger"]
        kept.set_marks(["linkedin:p1"], rating_table(), kept.labels())
        assert kept.ratings().empty


def test_the_order_of_imports_is_that_of_their_coming(place: Path) -> None:
    """By number, and by what the files speak of; a later list holds although the clock says that it came earlier."""
    with Store.open(place) as kept:
        for week, clock in enumerate(CLOCKS, 2):
            told = kept.moment(clock)
            taken = NOW + pd.Timedelta(weeks=week)
            kept.add(export(200 + week), Import(f"week {week}", str(week), told, taken))
        listed = kept.imports()
        assert listed["digest"].tolist() == ["1", "2", "3", "4", "5", "6"]
        assert listed["at"].is_monotonic_increasing
        assert listed["taken"].is_monotonic_increasing
        assert len(kept.records().interactions) == 206
        assert kept.verify().problems == ()


def test_a_command_goes_by_the_last_moment_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`auditor store import` under a clock that was set back: imports stand in their order, and the newer list holds."""
    place = tmp_path / "auditor.sqlite3"
    head = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    for turn, clock in enumerate([pd.Timestamp("2098-01-01T00:00:00Z"), pd.Timestamp("2026-11-01T00:00:00Z")]):

        class Clock:
            @staticmethod
            def now(_: object, clock: pd.Timestamp = clock) -> pd.Timestamp:
                return clock

        monkeypatch.setattr(cli_store, "datetime", Clock)
        file = tmp_path / "Connections.csv"
        row = ["Ada", "Adler", "https://www.linkedin.com/in/ada", "", f"Employer {turn}", "Engineer", "01 Feb 2024"]
        more = ["Ben", "Brandt", "https://www.linkedin.com/in/ben", "", "", "", f"0{turn + 1} Mar 2024"]
        file.write_text(csv_of(head, row, more), encoding="utf-8")
        ran = CliRunner().invoke(main, ["store", "import", str(file), "--store", str(place)])
        assert ran.exit_code == 0, ran.output
    with Store.open(place) as kept:
        assert kept.imports()["at"].is_monotonic_increasing
        people = kept.records().people.set_index("person")
        assert people.loc["linkedin:ada", "company"] == "Employer 1"


def test_the_newest_copy_is_the_one_that_was_made_last(place: Path) -> None:
    """A copy of tomorrow, then, with the clock right again, one of today: the store is repaired from that of today."""
    copies.before(place, 99)
    (early,) = copies.beside(place)
    ahead = early.stat().st_mtime_ns + 400 * 86_400 * 10**9
    os.utime(early, ns=(ahead, ahead))
    with Store.open(place) as kept:
        kept.rate("linkedin:p2", "stranger", NOW)
        kept.snapshot("2026-W09", "1.0", pd.DataFrame({"person": ["linkedin:p1"], "depth": [71.0]}))
    assert [path.name.partition("3.")[2] for path in copies.beside(place)] == ["before-v99", "week-2026-W09"]
    place.write_bytes(b"")
    repair(place, DEAD)
    with Store.open(place) as kept:
        assert len(kept.ratings()) == 2


def test_a_week_is_copied_whatever_week_the_clock_says(place: Path) -> None:
    """Each first snapshot of a week makes the copy of that week, in whatever order weeks come; there is one at a time."""
    for week in ("2026-W50", "2026-W09", "1970-W01"):
        with Store.open(place) as kept:
            kept.snapshot(week, "1.0", pd.DataFrame({"person": ["linkedin:p1"], "depth": [71.0]}))
        assert [path.name.partition("week-")[2] for path in copies.beside(place)] == [week]
    with Store.open(place) as kept:
        assert sorted(set(kept.snapshots()["week"])) == ["1970-W01", "2026-W09", "2026-W50"]
