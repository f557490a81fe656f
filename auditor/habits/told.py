"""Habits in plain values, for `--json`."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from auditor.habits.habit import Habit
from auditor.habits.log import Log
from auditor.habits.pace import Pace, how_long
from auditor.habits.referrals import referrals
from auditor.habits.worth import weak


def plain(log: Log, found: tuple[Habit, ...]) -> dict[str, Any]:
    """What `--json` prints as `habits`: `figures`, `how_long`, `introductions`, `worth_of_the_weak`.

    Numbers have two decimals; what is withheld is null, with the reason beside it.
    """
    came = referrals(log)
    return {
        "figures": [_habit(habit) for habit in found],
        "how_long": _pace(how_long(log)),
        "introductions": {
            "sentence": came.sentence,
            "people": rows(came.people),
            "introducers": rows(came.best),
            "chains": list(came.chains),
            "how": came.how,
        },
        "worth_of_the_weak": [
            {"key": w.key, "title": w.title, "sentence": w.sentence, "how": w.how, "people": rows(w.people)}
            for w in weak(log)
        ],
    }


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as a list of objects; days as "2026-03-01", missing values as null."""
    columns = [_values(table[name]) for name in table]
    names = [str(name) for name in table]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pd.Series[Any]) -> list[Any]:
    """The cells of a column in plain values; days all at once."""
    if not pd.api.types.is_datetime64_any_dtype(column.dtype):
        whole = column.dtype.kind in "iu" or (column.dtype == "str" and not column.hasnans)
        return column.tolist() if whole else [value(cell) for cell in column.tolist()]
    days = column.to_numpy("datetime64[D]").astype(str).tolist()
    return [None if missing else day for day, missing in zip(days, column.isna(), strict=True)]


def value(cell: Any) -> Any:
    """A cell in plain values."""
    if cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, np.generic):
        return value(cell.item())
    return round(cell, 2) if isinstance(cell, float) else cell


def _habit(habit: Habit) -> dict[str, Any]:
    return {
        "key": habit.key,
        "title": habit.title,
        "figure": value(habit.figure),
        "unit": habit.unit,
        "target": habit.target,
        "sentence": habit.sentence,
        "withheld": habit.withheld,
        "how": habit.how,
        "trend": {str(month): value(number) for month, number in habit.trend.items()},
        "evidence": rows(habit.evidence),
    }


def _pace(pace: Pace) -> dict[str, Any]:
    curve = pace.curve
    steps = zip(curve.time, curve.survival, curve.low, curve.high, curve.at_risk, curve.events, strict=True)
    names = ("days", "waiting", "low", "high", "at_risk", "events")
    shown = [] if pace.withheld else [dict(zip(names, map(value, map(float, step)), strict=True)) for step in steps]
    low, high = curve.median_band
    return {
        "sentence": pace.sentence,
        "withheld": pace.withheld,
        "how": pace.how,
        "connections": curve.subjects,
        "median_days": None if pace.withheld else curve.median,
        "median_low": None if pace.withheld else low,
        "median_high": None if pace.withheld else high,
        "curve": shown,
    }
