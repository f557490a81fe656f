"""The book-keeping of one file: every record is kept, or set aside for one counted reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from auditor.records import Records, coverage
from auditor.sources.tables import Table


class Receipt:
    """The records of a table, and why some of them were set aside. `left` marks those still standing."""

    def __init__(self, table: Table, kind: str, rows: pd.Series) -> None:
        self.file, self.kind = table.shown, kind
        self.rows = rows.to_numpy()
        self.left = np.ones(len(rows), bool)
        self._lines: list[dict[str, Any]] = []
        self._table_notes(table)

    def set_aside(self, which: Any, reason: str) -> None:
        """Take out the records marked in `which` that are still standing."""
        hit = self.left & np.asarray(which, bool)
        self.left &= ~hit
        if hit.any():
            self._line("set aside", reason, int(hit.sum()), int(self.rows[hit].min()))

    def note(self, what: str, rows: int = 0, line: int | None = None) -> None:
        self._line("note", what, rows, line)

    def coverage(self, kept: str, since: Any = None, until: Any = None) -> pd.DataFrame:
        """The lines of the receipt; the records still standing are kept as `kept`."""
        first = {"file": self.file, "kind": self.kind, "role": "kept", "what": kept, "rows": int(self.left.sum())}
        return coverage([{**first, "line": None, "since": since, "until": until}, *self._lines])

    def _line(self, role: str, what: str, rows: int, line: int | None) -> None:
        self._lines.append(
            {"file": self.file, "kind": self.kind, "role": role, "what": what, "rows": rows, "line": line}
        )

    def _table_notes(self, table: Table) -> None:
        if table.unreadable:
            self._line("set aside", "more cells than columns", len(table.unreadable), min(table.unreadable))
        if table.padded:
            self.note("records with too few cells, or with empty ones too many", len(table.padded), min(table.padded))
        if table.unclosed:
            self.note("a quotation mark is never closed: records may have run into each other")
        if table.repaired:
            self.note("not all of it is UTF-8: the rest was read as Windows-1252")
        if table.unknown():
            self.note(f"unknown columns: {', '.join(name[:40] for name in table.unknown())}")


def with_remarks(records: Records, table: Table) -> Records:
    """The records of a table that was read row by row, with what the receipt says of the table as a whole."""
    kind = str(records.coverage["kind"].iloc[0])
    remarks = Receipt(table, kind, pd.Series(dtype="int64")).coverage("").iloc[1:]
    return replace(records, coverage=pd.concat([records.coverage, remarks], ignore_index=True))


def withdrawn(records: Records, which: pd.Series, reason: str) -> Records:
    """The records without the exchanges marked in `which`, which the receipt counts as set aside for `reason`."""
    if not which.any():
        return records
    gone, left = records.interactions[which], records.interactions[~which].reset_index(drop=True)
    alike = left[left["row"].isin(gone["row"]) & left["source"].isin(gone["source"].unique())]
    partly = set(zip(alike["source"].astype(str), alike["row"], strict=True))
    receipt, lines = records.coverage.copy(), []
    for file, rows in gone.groupby(gone["source"].astype(str))["row"]:
        whole = sorted({int(row) for row in rows if (file, row) not in partly})
        if not whole:
            continue
        kept = receipt.index[(receipt["file"] == file) & (receipt["role"] == "kept")][0]
        receipt.loc[kept, "rows"] -= len(whole)
        kind = receipt.loc[kept, "kind"]
        lines.append(
            {"file": file, "kind": kind, "role": "set aside", "what": reason, "rows": len(whole), "line": whole[0]}
        )
    told = pd.concat([receipt, coverage(lines)], ignore_index=True)
    return replace(records, interactions=left, coverage=told)
