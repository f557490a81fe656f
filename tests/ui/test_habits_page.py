"""The Habits page, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.habits import Habit
from auditor.survival import kaplan_meier
from auditor.ui import pace
from auditor.ui.habits import number, unit

SAMPLE = Path(__file__).resolve().parents[2] / "sample_exports" / "alex_habits"


def said(app: AppTest) -> str:
    """The words on the page, without what keeps them from being Markdown."""
    words = "\n".join(e.value for kind in (app.markdown, app.text, app.caption, app.subheader) for e in kind)
    return words.replace("\\", "").replace("\u2060", "")


def aims(app: AppTest) -> list[str]:
    """What the buttons of the targets say."""
    return [str(block.proto.popover.label) for block in app.get("popover")]


def test_before_there_is_data_the_page_says_where_to_begin(app: AppTest) -> None:
    """A word and a way back."""
    app.switch_page("views/habits.py").run()
    assert not app.exception
    assert "once an export was read" in app.info[0].value


def test_the_planted_export_on_the_page(app: AppTest) -> None:
    """A card a figure with its list and how it is measured; the chain, the curve, the weak."""
    app.text_input(key="path").set_value(str(SAMPLE))
    next(b for b in app.button if b.label == "Read it").click()
    app.run().switch_page("views/habits.py").run()
    assert not app.exception
    shown = {m.label: m.value for m in app.metric}
    assert shown["Questions waiting for you"] == "1"
    assert shown["Meals and meetings with new people"] == "0.2"
    assert len(shown) == 13
    text = said(app)
    assert "Of the 60 people you added in March 2021, 3 are deep today" in text
    assert text.count("How is this measured?") >= 13
    assert "met in June 2022" in text
    assert "Worth of the weak" in text


def test_the_owner_sets_a_target(app: AppTest) -> None:
    """It stays in the session, and the card shows it."""
    app.text_input(key="path").set_value(str(SAMPLE))
    next(b for b in app.button if b.label == "Read it").click()
    app.run().switch_page("views/habits.py").run()
    assert app.slider(key="target-new-company").value == 2
    assert "Suggested: 2 a week" in aims(app)
    assert [aim for aim in aims(app.run()) if aim.startswith("Your target")] == []
    app.slider(key="target-new-company").set_value(1.5).run()
    assert not app.exception
    assert app.slider(key="target-new-company").value == 1.5
    assert "Your target: 1.5 a week" in aims(app)


def test_a_row_of_a_list_leads_to_the_person(open_export: Callable[..., AppTest]) -> None:
    """Ada, first of those with whom most days of contact were."""
    app = open_export(Connections=CONNECTIONS, messages=messages()).switch_page("views/habits.py").run()
    app.session_state["evidence-circle"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Person"]
    assert [header.value for header in app.header] == ["Ada Adler"]


def test_what_cannot_be_measured_is_said_with_what_to_add(open_export: Callable[..., AppTest]) -> None:
    """A list of connections alone: no figure is invented, and no name is live Markdown."""
    app = open_export(Connections=CONNECTIONS).switch_page("views/habits.py").run()
    assert not app.exception
    assert "add messages" in said(app)
    both = open_export(Connections=CONNECTIONS, messages=messages()).switch_page("views/habits.py").run()
    assert not both.exception
    assert not [e for e in both.markdown if "![x](http://evil" in e.value]


@pytest.mark.parametrize(
    ("habit", "figure", "beside"),
    [
        (Habit("a", "A", "% of your messages", 39.6), "40 %", "of your messages"),
        (Habit("a", "A", "a week", 0.25), "0.2", "a week"),
        (Habit("a", "A", "people", 1200.0), "1,200", "people"),
        (Habit("a", "A", "people"), "—", "people"),
    ],
)
def test_figures_as_they_are_read(habit: Habit, figure: str, beside: str) -> None:
    """A share has no decimals, a rate has one, a count none."""
    assert (number(habit), unit(habit)) == (figure, beside)


def test_the_curve_goes_on_to_the_end_of_watching() -> None:
    """Steps from nobody at 0 to the share of the last event, held until the last one watched; the band stands around."""
    curve = kaplan_meier([100, 365.25, 730.5], [1, 0, 0])
    lowest, band, line = pace.option(curve)["series"]
    assert [x for x, _ in line["data"]] == pytest.approx([0, 100 / 365.25, 2])
    assert [y for _, y in line["data"]] == pytest.approx([0, 33.33, 33.33])
    for (_, low), (_, width), (_, share) in zip(lowest["data"], band["data"], line["data"], strict=True):
        assert low <= share <= low + width + 0.01
    assert "33% after 1 year" in pace.describe(curve)
