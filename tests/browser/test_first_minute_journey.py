"""The first minute in a browser: a folder dropped whole, the answer before the audit, the mask."""

from __future__ import annotations

import shutil
from pathlib import Path

from journey import Journey
from playwright.sync_api import expect

from auditor import sample


def test_a_folder_becomes_an_audit_that_can_be_masked(journey: Journey, tmp_path: Path) -> None:
    """The unpacked export as a folder; the picture that tells the story; and then other names on every page."""
    folder = tmp_path / "Complete_LinkedInDataExport"
    shutil.copytree(sample.folder(), folder)
    page = journey.page
    page.get_by_text("A whole folder", exact=True).click()
    journey.see("Drop the folder that you unpacked the export into")
    page.locator("input[type=file]").first.set_input_files(folder)
    journey.see("Kinds of tie")
    assert journey.colours("growth") > 3
    assert journey.colours("layers") > 3
    sentence = page.get_by_text("meaningful ties (").first.inner_text()
    assert page.get_by_text("Javier Ortega").count() > 0
    page.get_by_role("link", name="Data & method").click()
    page.get_by_role("button", name="Replace every name (for screenshots)").click()
    page.get_by_role("button", name="Show the real names").wait_for()
    page.get_by_role("link", name="Audit", exact=True).click()
    journey.see("Kinds of tie")
    assert page.get_by_text("meaningful ties (").first.inner_text() == sentence
    expect(page.get_by_text("Worth doing")).to_be_visible()
    assert page.get_by_text("Javier Ortega").count() == 0
    page.get_by_role("button", name="Show the real names").click()
    page.get_by_text("Javier Ortega").first.wait_for()


def test_what_is_kept_opens_with_its_answer(journey: Journey, tmp_path: Path) -> None:
    """Kept, and opened again: the sentence is there while the audit is measured, and then the page with the target."""
    folder = tmp_path / "Basic_LinkedInDataExport"
    shutil.copytree(sample.folder(), folder)
    page = journey.page
    try:
        field = page.get_by_label("Or a file or folder on this machine")
        field.fill(str(folder))
        field.press("Enter")
        journey.see("Kinds of tie")
        page.get_by_role("button", name="Keep for next week").click()
        page.get_by_role("link", name="Kept", exact=True).wait_for()
        journey.settle()
        page.reload(wait_until="commit")
        page.get_by_text("Measuring again").wait_for()
        assert "meaningful ties (" in page.get_by_text("As of 20 November 2026").first.inner_text()
        journey.see("The target as a table")
        expect(page.get_by_text("Measuring again")).to_have_count(0)
    finally:
        page.get_by_role("link", name="Kept", exact=True).click()
        page.get_by_text("I want to delete everything").click()
        page.get_by_role("button", name="Delete everything").click()
        journey.see("No export is kept on this machine.")
