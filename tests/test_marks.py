"""The owner's own word: what a mark must have, and whose it is when mentions turn out to be one human."""

from __future__ import annotations

import pandas as pd
import pytest
from fabricate import reads_its_docstring, table

from auditor.errors import RecordsError
from auditor.marks import RATING, RATINGS, WELL, Marks, decision_table, label_table, of_humans, rating_table, told

HUMAN = pd.Series(
    {"email:ana@example.com": "linkedin:ana", "linkedin:ana": "linkedin:ana", "linkedin:bo": "linkedin:bo"}
)


@reads_its_docstring
def test_a_marks_table_has_its_types(data: str) -> None:
    """
    person,rating,at
    linkedin:ana,close,2026-01-05T10:00:00+02:00
    linkedin:bo,know well,2026-01-05
    """
    given = rating_table(table(data))
    assert {column: str(dtype) for column, dtype in given.dtypes.items()} == RATING
    assert given["at"].tolist() == [pd.Timestamp("2026-01-05T08:00Z"), pd.Timestamp("2026-01-05T00:00Z")]


def test_no_marks_are_a_table_too() -> None:
    """Empty, with the same columns and types."""
    assert {column: str(dtype) for column, dtype in rating_table().dtypes.items()} == RATING
    assert len(rating_table()) == len(rating_table([])) == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"person": "linkedin:ana", "rating": "friend", "at": "2026-01-05"}, "unknown rating: friend"),
        ({"person": None, "rating": "close", "at": "2026-01-05"}, "lacks one of person"),
        ({"person": "linkedin:ana", "rating": "close", "at": None}, "lacks one of .*at"),
        ({"person": "linkedin:ana", "rating": "close"}, "marks have the columns person, rating, at"),
    ],
)
def test_a_wrong_mark_is_refused(row, said) -> None:
    """The message names what is wrong."""
    with pytest.raises(RecordsError, match=said):
        rating_table([row])


@reads_its_docstring
def test_the_latest_word_on_any_mention_of_a_human_holds(data: str) -> None:
    """
    person,rating,at
    linkedin:ana,stranger,2026-01-05T10:00:00Z
    email:ana@example.com,close,2026-01-05T10:00:01Z
    linkedin:bo,acquaintance,2026-01-05
    linkedin:nobody-here,close,2026-01-05
    """
    given = rating_table(table(data))
    assert of_humans(given, HUMAN)[["person", "rating"]].to_numpy().tolist() == [
        ["linkedin:ana", "close"],
        ["linkedin:bo", "acquaintance"],
    ]
    pd.testing.assert_frame_equal(of_humans(given[::-1], HUMAN), of_humans(given, HUMAN))
    humans = pd.Index(["linkedin:bo", "linkedin:cy", "linkedin:ana"])
    assert told(humans, given, HUMAN).fillna("-").to_dict() == {
        "linkedin:bo": "acquaintance",
        "linkedin:cy": "-",
        "linkedin:ana": "close",
    }
    assert told(humans, rating_table(), HUMAN).isna().all()


def test_the_ratings_that_make_a_tie_are_the_upper_ones() -> None:
    """From least to most; the last two make a tie meaningful."""
    assert RATINGS[-2:] == WELL


def test_a_label_and_a_decision_are_checked_like_a_rating() -> None:
    """An unknown label, a pair of one, and a gap are refused; what is right keeps its types."""
    with pytest.raises(RecordsError, match="unknown label: enemy; there are family, keep, let go, reach out"):
        label_table([{"person": "linkedin:ana", "label": "enemy", "at": "2026-01-05"}])
    with pytest.raises(RecordsError, match="one mention twice"):
        decision_table([{"one": "a:1", "other": "a:1", "same": True, "at": "2026-01-05"}])
    with pytest.raises(RecordsError, match="lacks one of one, other, same, at"):
        decision_table([{"one": "a:1", "other": None, "same": True, "at": "2026-01-05"}])
    said = decision_table([{"one": "a:1", "other": "b:2", "same": False, "at": "2026-01-05"}])
    assert said["same"].dtype == bool
    labels = label_table(
        [{"person": p, "label": w, "at": "2026-01-05"} for p, w in (("a:1", "family"), ("b:2", "keep"))]
    )
    assert Marks(labels=labels).family == {"a:1"}
