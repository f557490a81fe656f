"""The self-audit: depth and its rivals as of a year ago, judged by what happened since."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from auditor.audit import audit
from auditor.backtest import MIN_TIES, Backtest, Ranked, backtest
from auditor.sources import read

SAMPLE = Path(__file__).parents[1] / "sample_exports"
AS_OF = pd.Timestamp("2025-11-20", tz="UTC")
SCORES = (
    Ranked("depth", 0.75, 0.71, 0.79, 0.6),
    Ranked("message count", 0.67, 0.63, 0.71, 0.5),
    Ranked("recency", 0.79, 0.76, 0.83, 0.6),
    Ranked("recency, count and active days together", 0.44, 0.38, 0.5, 0.4),
)


@pytest.fixture(name="sample", scope="module")
def _sample():
    records = read([SAMPLE / "alex_morgan"])
    return records, audit(records)


def test_the_past_is_judged_by_what_came_after(sample):
    """On the sample depth beats message counting, and the audit then knew nothing of the year since."""
    records, now = sample
    found = backtest(records, now)
    assert found.as_of == now.as_of - pd.Timedelta(days=365)
    depth, count, *_ = found.scores
    assert depth.auc > count.auc > 0.5
    assert all(score.low <= score.auc <= score.high for score in found.scores)
    assert 0 < found.lasting < found.ties


def test_it_is_the_same_every_time(sample):
    """The resamples have a fixed seed."""
    assert backtest(*sample) == backtest(*sample)


def test_a_short_past_is_not_compared():
    """The era export knows too few ties a year back; the sentence says so, with the numbers."""
    records = read([SAMPLE / "linkedin_2018"])
    found = backtest(records, audit(records, pd.Timestamp("2014-06-01")))
    assert found.scores == ()
    assert str(MIN_TIES) in found.sentence


def test_a_rival_that_did_better_is_named():
    """Depth beats the count, and recency beats depth: an honest sentence has both."""
    said = Backtest(AS_OF, 590, 216, SCORES).sentence
    assert "better than message counting: 0.75 against 0.67" in said
    assert said.endswith("What ranked them better still: recency (0.79).")


def test_nothing_is_added_where_depth_is_first():
    """Then the sentence ends with the comparison; and a difference within chance is called one."""
    assert Backtest(AS_OF, 590, 216, SCORES[:2]).sentence.endswith("(0.50 is guessing).")
    close = (Ranked("depth", 0.68, 0.6, 0.75, 0.6), SCORES[1])
    assert "within chance" in Backtest(AS_OF, 59, 21, close).sentence
