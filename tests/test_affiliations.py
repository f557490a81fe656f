"""What people share: which conversations and meetings are one, whom they tie, and how strongly."""

from __future__ import annotations

import pandas as pd
import pytest
from fabricate import reads_its_docstring, records, table

from auditor.affiliations import ADDRESS, AT_WORK, AUDIENCE, EMPLOYER, GATHERING, INTRODUCTION, Affiliations, find
from auditor.audit import audit


def _found(exchanges: object = "", known: str = "", same: str = "") -> Affiliations:
    given = records(exchanges, known, same)  # type: ignore[arg-type]
    return find(given, audit(given, pd.Timestamp("2024-06-01")))


def _groups(found: Affiliations) -> dict[tuple[str, ...], tuple[str, int]]:
    """People → kind and days of what they share."""
    people = found.links.groupby("shared")["human"].agg(lambda s: tuple(h.partition(":")[2] for h in s))
    return {people[key]: (row["kind"], int(row["days"])) for key, row in found.shared.iterrows()}


@reads_its_docstring
def test_conversations_of_the_same_people_are_one_with_all_their_days(data: str) -> None:
    """
    person,at,direction,others,thread
    ana,2024-01-01,out,1,t1
    bo,2024-01-01,out,1,t1
    ana,2024-01-01T18:00,in,1,t1
    bo,2024-01-02,in,1,t2
    ana,2024-01-03,in,1,t2
    ana,2024-01-03,out,2,t3
    bo,2024-01-03,out,2,t3
    cy,2024-01-03,out,2,t3
    dee,2024-01-04,out,0,
    """
    found = _found(data)
    assert _groups(found) == {("ana", "bo"): (GATHERING, 3), ("ana", "bo", "cy"): (GATHERING, 1)}
    assert sorted(found.shared["weight"]) == [1.0, 2.0]  # log2 of 1 + days


def test_a_meeting_and_its_repetitions_are_one() -> None:
    """A calendar has no threads: all that one entry became is one gathering, on three days."""
    rows = [
        {"person": who, "at": f"2024-01-0{day}", "direction": "both", "channel": "meeting", "others": 1, "row": 7}
        for who in ("ana", "bo")
        for day in (1, 2, 3)
    ]
    assert _groups(_found(rows)) == {("ana", "bo"): (GATHERING, 3)}


@pytest.mark.parametrize(("people", "links"), [(2, 2), (AUDIENCE, AUDIENCE), (AUDIENCE + 1, 0), (500, 0)])
def test_a_crowd_costs_as_many_links_as_it_has_people_and_an_audience_none(people: int, links: int) -> None:
    """Never a link a pair: 150 people are 150 links, not 11,175."""
    rows = [
        {"person": f"p{i}", "at": "2024-01-01", "direction": "out", "others": people - 1, "thread": "t"}
        for i in range(people)
    ]
    assert len(_found(rows).links) == links


def test_an_audience_is_one_also_where_few_of_it_are_known() -> None:
    """Two people answered on a list of a thousand: that is no group of two."""
    rows = [
        {"person": who, "at": "2024-01-01", "direction": "in", "others": 999, "thread": "list"} for who in ("ana", "bo")
    ]
    assert _found(rows).links.empty


@reads_its_docstring
def test_employers_are_told_by_the_list_and_else_by_the_address(data: str) -> None:
    """
    person,name,company,connection
    ana,Ana Lima,Blue Heron Ltd,yes
    bo,Bo Chen,blue heron,yes
    cy,Cy Doe,Freelance,yes
    email:dee@blue-heron.example,Dee Fox,,no
    email:eli@nordlys.example,Eli Gad,,no
    email:fay@nordlys.example,Fay Hill,,no
    email:gus@gmail.com,Gus Iver,,no
    email:hal@gmail.com,Hal Jute,,no
    """
    mail = ["dee@blue-heron.example", "eli@nordlys.example", "fay@nordlys.example", "gus@gmail.com", "hal@gmail.com"]
    same = "person,kind,value\n" + "\n".join(f"email:{address},email,{address}" for address in mail)
    met = [{"person": f"email:{address}", "at": "2024-01-01", "direction": "in"} for address in mail]
    found = _found(met, data, same)
    assert _groups(found) == {
        ("dee@blue-heron.example", "ana", "bo"): (EMPLOYER, 1),
        ("eli@nordlys.example", "fay@nordlys.example"): (ADDRESS, 1),
    }
    assert set(found.shared["weight"]) == {AT_WORK}
    assert found.at_work_only
    assert found.shared["name"].to_dict() == {"organisation:blue heron": "Blue Heron Ltd", "address:nordlys": "nordlys"}


@reads_its_docstring
def test_an_introduction_ties_the_two(data: str) -> None:
    """
    person,at,direction,introduced_by
    ana,2024-01-01,in,
    bo,2024-01-02,in,linkedin:ana
    """
    found = _found(data)
    assert _groups(found) == {("ana", "bo"): (INTRODUCTION, 1)}
    assert not found.at_work_only


def test_nothing_shared_is_no_rows() -> None:
    """Neither no records nor people who have nothing in common are an error."""
    for found in (_found(), _found(table("person,at,direction\nana,2024-01-01,in"))):
        assert found.shared.empty
        assert found.links.empty
