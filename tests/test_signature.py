"""The social signature of a year, and what lasted from the year before. Expected values are by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from fabricate import events
from hypothesis import given
from hypothesis import strategies as st

from auditor.audit import end_of_day
from auditor.signals import contacts
from auditor.signature import MIN_TIES, Continuity, continuity, divergence

AS_OF = end_of_day(pd.Timestamp("2024-12-31"))
SHARES = st.lists(st.integers(1, 50), min_size=1, max_size=8).map(lambda n: [x / sum(n) for x in sorted(n)[::-1]])


def days(*ties: tuple[str, int, str]) -> list[dict[str, object]]:
    """For each (person, contact days, last of them) so many days in a row with a message each way."""
    return [
        {"person": who, "at": f"{day:%Y-%m-%d}T09:00:00Z", "direction": way}
        for who, count, last in ties
        for day in pd.date_range(end=last, periods=count)
        for way in ("out", "in")
    ]


def crowd(first: int, count: int, last: str) -> list[tuple[str, int, str]]:
    """So many people with one contact day each."""
    return [(f"p{number}", 1, last) for number in range(first, first + count)]


def lasting(rows: list[dict[str, object]], history_days: int = 1000) -> Continuity:
    """What lasted, as of the end of 2024."""
    return continuity(contacts(events(rows)), AS_OF, history_days)


def test_shares_are_of_the_contact_days_of_the_year_in_order_of_rank() -> None:
    """Twelve, six and two days, and fourteen people of one: 34 days."""
    rows = days(
        ("cy", 2, "2024-05-05"), ("ana", 12, "2024-11-30"), ("bo", 6, "2024-03-31"), *crowd(0, 14, "2024-07-01")
    )
    year = lasting(rows).now
    assert year.ties == 17
    assert year.shares[:4] == pytest.approx((12 / 34, 6 / 34, 2 / 34, 1 / 34))
    assert sum(year.shares) == pytest.approx(1)
    assert (year.top(1), year.top(3), year.top(5)) == pytest.approx((12 / 34, 20 / 34, 22 / 34))


def test_at_most_twenty_ranks_are_given() -> None:
    """Of forty people of one day each the first twenty hold half."""
    year = lasting(days(*crowd(0, 40, "2024-07-01"))).now
    assert year.ties == 40
    assert len(year.shares) == 20
    assert sum(year.shares) == pytest.approx(0.5)


def test_whoever_is_not_answered_has_no_rank() -> None:
    """A hundred letters that came in and were never answered are no share of anything."""
    letters = [
        {"person": "spam", "at": f"{day:%Y-%m-%d}", "direction": "in"}
        for day in pd.date_range("2024-03-01", periods=100)
    ]
    year = lasting([*letters, *days(*crowd(0, 15, "2024-07-01"))]).now
    assert year.ties == 15
    assert year.top(1) == pytest.approx(1 / 15)


def test_a_year_has_365_days_and_the_one_before_ends_where_it_begins() -> None:
    """2024 was a leap year: 1 January 2024 belongs to the year before."""
    found = lasting(days(*crowd(0, 15, "2024-01-02"), *crowd(15, 16, "2024-01-01")))
    assert (found.now.ties, found.before.ties) == (15, 16)
    assert f"{found.now.since:%Y-%m-%d} {found.now.until:%Y-%m-%d}" == "2024-01-02 2024-12-31"
    assert f"{found.before.since:%Y-%m-%d} {found.before.until:%Y-%m-%d}" == "2023-01-02 2024-01-01"


def test_turnover_is_the_share_of_the_year_befores_alters_who_are_gone() -> None:
    """Twenty then, five of them stayed, fifteen others came: 15/20 gone; 5 of 35 in both years."""
    found = lasting(days(*crowd(0, 20, "2023-07-01"), *crowd(15, 20, "2024-07-01")))
    assert found.turnover == pytest.approx(15 / 20)
    assert found.jaccard == pytest.approx(5 / 35)
    assert found.distance == 0  # the same shape: twenty people of one day


@pytest.mark.parametrize(
    ("history", "now", "before"), [(181, True, True), (182, False, True), (546, False, True), (547, False, False)]
)
def test_a_year_with_less_than_half_a_year_of_history_is_refused(history: int, now: bool, before: bool) -> None:
    """182 days for this year; 365 + 182 for the one before; what lasted takes both."""
    found = lasting(days(*crowd(0, 20, "2023-12-01"), *crowd(0, 20, "2024-07-01")), history)
    assert (found.now.withheld is not None, found.before.withheld is not None) == (now, before)
    assert (found.distance is None) == (found.turnover is None) == (found.jaccard is None) == (now or before)
    assert found.now.top(1) is None if now else found.now.top(1) == pytest.approx(1 / 20)


def test_a_handful_of_people_has_no_signature() -> None:
    """Under fifteen it is the luck of a few days, and the reason says so."""
    found = lasting(days(*crowd(0, MIN_TIES - 1, "2024-07-01")))
    assert "14 people" in str(found.now.withheld)
    assert "0 people" in str(found.before.withheld)


def test_divergence_by_hand() -> None:
    """P = (1), Q = (½, ½): M = (¾, ¼), H(M) = 0.8113, H(Q) = 1: 0.8113 − 0.5 = 0.3113; without overlap it is 1."""
    assert divergence([1.0], [0.5, 0.5]) == pytest.approx(0.3113, abs=1e-4)
    assert divergence([1.0, 0.0], [0.0, 1.0]) == pytest.approx(1)


@given(SHARES, SHARES)
def test_divergence_is_symmetric_and_between_0_and_1(one: list[float], other: list[float]) -> None:
    """And 0 for the same shares."""
    assert 0 <= divergence(one, other) <= 1
    assert divergence(one, other) == divergence(other, one)
    assert divergence(one, one) == 0
