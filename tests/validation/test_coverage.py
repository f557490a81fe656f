"""Whether chances are honest: reliability, the calibration line, and counts that hold the truth."""

from __future__ import annotations

import numpy as np
import pytest
from logs import log

from auditor.validation import coverage
from auditor.validation.tasks import persistence

RNG = np.random.default_rng(7)

SIX = """
    sender,recipient,at
    {before}
    ana,me,2010-01-06T00:00
    me,ana,2010-01-06T00:00
    bo,me,2010-01-06T00:00
    me,bo,2010-01-06T00:00
    """.format(
    before="\n    ".join(
        f"me,{name},2010-01-01T00:00\n    {name},me,2010-01-02T00:00"
        for name in ("ana", "bo", "cem", "dot", "eve", "flo")
    )
)
"""Six ties in both directions before the split on the 5th; two of them are still so after it."""


def test_bins_say_what_was_promised_and_what_came_true() -> None:
    """Of .11 and .13 one came true, of .95 the only one; a chance of 1 belongs to the last bin."""
    bins = coverage.reliability(np.array([0.11, 0.13, 0.95, 1.0]), np.array([True, False, True, True]))
    assert [(b.ties, b.predicted, b.observed) for b in bins] == [
        (2, pytest.approx(0.12), 0.5),
        (2, pytest.approx(0.975), 1.0),
    ]


def test_honest_chances_lie_on_the_line_and_sure_ones_below_it() -> None:
    """Outcomes drawn from chances: slope 1, intercept 0; chances with doubled log-odds: slope one half."""
    odds = RNG.normal(0, 1.5, 20_000)
    came_true = RNG.random(20_000) < 1 / (1 + np.exp(-odds))
    assert coverage.calibration_line(1 / (1 + np.exp(-odds)), came_true) == pytest.approx((1, 0), abs=0.06)
    assert coverage.calibration_line(1 / (1 + np.exp(-2 * odds)), came_true) == pytest.approx((0.5, 0), abs=0.06)


def test_the_line_ends_even_where_outcomes_are_parted_by_the_chance() -> None:
    slope, intercept = coverage.calibration_line(np.array([0.1, 0.2, 0.8, 0.9]), np.array([False, False, True, True]))
    assert slope > 1
    assert np.isfinite(intercept)


def test_the_line_of_a_raw_score_is_found() -> None:
    """Outcomes drawn with log-odds −1 + ½·score."""
    score = RNG.normal(3, 2, 20_000)
    came_true = RNG.random(20_000) < 1 / (1 + np.exp(1 - score / 2))
    assert coverage.logistic_line(score, came_true) == pytest.approx((0.5, -1), abs=0.06)


@pytest.mark.parametrize(
    ("chance", "doubt", "holds", "too_high", "too_low"),
    [(0.3, 0, 1, 0, 0), (0.95, 0, 0, 1, 0), (0.01, 0, 0, 0, 1), (0.01, 4, 1, 0, 0)],
)
def test_a_count_is_right_when_the_truth_lies_within(
    chance: float, doubt: float, holds: float, too_high: float, too_low: float
) -> None:
    """I have two lasting ties of six. Without doubt the intervals are 1.8 ± 1.8, 5.7 ± .9 and .06 ± .4, and a doubt of 4
    widens the last to 5 and more. The six others have one tie each, too few to be counted."""
    _, two_way = persistence(log(SIX, "2010-01-05"))
    found = coverage.honesty(two_way, np.full(len(two_way.label), chance), doubt)
    assert found.egos == 1
    assert (found.coverage.mean, found.too_high, found.too_low) == (holds, too_high, too_low)


def test_the_ties_of_those_who_stay_are_asked() -> None:
    """My six ties, two of them lasting, and the one tie each of Ana and Bo; the others are gone. Brier of .25 throughout:
    (4·.75² + 4·.25²)/8."""
    _, two_way = persistence(log(SIX, "2010-01-05"))
    found = coverage.honesty(two_way, np.full(len(two_way.label), 0.25), doubt=0)
    assert (found.ties, found.base_rate, found.mean_chance) == (8, 0.5, 0.25)
    assert (found.brier, found.brier_base) == pytest.approx(((4 * 0.75**2 + 4 * 0.25**2) / 8, 0.25))
