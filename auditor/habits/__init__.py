"""What the owner does, so far as the files show it: figures with their evidence, no grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.habits.circle import circle, new_company, new_humans
from auditor.habits.collecting import broadcasting, collecting, yields
from auditor.habits.following import follow_up, never_followed_up, unanswered
from auditor.habits.habit import Habit, Measure, how
from auditor.habits.listening import follow_up_questions, i_and_you, own_words, questions
from auditor.habits.log import Log
from auditor.habits.pace import Pace, how_long
from auditor.habits.referrals import Referrals, referrals
from auditor.habits.told import plain
from auditor.habits.worth import Weak, weak

__all__ = [
    "MEASURES",
    "Habit",
    "Log",
    "Pace",
    "Referrals",
    "Weak",
    "habits",
    "how",
    "how_long",
    "plain",
    "referrals",
    "weak",
]

MEASURES: tuple[Measure, ...] = (
    new_company,
    new_humans,
    circle,
    follow_up,
    never_followed_up,
    unanswered,
    questions,
    follow_up_questions,
    own_words,
    i_and_you,
    broadcasting,
    collecting,
    yields,
)


def habits(log: Log, targets: Mapping[str, float] | None = None) -> tuple[Habit, ...]:
    """Every habit, each with how it is measured; `targets` are the owner's own, by key of the habit."""
    found = [replace(measure(log), how=how(measure)) for measure in MEASURES]
    return tuple(replace(habit, target=(targets or {}).get(habit.key, habit.target)) for habit in found)
