"""A week of use in fast motion: one server, two visitors, upload after upload, each with a filter and a report.

AUDITOR_UPLOADS=500 python -m pytest -s tests/browser/test_fast_motion.py      (make soak)
"""

from __future__ import annotations

import io
import os
import statistics
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from journey import Journey
from playwright.sync_api import Browser
from serving import APP, serving

UPLOADS = int(os.environ.get("AUDITOR_UPLOADS", "8"))
WARM = min(20, UPLOADS // 2)
"""Uploads until memory is what it will be: libraries are loaded, caches are full."""

GROWN = 1.10
"""By how much it may have grown in the end."""

FRESH = 10
"""Uploads until a visitor comes anew, in a session of their own."""

PEOPLE, WEEKS = 60, 6
HEAD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)
ME = "https://www.linkedin.com/in/alex-morgan"


def export(family: str, turn: int) -> bytes:
    """A small export of the visitor of that family: everybody in it goes by its name, and no two exports are alike. It
    spans six weeks, since what an audit takes hangs on how many there are, and what it leaves behind does not.
    """
    known = ["First Name,Last Name,URL,Email Address,Company,Position,Connected On"]
    talk = [HEAD]
    for n in range(PEOPLE):
        name, url = f"P{n}" if n else "Zebulon", f"https://www.linkedin.com/in/{family.lower()}-{turn}-{n}"
        known.append(f"{name},{family},{url},,{family} Works {n % 9},Engineer,{n % 28 + 1:02} Feb 2024")
        for week in range(WEEKS):
            day = f"2026-{week // 4 + 1:02}-{week % 4 * 7 + n % 7 + 1:02}"
            one = (
                f"c{n},,Alex Morgan,{ME},{name} {family},{url},{day} 10:00:00 UTC,,shall we meet about {n + turn}?,SENT"
            )
            two = f"c{n},,{name} {family},{url},Alex Morgan,{ME},{day} 12:00:00 UTC,,gladly then {n * week},INBOX"
            talk += [one] if (n + week) % 5 == 0 else [one, two]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", "\n".join(known))
        archive.writestr("messages.csv", "\n".join(talk))
        archive.writestr("Profile.csv", "First Name,Last Name,Maiden Name,Address,Headline\nAlex,Morgan,,,\n")
    return packed.getvalue()


@dataclass
class Visitor:
    """Somebody with a browser window of their own, whose people all bear one family name."""

    browser: Browser
    address: str
    family: str
    other: str
    trip: Journey | None = None

    def come(self) -> Journey:
        """A visit from the beginning, in a new session."""
        self.leave()
        page = self.browser.new_context(viewport={"width": 900, "height": 600}, accept_downloads=True).new_page()
        page.set_default_timeout(30_000)
        self.trip = Journey(page, self.address)
        page.goto(self.address)
        self.trip.see("Which of your connections are relationships?")
        return self.trip

    def leave(self) -> None:
        if self.trip:
            self.trip.page.context.close()

    def upload(self, turn: int) -> None:
        """Hands in the export of a turn, in place of the one before."""
        trip = self.trip
        if trip is None or turn % FRESH == 0:
            trip = self.come()
        else:
            trip.page.get_by_role("button", name="Forget this export").click()
            trip.page.get_by_role("button", name="Forget it", exact=True).click()
            trip.page.get_by_text("once an export was read").wait_for()
            trip.page.get_by_role("link", name="Audit", exact=True).click()
            trip.page.get_by_text("Which of your connections are relationships?").wait_for()
        content = export(self.family, turn)
        packed = {"name": f"{self.family}-{turn}.zip", "mimeType": "application/zip", "buffer": content}
        trip.page.locator("input[type=file]").first.set_input_files([packed])

    def filter(self, turn: int) -> None:
        """Waits for the audit, looks for one of its people among the ties, and takes them away as a table."""
        trip = self.trip
        assert trip
        trip.page.get_by_text("Kinds of tie").wait_for()
        trip.page.get_by_role("link", name="Ties", exact=True).click()
        trip.page.get_by_label("Search names, companies and positions").fill("Zebulon")
        trip.page.get_by_text(f"1 of {PEOPLE}", exact=True).wait_for()
        self.taken(trip, "Download these as CSV", f"/{self.family}-{turn}-0".lower())

    def report(self) -> None:
        """The week, as a page to print."""
        trip = self.trip
        assert trip
        trip.page.get_by_role("link", name="This week", exact=True).click()
        trip.page.get_by_text("This week as a file").wait_for()
        self.taken(trip, "One page to print (HTML)", self.family)

    def taken(self, trip: Journey, button: str, words: str) -> None:
        """A file that is downloaded is about the visitor's people, and nobody else's; so is the page."""
        trip.settle()
        with trip.page.expect_download() as caught:
            trip.page.get_by_role("button", name=button).click()
        text = caught.value.path().read_text(encoding="utf-8")
        caught.value.delete()
        assert words in text
        for seen in (text, trip.page.locator("body").inner_text()):
            assert self.other not in seen


@pytest.fixture(name="visitors")
def fixture_visitors(chromium: Browser, tmp_path: Path) -> Iterator[tuple[Visitor, Visitor, psutil.Process]]:
    """Two visitors of one server, and its process."""
    with serving(APP, tmp_path / "store.sqlite3") as address:
        port = str(urlsplit(address).port)
        (process,) = [one for one in psutil.Process().children() if port in one.cmdline()]
        yield (
            Visitor(chromium, address, "Adlerberg", "Quillfeather"),
            Visitor(chromium, address, "Quillfeather", "Adlerberg"),
            process,
        )


def test_memory_stays_flat_and_nobody_sees_the_other(visitors: tuple[Visitor, Visitor, psutil.Process]) -> None:
    """Both hand in at once, so that their readings overlap; after the first twenty uploads memory is what it was."""
    *both, process = visitors
    curve: list[float] = []
    for turn in range(UPLOADS // 2):
        for visitor in both:
            visitor.upload(turn)
        for visitor in both:
            visitor.filter(turn)
        for visitor in both:
            visitor.report()
        curve += [process.memory_info().rss / 2**20] * 2
        print(f"{len(curve)} uploads: {curve[-1]:.0f} MB", flush=True)
    warm = statistics.median(curve[max(WARM - 6, 0) : WARM])
    last = statistics.median(curve[-10:])
    assert last <= warm * GROWN, f"from {warm:.0f} MB to {last:.0f} MB"
