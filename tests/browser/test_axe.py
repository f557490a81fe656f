"""No page keeps out who reads with their ears, or goes by keyboard: axe finds nothing serious on any of them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from journey import Journey
from tour import PAGES, begin, visit

GRAVE = {"serious", "critical"}
SPARK = "metric_chart_"
"""Streamlit draws the spark line of a metric with a point that has no name; the same trend stands beside it in words."""


def grave(trip: Journey) -> list[str]:
    """What axe calls serious or critical: the rule, and the place."""
    found = Axe().run(trip.page).response["violations"]
    nodes = [(v["id"], node["html"]) for v in found if v["impact"] in GRAVE for node in v["nodes"]]
    return [f"{rule}: {html[:300]}" for rule, html in nodes if SPARK not in html]


@pytest.fixture(params=["light", "dark"])
def trip(journey: Journey, request: pytest.FixtureRequest) -> Journey:
    """A visit in either scheme."""
    journey.page.emulate_media(color_scheme=request.param)
    journey.page.reload()
    journey.see("Which of your connections are relationships?")
    journey.settle()
    return journey


def test_the_empty_page(trip: Journey) -> None:
    """Before there is data."""
    assert grave(trip) == []


def test_every_page_of_the_sample(trip: Journey) -> None:
    """Each page, one after the other, in one visit."""
    begin(trip)
    found = {}
    for name, title in PAGES.items():
        visit(trip, title)
        found[name] = grave(trip)
    assert {name: places for name, places in found.items() if places} == {}
