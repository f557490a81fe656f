"""Every page of the app on the fictional sample: where to click, and when a page is drawn."""

from __future__ import annotations

from journey import Journey

PAGES = {
    "audit": "Audit",
    "week": "This week",
    "ties": "Ties",
    "person": "Person",
    "map": "Map",
    "habits": "Habits",
    "review": "Review",
    "data": "Data & method",
    "team": "Team",
}
"""The name of a page in files, and in the navigation."""


def begin(trip: Journey) -> None:
    """Opens the sample, and waits for its audit."""
    trip.page.get_by_role("button", name="Try it with the fictional sample").click()
    trip.page.get_by_role("button", name="Add files").wait_for(timeout=90_000)
    trip.settle()


def visit(trip: Journey, title: str) -> None:
    """Goes to a page by the navigation, wide or in the drawer of a phone, and waits until it is drawn."""
    drawer = trip.page.get_by_test_id("stExpandSidebarButton")
    if drawer.count():
        drawer.first.click()
    trip.page.get_by_role("link", name=title).first.click()
    trip.page.wait_for_timeout(500)
    trip.settle()
    close = trip.page.get_by_test_id("stSidebarCollapseButton")
    if close.count() and close.first.is_visible():
        close.first.click()
        trip.page.wait_for_timeout(500)
