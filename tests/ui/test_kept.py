"""What is kept between two visits: on request only, shown in full, deleted with one action."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.store import Store, default_path
from auditor.ui import opening, people, server

Opener = Callable[..., AppTest]


def fresh() -> AppTest:
    """The app in a new session."""
    return AppTest.from_file(server.SCRIPT, default_timeout=30).run()


def said(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.markdown, app.text) for e in kind)


def meaningful(app: AppTest) -> str:
    return next(m.value for m in app.metric if m.label == "Meaningful ties")


def data(app: AppTest) -> AppTest:
    """The page Data & method."""
    return app.switch_page("views/data.py").run()


def test_nothing_is_kept_unasked(open_export: Opener) -> None:
    """No file is made by reading."""
    open_export(Connections=CONNECTIONS, messages=messages())
    assert not default_path().exists()


def test_what_is_kept_opens_the_next_time(open_export: Opener) -> None:
    """The same audit, in a new session, without a file handed in."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    count = meaningful(app)
    app.button(key="keep").click().run()
    assert not app.exception
    assert "1 import kept on this machine" in said(app)
    again = fresh()
    assert not again.exception
    assert "1 import kept on this machine" in said(again)
    assert meaningful(again) == count


def test_the_next_export_is_kept_with_it(open_export: Opener, tmp_path: Path) -> None:
    """Files added to what is kept are kept too; forgetting one import leaves the other."""
    app = open_export(Connections=CONNECTIONS)
    app.button(key="keep").click().run()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "messages.csv").write_text(messages(), encoding="utf-8")
    app.text_input(key="path").set_value(str(tmp_path / "more" / "messages.csv"))
    next(b for b in app.button if b.label == "Read it").click()
    app.run()
    assert not app.exception
    assert "2 imports kept on this machine" in said(app)
    assert meaningful(app) != "—"
    data(app).button(key="forget-import-2").click().run()
    assert "1 import kept on this machine" in said(app)
    app.switch_page("views/audit.py").run()
    assert meaningful(app) == "—"


def test_everything_is_deleted_at_once(open_export: Opener) -> None:
    """After a tick and a click nothing is left, here or in a new session."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    app.button(key="keep").click().run()
    data(app).checkbox(key="sure").check().run()
    app.button(key="forget-all").click().run()
    assert not app.exception
    assert "export" not in app.session_state
    assert "kept on this machine" not in said(fresh())


def test_the_sample_is_nobodys_to_keep(app: AppTest) -> None:
    """There is no such button."""
    app.button(key="sample").click().run()
    assert not app.exception
    assert "keep" not in [button.key for button in app.button]


def test_the_next_export_is_found_where_downloads_lie(open_export: Opener, tmp_path: Path) -> None:
    """One click looks into the folder, and keeps what is new."""
    app = open_export(Connections=CONNECTIONS)
    app.button(key="keep").click().run()
    folder = tmp_path / "downloads"
    folder.mkdir()
    data(app).text_input(key="downloads").set_value(str(folder))
    app.button(key="look").click().run()
    assert any("no whole export" in info.value for info in app.info)
    with zipfile.ZipFile(folder / "Complete_LinkedInDataExport_11-20-2026.zip", "w") as packed:
        packed.writestr("Connections.csv", CONNECTIONS)
        packed.writestr("messages.csv", messages())
    app.button(key="look").click().run()
    assert not app.exception
    assert "2 imports kept on this machine" in said(app)
    assert meaningful(app.switch_page("views/audit.py").run()) != "—"


def test_a_copy_comes_back(open_export: Opener, tmp_path: Path) -> None:
    """What was exported takes the place of what is there, after a tick, and is on screen; a check says it is whole."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    app.button(key="keep").click().run()
    with Store.open() as store:
        store.export(tmp_path / "copy.zip")
    data(app).button(key="verify").click().run()
    assert "The store is whole (version" in said(app)
    app.checkbox(key="sure").check().run()
    app.button(key="forget-all").click().run()
    data(app).file_uploader(key="restore-zip").upload(
        "copy.zip", (tmp_path / "copy.zip").read_bytes(), "application/zip"
    )
    app.run()
    app.button(key="restore-now").click().run()
    assert not app.exception
    assert not app.error
    assert "1 import kept on this machine" in said(app)


def test_what_is_no_copy_changes_nothing(open_export: Opener) -> None:
    """It is said, and what is kept stays."""
    app = open_export(Connections=CONNECTIONS)
    app.button(key="keep").click().run()
    data(app).file_uploader(key="restore-zip").upload("copy.zip", b"no archive", "application/zip")
    app.run()
    assert app.button(key="restore-now").disabled
    app.checkbox(key="restore-sure").check().run()
    app.button(key="restore-now").click().run()
    assert not app.exception
    assert any("is no export of a store" in error.value for error in app.error)
    assert "1 import kept on this machine" in said(app)


def test_lunches_make_a_shallow_friend_deep(app: AppTest) -> None:
    """The sample, then its calendar, calls and address book with one click: the reason says how that tie is lived."""
    app.button(key="sample").click().run()
    app.switch_page("views/ties.py").run()
    before = app.dataframe[0].value.set_index("name").loc["Philippa Wragg"]
    app.button(key="channels").click().run()
    assert not app.exception
    after = app.dataframe[0].value.set_index("name").loc["Philippa Wragg"]
    assert (before["state"], after["state"]) == ("unobserved", "deep")
    assert "You met on 58 days over a meal" in after["reason"]


def test_a_mark_on_a_card_is_kept(open_export: Opener) -> None:
    """Family, and to reach out to; taken off again, it is gone."""
    app = open_export(Connections=CONNECTIONS, messages=messages()).switch_page("views/ties.py")
    app.session_state["ties"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert not app.exception
    marks = app.pills(key=f"labels-{people.ref('linkedin:ada-adler')}")
    marks.set_value(["family", "reach out"]).run()
    with Store.open() as store:
        assert store.labels()[["person", "label"]].to_numpy().tolist() == [
            ["linkedin:ada-adler", "family"], ["linkedin:ada-adler", "reach out"],
        ]  # fmt: skip
    app.pills(key=f"labels-{people.ref('linkedin:ada-adler')}").set_value([]).run()
    assert not app.exception
    with Store.open() as store:
        assert store.labels().empty


def test_the_kept_answer_stands_first_and_gives_way(open_export: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the audit is made its last answer is there; where a rating changed since, that is said; then the page."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    app.button(key="keep").click().run()
    shown: list[tuple[str, bool]] = []
    drawn = opening._answer
    monkeypatch.setattr(opening, "_answer", lambda a, current: (shown.append((a.sentence, current)), drawn(a, current)))
    again = fresh()
    assert shown == [("As of 19 August 2025: 3 connections, about 1 meaningful tie (1 to 1).", True)]
    assert not again.exception
    assert "Measuring again" not in said(again)
    assert said(again).count("3 connections, about 1 meaningful tie") == 1
    with Store.open() as store:
        store.rate("linkedin:ben-brandt", "close", pd.Timestamp("2026-01-01T00:00:00Z"))
    again = fresh()
    assert shown[-1][1] is False
    assert "about 2 meaningful ties" in said(again)
    fresh()
    assert shown[-1][0].endswith("about 2 meaningful ties (2 to 2).")
    assert shown[-1][1] is True


def test_the_owners_word_is_read_once_a_run(open_export: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page asks for the marks many times; the store is asked once, and again when another program has written."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    app.button(key="keep").click().run()
    asked: list[int] = []
    marks = Store.marks
    monkeypatch.setattr(Store, "marks", lambda store: (asked.append(1), marks(store))[1])
    app.switch_page("views/ties.py").run()
    assert len(asked) <= 1
    before = len(asked)
    with Store.open() as store:
        store.rate("linkedin:ben-brandt", "close", pd.Timestamp("2026-01-01T00:00:00Z"))
    app.run()
    assert len(asked) == before + 1
    ties = app.dataframe[0].value.set_index("name")
    assert ties.loc["Ben Brandt", "state"] == "deep"
