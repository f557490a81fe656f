"""The first open of a kept store, against a bare page that imports pandas and networkx and says one line.

    python tests/benchmarks/opening.py [--runs 3] [--export FOLDER] [--chromium /usr/bin/chromium]

Each run starts a fresh server process, waits until it is healthy, and takes the time from the browser's navigation to
the words on the page: of ours the sentence of the kept answer, and, later, the whole page. Printed is JSON: the medians
in seconds and the ratio of the two first. The store is filled with the sample, or with an export; how long the first
words take does not hang on its size, since nothing but one row of it is read.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from serving import APP, serving

from auditor import sample
from auditor.audit import audit
from auditor.importing import import_files
from auditor.snapshots import take
from auditor.store import Store

BARE = "import networkx\nimport pandas\nimport streamlit as st\n\nst.markdown('as bare as can be')\n"


def fill(place: Path, export: Path) -> None:
    """A store with an export, as a visit leaves it."""
    with Store.open(place) as store:
        import_files(store, [export], pd.Timestamp.now("UTC"))
        records = store.records()
        if records is None:
            raise SystemExit("nothing was kept")
        take(store, audit(records))


def seconds(browser: Browser, address: str, *words: str) -> list[float]:
    """From navigation until each of some words is on the page."""
    page = browser.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    found = []
    for text in words:
        page.get_by_text(text).first.wait_for(timeout=120_000)
        found.append(time.perf_counter() - start)
    page.close()
    return found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--export", type=Path, default=sample.folder())
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        script, store = Path(folder, "bare.py"), Path(folder, "store.sqlite3")
        script.write_text(BARE)
        fill(store, given.export)
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox", "--disable-gpu"])
        bare, ours, whole = [], [], []
        for _ in range(given.runs):
            options = ["--server.headless=true", "--server.port={port}", "--server.address=127.0.0.1"]
            quiet = ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
            with serving([sys.executable, "-m", "streamlit", "run", script, *options, *quiet], store) as address:
                bare += seconds(browser, address, "as bare as can be")
            with serving(APP, store) as address:
                first, last = seconds(browser, address, "meaningful ties (", "The target as a table")
            ours.append(first)
            whole.append(last)
        browser.close()
    medians = {
        name: round(statistics.median(runs), 2)
        for name, runs in (("bare", bare), ("ours", ours), ("whole_page", whole))
    }
    print(json.dumps({**medians, "ratio": round(statistics.median(ours) / statistics.median(bare), 2)}, indent=2))


if __name__ == "__main__":
    main()
