"""Ties, in a real browser: from a chip to the let-go list and back, with a file in hand; and a link that opens filtered."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from journey import Journey

CONNECTIONS = """\
First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Adler,https://www.linkedin.com/in/ada-adler,,Acme GmbH,Engineer,01 Feb 2024
Ben,Brandt,https://www.linkedin.com/in/ben-brandt,,Acme,Designer,01 Mar 2024
"""
HEAD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)


def _messages() -> str:
    """Ada and the owner wrote to each other every week of 2024; Ben only wrote."""
    me, ada, ben = (f"https://www.linkedin.com/in/{who}" for who in ("alex-morgan", "ada-adler", "ben-brandt"))
    rows = []
    for week in range(52):
        day = f"2024-{week // 4 % 12 + 1:02}-{week % 4 * 7 + 1:02}"
        rows += [
            f"c1,,Alex Morgan,{me},Ada Adler,{ada},{day} 10:00:00 UTC,,Shall we meet about plan {week}?,INBOX",
            f"c1,,Ada Adler,{ada},Alex Morgan,{me},{day} 11:00:00 UTC,,Gladly and plan {week} looks good,INBOX",
            f"c2,,Ben Brandt,{ben},Alex Morgan,{me},{day} 12:00:00 UTC,,Have you seen my offer {week}?,INBOX",
        ]
    return "\n".join([HEAD, *rows]) + "\n"


def _select(journey: Journey, row: int) -> None:
    """Ticks the box in front of a row of the table."""
    box = journey.page.locator(".st-key-ties canvas").first.bounding_box()
    assert box
    journey.page.mouse.click(box["x"] + 22, box["y"] + 55 + 35 * row)


def _ties(journey: Journey) -> None:
    journey.page.get_by_role("link", name="Ties", exact=True).click()
    journey.see("Nobody is selected.")


def test_a_tie_is_let_go_of_after_a_warning_and_taken_back(journey: Journey, tmp_path: Path) -> None:
    """A chip, a row, let go, think twice, all the same; on the list with a link; undone; and the table as a workbook."""
    page = journey.page
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    (tmp_path / "messages.csv").write_text(_messages(), encoding="utf-8")
    journey.give(tmp_path / "Connections.csv", tmp_path / "messages.csv")
    journey.see("Kinds of tie")
    _ties(journey)
    page.get_by_role("radio", name="Deep").click()
    journey.see("1 of 2")
    _select(journey, 0)
    journey.see("1 selected: Ada Adler")
    page.locator(".st-key-mark-let-go button").first.click()
    journey.see("Think twice about 1 person")
    page.get_by_role("button", name="Let go all the same").click()
    page.get_by_role("button", name="Undo 1 person: let go").wait_for()
    page.get_by_role("radio", name="Let-go list").click()
    journey.see("0 of 1 ticked off")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download the list as CSV").click()
    (row,) = csv.DictReader(io.StringIO(caught.value.path().read_text(encoding="utf-8")))
    assert (row["name"], row["profile_url"]) == ("Ada Adler", "https://www.linkedin.com/in/ada-adler")
    page.get_by_role("button", name="Undo 1 person: let go").click()
    journey.see("Nobody is left to remove")
    page.get_by_role("radio", name="Ties", exact=True).click()
    journey.see("1 of 2")
    with page.expect_download() as caught:
        page.get_by_role("button", name="as XLSX").click()
    with zipfile.ZipFile(caught.value.path()) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "Ada Adler" in texts
    assert "Ben Brandt" not in texts


def test_a_link_opens_filtered_and_names_nobody(journey: Journey) -> None:
    """The address holds what the filters are set to, but for the search; whoever opens it sees the same table."""
    page = journey.page
    page.get_by_role("button", name="Try it with the fictional sample").click()
    journey.see("Kinds of tie")
    _ties(journey)
    count = page.get_by_text("of 1,184")
    page.get_by_role("radio", name="Never spoken").click()
    silent = journey.turn(count, "1,184 of 1,184")
    page.get_by_label("Search names, companies and positions").fill("engineer")
    shown = journey.turn(count, silent)
    assert not shown.startswith("1,184")
    assert page.url.endswith("/ties?chip=Never+spoken")
    page.get_by_role("link", name="Audit", exact=True).click()
    journey.see("Kinds of tie")
    _ties(journey)
    assert count.inner_text() == shown
