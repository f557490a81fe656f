"""Times the way from a click on a chip to the redrawn table, in our Ties page and in a bare Streamlit page over the very
same rows and columns (bare.py) as Streamlit runs it by itself, turn by turn in one browser; prints the two medians and
their ratio as JSON.

python tests/benchmarks/filtering.py EXPORT [--rounds 2]

Redrawn is when the browser writes the name that stands first after the click onto the table's canvas.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from serving import APP, serving  # noqa: E402

from auditor import audit, read  # noqa: E402
from auditor.filters import QUESTIONS  # noqa: E402
from auditor.store import Store  # noqa: E402
from auditor.ui.table import Table  # noqa: E402

CHIPS = ("Shallow", "Deep", "Never spoken", "Waiting for you", "Waiting for them")
"""Pressed in this order, one after the other."""

WATCH = """
window.drawn = new Map()
const write = CanvasRenderingContext2D.prototype.fillText
CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.drawn.set(text, performance.now())
    return write.call(this, text, ...rest)
}
"""
PRESS = """([chip, first]) => new Promise((done, fail) => {
    const button = [...document.querySelectorAll(".st-key-chip button")]
        .find(one => one.innerText.trim() === chip)
    const start = performance.now()
    window.drawn.clear()
    button.click()
    const look = () => {
        const at = window.drawn.get(first)
        if (at !== undefined) done(at - start)
        else if (performance.now() - start > 60000) fail(new Error(`${first} was not drawn`))
        else requestAnimationFrame(look)
    }
    look()
})"""


@dataclass
class Timed:
    """A page, and the seconds of its round trips, by chip."""

    page: Page
    seconds: dict[str, list[float]] = field(default_factory=lambda: {chip: [] for chip in CHIPS})

    def press(self, chip: str, first: str) -> None:
        """Presses a chip and waits for the table whose first name this is."""
        self.page.bring_to_front()
        self.seconds[chip].append(self.page.evaluate(PRESS, [chip, first]) / 1000)
        settle(self.page)

    @property
    def median(self) -> float:
        """The median of all round trips."""
        return statistics.median(s for times in self.seconds.values() for s in times)


def settle(page: Page) -> None:
    """Waits until the page rests."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=600_000)
    page.wait_for_timeout(700)


def prepare(export: Path, folder: Path) -> tuple[dict[str, str], dict[str, int]]:
    """Writes what the bare page shows; chip → the name in the first row it leaves, and how many rows."""
    records = read([export])
    audited = audit(records)
    connections = audited.connections
    table = Table.of(audited, records).chosen(connections.index, {})
    with pa.OSFile(str(folder / "rows.arrow"), "wb") as file, pa.ipc.new_file(file, table.schema) as out:
        out.write_table(table)
    left = {chip: QUESTIONS[chip](connections) for chip in CHIPS}
    places = {chip: connections.index.get_indexer(ties.index).tolist() for chip, ties in left.items()}
    (folder / "chips.json").write_text(json.dumps(places), encoding="utf-8")
    first = {chip: str(ties["name"].iloc[0]) for chip, ties in left.items()}
    turns = [first[chip] for chip in CHIPS]
    assert all(one != other for one, other in zip(turns, [*turns[1:], turns[0]], strict=True)), (
        "one must tell them apart"
    )
    with Store.open(folder / "store.sqlite3") as store:  # the owner's word is looked up at every click
        for human in connections.index[:20]:
            store.label(str(human), "keep", pd.Timestamp.now("UTC"))
    return first, {chip: len(ties) for chip, ties in left.items()}


def measured(export: Path, rounds: int, folder: Path) -> dict[str, object]:
    """Both pages in one browser, chip by chip in turn; the first round of each warms up and does not count."""
    first, rows = prepare(export, folder)
    store = folder / "store.sqlite3"
    bare = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        ROOT / "tests/benchmarks/bare.py",
        "--server.headless=true",
        "--server.port={port}",
        "--runner.postScriptGC=true",  # Streamlit's own; ours does without, since what an audit holds is more
        "--",
        folder,
    ]  # fmt: skip; all other settings: .streamlit/config.toml
    with serving([*APP, export], store) as ours, serving(bare, store) as theirs, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        pages = {name: opened(browser.new_page(viewport={"width": 1280, "height": 900}), url) for name, url in
                 {"ours": f"{ours}/ties", "bare": theirs}.items()}  # fmt: skip
        for turn in range(rounds + 1):
            for chip in CHIPS:
                for timed in pages.values():
                    timed.press(chip, first[chip])
            if turn == 0:
                for timed in pages.values():
                    timed.seconds = {chip: [] for chip in CHIPS}
        browser.close()
    medians = {name: timed.median for name, timed in pages.items()}
    by_chip = {
        chip: {"rows": rows[chip]} | {name: statistics.median(timed.seconds[chip]) for name, timed in pages.items()}
        for chip in CHIPS
    }
    return {**medians, "ratio": medians["ours"] / medians["bare"], "round_trips": rounds * len(CHIPS), "chips": by_chip}


def opened(page: Page, url: str) -> Timed:
    """A page whose table is drawn."""
    page.add_init_script(WATCH)
    page.goto(url)
    page.locator(".st-key-ties canvas").first.wait_for(timeout=600_000)
    settle(page)
    return Timed(page)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measured(asked.export.resolve(), asked.rounds, Path(folder)), indent=2))


if __name__ == "__main__":
    main()
