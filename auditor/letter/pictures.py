"""The geometry of the letter's two pictures: numbers only, no name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from auditor.dunbar import DUNBAR, LAYERS
from auditor.weekly import WeeklyReport

RING = 22.0
"""Units from one ring of the target to the next."""

WIDE, HIGH = 240.0, 56.0
WEEKS = 104


@dataclass(frozen=True, slots=True)
class Circle:
    """A ring or a dot of the target, round the middle at (0, 0)."""

    x: float
    y: float
    r: float
    strong: bool
    """The ring of 150; of a dot, whether it stands inside the two innermost rings."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of the sparkline: `points` as SVG wants them, its end, the words there, and how it began."""

    name: str
    points: str
    x: float
    y: float
    first: str
    last: str


def rings() -> list[Circle]:
    """Dunbar's four rings, the outermost first."""
    return [Circle(0, 0, RING * (n + 1), c.size == DUNBAR) for n, c in reversed(list(enumerate(LAYERS)))]


def dots(report: WeeklyReport) -> list[Circle]:
    """Every tie inside a layer, where it stands on the target."""
    found = []
    for dot in report.dots:
        turn = math.radians(dot.angle - 90)
        x, y = RING * dot.radius * math.cos(turn), RING * dot.radius * math.sin(turn)
        found.append(Circle(round(x, 1), round(y, 1), round(1.2 + dot.depth / 60, 1), dot.band < 2))
    return found


def curves(history: pd.DataFrame | None, report: WeeklyReport) -> list[Curve]:
    """Size and depth of the network up to the week, each on its own scale from 0; nothing under three weeks.

    `history` has a row a week, oldest first, with `connections` and `meaningful` (missing where withheld), and the ISO
    week as the column `week` or the index.
    """
    if history is None:
        return []
    weeks = history["week"] if "week" in history.columns else history.index.to_series()
    known = history[(weeks.astype("str") <= report.week).to_numpy()].tail(WEEKS)
    named = (("connections", "connections"), ("meaningful", "meaningful ties"))
    return [curve for column, name in named for curve in _curve(known[column].dropna().tolist(), name)]


def _curve(values: Sequence[float], name: str) -> list[Curve]:
    if len(values) < 3 or max(values) <= 0:
        return []
    step, top = WIDE / (len(values) - 1), max(values)
    places = [(round(n * step, 1), round(HIGH * (1 - 0.94 * value / top), 1)) for n, value in enumerate(values)]
    points = " ".join(f"{x:g},{y:g}" for x, y in places)
    return [Curve(name, points, *places[-1], f"{values[0]:,.0f}", f"{values[-1]:,.0f}")]
