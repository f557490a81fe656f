"""What is seen of a reading while it lasts: the bar with the file that is being read, and the files that are done."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.delta_generator import DeltaGenerator

from auditor.ui.text import md, plain

READING = 0.5
"""The share of the bar for reading; scoring takes about as long, and has the rest."""

SHOWN = 8
"""How many of the files that are done are named; the others are counted."""


def reading_on(bar: DeltaGenerator, place: DeltaGenerator) -> Callable[[str, float], None]:
    """What `sources.read` calls with the file it turns to and the share that is done: shown on `bar` and in `place`."""
    names: list[str] = []

    def progress(what: str, share: float) -> None:
        bar.progress(READING * min(max(share, 0.0), 1.0), text=f"Reading {md(what)}")
        if what not in names:
            names.append(what)
            if names[:-1]:
                place.text(done(names[:-1]))

    return progress


def done(names: list[str]) -> str:
    """The files that are done, one a line, the latest first."""
    lines = [f"{plain(name)}: read" for name in reversed(names[-SHOWN:])]
    earlier = len(names) - len(lines)
    return "\n".join([*lines, *([f"and {earlier:,} before"] if earlier else [])])
