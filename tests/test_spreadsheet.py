"""Cells that a spreadsheet would run get a quote; every other cell stays as it is."""

from __future__ import annotations

import pandas as pd
import pytest

from auditor.spreadsheet import harmless


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_formula_is_quoted(cell: str) -> None:
    """By its first character, which a carriage return becomes a line feed to be."""
    assert harmless(pd.DataFrame({"name": [cell]}))["name"].tolist() == ["'" + cell.replace("\r", "\n")]


def test_everything_else_stays() -> None:
    """Names, empty and missing cells, and negative numbers."""
    table = pd.DataFrame({"name": ["Ana", "", None, "O'Neil=", "1-2"], "depth": [-1.0, 2.0, 3.0, 4.0, 5.0]})
    pd.testing.assert_frame_equal(harmless(table), table)
