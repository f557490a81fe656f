"""Each page, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages, strangers_talk

from auditor.ui import manual, server

Opener = Callable[..., AppTest]


def _said(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.markdown, app.text, app.caption, app.subheader) for e in kind)


def test_the_empty_page_has_three_ways_in_and_an_example(app: AppTest) -> None:
    """Drop, path, sample; and a word on privacy beside them."""
    assert not app.exception
    assert app.file_uploader(key="drop-0")
    assert app.text_input(key="path")
    assert app.button(key="sample")
    assert "stay on this machine" in _said(app)
    assert "Request archive" in _said(app)


def test_an_upload_becomes_an_audit(app: AppTest) -> None:
    """Dropping Connections.csv and messages.csv together shows the headline, the layers and the kinds."""
    drop = app.file_uploader(key="drop-0")
    drop.upload("Connections.csv", CONNECTIONS.encode(), "text/csv")
    drop.upload("messages.csv", messages().encode(), "text/csv")
    app.run()
    assert not app.exception
    assert "3 connections, about 1 meaningful tie" in _said(app)
    assert "**By this one channel, fewer than most people keep; 7 in 10 of your connections are shallow.**" in _said(
        app
    )
    assert [m.delta for m in app.metric if m.label == "Shallow"] == ["67% of all; 1 deep"]
    assert [m.label for m in app.metric][:2] == ["Meaningful ties", "Connections"]
    assert "Your layers, and Dunbar's" in _said(app)


def test_connections_alone_show_size_and_how_to_get_the_rest(open_export: Opener) -> None:
    """No layers and no depth are invented where no contact was read."""
    app = open_export(Connections=CONNECTIONS)
    assert [(m.label, m.value) for m in app.metric] == [("Meaningful ties", "—"), ("Connections", "3")]
    assert "How to get the missing files" in _said(app)
    assert "layers" not in _said(app)


def test_a_wrong_file_is_one_box_and_the_page_stays(app: AppTest) -> None:
    """What it looks like, how to get the right one, and a fresh drop zone; nothing in it is live Markdown."""
    drop = app.file_uploader(key="drop-0")
    drop.upload("holiday.csv", b"Place,![x](http://evil.example/a.png)\nRome,1\n", "text/csv")
    app.run()
    assert not app.exception
    (box,) = app.error
    assert "holiday" in box.value
    assert "![x]" not in box.value
    assert app.file_uploader(key="drop-1")


def test_a_path_that_does_not_exist_is_said(app: AppTest) -> None:
    """The field for big files answers like the drop zone."""
    app.text_input(key="path").set_value("/nowhere/export.zip")
    next(b for b in app.button if b.label == "Read it").click()
    app.run()
    assert not app.exception
    assert len(app.error) == 1


def test_another_day_gives_the_audit_of_that_day(open_export: Opener) -> None:
    """As of February 2024 there is one connection."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    day = app.date_input(key="as_of")
    day.set_value(day.value.replace(year=2024, month=2, day=15)).run()
    assert not app.exception
    assert "As of 15 February 2024: 1 connection" in _said(app)


def test_a_wrong_file_beside_an_audit_is_said_and_the_audit_stays(open_export: Opener) -> None:
    """The box stands in the open, not in the folded-up menu that the file was dropped on."""
    app = open_export(Connections=CONNECTIONS)
    app.file_uploader[0].upload("holiday.csv", b"Place,Day\nRome,1\n", "text/csv")
    app.run()
    assert not app.exception
    assert len(app.error) == 1
    assert app.metric[1].value == "3"


def test_files_named_at_the_start_are_read_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`auditor app FILE` opens with the audit; forgetting it does not read it again."""
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    monkeypatch.setattr(server, "_opened", [tmp_path / "Connections.csv"])
    app = AppTest.from_file(server.SCRIPT, default_timeout=30).run()
    assert app.metric[1].value == "3"
    app.button(key="forget").click().run()
    assert not app.metric


def test_forgetting_leads_back_to_the_beginning(open_export: Opener) -> None:
    """Nothing of the export is left in the session."""
    app = open_export(Connections=CONNECTIONS)
    app.button(key="forget").click().run()
    assert app.button(key="sample")
    assert "export" not in app.session_state


def test_ties_without_an_export_point_to_the_audit(app: AppTest) -> None:
    """The page says what will stand there."""
    app.switch_page("views/ties.py").run()
    assert not app.exception
    assert "once an export was read" in app.info[0].value


@pytest.fixture
def ties(open_export: Opener) -> AppTest:
    return open_export(Connections=CONNECTIONS, messages=messages()).switch_page("views/ties.py").run()


def _names(app: AppTest) -> list[str]:
    return app.dataframe[0].value["name"].tolist()


def test_the_table_shows_every_connection_deepest_first_with_its_reason(ties: AppTest) -> None:
    """Names stand as they are written, and each row says why."""
    assert _names(ties)[0] == "Ada Adler"
    assert sorted(_names(ties)) == ["=Carla **Castillo**", "Ada Adler", "Ben Brandt"]
    assert ties.dataframe[0].value["reason"].str.len().min() > 10


@pytest.mark.parametrize(
    ("chip", "names"),
    [
        ("Deep", ["Ada Adler"]),
        ("Shallow", ["Ben Brandt", "=Carla **Castillo**"]),
        ("Waiting for you", ["Ben Brandt"]),
        ("Never spoken", ["=Carla **Castillo**"]),
    ],
)
def test_a_chip_narrows_the_table(ties: AppTest, chip: str, names: list[str]) -> None:
    """One click answers one question, and the count says of how many."""
    next(group for group in ties.button_group if group.key == "chip").set_value(chip).run()
    assert _names(ties) == names
    assert f"**{len(names)}** of 3" in _said(ties)


def test_the_search_forgives_a_typo(ties: AppTest) -> None:
    """ "Brandtt" finds Brandt."""
    ties.text_input(key="text").set_value("Brandtt").run()
    assert _names(ties) == ["Ben Brandt"]


def test_an_empty_result_says_what_to_loosen_and_reset_loosens_it(ties: AppTest) -> None:
    """The hint names the filters that are set, and no others."""
    ties.text_input(key="text").set_value("zzzzzz")
    ties.multiselect(key="kinds").set_value(["core"]).run()
    assert ties.info[0].value == "Try a shorter or another search text; or more kinds, or none."
    ties.button(key="reset").click().run()
    assert len(_names(ties)) == 3


def test_a_filter_outlives_a_visit_to_another_page(ties: AppTest) -> None:
    """Coming back from the audit, the table is as it was left."""
    ties.text_input(key="text").set_value("Ben").run()
    ties.switch_page("views/audit.py").run()
    ties.switch_page("views/ties.py").run()
    assert _names(ties) == ["Ben Brandt"]


def test_a_selected_row_shows_the_parts_of_its_depth(ties: AppTest) -> None:
    """The evidence in a sentence, and the parts in words, which add up to the raw score and come to the depth."""
    ties.session_state["ties"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    ties.run()
    assert not ties.exception
    parts = ties.table[0].value
    names = ["Where everyone starts", "Both ways", "Over time", "Of late", "Silence", "Depth"]
    assert parts["Part"].tolist() == names
    points = parts["Points"].astype(float)
    assert points.iloc[:-1].sum() == pytest.approx(points.iloc[-1], abs=0.03)
    assert parts["Comes to"].iloc[-2] == parts["Comes to"].iloc[-1]
    assert "Ada Adler" in _said(ties)
    assert "54 days of contact in both directions over" in _said(ties)


def test_a_selected_row_without_contact_says_what_is_known(ties: AppTest) -> None:
    """No waterfall of nothing: the reason alone."""
    ties.session_state["ties"] = {"selection": {"rows": [2], "columns": [], "cells": []}}
    ties.run()
    assert "no message either way" in _said(ties)
    assert len(ties.table) == 0


def test_the_self_audit_says_why_there_is_none(open_export: Opener) -> None:
    """Two ties are no sample: the page says what it takes."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    assert "Does depth know your past?" in _said(app)
    assert "It takes 20 ties" in _said(app)


def test_messages_whose_owner_is_unknown_are_asked_for_a_profile(open_export: Opener) -> None:
    """Five people write to each other and nothing says which of them is the owner: what to add, not "add messages"."""
    app = open_export(Connections=CONNECTIONS, messages=strangers_talk())
    assert not app.exception
    (warning,) = app.warning
    assert "Profile.csv" in warning.value
    assert "Add messages.csv" not in _said(app)


def test_there_is_nothing_to_download_where_nothing_passes(ties: AppTest) -> None:
    """The button stands still over an empty result. (What it gives is tested in a browser.)"""
    assert not ties.download_button(key="download").disabled
    ties.text_input(key="text").set_value("zzzzzz").run()
    assert ties.download_button(key="download").disabled


@pytest.mark.parametrize("page", manual.PAGES, ids=lambda page: page.file)
def test_every_page_of_help_is_shown(app: AppTest, page: manual.Page) -> None:
    """The texts of auditor/help/ stand on the page Data & method."""
    app.switch_page("views/data.py").run()
    assert not app.exception
    assert manual.text(page) in [m.value for m in app.markdown]


def test_files_are_added_to_what_was_read(app: AppTest, tmp_path: Path) -> None:
    """First the list, then the messages: one network, and both in the receipt."""
    for name, text in {"Connections": CONNECTIONS, "messages": messages()}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        app.text_input(key="path").set_value(str(tmp_path / f"{name}.csv"))
        next(b for b in app.button if b.label == "Read it").click()
        app.run()
        assert not app.exception
    said = "\n".join(element.value for element in app.text)
    assert "from Connections.csv, messages.csv" in said
    assert any(m.label == "Meaningful ties" and m.value != "—" for m in app.metric)


def test_files_that_end_long_ago_are_said_to(open_export: Opener) -> None:
    """On top of every page, with the day, and what to do."""
    long_ago = "These files end on 1 April 2024, "
    app = open_export(Connections=CONNECTIONS)
    assert any(long_ago in line.value for line in app.markdown)
    assert any(long_ago in line.value for line in app.switch_page("views/ties.py").run().markdown)


def test_files_of_this_season_are_not(open_export: Opener) -> None:
    """One connection of today is enough."""
    today = f"{datetime.now(UTC):%d %b %Y}"
    app = open_export(Connections=CONNECTIONS.replace("01 Apr 2024", today))
    assert not any("These files end on" in line.value for line in app.markdown)
