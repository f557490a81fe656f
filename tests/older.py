"""A store as an earlier version of the program left it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from auditor.store.migrations import MIGRATIONS, build, tables

OLDER = range(1, len(MIGRATIONS))
"""Every version before this one."""


def of_version(version: int, store: Path, place: Path) -> None:
    """At `place` a store of this version with all that `store` holds and the version can hold."""
    with closing(sqlite3.connect(place, isolation_level=None)) as out:
        out.execute("PRAGMA journal_mode = WAL")
        build(out, 0, version)
        out.execute("ATTACH ? AS today", (str(store),))
        for name, columns in tables(version).items():
            cells = ", ".join(columns)
            out.execute(f'INSERT INTO main."{name}" ({cells}) SELECT {cells} FROM today."{name}"')
