"""Whom it is worth to look at first."""

from __future__ import annotations

import pandas as pd
from fabricate import records

from auditor.audit import audit
from auditor.looks import Look, worth_a_look

KNOWN = """
    person,name,connected_on
    ada,Ada Adler,2020-02-01
    ben,Ben Brandt,2020-03-01
    cy,Cy Castle,2020-04-01
"""


def talk(person: str, months: list[str], ask: str = "0") -> str:
    """Three days a month on which both write, the other side last; `ask`: the questions in what they write."""
    rows = [
        f"{person},{month}-{day}T{hour}:00:00Z,message,{way},c-{person},0,9,{asked}"
        for month in months
        for day in ("03", "12", "21")
        for hour, way, asked in (("10", "out", "0"), ("11", "in", ask))
    ]
    return "\n".join(rows)


def months(first: int, last: int) -> list[str]:
    """The months of some years."""
    return [f"{year}-{month:02}" for year in range(first, last + 1) for month in range(1, 13)]


def looks(*talks: str) -> tuple[Look, ...]:
    known = records("\n".join(["person,at,channel,direction,thread,others,words,questions", *talks]), KNOWN)
    return worth_a_look(known, audit(known, pd.Timestamp("2024-12-31")))


def test_each_for_a_reason_of_their_own() -> None:
    """Ben asked last; Ada is the deepest; Cy was deep until three years ago."""
    found = looks(talk("ada", months(2020, 2024)), talk("ben", months(2023, 2024), "1"), talk("cy", months(2020, 2021)))
    assert [(look.name, look.why.partition(":")[0].partition(",")[0]) for look in found] == [
        ("Ben Brandt", "asked you something 10 days ago"),
        ("Ada Adler", "your deepest tie"),
        ("Cy Castle", "dormant"),
    ]


def test_nobody_twice() -> None:
    """The only tie is the deepest and the one who waits: it stands there once."""
    assert [look.name for look in looks(talk("ada", months(2023, 2024), "1"))] == ["Ada Adler"]


def test_nobody_where_there_was_no_contact() -> None:
    """Names alone give no reason to look at anybody."""
    assert looks() == ()
