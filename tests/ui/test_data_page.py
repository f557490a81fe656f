"""The page Data & method."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages


def test_without_an_export_it_has_the_help_and_says_what_will_stand_there(app: AppTest) -> None:
    """Nothing was read, and nothing is kept."""
    app.switch_page("views/data.py").run()
    assert not app.exception
    assert "once files were read" in app.info[0].value
    assert any("No export is kept on this machine." in text.value for text in app.markdown)
    assert [tab.label for tab in app.tabs][:2] == ["Receipt", "Kept here"]


def test_the_receipt_stands_in_full_and_the_version_beside_the_method(open_export: Callable[..., AppTest]) -> None:
    """Every row of both files; and which score this is."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    app.switch_page("views/data.py").run()
    assert not app.exception
    assert "2 files read: 165 rows, 165 kept, 0 set aside" in [text.value for text in app.text]
    assert "messages.csv" in app.code[0].value
    assert any(caption.value.startswith("Depth, version ") for caption in app.caption)
