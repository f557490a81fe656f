"""The report in words and numbers: for the terminal, as JSON, and the short of it as a section of the README."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from textwrap import fill

from auditor.validation.coverage import MIN_TIES, Honesty
from auditor.validation.grid import Grid, aligned, interval, percent, piped, signed, signed_interval
from auditor.validation.report import Report, TaskTable
from auditor.validation.rivals import BASE_FORM
from auditor.validation.splits import DEPTH, SHARES, SplitRow
from auditor.validation.static import COMBINATIONS, StaticRow

BEGIN, END = "<!-- validation -->", "<!-- /validation -->"
WIDTH = 120

_SCORES = ("score", "AUC", "AP", "AP − fine RFM", "AP − base form")
_MEANS = ("score", "mean AUC", "mean AP")
_STATIC = ("set", "egos", "base", *(way.name for way in COMBINATIONS))
_HONESTY = ("set", "ties", "Brier", "of base rate", "slope", "egos", "90 % interval holds", "too high", "too low")
_BINS = ("ties", "chance given", "came true")
_SPLITS = ("set", "task", "score", *map(percent, SHARES), "mean of the splits")


def text(report: Report) -> str:
    """The whole report for a terminal."""
    return "\n\n".join(aligned(grid) for grid in _grids(report))


def as_json(report: Report) -> str:
    """The whole report as JSON."""
    return json.dumps(report.as_dict(), ensure_ascii=False, indent=2)


def markdown(report: Report) -> str:
    """The section of the README, with its two markers: each score on each task, depth's gain, and the coverage."""
    held = "\n".join(fill(f"- {in_words(one)}", WIDTH, subsequent_indent="  ") for one in report.honesty)
    parts = (_opening(report), piped(_precision(report)), piped(_gains(report)), held, _CAVEAT)
    return "\n\n".join([BEGIN, *parts, END])


def in_words(one: Honesty) -> str:
    """How often the interval of the count held the truth."""
    held = f"{percent(one.coverage.mean)} [{percent(one.coverage.low)}, {percent(one.coverage.high)}]"
    return (
        f"{one.data}: the 90 % interval of the count held the number of ties that lasted for {held} of {one.egos} "
        f"people with at least {MIN_TIES} ties in both directions; it lay too high for {percent(one.too_high)}, and "
        f"too low for {percent(one.too_low)}."
    )


def _grids(report: Report) -> Iterator[Grid]:
    for table in report.tasks:
        yield _of_task(table)
    means = [(name, f"{auc:.3f}", f"{ap:.3f}") for name, auc, ap in report.means]
    yield Grid("Means over the tasks", f"Depth is version {report.score_version}.", _MEANS, means)
    yield _of_splits(report.splits)
    yield _of_static(report.static)
    yield _of_honesty(report.honesty)
    for one in report.honesty:
        bins = [(f"{b.ties:,}", f"{b.predicted:.2f}", f"{b.observed:.2f}") for b in one.bins]
        yield Grid(f"Chances of two-way contact, {one.data}", "Ties by the chance they were given.", _BINS, bins)


def _of_task(table: TaskTable) -> Grid:
    note = f"{table.egos} egos, {table.ties:,} ties, base rate {table.base_rate:.2f}; 95 % intervals over egos."
    rows = [
        (
            row.score,
            interval(row.auc),
            interval(row.ap),
            signed_interval(row.versus_fine_rfm),
            signed_interval(row.versus_base_form),
        )
        for row in table.rows
    ]
    return Grid(f"{table.data}: {table.task}", note, _SCORES, rows)


def _of_splits(splits: Sequence[SplitRow]) -> Grid:
    rows = [
        (row.data, row.task, row.score, *(signed(gain) for gain in row.gains), signed_interval(row.mean))
        for row in splits
    ]
    note = "AP − fine RFM where the log is split after such a share of it."
    return Grid("The gain at other splits", note, _SPLITS, rows)


def _of_static(sets: Sequence[StaticRow]) -> Grid:
    rows = [(row.data, str(row.egos), f"{row.base_rate:.2f}", *(f"{auc.mean:.3f}" for auc in row.auc)) for row in sets]
    return Grid("How the two directions are combined", "AUC on sets without times, judged by people.", _STATIC, rows)


def _of_honesty(sets: Sequence[Honesty]) -> Grid:
    rows = [
        (
            one.data,
            f"{one.ties:,}",
            f"{one.brier:.3f}",
            f"{one.brier_base:.3f}",
            f"{one.slope:.2f}",
            str(one.egos),
            interval(one.coverage),
            f"{one.too_high:.2f}",
            f"{one.too_low:.2f}",
        )
        for one in sets
    ]
    note = "Calibration of p_two_way, and the share of egos whose count of lasting two-way ties lies in its interval."
    below = "\n".join(fill(in_words(one), WIDTH) for one in sets)
    return Grid("Honesty", note, _HONESTY, rows, below)


def _opening(report: Report) -> str:
    return fill(
        f"`auditor validate` makes these figures for depth, version {report.score_version}, and `make accuracy` writes "
        "them here. Each score ranks the people someone is in touch with; average precision (AP) is 1 where those who "
        "matter later stand before all others. Manufacturing is nine months of company mail, college half a year of "
        "private messages. Fine RFM, the sum of three percentile ranks, is the hardest of the simple rivals.",
        WIDTH,
    )


def _precision(report: Report) -> Grid:
    rows = [
        (name, *(f"{table.row(name).ap.mean:.3f}" for table in report.tasks), f"{ap:.3f}", f"{auc:.3f}")
        for name, auc, ap in report.means
    ]
    rows[-1] = tuple(f"**{cell}**" for cell in rows[-1])  # depth
    return Grid("AP", "The higher, the better.", ("score", *_columns(report), "mean AP", "mean AUC"), rows)


def _gains(report: Report) -> Grid:
    rows = []
    for score in (BASE_FORM, DEPTH):
        there = {(row.data, row.task): signed_interval(row.mean) for row in report.splits if row.score == score}
        rows += [
            (score, *(signed_interval(table.row(score).versus_fine_rfm) for table in report.tasks)),
            (f"{score}, five splits", *(there.get((table.data, table.task), "") for table in report.tasks)),
        ]
    note = "The difference in AP, with its 95 % interval over people; below it the mean over five splits of the log."
    return Grid("Gain over fine RFM", note, ("score", *_columns(report)), rows)


def _columns(report: Report) -> list[str]:
    return [f"{table.data}: {table.task}" for table in report.tasks]


_CAVEAT = fill(
    "The form of depth was chosen with both logs in view, so its gain on them is no proof for a third. `auditor "
    "validate --fit` shows how its numbers were found, and what numbers fitted on one log are worth on the other.",
    WIDTH,
)
