"""Sets without times: they can test only how what went out and what came in are combined.

For each ego the alters are ranked by a combination of `out` (what the ego turned to them) and `in` (what they turned to
the ego), against a label that people gave themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from auditor.validation import protocol
from auditor.validation.loaders import Floats, Matrix
from auditor.validation.protocol import Estimate
from auditor.validation.rivals import TIE_BREAK

MIN_ALTERS = 5


@dataclass(frozen=True, slots=True)
class Combination:
    """A way to make one number of the two directions."""

    name: str
    of: Callable[[Floats, Floats], Floats]


@dataclass(frozen=True, slots=True)
class StaticRow:
    """One set: egos, base rate, and the ROC-AUC per combination, in the order of `COMBINATIONS`."""

    data: str
    egos: int
    base_rate: float
    auc: tuple[Estimate, ...]


def harmonic(out: Floats, in_: Floats) -> Floats:
    """2·out·in/(out + in), 0 where both are."""
    both = out + in_
    return np.divide(2 * out * in_, both, out=np.zeros_like(both), where=both > 0)


def power(out: Floats, in_: Floats) -> Floats:
    """((√out + √in)/2)²: a one-way tie keeps a quarter."""
    return ((np.sqrt(out) + np.sqrt(in_)) / 2) ** 2


COMBINATIONS = (
    Combination("out only", lambda out, _: out),
    Combination("in only", lambda _, in_: in_),
    Combination("sum", lambda out, in_: out + in_),
    Combination("min", np.minimum),
    Combination("harmonic", harmonic),
    Combination("geometric", lambda out, in_: np.sqrt(out * in_)),
    Combination("power", power),
)
"""Each is told apart by the sum where it ties, except the two single directions."""


def rows(matrices: Sequence[Matrix]) -> tuple[StaticRow, ...]:
    """One row a set."""
    return tuple(_row(matrix) for matrix in matrices)


def _row(matrix: Matrix) -> StaticRow:
    ego = np.repeat(np.arange(len(matrix.weight)), len(matrix.weight))
    asked = protocol.question(ego, matrix.label.ravel(), matrix.counted.ravel(), MIN_ALTERS)
    draws = protocol.resamples(asked.egos)
    out, in_ = matrix.weight.ravel(), matrix.weight.T.ravel()
    aucs = [protocol.rank(asked, _score(way, out, in_)).auc for way in COMBINATIONS]
    return StaticRow(matrix.name, asked.egos, asked.base_rate, tuple(protocol.estimate(auc, draws) for auc in aucs))


def _score(way: Combination, out: Floats, in_: Floats) -> Floats:
    value = way.of(out, in_)
    return value if way.name.endswith("only") else value + TIE_BREAK * (out + in_)
