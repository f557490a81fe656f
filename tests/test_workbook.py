"""The workbook: read back from its own XML, which is what a spreadsheet sees."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest
from defusedxml import ElementTree

from auditor.deliver import TIE_COLUMNS, ties_xlsx
from auditor.workbook import workbook

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
PROFILE = "https://www.linkedin.com/in/ana-lima"


def opened(content: bytes) -> dict[str, str]:
    """The parts of a workbook, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def cells(content: bytes) -> dict[str, str | float]:
    """Every cell by its place: texts as texts, numbers as numbers."""
    parts = opened(content)
    shared = parts.get("xl/sharedStrings.xml", "<sst/>")
    texts = ["".join(item.itertext()) for item in ElementTree.fromstring(shared)]
    found: dict[str, str | float] = {}
    for cell in ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"]).iterfind(".//m:c", _NS):
        assert cell.find("m:f", _NS) is None, "a formula"
        value = cell.find("m:v", _NS)
        if value is not None:
            found[cell.attrib["r"]] = texts[int(value.text)] if cell.get("t") == "s" else float(value.text)
    return found


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("https://example.com")', "{=1}"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """It is text, with the quote before it that the CSV has, so that a CSV made of the workbook is safe too."""
    found = cells(workbook(pd.DataFrame({"name": [cell]}), "Ties"))
    assert found == {"A1": "name", "A2": cell if cell == "{=1}" else f"'{cell}"}


def test_only_profiles_become_links() -> None:
    """An https address at linkedin.com; no other scheme or host, whatever it looks like."""
    urls = [
        PROFILE,
        "https://evil.example/in/ana",
        "javascript:alert(1)",
        "https://linkedin.com.evil.example/in/a",
        "http://www.linkedin.com/in/a",
        "https://evil.example/https://www.linkedin.com/in/a",
        "file:///etc/passwd",
    ]
    content = workbook(pd.DataFrame({"profile_url": urls}), "Ties")
    links = ElementTree.fromstring(opened(content)["xl/worksheets/_rels/sheet1.xml.rels"])
    assert [link.attrib["Target"] for link in links] == [PROFILE]
    assert list(cells(content).values()) == ["profile_url", *urls]


def test_numbers_are_numbers_and_what_is_missing_is_empty() -> None:
    """So that a spreadsheet can sort and sum."""
    table = pd.DataFrame({"depth": [71.3, None], "days": [3, -4], "name": pd.Series(["Ana", None], dtype="str")})
    assert cells(workbook(table, "Ties")) == {
        "A1": "depth", "B1": "days", "C1": "name", "A2": 71.3, "B2": 3.0, "C2": "Ana", "B3": -4.0,
    }  # fmt: skip


def test_the_header_stays_and_every_column_has_a_filter() -> None:
    """Frozen below the first row; the filter spans the table."""
    sheet = opened(workbook(pd.DataFrame({"a": ["x", "y"], "b": ["z", "w"]}), "Ties"))["xl/worksheets/sheet1.xml"]
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:B3"/>' in sheet


def test_an_endless_name_and_hostile_characters_do_not_break_the_file() -> None:
    """Excel's own limit cuts a cell; what XML forbids never reaches it."""
    found = cells(workbook(pd.DataFrame({"name": ["x" * 40_000, "a\x00\x1b\ufffe<b>&amp;"]}), "Ties"))
    assert len(str(found["A2"])) == 32_767
    assert "<b>&amp;" in str(found["A3"])


def test_ties_have_the_columns_of_the_csv_and_nothing_else() -> None:
    """No note and no text: the header is `TIE_COLUMNS`."""
    from test_deliver import example

    found = cells(ties_xlsx(example().ties))
    assert [found[f"{chr(65 + n)}1"] for n in range(len(TIE_COLUMNS))] == list(TIE_COLUMNS)
    assert found["B2"] == "https://www.linkedin.com/in/ana"
    assert {place.rstrip("0123456789") for place in found} <= {chr(65 + n) for n in range(len(TIE_COLUMNS))}
