"""Rating people, in a real browser: by keyboard, with an undo, and across a reload."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from journey import Journey

NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn")
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export of six people whom no other journey knows."""
    rows = [f"{name},Rated,https://www.linkedin.com/in/rated-{name.lower()},,,,01 Feb 2024" for name in NAMES]
    (tmp_path / "Connections.csv").write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return tmp_path


def _open(journey: Journey, folder: Path) -> None:
    """Reads the folder, and goes to the rating page."""
    field = journey.page.get_by_label("Or a file or folder on this machine")
    field.fill(str(folder))
    field.press("Enter")
    journey.see("6 connections")
    journey.page.get_by_role("link", name="Review", exact=True).click()
    journey.page.get_by_role("radio", name="Rate thirty").click()
    journey.see("How well do you know these people?")
    journey.see("of 6")


def _press(journey: Journey, key: str, then: str) -> None:
    journey.page.keyboard.press(key)
    journey.page.get_by_text(then, exact=True).wait_for()
    journey.settle()


def _rated(journey: Journey) -> list[tuple[str, str]]:
    """Who was rated, and how, as the CSV has it, the latest first."""
    with journey.page.expect_download() as caught:
        journey.page.get_by_role("button", name="Download these as CSV").click()
    with caught.value.path().open(encoding="utf-8", newline="") as file:
        return [(row["name"], row["rating"]) for row in csv.DictReader(file)]


def _card(journey: Journey) -> str:
    return journey.page.locator("[data-testid=stMain] h4").inner_text()


def test_ratings_outlive_a_reload(journey: Journey, folder: Path) -> None:
    """Rate three by key, undo one, reload, read the files again: two are kept, and the page counts on from there."""
    _open(journey, folder)
    cards = []
    for key, then in (("1", "2 of 6"), ("4", "3 of 6"), ("3", "4 of 6")):
        cards.append(_card(journey))
        _press(journey, key, then)
    _press(journey, "u", "3 of 6")
    assert _card(journey) == cards[2]
    assert "rated" not in journey.page.url.casefold()
    journey.page.goto(journey.address)
    journey.see("Which of your connections are relationships?")
    _open(journey, folder)
    journey.see("3 of 6")
    assert _rated(journey) == [(cards[1], "close"), (cards[0], "stranger")]
    _press(journey, "s", "4 of 6")
    journey.page.get_by_role("link", name="Audit", exact=True).click()
    journey.see("You told us about 2 people: 1 meaningful, 1 not.")
    journey.page.get_by_role("link", name="Rate thirty, to see how right this is").click()
    journey.see("Your ratings")
    journey.page.get_by_role("button", name="Delete all").click()
    journey.page.get_by_role("button", name="Yes, delete all of them").click()
    journey.page.get_by_text("Your ratings", exact=True).wait_for(state="detached")
    journey.settle()


def test_a_rating_is_changed_in_the_table(journey: Journey, folder: Path) -> None:
    """A double click on the word, another word, and the file has it."""
    _open(journey, folder)
    name = _card(journey)
    _press(journey, "1", "2 of 6")
    journey.see("Your ratings")
    table = journey.page.locator("[class*=st-key-ratings-] canvas").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    journey.page.mouse.dblclick(box["x"] + 320, box["y"] + 53)
    journey.page.locator("#portal").get_by_text("close", exact=True).click()
    journey.page.locator(".st-key-ratings-1").wait_for()
    journey.settle()
    assert _rated(journey) == [(name, "close")]
