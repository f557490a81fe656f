"""What the speed claims rest on: every claim is a ratio of two times measured in the same run on the same machine.

    make bench          or:  python tests/benchmarks/run.py [--connections 30000] [--messages 1000000]

The exports are made by the seeded generator in `sample_exports/` and kept in `.bench/`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".bench"
READ_CSV = (
    "import pandas as pd, sys, time; s=time.perf_counter(); pd.read_csv(sys.argv[1]); print(time.perf_counter()-s)"
)

CLUSTER = """
import resource, sys, time
from auditor import automation
from auditor.sources import read
start = time.perf_counter()
table = read([sys.argv[1]]).interactions
reading, before = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
automation.marked(table)
clustering = time.perf_counter() - start
print(reading, clustering, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""
"""Prints the seconds of reading an export and of clustering its messages, and by how many bytes that raised the peak."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: seconds of wall clock, peak memory in bytes, what it printed."""

    seconds: float
    peak: int
    printed: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, the ratio that was measured, and the most it may be."""

    what: str
    ratio: float
    at_most: float
    detail: str

    def __str__(self) -> str:
        verdict = "holds" if self.ratio <= self.at_most else "NOT REACHED"
        return f"{self.what:<58} {self.ratio:>6.2f}  (at most {self.at_most:g}: {verdict})\n    {self.detail}"


def export(connections: int, messages: int) -> Path:
    """A generated export as a folder, with a ZIP of it beside it."""
    folder = KEPT / f"{connections}-{messages}"
    if not folder.with_suffix(".zip").exists():
        make = [sys.executable, ROOT / "sample_exports" / "make.py", "--seed", "1", "--out", folder]
        subprocess.run([*make, "--connections", str(connections), "--messages", str(messages)], check=True)
        with zipfile.ZipFile(folder.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(folder.glob("*.csv")):
                packed.write(file, file.name)
    return folder


def run(command: Sequence[str | Path]) -> Run:
    """Runs a command to its end and measures it from outside."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{command} failed")
    return Run(seconds, usage.ru_maxrss * 1024, printed)


def median(times: int, measure: Callable[[], float]) -> float:
    """The median of so many measurements."""
    return statistics.median(measure() for _ in range(times))


def audit(folder: Path) -> Run:
    """The whole audit of a zipped export, from the command line to the printed result."""
    return run([sys.executable, "-m", "auditor.cli", "audit", folder.with_suffix(".zip"), "--json"])


def audit_against_read_csv(connections: int, messages: int) -> list[Claim]:
    """The whole audit against what pandas needs merely to read the same messages.csv."""
    folder, tiny = export(connections, messages), export(10, 10)
    file = folder / "messages.csv"
    file.read_bytes()  # warm
    read_csv = median(5, lambda: float(run([sys.executable, "-c", READ_CSV, file]).printed))
    empty = median(3, lambda: audit(tiny).seconds)
    runs = [audit(folder) for _ in range(3)]
    seconds = statistics.median(r.seconds for r in runs) - empty
    peak = max(r.peak for r in runs)
    size = file.stat().st_size
    return [
        Claim(
            f"audit of {connections:,} connections and {messages:,} messages ÷ read_csv",
            seconds / read_csv,
            12,
            f"audit {seconds:.1f} s beyond a ten-row export's {empty:.1f} s; pandas.read_csv {read_csv:.1f} s; "
            f"messages.csv {size / 1e6:.0f} MB",
        ),
        Claim("peak memory of that audit ÷ size of messages.csv", peak / size, 4, f"{peak / 1e6:.0f} MB"),
    ]


def names_against_hash_join(size: int) -> list[Claim]:
    """Who is who among so many names and as many others, against a hash join of the same two tables."""
    found = json.loads(run([sys.executable, ROOT / "tests" / "benchmarks" / "names.py", "--names", str(size)]).printed)
    join, merge, propose = (found[key] for key in ("join", "merge", "propose"))
    return [
        Claim(
            f"matching {size:,} names with {size:,} others ÷ a hash join of them",
            merge / join,
            25,
            f"folded names; join {join * 1e3:.0f} ms; merging {found['merged']:,} that are unique on both sides "
            f"{merge * 1e3:.0f} ms; then {found['proposed']:,} proposals for all others {propose * 1e3:.0f} ms "
            f"({propose / join:.0f} joins); peak {found['peak'] / 1e6:.0f} MB",
        )
    ]


def history_against_audit(connections: int, messages: int) -> list[Claim]:
    """Every past week, rebuilt from the records, against one audit of the last day from the ZIP to the result.

    The second ratio leaves reading out of the audit as well.
    """
    exports = [export(*size).with_suffix(".zip") for size in ((connections, messages), (10, 10))]
    found = json.loads(run([sys.executable, ROOT / "tests" / "benchmarks" / "history.py", *exports]).printed)
    rebuild, read, audited = (found[key] for key in ("history", "reading", "audit"))
    detail = f"{found['weeks']} weeks {rebuild:.1f} s; reading {read:.1f} s, audit {audited:.1f} s"
    return [
        Claim("history week by week ÷ one audit from ZIP to result", rebuild / (read + audited), 3, detail),
        Claim("history week by week ÷ one audit without reading", rebuild / audited, 3, detail),
    ]


def clustering_against_reading(connections: int, messages: int) -> list[Claim]:
    """Finding near-duplicates among all messages against reading them."""
    folder = export(connections, messages)
    printed = [run([sys.executable, "-c", CLUSTER, folder]).printed.split() for _ in range(3)]
    reading, clustering, more = (statistics.median(float(p[place]) for p in printed) for place in range(3))
    size = (folder / "messages.csv").stat().st_size
    return [
        Claim(
            f"clustering {messages:,} messages ÷ reading them",
            clustering / reading,
            1.5,
            f"{clustering:.1f} s; reading {reading:.1f} s",
        ),
        Claim("memory that clustering adds ÷ size of messages.csv", more / size, 1, f"{more / 1e6:.0f} MB"),
    ]


def main() -> None:
    """Measures and prints every claim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=30_000)
    parser.add_argument("--messages", type=int, default=1_000_000)
    asked = parser.parse_args()
    KEPT.mkdir(exist_ok=True)
    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    for claim in [
        *audit_against_read_csv(asked.connections, asked.messages),
        *names_against_hash_join(asked.connections),
        *history_against_audit(asked.connections, asked.messages),
        *clustering_against_reading(asked.connections, asked.messages),
    ]:
        print(claim)


if __name__ == "__main__":
    main()
