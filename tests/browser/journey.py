"""What a journey through the app sees and does."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from auditor import rings

PATIENCE_MS = 30_000

_COLOURS = """canvas => {
    const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data
    const seen = new Set()
    for (let i = 0; i < data.length; i += 16) seen.add((data[i] << 16) + (data[i + 1] << 8) + data[i + 2])
    return seen.size
}"""


@dataclass
class Journey:
    """A page, and what it asked for and complained about on the way."""

    page: Page
    address: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Waits until the page is drawn."""
        ready = self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
        ready.wait_for(timeout=PATIENCE_MS)
        expect(self.page.locator('[data-stale="true"]')).to_have_count(0, timeout=PATIENCE_MS)

    def see(self, words: str) -> Locator:
        """The words on the page, once they are there; a number that they begin with is the whole of a number there."""
        whole = re.compile(rf"(?<![\d,.]){re.escape(words)}") if words[0].isdigit() else words
        found = self.page.get_by_text(whole).first
        found.wait_for(timeout=PATIENCE_MS)
        self.settle()
        return found

    def turn(self, shown: Locator, before: str) -> str:
        """What it says once it no longer says `before`."""
        expect(shown).not_to_have_text(before, timeout=PATIENCE_MS)
        self.settle()
        return shown.inner_text()

    def give(self, *files: Path) -> None:
        """Drops files on the drop zone."""
        self.page.locator("input[type=file]").first.set_input_files(files)

    def colours(self, chart: str) -> int:
        """How many different colours the canvas of the chart with this key has: 1 is a blank."""
        canvas = self.page.locator(f".st-key-{chart} canvas").first
        canvas.wait_for(timeout=PATIENCE_MS)
        canvas.scroll_into_view_if_needed()
        for _ in range(50):
            if (count := int(canvas.evaluate(_COLOURS))) > 1:
                return count
            self.page.wait_for_timeout(100)
        return 1

    def dot(self, human: str) -> tuple[float, float]:
        """Where on the screen the only dot of the target stands, that of `human` in the support clique."""
        canvas = self.page.locator("[class*=st-key-target-2] canvas").first
        (dot,) = rings.layout([(human, 0, 90.0)])
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box
        radius = 0.86 * min(box["width"], box["height"]) / 2 * dot.radius / len(rings.BANDS)
        turn = math.radians(dot.angle)
        return (
            box["x"] + box["width"] / 2 + radius * math.sin(turn),
            box["y"] + box["height"] * 0.47 - radius * math.cos(turn),
        )

    def note(self, url: str) -> None:
        """Keeps a request that went to another machine."""
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.elsewhere.append(url)
