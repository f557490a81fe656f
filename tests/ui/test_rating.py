"""Rate thirty, without a browser: what is asked, what is kept, what can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.store import Store, default_path
from auditor.ui import kept, rating, server

Opener = Callable[..., AppTest]


@pytest.fixture
def page(open_export: Opener) -> AppTest:
    """The rating page of an export of three people."""
    return _opened(open_export(Connections=CONNECTIONS, messages=messages()))


def _opened(app: AppTest) -> AppTest:
    """Goes to the rating page."""
    app.switch_page("views/review.py").run()
    return app.button_group(key="review").set_value("Rate thirty").run()


def _said(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.markdown, app.text, app.caption, app.subheader) for e in kind)


def _asked(app: AppTest) -> str:
    """Whose card it is."""
    (name,) = [m.value.removeprefix("#### ") for m in app.markdown if m.value.startswith("#### ")]
    return name


def _answer(app: AppTest, *buttons: str) -> AppTest:
    for button in buttons:
        app.button(key=button).click().run()
        assert not app.exception
    return app


def _order(page: AppTest) -> list[str]:
    """The columns of the table of ratings that are shown."""
    return list(page.dataframe[0].proto.column_order)


def _kept() -> dict[str, str]:
    with Store.open() as store:
        kept = store.ratings()
    return dict(zip(kept["person"], kept["rating"], strict=True))


def test_a_card_shows_who_it_is_and_nothing_that_was_measured(page: AppTest) -> None:
    """A depth beside the name would sway the answer."""
    assert not page.exception
    assert "Connected since" in _said(page)
    assert "of contact" not in _said(page)
    assert not page.table
    assert page.get("progress")[0].text == "1 of 3"


def test_an_answer_is_kept_and_the_next_one_comes(page: AppTest) -> None:
    """One click a person; the store has the word, and the progress counts on."""
    first = _asked(page)
    _answer(page, "rate-close")
    assert list(_kept().values()) == ["close"]
    assert _asked(page) != first
    assert page.get("progress")[0].text == "2 of 3"
    assert "depth" not in _order(page)


def test_a_skipped_one_is_not_asked_again_and_not_kept(page: AppTest) -> None:
    """Nobody has to answer."""
    first = _asked(page)
    _answer(page, "skip")
    assert _asked(page) != first
    assert page.get("progress")[0].text == "2 of 3"
    assert not default_path().exists()


def test_undo_brings_the_last_one_back(page: AppTest) -> None:
    """Answers and skips alike, back to the first card."""
    first = _asked(page)
    assert page.button(key="undo").disabled
    _answer(page, "rate-stranger", "skip", "undo", "undo")
    assert _asked(page) == first
    assert _kept() == {}
    assert page.button(key="undo").disabled


def test_when_all_are_asked_the_depth_stands_beside_the_word(page: AppTest) -> None:
    """Only now; and there is nobody left to ask."""
    _answer(page, "rate-close", "rate-stranger", "rate-acquaintance")
    assert "depth" in _order(page)
    assert "asked about 3 people and rated 3" in page.success[0].value
    _answer(page, "more")
    assert "3 people" in page.success[0].value


def test_ratings_outlive_the_session(page: AppTest) -> None:
    """A new session asks about those who are left, and counts on from where it was."""
    first = _asked(page)
    _answer(page, "rate-know well")
    again = AppTest.from_file(server.SCRIPT, default_timeout=30).run()
    again.file_uploader(key="drop-0").upload("Connections.csv", CONNECTIONS.encode(), "text/csv")
    again.run()
    _opened(again)
    assert again.get("progress")[0].text == "2 of 3"
    assert _asked(again) != first


def test_the_audit_says_you_told_us(page: AppTest) -> None:
    """All three are close: three count on the owner's word, whatever was measured, and the reason says so."""
    _answer(page, "rate-close", "rate-close", "rate-close")
    page.switch_page("views/audit.py").run()
    assert not page.exception
    assert "You told us about 3 people: 3 meaningful, 0 not." in _said(page)
    page.switch_page("views/ties.py").run()
    table = page.dataframe[0].value
    assert set(table["kind"]) == {"told-close"}
    assert table["reason"].str.startswith("You told us").all()


def test_an_edit_in_the_table_is_kept_and_a_deleted_row_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the table in the browser sends back, applied to the store; the next table has a key without these edits."""
    for human in ("linkedin:ada", "linkedin:ben", "linkedin:carla"):
        kept.rate(human, "close")
    edits = {"edited_rows": {0: {"rating": "acquaintance"}}, "deleted_rows": [1]}
    session = {"ratings-7": edits, "ratings-turn": 7}
    monkeypatch.setattr(rating.st, "session_state", session)
    rating.edited(["linkedin:ada", "linkedin:ben", "linkedin:carla"], 7)
    assert _kept() == {"linkedin:ada": "acquaintance", "linkedin:carla": "close"}
    assert session["ratings-turn"] == 8


def test_all_ratings_are_deleted_at_once(page: AppTest) -> None:
    """One click and its confirmation."""
    _answer(page, "rate-close", "rate-stranger", "unrate-all")
    assert _kept() == {}


def test_a_store_that_cannot_be_used_is_said_and_the_page_stays(page: AppTest) -> None:
    """The file is something else; the answer is not taken for kept, and the same card stays."""
    default_path().write_text(
        "no database at all, but a shopping list that is long enough to be looked at", encoding="utf-8"
    )
    first = _asked(page)
    _answer(page, "rate-close")
    assert len(page.error) == 1
    assert _asked(page) == first


def test_the_csv_acts_as_no_formula() -> None:
    """A name that begins with = gets a quote."""
    shown = pd.DataFrame(
        {"name": ["=1+1"], "rating": ["close"], "depth": [9.0], "work": [""], "on": ["2026-11-20"]},
        index=["linkedin:ada"],
    )
    written = rating.csv(shown).splitlines()
    assert written[0] == "name,profile_url,rating,rated_on,depth"
    assert written[1] == "'=1+1,https://www.linkedin.com/in/ada,close,2026-11-20,9.0"
