"""The answer of an audit in plain values."""

from __future__ import annotations

import pandas as pd
from fabricate import records

from auditor.answer import Answer
from auditor.audit import audit

EVENTS = "person,at,direction\n" + "\n".join(
    f"ana,2024-{month:02}-05,{way}" for month in range(1, 11) for way in ("in", "out")
)


def test_an_answer_says_what_the_audit_says_and_survives_being_written_down() -> None:
    """The sentence, the counts, six circles, the kinds; as JSON and back it is the same."""
    now = audit(records(EVENTS, "person,name\nana,Ana Silva\nbo,Bo Berg"), pd.Timestamp("2024-11-01"))
    answer = Answer.of(now)
    assert answer.sentence.startswith("As of 1 November 2024: 2 connections, about 1 meaningful tie (")
    assert answer.as_of == "2024-11-01"
    assert (answer.meaningful, answer.low, answer.high) == (
        now.meaningful.count,
        now.meaningful.low,
        now.meaningful.high,
    )
    assert (answer.connections, sum(answer.kinds.values())) == (2, 2)
    assert [(circle.name, circle.size) for circle in answer.circles][3] == ("active network", 150)
    assert [circle.count for circle in answer.circles] == [layer.count for layer in now.layers]
    assert Answer.from_json(answer.to_json()) == answer
    assert "Ana" not in answer.to_json()


def test_the_answer_of_another_version_is_none() -> None:
    """What cannot be read is not shown."""
    assert Answer.from_json("{}") is None
    assert Answer.from_json("no json") is None
    assert Answer.from_json('{"circles": [], "colour": "teal"}') is None
