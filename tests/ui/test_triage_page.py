"""One by one, without a browser: what a card shows, what an answer keeps, what is undone as one."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.store import Store
from auditor.ui import triage

ME, ADA = (f"https://www.linkedin.com/in/{slug}" for slug in ("alex-morgan", "ada-adler"))
CONNECTED = "\n".join(
    [
        CONNECTIONS.splitlines()[0],
        f"Ada,Adler,{ADA},,Acme GmbH,Engineer,01 Feb 2011",
        *(f"{name},Quiet,https://www.linkedin.com/in/{name.lower()},,,,01 Mar 2015" for name in ("Cem", "Dan", "Eva")),
    ]
)
WROTE = (
    messages()
    + f"c1,,Alex Morgan,{ME},Ada Adler,{ADA},2010-03-01 10:00:00 UTC,,Shall we meet on this fine day?,INBOX\n"
)
"""Four connections; three of them silent since 2015, in a file of messages that reaches from 2010 to 2025."""


@pytest.fixture(name="page")
def fixture_page(open_export: Callable[..., AppTest]) -> AppTest:
    """The page of three people."""
    return open_export(Connections=CONNECTIONS, messages=messages()).switch_page("views/review.py").run()


@pytest.fixture(name="quiet")
def fixture_quiet(open_export: Callable[..., AppTest]) -> AppTest:
    """The page of four people, three of whom are a group."""
    return open_export(Connections=CONNECTED, messages=WROTE).switch_page("views/review.py").run()


def said(page: AppTest) -> str:
    return "\n".join(e.value for kind in (page.markdown, page.text, page.caption, page.success) for e in kind)


def asked(page: AppTest) -> str:
    """Whose card it is."""
    (name,) = [m.value.removeprefix("#### ") for m in page.markdown if m.value.startswith("#### ")]
    return name


def press(page: AppTest, *keys: str) -> AppTest:
    for key in keys:
        page.button(key=key if "-" in key else f"triage-{key}").click().run()
        assert not page.exception
    return page


def marks() -> dict[str, str]:
    """Person → label or rating, as the store has it."""
    with Store.open() as store:
        kept = store.marks()
    pairs = [*kept.labels[["person", "label"]].to_numpy(), *kept.ratings[["person", "rating"]].to_numpy()]
    return {person.removeprefix("linkedin:"): word for person, word in pairs}


def mark_elsewhere(person: str, label: str) -> None:
    """As another window, or the command line, would."""
    with Store.open() as store:
        store.label(person, label, pd.Timestamp("2026-03-03", tz="UTC"))


def test_without_files_the_page_points_to_the_audit(app: AppTest) -> None:
    """It says what will stand there."""
    app.switch_page("views/review.py").run()
    assert not app.exception
    assert "once files were read" in app.info[0].value


def test_a_card_has_the_evidence_and_the_keys(page: AppTest) -> None:
    """Ben, who writes and gets no answer, is where the audit is least sure."""
    assert not page.exception
    assert asked(page) == "Ben Brandt"
    text = said(page)
    assert "They reached out on 54 days and you never answered." in text
    assert "Kind\\:\u2060 unanswered" in text
    assert "last contact 19 August 2025" in text
    (days,) = [m for m in page.metric if m.label == "Days, you and they"]
    assert (days.value, days.delta) == ("0 : 54", "54 days in two years")
    keys = {b.label: b.proto.shortcut for b in page.button if b.key and b.key.startswith("triage-")}
    assert keys == {"Keep": "k", "Let go": "g", "Reach out": "o", "Know well": "w", "Skip": "s", "Undo": "u"}
    assert page.get("progress")[0].text == "1 of 3"


def test_an_answer_is_kept_and_the_next_one_comes(page: AppTest) -> None:
    """Each key writes its own word; then nobody is left, and another session asks nobody either."""
    press(page, "g")
    assert marks() == {"ben-brandt": "let go"}
    assert "Last: Ben Brandt\\:\u2060 let go" in said(page)
    assert page.get("progress")[0].text == "2 of 3"
    second = asked(page)
    press(page, "w")
    assert asked(page) != second
    press(page, "o")
    assert sorted(marks().values()) == ["know well", "let go", "reach out"]
    assert "You decided on everybody" in said(page)
    press(page, "u", "u", "u")
    assert marks() == {}
    assert asked(page) == "Ben Brandt"


def test_a_name_is_shown_as_it_is(page: AppTest) -> None:
    """Neither the stars nor the equals sign of a name do anything, on the card or in what undo would take back."""
    press(page, "s", "s")
    assert asked(page) == "\\=Carla \\*\\*Castillo\\*\\*"
    press(page, "k")
    assert "Last: \\=Carla \\*\\*Castillo\\*\\*\\:\u2060 keep" in said(page)


def test_skips_are_taken_back_in_the_order_they_came(page: AppTest) -> None:
    """A skip, a keep, a skip; three undos, and the first card is there again. A skip is not kept."""
    assert page.button(key="triage-u").disabled
    press(page, "s", "k", "s")
    assert list(marks().values()) == ["keep"]
    assert "everybody but the 2 whom you skipped" in said(page)
    press(page, "u", "u")
    assert marks() == {}
    press(page, "u")
    assert asked(page) == "Ben Brandt"
    assert page.button(key="triage-u").disabled


def test_those_skipped_can_be_called_back(page: AppTest) -> None:
    """All three were skipped, and stand there again."""
    press(page, "s", "s", "s", "triage-again")
    assert asked(page) == "Ben Brandt"


def test_after_so_many_it_is_enough(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rest after two; going on brings the third."""
    monkeypatch.setattr(triage, "REST", 2)
    press(page, "k", "s")
    assert "You looked at 2 people" in said(page)
    press(page, "more")
    assert asked(page) == "\\=Carla \\*\\*Castillo\\*\\*"


def test_no_answer_scores_anybody_again(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 30,000 ties an audit takes longer than anybody waits for the next card; a family label alone changes this one."""

    def again(*_: object) -> None:
        raise AssertionError("scored again")

    monkeypatch.setattr(sys.modules["auditor.audit"], "audit", again)
    press(page, "k", "w", "g", "u", "u", "u")
    mark_elsewhere("linkedin:ada-adler", "keep")
    page.run()
    assert not page.exception
    mark_elsewhere("linkedin:ada-adler", "family")
    page.run()
    assert page.exception


def test_labels_other_than_family_leave_the_audit_as_it_is(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With ratings too: the other pages score once for the rating, and not again for a label."""
    press(page, "w")
    page.switch_page("views/ties.py").run()
    monkeypatch.delattr(sys.modules["auditor.audit"], "audit")
    mark_elsewhere("linkedin:carla", "let go")
    page.run()
    assert not page.exception


def test_a_group_is_one_batch(quiet: AppTest) -> None:
    """Three people at once, and one undo for all three."""
    assert quiet.button(key="offer-never-spoken").label == "Let go of 3"
    press(quiet, "offer-never-spoken")
    assert marks() == dict.fromkeys(("cem", "dan", "eva"), "let go")
    assert "Last: 3 people\\:\u2060 let go" in said(quiet)
    assert "No group is left" in said(quiet)
    press(quiet, "u")
    assert marks() == {}
    assert quiet.button(key="offer-never-spoken").label == "Let go of 3"


def test_a_group_that_moved_is_refused(quiet: AppTest) -> None:
    """Somebody in it was marked elsewhere after it was shown: nothing is written, and the page says so."""
    mark_elsewhere("linkedin:cem", "keep")
    press(quiet, "offer-never-spoken")
    assert marks() == {"cem": "keep"}
    assert "no longer the one you saw" in quiet.warning[0].value
    press(quiet, "s")
    assert not quiet.warning


def test_a_store_that_cannot_be_used_is_said_and_the_card_stays(page: AppTest) -> None:
    """The answer is not taken for kept."""
    from auditor.store import default_path

    default_path().parent.mkdir(parents=True, exist_ok=True)
    default_path().write_text("no database", encoding="utf-8")
    press(page, "k")
    assert page.error
    assert asked(page) == "Ben Brandt"


def test_the_address_chooses_the_part(open_export: Callable[..., AppTest]) -> None:
    """A link to Review can mean its third part."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    app.query_params["review"] = "Rate thirty"
    app.switch_page("views/review.py").run()
    assert not app.exception
    assert any(b.key == "rate-close" for b in app.button)
