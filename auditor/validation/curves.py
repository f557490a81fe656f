"""Where the curve of chances comes from, and whether the interval of the count holds on a log it was not chosen on.

The curve: logistic regressions of two-way contact later on the raw score, over ties that ran both ways before. Their
slopes agree between the logs, their heights do not; so the shipped slope is the mean, and the shipped height midway
with half the distance as its doubt, both rounded towards more doubt.

The drift: how much one time differs from the next, in log-odds. Each log gets the curve of its own past, as `auditor
depth` does it; the drift is the smallest of a grid with which the 90 % intervals hold the truth in 88 % of egos at
every split of one log, and is then judged on the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from auditor import depth
from auditor.calibration import Curve, model, shipped
from auditor.validation import coverage
from auditor.validation.loaders import Floats, Labelled, Log
from auditor.validation.splits import SHARES, Prepared
from auditor.validation.tasks import Task, persistence

DRIFTS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2)
GOAL = 0.88


@dataclass(frozen=True, slots=True)
class Line:
    """The regression at one split of a log, over so many ties; `lasted` is the share of them that did."""

    data: str
    share: float
    ties: int
    lasted: float
    slope: float
    intercept: float


@dataclass(frozen=True, slots=True)
class Held:
    """How often the interval held the truth with a drift: the mean over splits and the worst split, for each log."""

    drift: float
    mean: tuple[float, ...]
    worst: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Transfer:
    """The drift chosen on one log (None: no drift of the grid is enough), and what it does on the other."""

    chosen_on: str
    drift: float | None
    judged_on: str
    mean: float | None
    worst: float | None


@dataclass(frozen=True, slots=True)
class Curves:
    """All about the curve. `own_past` has a row a drift, `no_past` is the shipped curve with the shipped doubt."""

    logs: tuple[str, ...]
    lines: tuple[Line, ...]
    own_past: tuple[Held, ...]
    transfers: tuple[Transfer, ...]
    shipped_drift: float
    no_past: Held

    @property
    def slope(self) -> float:
        """The mean slope over all splits."""
        return float(np.mean([line.slope for line in self.lines]))

    @property
    def heights(self) -> tuple[float, ...]:
        """The mean intercept of each log."""
        return tuple(float(np.mean([line.intercept for line in self.lines if line.data == log])) for log in self.logs)


@dataclass(frozen=True, slots=True)
class _Split:
    """The foresight of two-way contact at one split: raw scores (n,) and the curve of the log's own past."""

    task: Task
    raw: Floats
    curve: Curve

    @classmethod
    def of(cls, log: Log, share: float) -> _Split:
        _, task = persistence(log.split_at(share))
        w = task.window
        return cls(task, Prepared.of(w).raw(), depth.of_events(w.events, w.as_of, w.since).curve)

    def line(self, share: float) -> Line:
        asked = coverage.both_ways(self.task)
        lasted = self.task.label[asked]
        slope, intercept = coverage.logistic_line(self.raw[asked], lasted)
        return Line(self.task.data, share, int(asked.sum()), float(lasted.mean()), slope, intercept)

    def held(self, curve: Curve, doubt: float) -> float:
        """The share of egos whose count lies within its interval."""
        low, high, truth = coverage.counts(self.task, curve.chance(self.raw), doubt)
        return float(((low <= truth) & (truth <= high)).mean())

    def held_with(self, drift: float) -> float:
        own = self.curve.doubt**2 - model()["chance"]["drift_sd"] ** 2
        return self.held(self.curve, float(np.sqrt(max(own, 0.0) + drift**2)))


def measure(data: Labelled) -> Curves:
    """The regressions, and the coverage of the count's interval by drift."""
    logs = (data.manufacturing, data.college)
    every = [[_Split.of(log, share) for share in SHARES] for log in logs]
    names = tuple(log.name for log in logs)
    past = tuple(_held(drift, [[one.held_with(drift) for one in log] for log in every]) for drift in DRIFTS)
    curve, drift = shipped(), float(model()["chance"]["drift_sd"])
    return Curves(
        names,
        tuple(one.line(share) for log in every for one, share in zip(log, SHARES, strict=True)),
        past,
        tuple(transfer(past, names, on) for on in range(len(names))),
        drift,
        _held(drift, [[one.held(curve, curve.doubt) for one in log] for log in every]),
    )


def _held(drift: float, found: Sequence[Sequence[float]]) -> Held:
    return Held(drift, tuple(float(np.mean(log)) for log in found), tuple(min(log) for log in found))


def transfer(past: Sequence[Held], names: Sequence[str], on: int) -> Transfer:
    """The smallest drift that reaches the goal on one of two logs, and its coverage on the other."""
    other = 1 - on
    enough = next((held for held in past if held.worst[on] >= GOAL), None)
    if enough is None:
        return Transfer(names[on], None, names[other], None, None)
    return Transfer(names[on], enough.drift, names[other], enough.mean[other], enough.worst[other])
