"""The accuracy table as a value: every score on every task, the two directions combined, and how honest chances are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditor import depth
from auditor.calibration import model
from auditor.validation import coverage, protocol, splits, static
from auditor.validation.coverage import Honesty
from auditor.validation.loaders import Floats, Labelled
from auditor.validation.protocol import Estimate
from auditor.validation.rivals import BASE_FORM, FINE_RFM, RIVALS
from auditor.validation.splits import DEPTH, SHARES, SplitRow
from auditor.validation.static import COMBINATIONS, StaticRow
from auditor.validation.tasks import TWO_WAY_LATER, Task, Window, tasks


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One score on one task. `versus_fine_rfm` and `versus_base_form` are differences of AP, paired per ego."""

    score: str
    auc: Estimate
    ap: Estimate
    versus_fine_rfm: Estimate
    versus_base_form: Estimate


@dataclass(frozen=True, slots=True)
class TaskTable:
    """One task: how many egos and ties it asks, the base rate (the AP of guessing), and a row a score."""

    task: str
    data: str
    egos: int
    ties: int
    base_rate: float
    rows: tuple[ScoreRow, ...]

    def row(self, score: str) -> ScoreRow:
        """The row of a score by its name."""
        return next(row for row in self.rows if row.score == score)


@dataclass(frozen=True, slots=True)
class Report:
    """All that `auditor validate` says. `means` are a score's mean AUC and mean AP over the tasks."""

    score_version: str
    tasks: tuple[TaskTable, ...]
    means: tuple[tuple[str, float, float], ...]
    splits: tuple[SplitRow, ...]
    static: tuple[StaticRow, ...]
    honesty: tuple[Honesty, ...]

    def table(self, data: str, task: str) -> TaskTable:
        """The table of one task by its names."""
        return next(table for table in self.tasks if (table.data, table.task) == (data, task))

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values for JSON."""
        plain = asdict(self)
        plain["means"] = [{"score": name, "auc": auc, "ap": ap} for name, auc, ap in self.means]
        for row in plain["splits"]:
            row["gains"] = {f"{share:.0%}": gain for share, gain in zip(SHARES, row["gains"], strict=True)}
        for row in plain["static"]:
            row["auc"] = dict(zip((way.name for way in COMBINATIONS), row["auc"], strict=True))
        return plain


def measure(data: Labelled) -> Report:
    """Every score on every task of the data."""
    asked = tasks(data)
    windows = {id(task.window): task.window for task in asked}
    found = {key: depth.of_events(w.events, w.as_of, w.since) for key, w in windows.items()}
    scored = {key: _scores(window, found[key].ties) for key, window in windows.items()}
    tables = tuple(_table(task, scored[id(task.window)][0]) for task in asked)
    return Report(
        score_version=str(model()["version"]),
        tasks=tables,
        means=_means(tables),
        splits=tuple(row for log in (data.manufacturing, data.college) for row in splits.rows(splits.trials(log))),
        static=static.rows(data.matrices),
        honesty=tuple(
            coverage.honesty(task, scored[id(task.window)][1], found[id(task.window)].curve.doubt)
            for task in asked
            if task.name == TWO_WAY_LATER
        ),
    )


def _scores(w: Window, found: pd.DataFrame) -> tuple[Mapping[str, Floats], Floats]:
    """The scores of a window by name, depth last, and depth's chance of two-way contact."""
    ties = w.ties.merge(found, on=["ego", "person"], how="left", validate="one_to_one")
    scores = {rival.name: rival.score(w) for rival in RIVALS}
    scores[DEPTH] = ties["depth"].to_numpy(dtype=np.float64)
    return scores, ties["p_two_way"].to_numpy(dtype=np.float64)


def _table(task: Task, scores: Mapping[str, Floats]) -> TaskTable:
    asked = protocol.of_task(task)
    draws = protocol.resamples(asked.egos)
    ranked = {name: protocol.rank(asked, score) for name, score in scores.items()}
    rows = [
        ScoreRow(
            name,
            protocol.estimate(ranking.auc, draws),
            protocol.estimate(ranking.ap, draws),
            protocol.estimate(ranking.ap - ranked[FINE_RFM].ap, draws),
            protocol.estimate(ranking.ap - ranked[BASE_FORM].ap, draws),
        )
        for name, ranking in ranked.items()
    ]
    return TaskTable(task.name, task.data, asked.egos, len(asked.rows), asked.base_rate, tuple(rows))


def _means(tables: tuple[TaskTable, ...]) -> tuple[tuple[str, float, float], ...]:
    return tuple(
        (
            row.score,
            float(np.mean([table.row(row.score).auc.mean for table in tables])),
            float(np.mean([table.row(row.score).ap.mean for table in tables])),
        )
        for row in tables[0].rows
    )
