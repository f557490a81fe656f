"""Every page of the app on the fictional sample: where to click, and when a page is drawn."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from journey import Journey

sys.path.insert(0, str(Path(__file__).parents[1] / "team"))

from exports import hand_in

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


def team(place: Path) -> Path:
    """The folder of a run over a small team: Robin and Cleo know Ada, only Cleo knows Ben, Kim and Dan are close."""
    handed = place / "team"
    hand_in(handed, "robin-hart", {"kim-lund": 60, "ada-marsh": 1, "dan-voss": 0}, lunches=10)
    hand_in(handed, "kim-lund", {"dan-voss": 60, "robin-hart": 60})
    hand_in(handed, "cleo-okafor", {"ada-marsh": 60, "ben-ito": 60})
    command = [sys.executable, "-m", "auditor.cli", "team", "audit", handed, "--out", place / "run", "--workers", "1"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return place / "run"


def meet(trip: Journey, run: Path) -> None:
    """Shows that run on the page Team."""
    trip.page.get_by_role("textbox", name="Folder of a run").fill(str(run))
    trip.page.keyboard.press("Enter")
    trip.see("Side by side")
