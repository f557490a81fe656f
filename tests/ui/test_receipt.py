"""The receipt on screen."""

from __future__ import annotations

from typing import Any

from auditor.ui import receipt


def _file(name: str, kind: str = "messages", **more: Any) -> dict[str, Any]:
    return {"file": name, "kind": kind, "read": 0, "kept": 0, "set_aside": [], "notes": [], **more}


FILES = [
    _file("Connections.csv", "connections", read=1200, kept=1190, set_aside=[
        {"reason": "nameless (profile closed or hidden)", "rows": 10, "first_row": 44}
    ]),
    _file("messages.csv", read=5, kept=5, notes=["read as cp1252"]),
    _file("Logins.csv", "not opened"),
]  # fmt: skip


def test_the_receipt_adds_up_line_by_line() -> None:
    """Rows stand at the right edge, reasons wrap, totals count files that were read only."""
    assert receipt.lines(FILES) == [
        "Connections.csv",
        "(connections)",
        "rows read                 1,200",
        "kept                      1,190",
        "- nameless (profile closed",
        "  or hidden), first in row",
        "  44                         10",
        "",
        "messages.csv",
        "(messages)",
        "rows read                     5",
        "kept                          5",
        "* read as cp1252",
        "",
        "===============================",
        "rows read                 1,205",
        "kept                      1,195",
        "set aside                    10",
        "",
        "not opened                    1",
        "Logins.csv",
    ]


def test_the_receipt_in_a_line_names_no_file() -> None:
    """One sentence that adds up."""
    assert receipt.in_a_line(FILES) == "2 files read: 1,205 rows, 1,195 kept, 10 set aside; 1 not opened"


def test_no_line_is_wider_than_a_phone() -> None:
    """A long file name is broken, not cut."""
    name = "Complete_LinkedInDataExport_11-20-2026/Endorsement_Received_Info.csv"
    shown = receipt.lines([_file(name, read=1, kept=1)])
    assert max(map(len, shown)) <= receipt.WIDTH
    assert name in "".join(line.strip() for line in shown)


def test_the_receipt_is_cut_where_a_file_ends() -> None:
    """For wide screens; nothing but the empty line at a cut is lost."""
    text = ["a.csv", "rows read 1", "", "b.csv", "rows read 2", "kept 2", "", "c.csv", "", "total"]
    cut = receipt.strips(text, 3)
    assert cut == [["a.csv", "rows read 1", "", "b.csv", "rows read 2", "kept 2"], ["c.csv", "", "total"]]
    assert receipt.strips([], 3) == [[]]
