"""Snapshots: how deep each tie was in the eyes of the score of the time."""

from __future__ import annotations

import pandas as pd
import pytest

from auditor.store import SNAPSHOT, Store

TIES = pd.DataFrame(
    {
        "person": ["linkedin:ana", "linkedin:bo"],
        "depth": [71.25, 3.0],
        "low": [60.0, None],
        "state": ["deep", "light"],
        "layer": ["sympathy group", None],
        "unheard of": [1, 2],
    }
)


@pytest.fixture(name="place")
def fixture_place(tmp_path):
    return tmp_path / "auditor.sqlite3"


def test_a_week_comes_back_as_it_was_given(place) -> None:
    """With the version of the score; what is not given is missing, what is not known is left out."""
    with Store.open(place) as kept:
        kept.snapshot("2026-W05", "1.0", TIES)
        kept.snapshot("2026-W06", "1.1", TIES.head(1))
    with Store.open(place) as kept:
        found = kept.snapshots("2026-W05")
        assert {column: str(dtype) for column, dtype in found.dtypes.items()} == SNAPSHOT
        assert found.fillna({"layer": "", "low": -1}).drop(
            columns=["high", "p_two_way", "kind"]
        ).to_numpy().tolist() == [
            ["2026-W05", "1.0", "linkedin:ana", 71.25, 60.0, "deep", "sympathy group"],
            ["2026-W05", "1.0", "linkedin:bo", 3.0, -1, "light", ""],
        ]
        assert found[["high", "p_two_way", "kind"]].isna().all(axis=None)
        assert kept.snapshots()["week"].tolist() == ["2026-W05", "2026-W05", "2026-W06"]
        assert kept.snapshots("2026-W05", "2026-W06")["version"].tolist() == ["1.0", "1.0", "1.1"]
        assert kept.snapshots("2026-W07").empty


def test_the_same_week_again_takes_its_own_place(place) -> None:
    """Whoever is no longer in it is gone, and no other week is touched."""
    with Store.open(place) as kept:
        kept.snapshot("2026-W05", "1.0", TIES)
        kept.snapshot("2026-W06", "1.0", TIES)
        kept.snapshot("2026-W05", "1.1", TIES.tail(1).assign(depth=4.5))
        assert kept.snapshots()[["week", "person", "depth", "version"]].to_numpy().tolist() == [
            ["2026-W05", "linkedin:bo", 4.5, "1.1"],
            ["2026-W06", "linkedin:ana", 71.25, "1.0"],
            ["2026-W06", "linkedin:bo", 3.0, "1.0"],
        ]
        assert kept.counts()["snapshots"] == 2
