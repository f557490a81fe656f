"""The report in words and numbers: for the terminal, as JSON, and as the section of the README."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.validation.coverage import Honesty
from auditor.validation.protocol import Estimate
from auditor.validation.report import Report, TaskTable
from auditor.validation.static import COMBINATIONS, StaticRow

BEGIN, END = "<!-- validation -->", "<!-- /validation -->"

_SCORES = ("score", "AUC", "AP", "AP − fine RFM", "AP − base form")
_MEANS = ("score", "mean AUC", "mean AP")
_STATIC = ("set", "egos", "base", *(way.name for way in COMBINATIONS))
_HONESTY = ("set", "ties", "Brier", "of base rate", "slope", "egos", "90 % interval holds", "too high", "too low")
_BINS = ("ties", "chance given", "came true")


@dataclass(frozen=True, slots=True)
class _Grid:
    title: str
    note: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    @property
    def lines(self) -> list[tuple[str, ...]]:
        return [self.header, *self.rows]


def text(report: Report) -> str:
    """The whole report for a terminal."""
    return "\n\n".join(_aligned(grid) for grid in _grids(report))


def as_json(report: Report) -> str:
    """The whole report as JSON."""
    return json.dumps(report.as_dict(), ensure_ascii=False, indent=2)


def markdown(report: Report) -> str:
    """The whole report as Markdown between its two markers."""
    return "\n\n".join([BEGIN, *(_piped(grid) for grid in _grids(report)), END])


def _grids(report: Report) -> Iterator[_Grid]:
    for table in report.tasks:
        yield _of_task(table)
    means = [(name, f"{auc:.3f}", f"{ap:.3f}") for name, auc, ap in report.means]
    yield _Grid("Means over the tasks", f"Depth is version {report.score_version}.", _MEANS, means)
    yield _of_static(report.static)
    yield _of_honesty(report.honesty)
    for one in report.honesty:
        bins = [(f"{b.ties:,}", f"{b.predicted:.2f}", f"{b.observed:.2f}") for b in one.bins]
        yield _Grid(f"Chances of two-way contact, {one.data}", "Ties by the chance they were given.", _BINS, bins)


def _of_task(table: TaskTable) -> _Grid:
    note = f"{table.egos} egos, {table.ties:,} ties, base rate {table.base_rate:.2f}; 95 % intervals over egos."
    rows = [
        (
            row.score,
            _interval(row.auc),
            _interval(row.ap),
            _interval(row.versus_fine_rfm, signed=True),
            _interval(row.versus_base_form, signed=True),
        )
        for row in table.rows
    ]
    return _Grid(f"{table.data}: {table.task}", note, _SCORES, rows)


def _of_static(sets: Sequence[StaticRow]) -> _Grid:
    rows = [(row.data, str(row.egos), f"{row.base_rate:.2f}", *(f"{auc.mean:.3f}" for auc in row.auc)) for row in sets]
    return _Grid("How the two directions are combined", "AUC on sets without times, judged by people.", _STATIC, rows)


def _of_honesty(sets: Sequence[Honesty]) -> _Grid:
    rows = [
        (
            one.data,
            f"{one.ties:,}",
            f"{one.brier:.3f}",
            f"{one.brier_base:.3f}",
            f"{one.slope:.2f}",
            str(one.egos),
            _interval(one.coverage),
            f"{one.too_high:.2f}",
            f"{one.too_low:.2f}",
        )
        for one in sets
    ]
    note = "Calibration of p_two_way, and the share of egos whose count of lasting two-way ties lies in its interval."
    return _Grid("Honesty", note, _HONESTY, rows)


def _interval(value: Estimate, *, signed: bool = False) -> str:
    """The mean and the interval; a difference carries its sign, and 0 is always +0."""
    form = "{:+.3f}" if signed else "{:.3f}"
    mean, low, high = (form.format(x).replace("-0.000", "+0.000") for x in (value.mean, value.low, value.high))
    return f"{mean} [{low}, {high}]"


def _aligned(grid: _Grid) -> str:
    widths = [max(map(len, column)) for column in zip(*grid.lines, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in grid.lines]
    return "\n".join([grid.title, grid.note, *(line.rstrip() for line in lines)])


def _piped(grid: _Grid) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (grid.header, ("---",) * len(grid.header), *grid.rows)]
    return "\n".join([f"**{grid.title}.** {grid.note}", "", *lines])
