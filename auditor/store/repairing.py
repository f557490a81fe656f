"""Bringing a damaged store back: what can be read of it, and what a copy beside it still has.

The damaged file is never written to. What was read is brought back by reading the same files again, so a row of it that
is in doubt is let go; what the owner said is in no file, so every row of that is looked for.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from auditor.errors import StoreError
from auditor.store import copies
from auditor.store.cells import KEPT, NUMBERED, contents, microseconds
from auditor.store.checking import COUNTED, astray
from auditor.store.forgetting import tidy
from auditor.store.migrations import APPLICATION, MIGRATIONS, build, tables
from auditor.store.opening import in_words
from auditor.store.salvage import Found, rows
from auditor.store.whole import Store

_BY_NUMBER = {"word", "holding", *(table.name for table in NUMBERED)}
"""Tables whose rows say nothing without rows of the same file."""


@dataclass(slots=True)
class Repaired:
    """What became of a store. `damaged` is where the damaged file is now, None where the store was whole; `copy` is the
    copy that something was taken from; `lost` says what could not be brought back.
    """

    counts: dict[str, int] = field(default_factory=dict)
    damaged: Path | None = None
    copy: Path | None = None
    lost: list[str] = field(default_factory=list)

    def told(self, place: Path) -> list[str]:
        """What became of it in sentences, which name nobody."""
        held = ", ".join(f"{n:,} {what}" for what, n in self.counts.items() if n) or "nothing is in it"
        if self.damaged is None:
            return [f"{place} is whole, and was left as it is: {held}"]
        found = [f"{place} is repaired: {held}"]
        if self.copy:
            found.append(f"What could not be read was taken from the copy {self.copy.name}")
        if self.lost:
            found.append(f"Not brought back: {'; '.join(self.lost)}. Import the same files again for what was in them")
        if self.damaged.exists():
            found.append(
                f"The damaged file is now {self.damaged}; it holds what the store held: delete it when you can"
            )
        return found


def repair(place: Path, now: pd.Timestamp) -> Repaired:
    """Put in place of a damaged store all that can be read of it and of the copy beside it.

    A store that is whole is left as it is. StoreError where nothing can be read, where another program writes to it,
    and where it is no store of this program's; nothing is changed then.
    """
    if counts := _sound(place):
        return Repaired(counts)
    try:
        with copies.workshop(place) as folder:
            stood = _stand(place)
            found, fresh = Repaired(), folder / "fresh"
            copies.duplicate(place, folder / "old")
            _gather(folder, copies.beside(place), found)
            found.counts = _mended(fresh, found, now)
            if _stand(place) != stood:
                raise StoreError(f"{place} was written by another auditor meanwhile. Close that, and try again.")
            found.damaged = _exchange(place, fresh, f"{now:%Y-%m-%d}")
    except OSError as error:
        raise StoreError(f"{place} could not be repaired: {error.strerror}. Nothing was changed.") from error
    except sqlite3.Error as error:
        raise StoreError(f"The repaired store {in_words(error, place)}") from error
    return found


def _sound(place: Path) -> dict[str, int]:
    """What a store that is whole holds; nothing where it is damaged. StoreError where that is not for us to say."""
    if not place.exists():
        return {}
    with closing(sqlite3.connect(place, timeout=1.0, isolation_level=None)) as raw:
        try:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("ROLLBACK")
            ours = raw.execute("PRAGMA application_id").fetchone()[0] in (0, APPLICATION)
            newer = raw.execute("PRAGMA user_version").fetchone()[0] > len(MIGRATIONS)
        except sqlite3.Error as error:
            if not _is_damage(error) and getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_NOTADB:
                raise StoreError(f"{place} {in_words(error, place)}") from error
            return {}
    try:
        with Store.open(place) as kept:
            verdict = kept.verify()
    except StoreError:
        if newer or not ours:
            raise
        return {}
    return {} if verdict.problems else verdict.counts


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite stumbled over what it read; what is no text any more has no code."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF == sqlite3.SQLITE_CORRUPT


def _stand(place: Path) -> list[tuple[int, int] | None]:
    """What changes when somebody writes to the store."""
    files = [place.with_name(place.name + side) for side in ("", "-wal")]
    return [(file.stat().st_mtime_ns, file.stat().st_size) if file.exists() else None for file in files]


def _gather(folder: Path, beside: list[Path], found: Repaired) -> None:
    """Fill `folder/fresh` with what can be read of `folder/old`, and of the newest copy what that lacks."""
    copy = next((path for path in reversed(beside) if _usable(path, folder / "copy")), None)
    read = _read(folder / "old", folder / "fresh")
    if read is None:
        if copy is None:
            raise StoreError(
                "Nothing can be read of the damaged store, and there is no copy beside it; it was left as it is. Move "
                "it away, then `auditor store restore` an export of it, or import your files again."
            )
        (folder / "copy").replace(folder / "fresh")
        found.copy, found.lost = copy, ["all that was kept after the copy was made"]
        return
    broken = {name: len(table.rows) for name, table in read.items() if not table.whole}
    found.lost.extend(f"{_called(name)}: {number:,} could be read, others not" for name, number in broken.items())
    gaps = [name for name in broken if name not in _BY_NUMBER]
    if copy and gaps and _added(folder / "fresh", folder / "copy", gaps):
        found.copy = copy


def _called(name: str) -> str:
    """A table in words."""
    return {table: what for what, table in COUNTED.items()}.get(name, f"rows of {name}")


def _usable(path: Path, to: Path) -> bool:
    """Whether a copy is whole; then it is at `to`, at this program's version."""
    for side in copies.SIDES:
        to.with_name(to.name + side).unlink(missing_ok=True)
    copies.duplicate(path, to)
    try:
        with Store.open(to) as kept:
            return not kept.verify().problems
    except StoreError:
        return False


def _read(old: Path, fresh: Path) -> dict[str, Found] | None:
    """Fill `fresh`, at this program's version, with all rows of `old` that can be read; None where none can."""
    with closing(sqlite3.connect(old, isolation_level=None)) as source:
        try:
            version = source.execute("PRAGMA user_version").fetchone()[0] if old.exists() else 0
            known = tables(version) if 0 < version <= len(MIGRATIONS) else {}
            read = {name: rows(source, name, columns) for name, columns in known.items()}
        except sqlite3.DatabaseError:
            return None
    if not any(table.rows for table in read.values()):
        return None
    _new(fresh)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as out:
        out.execute("BEGIN")
        build(out, 0, version)
        for name, table in read.items():
            table.whole &= _written(out, name, known[name], table.rows)
        for name, where in ((name, where) for name, _, where in astray() if name in read and name not in _BY_NUMBER):
            if out.execute(f"DELETE FROM {name} WHERE {where}").rowcount:  # a copy may know what was said
                read[name] = Found(out.execute(f"SELECT * FROM {name}").fetchall(), whole=False)
        out.execute("COMMIT")
    with Store.open(fresh):
        return read


def _new(place: Path) -> None:
    os.close(os.open(place, os.O_RDWR | os.O_CREAT, 0o600))


def _written(out: sqlite3.Connection, name: str, columns: list[str], found: list[tuple[object, ...]]) -> bool:
    """Put rows into a table; whether the table could take them all."""
    statement = f'INSERT INTO "{name}" ({", ".join(columns)}) VALUES ({", ".join("?" * len(columns))})'
    refused = 0
    for row in found:
        try:
            out.execute(statement, row)
        except (sqlite3.IntegrityError, sqlite3.DataError):  # it is not of the kind that it must be, or is there twice
            refused += 1
    return not refused


def _added(fresh: Path, copy: Path, names: list[str]) -> int:
    """Add the rows of these tables that only the copy has; how many."""
    with closing(sqlite3.connect(fresh)) as out:
        out.execute("ATTACH ? AS copy", (str(copy),))
        for name in names:
            out.execute(f'INSERT OR IGNORE INTO main."{name}" SELECT * FROM copy."{name}"')
        out.commit()
        return out.total_changes


def _mended(fresh: Path, found: Repaired, now: pd.Timestamp) -> dict[str, int]:
    """Make the rows of a store fit together, and let go of those that do not; what it holds then."""
    with Store.open(fresh) as kept:
        with kept._writing() as connection:  # noqa: SLF001 (a part of the store)
            _name_imports(connection, now)
            for name, what, where in astray():
                gone = connection.execute(f"DELETE FROM {name} WHERE {where}").rowcount
                found.lost.extend([f"{gone:,} {_called(name)} that {what}"] if gone else [])
            for table in KEPT:
                own, made = contents(connection, table)
                other = [(one,) for one in own[own != made].tolist()]
                connection.executemany(f"DELETE FROM {table.name} WHERE content = ?", other)
                found.lost.extend([f"{len(other):,} {_called(table.name)} that are not what was read"] if other else [])
            tidy(connection)
        verdict = kept.verify()
    if verdict.problems:
        raise StoreError(
            "The store could not be repaired; it was left as it is. `auditor store restore` an export of it."
        )
    return verdict.counts


def _name_imports(connection: sqlite3.Connection, now: pd.Timestamp) -> None:
    """An import for what names one that is lost, so that it is still held, and can be forgotten."""
    named = " UNION ".join(f"SELECT import FROM {name}" for name in ("holding", "receipt", "owner"))
    connection.execute(
        "INSERT INTO import (id, label, digest, at) SELECT import, 'an import from before the repair', "
        f"'lost ' || import || ' ' || ?, ? FROM ({named}) WHERE import NOT IN (SELECT id FROM import)",
        (microseconds(now), microseconds(now)),
    )
    held = " UNION ".join(f"SELECT held FROM {table.name}" for table in KEPT)
    lost = f"SELECT held FROM ({held}) WHERE held NOT IN (SELECT id FROM holding)"
    if connection.execute(f"SELECT 1 FROM ({lost}) LIMIT 1").fetchone():
        values = ("what was read before the repair", f"lost {microseconds(now)}", microseconds(now))
        number = connection.execute("INSERT INTO import (label, digest, at) VALUES (?, ?, ?)", values).lastrowid
        connection.execute(f"INSERT INTO holding SELECT held, ? FROM ({lost})", (number,))


def _exchange(place: Path, fresh: Path, day: str) -> Path:
    """Put the repaired store in place; where the damaged one is now.

    Its journal goes first: it would be read as that of the repaired one.
    """
    damaged = copies.aside(place, day)
    for side in ("-wal", "-shm", "-journal"):
        if place.with_name(place.name + side).exists():
            place.with_name(place.name + side).replace(damaged.with_name(damaged.name + side))
    if place.exists():
        try:
            os.link(place, damaged)
        except OSError:  # a file has one name in this file system
            place.replace(damaged)
    fresh.replace(place)
    return damaged
