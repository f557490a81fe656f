"""How long something takes, when for some it has not happened yet: Kaplan and Meier's curve (1958) in plain numpy.

Whoever has not got there by today says only that it takes longer than so far; leaving them out would make everything
look quicker than it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

Z = 1.6448536269514722
"""The normal quantile of a two-sided 90 % band, as everywhere here."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The share still waiting after each time at which somebody got there: all (k,), `time` rising.

    `survival` is that share, `low` and `high` its 90 % band, `at_risk` how many were still waiting and watched just
    before, `events` how many then got there. `subjects` were watched in all, the longest of them `until`.
    """

    time: Array
    survival: Array
    low: Array
    high: Array
    at_risk: Array
    events: Array
    subjects: int
    until: float

    @property
    def median(self) -> float | None:
        """The first time by which half have got there; None where that is not reached."""
        return _reached(self.time, self.survival)

    @property
    def median_band(self) -> tuple[float | None, float | None]:
        """The 90 % interval of the median (Brookmeyer and Crowley 1982): where the band crosses one half."""
        return _reached(self.time, self.low), _reached(self.time, self.high)

    def after(self, time: float) -> float:
        """The share that has got there by then."""
        place = int(np.searchsorted(self.time, time, side="right"))
        return float(1 - self.survival[place - 1]) if place else 0.0


def kaplan_meier(durations: Array, happened: Array) -> Curve:
    """The curve of `durations` (n,), each to the event where it `happened`, else to the end of watching.

    At equal times events come before ends. The band is Greenwood's variance on the log(−log) scale, which keeps it
    within 0 and 1; where all have got there it is 0 wide.
    """
    durations, happened = np.asarray(durations, float), np.asarray(happened, bool)
    time, events = np.unique(durations[happened], return_counts=True)
    at_risk = len(durations) - np.searchsorted(np.sort(durations), time)
    survival = np.cumprod(1 - events / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(events / (at_risk * (at_risk - events)))  # Greenwood's sum
        width = Z * np.sqrt(variance) / np.log(survival)
        low, high = survival ** np.exp(-width), survival ** np.exp(width)
    ended = survival == 0
    low, high = np.where(ended, 0.0, low), np.where(ended, 0.0, high)
    return Curve(time, survival, low, high, at_risk, events, len(durations), float(durations.max(initial=0)))


def _reached(time: Array, share: Array) -> float | None:
    half = np.flatnonzero(share <= 0.5)
    return float(time[half[0]]) if len(half) else None
