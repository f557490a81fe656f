"""The kill test: a store that is killed at any moment of an import holds the last whole state.

AUDITOR_KILLS=200 python -m pytest tests/test_store_kills.py      (make soak)
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from auditor.records import Records, interactions, people
from auditor.store import Import, Store

KILLS = int(os.environ.get("AUDITOR_KILLS", "20"))
WEEKS = 4
NOW = pd.Timestamp("2026-03-01T12:00:00Z")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the nursery of processes to kill forks")


def export(week: int) -> Records:
    """The export of a week: two hundred messages more than the week before, and one person less."""
    messages = [
        {"person": f"linkedin:p{n % 40}", "at": NOW + pd.Timedelta(minutes=n), "channel": "message", "direction": "out"}
        for n in range(200 * (week + 1))
    ]
    known = [{"person": f"linkedin:p{n}", "name": f"Person {n}", "connection": True} for n in range(week, 40)]
    return Records(people(known), interactions=interactions(messages), **_rest())


def _rest() -> dict[str, pd.DataFrame]:
    empty = Records.empty()
    return {"identifiers": empty.identifiers, "coverage": empty.coverage}


def imports_without_end(place: str, exports: list[Records]) -> None:
    """Import week by week, forget the lot one by one, and begin again, until somebody kills it."""
    while True:
        with Store.open(place) as kept:
            done = kept.imports()["id"].tolist()
            if len(done) < WEEKS:
                week = len(done)
                kept.add(exports[week], Import(f"week {week}", str(week), NOW, NOW + pd.Timedelta(days=week)))
            else:
                for number in reversed(done):
                    kept.forget_import(number)


def nursery() -> None:
    """For each line with a place: a process that imports there, and a line with its number. It costs no start."""
    exports = [export(week) for week in range(WEEKS)]
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            imports_without_end(line.strip(), exports)
        print(child, flush=True)


@pytest.fixture(name="started")
def fixture_started() -> Iterator[subprocess.Popen[str]]:
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    process = subprocess.Popen(
        [sys.executable, "-c", "from test_store_kills import nursery; nursery()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
    yield process
    assert process.stdin
    assert process.stdout
    process.stdin.close()
    process.wait()
    process.stdout.close()


def test_whenever_it_is_killed_the_last_whole_state_is_there(started, tmp_path) -> None:
    """After each kill the file is whole, holds some number of whole imports, and the next process goes on from there."""
    place, dice = tmp_path / "auditor.sqlite3", random.Random(150)
    expected = {weeks: state(tmp_path, weeks) for weeks in range(WEEKS + 1)}
    seen = set()
    for _ in range(KILLS):
        assert started.stdin
        assert started.stdout
        started.stdin.write(f"{place}\n")
        started.stdin.flush()
        child = int(started.stdout.readline())
        time.sleep(dice.uniform(0.0, 0.4))
        os.kill(child, signal.SIGKILL)
        weeks = check(place, expected)
        seen.add(weeks)
    assert len(seen) > 1, "it was killed in one state only: that tells nothing"


def state(folder: Path, weeks: int) -> tuple[int, int, int]:
    """What a store holds after so many imports without a kill: rows that its records have, and that its file has."""
    with Store.open(folder / f"{weeks}.sqlite3") as kept:
        for week in range(weeks):
            kept.add(export(week), Import(f"week {week}", str(week), NOW, NOW + pd.Timedelta(days=week)))
        return size(kept)


def size(kept: Store) -> tuple[int, int, int]:
    found = kept.records()
    return len(found.interactions), int(found.people["connection"].sum()), len(found.people)


def check(place: Path, expected: dict[int, tuple[int, int, int]]) -> int:
    """The number of imports, once the store turned out to hold exactly these."""
    if not place.exists():
        return 0
    with Store.open(place) as kept:
        assert kept.verify().problems == ()
        weeks = kept.imports()["digest"].tolist()
        assert weeks == [str(week) for week in range(len(weeks))]
        assert size(kept) == expected[len(weeks)]
    raw = sqlite3.connect(place)
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()
    return len(weeks)
