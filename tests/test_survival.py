"""Kaplan–Meier against tables worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.survival import Z, kaplan_meier


def test_the_curve_of_a_table_worked_out_by_hand() -> None:
    """Ten people; + is still waiting when watching ends.

    days     6 6 6 6+ 7 9+ 10 10+ 11+ 13
    at 6:  10 waiting, 3 get there: 7/10          = 0.7
    at 7:   6 waiting, 1 gets there: 0.7 x 5/6    = 0.58333…
    at 10:  4 waiting, 1 gets there: 0.58333 x 3/4 = 0.4375
    at 13:  1 waiting, 1 gets there: 0
    """
    days = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13]
    there = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1]
    curve = kaplan_meier(np.array(days), np.array(there))
    assert curve.time.tolist() == [6, 7, 10, 13]
    assert curve.at_risk.tolist() == [10, 6, 4, 1]
    assert curve.events.tolist() == [3, 1, 1, 1]
    assert curve.survival == pytest.approx([0.7, 0.7 * 5 / 6, 0.4375, 0.0])
    assert curve.median == 10
    assert curve.after(5.9) == 0
    assert curve.after(7.5) == pytest.approx(1 - 0.7 * 5 / 6)


def test_the_band_of_a_table_worked_out_by_hand() -> None:
    """Greenwood's sum at 6 is 3/(10x7) = 3/70, at 7 more 1/(6x5) = 3/70 + 1/30; the band is S to the e^±(z√sum/ln S)."""
    curve = kaplan_meier(np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13]), np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1]))
    for place, (share, total) in enumerate([(0.7, 3 / 70), (0.7 * 5 / 6, 3 / 70 + 1 / 30)]):
        width = Z * math.sqrt(total) / abs(math.log(share))
        assert curve.low[place] == pytest.approx(share ** math.exp(width))
        assert curve.high[place] == pytest.approx(share ** math.exp(-width))
    assert (curve.low[-1], curve.high[-1]) == (0, 0)


def test_the_remission_times_of_freireich() -> None:
    """The classic table of 6-MP (Freireich 1963, in every textbook): 0.857 at 6 weeks, 0.627 at 13, 0.448 at 23."""
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    relapsed = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    curve = kaplan_meier(np.array(weeks), np.array(relapsed))
    found = dict(zip(curve.time.tolist(), curve.survival.round(3).tolist(), strict=True))
    assert found == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.69, 16: 0.627, 22: 0.538, 23: 0.448}
    assert curve.median == 23


def test_a_median_that_is_not_reached() -> None:
    """Where fewer than half have got there, there is no median, and nobody invents one."""
    curve = kaplan_meier(np.array([1, 2, 5, 5, 5]), np.array([1, 1, 0, 0, 0]))
    assert curve.median is None
    assert curve.median_band == (1, None)


def test_nobody_and_nothing() -> None:
    """No subjects, or no events: an empty curve."""
    assert kaplan_meier(np.array([]), np.array([], bool)).median is None
    curve = kaplan_meier(np.array([3.0, 4.0]), np.array([False, False]))
    assert (len(curve.time), curve.subjects, curve.after(9)) == (0, 2, 0)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40))
def test_without_censoring_the_curve_is_the_plain_share(days: list[int]) -> None:
    """When everybody got there, the curve is the share that had not yet."""
    curve = kaplan_meier(np.array(days), np.ones(len(days), bool))
    for time, share in zip(curve.time, curve.survival, strict=True):
        assert share == pytest.approx(np.mean(np.array(days) > time))
    assert ((curve.low <= curve.survival + 1e-12) & (curve.survival <= curve.high + 1e-12)).all()
