"""The letter in a real browser: one sheet of A4, no script, nothing from elsewhere, and no name that acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from letters import HOSTILE, fullest
from playwright.sync_api import Browser, Page

from auditor import letter, sample
from auditor.sources import read
from auditor.weekly import WeeklyReport, weekly_report

HISTORY = pd.DataFrame(
    {"connections": range(800, 904), "meaningful": [60 + n / 4 for n in range(104)]},
    index=pd.Index([f"20{25 + n // 52}-W{n % 52 + 1:02}" for n in range(104)], name="week"),
)


@pytest.fixture(scope="module")
def report() -> WeeklyReport:
    return weekly_report(read([sample.folder()]))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that notes what it was asked for, and what went wrong."""
    opened = chromium.new_page()
    yield opened
    opened.close()


def pages(page: Page, html: str, folder: Path) -> int:
    """How many sheets the page prints."""
    (folder / "week.html").write_text(html, encoding="utf-8")
    page.goto((folder / "week.html").as_uri())
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    (folder / "week.pdf").write_bytes(printed)
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def test_the_letter_of_the_sample_is_one_sheet(page: Page, report: WeeklyReport, tmp_path: Path) -> None:
    """With both pictures."""
    assert pages(page, letter.html(report, HISTORY), tmp_path) == 1
    assert page.locator("svg").count() == 2


@pytest.mark.parametrize("name", [HOSTILE, "W" * 200, "漢" * 200, "A B " * 60])
def test_the_fullest_letter_is_one_sheet_too(page: Page, tmp_path: Path, name: str) -> None:
    """Every list as long as it can be, every name as wide as it can be."""
    assert pages(page, letter.html(fullest(name), HISTORY), tmp_path) == 1


def test_a_second_sheet_would_be_counted(page: Page, tmp_path: Path) -> None:
    """The count can be more than one."""
    assert pages(page, "<p style='break-after: page'>one</p><p>two</p>", tmp_path) == 2


def test_nothing_is_asked_for_and_no_name_acts(page: Page, tmp_path: Path) -> None:
    """Names that are HTML, that load pictures, that run scripts: text, and no request but for the file itself."""
    asked: list[str] = []
    spoken: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: spoken.append(line.text))
    page.on("dialog", lambda dialog: spoken.append(dialog.message))
    pages(page, letter.html(fullest(HOSTILE), HISTORY), tmp_path)
    assert asked == [(tmp_path / "week.html").as_uri()]
    assert spoken == []
    assert page.locator("script, img, iframe, link, a").count() == 0
    assert "<img src=x" in page.locator("bdi").nth(1).inner_text()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_its_window(
    chromium: Browser, tmp_path: Path, width: int, scheme: str, report: WeeklyReport
) -> None:
    """No sideways scrolling, on a screen and on a phone, with the longest words; the ground follows the scheme."""
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for html in (letter.html(report, HISTORY), letter.html(fullest("W" * 200))):
        pages(page, html, tmp_path)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 24, 26)"}[scheme]
    context.close()
