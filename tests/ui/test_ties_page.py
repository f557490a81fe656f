"""The Ties page: saved views, marks on many, the warning before letting go, the let-go list, and going to a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.audit import audit
from auditor.ui import kept, marking, people, server, worklist

Opener = Callable[..., AppTest]
ADA, BEN, CARLA = "linkedin:ada-adler", "linkedin:ben-brandt", "linkedin:carla"


@pytest.fixture
def ties(open_export: Opener) -> AppTest:
    """Ada is deep, Ben only writes, Carla never spoke: rows 0, 1 and 2."""
    return open_export(Connections=CONNECTIONS, messages=messages()).switch_page("views/ties.py").run()


def _select(app: AppTest, *rows: int) -> AppTest:
    app.session_state["ties"] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return app.run()


def _names(app: AppTest) -> list[str]:
    return app.dataframe[0].value["name"].tolist()


def _labels() -> list[list[str]]:
    return sorted(kept.marks().labels[["person", "label"]].to_numpy().tolist())


def _texts(app: AppTest) -> str:
    return "\n".join(element.value for element in app.text)


def test_the_last_two_years_stand_beside_the_name(ties: AppTest) -> None:
    """Twenty-four small numbers where there was contact; nothing where there was none."""
    months = dict(zip(_names(ties), ties.dataframe[0].value["months"], strict=True))
    assert len(months["Ada Adler"]) == 24
    assert max(months["Ada Adler"]) == 3
    assert months["=Carla **Castillo**"] is None


@pytest.mark.parametrize(("button", "label"), [("mark-keep", "keep"), ("mark-reach-out", "reach out")])
def test_many_are_marked_at_once_and_the_step_is_taken_back(ties: AppTest, button: str, label: str) -> None:
    """The mark stands in the table, and undo takes it off both."""
    _select(ties, 1, 2).button(key=button).click().run()
    assert not ties.exception
    assert _labels() == [[BEN, label], [CARLA, label]]
    assert ties.dataframe[0].value["marks"].tolist()[1:] == [label, label]
    assert ties.button(key="undo-marks").label == f"Undo 2 people: {label}"
    ties.button(key="undo-marks").click().run()
    assert _labels() == []
    assert not any(button.key == "undo-marks" for button in ties.button)


def test_many_are_rated_at_once(ties: AppTest) -> None:
    """The audit heeds it at once: whoever is known well is told-close."""
    _select(ties, 1, 2).menu_button(key="mark-rate").click("know well").run()
    assert sorted(kept.ratings()["person"]) == [BEN, CARLA]
    shown = ties.dataframe[0].value.set_index("name")
    assert shown["kind"]["Ben Brandt"] == shown["kind"]["=Carla **Castillo**"] == "told-close"
    assert shown["marks"]["Ben Brandt"] == "know well"


def test_the_card_shows_what_was_marked_above_it(ties: AppTest) -> None:
    """The same mark, there too; and not after undo."""
    _select(ties, 1)
    assert ties.pills(key=f"labels-{people.ref(BEN)}").value == []
    ties.button(key="mark-keep").click().run()
    assert ties.pills(key=f"labels-{people.ref(BEN)}").value == ["keep"]
    ties.button(key="undo-marks").click().run()
    assert ties.pills(key=f"labels-{people.ref(BEN)}").value == []


def test_what_undo_takes_back_is_named_and_nothing_of_a_name_is_markdown(ties: AppTest) -> None:
    """A mark on the card of one person, whose name stands on the button as it is."""
    _select(ties, 2)
    ties.pills(key=f"labels-{people.ref(CARLA)}").set_value(["keep"]).run()
    assert ties.button(key="undo-marks").label == "Undo \\=Carla \\*\\*Castillo\\*\\*: keep"


def test_the_selected_are_named_and_nothing_of_a_name_is_markdown(ties: AppTest) -> None:
    """As plain text, three at most."""
    assert "Nobody is selected." in _texts(ties)
    assert ties.button(key="mark-let-go").disabled
    _select(ties, 0, 2)
    assert "2 selected: Ada Adler, =Carla **Castillo**" in _texts(ties)


def test_a_selection_does_not_move_to_other_people(ties: AppTest) -> None:
    """Row 1 was Ben; after a chip row 1 would be somebody else, and so nobody is selected."""
    _select(ties, 1)
    assert "1 selected: Ben Brandt" in _texts(ties)
    next(group for group in ties.button_group if group.key == "chip").set_value("Shallow").run()
    assert "Nobody is selected." in _texts(ties)
    assert ties.button(key="mark-keep").disabled


def test_letting_go_of_a_light_tie_needs_no_second_word(ties: AppTest) -> None:
    """It is done, and the list has them."""
    _select(ties, 1, 2).button(key="mark-let-go").click().run()
    assert not ties.warning
    assert _labels() == [[BEN, "let go"], [CARLA, "let go"]]


def test_letting_go_of_a_deep_tie_is_asked_about_by_name(ties: AppTest) -> None:
    """Nothing is written before one of the ways on is taken: the others only."""
    _select(ties, 0, 1, 2).button(key="mark-let-go").click().run()
    (warning,) = ties.warning
    assert "Ada Adler" in warning.value
    assert "Ben" not in warning.value
    assert _labels() == []
    assert ties.button(key="let-go-others").label == "Let go of the other 2 only"
    ties.button(key="let-go-others").click().run()
    assert _labels() == [[BEN, "let go"], [CARLA, "let go"]]
    assert not ties.warning


@pytest.mark.parametrize(("way", "labels"), [("let-go-all", [[ADA, "let go"]]), ("let-go-cancel", [])])
def test_the_warning_can_be_overruled_or_heeded(ties: AppTest, way: str, labels: list[list[str]]) -> None:
    """One deep tie alone: there are no others to let go of."""
    _select(ties, 0).button(key="mark-let-go").click().run()
    assert not any(button.key == "let-go-others" for button in ties.button)
    ties.button(key=way).click().run()
    assert _labels() == labels
    assert not ties.warning


def test_a_warning_is_dropped_with_the_selection_it_was_about(ties: AppTest) -> None:
    """Whoever selects others is asked anew."""
    _select(ties, 0).button(key="mark-let-go").click().run()
    assert ties.warning
    assert not _select(ties, 1).warning
    assert not _select(ties, 0).warning


def test_a_ready_made_view_sets_the_filters_and_a_filter_leaves_the_view(ties: AppTest) -> None:
    """Everybody connected after 2020: the view is empty, says so, and the list shows it as chosen until it is changed."""
    view = "Shallow, added before 2020, never spoken"
    ties.selectbox(key="view").set_value(view).run()
    assert not ties.exception
    assert ties.date_input(key="connected-until").value == date(2019, 12, 31)
    assert ties.multiselect(key="kinds").value == ["never-spoken"]
    assert "a wider time of connecting" in ties.info[0].value
    assert ties.selectbox(key="view").value == view
    ties.date_input(key="connected-until").set_value(None).run()
    assert _names(ties) == ["=Carla **Castillo**"]
    assert ties.selectbox(key="view").value is None


def test_a_view_is_saved_chosen_and_deleted(ties: AppTest) -> None:
    """Under the name it was given; it survives a reset, and is kept without the search text."""
    ties.multiselect(key="kinds").set_value(["unanswered"])
    ties.slider(key="depth").set_value((0, 90))
    ties.text_input(key="text").set_value("Ben").run()
    ties.session_state["view-saving"] = True
    ties.run()
    ties.text_input(key="view-name").set_value("They write").run()
    ties.button(key="view-save").click().run()
    assert not ties.exception
    assert ties.selectbox(key="view").value == "They write"
    assert "Ben" not in kept.views()["filter"].iloc[0]
    ties.button(key="reset").click().run()
    assert len(_names(ties)) == 3
    assert ties.selectbox(key="view").value is None
    ties.selectbox(key="view").set_value("They write").run()
    assert _names(ties) == ["Ben Brandt"]
    assert ties.slider(key="depth").value == (0, 90)
    ties.button(key="view-delete").click().run()
    assert kept.views().empty
    assert "They write" not in ties.selectbox(key="view").options


def test_a_view_without_a_name_is_not_saved(ties: AppTest) -> None:
    """The box says what is missing."""
    ties.session_state["view-saving"] = True
    ties.run().button(key="view-save").click().run()
    assert ties.error[0].value.replace("\u2060", "") == "A view needs a name\\."
    assert kept.views().empty


def test_a_view_that_cannot_be_read_is_counted(ties: AppTest) -> None:
    """A newer program's view stays in the store and breaks nothing."""
    kept.save_view("from the future", '{"kinds": ["telepathic"]}')
    ties.run()
    assert not ties.exception
    assert any("1 saved view cannot be read" in caption.value for caption in ties.caption)


def _worklist(app: AppTest) -> AppTest:
    next(group for group in app.button_group if group.key == "list").set_value("Let-go list")
    return app.run()


def test_the_let_go_list_is_empty_until_somebody_is_let_go_of(ties: AppTest) -> None:
    """It says how somebody gets there, and that nothing is done to any platform."""
    _worklist(ties)
    assert not ties.exception
    assert "Nobody is left to remove" in str(ties.info[0].proto)
    assert any("sends nothing to LinkedIn" in element.value for element in ties.markdown)


def test_the_let_go_list_has_links_and_a_download(ties: AppTest) -> None:
    """Both people with their profiles; the buttons are there."""
    _select(ties, 1, 2).button(key="mark-let-go").click().run()
    assert [toast.value for toast in ties.toast] == ["2 people: let go. *Undo* takes it back."]
    _worklist(ties)
    assert not ties.exception
    assert not ties.toast
    shown = ties.dataframe[0].value
    assert sorted(shown["name"]) == ["=Carla **Castillo**", "Ben Brandt"]
    assert "https://www.linkedin.com/in/ben-brandt" in shown["profile_url"].tolist()
    assert not ties.download_button(key="download-let-go-xlsx").disabled
    assert "0 of 2 ticked off" in str(ties.get("progress")[0].proto)


def test_ticking_off_and_taking_off_are_marks(ties: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was ticked in the table, row by row; each is one step that can be taken back, and the next table has no old
    edits.
    """
    found, session = audit(ties.session_state["export"].records), {}
    monkeypatch.setattr(st, "session_state", session)

    def tick(turn: int, **cells: bool) -> list[list[str]]:
        session[f"worklist-{turn}"] = {"edited_rows": {1: cells}}
        worklist.edited(found, [CARLA, BEN], turn)
        assert session["worklist-turn"] == turn + 1
        return _labels()

    marking.mark("1 person: let go", found, [BEN], add=["let go"])
    assert tick(0, removed=True) == [[BEN, "let go"], [BEN, "removed"]]
    assert tick(1, removed=False) == [[BEN, "let go"]]
    assert tick(2, removed=True) == [[BEN, "let go"], [BEN, "removed"]]
    assert tick(3, off=True) == []
    marking.undo()
    assert _labels() == [[BEN, "let go"], [BEN, "removed"]]


def test_the_page_of_a_person_is_one_click_away(ties: AppTest) -> None:
    """From the card of the one who is selected."""
    (link,) = [found.proto for found in _select(ties, 1).get("page_link") if "person" in found.proto.page]
    assert link.query_string == f"{people.PARAMETER}={people.ref(BEN)}"


def test_a_shared_link_opens_filtered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Chip, kinds and depth stand in the address; what is no such thing there is left out."""
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    (tmp_path / "messages.csv").write_text(messages(), encoding="utf-8")
    monkeypatch.setattr(server, "_opened", [tmp_path])
    app = AppTest.from_file(server.SCRIPT, default_timeout=30)
    app.query_params.update({"chip": "Shallow", "kinds": ["unanswered", "<b>"], "depth": ["0", "95"]})
    app.switch_page("views/ties.py").run()
    assert not app.exception
    assert _names(app) == ["Ben Brandt"]
    assert app.multiselect(key="kinds").value == ["unanswered"]
    assert app.slider(key="depth").value == (0, 95)
