"""Deciding on people one by one, in a real browser: by keyboard alone, with an undo, and across a reload."""

from __future__ import annotations

from pathlib import Path

import pytest
from journey import Journey

NAMES = ("Ida", "Jan", "Kim", "Lou")
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export of four people whom no other journey knows."""
    rows = [f"{name},Decided,https://www.linkedin.com/in/decided-{name.lower()},,,,01 Feb 2024" for name in NAMES]
    (tmp_path / "Connections.csv").write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return tmp_path


def _open(journey: Journey, folder: Path, progress: str) -> None:
    """Reads the folder, and goes to the page."""
    field = journey.page.get_by_label("Or a file or folder on this machine")
    field.fill(str(folder))
    field.press("Enter")
    journey.see("4 connections")
    journey.page.get_by_role("link", name="Review", exact=True).click()
    journey.see(progress)


def _press(journey: Journey, key: str, then: str) -> str:
    """Presses a key, waits for what follows, and gives the name on the card."""
    journey.page.keyboard.press(key)
    journey.page.get_by_text(then, exact=True).wait_for()
    journey.settle()
    return _card(journey)


def _card(journey: Journey) -> str:
    return journey.page.locator("[data-testid=stMain] h4").inner_text().strip()


def test_people_are_decided_on_by_keyboard(journey: Journey, folder: Path) -> None:
    """Keep, skip, let go, two undos; after a reload the one decision is kept, and no name stands in the address."""
    _open(journey, folder, "1 of 4")
    first = _card(journey)
    second = _press(journey, "k", "2 of 4")
    third = _press(journey, "s", "3 of 4")
    fourth = _press(journey, "g", "4 of 4")
    assert {first, second, third, fourth} == {f"{name} Decided" for name in NAMES}
    assert _press(journey, "u", "3 of 4") == third
    assert _press(journey, "u", "2 of 4") == second
    assert "decided" not in journey.page.url.casefold()
    journey.page.goto(journey.address)
    journey.see("Which of your connections are relationships?")
    _open(journey, folder, "2 of 4")
    assert _card(journey) == second
    _press(journey, "w", "3 of 4")
    journey.page.get_by_role("link", name="Audit", exact=True).click()
    journey.see("You told us about 1 people: 1 meaningful, 0 not.")
    journey.page.get_by_role("link", name="Review", exact=True).click()
    journey.see("3 of 4")
    _press(journey, "u", "2 of 4")
