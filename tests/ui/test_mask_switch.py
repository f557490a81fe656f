"""The demo mask: one switch, and no page shows a real name."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.store import Store
from auditor.ui import server

SECRET = ("Ada", "Adler", "ada-adler", "Ben", "Brandt", "Castillo", "Acme", "Globex", "Alex", "Morgan", "evil.example")
VIEWS = sorted(view.stem for view in server.SCRIPT.with_name("views").glob("*.py"))


def everything(app: AppTest) -> str:
    """All that a page sends to the browser, as text: words, tables, the options of pictures."""

    def walk(block: object) -> list[str]:
        children = getattr(block, "children", None)
        if children:
            return [text for child in children.values() for text in walk(child)]
        proto = getattr(block, "proto", None)
        told = [str(proto)]
        value = getattr(block, "value", None) if hasattr(block, "value") else None
        if hasattr(value, "to_csv"):
            told.append(value.to_csv())
        return told

    return "\n".join(text for child in app._tree.children.values() for text in walk(child))


@pytest.fixture
def masked(open_export: Callable[..., AppTest]) -> AppTest:
    app = open_export(Connections=CONNECTIONS, messages=messages())
    app.button(key="keep").click().run()
    assert "Ada Adler" in everything(app)
    app.switch_page("views/data.py").run()
    app.button(key="mask").click().run()
    assert not app.exception
    return app


def test_no_page_shows_a_real_name(masked: AppTest) -> None:
    """Names, employers, keys, the owner: in no word, table or picture of any page; and files but in our own help."""
    for view in VIEWS:
        masked.switch_page(f"views/{view}.py").run()
        assert not masked.exception
        shown = everything(masked)
        files = () if view == "data" else ("messages.csv", "Connections.csv")
        assert (view, [word for word in (*SECRET, *files) if word in shown]) == (view, [])


def test_the_mask_changes_no_number_and_nothing_that_is_kept(masked: AppTest) -> None:
    """The sentence is the same; a mark is refused and said; the real names come back."""
    masked.switch_page("views/audit.py").run()
    said = [text.value for text in masked.markdown]
    assert "#### As of 19 August 2025: 3 connections, about 1 meaningful tie (1 to 1)." in said
    masked.switch_page("views/ties.py")
    masked.session_state["ties"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    masked.run()
    pills = next(group for group in masked.button_group if str(group.key).startswith("labels-"))
    pills.set_value(["keep"]).run()
    assert any("Show the real names to change" in error.value for error in masked.error)
    with Store.open() as store:
        assert store.labels().empty
    masked.button(key="unmask").click().run()
    assert not masked.exception
    assert "Ada Adler" in json.dumps(masked.dataframe[0].value["name"].tolist())
