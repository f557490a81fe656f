"""The snapshots: how deep each tie was in the eyes of the score of the time, week by week."""

from __future__ import annotations

import pandas as pd

from auditor.store.cells import SNAPSHOT, SNAPSHOT_TABLE, encoded, frame, insert
from auditor.store.opening import Opened


class Snapshots(Opened):
    """The part of the store that keeps snapshots."""

    def snapshot(self, week: str, version: str, table: pd.DataFrame) -> None:
        """Keep how the ties stood in a week (2026-W46), in place of what was kept of it, in one transaction.

        `table` has the columns of SNAPSHOT without the first two, `person` being the key of the human; other columns
        are left out, and those that it lacks are missing.
        """
        rows = table.reindex(columns=list(SNAPSHOT)).assign(week=week, version=version).astype(dict(SNAPSHOT))
        with self._writing() as connection:
            connection.execute("DELETE FROM snapshot WHERE week = (SELECT id FROM word WHERE text = ?)", (week,))
            insert(connection, SNAPSHOT_TABLE, encoded(connection, SNAPSHOT_TABLE, rows))

    def snapshots(self, *weeks: str) -> pd.DataFrame:
        """The SNAPSHOT rows of these weeks, or of all, by week and person."""
        only = f"week IN (SELECT id FROM word WHERE text IN ({', '.join('?' * len(weeks))}))" if weeks else ""
        with self._reading() as connection:
            found = frame(connection, SNAPSHOT_TABLE, only=only, given=weeks)
        return found.sort_values(["week", "person"], ignore_index=True)
