"""This week, in a real browser: from the sample to the week, back and forth, done, and away as a file."""

from __future__ import annotations

from icalendar import Calendar
from journey import Journey


def test_a_week_is_looked_at_and_taken_away(journey: Journey) -> None:
    """Open the sample, go to the week, one back and one forth, tick one off, take the reminders, the page and the text."""
    page = journey.page
    page.get_by_role("button", name="Try it with the fictional sample").click()
    journey.see("Kinds of tie")  # the example on the empty page speaks of meaningful ties too
    page.get_by_role("link", name="This week", exact=True).click()
    journey.see("Week 2026-W47, from 16 November 2026 to 20 November 2026, where the files end")
    journey.see("Worth doing")
    page.get_by_role("button", name="The week before").click()
    journey.see("Week 2026-W46, 9 November 2026 to 15 November 2026")
    page.get_by_role("button", name="The week after").click()
    journey.see("Week 2026-W47")
    page.get_by_role("button", name="Done", exact=True).first.click()
    journey.see("Not done after all")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Remind me on Monday at nine (.ics)").click()
    assert len(Calendar.from_ical(caught.value.path().read_bytes()).walk("VEVENT")) == 2
    with page.expect_download() as caught:
        page.get_by_role("button", name="One page to print (HTML)").click()
    assert "default-src 'none'" in caught.value.path().read_text(encoding="utf-8")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Text for a mail").click()
    assert caught.value.path().read_text(encoding="utf-8").startswith("Alex Morgan. Week 2026-W47")
