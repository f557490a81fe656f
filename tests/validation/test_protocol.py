"""The judging of rankings: AUC and average precision per ego, who is asked, and the bootstrap over egos."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auditor.errors import UsageError
from auditor.validation import protocol
from auditor.validation.protocol import question, rank


def judged(label: list[int], score: list[float], ego: list[int] | None = None) -> protocol.Ranking:
    egos = np.array(ego or [0] * len(label))
    asked = question(egos, np.array(label, bool), np.ones(len(label), bool), min_alters=2)
    return rank(asked, np.array(score, float))


def test_auc_and_ap_of_a_ranking_without_ties() -> None:
    """Hits at places 1 and 3 of 5. AUC: 3 + 2 of 6 pairs won; AP: (1/1 + 2/3)/2 = 5/6."""
    ranking = judged([1, 0, 1, 0, 0], [5, 4, 3, 2, 1])
    assert ranking.auc == pytest.approx([5 / 6])
    assert ranking.ap == pytest.approx([5 / 6])


def test_equal_scores_are_one_step() -> None:
    """Scores 3, 2, 2, 1 with hits at the first 2 and the 1. AUC: (hit 2: loses to 3, draws with 2 → ½) + (hit 1: 0) of 4
    pairs = 1/8; AP: at the step of the 2s, 1 hit of 3, at the end 2 of 4: ½·1/3 + ½·1/2 = 5/12."""
    ranking = judged([0, 1, 0, 1], [3, 2, 2, 1])
    assert ranking.auc == pytest.approx([1 / 8])
    assert ranking.ap == pytest.approx([5 / 12])


def test_a_score_that_says_nothing_is_worth_a_guess() -> None:
    """All equal: AUC one half, AP the base rate."""
    ranking = judged([1, 0, 0, 0], [7, 7, 7, 7])
    assert ranking.auc == pytest.approx([0.5])
    assert ranking.ap == pytest.approx([0.25])


def test_egos_are_judged_apart_whatever_the_order_of_their_rows() -> None:
    """Rows of two egos mixed: ego 0 is ranked perfectly, ego 1 upside down (AP: hit at place 2 of 2)."""
    ranking = judged([0, 1, 1, 0], [1, 10, 20, 30], ego=[0, 1, 0, 1])
    assert ranking.auc == pytest.approx([1, 0])
    assert ranking.ap == pytest.approx([1, 0.5])


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 2)), min_size=2, max_size=30))
def test_the_fast_sums_are_the_definitions(rows: list[tuple[bool, int, int]]) -> None:
    """Against pairs counted one by one, and thresholds tried one by one."""
    label, score, ego = (np.array(column) for column in zip(*rows, strict=True))
    egos = [e for e in range(3) if {True, False} <= set(label[ego == e].tolist())]
    assume(egos)
    asked = question(ego, label, np.ones(len(label), bool), min_alters=2)
    ranking = rank(asked, score.astype(float))
    assert len(ranking.auc) == asked.egos == len(egos)
    for place, e in enumerate(egos):
        hits, misses = score[(ego == e) & label], score[(ego == e) & ~label]
        won = (hits[:, None] > misses).mean() + (hits[:, None] == misses).mean() / 2
        assert ranking.auc[place] == pytest.approx(won)
        steps = sorted(set(hits.tolist()))
        precision = [(hits >= s).sum() / ((hits >= s).sum() + (misses >= s).sum()) for s in steps]
        share = [(hits == s).mean() for s in steps]
        assert ranking.ap[place] == pytest.approx(np.dot(precision, share))


def test_only_egos_with_enough_alters_and_both_outcomes_are_asked() -> None:
    """Ego 0 has two of each; ego 1 only hits; ego 2 too few once its uncounted tie is gone."""
    ego = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
    label = np.array([1, 1, 0, 0, 1, 1, 1, 1, 0, 0], bool)
    counted = np.array([1, 1, 1, 1, 1, 1, 1, 1, 1, 0], bool)
    asked = question(ego, label, counted, min_alters=3)
    assert asked.rows.tolist() == [0, 1, 2, 3]
    assert (asked.egos, asked.base_rate) == (1, 0.5)


def test_a_set_that_asks_nobody_is_an_error() -> None:
    with pytest.raises(UsageError, match="no ego with at least 3 alters and both outcomes"):
        question(np.zeros(3, int), np.ones(3, bool), np.ones(3, bool), min_alters=3)


def test_the_interval_is_the_same_at_every_run_and_holds_the_mean() -> None:
    values = np.random.default_rng(1).normal(0.7, 0.1, 200)
    first, again = (protocol.estimate(values, protocol.resamples(200)) for _ in range(2))
    assert first == again
    assert first.low < first.mean < first.high
    assert first.high - first.low == pytest.approx(2 * 1.96 * 0.1 / np.sqrt(200), rel=0.15)


def test_a_constant_difference_has_no_width() -> None:
    """Paired: two scores that differ by .1 in every ego differ by .1 for sure, however much the egos differ."""
    values = np.random.default_rng(1).uniform(0, 1, 50)
    gain = protocol.estimate((values + 0.1) - values, protocol.resamples(50))
    assert (gain.low, gain.mean, gain.high) == pytest.approx((0.1, 0.1, 0.1))
