"""This week, without a browser: what stands there, where the arrows lead, what can be taken away, and names as text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from icalendar import Calendar
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.ui import people

Opener = Callable[..., AppTest]
QUESTION = (
    "c1,,Ada Adler,https://www.linkedin.com/in/ada-adler,Alex Morgan,https://www.linkedin.com/in/alex-morgan,"
    "2026-01-07 09:00:00 UTC,,Will you come to the fair with me?,INBOX\n"
)
EVIL = "![x](//e.io) **Evil** <script>"


@pytest.fixture
def page(open_export: Opener) -> AppTest:
    """This week, of an export whose last message asks the owner something."""
    return _opened(open_export, CONNECTIONS, messages())


def _opened(open_export: Opener, connections: str, said: str) -> AppTest:
    return open_export(Connections=connections, messages=said + QUESTION).switch_page("views/week.py").run()


def _said(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.markdown, app.text, app.caption, app.subheader, app.title) for e in kind)


def _week(app: AppTest) -> str:
    return str(app.selectbox(key="week").value)


def test_without_an_export_the_page_points_to_the_audit(app: AppTest) -> None:
    """It says what will stand there."""
    app.switch_page("views/week.py").run()
    assert not app.exception
    assert "three things worth doing stand here once an export was read" in app.info[0].value


def test_the_last_week_is_shown_with_its_answer(page: AppTest) -> None:
    """Deeper or bigger in a headline, the four numbers, who moved and why, and what to do."""
    assert not page.exception
    assert _week(page) == "2026-W02"
    assert [metric.label for metric in page.metric] == [
        "Meaningful ties",
        "Connections",
        "In touch with",
        "Depth gained",
    ]
    assert "meaningful tie" in _said(page)
    assert "They wait for you" in _said(page)
    assert "Answer: Ada Adler" in _said(page)


def test_the_arrows_go_a_week_back_and_forth_and_no_further(page: AppTest) -> None:
    """The list beside them follows; there is no week after the last."""
    assert page.button(key="week-after").disabled
    page.button(key="week-before").click().run()
    assert _week(page) == "2026-W01"
    assert "29 December 2025 to 4 January 2026" in _said(page)
    page.button(key="week-after").click().run()
    assert _week(page) == "2026-W02"
    first = page.selectbox(key="week").options[-1]
    page.selectbox(key="week").set_value("2024-W05").run()
    assert "Feb 2024 (W05)" in first
    assert not page.exception
    assert page.button(key="week-before").disabled


def test_every_week_of_the_picker_has_a_report(page: AppTest) -> None:
    """From the first connection to the last day, also a quiet one."""
    for week in ("2024-W06", "2025-W01", "2025-W33"):
        page.selectbox(key="week").set_value(week).run()
        assert not page.exception
        assert len(page.metric) == 4


def test_what_is_done_leaves_the_reminders(page: AppTest) -> None:
    """And can be taken back."""
    why = "They asked you something today; nothing has followed yet."
    assert why in _said(page)
    page.button(key="done-2026-W02-0").click().run()
    assert page.button(key="undo-2026-W02-0")
    assert ":material/check_circle: :gray[**Answer: Ada Adler**]" in _said(page)
    assert why not in _said(page)
    page.button(key="undo-2026-W02-0").click().run()
    assert page.button(key="done-2026-W02-0")


def test_an_action_and_a_name_lead_to_the_person(page: AppTest) -> None:
    """By a short name that tells nobody who it is."""
    link = next(link.proto for link in page.get("page_link") if link.proto.label == "Ada Adler")
    assert link.query_string == f"person={people.ref('linkedin:ada-adler')}"
    page.button(key="see-2026-W02-0").click().run()
    assert not page.exception
    assert [title.value for title in page.title] == ["Person"]


def test_the_page_opens_after_rate_thirty(open_export: Opener) -> None:
    """What is done there is no list of what is done here: each page keeps its own."""
    app = open_export(Connections=CONNECTIONS, messages=messages() + QUESTION)
    app.switch_page("views/review.py").run()
    app.button_group(key="review").set_value("Rate thirty").run()
    app.button(key="skip").click().run()
    app.switch_page("views/week.py").run()
    assert not app.exception
    app.button(key="done-2026-W02-0").click().run()
    assert not app.exception


def test_an_earlier_day_is_seen_as_it_was(page: AppTest) -> None:
    """With another day in the head of the page its week is the last of the picker."""
    page.date_input(key="as_of").set_value("2025-06-11").run()
    assert not page.exception
    assert _week(page) == "2025-W24"
    assert "where the files end" in _said(page)


def test_names_are_text(open_export: Opener) -> None:
    """A contact called like a picture and a script: the words, and no more, in headings, tables and reminders."""
    evil = EVIL.replace(",", " ")
    page = _opened(
        open_export, CONNECTIONS.replace("Ada,Adler", f"{evil},Adler"), messages().replace("Ada Adler", f"{evil} Adler")
    )
    assert not page.exception
    links = [str(link.proto.label) for link in page.get("page_link")]
    shown = [*links, *(m.value for m in page.markdown)]
    assert any("Evil" in text for text in links)
    assert not [text for text in shown if re.search(r"!\[|(?<!\\)\*\*Evil|(?<!\\)<script", text)]


def test_the_reminders_are_a_calendar(page: AppTest) -> None:
    """What the button hands over is read back by a calendar's own library."""
    from auditor import letter
    from auditor.ui import state

    found = page.session_state["export"]
    assert isinstance(found, state.Export)
    from auditor.weekly import weekly_report

    events = Calendar.from_ical(letter.ics(weekly_report(found.records))).walk("VEVENT")
    assert str(events[0]["SUMMARY"]) == "Answer: Ada Adler"
