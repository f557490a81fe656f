"""The kill test: a store that is killed at any moment of an import, a migration or a mark holds the last whole state.

AUDITOR_KILLS=1000 python -m pytest tests/test_store_kills.py      (make soak)
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from older import OLDER, of_version

from auditor.marks import RATINGS, rating_table
from auditor.records import Records, interactions, people
from auditor.store import Import, Store, copies
from auditor.store.migrations import MIGRATIONS

KILLS = int(os.environ.get("AUDITOR_KILLS", "20"))
OF_MIGRATIONS = OF_MARKS = KILLS // 3
OF_IMPORTS = KILLS - OF_MIGRATIONS - OF_MARKS
WEEKS = 4
NOW = pd.Timestamp("2026-03-01T12:00:00Z")
MARKED = [f"linkedin:p{n}" for n in range(5)]

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


def imports_without_end(place: Path, exports: list[Records]) -> None:
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


def marks_without_end(place: Path, _: list[Records]) -> None:
    """Mark again and again, and say each time how many notes there are."""
    with Store.open(place) as kept:
        while True:
            mark(kept)
            said(place).write_text(str(len(kept.notes())), encoding="utf-8")


def mark(kept: Store) -> None:
    """Rate five people in one step, and write a note."""
    done = len(kept.notes())
    moment = NOW + pd.Timedelta(seconds=done)
    rated = [{"person": person, "rating": rating_of(done), "at": moment} for person in MARKED]
    kept.set_marks(MARKED, rating_table(rated), kept.labels())
    kept.note(MARKED[0], f"note {done}", moment)


def migrations_without_end(place: Path, _: list[Records]) -> None:
    """Put a store of an earlier version there, and bring it to this one; then one of the next version. Each process begins
    with another, so that on a slow machine too every version is killed.
    """
    start = os.getpid() % len(OLDER)
    while True:
        for version in (*OLDER[start:], *OLDER[:start]):
            fresh = place.with_name("fresh")
            shutil.copyfile(earlier(place, version), fresh)
            fresh.replace(place)
            with Store.open(place):
                pass


def rating_of(step: int) -> str:
    return RATINGS[step % len(RATINGS)]


def said(place: Path) -> Path:
    """Where it is written how many notes are kept for sure."""
    return place.with_name("said")


def promised(place: Path) -> int:
    """How many notes are kept for sure; it may have been killed while it wrote that down."""
    return int(said(place).read_text(encoding="utf-8") or 0) if said(place).exists() else 0


def earlier(place: Path, version: int) -> Path:
    return place.with_name(f"version-{version}.sqlite3")


WORK: dict[str, Callable[[Path, list[Records]], None]] = {
    "imports": imports_without_end,
    "marks": marks_without_end,
    "migrations": migrations_without_end,
}


def nursery() -> None:
    """For each line with a work and a place: a process that works there, and a line with its number. It costs no start."""
    exports = [export(week) for week in range(WEEKS)]
    with TemporaryDirectory() as folder, Store.open(Path(folder, "warm.sqlite3")) as kept:
        kept.add(exports[0], Import("week 0", "0", NOW, NOW))  # what pandas does once is done before the fork
        mark(kept)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            work, place = line.strip().split(" ", 1)
            WORK[work](Path(place), exports)
        print(child, flush=True)


@pytest.fixture(name="killed")
def fixture_killed() -> Iterator[Callable[[str, Path, float], None]]:
    """Starts a work at a place, and kills it at some moment before so many seconds."""
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    process = subprocess.Popen(
        [sys.executable, "-c", "from test_store_kills import nursery; nursery()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
    assert process.stdin
    assert process.stdout
    dice = random.Random(150)

    def killed(work: str, place: Path, within: float) -> None:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{work} {place}\n")
        process.stdin.flush()
        child = int(process.stdout.readline())
        time.sleep(dice.uniform(0.0, within))
        os.kill(child, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:  # a process that is dying may still end what it is at
                os.kill(child, 0)
                time.sleep(0.001)

    yield killed
    process.stdin.close()
    process.wait()
    process.stdout.close()


def test_whenever_an_import_is_killed_the_last_whole_state_is_there(killed, tmp_path) -> None:
    """After each kill the file is whole, holds some number of whole imports, and the next process goes on from there."""
    place = tmp_path / "auditor.sqlite3"
    expected = {weeks: state(tmp_path, weeks) for weeks in range(WEEKS + 1)}
    seen = set()
    for _ in at_least(OF_IMPORTS, until=lambda: len(seen) > 1):
        killed("imports", place, 0.4)
        seen.add(check_imports(place, expected))
    assert len(seen) > 1, "it was killed in one state only: that tells nothing"


def test_whenever_marking_is_killed_no_word_is_lost(killed, tmp_path) -> None:
    """Every note that was said to be kept is there, and of the five that are rated in one step all are, or none."""
    place = tmp_path / "auditor.sqlite3"
    for _ in at_least(OF_MARKS, until=lambda: promised(place) > 0):
        killed("marks", place, 0.2)
        check_marks(place)
    assert promised(place) > 0, "nothing was kept: that tells nothing"


def test_whenever_a_migration_is_killed_nothing_is_lost(killed, tmp_path) -> None:
    """The store is of the version that it had, or of this one with a copy of the former beside it; it holds what it held,
    and the next process brings it to this version.
    """
    whole = tmp_path / "whole.sqlite3"
    with Store.open(whole) as kept:
        kept.add(export(1), Import("week 1", "1", NOW, NOW))
        kept.rate(MARKED[0], "close", NOW)
        kept.note(MARKED[0], "of every version", NOW)
    place = tmp_path / "auditor.sqlite3"
    expected = {}
    for version in OLDER:
        of_version(version, whole, earlier(place, version))
        shutil.copyfile(earlier(place, version), tmp_path / "migrated.sqlite3")
        expected[version] = held(tmp_path / "migrated.sqlite3")
    shutil.copyfile(earlier(place, 1), place)
    seen = set()
    for _ in range(OF_MIGRATIONS):
        killed("migrations", place, 0.2)
        seen.add(check_migration(place, expected))
    if OF_MIGRATIONS > 100:
        assert seen >= {*OLDER, len(MIGRATIONS)}, "some version was never killed: that tells nothing of it"


def at_least(rounds: int, until: Callable[[], bool]) -> Iterator[int]:
    """So many rounds, and more on a machine so slow that they were too short to tell anything; not more than 200 more."""
    yield from range(rounds)
    yield from takewhile(lambda _: not until(), range(rounds, rounds + 200))


def state(folder: Path, weeks: int) -> tuple[int, int, int]:
    """What a store holds after so many imports without a kill: rows that its records have, and that its file has."""
    with Store.open(folder / f"{weeks}.sqlite3") as kept:
        for week in range(weeks):
            kept.add(export(week), Import(f"week {week}", str(week), NOW, NOW + pd.Timedelta(days=week)))
        return size(kept)


def size(kept: Store) -> tuple[int, int, int]:
    found = kept.records()
    return len(found.interactions), int(found.people["connection"].sum()), len(found.people)


def check_imports(place: Path, expected: dict[int, tuple[int, int, int]]) -> int:
    """The number of imports, once the store turned out to hold exactly these."""
    if not place.exists():
        return 0
    with Store.open(place) as kept:
        assert kept.verify().problems == ()
        weeks = kept.imports()["digest"].tolist()
        assert weeks == [str(week) for week in range(len(weeks))]
        assert size(kept) == expected[len(weeks)]
    assert whole_at(place) == len(MIGRATIONS)
    return len(weeks)


def check_marks(place: Path) -> None:
    if not place.exists():
        return
    with Store.open(place) as kept:
        assert kept.verify().problems == ()
        notes, ratings = kept.notes()["text"].tolist(), kept.ratings()
    assert notes == [f"note {n}" for n in range(len(notes))]
    assert len(notes) >= promised(place)
    assert len(ratings) in (0, len(MARKED))
    assert set(ratings["rating"]) <= {rating_of(len(notes))} or set(ratings["rating"]) == {rating_of(len(notes) - 1)}


def check_migration(place: Path, expected: dict[int, dict[str, int]]) -> int:
    """The version that the store was of after the kill."""
    found = whole_at(place)
    held_now = held(place)
    assert held_now in ([expected[found]] if found in expected else list(expected.values()))
    if found == len(MIGRATIONS) and len(copies.beside(place)) > 0:
        before = whole_at(copies.beside(place)[-1])
        assert held_now == expected[before]
    return found


def held(place: Path) -> dict[str, int]:
    with Store.open(place) as kept:
        verdict = kept.verify()
        assert verdict.problems == ()
        assert kept.ratings()["rating"].tolist() == ["close"]
        return verdict.counts


def whole_at(place: Path) -> int:
    """The version of a file that SQLite finds whole."""
    with closing(sqlite3.connect(place)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(raw.execute("PRAGMA user_version").fetchone()[0])
