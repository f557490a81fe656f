"""The letter as one page of HTML that needs nothing but itself: no script, nothing remote, on paper one sheet of A4."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import cache

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from auditor.letter import pictures
from auditor.letter.sections import Section, cut, facts, sections, title
from auditor.weekly import WeeklyReport


def html(report: WeeklyReport, history: pd.DataFrame | None = None) -> str:
    """The page. With `history` (pictures.curves) it draws size against depth up to the week."""
    said = sections(report)
    return _template().render(
        report=report,
        owner=cut(report.owner),
        title=title(report),
        facts=facts(report),
        sections=said,
        points=_points(said),
        layers=report.layers[:4] if report.gained is not None else (),
        rings=pictures.rings(),
        dots=pictures.dots(report),
        curves=pictures.curves(history, report),
        ring=pictures.RING,
        wide=pictures.WIDE,
        high=pictures.HIGH,
    )


def _points(said: Sequence[Section]) -> float:
    """The size of print, in points, at which the lists fill no more than one sheet: the more there is, the smaller."""
    texts = [f"{line.figure} {line.name} {line.words}" for section in said for line in section.lines]
    lines = 2 * len(said) + sum(map(_rows, [*texts, *(section.note for section in said)]))
    return next(points for points, most in _PRINT if lines <= most)


_PRINT = ((8.0, 75), (7.2, 95), (6.4, 150), (5.8, math.inf))
"""Points of print, and how many lines of a column they have room for."""


def _rows(text: str) -> int:
    """How many lines of a column a text takes, about; an ideograph takes the room of two letters, a capital of 1.4."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return math.ceil((len(text) + wide + 0.4 * sum(map(str.isupper, text))) / COLUMN)


COLUMN = 52


@cache
def _template() -> Template:
    rooms = Environment(
        loader=PackageLoader("auditor.letter", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return rooms.get_template("week.html.j2")
