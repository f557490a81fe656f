"""Checking: a whole store is called whole, and each damage by its name."""

from __future__ import annotations

import sqlite3

import pytest

from auditor.errors import StoreError
from auditor.store import Store
from auditor.store.migrations import MIGRATIONS

from .shelf import imported
from .test_imports import whole


@pytest.fixture(name="place")
def fixture_place(tmp_path):
    place = tmp_path / "auditor.sqlite3"
    with Store.open(place) as kept:
        kept.add(whole(), imported("first"))
    return place


def test_a_whole_store_is_called_whole(place) -> None:
    """With its version and what it holds."""
    with Store.open(place) as kept:
        verdict = kept.verify()
    assert (verdict.version, verdict.problems) == (len(MIGRATIONS), ())
    assert {what: n for what, n in verdict.counts.items() if n} == {
        "imports": 1, "people": 3, "identifiers": 2, "interactions": 4, "broadcasts": 2, "facts": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM holding", "3 rows of kept_people are held by no import"),
        ("DELETE FROM word WHERE text = 'Ana Lima'", "1 rows of kept_people have lost their name"),
        ("DELETE FROM import", "a row of receipt belongs to no import"),
    ],
)
def test_what_points_nowhere_is_found(place, damage, said) -> None:
    """A set of imports, a word, an import that is gone."""
    raw = sqlite3.connect(place)
    raw.execute(damage)
    raw.commit()
    raw.close()
    with Store.open(place) as kept:
        assert said in kept.verify().problems


def test_damaged_pages_are_found(place) -> None:
    """Bytes overwritten in the middle of the file: the check says so, or the store does not even open."""
    with place.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 20480)
    try:
        with Store.open(place) as kept:
            assert kept.verify().problems
    except StoreError as error:
        assert "damaged" in str(error)  # noqa: PT017 (either is right, by what was hit)
