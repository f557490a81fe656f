"""The first minute: size against depth, the layers, three things worth doing, and the target as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.answer import Circle
from auditor.ui import first, growth, server, state

Opener = Callable[..., AppTest]
QUARTERS = pd.DataFrame(
    [
        ("2024-12-31", 10, float("nan"), float("nan"), float("nan")),
        ("2025-09-30", 30, 4.0, 2.0, 7.0),
        ("2025-12-31", 40, 5.0, 3.0, 8.5),
        ("2026-03-31", 60, 5.2, 3.1, 8.6),
    ],
    columns=["as_of", "connections", "meaningful", "low", "high"],
).assign(as_of=lambda table: pd.to_datetime(table["as_of"], utc=True))


def said(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.markdown, app.text, app.caption, app.subheader) for e in kind)


def test_the_picture_has_the_list_the_count_with_its_band_and_dunbars_number() -> None:
    """Connections from the first quarter on; the count from where it is known; the band from low to high."""
    series = {line["name"]: line["data"] for line in growth.lines(QUARTERS)["series"]}
    assert [value for _, value in series["connections"]] == [10, 30, 40, 60]
    assert [value for _, value in series["meaningful ties"]] == [4.0, 5.0, 5.2]
    assert [value for _, value in series["from"]] == [2.0, 3.0, 3.1]
    assert [value for _, value in series["to"]] == [5.0, 5.5, 5.5]  # on top of the lower end
    assert [value for _, value in series["Dunbar's 150"]] == [150, 150]


def test_the_picture_is_told_in_words_and_as_a_table() -> None:
    """From when to when, and the last row of each year, the latest first."""
    assert growth.describe(QUARTERS) == (
        "Connections grew from 10 in December 2024 to 60 in March 2026. Meaningful ties: about 4 in September 2025, "
        "about 5 (3 to 9) in March 2026; Dunbar's number is 150."
    )
    table = growth.by_year(QUARTERS)
    assert table["By the end of"].tolist() == ["March 2026", "2025", "2024"]
    assert table["Meaningful ties"].tolist() == ["5 (3 to 9)", "5 (3 to 8)", "withheld"]


def test_a_list_alone_is_a_line_of_its_length() -> None:
    """Where no count is known there is none in the picture."""
    (line,) = growth.lines(QUARTERS.head(1))["series"]
    assert line["name"] == "connections"
    assert "Meaningful" not in growth.describe(QUARTERS.head(1))


def test_the_layers_stand_beside_dunbars() -> None:
    """A bar as long as its part of Dunbar's number, with both numbers beside it; an empty layer says 0 as well."""
    circles = (Circle("support clique", 0, 5, "weekly"), Circle("sympathy group", 21, 15, "monthly"))
    option = first.bars(circles)
    (bars,) = option["series"]
    assert bars["data"] == [0, 140]
    assert option["yAxis"]["data"] == ["Support clique  0 of 5", "Sympathy group  21 of 15"]
    assert bars["markLine"]["data"] == [{"xAxis": 100}]
    assert (option["xAxis"]["type"], option["xAxis"]["min"]) == ("value", 0)
    assert first.describe(circles) == (
        "Ties in each layer: support clique 0, Dunbar's is 5; sympathy group 21, Dunbar's is 15"
    )


def test_what_is_worth_doing_leads_to_the_person(open_export: Opener) -> None:
    """Dan connected nine days ago, and nobody has written yet: his card says so, and its button opens his page."""
    fresh = "Dan,Diaz,https://www.linkedin.com/in/dan-diaz,,Initech,Clerk,10 Aug 2025\n"
    app = open_export(Connections=CONNECTIONS + fresh, messages=messages())
    assert "**Follow up: Dan Diaz**" in said(app)
    app.button(key="next-0").click().run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Person"]


def test_the_target_stands_as_a_table(open_export: Opener) -> None:
    """Everybody who is drawn, the innermost first, and from a selected row to the person."""
    app = open_export(Connections=CONNECTIONS, messages=messages())
    app.session_state["target-table"] = True
    app.run()
    rows = app.dataframe(key="target-rows").value
    assert rows["Who"].tolist() == ["Ada Adler", "Ben Brandt", "=Carla **Castillo**"]
    assert rows["Ring"].tolist()[1:] == ["known", "no contact seen"]


def test_a_list_alone_shows_its_growth(open_export: Opener) -> None:
    """Size against depth without depth: how the list grew, and nothing to do with anybody."""
    app = open_export(Connections=CONNECTIONS)
    assert "Size against depth" in said(app)
    assert "Worth doing" not in said(app)


def test_a_reading_that_was_cut_short_begins_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A click elsewhere ends the first run while the named file is read: the next run reads it."""
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    monkeypatch.setattr(server, "_opened", [tmp_path / "Connections.csv"])
    load = state.load
    monkeypatch.setattr(state, "load", lambda *_, **__: st.stop())
    app = AppTest.from_file(server.SCRIPT, default_timeout=30).run()
    assert not app.metric
    monkeypatch.setattr(state, "load", load)
    app.run()
    assert app.metric[1].value == "3"
