"""Makes the pictures of every page, wide and phone, light and dark, of the fictional sample.

    make shots      or:  python tests/browser/shots.py FOLDER [PAGE …]

The app is started as a user starts it, with a store of its own. Those that stand in the README are made anew as well.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from journey import Journey
from playwright.sync_api import Browser, sync_playwright
from tour import PAGES, begin, meet, team, visit

sys.path.insert(0, str(Path(__file__).parents[1]))

from serving import APP, serving

SIZES = {"wide": (1280, 800), "phone": (390, 844)}
TALLEST = 5_000
README = Path(__file__).parents[2] / ".readme"
BEST = {("audit", "light"): 1_180, ("ties", "light"): 900, ("person", "light"): 1_500, ("map", "dark"): 960}
"""The wide pictures that stand in the README, and down to which height."""


def shoot(browser: Browser, address: str, folder: Path, size: str, scheme: str, pages: list[str], run: Path) -> None:
    """One visit, one picture a page."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    trip = Journey(context.new_page(), address)
    trip.page.goto(address)
    trip.see("Which of your connections are relationships?")
    trip.settle()
    trip.page.wait_for_timeout(1_500)  # the example's rings are drawn last
    trip.page.screenshot(path=folder / f"empty-{size}-{scheme}.png")
    begin(trip)
    for name in pages:
        visit(trip, PAGES[name])
        if name == "person":
            _somebody(trip)
        if name == "team":
            meet(trip, run)
        tall = trip.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        trip.page.set_viewport_size({"width": width, "height": min(int(tall) + 80, TALLEST)})
        trip.page.wait_for_timeout(1_500)
        trip.settle()
        trip.page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
        if size == "wide" and (name, scheme) in BEST:
            below = {"x": 0, "y": 0, "width": width, "height": BEST[name, scheme]}
            trip.page.screenshot(path=README / f"{name}.png", clip=below)
        trip.page.set_viewport_size({"width": width, "height": height})
    context.close()


def _somebody(trip: Journey) -> None:
    """Somebody's page: the one who is proposed for being dormant."""
    trip.page.get_by_text("dormant: as deep as").first.wait_for()
    row = trip.page.get_by_test_id("stHorizontalBlock").filter(has_text="dormant: as deep as").last
    row.get_by_role("link").click()
    trip.see("The depth over the years")


def main() -> None:
    """Starts the app, visits it in each size and scheme, and stops it."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        serving(APP, Path(place, "store.sqlite3")) as address,
        sync_playwright() as playwright,
    ):
        run = team(Path(place))
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for size in SIZES:
            for scheme in ("light", "dark"):
                shoot(browser, address, folder, size, scheme, sys.argv[2:] or list(PAGES), run)
        browser.close()


if __name__ == "__main__":
    main()
