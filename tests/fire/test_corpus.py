"""Every file that ever broke a reader, held against that reader: none breaks it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from .attempt import CORPUS, READ, REFUSED, attempt
from .readers import readers

KEPT = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_broke_a_reader_once_does_not_break_it_again(path: Path) -> None:
    """It is read or refused, in 5 s and 256 MB, and without a word in the log."""
    assert attempt(readers()[path.parent.name], path.read_bytes()) in (READ, REFUSED)


def test_the_corpus_names_readers() -> None:
    """A folder of no reader would be held against nothing."""
    assert {path.parent.name for path in KEPT} <= readers().keys()


@pytest.mark.parametrize("name", readers())
def test_every_seed_is_read(name: str) -> None:
    """A reader that refuses what fuzzing starts from is not fuzzed at all."""
    reader = readers()[name]
    assert [attempt(reader, seed) for seed in reader.seeds] == [READ] * len(reader.seeds)
