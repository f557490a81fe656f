"""The letter as plain text of 80 columns, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from textwrap import fill
from typing import Any

import pandas as pd

from auditor import literal
from auditor.letter.sections import Line, Section, cut, facts, sections, title
from auditor.weekly import WeeklyReport

COLUMNS = 80


def text(report: WeeklyReport) -> str:
    """The report for a mail or a terminal, no line wider than 80 characters."""
    owner = f"{cut(report.owner)}. " if report.owner else ""
    numbers = "\n".join(f"  {f.label:<16} {f.value:>7}  {f.below}" for f in facts(report))
    parts = [fill(f"{owner}{title(report)}", COLUMNS), fill(report.headline, COLUMNS), numbers]
    return "\n\n".join([*parts, *map(_section, sections(report))])


def _section(section: Section) -> str:
    lines = [section.title, *map(_line, section.lines)]
    return "\n".join([*lines, *([_wrapped(section.note)] if section.note else [])])


def _line(line: Line) -> str:
    said = ": ".join(part for part in (line.name, line.words) if part)
    return fill(f"{line.figure} {said}".strip(), COLUMNS, initial_indent="  - ", subsequent_indent="    ")


def _wrapped(note: str) -> str:
    return fill(note, COLUMNS, initial_indent="  ", subsequent_indent="  ")


def to_json(report: WeeklyReport) -> str:
    """`values`, as JSON text."""
    return literal.to_json(values(report))


def values(report: WeeklyReport) -> dict[str, Any]:
    """The report in plain values: the fields of `WeeklyReport` but the picture's dots, and `headline` and `quiet`."""
    told = {field.name: _plain(getattr(report, field.name)) for field in fields(report) if field.name != "dots"}
    return {"headline": report.headline, "quiet": report.quiet, **told}


def _plain(value: Any) -> Any:
    if isinstance(value, pd.DataFrame):
        return [dict(row) for row in _records(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, float):
        return round(value, 1)
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else value


def _records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for row in table.to_dict("records"):
        yield {str(key): None if pd.isna(value) else _plain(value) for key, value in row.items()}
