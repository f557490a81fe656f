"""The page of a person, in a real browser: from a dot to the page, a note that is there the next time, and undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from journey import Journey

PROFILE = "First Name,Last Name,Headline\nAlex,Morgan,Head of Product\n"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)
NOTE = "Wants to learn to sail #sailing"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Messages with one close friend, whom no other journey knows."""
    me, them = "https://www.linkedin.com/in/alex-morgan", "https://www.linkedin.com/in/ora-quist"
    lines = [MESSAGES]
    for day in range(1, 29):
        lines.append(f"c,,Alex Morgan,{me},Ora Quist,{them},2026-01-{day:02} 10:00:00 UTC,,about day {day},INBOX")
        lines.append(f"c,,Ora Quist,{them},Alex Morgan,{me},2026-02-{day:02} 10:00:00 UTC,,answer {day},INBOX")
    (tmp_path / "messages.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "Profile.csv").write_text(PROFILE, encoding="utf-8")
    return tmp_path


def _open(journey: Journey, folder: Path) -> None:
    """Reads the folder, clicks the only dot, and follows the link on the card."""
    field = journey.page.get_by_label("Or a file or folder on this machine")
    field.fill(str(folder))
    field.press("Enter")
    journey.see("Kinds of tie")
    journey.page.mouse.click(*journey.dot("linkedin:ora-quist"))
    journey.see("all points together")
    journey.page.get_by_role("link", name="Open the page of this person").click()
    journey.see("What there was between you")


def test_a_note_outlives_a_reload(journey: Journey, folder: Path) -> None:
    """From the dot to the page; a note, read again after a reload; deleted, taken back, and deleted for good."""
    page = journey.page
    _open(journey, folder)
    assert "?person=" in page.url
    assert "ora" not in page.url.casefold()
    assert journey.page.get_by_role("heading", name="Ora Quist").is_visible()
    for chart in ("timeline-", "course-"):
        key = page.locator(f"[class*=st-key-{chart}]").first.get_attribute("class") or ""
        assert journey.colours(next(c for c in key.split() if chart in c).removeprefix("st-key-")) > 2
    page.get_by_label("A note", exact=True).fill(NOTE)
    page.get_by_role("button", name="Keep this note").click()
    journey.see("Undo: a new note")
    page.goto(journey.address)
    journey.see("Which of your connections are relationships?")
    _open(journey, folder)
    journey.see(NOTE)
    page.get_by_role("button", name="Delete", exact=True).click()
    journey.see("Undo: a deleted note")
    assert page.get_by_text(NOTE).count() == 0
    page.get_by_role("button", name="Undo: a deleted note").click()
    journey.see(NOTE)
    page.get_by_role("button", name="Delete", exact=True).click()
    journey.see("Undo: a deleted note")


def test_a_search_leads_from_one_person_to_another(journey: Journey) -> None:
    """On the sample: a suggestion, then a name with a typo, each on a page of its own, and back."""
    page = journey.page
    page.get_by_role("button", name="Try it with the fictional sample").click()
    journey.see("Kinds of tie")
    page.get_by_role("link", name="Person", exact=True).click()
    journey.see("Whom to look at")
    page.locator("[data-testid=stMain]").get_by_role("link", name="Declan Yarrow").click()
    journey.see("What there was between you")
    first = page.url
    page.get_by_text("Find somebody else").click()
    box = page.get_by_role("searchbox", name="Find people by what you know of them")
    box.fill("Una Elphik")
    box.press("Enter")
    journey.see("Una Elphick")
    page.get_by_role("button", name="Open", exact=True).first.click()
    page.get_by_role("heading", name="Una Elphick").wait_for()
    journey.settle()
    assert page.url != first
    page.go_back()
    page.get_by_role("heading", name="Declan Yarrow").wait_for()
    journey.settle()
