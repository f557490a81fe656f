"""What the store knows of people beside names and exchanges: facts of their files, and jobs over time."""

from __future__ import annotations

import pandas as pd
import pytest
from fabricate import records

from auditor.records import combine
from auditor.store import Store

from .shelf import imported
from .test_imports import whole


@pytest.fixture(name="place")
def fixture_place(tmp_path):
    return tmp_path / "auditor.sqlite3"


def listed(company: str, position: str):
    """A connection list on which Ana works there."""
    known = f"person,name,company,position,connected_on,connection\nana,Ana Lima,{company},{position},2020-05-17,yes"
    return records("person,at,direction", known)


def test_a_fact_that_two_imports_hold_is_one_and_goes_with_the_last(place) -> None:
    """Whatever the file was called."""
    again = whole()
    again.facts["source"] = "other.vcf"
    with Store.open(place) as kept:
        first = kept.add(whole(), imported("first"))
        second = kept.add(again, imported("second"))
        assert kept.records().facts["value"].tolist() == ["1985-03-14", "Met in Rome"]
        kept.forget_import(first.id)
        assert len(kept.records().facts) == 2
        kept.forget_import(second.id)
        assert kept.records().facts.empty
        assert kept.verify().problems == ()


def test_facts_of_two_files_are_joined_once() -> None:
    """The same birthday in two address books is one fact."""
    assert len(combine([whole(), whole()]).facts) == 2


def test_jobs_over_time_are_those_of_the_lists(place) -> None:
    """Each job once, with the last list that has it; a list of no known day tells nothing."""
    with Store.open(place) as kept:
        kept.add(listed("Acme", "Engineer"), imported("a", "2024-01-01"))
        kept.add(listed("Acme", "Engineer"), imported("b", "2025-01-01"))
        kept.add(listed("Blue Heron", "Head"), imported("c", "2026-01-01"))
        kept.add(listed("Nowhere", "Head"), imported("d", None))
        jobs = kept.jobs()
    assert jobs["until"].tolist() == [pd.Timestamp("2025-01-01", tz="UTC"), pd.Timestamp("2026-01-01", tz="UTC")]
    assert jobs[["person", "company", "position"]].to_numpy().tolist() == [
        ["linkedin:ana", "Acme", "Engineer"],
        ["linkedin:ana", "Blue Heron", "Head"],
    ]
