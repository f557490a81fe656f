"""Reports made up for the letter's tests: the fullest there can be, and names that would rather be something else."""

from __future__ import annotations

from datetime import date

import pandas as pd

from auditor.changes import Changes
from auditor.dunbar import LAYERS, LayerCount
from auditor.moves import NAMED, Crossing, Mover, Newcomer
from auditor.rings import layout
from auditor.suggestions import ACTIONS, Action, Dormant, Waiting
from auditor.weekly import WeeklyReport, YearAgo

HOSTILE = "<img src=x onerror=alert(1)>\u202e\x1b[31m\r\nBEGIN:VEVENT{{ 7*7 }}"
"""HTML, a character that turns the direction of writing, a terminal's colour, a line break, a template's braces."""

WHY = "You wrote on 7 days; they wrote on 7 days; you two met on 5 days; you two ate together on 3 days."


def fullest(name: str) -> WeeklyReport:
    """A report with every list as long as it gets, and everybody called `name`."""
    who, five = ("linkedin:x", name), range(NAMED)
    day = date(2026, 11, 10)
    return WeeklyReport(
        week="2026-W46",
        start=date(2026, 11, 9),
        end=date(2026, 11, 15),
        seen_to=date(2026, 11, 13),
        running=True,
        owner=name,
        connections=29_998,
        connections_before=28_764,
        meaningful=1234.5,
        meaningful_low=1111.1,
        meaningful_high=1357.9,
        meaningful_before=1200.0,
        withheld=None,
        gained=12_345.6,
        lost=12_340.1,
        exchanges=123_456,
        in_touch=12_345,
        layers=tuple(LayerCount(c.name, c.size, 12_345, c.meaning) for c in LAYERS),
        up=tuple(Mover(*who, 88.8, 44.4, WHY) for _ in five),
        down=tuple(Mover(*who, 55.5, -22.2, "Quiet for 365 days.") for _ in five),
        newcomers=tuple(Newcomer(*who, "connected; the files do not say who asked") for _ in five),
        newcomers_more=1229,
        crossings=tuple(Crossing(*who, "active network", "sympathy group", inward=True) for _ in five),
        crossings_more=321,
        waiting_for_you=tuple(Waiting(*who, day, 730, 99.9) for _ in five),
        waiting_for_you_more=1_000,
        you_wait_for=tuple(Waiting(*who, day, 730, 99.9) for _ in five),
        you_wait_for_more=1_000,
        dormant=tuple(Dormant(*who, 99.9, day, "they wrote a recommendation") for _ in range(ACTIONS)),
        actions=tuple(
            Action(*who, "Get in touch", "You two are in touch every 123 days or so; it has been 365 days.")
            for _ in range(ACTIONS)
        ),
        year_ago=YearAgo("2025-W46", 1234.5, 12_345, 12_340),
        changes=changed(name),
        dots=tuple(layout([(f"linkedin:{n}", n % 4, 50.0) for n in range(400)])),
    )


def changed(name: str) -> Changes:
    """Seven of each sort of change."""
    people = pd.DataFrame(
        {
            "person": [f"linkedin:{n}" for n in range(7)],
            "name": name,
            "company": name,
            "position": name,
            "connected_on": pd.Timestamp("2020-01-01", tz="UTC"),
        }
    )
    jobs = people.drop(columns="connected_on").assign(company_before=name, position_before=name)
    renamed = people[["person", "name"]].assign(name_before=f"{name} before", person_before="linkedin:before")
    since, until = pd.Timestamp("2026-11-01", tz="UTC"), pd.Timestamp("2026-11-08", tz="UTC")
    return Changes(since, until, people, people, people, jobs, renamed)
