"""The owner's own word: kept by mention key, apart from what was read; the later of two words holds."""

from __future__ import annotations

import pandas as pd
import pytest

from auditor.errors import RecordsError
from auditor.marks import DECISION, LABEL, RATING, label_table, rating_table
from auditor.store import NOTE, VIEW, Store

MONDAY, TUESDAY = pd.Timestamp("2026-01-05T10:00:00.123456Z"), pd.Timestamp("2026-01-06T09:00:00+01:00")


@pytest.fixture(name="place")
def fixture_place(tmp_path):
    return tmp_path / "auditor.sqlite3"


def test_ratings_come_back_as_they_were_given(place) -> None:
    """After closing and opening, to the microsecond, in UTC, by person."""
    with Store.open(place) as kept:
        kept.rate("linkedin:bo", "know well", TUESDAY)
        kept.rate("linkedin:ana", "close", MONDAY)
    with Store.open(place) as kept:
        ratings = kept.ratings()
    assert ratings.to_numpy().tolist() == [
        ["linkedin:ana", "close", MONDAY],
        ["linkedin:bo", "know well", pd.Timestamp("2026-01-06T08:00Z")],
    ]
    assert {column: str(dtype) for column, dtype in ratings.dtypes.items()} == RATING


def test_a_new_store_holds_nothing(place) -> None:
    """No rating, and the columns of the marks table."""
    with Store.open(place) as kept:
        assert {column: str(dtype) for column, dtype in kept.ratings().dtypes.items()} == RATING
        assert kept.ratings().empty


def test_the_latest_word_holds_in_whatever_order_it_comes(place) -> None:
    """A later word replaces an earlier one; an earlier one that comes late changes nothing."""
    with Store.open(place) as kept:
        kept.rate("linkedin:ana", "stranger", MONDAY)
        kept.rate("linkedin:ana", "close", TUESDAY)
        kept.rate("linkedin:ana", "acquaintance", MONDAY)
        assert kept.ratings()["rating"].tolist() == ["close"]


def test_a_word_can_be_taken_back(place) -> None:
    """Once or twice, and of nobody known."""
    with Store.open(place) as kept:
        kept.rate("linkedin:ana", "close", MONDAY)
        kept.unrate("linkedin:ana")
        kept.unrate("linkedin:ana")
        assert kept.ratings().empty


def test_an_unknown_rating_is_not_kept(place) -> None:
    """It is refused before anything is written."""
    with Store.open(place) as kept:
        with pytest.raises(RecordsError, match="unknown rating"):
            kept.rate("linkedin:ana", "friend", MONDAY)
        assert kept.ratings().empty


def test_labels_notes_and_decisions_come_back_as_they_were_given(place) -> None:
    """In their columns and types, in order of their keys; a decision names the lesser key first."""
    with Store.open(place) as kept:
        kept.label("linkedin:bo", "keep", TUESDAY)
        kept.label("linkedin:bo", "family", MONDAY)
        kept.note("linkedin:bo", "Met in Lisbon.\n=1+1", MONDAY)
        kept.note("linkedin:bo", "Likes 😀", TUESDAY)
        kept.decide("phone:+12125550101", "linkedin:bo", same=True, at=MONDAY)
    with Store.open(place) as kept:
        assert kept.labels()[["person", "label"]].to_numpy().tolist() == [
            ["linkedin:bo", "family"],
            ["linkedin:bo", "keep"],
        ]
        assert kept.notes()["text"].tolist() == ["Met in Lisbon.\n=1+1", "Likes 😀"]
        assert kept.decisions().to_numpy().tolist() == [["linkedin:bo", "phone:+12125550101", True, MONDAY]]
        for table, columns in ((kept.labels(), LABEL), (kept.notes(), NOTE), (kept.decisions(), DECISION)):
            assert {column: str(dtype) for column, dtype in table.dtypes.items()} == columns
        marks = kept.marks()
    assert (len(marks.ratings), len(marks.decisions), len(marks.labels)) == (0, 1, 2)
    assert marks.family == {"linkedin:bo"}


def test_the_latest_decision_on_a_pair_holds_in_whichever_order_it_names_them(place) -> None:
    """Same on Monday, two humans on Tuesday, and Monday's again, late; then taken back."""
    with Store.open(place) as kept:
        kept.decide("linkedin:bo", "email:bo@example.com", same=True, at=MONDAY)
        kept.decide("email:bo@example.com", "linkedin:bo", same=False, at=TUESDAY)
        kept.decide("linkedin:bo", "email:bo@example.com", same=True, at=MONDAY)
        assert kept.decisions()["same"].tolist() == [False]
        kept.undecide("linkedin:bo", "email:bo@example.com")
        assert kept.decisions().empty


def test_what_was_written_can_be_taken_off(place) -> None:
    """One label, one note; the others stay. A note of the same moment is the same note, corrected."""
    with Store.open(place) as kept:
        kept.label("linkedin:bo", "keep", MONDAY)
        kept.label("linkedin:bo", "family", MONDAY)
        kept.unlabel("linkedin:bo", "keep")
        kept.note("linkedin:bo", "Frist", MONDAY)
        kept.note("linkedin:bo", "First", MONDAY)
        kept.note("linkedin:bo", "Second", TUESDAY)
        kept.unnote("linkedin:bo", TUESDAY)
        assert kept.labels()["label"].tolist() == ["family"]
        assert kept.notes()["text"].tolist() == ["First"]


def test_what_makes_no_sense_is_not_kept(place) -> None:
    """An unknown label, a mention that is itself, a note without a word."""
    with Store.open(place) as kept:
        with pytest.raises(RecordsError, match="unknown label"):
            kept.label("linkedin:bo", "friend", MONDAY)
        with pytest.raises(RecordsError, match="one mention twice"):
            kept.decide("linkedin:bo", "linkedin:bo", same=True, at=MONDAY)
        with pytest.raises(RecordsError, match="says nothing"):
            kept.note("linkedin:bo", " \n", MONDAY)
        assert kept.labels().empty
        assert kept.decisions().empty
        assert kept.notes().empty


def test_marks_on_many_are_one_change_that_can_be_taken_back(place) -> None:
    """What stood on the people before is put back whole, and nobody else is touched."""
    at = MONDAY
    with Store.open(place) as store:
        store.rate("linkedin:ann", "close", at)
        store.label("linkedin:ann", "family", at)
        store.label("linkedin:cy", "keep", at)
        before = store.marks_on(["linkedin:ann", "linkedin:bob"])
        gone = label_table([{"person": p, "label": "let go", "at": at} for p in ("linkedin:ann", "linkedin:bob")])
        store.set_marks(["linkedin:ann", "linkedin:bob"], rating_table(), gone)
        assert list(store.ratings()["person"]) == []
        assert sorted(store.labels()["label"]) == ["keep", "let go", "let go"]
        store.set_marks(["linkedin:ann", "linkedin:bob"], *before)
        assert list(store.ratings()["rating"]) == ["close"]
        left = dict(store.labels()[["person", "label"]].to_numpy().tolist())
        assert left == {"linkedin:ann": "family", "linkedin:cy": "keep"}


def test_a_view_is_kept_under_its_name_and_replaced_and_dropped(place) -> None:
    """The later of two of one name holds; forgetting everything takes them too."""
    with Store.open(place) as kept:
        kept.save_view("Quiet", '{"kinds": ["dormant"]}')
        kept.save_view("At Acme", '{"company": "Acme"}')
        kept.save_view("Quiet", "{}")
        assert kept.views().to_numpy().tolist() == [["At Acme", '{"company": "Acme"}'], ["Quiet", "{}"]]
        assert {column: str(dtype) for column, dtype in kept.views().dtypes.items()} == VIEW
        kept.drop_view("At Acme")
        assert kept.views()["name"].tolist() == ["Quiet"]
        kept.forget_all()
        assert kept.views().empty
