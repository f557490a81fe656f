"""The book-keeping of one file: every record is kept, or set aside for one counted reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from auditor.records import coverage
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
