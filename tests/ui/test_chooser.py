"""A list of another network, whose columns the owner chooses."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

LIST = """\
Wer,Firma,Wo,Dazugekommen
Ada Adler,Acme,https://social.example/@ada,03/04/2024
Ben Brandt,![x](http://evil.example/x.png),https://social.example/@ben,25/04/2024
"""


def read(app: AppTest, tmp_path: Path) -> AppTest:
    (tmp_path / "leute.csv").write_text(LIST, encoding="utf-8")
    app.text_input(key="path").set_value(str(tmp_path / "leute.csv"))
    next(b for b in app.button if b.label == "Read it").click()
    return app.run()


def test_the_columns_of_an_unknown_table_are_asked_for(app: AppTest, tmp_path: Path) -> None:
    """Name, company, address and day are chosen; then everybody on it is a connection."""
    read(app, tmp_path)
    assert not app.exception
    assert any("list of people" in m.value for m in app.markdown)
    chosen = {"name": "Wer", "company": "Firma", "profile": "Wo", "since": "Dazugekommen"}
    for role, column in chosen.items():
        app.selectbox(key=f"role-0-{role}").set_value(column)
    app.text_input(key="network-0").set_value("gruppe")
    app.run()
    app.button(key="read-chosen").click()
    app.run()
    assert not app.exception
    assert any(m.label == "Connections" and m.value == "2" for m in app.metric)


def test_without_a_name_there_is_nothing_to_read(app: AppTest, tmp_path: Path) -> None:
    """The button waits until somebody is named."""
    read(app, tmp_path)
    for role in ("name", "first", "last", "profile", "email"):
        app.selectbox(key=f"role-0-{role}").set_value("")
    app.run()
    assert app.button(key="read-chosen").disabled


def test_a_table_that_is_none_is_dropped(app: AppTest, tmp_path: Path) -> None:
    """Back to the three ways in, with the reason why it could not be read."""
    read(app, tmp_path)
    app.button(key="drop-chosen").click()
    app.run()
    assert not app.exception
    assert app.error
    assert not any("list of people" in m.value for m in app.markdown)
