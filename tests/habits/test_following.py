"""Beginnings that were followed up, and those that were not."""

from __future__ import annotations

import pytest
from fabricate import records

from auditor.audit import audit
from auditor.habits import Log
from auditor.habits.following import follow_up, never_followed_up, unanswered

KNOWN = """
    person,name,connected_on
    ana,Ana Reyes,2026-01-10
    ben,Ben Okoro,2026-01-20
    cem,Cem Aydin,2026-02-01
    dan,Dan Lindt,2026-05-28
    eva,Eva Costa,2024-02-01
    fay,Fay Moore,2026-02-02
"""
EXCHANGES = """
    person,at,direction,channel,words,questions,stock
    ana,2026-01-14T09:00Z,out,message,12,0,
    ben,2026-01-21T09:00Z,out,message,1,0,thanks
    ben,2026-01-25T09:00Z,in,message,20,1,
    ben,2026-01-30T09:00Z,out,message,20,1,
    cem,2026-02-03T09:00Z,in,message,9,1,
    fay,2025-12-01T09:00Z,out,message,9,0,
    gil,2026-03-01T12:00Z,both,meal,,,
    gil,2026-03-03T12:00Z,out,email,,,
"""


def log(exchanges: str = EXCHANGES) -> Log:
    found = records(exchanges, KNOWN, covers=("2015-01-01", "2026-06-07"))
    return Log.of(found, audit(found, as_of="2026-06-07"))


def test_days_to_the_first_real_message() -> None:
    """
    Ana after 4 days, Ben after 10 (a thank-you is no real message), Gil, met over a meal, after 2: the median is 4.
    Fay had been written to before; Eva was added too long ago.
    """
    found = follow_up(log())
    assert found.figure == 4
    assert found.evidence["Name"].tolist() == ["linkedin:gil", "Ana Reyes", "Ben Okoro"]
    assert found.evidence["How it began"].tolist() == ["met", "connected", "connected"]
    assert "Of 5 beginnings in the last year you followed up 3" in found.sentence


def test_who_was_never_followed_up() -> None:
    """Of the four that began over a month ago, Cem has no message, and wrote; Dan has time, but waits too."""
    found = never_followed_up(log())
    assert found.figure == 25
    assert found.evidence["Name"].tolist() == ["Cem Aydin", "Dan Lindt"]
    assert found.evidence["They wrote"].tolist() == [True, False]


def test_nothing_began() -> None:
    """A file that covers nobody's beginning gives no figure."""
    found = records("person,at,direction\nana,2026-01-14T09:00Z,out", KNOWN)
    bare = Log.of(found, audit(found, as_of="2026-06-07"))
    assert follow_up(bare).withheld
    assert never_followed_up(bare).withheld


WAITING = """
    person,at,direction,words,questions,others,stock
    ana,2026-01-14T09:00Z,out,12,0,0,
    ana,2026-02-14T09:00Z,in,12,1,0,
    {more}
"""


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ("", ["Ana Reyes"]),
        ("ana,2026-02-15T09:00Z,out,3,0,0,", []),
        ("ana,2026-02-15T09:00Z,in,3,0,0,", []),
        ("cem,2026-02-14T09:00Z,in,12,1,0,", ["Ana Reyes"]),
        ("ana,2026-06-05T09:00Z,in,3,1,0,", []),
    ],
    ids=["asked", "answered", "said something else", "a stranger asks", "asked this week"],
)
def test_questions_that_wait(more: str, names: list[str]) -> None:
    """The last word is a question, to the owner alone, over a week old, from somebody who was in touch both ways."""
    found = unanswered(log(WAITING.format(more=more)))
    assert found.evidence["Name"].tolist() == names
    assert found.figure == len(names)


def test_without_texts_nobody_is_known_to_wait() -> None:
    """Mail and calls hold no questions here."""
    assert unanswered(log("person,at,direction,channel\nana,2026-01-14T09:00Z,in,email")).withheld
