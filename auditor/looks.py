"""Whom it is worth to look at first: a few people, each for a reason of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor.audit import Audit
from auditor.moves import NAMED
from auditor.portrait import exchanges_of
from auditor.records import Records
from auditor.suggestions import waiting
from auditor.telling import ago
from auditor.waiting import open_questions

ASKED = 200
"""Among so many of the deepest ties somebody is looked for who waits for an answer."""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody worth looking at, and why, in words."""

    human: str
    name: str
    why: str


def worth_a_look(records: Records, audit: Audit) -> tuple[Look, ...]:
    """Five people at most, nobody twice: who waits, the deepest of all, of the fading, the dormant and the warming."""
    found: dict[str, Look] = {}
    for look in (*_waiting(records, audit), *_standing(audit.ties[audit.ties["contact_days"] > 0])):
        found.setdefault(look.human, look)
    return tuple(found.values())


def _standing(ties: pd.DataFrame) -> Iterator[Look]:
    """The deepest tie of all, and the deepest of each sort; the dormant ones by how deep they were."""
    ever = ties.sort_values("lifetime_depth", ascending=False, kind="stable")
    for tie in _first(ties):
        yield _look(tie, f"your deepest tie, at {tie['depth']:.0f}")
    for tie in _first(ties[ties["kind"] == "fading"]):
        yield _look(tie, f"fading: {tie['quiet_days']:,.0f} days since the last contact")
    for tie in _first(ever[ever["kind"] == "dormant"]):
        since = f"{tie['last_contact']:%B %Y}"
        yield _look(tie, f"dormant: as deep as {tie['lifetime_depth']:.0f} once, the last contact in {since}")
    for tie in _first(ties[ties["kind"] == "warming"]):
        yield _look(tie, f"warming: {tie['late_days']:,.0f} days of contact lately")


def _first(ties: pd.DataFrame) -> Iterator[Any]:
    yield from (tie for _, tie in ties.head(1).iterrows())


def _look(tie: Any, why: str) -> Look:
    return Look(str(tie.name), str(tie["name"]), why)


def _waiting(records: Records, audit: Audit) -> Iterator[Look]:
    """Of the few deepest ties who wait for the owner's answer, the one who waits the longest."""
    some = [str(human) for human in audit.ties.index[audit.ties["two_way"]][:ASKED]]
    questions = open_questions(exchanges_of(records, audit, some), audit.as_of)
    owed = waiting(audit, questions[questions["owes"] == "you"], frozenset())[:NAMED]
    if owed:
        first = max(owed, key=lambda one: (one.days, one.depth, one.human))
        yield Look(first.human, first.name, f"asked you something {ago(first.days)}")
