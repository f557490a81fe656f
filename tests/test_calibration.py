"""Chances from raw scores, and counts from chances."""

from __future__ import annotations

import numpy as np
import pytest

from auditor import calibration
from auditor.calibration import Curve, Outcome, count, fit, model, shipped
from auditor.depth import Chances


def years(intercepts: list[float], slope: float = 0.5, ties: int = 4000) -> list[Outcome]:
    """Years of ties whose outcomes follow a known curve; the seed is fixed."""
    rng = np.random.default_rng(7)
    raw = rng.uniform(-6, 8, (len(intercepts), ties))
    lasted = rng.random(raw.shape) < 1 / (1 + np.exp(-(np.array(intercepts)[:, None] + slope * raw)))
    return [Outcome(*year) for year in zip(raw, lasted, strict=True)]


def test_a_chance_is_the_logistic_of_the_line():
    """σ(−1 + 0.5·2) = σ(0) = ½, by hand; beyond the range that it was fitted on the chance no longer moves."""
    curve = Curve(-1.0, 0.5, 0.3)
    assert curve.chance(np.array([2.0])) == pytest.approx([0.5])
    end = model()["chance"]["raw_to"]
    assert curve.chance(np.array([end + 50.0])) == pytest.approx(curve.chance(np.array([end])))


def test_the_fit_finds_the_curve_behind_many_ties():
    """Four thousand outcomes of a known curve outweigh the shipped one."""
    found = fit(years([-0.5]))
    assert found.intercept == pytest.approx(-0.5, abs=0.15)
    assert found.slope == pytest.approx(0.5, abs=0.05)
    assert found.ties == 4000


def test_few_ties_move_the_shipped_curve_little():
    """Three outcomes that all came true would say +∞ alone; against the prior they say about even odds."""
    found = fit([Outcome(np.zeros(3), np.ones(3, bool))])
    assert shipped().intercept < found.intercept < 1


def test_outcomes_all_alike_do_not_run_away():
    """Where every tie lasted, or none did, the prior keeps the curve finite."""
    for lasted in (np.ones(500, bool), np.zeros(500, bool)):
        found = fit([Outcome(np.linspace(-20, 20, 500), lasted)])
        assert abs(found.intercept) < 10
        assert 0 < found.slope < 2


def test_years_that_agree_leave_less_doubt_than_one_year():
    """The shipped drift counts as one year among them; years that differ leave more."""
    one, alike, apart = (fit(years(i)).doubt for i in ([-1.0], [-1.0] * 5, [-2.5, 0.5, -2.0, 0.3, -1.2]))
    assert alike < one
    assert alike < apart


def test_the_count_is_the_sum_of_the_chances():
    """Ten even chances: 5, and without doubt ±1.6449·√2.5 = 2.6 by hand."""
    assert count(np.full(10, 0.5), 0.0) == pytest.approx((5.0, 2.399, 7.601), abs=0.001)


def test_doubt_widens_the_interval_on_both_sides():
    """By hand for a doubt of 1 log-odd: σ(±1.6449) = .838/.162, so ±3.38 of ten, in quadrature with 2.60."""
    expected, low, high = count(np.full(10, 0.5), 1.0)
    assert (expected, low, high) == pytest.approx((5.0, 0.734, 9.266), abs=0.01)


def test_a_count_stays_within_what_is_possible():
    """Never under nobody or over everybody; of no ties at all it is nothing."""
    assert count(np.array([]), 1.0) == (0, 0, 0)
    expected, low, high = count(np.array([0.01, 0.99]), 3.0)
    assert 0 <= low <= expected <= high <= 2


def test_the_interval_covers_what_it_says():
    """Draws of a common shock and of each tie's luck fall inside in about nine cases of ten."""
    rng = np.random.default_rng(3)
    odds = rng.normal(-1, 1.5, 80)
    _, low, high = count(1 / (1 + np.exp(-odds)), 0.6)
    shock = rng.normal(0, 0.6, (4000, 1))
    truth = (rng.random((4000, 80)) < 1 / (1 + np.exp(-(odds + shock)))).sum(axis=1)
    assert 0.87 < ((low <= truth) & (truth <= high)).mean() < 0.95


def test_the_shipped_curve_says_how_little_it_knows():
    """Its doubt holds the difference between media as well as between years."""
    m = calibration.model()["chance"]
    assert shipped().doubt == pytest.approx(np.hypot(m["intercept_sd"], m["drift_sd"]))
    assert shipped().ties == 0


def test_ties_of_one_direction_have_a_curve_of_their_own():
    """The same score is worth less where nobody ever answered; each tie takes the curve of its sort."""
    chances = Chances(Curve(0.0, 0.5, 1.0), Curve(-3.0, 0.1, 1.0))
    assert chances.of(np.array([0.0, 0.0]), np.array([True, False])) == pytest.approx([0.5, 1 / (1 + np.e**3)])
