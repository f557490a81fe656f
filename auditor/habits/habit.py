"""One habit as it is shown: a figure, its trend, its evidence, and what the owner aims at."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from auditor.habits.log import Log


@dataclass(frozen=True, slots=True)
class Habit:
    """What the owner does, in one figure.

    `figure` (missing where `withheld` says why there is none) in `unit`; `sentence`: the figure in plain words;
    `trend`: the same by month ("2026-03"), missing where a month has none; `target`: what the owner aims at;
    `evidence`: the list behind the figure, in columns to be read, indexed by human where it is of people; `how`: how it
    is measured.
    """

    key: str
    title: str
    unit: str
    figure: float | None = None
    sentence: str = ""
    trend: pd.Series[float] = field(default_factory=lambda: pd.Series(dtype="float64"))
    target: float | None = None
    evidence: pd.DataFrame = field(default_factory=pd.DataFrame)
    how: str = ""
    withheld: str | None = None


Measure = Callable[[Log], Habit]


def how(measure: Callable[..., object]) -> str:
    """How something is measured: what its function says of itself, in one line."""
    return " ".join((inspect.getdoc(measure) or "").split())


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 person", "12 people"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
