"""What every claim is measured with: generated exports, finished processes, ratios."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
KEPT = ROOT / ".bench"


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: seconds of wall clock and of processors, peak memory in bytes, what it printed."""

    seconds: float
    cpu: float
    peak: int
    printed: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, the ratio that was measured, and the most it may be; None: a mark that is printed and not claimed."""

    what: str
    ratio: float
    at_most: float | None
    detail: str

    def __str__(self) -> str:
        verdict = "holds" if self.at_most and self.ratio <= self.at_most else "NOT REACHED"
        bound = f"(at most {self.at_most:g}: {verdict})" if self.at_most else ""
        return f"{self.what:<66} {self.ratio:>6.2f}  {bound}\n    {self.detail}"


def export(connections: int, messages: int, as_of: str | None = None) -> Path:
    """A generated export as a folder, with a ZIP of it beside it; with `as_of`, the same life exported on that day."""
    folder = KEPT / f"{connections}-{messages}{f'-{as_of}' if as_of else ''}"
    if not folder.with_suffix(".zip").exists():
        make = [sys.executable, ROOT / "sample_exports" / "make.py", "--seed", "1", "--out", folder]
        size = ["--connections", str(connections), "--messages", str(messages), *(["--as-of", as_of] if as_of else [])]
        subprocess.run([*make, *size], check=True)
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
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, printed)


def script(name: str, *arguments: str | Path) -> Any:
    """What a benchmark beside this file prints as JSON."""
    return json.loads(run([sys.executable, HERE / name, *arguments]).printed)


def median(times: int, measure: Callable[[], float]) -> float:
    """The median of so many measurements."""
    return statistics.median(measure() for _ in range(times))


def rows(folder: Path) -> int:
    """How many lines messages.csv has, one a message but for bodies of several lines."""
    with (folder / "messages.csv").open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(2**20), b""))
