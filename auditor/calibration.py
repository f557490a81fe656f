"""From a raw score to the chance of contact in both directions within the next year, and from chances to a count.

The slope of that curve is nearly the same in every medium, its height is not: base rates differ three- to fourfold. So
the curve is fitted on the owner's own past where the log is long enough (the scores of a year ago, the outcome since),
held back by the shipped curve; and where it is not, the shipped curve is used, with its doubt carried into the count.
Ties with contact in one direction only have a curve of their own: many letters that nobody answers are no sign that the
next one will be.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Z90 = 1.6449
"""Standard deviations that 90 % of a normal distribution lie within."""


@cache
def model() -> dict[str, Any]:
    """The fitted numbers, their version, and how they came about."""
    return dict(json.loads(files("auditor").joinpath("depth_model.json").read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Curve:
    """p = σ(intercept + slope·raw), raw held within the range that it was fitted on.

    `doubt`: standard deviation of the intercept for the year to come, in log-odds.
    `ties`: how many of the owner's own ties it was fitted on; 0: it is the shipped curve.
    """

    intercept: float
    slope: float
    doubt: float
    ties: int = 0

    def chance(self, raw: Floats) -> Floats:
        """The chance for each raw score."""
        return _logistic(self.intercept + self.slope * _within(raw))


def shipped(which: str = "chance") -> Curve:
    """The curve for logs too short to have a past: midway between the media it was fitted on, and as doubtful.

    `which`: "chance" for ties with contact in both directions, "chance_one_way" for those with one.
    """
    m = model()[which]
    return Curve(m["intercept"], m["slope"], float(np.hypot(m["intercept_sd"], m["drift_sd"])))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the ties of one past day: their `raw` scores then (n,), and whether each `lasted` (n,)."""

    raw: Floats
    lasted: NDArray[np.bool_]


def fit(past: Sequence[Outcome], which: str = "chance") -> Curve:
    """The curve of one's own past, over one or more past years; `which` as for the shipped one.

    Logistic regression by Newton's method, with the shipped curve as a normal prior: few ties move it little. The doubt
    is the fit's own, and how much one year differs from another: the shipped figure, counted as one year, together with
    the years seen here.
    """
    m = model()[which]
    raw, lasted = (np.concatenate([getattr(year, field) for year in past]) for field in ("raw", "lasted"))
    design = np.column_stack([np.ones(len(raw)), _within(raw)])
    prior, sd = np.array([m["intercept"], m["slope"]]), np.array([m["intercept_sd"], m["slope_sd"]])
    line, errors = _logistic_fit(design, lasted, prior, sd)
    drift = m["drift_sd"] ** 2
    for year in past if len(past) > 1 else ():
        shift, error = _logistic_fit(
            np.ones((len(year.raw), 1)),
            year.lasted,
            np.zeros(1),
            np.array([m["drift_sd"]]),
            line[0] + line[1] * _within(year.raw),
        )
        drift += max(0.0, float(shift[0] ** 2 - error[0] ** 2))
    return Curve(float(line[0]), float(line[1]), float(np.sqrt(errors[0] ** 2 + drift / len(past))), len(raw))


def _logistic_fit(
    design: Floats, outcome: NDArray[np.bool_], prior: Floats, sd: Floats, offset: Floats | float = 0.0
) -> tuple[Floats, Floats]:
    """The most probable coefficients under a normal prior, and their standard deviations."""
    precision = np.diag(sd**-2.0)
    line = prior.copy()
    for _ in range(_STEPS):
        p = _logistic(offset + design @ line)
        curvature = design.T @ (design * (p * (1 - p))[:, None]) + precision
        step = np.linalg.solve(curvature, design.T @ (outcome - p) - precision @ (line - prior))
        line = line + np.clip(step, -1, 1)  # a whole step can overshoot where the chances are near 0 or 1
    return line, np.sqrt(np.diag(np.linalg.inv(curvature)))


_STEPS = 50


def count(chances: Floats, doubt: float) -> tuple[float, float, float]:
    """How many ties with these chances stay: the expectation and its 90 % interval.

    Two independent errors: the ties' own luck (Poisson–binomial), and a common one of standard deviation `doubt` in
    log-odds, since what moves one tie of an ego moves the others. Luck alone covers the truth in 64 % of egos.
    """
    p = np.sort(np.clip(chances, 1e-9, 1 - 1e-9))  # sums of floats hang on their order, the count must not
    odds = np.log(p / (1 - p))
    expected = float(p.sum())
    luck = Z90 * float(np.sqrt((p * (1 - p)).sum()))
    low, high = (float(_logistic(odds + sign * Z90 * doubt).sum()) for sign in (-1, 1))
    return (
        expected,
        max(0.0, expected - float(np.hypot(luck, expected - low))),
        min(float(len(p)), expected + float(np.hypot(luck, high - expected))),
    )


def _within(raw: Floats) -> Floats:
    m = model()["chance"]
    return np.clip(raw, m["raw_from"], m["raw_to"])


def _logistic(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -500, 500))))
