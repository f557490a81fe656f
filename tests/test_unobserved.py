"""A list of connections alone: what it cannot know is withheld wherever it would be told, and never a nought."""

from __future__ import annotations

from datetime import date

import pytest
from fabricate import records

from auditor import deliver, letter
from auditor.audit import Audit, audit
from auditor.communities import find
from auditor.habits import Log, weak
from auditor.habits.collecting import collecting, yields
from auditor.records import Records
from auditor.ui import mapdrawing
from auditor.ui.table import Table
from auditor.weekly import WeeklyReport, weekly_report

DAY = date(2026, 11, 15)


@pytest.fixture(name="alone")
def fixture_alone() -> Records:
    """Seventy connections at twenty-two employers, thirty of them of one month, the last of this week."""
    rows = [f"p{n},Pat {n},Firm {n // 3},2026-0{1 + n % 6}-01" for n in range(40)]
    spree = [f"q{n},Quin {n},Firm {n // 3},2021-03-{1 + n % 10:02}" for n in range(30)]
    known = "\n".join(["person,name,company,connected_on", *rows, *spree, "zoe,Zoe Zorn,,2026-11-12"])
    return records(known=known)


@pytest.fixture(name="bare")
def fixture_bare(alone: Records) -> Audit:
    """Their audit."""
    return audit(alone, DAY)


@pytest.fixture(name="report")
def fixture_report(alone: Records) -> WeeklyReport:
    """Their week."""
    return weekly_report(alone, as_of=DAY)


def test_the_week_says_bigger_and_not_whether_deeper(report: WeeklyReport) -> None:
    """Neither what silence took, nor what was gained: there is no depth to speak of."""
    assert report.headline.startswith("Bigger: new people came. Whether deeper, these files cannot tell. There is no ")
    assert (report.gained, report.lost) == (None, None)
    said = letter.text(report)
    assert "-0" not in said
    assert "In touch with          —  no file shows it" in said
    assert "Depth gained           —  withheld" in said
    assert "of 150" not in letter.html(report)


def test_nobody_is_to_be_followed_up_where_no_file_would_show_a_message(report: WeeklyReport) -> None:
    """Zoe connected this week; whether either has written is not known."""
    assert report.actions == ()


def test_no_depth_lost_is_no_negative_nought() -> None:
    """The first exchange ever: something gained, nothing lost."""
    made = records(
        "person,at,direction\nana,2026-11-12T09:00Z,out\nana,2026-11-12T10:00Z,in", "person,name\nana,Ana Ash"
    )
    assert str(weekly_report(made, as_of=DAY).lost) == "0.0"
    assert "and 0 lost to silence" in letter.text(weekly_report(made, as_of=DAY))


def test_habits_count_nobody_as_not_deep(alone: Records, bare: Audit) -> None:
    """What came of them is withheld; a spree is told by its size; nobody is known to be weak."""
    log = Log.of(alone, bare)
    assert str(yields(log).withheld).startswith("There is no exchange in these files")
    assert collecting(log).sentence == "Most at once in March 2021: you added 30 people."
    assert list(collecting(log).evidence.columns) == ["When", "Added"]
    assert weak(log) == ()


def test_the_table_has_no_bar_at_nought(alone: Records, bare: Audit) -> None:
    """Nothing stands where nothing is known."""
    assert Table.of(bare, alone).rows["depth"].null_count == len(bare.ties)


def test_the_map_names_the_biggest_groups(alone: Records, bare: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """All have the same depth, none, so they stand by size."""
    monkeypatch.setattr(mapdrawing, "MOST_BUBBLES", 5)
    drawn = mapdrawing.bubbles(find(alone, bare), bare.ties["state"])
    assert drawn.caption.startswith("The 5 biggest groups are drawn")
    assert "most depth" not in drawn.alt


def test_the_terminal_compares_no_noughts_with_dunbar(bare: Audit) -> None:
    """One line in place of the layers."""
    said = deliver.text(bare)
    assert "Layers are withheld: they go by days in touch, and no file here shows any." in said
    assert "support clique" not in said


def test_no_number_of_depth_is_written_down(bare: Audit) -> None:
    """In the table that CSV, XLSX and the Ties page are made of: a nought would be a claim."""
    table = deliver.tie_table(bare.ties)
    assert set(table["kind"]) == {"unobserved"}
    assert table[["depth", "low", "high", "p_two_way", "lifetime_depth"]].isna().all(axis=None)
