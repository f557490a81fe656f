"""Saved views: filters that have a name, ready-made or the owner's own. A search text is never part of one: it is a
name as often as not, and a name is to be forgotten with its person.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from auditor.errors import RecordsError
from auditor.filters import LAYERS, QUESTIONS, STATES, TieFilter
from auditor.kinds import KINDS

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class View:
    """What the table of ties shows under a name. `everyone`: people who are on no list of connections too."""

    name: str
    wanted: TieFilter
    everyone: bool = False


READY = (
    View(
        "Shallow, added before 2020, never spoken",
        TieFilter(question="Shallow", kinds=("never-spoken",), connected=(None, date(2019, 12, 31))),
    ),
    View("Once deep, quiet for a year", TieFilter(kinds=("dormant",))),
    View("They wrote, you have not answered", TieFilter(question="Waiting for you")),
    View("Never a word of their own", TieFilter(kinds=("ritual", "templated", "broadcast"))),
    View("One burst, then silence", TieFilter(kinds=("one-night-stand",))),
)
"""Views that nobody had to save."""

_CHOICES = {"states": STATES, "kinds": tuple(kind.name for kind in KINDS), "layers": LAYERS}
_SPANS = ("connected", "last_contact")


def named(name: str) -> str:
    """A name as a view may have it. RecordsError for none, one that is too long, or that of a ready-made view."""
    name = " ".join(name.split())
    if not name:
        raise RecordsError("A view needs a name.")
    if len(name) > LONGEST_NAME:
        raise RecordsError(f"The name of a view has {LONGEST_NAME} characters at most.")
    if name in {view.name for view in READY}:
        raise RecordsError("A ready-made view has that name.")
    return name


def written(view: View) -> str:
    """The view as JSON, without its name; two views that show the same are written alike."""
    wanted = view.wanted
    parts: dict[str, Any] = {part: sorted(getattr(wanted, part)) for part in _CHOICES}
    parts |= {part: [day and f"{day:%Y-%m-%d}" for day in getattr(wanted, part)] for part in _SPANS}
    parts |= {"depth": [float(end) for end in wanted.depth], "company": wanted.company, "question": wanted.question}
    return json.dumps(parts | {"everyone": view.everyone}, sort_keys=True, ensure_ascii=False)


def read(name: str, text: str) -> View:
    """The view that `written` wrote. RecordsError for anything else."""
    try:
        parts = json.loads(text)
        chosen: dict[str, Any] = {part: _among(parts[part], allowed) for part, allowed in _CHOICES.items()}
        chosen |= {part: _span(parts[part]) for part in _SPANS}
        low, high = map(float, parts["depth"])
        (question,) = _among([parts["question"]], ("", *QUESTIONS))
        wanted = TieFilter(
            **chosen, depth=(max(low, 0), min(high, 100)), company=str(parts["company"]), question=question
        )
        return View(name, wanted, bool(parts["everyone"]))
    except (ValueError, TypeError, KeyError) as error:
        raise RecordsError(f"the view {name} cannot be read") from error


def _among(given: Any, allowed: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := set(given) - set(allowed):
        raise ValueError(unknown)
    return tuple(given)


def _span(given: Any) -> tuple[date | None, date | None]:
    start, end = (None if day is None else date.fromisoformat(day) for day in given)
    return start, end
