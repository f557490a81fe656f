"""Letting go: whom to think twice about, and who is still to be removed by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from fabricate import audited

from auditor.audit import Audit
from auditor.letting_go import cautions, standing, worklist
from auditor.marks import label_table, rating_table

KNOWN = """
    person,name,company,position,connected_on
    ana,Ana Lima,Blue Heron,,2019-05-01
    bo,Bo Chen,Acme,,2019-05-01
    cy,Cy Doe,Acme,,2019-05-01
    dee,Dee Roe,Globex,,2019-05-01
"""
MONDAY, TUESDAY = pd.Timestamp("2026-01-05", tz="UTC"), pd.Timestamp("2026-01-06", tz="UTC")


def _weekly(person: str, start: str, weeks: int) -> list[str]:
    days = pd.date_range(start, periods=weeks, freq="7D")
    return [f"{person},{day:%Y-%m-%d},{way}" for day in days for way in ("out", "in")]


@pytest.fixture(scope="module", name="ties")
def fixture_ties() -> Audit:
    """ana: weekly until today; bo: weekly for a year until the end of 2020; cy: never; dee: wrote once."""
    rows = [
        *_weekly("ana", "2022-01-03", 120),
        *_weekly("bo", "2020-01-06", 51),
        "dee,2024-01-11,in",
    ]
    return audited("person,at,direction\n" + "\n".join(rows), KNOWN, as_of="2024-04-20")


def test_deep_and_once_deep_ties_and_bridges_are_named_with_their_reason(ties: Audit) -> None:
    """A tie that never was anything is let go of without a word."""
    humans = [f"linkedin:{who}" for who in ("cy", "dee", "bo", "ana")]
    found = cautions(ties.ties, {"linkedin:dee", "linkedin:bo"}, humans)
    best = ties.ties["lifetime_depth"]["linkedin:bo"]
    assert best >= 50
    assert [(one.name, one.why) for one in found] == [
        ("Dee Roe", "is the only tie you have to where they work"),
        ("Bo Chen", f"was once deep (up to {best:.0f}), last contact December 2020"),
        ("Ana Lima", "is a deep tie today"),
    ]


def test_the_owners_own_word_is_a_reason() -> None:
    """Whoever was called close is not let go of unawares, though no file shows any contact."""
    rated = rating_table([{"person": "linkedin:cy", "rating": "close", "at": MONDAY}])
    ties = audited("person,at,direction\nana,2024-01-01,in", KNOWN, as_of="2024-02-01").ties
    told = ties.assign(told=ties.index.map(rated.set_index("person")["rating"]))
    (one,) = cautions(told, (), ["linkedin:cy", "linkedin:gone"])
    assert one.why == "is somebody of whom you said: close"


def _labels(*given: tuple[str, str, pd.Timestamp]) -> pd.DataFrame:
    return label_table([{"person": f"linkedin:{who}", "label": label, "at": at} for who, label, at in given] or None)


def test_the_worklist_has_the_latest_on_top_and_the_done_at_the_end(ties: Audit) -> None:
    """Who is not on the list of connections any more left by themselves, and is counted."""
    labels = _labels(
        ("bo", "let go", MONDAY),
        ("cy", "let go", TUESDAY),
        ("dee", "let go", TUESDAY),
        ("dee", "removed", TUESDAY),
        ("ana", "keep", MONDAY),
        ("vanished", "let go", MONDAY),
    )
    found = worklist(ties.ties, labels, ties.human)
    assert found.people["name"].tolist() == ["Cy Doe", "Bo Chen", "Dee Roe"]
    assert found.people["removed"].tolist() == [False, False, True]
    assert found.people["let_go_on"].tolist() == [TUESDAY, MONDAY, TUESDAY]
    assert found.gone == 1


def test_whoever_left_the_list_of_connections_leaves_the_worklist() -> None:
    """The next export is without bo: still a tie, because of the messages, but no connection."""
    rows = "person,name,connection\nana,Ana,True\nbo,Bo,"
    ties = audited("person,at,direction\nbo,2024-01-01,in", rows, as_of="2024-02-01")
    people = ties.ties.assign(connection=ties.ties.index == "linkedin:ana")
    found = worklist(people, _labels(("bo", "let go", MONDAY), ("ana", "let go", MONDAY)), ties.human)
    assert (found.people.index.tolist(), found.gone) == (["linkedin:ana"], 1)


def test_nobody_was_let_go_of(ties: Audit) -> None:
    """An empty list."""
    found = worklist(ties.ties, _labels(), ties.human)
    assert (len(found.people), found.gone) == (0, 0)


def test_what_was_said_stands_in_words_once(ties: Audit) -> None:
    """The latest rating first, then the labels; of nobody else anything."""
    ratings = rating_table(
        [
            {"person": "linkedin:bo", "rating": "stranger", "at": MONDAY},
            {"person": "email:bo@example.com", "rating": "close", "at": TUESDAY},
        ]
    )
    labels = _labels(("bo", "keep", MONDAY), ("bo", "family", MONDAY), ("cy", "let go", MONDAY))
    human = pd.concat([ties.human, pd.Series({"email:bo@example.com": "linkedin:bo"})])
    said = standing(ratings, labels, human)
    assert said == {"linkedin:bo": "close, family, keep", "linkedin:cy": "let go"}
    assert standing(rating_table(), label_table(), human) == {}
