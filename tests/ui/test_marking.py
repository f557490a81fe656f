"""Marks on one or on many, each step taken back as one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.audit import Audit, audit
from auditor.sources import read
from auditor.ui import kept, marking


@pytest.fixture(name="ties")
def fixture_ties(open_export: Callable[..., AppTest], tmp_path) -> Audit:
    """The audit of the tiny export."""
    open_export(Connections=CONNECTIONS, messages=messages())
    return audit(read([tmp_path]))


def test_a_step_on_many_is_taken_back_as_one(ties: Audit) -> None:
    """Two people let go of, one of whom was to be kept; after undo everything is as before."""
    one, other = map(str, ties.ties.index[:2])
    marking.mark("one: keep", ties, [one], add=["keep"])
    marking.mark("2 people: let go", ties, [one, other], add=["let go"], rating="stranger")
    assert sorted(kept.marks().labels["label"]) == ["let go", "let go"]
    assert sorted(kept.ratings()["rating"]) == ["stranger", "stranger"]
    assert marking.steps()[-1].words == "2 people: let go"
    marking.undo()
    assert kept.marks().labels[["person", "label"]].to_numpy().tolist() == [[one, "keep"]]
    assert kept.ratings().empty
    marking.undo()
    assert kept.marks().labels.empty
    assert marking.steps() == []
