"""Layers, the soft count and the comparison with ~150; expected values are by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from auditor.dunbar import (
    DUNBAR,
    LAYERS,
    MIN_HISTORY_DAYS,
    Meaningful,
    compare,
    count_layers,
    count_meaningful,
    layer_of,
    verdict,
    why_withheld,
)


def year(days: int, out: int = 1, in_: int = 1) -> pd.DataFrame:
    """One tie with so many contact days in the last 365."""
    return pd.DataFrame({"year_days": [days], "year_out": [out], "year_in": [in_]})


def innermost(days: int, history: int = 1000, **ways: int) -> str:
    return str(layer_of(year(days, **ways), history).fillna("none").iloc[0])


@pytest.mark.parametrize(
    ("days", "layer"),
    [
        (365, "support clique"),
        (52, "support clique"),
        (51, "sympathy group"),
        (12, "sympathy group"),
        (11, "affinity group"),
        (2, "affinity group"),
        (1, "active network"),
        (0, "none"),
    ],
)
def test_a_layer_is_a_rate_of_contact_days(days: int, layer: str) -> None:
    """At least 52, 12, 2 and 1 distinct days in the last 365."""
    assert innermost(days) == layer


@pytest.mark.parametrize("ways", [{"out": 0}, {"in_": 0}])
def test_a_one_way_year_is_outside_all_layers(ways: dict[str, int]) -> None:
    """Contact in both directions within the year is what a layer takes, however often one side writes."""
    assert innermost(200, **ways) == "none"


@pytest.mark.parametrize(
    ("days", "history", "layer"),
    [
        (26, 182, "support clique"),  # 26/(182/365) = 52.1
        (25, 182, "sympathy group"),  # 50.1
        (6, 182, "sympathy group"),  # 12.03
        (5, 182, "affinity group"),  # 10.03
        (1, 182, "affinity group"),  # 2.005
        (1, 183, "active network"),  # 1.995
        (12, 5000, "sympathy group"),
    ],
)
def test_a_short_history_counts_by_the_year_it_would_make(days: int, history: int, layer: str) -> None:
    """The rate is a year's: days ÷ (min(history, 365)/365)."""
    assert innermost(days, history) == layer


def ties(*rows: tuple[str | None, bool, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["layer", "two_way", "contact_days"])
    return table.assign(layer=table["layer"].astype("str"))


def test_layers_count_their_inner_layers_too() -> None:
    """Two in the clique, one in the affinity group, one two-way and one one-way outside, one without contact."""
    table = ties(
        ("support clique", True, 60),
        ("support clique", True, 55),
        ("affinity group", True, 3),
        (None, True, 2),
        (None, False, 1),
        (None, False, 0),
    )
    counts = count_layers(table)
    assert [(c.name, c.size, c.count) for c in counts] == [
        ("support clique", 5, 2),
        ("sympathy group", 15, 2),
        ("affinity group", 50, 3),
        ("active network", DUNBAR, 3),
        ("acquaintances", 500, 4),
        ("known", 1500, 5),
    ]


def test_the_layers_are_those_of_the_literature() -> None:
    """5, 15, 50, 150: each about three times the one inside it."""
    assert [layer.size for layer in LAYERS] == [5, 15, 50, 150]
    assert [layer.days_a_year for layer in LAYERS] == [52, 12, 2, 1]


def chances(*rows: tuple[bool, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["two_way", "p_two_way"]).assign(contact_days=1)


def test_the_count_is_the_sum_of_chances_over_two_way_ties() -> None:
    """p = .9, .5, .1 without doubt: 1.5 ± 1.6449·√(.09 + .25 + .09) = 1.5 ± 1.0786; the one-way tie counts nothing."""
    table = chances((True, 0.9), (True, 0.5), (True, 0.1), (False, 0.8))
    assert count_meaningful(table, 365, doubt=0) == Meaningful(1.5, 0.4, 2.6)


def test_doubt_about_the_chances_widens_the_count() -> None:
    """Ten ties of p = .5, odds of 1 : 1 that may as well be 1 : 3 or 3 : 1, so 2.5 to 7.5 by that alone; with their luck
    5 ± √(2.5² + (1.6449·√2.5)²) = 5 ± 3.6075."""
    assert count_meaningful(chances(*[(True, 0.5)] * 10), 365, doubt=math.log(3) / 1.6449) == Meaningful(5.0, 1.4, 8.6)


def test_the_count_cannot_leave_what_is_possible() -> None:
    """Of one tie, between none and one; of none, none."""
    assert count_meaningful(chances((True, 0.5)), 365, doubt=4) == Meaningful(0.5, 0.0, 1.0)
    assert count_meaningful(chances((False, 0.5)), 365, doubt=4) == Meaningful(0.0, 0.0, 0.0)


def test_without_any_exchange_the_count_is_withheld() -> None:
    """A list of connections says nothing about who is close; the reason says what to add."""
    nobody = chances((False, 0)).assign(contact_days=0)
    for table in (nobody, nobody.head(0)):
        found = count_meaningful(table, 4000, doubt=1)
        assert (found.count, found.low, found.high) == (None, None, None)
        assert "messages.csv" in str(found.withheld)


def test_under_six_months_of_history_the_count_is_withheld() -> None:
    """181 days are too few and 182 are enough."""
    assert MIN_HISTORY_DAYS == 182
    few = count_meaningful(chances((True, 0.9)), 181, doubt=1)
    assert few.count is None
    assert "181 days" in str(few.withheld)
    assert count_meaningful(chances((True, 0.9)), 182, doubt=1).count == 0.9
    assert why_withheld(1, 182) is None


@pytest.mark.parametrize(
    ("count", "low", "high", "place"),
    [
        (50, 40, 99.9, "Fewer than"),
        (90, 80, 100, "About as many as"),
        (150, 140, 160, "About as many as"),
        (210, 200, 220, "About as many as"),
        (220, 200.1, 240, "More than"),
    ],
)
def test_the_comparison_is_with_a_band_and_never_a_limit(count: float, low: float, high: float, place: str) -> None:
    """The interval against the band; 150 is called a convention, and its own wide interval is said."""
    counted = Meaningful(count, low, high)
    assert verdict(counted) == f"{place} most people keep"
    said = compare(counted)
    assert "100–200" in said
    assert "150 is the usual convention" in said
    assert "4 to 520" in said
    assert "limit" not in said


def test_a_withheld_count_is_not_compared() -> None:
    """The reason stands in the place of the comparison."""
    assert verdict(Meaningful(withheld="Add messages.csv.")) is None
    assert compare(Meaningful(withheld="Add messages.csv.")) == "Add messages.csv."
