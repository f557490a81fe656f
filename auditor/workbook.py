"""A table as a workbook of Excel's: no cell is a formula, and no text a link unless it is a LinkedIn profile."""

from __future__ import annotations

import io
import re
from typing import Any

import pandas as pd
import xlsxwriter

from auditor.spreadsheet import harmless

_PROFILE = re.compile(r"https://(?:[a-z]+\.)?linkedin\.com/[^\s#]*")
_LONGEST_LINK, _MOST_LINKS = 2079, 65_530
"""Excel's own limits: the length of an address, and how many links a sheet holds. What is beyond stays text."""

_WIDEST = 60
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(table: pd.DataFrame, sheet: str, widths: dict[str, int] | None = None) -> bytes:
    """The table as an .xlsx file of one sheet: its column names frozen on top with a filter on each, numbers as
    numbers, missing cells empty, profile addresses as links. `widths`: column → characters, where the name's own is not
    enough.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        page = book.add_worksheet(sheet)
        bold, link, wide = book.add_format({"bold": True}), book.get_default_url_format(), widths or {}
        for place, name in enumerate(table.columns):
            page.write_string(0, place, str(name), bold)
            page.set_column(place, place, min(wide.get(str(name), len(str(name)) + 4), _WIDEST))
            _fill(page, place, harmless(table[[name]])[name], link)
        page.freeze_panes(1, 0)
        if len(table.columns):
            page.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
    return out.getvalue()


def _fill(page: Any, place: int, column: pd.Series[Any], link: Any) -> None:
    number, links = pd.api.types.is_numeric_dtype(column), 0
    for row, cell in enumerate(column, 1):
        if pd.isna(cell):
            continue
        if number:
            page.write_number(row, place, cell)
        elif links < _MOST_LINKS and len(cell) <= _LONGEST_LINK and _PROFILE.fullmatch(cell):
            page.write_url(row, place, cell, link)
            links += 1
        else:
            page.write_string(row, place, cell)
