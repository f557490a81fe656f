"""The kept answer: read at once, and known for stale when the store has moved on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.store import Answering, Store

from .shelf import NOW, imported
from .test_imports import FIRST, SECOND


@pytest.fixture(name="place")
def fixture_place(tmp_path: Path) -> Path:
    place = tmp_path / "auditor.sqlite3"
    with Store.open(place) as store:
        assert store.answer() is None
        store.add(FIRST, imported("first"))
        store.keep_answer("169 of 1,184")
    return place


def test_an_answer_comes_back_and_is_current(place: Path) -> None:
    """The last one that was kept, in another opening of the store."""
    with Answering.open(place) as store:
        held = store.answer()
    assert held
    assert (held.text, held.current) == ("169 of 1,184", True)


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.add(SECOND, imported("second")),
        lambda store: store.rate("linkedin:ana", "close", NOW),
        lambda store: store.label("linkedin:ana", "family", NOW),
        lambda store: store.decide("linkedin:ana", "linkedin:bo", True, NOW),
    ],
    ids=["an import", "a rating", "a label", "a decision"],
)
def test_whatever_an_audit_hangs_on_makes_it_stale(place: Path, change: Callable[[Store], object]) -> None:
    """It is still there, and no longer current; kept again, it is."""
    with Store.open(place) as store:
        change(store)
        held = store.answer()
        assert held
        assert not held.current
        store.keep_answer("170 of 1,185")
        held = store.answer()
        assert held
        assert held.current


@pytest.mark.parametrize(
    "forget",
    [
        lambda store: store.forget_person("linkedin:ana"),
        lambda store: store.forget_import(1),
        lambda store: store.forget_all(),
    ],
    ids=["a person", "an import", "everything"],
)
def test_forgetting_takes_it_away(place: Path, forget: Callable[[Store], object]) -> None:
    """It counted what is forgotten."""
    with Store.open(place) as store:
        forget(store)
        assert store.answer() is None


def test_it_is_read_without_pandas(place: Path) -> None:
    """Nothing slow is imported on the way to it."""
    script = (
        "import sys; from auditor.store import Answering; from auditor.answer import Answer\n"
        f"with Answering.open({str(place)!r}) as store: print(store.answer().text)\n"
        "print({'pandas', 'numpy', 'networkx', 'pyarrow'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "169 of 1,184\nset()\n"
