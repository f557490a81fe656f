"""Choosing ties: every part of the filter by itself, parts together, and a search that forgives typos."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from fabricate import audited
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.filters import ASKED, QUESTIONS, TieFilter, shallow

EXCHANGES = """
    person,at,direction
    ana,2024-06-03,out
    ana,2024-06-04,in
    ana,2024-06-12,out
    ana,2024-06-19,in
    ana,2024-06-25,in
    bo,2024-06-30,in
    cy,2023-10-10,out
    cy,2023-10-10,in
"""
KNOWN = """
    person,name,company,position,connected_on
    ana,Ana Límà,Blue Heron GmbH,"Head of Sales, EMEA Ops",2022-05-01
    bo,Bo Chen,blue heron,Data Engineer (EU),2024-04-01
    cy,Cy O’Brien,3M,Analyst,2024-06-30
    al,Al,,,
    dee,Dee Roe,Plan A,Baker,2023-01-01
    eve,Eve Poe,Plan Aero,Pilot,2010-01-01
"""
# dee is never-spoken (covered since 2022); eve connected before the file begins, and is unobserved.
COVERS = ("2022-01-01", "2024-06-30")
EVERYBODY = ["al", "ana", "bo", "cy", "dee", "eve"]


@pytest.fixture(scope="module", name="ties")
def fixture_ties() -> pd.DataFrame:
    return audited(EXCHANGES, KNOWN, as_of="2024-06-30", covers=COVERS).ties


def chosen(ties: pd.DataFrame) -> list[str]:
    return sorted(str(human).removeprefix("linkedin:") for human in ties.index)


def test_a_filter_with_nothing_set_lets_everybody_through_in_order(ties: pd.DataFrame) -> None:
    """The same table, in the same order."""
    pd.testing.assert_frame_equal(TieFilter().apply(ties), ties)


@pytest.mark.parametrize(
    ("wanted", "people"),
    [
        (TieFilter(states=["deep"]), ["ana"]),
        (TieFilter(states=["light"]), ["bo", "cy"]),
        (TieFilter(states=["unobserved", "deep"]), ["al", "ana", "dee", "eve"]),
        (TieFilter(kinds=["unanswered"]), ["bo"]),
        (TieFilter(kinds=["one-night-stand"]), ["cy"]),
        (TieFilter(kinds=["never-spoken"]), ["al", "dee"]),
        (TieFilter(kinds=["unobserved", "unanswered"]), ["bo", "eve"]),
        (TieFilter(layers=["none"]), ["al", "bo", "dee", "eve"]),
        (TieFilter(layers=["affinity group"]), ["ana"]),
        (TieFilter(layers=["active network", "affinity group"]), ["ana", "cy"]),
        (TieFilter(company="Blue Heron"), ["ana", "bo"]),
        (TieFilter(company="Blue Heron Ltd"), ["ana", "bo"]),
        (TieFilter(company="Plan A"), ["dee"]),
        (TieFilter(company="Plan"), []),
        (TieFilter(connected=(date(2024, 4, 1), None)), ["bo", "cy"]),
        (TieFilter(connected=(None, date(2023, 1, 1))), ["ana", "dee", "eve"]),
        (TieFilter(connected=(date(2024, 6, 30), date(2024, 6, 30))), ["cy"]),
        (TieFilter(last_contact=(date(2024, 6, 30), None)), ["bo"]),
        (TieFilter(last_contact=(None, date(2024, 6, 25))), ["ana", "cy"]),
        (TieFilter(depth=(0, 0)), ["al", "dee", "eve"]),
        (TieFilter(depth=(50, 100)), ["ana"]),
        (TieFilter(depth_below=0), []),
        (TieFilter(depth_below=50, states=["light", "deep"]), ["bo", "cy"]),
        (TieFilter(company="Blue Heron", states=["light"]), ["bo"]),
        (TieFilter(company="Blue Heron", text="chen"), ["bo"]),
    ],
)
def test_each_part_of_the_filter(ties: pd.DataFrame, wanted: TieFilter, people: list[str]) -> None:
    """Days at both ends belong to a range; employers match whatever their legal form; parts together must all hold."""
    assert chosen(wanted.apply(ties)) == people


def test_depth_below_leaves_out_its_own_end(ties: pd.DataFrame) -> None:
    """Depth between includes both ends, depth below does not include its own."""
    own = float(ties.loc["linkedin:ana", "depth"])
    assert chosen(TieFilter(depth=(own, own)).apply(ties)) == ["ana"]
    assert "ana" not in chosen(TieFilter(depth_below=own).apply(ties))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ana Lima", ["ana"]),
        ("lima ANA", ["ana"]),
        ("ana lina", []),
        ("egnineer", ["bo"]),
        ("enginer", ["bo"]),
        ("obrien", ["cy"]),
        ("O'Brien", ["cy"]),
        ("heron chen", ["bo"]),
        ("baker plan", ["dee"]),
        ("pilot baker", []),
        ("zzzz", []),
        ("   ", EVERYBODY),
        ("bo", ["bo"]),
        ("ops", ["ana"]),
        ("emea", ["ana"]),
        ("eu", ["bo"]),
        ("3M", ["cy"]),
        ("alice", []),
    ],
)
def test_the_search(ties: pd.DataFrame, text: str, people: list[str]) -> None:
    """Every word somewhere in name, company or position, a typo in longer words allowed, whatever the punctuation."""
    assert chosen(TieFilter(text=text).apply(ties)) == people


@pytest.mark.parametrize(
    "text", ["(", "[a-z", ".*", "\\", "a{1000}", "(?P<x>", "^$", "+", "|", "🚀", "%", "'; --", "\x00"]
)
def test_a_search_is_text_and_no_pattern(ties: pd.DataFrame, text: str) -> None:
    """Characters that mean something to a regular expression find nobody by that meaning, and are no error."""
    assert len(TieFilter(text=text).apply(ties)) < len(ties)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=20))
def test_no_search_text_is_an_error(text: str) -> None:
    """Whatever is typed gives some of the ties, in their order."""
    table = pd.DataFrame(
        {
            "name": ["Ana Lima", "李明"],
            "company": ["Blue Heron", None],
            "position": [None, None],
            "depth": [1.0, 0.0],
            "connected_on": pd.to_datetime(["2024-01-01", None], utc=True),
            "last_contact": pd.to_datetime(["2024-01-01", None]),
        }
    )
    found = TieFilter(text=text).apply(table)
    assert set(found.index) <= {0, 1}


def test_shallow_is_observed_and_not_deep(ties: pd.DataFrame) -> None:
    """Nobody is called shallow for want of a file: eve is left out, the silent dee is not."""
    assert chosen(shallow(ties)) == ["al", "bo", "cy", "dee"]


def test_a_table_of_no_ties_can_be_filtered() -> None:
    """Every part set, nobody there."""
    empty = audited(as_of="2024-06-30").ties
    wanted = TieFilter(
        ["deep"], ["core"], ["none"], (1, 2), 3, "Plan A", (date(2024, 1, 1), None), (None, date(2024, 1, 1)), "ana"
    )
    assert len(wanted.apply(empty)) == 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_narrows_and_the_rest_narrows_further(ties: pd.DataFrame, question: str) -> None:
    """Both hold of everybody who passes."""
    asked = QUESTIONS[question](ties)
    assert chosen(TieFilter(question=question).apply(ties)) == chosen(asked)
    assert chosen(TieFilter(question=question, text="chen").apply(ties)) == [
        who for who in chosen(asked) if who == "bo"
    ]


def test_a_filter_asks_about_no_other_columns(ties: pd.DataFrame) -> None:
    """`ASKED` is all that has to be there."""
    every = TieFilter(
        states=["light"], kinds=["unanswered"], layers=["none"], depth=(0, 99), depth_below=99, company="Blue Heron",
        connected=(date(2024, 1, 1), None), last_contact=(None, date(2025, 1, 1)), text="chen", question="Shallow",
    )  # fmt: skip
    assert chosen(every.apply(ties[list(ASKED)])) == ["bo"]
