"""The curve of chances and its drift: chosen on one log, judged on the other."""

from __future__ import annotations

import pytest
from logs import eight

from auditor.validation import curves
from auditor.validation.curves import DRIFTS, Curves, Held


@pytest.fixture(scope="module")
def found() -> Curves:
    return curves.measure(eight())


def test_every_log_has_a_line_at_every_split(found: Curves) -> None:
    """Whoever writes more goes on: the slope is above 0."""
    assert [line.share for line in found.lines] == [0.3, 0.4, 0.5, 0.6, 0.7] * 2
    assert all(line.slope > 0 for line in found.lines)
    assert found.slope == pytest.approx(sum(line.slope for line in found.lines) / 10)


def test_more_drift_never_holds_less(found: Curves) -> None:
    assert [held.drift for held in found.own_past] == list(DRIFTS)
    for less, more in zip(found.own_past, found.own_past[1:], strict=False):
        assert all(a <= b for a, b in zip(less.mean, more.mean, strict=True))


def test_the_least_drift_that_is_enough_at_the_worst_split_is_judged_on_the_other_log() -> None:
    """On a, .5 is the first with .88 at worst; on b nothing is."""
    past = (Held(0.3, (0.9, 0.7), (0.8, 0.6)), Held(0.5, (0.95, 0.8), (0.88, 0.7)), Held(0.7, (1, 0.9), (1, 0.8)))
    chosen = curves.transfer(past, ("a", "b"), 0)
    assert (chosen.drift, chosen.judged_on, chosen.mean, chosen.worst) == (0.5, "b", 0.8, 0.7)
    assert curves.transfer(past, ("a", "b"), 1).drift is None
