"""The letter: text of 80 columns, JSON of plain values, a page whose names are text, reminders that a calendar reads."""

from __future__ import annotations

import dataclasses
import json
import re
import unicodedata
from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from icalendar import Calendar
from letters import HOSTILE, fullest

from auditor import letter
from auditor.letter.sections import facts, sections
from auditor.weekly import WeeklyReport

NAME = "Anke Hartwig-Neuhaus"
QUIET = {"exchanges": 0, "newcomers": ()}


def quiet(report: WeeklyReport) -> WeeklyReport:
    return dataclasses.replace(report, **QUIET)


@pytest.mark.parametrize("name", [NAME, HOSTILE, "x" * 500, "漢" * 50])
def test_no_line_of_the_text_is_wider_than_eighty(name: str) -> None:
    """Whatever people are called."""
    lines = letter.text(fullest(name)).splitlines()
    assert max(map(len, lines)) <= 80
    assert not [c for line in lines for c in line if unicodedata.category(c) in ("Cc", "Cf")]


def test_the_text_begins_with_the_answer() -> None:
    """Whose week it is, deeper or bigger, the numbers, and then what is worth doing."""
    told = letter.text(fullest(NAME))
    assert told.startswith(
        f"{NAME}. Week 2026-W46, from 9 November 2026 to 13 November 2026,\nwhere the files end\n\nDeeper"
    )
    assert told.index("Meaningful ties") < told.index("Worth doing") < told.index("They wait for you")
    assert f"+44 {NAME}: You wrote on 7 days; they wrote on 7 days;" in told
    assert "−22 " in told


def test_a_quiet_week_is_short() -> None:
    """What to do, who waits, what changed; no list of moves."""
    report = fullest(NAME)
    assert {s.key for s in sections(report)} - {s.key for s in sections(quiet(report))} == {
        *("up", "down", "newcomers", "crossings", "dormant", "year_ago")
    }
    calm = dataclasses.replace(quiet(report), changes=None, waiting_for_you=(), you_wait_for=())
    assert len(letter.text(calm).splitlines()) < 20


def test_light_and_dormant_ties_come_with_their_worth() -> None:
    """One sentence each, where they are shown."""
    notes = {s.key: s.note for s in sections(fullest(NAME))}
    assert "led to new jobs more often" in notes["newcomers"]
    assert "gave advice as good" in notes["dormant"]
    assert "cannot tell which" in notes["vanished"]


@pytest.mark.parametrize("word", ["shallow", "should", "neglect", "must", "fail", "forgot", "customer", "score"])
def test_it_never_scolds(word: str) -> None:
    """A letter describes and proposes."""
    assert word not in letter.text(fullest(NAME)).casefold()


def test_a_withheld_count_is_a_dash() -> None:
    """And no number is made up for it."""
    unknown = dict.fromkeys(("meaningful", "meaningful_low", "meaningful_high", "meaningful_before"))
    report = dataclasses.replace(fullest(NAME), **unknown, withheld="These files hold 20 days of history.")
    assert next((f.value, f.below) for f in facts(report)) == ("—", "withheld")
    assert "20 days of history" in letter.text(report)
    assert "—" in letter.html(report)


def test_the_json_is_plain_and_whole() -> None:
    """Every field but the picture's dots; days as days; tables as lists; what is missing as null."""
    report = fullest(NAME)
    told = json.loads(letter.to_json(report))
    assert set(told) == {"headline", "quiet", *(f.name for f in dataclasses.fields(report))} - {"dots"}
    assert (told["start"], told["quiet"], told["year_ago"]["week"]) == ("2026-11-09", False, "2025-W46")
    assert told["waiting_for_you"][0] == {
        "human": "linkedin:x",
        "name": NAME,
        "asked": "2026-11-10",
        "days": 730,
        "depth": 99.9,
    }
    assert told["changes"]["vanished"][6]["connected_on"] == "2020-01-01"
    gone = report.changes
    assert gone
    gone.vanished.loc[0, "connected_on"] = pd.NaT
    assert json.loads(letter.to_json(report))["changes"]["vanished"][0]["connected_on"] is None


def test_names_in_the_page_are_text() -> None:
    """HTML is escaped, what steers a display is gone, and a template in a name stays words."""
    page = letter.html(fullest(HOSTILE))
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert not [c for c in page if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]
    assert "<bdi>{{ 7*7 }}</bdi>" in letter.html(fullest("{{ 7*7 }}"))


def test_the_page_needs_nothing_else() -> None:
    """No script, no address of anything, and a policy that would refuse both."""
    page = letter.html(fullest(NAME))
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import|https?:", page)
    assert "default-src 'none'" in page


def test_the_trend_is_drawn_where_there_is_a_history() -> None:
    """From the first week to the report's, later ones left out; under three weeks, or without a count, no line."""
    history = pd.DataFrame(
        {"week": ["2026-W44", "2026-W45", "2026-W46", "2026-W47"], "connections": [10, 20, 30, 900], "meaningful": None}
    )
    page = letter.html(fullest(NAME), history)
    assert page.count("<polyline") == 1
    assert "connections: 10 → 30" in page
    assert "<polyline" not in letter.html(fullest(NAME), history.tail(3))
    assert letter.html(fullest(NAME), history.set_index("week")) == page
    assert "<polyline" not in letter.html(fullest(NAME))


def test_reminders_are_read_back_as_they_were_chosen() -> None:
    """One entry an action, from nine on the Monday after, each with an alarm; texts as they are, names without tricks."""
    report = fullest(HOSTILE)
    events = Calendar.from_ical(letter.ics(report)).walk("VEVENT")
    assert [e["DTSTART"].dt for e in events] == [datetime(2026, 11, 16, 9, 15 * n) for n in range(3)]
    assert [e["DURATION"].dt for e in events] == [timedelta(minutes=15)] * 3
    assert [len(e.walk("VALARM")) for e in events] == [1, 1, 1]
    assert str(events[0]["SUMMARY"]) == "Get in touch: <img src=x onerror=alert(1)>[31mBEGIN:VEVENT{{ 7*7 }}"
    assert str(events[0]["DESCRIPTION"]) == report.actions[0].why


def test_the_chosen_ones_on_the_chosen_day_with_the_next_export() -> None:
    """And the clicks that lead to it; the same report gives the same bytes."""
    report = fullest(NAME)
    options = {"chosen": report.actions[:1], "on": date(2026, 11, 18), "export_due": date(2026, 11, 20)}
    made = letter.ics(report, **options)  # type: ignore[arg-type]
    one, due = Calendar.from_ical(made).walk("VEVENT")
    assert one["DTSTART"].dt == datetime(2026, 11, 18, 9)
    assert due["DTSTART"].dt == datetime(2026, 11, 20, 9)
    assert "Get a copy of your data" in str(due["DESCRIPTION"])
    assert one["UID"] != due["UID"]
    assert made == letter.ics(report, **options)  # type: ignore[arg-type]
