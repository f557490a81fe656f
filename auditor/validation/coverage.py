"""Whether the chances are honest: do ties given 30 % stay two-way in 30 % of cases, and do counts hold the truth?

The outcome is two-way contact in the time after the split, which is shorter than the year that `p_two_way` speaks of.
All ties of egos who are still active are asked, as an export shows them: it does not say whether the other side left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auditor import calibration
from auditor.validation import evidence
from auditor.validation.loaders import Booleans, Floats
from auditor.validation.protocol import Estimate, estimate, resamples
from auditor.validation.tasks import Task

BINS = 10
MIN_TIES = 5


@dataclass(frozen=True, slots=True)
class Bin:
    """Ties with nearly equal chances: how many, the mean chance, and the share that came true."""

    ties: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Honesty:
    """How far the chances of a set can be believed.

    `brier` is the mean squared error of the chance, `brier_base` that of giving every tie the base rate; `slope` and
    `intercept` are of the logistic regression of the outcome on the chance's log-odds, 1 and 0 when calibrated (a slope
    under 1: too sure). `coverage` is the share of egos whose true number of lasting two-way ties lies within the 90 %
    interval of their count; `too_high` and `too_low` say where the interval lay in the other egos.
    """

    data: str
    ties: int
    base_rate: float
    mean_chance: float
    brier: float
    brier_base: float
    slope: float
    intercept: float
    bins: tuple[Bin, ...]
    egos: int
    coverage: Estimate
    too_high: float
    too_low: float
    mean_width: float


def honesty(task: Task, chances: Floats, doubt: float) -> Honesty:
    """The reliability of `chances` (n,), one a tie of the task's window, and the coverage of the counts made of them.

    A count is asked of egos with at least five ties that ran in both directions before the split.
    """
    rows = np.flatnonzero(task.staying)
    p, came_true = chances[rows], task.label[rows]
    low, high, truth = counts(task, chances, doubt)
    slope, intercept = calibration_line(p, came_true)
    return Honesty(
        data=task.data,
        ties=len(rows),
        base_rate=float(came_true.mean()),
        mean_chance=float(p.mean()),
        brier=float(((p - came_true) ** 2).mean()),
        brier_base=float(came_true.mean() * (1 - came_true.mean())),
        slope=slope,
        intercept=intercept,
        bins=reliability(p, came_true),
        egos=len(truth),
        coverage=estimate(((low <= truth) & (truth <= high)).astype(float), resamples(len(truth))),
        too_high=float((low > truth).mean()),
        too_low=float((high < truth).mean()),
        mean_width=float((high - low).mean()),
    )


def reliability(chances: Floats, came_true: Booleans) -> tuple[Bin, ...]:
    """The chances in ten bins of equal width, empty ones left out."""
    place = np.minimum((chances * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(int(here.sum()), float(chances[here].mean()), float(came_true[here].mean()))
        for here in (place == number for number in range(BINS))
        if here.any()
    )


def calibration_line(chances: Floats, came_true: Booleans) -> tuple[float, float]:
    """Slope and intercept of the outcome's log-odds over the chance's (Cox 1958).

    Chances are kept within 0.001 and 0.999, where log-odds are finite.
    """
    p = np.clip(chances, 0.001, 0.999)
    return logistic_line(np.log(p / (1 - p)), came_true)


def logistic_line(number: Floats, came_true: Booleans) -> tuple[float, float]:
    """Slope and intercept of the outcome's log-odds over a number, by Newton's method."""
    design = np.column_stack([number, np.ones(len(number))])
    line = np.zeros(2)
    for _ in range(50):
        fitted = 1 / (1 + np.exp(-design @ line))
        curvature = design.T @ (design * (fitted * (1 - fitted))[:, None])
        step = np.linalg.solve(curvature + 1e-9 * np.eye(2), design.T @ (came_true - fitted))
        line += step
        if np.abs(step).max() < 1e-10:
            break
    return float(line[0]), float(line[1])


def both_ways(task: Task) -> Booleans:
    """Which ties ran in both directions before the split, among those of egos who stay."""
    w = task.window
    return np.asarray(task.staying & (evidence.total(w, w.out) > 0) & (evidence.total(w, w.in_) > 0))


def counts(task: Task, chances: Floats, doubt: float) -> tuple[Floats, Floats, Floats]:
    """For each ego with at least five ties in both directions: the interval of the count, and how many lasted."""
    rows = np.flatnonzero(both_ways(task))
    ego = np.unique(task.window.ties["ego"].to_numpy(dtype=str)[rows], return_inverse=True)[1]
    order = np.argsort(ego, kind="stable")
    groups = [group for group in np.split(rows[order], np.cumsum(np.bincount(ego))[:-1]) if len(group) >= MIN_TIES]
    bounds = np.array([calibration.count(chances[group], doubt)[1:] for group in groups]).reshape(-1, 2)
    truth = np.array([task.label[group].sum() for group in groups], dtype=np.float64)
    return bounds[:, 0], bounds[:, 1], truth
