"""New humans, company with them, old ties and new."""

from __future__ import annotations

import pytest
from fabricate import records

from auditor.audit import audit
from auditor.habits import Log
from auditor.habits.circle import circle, new_company, new_humans

KNOWN = """
    person,name,connected_on
    ana,Ana Reyes,2019-05-01
    ben,Ben Okoro,2025-11-03
    cem,Cem Aydin,2026-03-02
"""


def log(exchanges: str, known: str = KNOWN, as_of: str = "2026-06-07") -> Log:
    found = records(exchanges, known, covers=("2015-01-01", "2026-06-07"))
    return Log.of(found, audit(found, as_of=as_of))


def test_a_new_human_is_the_first_day_that_went_both_ways() -> None:
    """
    Ana wrote and was answered in 2025; Ben both in June 2026, this week; Cem was only written to; with Dan there was a
    meeting. In a history of 371 days, a year of 365 days has 52.14 weeks.
    """
    found = new_humans(
        log("""
            person,at,direction,channel
            ana,2025-06-02T09:00Z,out,message
            ana,2025-06-03T09:00Z,in,message
            ben,2025-12-01T09:00Z,in,message
            ben,2026-06-02T09:00Z,out,message
            cem,2026-05-01T09:00Z,out,message
            dan,2026-05-04T12:00Z,both,meal
        """)
    )
    assert found.figure == pytest.approx(2 / (365 / 7))
    assert "2 new people; this week with 1." in found.sentence
    assert found.evidence["Name"].tolist() == ["Ben Okoro", "linkedin:dan"]
    assert found.trend["2026-06"] == 1
    assert found.trend["2025-06"] == 1
    assert found.trend["2025-07"] == 0


def test_company_counts_who_was_met_within_a_year() -> None:
    """Ana has been connected for years; a meal and a meeting on one day are one; a message is no company."""
    found = new_company(
        log("""
            person,at,direction,channel
            ana,2026-05-04T12:00Z,both,meal
            ben,2026-05-05T12:00Z,both,meal
            ben,2026-05-05T15:00Z,both,meeting
            ben,2026-06-03T12:00Z,both,meeting
            cem,2026-05-06T12:00Z,out,message
        """)
    )
    assert found.evidence[["Name", "What"]].to_numpy().tolist() == [["Ben Okoro", "meeting"], ["Ben Okoro", "meal"]]
    assert found.target == 2
    assert "sat down 2 times" in found.sentence
    assert "this week 1 time." in found.sentence


def test_without_a_calendar_there_is_no_figure_for_company() -> None:
    """Nothing is made of nothing."""
    found = new_company(log("person,at,direction\nana,2026-05-04T12:00Z,out"))
    assert (found.figure, found.withheld is None) == (None, False)
    assert new_humans(log("")).withheld
    assert circle(log("")).withheld


def test_tending_is_the_share_of_contact_days_with_old_ties() -> None:
    """Three days with Ana, of six years; one with Ben, of half a year: 75 %."""
    found = circle(
        log("""
            person,at,direction
            ana,2026-05-04T12:00Z,out
            ana,2026-05-04T14:00Z,in
            ana,2026-05-05T12:00Z,out
            ana,2026-06-05T12:00Z,out
            ben,2026-05-05T12:00Z,out
        """)
    )
    assert found.figure == 75
    assert found.trend["2026-06"] == 100
    assert found.evidence["Contact days"].tolist() == [3, 1]
