"""Cells that a spreadsheet will not run."""

from __future__ import annotations

import re

import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")
"""Characters that show nothing, and that a terminal may obey."""


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a quote before every text that a spreadsheet would take for a formula."""
    texts = table.select_dtypes(["str", "object"]).columns
    return table.assign(**{column: table[column].map(_quoted, na_action="ignore") for column in texts})


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return cell.startswith(_FORMULA)


def _quoted(cell: str) -> str:
    cell = re.sub("\r\n?", "\n", cell)  # a line feed gets quoted on the way out, a carriage return does not
    cell = _UNSEEN.sub("", cell)
    return f"'{cell}" if is_formula(cell) else cell
