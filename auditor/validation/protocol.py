"""How a ranking of ties is judged: within each ego, then over egos.

For each ego the alters are ranked by the score; ROC-AUC and average precision (AP) are taken per ego, and their mean
over egos is reported with a percentile bootstrap over egos. Two scores are compared by the mean of their difference per
ego, with the interval of that. A pair of people counts once for each of them, so the intervals are a little too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auditor.errors import UsageError
from auditor.validation.loaders import Booleans, Floats, Ints
from auditor.validation.tasks import Task

RESAMPLES, SEED = 1000, 150
PERCENTILES = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over egos with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well a score ranks the alters of each ego: `auc` and `ap`, one value an ego, in the order of the egos."""

    auc: Floats
    ap: Floats


@dataclass(frozen=True, slots=True)
class Question:
    """The ties that are ranked, ego by ego: `rows` (positions in the table they come from), `ego` (number), `label`."""

    rows: Ints
    ego: Ints
    label: Booleans

    @property
    def egos(self) -> int:
        """How many egos are asked."""
        return int(self.ego[-1]) + 1

    @property
    def base_rate(self) -> float:
        """The mean over egos of the share of alters that the label holds for: the AP of guessing."""
        return float((np.bincount(self.ego, self.label) / np.bincount(self.ego)).mean())


def question(ego: Ints, label: Booleans, counted: Booleans, min_alters: int) -> Question:
    """The counted ties of egos with at least `min_alters` of them and both outcomes among them.

    `ego` numbers the ego of each tie (n,), in any order. Raises UsageError where there is no such ego.
    """
    rows = np.flatnonzero(counted)
    rows = rows[np.argsort(ego[rows], kind="stable")]
    size = np.bincount(ego[rows], minlength=1)
    hits = np.bincount(ego[rows], label[rows], minlength=1)
    asked = (size >= min_alters) & (hits > 0) & (hits < size)
    rows = rows[asked[ego[rows]]]
    if not len(rows):
        raise UsageError(f"there is no ego with at least {min_alters} alters and both outcomes among them in this set")
    return Question(rows, np.unique(ego[rows], return_inverse=True)[1].astype(np.int64), label[rows])


def of_task(task: Task) -> Question:
    """The question that a task asks; `rows` are positions in its window's ties."""
    ego = np.unique(task.window.ties["ego"].to_numpy(dtype=str), return_inverse=True)[1].astype(np.int64)
    return question(ego, task.label, task.counted, task.min_alters)


def rank(asked: Question, score: Floats) -> Ranking:
    """ROC-AUC and average precision per ego; `score` (n,) covers the whole table that the question's rows point into.

    Equal scores are one step: half a win each in the AUC, and one threshold in the AP, Σ (R_k − R_k−1)·P_k over the
    distinct scores in falling order, as scikit-learn's roc_auc_score and average_precision_score have it.
    """
    order = np.lexsort((-score[asked.rows], asked.ego))
    ego, label, value = asked.ego[order], asked.label[order], score[asked.rows][order]
    starts = np.flatnonzero(np.r_[True, (ego[1:] != ego[:-1]) | (value[1:] != value[:-1])])
    step_ego = ego[starts]
    hits, misses = (np.add.reduceat(x.astype(float), starts) for x in (label, ~label))
    hits_so_far, misses_so_far = (_running(x, step_ego) for x in (hits, misses))
    all_hits, all_misses = (np.bincount(step_ego, x) for x in (hits, misses))
    won = np.bincount(step_ego, hits * (all_misses[step_ego] - misses_so_far + misses / 2))
    precision = hits_so_far / (hits_so_far + misses_so_far)
    return Ranking(won / (all_hits * all_misses), np.bincount(step_ego, hits * precision) / all_hits)


def resamples(egos: int) -> Ints:
    """The bootstrap's draws of egos (RESAMPLES, egos): the same for every score, so that differences are paired."""
    return np.random.default_rng(SEED).integers(0, egos, (RESAMPLES, egos))


def estimate(per_ego: Floats, draws: Ints) -> Estimate:
    """The mean over egos of a value per ego, and its 95 % percentile interval."""
    low, high = np.percentile(per_ego[draws].mean(axis=1), PERCENTILES)
    return Estimate(float(per_ego.mean()), float(low), float(high))


def _running(value: Floats, ego: Ints) -> Floats:
    """The running sum of `value` within each ego; `ego` is sorted."""
    total = np.cumsum(value)
    starts = np.flatnonzero(np.r_[True, ego[1:] != ego[:-1]])
    before = np.r_[0.0, total][starts]
    return np.asarray(total - before[np.unique(ego, return_inverse=True)[1]])
