"""The second export: the header turns to it, and so does everything below."""

from __future__ import annotations

from pathlib import Path

from journey import Journey

WEEKS = Path(__file__).parents[2] / "sample_exports" / "alex_weeks"


def test_the_day_moves_with_the_next_export(journey: Journey) -> None:
    """A later export is added: the box that says from when the audit is shows the later day at once."""
    first, last = (sorted(WEEKS.iterdir())[place] for place in (0, -1))
    _read(journey, first)
    journey.see("Kinds of tie")
    before = _day(journey)
    journey.page.get_by_role("button", name="Add files").click()
    _read(journey, last)
    journey.page.get_by_role("button", name="Cancel").wait_for(state="detached", timeout=60_000)
    journey.see("Kinds of tie")
    assert before < _day(journey)


def _read(journey: Journey, folder: Path) -> None:
    field = journey.page.get_by_placeholder("/home/you/Downloads/Complete_LinkedInDataExport.zip")
    field.fill(str(folder))
    field.press("Enter")


def _day(journey: Journey) -> str:
    """The day in the box, as its parts stand there: year, month, day."""
    box = journey.page.get_by_test_id("stDateInput")
    return "-".join(part.inner_text() for part in box.get_by_role("spinbutton").all())
