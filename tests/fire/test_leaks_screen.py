"""Nothing leaks onto the screen: on every page, what people and files are called is words, and never Markdown or HTML.

Streamlit sends the browser messages of many fields, most of which it reads as Markdown. Here all of them are looked at,
but for those that are known to be shown as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from auditor.ui import people, server

from .hostile import NAMES, export, steers

LIVE = re.compile(
    r"(?<!\\)<(?:img|script|a|u)\b|(?<!\\)\]\(http:|:material/home:|:smile:|:red\[|(?<!\\)\*starred|(?<!\\)`coded"
    r"|(?<!\\)\$e|https?://evil|www\.evil|mail@evil"
)
"""What would be a picture, a link, an icon, a formula or emphasis, were it read as Markdown."""

SHOWN_AS_IT_STANDS = {
    "text", "code", "echarts_chart", "dataframe", "text_input", "text_area", "selectbox", "multiselect", "query_params",
}  # fmt: skip
"""Elements whose words are words: the table is drawn on a canvas, the charts too, and their tooltips are escaped."""

OF_THESE = {"label", "help", "title"}
"""Fields of such elements that are read as Markdown nevertheless."""


def elements(app: AppTest) -> Iterator[tuple[str, Any]]:
    """Every message on the page: its kind, and the message."""
    waiting = [app._tree]
    while waiting:
        node = waiting.pop()
        waiting += list(getattr(node, "children", {}).values())
        message = getattr(node, "proto", None)
        if message is not None:
            yield str(getattr(node, "type", "")), message


def words(message: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a message, with the name of its field."""
    if isinstance(message, str):
        yield name, message
    elif hasattr(message, "ListFields"):
        for field, value in message.ListFields():
            yield from words(value, field.name)
    elif isinstance(message, list | tuple) or type(message).__name__.startswith("Repeated"):
        for one in message:
            yield from words(one, name)


def cells(app: AppTest) -> Iterator[tuple[str, str]]:
    """Every text in the tables of a page; those of `st.table` are read as Markdown, those of the grid are drawn."""
    for kind, tables in (("table", app.table), ("dataframe", app.dataframe)):
        for table in tables:
            shown = table.value
            yield from ((kind, str(name)) for name in shown.columns)
            yield from ((kind, cell) for name in shown for cell in shown[name] if isinstance(cell, str))


def leaks(app: AppTest) -> list[str]:
    """What is live on a page, and what steers its display: the kind of element, the field, and the words."""
    said = [(kind, field, text) for kind, message in elements(app) for field, text in words(message)]
    said += [(kind, "", text) for kind, text in cells(app)]
    return [
        f"{kind}.{field}: {text[:120]!r}"
        for kind, field, text in said
        if steers(text) or (LIVE.search(text) and not (kind in SHOWN_AS_IT_STANDS and field not in OF_THESE))
    ]


@pytest.fixture(scope="module", name="app")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppTest]:
    """The app with the hostile export in it, kept too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDITOR_STORE", str(tmp_path_factory.mktemp("store") / "store.sqlite3"))
        app = AppTest.from_file(server.SCRIPT, default_timeout=120).run()
        for name, text in export().items():
            app.file_uploader(key="drop-0").upload(name, text.encode(), "text/csv")
        app.run()
        app.button(key="keep").click().run()
        assert not app.exception
        yield app


PAGES = "audit week ties person map habits review data team".split()


@pytest.mark.parametrize("page", PAGES)
def test_on_every_page_names_are_words(app: AppTest, page: str) -> None:
    """Labels, captions, headings, help, tables, pictures and links."""
    app.switch_page(f"views/{page}.py").run()
    assert not app.exception
    assert leaks(app) == []
    shown = [text for _, message in elements(app) for _, text in words(message)] + [text for _, text in cells(app)]
    assert page in ("data", "team") or any(re.search(r"Ann|evil|1\+1|xxxx", text) for text in shown)


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_on_the_page_of_everybody_names_are_words(app: AppTest, number: int) -> None:
    """A person's own page, whoever it is."""
    app.switch_page("views/person.py")
    app.query_params["person"] = people.ref(f"linkedin:hostile-{number}")
    app.run()
    assert not app.exception
    assert app.header
    assert leaks(app) == []


def test_these_words_would_be_found(app: AppTest) -> None:
    """The check can fail: a page that shows a name raw is caught, in a label, a table and a title."""

    def page() -> None:
        import pandas as pd
        import streamlit as st

        st.button("[click](http://evil.example/a)")
        st.table(pd.DataFrame({"Who": ["*starred*"]}))
        st.text("Ann\u202egpj.exe")

    found = leaks(AppTest.from_function(page, default_timeout=60).run())
    assert [line.partition(".")[0] for line in sorted(found)] == ["button", "table", "text"]
