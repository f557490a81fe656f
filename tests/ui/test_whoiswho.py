"""Who is who, without a browser: a pair is shown with its reasons, and every answer can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.store import Store
from auditor.ui import server

PROFILE = "First Name,Last Name,Headline\nAlex,Morgan,Head of Product\n"
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@example.com
DTSTAMP:20250901T100000Z
DTSTART:20250820T120000Z
DTEND:20250820T130000Z
SUMMARY:Lunch w/ Ada
END:VEVENT
BEGIN:VEVENT
UID:2@example.com
DTSTAMP:20250901T100000Z
DTSTART:20250821T120000Z
DTEND:20250821T130000Z
SUMMARY:Lunch w/ Ben Brandt
END:VEVENT
END:VCALENDAR
"""
ADA, BEN = ("name:ada@calendar", "linkedin:ada-adler"), ("name:ben brandt@calendar", "linkedin:ben-brandt")


def opened(folder: Path) -> AppTest:
    """The page, in a session of its own."""
    app = AppTest.from_file(server.SCRIPT, default_timeout=30).run()
    app.text_input(key="path").set_value(str(folder))
    next(b for b in app.button if b.label == "Read it").click()
    app.run()
    app.switch_page("views/review.py").run()
    return app.button_group(key="review").set_value("Who is who").run()


@pytest.fixture(name="folder")
def fixture_folder(tmp_path: Path) -> Path:
    """Two connections, and a calendar that names one by the first name and one in full."""
    files = {
        "Connections.csv": CONNECTIONS,
        "messages.csv": messages(),
        "Profile.csv": PROFILE,
        "calendar.ics": CALENDAR,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(name="page")
def fixture_page(folder: Path) -> AppTest:
    return opened(folder)


def said(page: AppTest) -> str:
    return "\n".join(e.value for kind in (page.markdown, page.text, page.caption, page.success) for e in kind)


def answered(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def decided() -> list[tuple[str, str, bool]]:
    with Store.open() as store:
        return list(store.decisions()[["one", "other", "same"]].itertuples(index=False, name=None))


def test_without_files_the_page_points_to_the_audit(app: AppTest) -> None:
    """It says what will stand there."""
    app.switch_page("views/review.py").run()
    assert not app.exception
    assert "once files were read" in app.info[0].value


def test_a_doubtful_pair_waits_with_its_reason(page: AppTest) -> None:
    """Only the first name is known, so nothing is joined; both cards say what is known, and what joining would add."""
    assert not page.exception
    text = said(page)
    assert "**1** pair waits for you" in text
    assert "same first name" in text
    assert "Joining them adds 1 day of contact" in text
    assert "A connection since February 2024" in text
    assert "1 × meal" in text


def test_the_same_is_kept_for_the_next_time(page: AppTest, folder: Path) -> None:
    """The pair is gone, in another session too, and the lunch belongs to the tie."""
    answered(page, "review-s")
    assert decided() == [(*sorted(ADA), True)]
    again = opened(folder)
    assert "Nobody is in doubt" in said(again)
    again.switch_page("views/ties.py").run()
    why = again.dataframe[0].value.set_index("name")["reason"]["Ada Adler"]
    assert "You met on 1 day over a meal" in why


def test_different_is_kept_and_taken_back(page: AppTest) -> None:
    """Two humans; undo, and the question is open again."""
    answered(page, "review-d")
    assert decided() == [(*sorted(ADA), False)]
    assert "Nobody is in doubt" in said(page)
    answered(page, "review-u")
    assert decided() == []
    assert "**1** pair waits" in said(page)


def test_later_decides_nothing(page: AppTest) -> None:
    """The pair is put off for this session, and can be called back."""
    answered(page, "review-l")
    assert decided() == []
    assert "Nobody is in doubt" in said(page)
    answered(page, "review-again")
    assert "**1** pair waits" in said(page)


def test_what_joined_by_itself_can_be_taken_apart(page: AppTest) -> None:
    """The full name was unique on both sides; the owner knows better."""
    from auditor.ui import whoiswho

    (joined,) = [frame for frame in page.dataframe if "evidence" in frame.value.columns]
    assert joined.value[["mention", "human"]].to_numpy().tolist() == [list(BEN)]
    whoiswho._part(joined.value)
    assert decided() == [(*sorted(BEN), False)]
    page.run()
    assert not any("evidence" in frame.value.columns for frame in page.dataframe)
