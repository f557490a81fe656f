"""Finding people in the app: by what is known of them, in their messages while the files are open, and for a company."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.store import Store, default_path
from auditor.ui import server

ADA = "linkedin:ada-adler"
NOTE = pd.Timestamp("2026-05-06T10:00:00Z")


def page(folder: str) -> None:
    """A page of its own: the search, and what is known of Ada."""
    from pathlib import Path

    from auditor.ui import finding, state

    if state.export() is None:
        state.load([Path(folder)], "tiny")
    found = state.export()
    assert found is not None
    finding.show(found)
    finding.facts(found, "linkedin:ada-adler")


@pytest.fixture(name="finder")
def fixture_finder(tmp_path: Path) -> AppTest:
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    (tmp_path / "messages.csv").write_text(messages(), encoding="utf-8")
    return AppTest.from_function(page, kwargs={"folder": str(tmp_path)}, default_timeout=60).run()


def texts(app: AppTest) -> list[str]:
    return [element.value for element in app.text]


def headed(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_nothing_is_asked_nothing_is_shown(finder) -> None:
    """But what is known of the one person."""
    assert not finder.exception
    assert finder.markdown == []
    assert texts(finder)[:2] == ["How you met: connected (1 February 2024)", texts(finder)[1]]
    assert "Job: Engineer at Acme GmbH" in texts(finder)


def test_a_company_and_a_slip(finder) -> None:
    """The ways to it, the deepest first, and the people with their jobs."""
    finder.text_input(key="find").set_value("Acmme").run()
    assert not finder.exception
    assert "##### Ways to Acme" in headed(finder)
    ways = [text for text in texts(finder) if "Acme" in text and "Depth" in text]
    assert [way.split(" is ")[0] for way in ways] == ["Ada Adler", "Ben Brandt"]
    finder.text_input(key="find").set_value("acme").run()
    assert "**2 found**" in headed(finder)
    assert "Job: Designer at Acme" in texts(finder)


def test_a_note_is_found_as_soon_as_it_is_written(finder) -> None:
    """With its day; hostile words are shown as they are, and nothing of a query stands in the address."""
    with Store.open() as store:
        store.note(ADA, "Fly fishing **bold** ![x](http://evil.example/c.png) #mentor", NOTE)
    finder.text_input(key="find").set_value("fishing").run()
    assert "Note: Fly fishing **bold** ![x](http://evil.example/c.png) #mentor (6 May 2026)" in texts(finder)
    finder.text_input(key="find").set_value("#mentor").run()
    assert "Tag: #mentor" in "".join(texts(finder))
    assert dict(finder.query_params) == {}


def test_names_that_pretend_are_words(finder) -> None:
    """Markdown in a name is escaped."""
    finder.text_input(key="find").set_value("castillo").run()
    assert not finder.exception
    assert "\\*\\*Castillo\\*\\*" in headed(finder)


def test_messages_are_searched_when_asked_for(finder) -> None:
    """The month, the direction, the words, and no text; and what one writes about. Turned off, it is gone."""
    finder.text_input(key="find").set_value("offer").run()
    assert "Nothing that is known of anybody matches" in finder.info[0].value
    finder.toggle(key="find-texts").set_value(True).run()
    assert not finder.exception
    assert [text for text in texts(finder) if text.endswith(": offer")] == [
        "54 messages, the last in August 2025, from them: offer"
    ]
    assert not any("Have you seen" in text for text in texts(finder))
    assert any(text.startswith("What your messages are about") or "stands out" in text for text in texts(finder))
    finder.toggle(key="find-texts").set_value(False).run()
    assert "finding-said" not in finder.session_state
    assert not any(text.endswith(": offer") for text in texts(finder))


def test_no_text_is_in_the_store(finder) -> None:
    """Whatever was searched."""
    finder.toggle(key="find-texts").set_value(True)
    finder.text_input(key="find").set_value("offer").run()
    place = default_path()
    assert not place.exists() or b"offer" not in place.read_bytes()


def test_without_the_files_it_says_what_to_do(open_export: Callable[..., AppTest]) -> None:
    """What is kept has no text: hand the file in again."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    next(b for b in app.button if b.key == "keep").click().run()
    assert not app.exception

    def kept_page() -> None:
        from auditor.ui import finding, state

        state.open_kept()
        found = state.export()
        assert found is not None
        finding.show(found)
        finding.facts(found, "linkedin:ada-adler")

    again = AppTest.from_function(kept_page, default_timeout=60).run()
    assert not again.exception
    assert again.toggle(key="find-texts").disabled
    assert "hand the file in again" in again.caption[0].value
    assert server.SCRIPT
