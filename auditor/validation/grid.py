"""Tables of text, aligned for a terminal or piped for Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.validation.protocol import Estimate


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its title, a note above it, and what is to be said below it."""

    title: str
    note: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    below: str = ""


def aligned(grid: Grid) -> str:
    """The table in columns of equal width."""
    cells = [grid.header, *grid.rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    return "\n".join([grid.title, grid.note, *(line.rstrip() for line in lines), *([grid.below] if grid.below else [])])


def piped(grid: Grid) -> str:
    """The table as Markdown."""
    lines = [f"| {' | '.join(row)} |" for row in (grid.header, ("---",) * len(grid.header), *grid.rows)]
    return "\n".join([f"**{grid.title}.** {grid.note}", "", *lines, *(["", grid.below] if grid.below else [])])


def percent(share: float) -> str:
    """A share in whole percents."""
    return f"{100 * share:.0f} %"


def signed(value: float) -> str:
    """A difference with its sign; 0 is always +0."""
    return f"{value:+.3f}".replace("-0.000", "+0.000")


def interval(value: Estimate) -> str:
    """A mean and its interval."""
    return f"{value.mean:.3f} [{value.low:.3f}, {value.high:.3f}]"


def signed_interval(value: Estimate) -> str:
    """The mean of a difference and its interval."""
    return f"{signed(value.mean)} [{signed(value.low)}, {signed(value.high)}]"
