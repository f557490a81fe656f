"""The snapshots: how deep each tie was in the eyes of the score of the time, week by week."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

import pandas as pd

from auditor.store import copies
from auditor.store.cells import SNAPSHOT, SNAPSHOT_TABLE, encoded, frame, insert
from auditor.store.opening import Opened


class Snapshots(Opened):
    """The part of the store that keeps snapshots."""

    def snapshot(self, week: str, version: str, table: pd.DataFrame) -> None:
        """Keep how the ties stood in a week (2026-W46), in place of what was kept of it, in one transaction.

        `table` has the columns of SNAPSHOT without the first two, `person` being the key of the human; other columns
        are left out, and those that it lacks are missing. With the first of a week the store is copied, to be repaired
        from; StoreError where it turns out to be damaged.
        """
        rows = table.reindex(columns=list(SNAPSHOT)).assign(week=week, version=version).astype(dict(SNAPSHOT))
        with self._writing() as connection:
            known = connection.execute(
                "SELECT 1 FROM snapshot JOIN word ON id = week WHERE text = ?", (week,)
            ).fetchone()
            connection.execute("DELETE FROM snapshot WHERE week = (SELECT id FROM word WHERE text = ?)", (week,))
            insert(connection, SNAPSHOT_TABLE, encoded(connection, SNAPSHOT_TABLE, rows))
        if not known:
            self._copy(week)

    def snapshots(self, *weeks: str) -> pd.DataFrame:
        """The SNAPSHOT rows of these weeks, or of all, by week and person."""
        only = f"week IN (SELECT id FROM word WHERE text IN ({', '.join('?' * len(weeks))}))" if weeks else ""
        with self._reading() as connection:
            found = frame(connection, SNAPSHOT_TABLE, only=only, given=weeks)
        return found.sort_values(["week", "person"], ignore_index=True)

    def _copy(self, week: str) -> None:
        with self._writing(), suppress(OSError, sqlite3.OperationalError):  # no room for it: the store itself is safe
            copies.weekly(self.path, week)
