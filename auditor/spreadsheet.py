"""Cells that a spreadsheet will not run."""

from __future__ import annotations

import re

import pandas as pd

from auditor.literal import legible

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
_NEXT_CELL = re.compile(";(?=[=+@＝＋＠-])")
"""Where a spreadsheet that separates by semicolons, as in much of Europe, begins another cell."""


_TELEPHONE = re.compile(r"\+?\d+")


def harmless(table: pd.DataFrame, *, telephones: bool = False) -> pd.DataFrame:
    """The table with a quote before every text that a spreadsheet would take for a formula; with `telephones` not
    before a telephone number, which computes nothing, and by which another program may find the row.
    """
    quoted = (lambda cell: cell if _TELEPHONE.fullmatch(cell) else _quoted(cell)) if telephones else _quoted
    texts = table.select_dtypes(["str", "object"]).columns
    return table.assign(**{column: table[column].map(quoted, na_action="ignore") for column in texts})


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return cell.startswith(_FORMULA)


def _quoted(cell: str) -> str:
    cell = re.sub("\r\n?", "\n", cell)  # a line feed gets quoted on the way out, a carriage return does not
    cell = _NEXT_CELL.sub(";'", legible(cell))
    return f"'{cell}" if is_formula(cell) else cell
