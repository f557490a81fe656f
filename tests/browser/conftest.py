"""The app in Debian's chromium. Whatever a journey does, nothing may leave this machine and nothing may fail silently."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from journey import PATIENCE_MS, Journey
from playwright.sync_api import Browser, sync_playwright
from serving import APP, serving

CHROMIUM = Path("/usr/bin/chromium")
WHERE = ("auditor is at http://127.0.0.1", "You can now view your Streamlit app", "URL: http://127.0.0.1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser, and is skipped, visibly, where there is none."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app answers, started as a user starts it. At its end: it tried to reach no other machine, and the log says
    nothing but where it is.
    """
    place = tmp_path_factory.mktemp("app")
    command = (sys.executable, Path(__file__).with_name("watched.py"), place / "elsewhere", *APP[3:])
    with (place / "log.txt").open("w") as log, serving(command, place / "store.sqlite3", log) as running:
        yield running
    assert not (place / "elsewhere").exists(), (place / "elsewhere").read_text(encoding="utf-8")
    said = [line.strip() for line in (place / "log.txt").read_text(encoding="utf-8").splitlines()]
    assert [line for line in said if line and not line.startswith(WHERE)] == []


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the journeys of a file; each has a session of its own.

    Playwright keeps an event loop running in this thread, which would be in the way of other files that start one.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def journey(chromium: Browser, address: str) -> Iterator[Journey]:
    """A fresh visit. At its end: no request went elsewhere, and the console is clean."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE_MS)
    trip = Journey(context.new_page(), address)
    trip.page.on("request", lambda request: trip.note(request.url))
    trip.page.on("console", lambda line: trip.complaints.append(line.text) if line.type == "error" else None)
    trip.page.on("pageerror", lambda error: trip.complaints.append(str(error)))
    trip.page.goto(address)
    trip.see("Which of your connections are relationships?")
    yield trip
    context.close()
    assert trip.elsewhere == []
    assert trip.complaints == []
