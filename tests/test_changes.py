"""What changed between two exports, on lists that stand in the test."""

from __future__ import annotations

import pandas as pd
from fabricate import folk

from auditor.changes import VANISHED, Changes, changes

SINCE, UNTIL = pd.Timestamp("2026-11-01T20:00Z"), pd.Timestamp("2026-11-08T20:00Z")
BEFORE = """\
    person,name,company,position,connected_on
    ana,Ana Silva,Acme GmbH,Engineer,2020-01-01
    bo,Bo Berg,Globex,Designer,2021-02-02
    cy-old,Cy Young,Initech,Clerk,2022-03-03
    dee,Dee Dorn,Hooli,Analyst,2023-04-04
"""


def compared(after: str, before: str = BEFORE) -> Changes:
    return changes(folk(before), folk(after), SINCE, UNTIL)


def test_the_same_list_changes_nothing() -> None:
    """And says so."""
    assert not compared(BEFORE)


def test_each_sort_of_change_is_found() -> None:
    """A new one, one who should have been there before, a vanished one, a new job, a new address and a new name."""
    found = compared("""
        person,name,company,position,connected_on
        ana,Ana Silva-Berg,ACME,Head of Engineering,2020-01-01
        cy-new,Cy Young,Initech,Clerk,2022-03-03
        dee,DEE DORN,Pied Piper,Analyst,2023-04-04
        eve,Eve Ems,Acme,Lead,2026-11-03
        flo,Flo Fink,Acme,Lead,2019-05-05
        """)
    assert found
    assert found.new["name"].tolist() == ["Eve Ems"]
    assert found.late["name"].tolist() == ["Flo Fink"]
    assert found.vanished["name"].tolist() == ["Bo Berg"]
    assert found.jobs[["name", "company_before", "company", "position_before", "position"]].to_numpy().tolist() == [
        ["Ana Silva-Berg", "Acme GmbH", "ACME", "Engineer", "Head of Engineering"],
        ["DEE DORN", "Hooli", "Pied Piper", "Analyst", "Analyst"],
    ]
    assert found.renamed[["name", "name_before", "person_before"]].to_numpy().tolist() == [
        ["Ana Silva-Berg", "Ana Silva", "linkedin:ana"],
        ["Cy Young", "Cy Young", "linkedin:cy-old"],
    ]
    assert "cannot tell" in VANISHED


def test_another_spelling_is_no_change() -> None:
    """Of the legal form, of case, of a decoration."""
    assert not compared(BEFORE.replace("Acme GmbH", "acme").replace("Bo Berg", "Bo BERG 🚀"))


def test_two_of_one_name_who_moved_are_not_guessed() -> None:
    """Which of the two is which cannot be told, so one is gone and two have come."""
    found = compared(
        "person,name,connected_on\nkim-2,Kim Lee,2020-01-01\nkim-3,Kim Lee,2020-01-01",
        "person,name,connected_on\nkim-1,Kim Lee,2020-01-01",
    )
    assert (len(found.late), len(found.vanished), len(found.renamed)) == (2, 1, 0)


def test_people_who_are_no_connections_do_not_count() -> None:
    """A mention in a message is no connection, in either list."""
    mention = "person,name,connected_on,connection\ngus,Gus Gold,,no"
    assert not compared(mention, "person,name,connected_on")


def test_an_empty_list_is_a_list() -> None:
    """Everybody is new, or everybody vanished."""
    nobody = "person,name,connected_on"
    assert len(compared(BEFORE, nobody).late) == 4
    assert len(compared(nobody, BEFORE).vanished) == 4
