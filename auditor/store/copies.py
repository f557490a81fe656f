"""Copies of the store beside it: one from before the last migration, one of the last week. They are as private as the
store is, so that whoever is forgotten is forgotten in them.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from glob import escape
from pathlib import Path

from auditor.errors import StoreError

REPAIR = (
    "`auditor store repair`, or *Repair it* on the page Data & method, brings back what can be read; "
    "the damaged file is kept beside it."
)

_BEFORE, _WEEK = "before-v", "week-"
_TICK = 2_000_000_000
"""Nanoseconds that every disk tells apart."""

SIDES = ("", "-wal", "-shm", "-journal")
"""What SQLite puts behind the name of a database."""


def before(place: Path, version: int) -> None:
    """Copy the store before it becomes one of `version`."""
    _keep(place, _BEFORE, str(version))


def weekly(place: Path, week: str) -> None:
    """Copy the store as it stands in a week (2026-W46)."""
    _keep(place, _WEEK, week)


def beside(place: Path) -> list[Path]:
    """The copies, the newest last."""
    found = [path for kind in (_BEFORE, _WEEK) for path in _of(place, kind)]
    return sorted((path for path in found if _is_one(path)), key=lambda path: path.stat().st_mtime_ns)


def aside(place: Path, day: str) -> Path:
    """A name that is free, for a damaged store that is put aside on a day."""
    names = (place.with_name(f"{place.name}.damaged-{day}{more}") for more in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(path for path in names if not path.exists())


@contextmanager
def workshop(place: Path) -> Iterator[Path]:
    """An empty folder beside the store, for the owner alone, that is gone afterwards."""
    folder = place.with_name(f"{place.name}.repair")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def erase(place: Path) -> None:
    """Delete every copy, the damaged stores too, and what was left of one that was being made."""
    for kind in (_BEFORE, _WEEK, "damaged-", "part"):
        for path in _of(place, kind):
            path.unlink(missing_ok=True)
    shutil.rmtree(place.with_name(f"{place.name}.repair"), ignore_errors=True)


def duplicate(place: Path, to: Path) -> None:
    """Copy a store as it lies there, with what its journal holds, whatever state it is in."""
    for side in ("", "-wal"):
        if place.with_name(place.name + side).exists():
            shutil.copyfile(place.with_name(place.name + side), to.with_name(to.name + side))
            to.with_name(to.name + side).chmod(0o600)


def _keep(place: Path, kind: str, which: str) -> None:
    """A copy of the store as it stands, in place of the earlier one of its kind. Nobody may write to it meanwhile.

    A store that is damaged is not copied, lest it take the place of a good one: StoreError.
    """
    fresh, part = place.with_name(f"{place.name}.{kind}{which}"), place.with_name(f"{place.name}.part")
    earlier = _of(place, kind)
    try:
        _clear(part)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(place)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            sound = copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        if not sound:
            raise StoreError(f"{place} is damaged. {REPAIR}")
        part.replace(fresh)
    finally:
        _clear(part)
    for path in earlier:
        if path != fresh:
            path.unlink(missing_ok=True)
    _newest(fresh, place)


def _newest(fresh: Path, place: Path) -> None:
    """Dates a copy after all others, should the clock have gone back since they were made: repairs take the newest."""
    others = [path.stat().st_mtime_ns for path in beside(place) if path != fresh]
    if fresh.stat().st_mtime_ns <= max(others, default=-1):
        later = max(others) + _TICK
        os.utime(fresh, ns=(later, later))


def _clear(part: Path) -> None:
    for side in SIDES:
        part.with_name(part.name + side).unlink(missing_ok=True)


def _of(place: Path, kind: str) -> list[Path]:
    return sorted(place.parent.glob(f"{escape(place.name)}.{kind}*"))


def _is_one(path: Path) -> bool:
    return not path.name.endswith(SIDES[1:])
