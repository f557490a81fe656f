"""No page keeps out who reads with their ears, or goes by keyboard: axe finds nothing serious on any of them."""

from __future__ import annotations

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


def dark(journey: Journey) -> None:
    """The visit once more, in the dark scheme."""
    journey.page.emulate_media(color_scheme="dark")
    journey.page.reload()
    journey.see("Which of your connections are relationships?")
    journey.settle()


def test_the_empty_page(journey: Journey) -> None:
    """Before there is data, in both schemes."""
    journey.settle()
    assert grave(journey) == []
    dark(journey)
    assert grave(journey) == []


def test_every_page_of_the_sample(journey: Journey) -> None:
    """Each page, one after the other, in one visit."""
    _tour(journey, list(PAGES))


def test_what_is_chosen_in_the_dark(journey: Journey) -> None:
    """The pages with pills, tabs and coloured buttons, where a scheme can go wrong by itself."""
    dark(journey)
    _tour(journey, ["ties", "review", "data"])


def _tour(journey: Journey, names: list[str]) -> None:
    begin(journey)
    found = {}
    for name in names:
        visit(journey, PAGES[name])
        found[name] = grave(journey)
    assert {name: places for name, places in found.items() if places} == {}
