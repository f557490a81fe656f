"""Questions, words, and about whom they are."""

from __future__ import annotations

import pytest
from fabricate import records

from auditor.audit import audit
from auditor.habits import Log
from auditor.habits.listening import follow_up_questions, i_and_you, own_words, questions


def log(*rows: dict[str, object]) -> Log:
    found = records([{"channel": "message", "direction": "out", "others": 0, **row} for row in rows])
    return Log.of(found, audit(found, as_of="2026-06-07"))


def said(count: int, **row: object) -> list[dict[str, object]]:
    """Messages of May 2026, a minute apart."""
    who = {"person": "ana", "words": 10, "questions": 0, **row}
    return [{**who, "at": f"2026-05-{day + 1:02}T09:00:00Z"} for day in range(count)]


def test_the_share_of_messages_that_ask() -> None:
    """Five of twenty ask; a stock phrase does not count, nor does an invitation, nor what was said two years ago."""
    old = {"person": "ana", "at": "2024-01-01T09:00Z", "words": 3, "questions": 1}
    found = questions(
        log(
            *said(5, questions=2, person="ana"),
            *said(15, person="ben"),
            *said(3, questions=1, person="cem", stock="birthday"),
            *said(3, questions=1, person="dan", channel="invitation"),
            *said(20, direction="in", person="ben", questions=1),
            old,
        )
    )
    assert found.figure == 25
    assert found.sentence == "5 of your 20 messages ask something. Of theirs, 100% do."
    assert found.evidence.iloc[0].tolist() == ["linkedin:ana", 5, 5]
    assert found.trend["2026-05"] == 25


def test_a_message_to_three_people_is_one() -> None:
    """Rows of one record count once."""
    rows = [{**row, "row": 1 + n // 3} for n, row in enumerate(said(30, questions=1))]
    assert questions(log(*rows)).withheld == "Fewer than 20 of your messages in the last year tell."


def test_questions_that_follow_up() -> None:
    """Of questions that tell, five of twenty; unknown ones do not count."""
    found = follow_up_questions(
        log(
            *said(5, questions=1, follow_up="True", person="ana"),
            *said(15, questions=1, follow_up="False", person="ben"),
            *said(9, questions=1, person="cem"),
        )
    )
    assert found.figure == 25


def test_whose_the_words_are() -> None:
    """Thirty of a hundred words; who never answers is no conversation, and neither is a group."""
    found = own_words(
        log(
            *said(3, words=10),
            *said(7, words=10, direction="in"),
            *said(9, words=50, person="ben"),
            *said(9, words=50, others=2, person="ana"),
        )
    )
    assert found.figure == pytest.approx(30)
    assert found.evidence["Yours, %"].tolist() == [30]


def test_i_against_you() -> None:
    """Of twenty known messages: 2 and 1 words each, two thirds; others are not measured, and said so."""
    found = i_and_you(log(*said(20, i_words=2, you_words=1), *said(5, person="ben")))
    assert found.figure == pytest.approx(100 * 2 / 3)
    assert "Not measured: 5 of your 25 messages" in found.sentence


def test_languages_nobody_knows_are_not_measured() -> None:
    """No figure is made up for them."""
    assert i_and_you(log(*said(25))).withheld.startswith("Not measured")
    assert questions(log()).withheld.startswith("None of your messages")
    assert own_words(log()).withheld
