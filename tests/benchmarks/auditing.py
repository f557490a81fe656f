"""The whole audit, from a ZIP to the printed result: against read_csv, at two sizes, against a notebook, in marks."""

from __future__ import annotations

import statistics
import sys
from functools import cache
from pathlib import Path

from measuring import Claim, Run, export, median, rows, run, script

READ_CSV = (
    "import pandas as pd, sys, time; s=time.perf_counter(); pd.read_csv(sys.argv[1]); print(time.perf_counter()-s)"
)
MARKS = ((3_000, 20_000, 1.0), (30_000, 200_000, 4.0))
"""Connections, messages, and the seconds of CPU beyond imports that are aimed at. Peers at these sizes: 16 to 179 s and
52 s; 115 s, or refused, or hung."""


def audit(folder: Path) -> Run:
    """The whole audit of a zipped export, from the command line to the printed result."""
    return run([sys.executable, "-m", "auditor.cli", "audit", folder.with_suffix(".zip"), "--json"])


@cache
def beyond_start(connections: int, messages: int, times: int = 3) -> Run:
    """The median audit, less the interpreter and imports: the same command on a ten-row export. The peak is whole."""
    runs = [audit(export(connections, messages)) for _ in range(times)]
    empty = [audit(export(10, 10)) for _ in range(3)]
    seconds, cpu = (
        statistics.median(getattr(r, what) for r in runs) - statistics.median(getattr(r, what) for r in empty)
        for what in ("seconds", "cpu")
    )
    return Run(seconds, cpu, max(r.peak for r in runs), "")


def against_read_csv(connections: int, messages: int) -> list[Claim]:
    """The whole audit against what pandas needs merely to read the same messages.csv."""
    file = export(connections, messages) / "messages.csv"
    file.read_bytes()  # warm
    read_csv = median(5, lambda: float(run([sys.executable, "-W", "ignore", "-c", READ_CSV, file]).printed))
    whole, size = beyond_start(connections, messages), file.stat().st_size
    return [
        Claim(
            f"1 audit of {connections:,} connections, {messages:,} messages ÷ read_csv",
            whole.seconds / read_csv,
            6,
            f"audit {whole.seconds:.1f} s ({whole.cpu:.1f} s of CPU) beyond a ten-row export's; "
            f"pandas.read_csv {read_csv:.1f} s; messages.csv {size / 1e6:.0f} MB",
        ),
        Claim("1 peak memory of that audit ÷ size of messages.csv", whole.peak / size, 4, f"{whole.peak / 1e6:.0f} MB"),
    ]


def growth(connections: int, messages: int) -> list[Claim]:
    """Ten times as many of everything, in time and in memory."""
    small, large = (connections // 10, messages // 10), (connections, messages)
    less, more = beyond_start(*small), beyond_start(*large)
    grown = rows(export(*large)) / rows(export(*small))
    return [
        Claim(
            f"2 time of the audit of {messages:,} ÷ {messages // 10:,} messages",
            more.seconds / less.seconds,
            10.5,
            f"{more.seconds:.1f} s and {less.seconds:.1f} s; the file has {grown:.1f} times the lines",
        ),
        Claim("2 its peak memory", more.peak / less.peak, 10.5, f"{more.peak / 1e6:.0f} and {less.peak / 1e6:.0f} MB"),
    ]


def against_notebook(connections: int, messages: int) -> list[Claim]:
    """The audit against the same counts by a hand-written notebook, which does not do the rest."""
    found = script("notebook.py", export(connections, messages))
    whole = beyond_start(connections, messages)
    detail = f"notebook {found['seconds']:.1f} s beyond imports; audit {whole.seconds:.1f} s"
    return [Claim("6 audit ÷ a pandas notebook of the same counts", whole.seconds / found["seconds"], None, detail)]


def marks() -> list[Claim]:
    """CPU seconds beyond imports at the sizes that peers were measured at, as a share of what is aimed at."""
    found = []
    for connections, messages, aim in MARKS:
        whole = beyond_start(connections, messages)
        found.append(
            Claim(
                f"6 audit of {connections:,} connections, {messages:,} messages ÷ {aim:g} s of CPU",
                whole.cpu / aim,
                None,
                f"{whole.cpu:.1f} s of CPU, {whole.seconds:.1f} s, {whole.peak / 1e6:.0f} MB",
            )
        )
    return found
