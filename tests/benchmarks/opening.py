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
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pandas as pd
from playwright.sync_api import Browser, sync_playwright

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


@contextmanager
def served(command: list[str], port: int, store: Path) -> Iterator[str]:
    """A fresh server, healthy."""
    address = f"http://127.0.0.1:{port}"
    quiet = subprocess.DEVNULL
    environment = {**os.environ, "AUDITOR_STORE": str(store)}
    with subprocess.Popen([sys.executable, "-m", *command], env=environment, stdout=quiet, stderr=quiet) as process:
        try:
            for _ in range(300):
                try:
                    with urlopen(f"{address}/_stcore/health"):
                        break
                except (URLError, ConnectionError):
                    time.sleep(0.1)
            yield address
        finally:
            process.terminate()


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


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
            port = free_port()
            options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
            quiet = ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
            with served(["streamlit", "run", str(script), *options, *quiet], port, store) as address:
                bare += seconds(browser, address, "as bare as can be")
            port = free_port()
            with served(["auditor.cli", "app", "--no-browser", "--port", str(port)], port, store) as address:
                first, last = seconds(browser, address, "meaningful ties (", "The target as a table")
            ours.append(first)
            whole.append(last)
        browser.close()
    medians = {
        name: round(statistics.median(runs), 2)
        for name, runs in (("bare_page", bare), ("first_headline", ours), ("whole_page", whole))
    }
    print(json.dumps({**medians, "ratio": round(statistics.median(ours) / statistics.median(bare), 2)}, indent=2))


if __name__ == "__main__":
    main()
