"""The self-audit: would depth have known, a year ago, which ties would last, and better than counting messages?

The audit is made as of a year ago, and every tie with contact until then is ranked by depth and by three simple rivals.
A tie lasted if there was contact in both directions in the year since. Nothing is fitted here, so nothing can flatter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.audit import Audit, audit
from auditor.records import Records
from auditor.signals import YEAR_DAYS, Floats, Ints
from auditor.validation.protocol import question, rank

MIN_TIES, MIN_LASTING = 20, 5
"""Under so many ties, or lasting ties, or ties that did not last, a comparison would be noise."""

RESAMPLES, SEED = 200, 150


def _percentile(values: pd.Series[float]) -> Floats:
    return np.asarray(values.rank(pct=True).to_numpy(), np.float64)


RIVALS: dict[str, Callable[[pd.DataFrame], Floats]] = {
    "depth": lambda t: t["raw"].to_numpy(dtype=float),
    "message count": lambda t: t["exchanges"].to_numpy(dtype=float),
    "recency": lambda t: -t["quiet_days"].to_numpy(dtype=float),
    "recency, count and active days together": lambda t: (
        _percentile(-t["quiet_days"]) + _percentile(t["exchanges"]) + _percentile(t["contact_days"])
    ),
}
"""What is compared: the last is fine RFM, the sum of percentile ranks, the hardest simple rival there is."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """How well a score ranked last year's ties: AUC and average precision, and the 90 % interval of the AUC."""

    name: str
    auc: float
    low: float
    high: float
    ap: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """The comparison, depth first, over `ties` ties of which `lasting` lasted; or `withheld`, why there is none."""

    as_of: pd.Timestamp
    ties: int = 0
    lasting: int = 0
    scores: tuple[Ranked, ...] = ()
    withheld: str | None = None

    @property
    def sentence(self) -> str:
        """The result in one honest sentence."""
        if self.withheld:
            return self.withheld
        depth, count = self.scores[0], self.scores[1]
        verdict = "better than" if depth.auc > count.auc else "no better than"
        sure = "" if depth.low > count.auc or count.auc > depth.high else " With so few ties, that is within chance."
        return (
            f"For you, depth ranked last year's lasting ties {verdict} message counting: "
            f"{depth.auc:.2f} against {count.auc:.2f} (0.50 is guessing).{sure}{self._beaten_by}"
        )

    @property
    def _beaten_by(self) -> str:
        """What did better than depth, beside message counting: without it the sentence would not be honest."""
        better = [f"{rival.name} ({rival.auc:.2f})" for rival in self.scores[2:] if rival.auc > self.scores[0].auc]
        return f" What ranked them better still: {'; '.join(better)}." if better else ""


def backtest(records: Records, now: Audit) -> Backtest:
    """Depth and its rivals as of a year before `now`, judged by what happened since."""
    then = audit(records, now.as_of - pd.Timedelta(days=YEAR_DAYS))
    ties = then.ties[then.ties["contact_days"] > 0]
    since = now.ties.reindex(ties.index)
    lasted = ((since["year_out"] > 0) & (since["year_in"] > 0)).to_numpy(dtype=bool)
    if len(ties) < MIN_TIES or lasted.sum() < MIN_LASTING or (~lasted).sum() < MIN_LASTING:
        return Backtest(then.as_of, withheld=_too_little(len(ties), int(lasted.sum())))
    draws = np.random.default_rng(SEED).integers(0, len(ties), (RESAMPLES, len(ties)))
    return Backtest(
        then.as_of,
        len(ties),
        int(lasted.sum()),
        tuple(_ranked(name, score(ties), lasted, draws) for name, score in RIVALS.items()),
    )


def _ranked(name: str, score: Floats, lasted: np.ndarray[tuple[int], np.dtype[np.bool_]], draws: Ints) -> Ranked:
    """One score judged. The interval resamples ties; each resample is asked as if it were an ego of its own."""
    once = rank(question(np.zeros(len(score), np.int64), lasted, np.ones(len(score), bool), 1), score)
    ego = np.repeat(np.arange(len(draws)), draws.shape[1])
    many = rank(question(ego, lasted[draws].ravel(), np.ones(draws.size, bool), 1), score[draws].ravel())
    low, high = np.percentile(many.auc, (5, 95))
    return Ranked(name, float(once.auc[0]), float(low), float(high), float(once.ap[0]))


def _too_little(ties: int, lasting: int) -> str:
    return (
        f"Your files are too short to check depth against your own past: a year ago they knew {ties} ties, "
        f"and {lasting} of them lasted. It takes {MIN_TIES} ties, at least {MIN_LASTING} of each sort."
    )
