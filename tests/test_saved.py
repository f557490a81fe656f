"""Saved views: what was saved comes back, what cannot be read is said, and the ready-made ones do what their name says."""

from __future__ import annotations

from datetime import date

import pytest
from fabricate import audited
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import RecordsError
from auditor.filters import LAYERS, QUESTIONS, STATES, TieFilter
from auditor.kinds import KINDS
from auditor.saved import READY, View, named, read, written

_DAY = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))
_FILTERS = st.builds(
    TieFilter,
    states=st.sets(st.sampled_from(STATES)).map(lambda s: tuple(sorted(s))),
    kinds=st.sets(st.sampled_from([k.name for k in KINDS])).map(lambda s: tuple(sorted(s))),
    layers=st.sets(st.sampled_from(LAYERS)).map(lambda s: tuple(sorted(s))),
    depth=st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda ends: tuple(sorted(ends))),
    company=st.text(max_size=20),
    connected=st.tuples(_DAY, _DAY),
    last_contact=st.tuples(_DAY, _DAY),
    question=st.sampled_from(["", *QUESTIONS]),
)


@settings(deadline=None)
@given(_FILTERS, st.booleans())
def test_a_view_comes_back_as_it_was_saved(wanted: TieFilter, everyone: bool) -> None:
    """Every part of every filter."""
    view = View("mine", wanted, everyone)
    assert read("mine", written(view)) == view


def test_a_search_text_is_not_saved() -> None:
    """It is a name as often as not."""
    assert "Lima" not in written(View("mine", TieFilter(text="Ana Lima", kinds=("core",))))


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "null", '{"kinds": ["lukewarm"]}',
        written(READY[0]).replace("never-spoken", "lukewarm"),
        written(READY[0]).replace("2019-12-31", "2019-13-31"),
        written(READY[0]).replace("Shallow", "Profound"),
        written(READY[0]).replace("[0.0, 100.0]", "[0.0]"),
    ],
)  # fmt: skip
def test_what_is_no_view_is_refused(text: str) -> None:
    """Whatever a newer program or another hand put there."""
    with pytest.raises(RecordsError, match="cannot be read"):
        read("mine", text)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, READY[0].name])
def test_a_name_has_to_be_one(name: str) -> None:
    """Not empty, not endless, not that of a ready-made view."""
    with pytest.raises(RecordsError):
        named(name)
    assert named("  Berlin \n once deep ") == "Berlin once deep"


def test_the_ready_made_view_shows_who_its_name_says() -> None:
    """Connected before 2020 within what the messages cover, and never a word; dee came later, bo spoke."""
    known = """
        person,name,connected_on
        ana,Ana,2019-12-31
        bo,Bo,2019-01-01
        dee,Dee,2020-01-01
        eve,Eve,2010-01-01
    """
    ties = audited(
        "person,at,direction\nbo,2019-02-01,in", known, as_of="2024-06-30", covers=("2018-01-01", "2024-06-30")
    ).ties
    assert READY[0].wanted.apply(ties)["name"].tolist() == ["Ana"]


def test_ready_made_views_differ_and_can_be_kept() -> None:
    """Each has a name and a filter of its own, and stands the way through the store."""
    assert len({written(view) for view in READY}) == len(READY)
    assert all(written(read(view.name, written(view))) == written(view) for view in READY)
