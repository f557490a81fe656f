"""Depth without its intervals, and its gain over fine RFM at several splits of a log."""

from __future__ import annotations

import numpy as np
import pytest
from logs import eight

from auditor import depth
from auditor.calibration import model
from auditor.depth import PARTS
from auditor.validation import splits
from auditor.validation.rivals import fine_rfm
from auditor.validation.splits import SHARES, Trial


@pytest.fixture(scope="module")
def tried() -> tuple[Trial, ...]:
    return splits.trials(eight().manufacturing)


def test_the_raw_scores_are_the_sum_of_what_depth_says(tried: tuple[Trial, ...]) -> None:
    """They come without the interval, but are those of `auditor depth` to the last digit but one."""
    w = tried[0].task.window
    found = depth.of_events(w.events, w.as_of, w.since).ties
    assert found[["ego", "person"]].equals(w.ties)
    assert tried[0].prepared.raw() == pytest.approx(found[["c_base", *PARTS]].sum(axis=1).to_numpy())


def test_other_numbers_change_the_scores_and_nothing_else(tried: tuple[Trial, ...]) -> None:
    """Without weight on silence every score is higher by what its silence had cost, and the model is as it was."""
    w = tried[0].task.window
    cost = -depth.of_events(w.events, w.as_of, w.since).ties["c_silence"].to_numpy()
    before = tried[0].prepared.raw()
    assert tried[0].prepared.raw(model() | {"silence": 0.0}) - before == pytest.approx(cost)
    assert np.array_equal(tried[0].prepared.raw(), before)


def test_each_split_is_asked_for_any_and_two_way_contact(tried: tuple[Trial, ...]) -> None:
    assert [(trial.share, trial.task.name.split()[0]) for trial in tried] == [
        (share, task) for share in SHARES for task in ("any", "two-way")
    ]
    ends = [trial.task.window.as_of for trial in tried[::2]]
    assert ends == sorted(set(ends))


def test_fine_rfm_gains_nothing_on_itself(tried: tuple[Trial, ...]) -> None:
    for trial in tried:
        assert not trial.gain(fine_rfm(trial.task.window)).any()
        assert len(trial.egos) == len(trial.fine)


def test_the_mean_is_that_of_the_splits(tried: tuple[Trial, ...]) -> None:
    for row in splits.rows(tried):
        assert len(row.gains) == len(SHARES)
        assert row.mean.mean == pytest.approx(np.mean(row.gains))
        assert row.mean.low <= row.mean.mean <= row.mean.high
