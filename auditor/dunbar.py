"""How the count of meaningful ties compares with Dunbar's ~150, layer by layer.

Layers go by the rate of contact days in the last 365 days, for ties with both directions in that time: at least
weekly, monthly, half-yearly, yearly (the usual operational thresholds of Roberts, Sutcliffe and Arnaboldi). 150 is a
convention, not a law: the primate regression behind it has 95 % intervals of 4–520 and 2–336 (Lindenfors 2021); people
observed online keep 100–200 stable reciprocal ties (Gonçalves 2011).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor import calibration
from auditor.signals import YEAR_DAYS, Ints

DUNBAR = 150
OBSERVED_ONLINE = (100, 200)
MIN_HISTORY_DAYS = 182


@dataclass(frozen=True, slots=True)
class Layer:
    """One circle: its name, Dunbar's size for it, and the contact days a year it takes to be inside."""

    name: str
    size: int
    days_a_year: float
    meaning: str


LAYERS = (
    Layer("support clique", 5, 52, "in touch at least weekly"),
    Layer("sympathy group", 15, 12, "at least monthly"),
    Layer("affinity group", 50, 2, "at least every half-year"),
    Layer("active network", 150, 1, "at least once a year"),
)
SHELLS = (
    Layer("acquaintances", 500, 0, "ever in touch in both directions"),
    Layer("known", 1500, 0, "ever in touch in any direction"),
)


@dataclass(frozen=True, slots=True)
class LayerCount:
    """How many ties lie inside a circle, all inner circles included, against Dunbar's size for it."""

    name: str
    size: int
    count: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Meaningful:
    """The soft count of meaningful ties with its 90 % interval; all missing when withheld, with the reason."""

    count: float | None = None
    low: float | None = None
    high: float | None = None
    withheld: str | None = None


def layer_of(measured: pd.DataFrame, history_days: int) -> pd.Series[str]:
    """The innermost layer of each tie, missing outside all four; indexed as `measured`."""
    days, out, in_ = (measured[column].to_numpy() for column in ("year_days", "year_out", "year_in"))
    names = pd.Index([circle.name for circle in LAYERS])
    layer = pd.Categorical.from_codes(innermost(days, out, in_, history_days), names)
    return pd.Series(layer, index=measured.index).astype("str")


def innermost(year_days: Ints, year_out: Ints, year_in: Ints, history_days: int) -> Ints:
    """The place in LAYERS of the innermost layer of each tie, -1 outside all four, from its contact days of a year."""
    years = min(max(history_days, 1), YEAR_DAYS) / YEAR_DAYS
    least = np.array([circle.days_a_year for circle in LAYERS])
    outside = (year_days[:, None] / years < least).sum(axis=1)
    return np.where((year_out > 0) & (year_in > 0) & (outside < len(LAYERS)), outside, -1)


def count_layers(ties: pd.DataFrame) -> tuple[LayerCount, ...]:
    """Cumulative counts for the four layers, then the two shells. `ties` has `layer`, `two_way` and `contact_days`."""
    inside = np.cumsum([int((ties["layer"] == circle.name).sum()) for circle in LAYERS])
    shells = (int(ties["two_way"].sum()), int((ties["contact_days"] > 0).sum()))
    return tuple(
        LayerCount(circle.name, circle.size, int(count), circle.meaning)
        for circle, count in zip((*LAYERS, *SHELLS), (*inside, *shells), strict=True)
    )


def count_meaningful(ties: pd.DataFrame, history_days: int, doubt: float, *, unowned: bool = False) -> Meaningful:
    """The sum of `p_two_way` over ties with two-way evidence, and its 90 % interval.

    `doubt` is that of the curve behind the chances (calibration.py). Withheld without exchanges and under six months of
    history.
    """
    withheld = why_withheld(len(ties) and int((ties["contact_days"] > 0).sum()), history_days, unowned=unowned)
    if withheld:
        return Meaningful(withheld=withheld)
    chances = ties.loc[ties["two_way"], "p_two_way"].to_numpy(dtype=float)
    expected, low, high = (round(number, 1) for number in calibration.count(chances, doubt))
    return Meaningful(expected, low, high)


def why_withheld(ties_in_touch: int, history_days: int, *, unowned: bool = False) -> str | None:
    """Why no count of meaningful ties can be given, and what to add; None where it can.

    `unowned`: there were messages, but nothing in the files says whose they are.
    """
    if not ties_in_touch and unowned:
        return (
            "There are messages in these files, but nothing says whose they are, so they could not be counted. "
            "Add Profile.csv from the same export, or hand in the whole ZIP."
        )
    if not ties_in_touch:
        return (
            "There is no interaction in these files, and a list of connections alone says nothing about who is close. "
            "Add messages.csv: ask LinkedIn for the whole archive, or tick Messages beside Connections."
        )
    if history_days < MIN_HISTORY_DAYS:
        return (
            f"These files hold {history_days} days of history, and under six months a count is guesswork. "
            "Add an older export or another channel."
        )
    return None


def verdict(meaningful: Meaningful) -> str | None:
    """How the count stands to what people are seen to keep, as the beginning of a sentence; None where withheld."""
    if meaningful.count is None or meaningful.low is None or meaningful.high is None:
        return None
    low, high = OBSERVED_ONLINE
    if meaningful.high < low:
        return "Fewer than most people keep"
    return "More than most people keep" if meaningful.low > high else "About as many as most people keep"


def compare(meaningful: Meaningful) -> str:
    """What the verdict rests on: a band and a convention, never a limit; or why the count is withheld."""
    low, high = OBSERVED_ONLINE
    return meaningful.withheld or (
        f"Online, people are seen to keep {low}–{high}; {DUNBAR} is the usual convention, and the research behind it "
        "spans 4 to 520."
    )
