"""Which questions take up what was said."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from auditor.sources.followups import follow_ups
from auditor.sources.wording import measure


def heard(*said: tuple[str, str]) -> list[bool | None]:
    """Whether each (author, text) of one conversation follows up; None where that is unknown."""
    found = measure(pa.array([text for _, text in said]))
    author = np.array([ord(who[0]) for who, _ in said])
    talk = np.zeros(len(said), np.int64)
    marks = follow_ups(talk, author, (np.arange(len(said)),), found.questions, found.stems)
    return [None if mark is None else bool(mark) for mark in marks.astype(object).where(marks.notna(), None)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("ana", "The harbour is closed"), ("me", "Who closed it, the harbours office?")], [None, True]),
        ([("ana", "The harbour is closed"), ("me", "How is your mother?")], [None, False]),
        ([("me", "The harbour is closed"), ("me", "Which harbour, I wonder?")], [None, False]),
        ([("ana", "The harbour is closed"), ("me", "Oh."), ("me", "Since when, the harbour?")], [None, None, True]),
        (
            [("ana", "My harbour!"), ("me", "Nice."), ("ana", "Yes."), ("me", "What harbour?")],
            [None, None, None, False],
        ),
        ([("ana", "We think about what you would like"), ("me", "What would you think about?")], [None, None]),
        ([("me", "Which harbour?")], [False]),
        ([("ana", "I quit."), ("me", "Why?")], [None, None]),
        ([("ana", "港口关闭了"), ("me", "港口关闭了？")], [None, None]),
    ],
)
def test_a_question_follows_up_when_it_shares_a_content_word(
    said: list[tuple[str, str]], expected: list[bool | None]
) -> None:
    """With the other side's last turn, and in any form of the word; function words do not count."""
    assert heard(*said) == expected


def test_only_the_last_three_messages_of_a_turn_are_looked_at() -> None:
    """A monologue is not one thing to take up."""
    monologue = [("ana", word) for word in ("harbour", "lighthouse", "quay", "seagulls")]
    assert heard(*monologue, ("me", "The harbour?"))[-1] is False
    assert heard(*monologue, ("me", "The lighthouse?"))[-1] is True


def test_conversations_are_kept_apart() -> None:
    """What was said to somebody else is not followed up."""
    found = measure(pa.array(["The harbour is closed", "Which harbour?"]))
    marks = follow_ups(np.array([0, 1]), np.array([1, 2]), (np.arange(2),), found.questions, found.stems)
    assert marks.tolist()[1] is False


def test_nothing_said() -> None:
    """No messages, no marks."""
    found = measure(pa.array([], pa.string()))
    none = np.zeros(0, np.int64)
    assert follow_ups(none, none, (none,), found.questions, found.stems).empty
