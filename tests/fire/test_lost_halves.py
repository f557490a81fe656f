"""Nothing lost of a store that somebody copied by halves, or whose pages were damaged, that can still be read."""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from auditor.errors import StoreError
from auditor.store import Import, Store, copies
from auditor.store.repairing import repair

from .test_lost_places import NOW, export, filled

PAGE = 4096


@pytest.fixture(name="place")
def fixture_place(tmp_path: Path) -> Path:
    """A store with three thousand messages, two hundred ratings and notes, and the copy of a week."""
    place = tmp_path / "auditor.sqlite3"
    filled(place, 3_000)
    with Store.open(place) as kept:
        with kept._writing():  # in one transaction, for speed
            for n in range(200):
                kept.rate(f"linkedin:p{n}", "close", NOW)
                kept.note(f"linkedin:p{n}", f"note {n} " * 5, NOW)
        kept.snapshot("2026-W09", "1.0", pd.DataFrame({"person": ["linkedin:p1"], "depth": [71.0]}))
    return place


def problems(place: Path) -> str:
    """What is said of the store, empty where it is whole."""
    try:
        with Store.open(place) as kept:
            return "; ".join(kept.verify().problems)
    except StoreError as error:
        return str(error)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.9, 0.999])
def test_a_file_that_ends_too_early_is_told_and_repaired(place, share) -> None:
    """Wherever it ends; every word of the owner's is there again, and the shorter file is kept."""
    short = place.read_bytes()[: int(place.stat().st_size * share)]
    place.write_bytes(short)
    assert problems(place)
    found = repair(place, NOW)
    assert found.damaged
    assert found.damaged.read_bytes() == short
    assert problems(place) == ""
    with Store.open(place) as kept:
        assert (len(kept.ratings()), len(kept.notes())) == (200, 200)


@pytest.mark.parametrize("seed", range(6))
def test_of_damaged_pages_the_rest_is_brought_back(place, seed) -> None:
    """Three pages anywhere, overwritten: every word of the owner's is there again, and the same files heal the rest."""
    whole, dice = bytearray(place.read_bytes()), random.Random(seed)
    for _ in range(3):
        page = dice.randrange(len(whole) // PAGE)
        rubbish = dice.choice([bytes(PAGE), b"\xff" * PAGE, dice.randbytes(PAGE)])
        whole[page * PAGE : (page + 1) * PAGE] = rubbish
    place.write_bytes(whole)
    if problems(place):
        assert repair(place, NOW).damaged
    assert problems(place) == ""
    with Store.open(place) as kept:
        assert (len(kept.ratings()), len(kept.notes())) == (200, 200)
        kept.add(export(3_000), Import("first", "1", NOW, NOW))
        assert len(kept.records().interactions) == 3_000


def test_without_its_journal_it_is_the_store_of_a_moment_before(place, tmp_path) -> None:
    """What was written last is missing, and nothing else."""
    alone = tmp_path / "alone.sqlite3"
    with Store.open(place) as kept:
        kept.note("linkedin:p1", "the last word", NOW + pd.Timedelta(seconds=1))
        shutil.copyfile(place, alone)
        with_journal = tmp_path / "both.sqlite3"
        copies.duplicate(place, with_journal)
    for copied, notes in ((alone, 200), (with_journal, 201)):
        assert problems(copied) == ""
        with Store.open(copied) as kept:
            assert (len(kept.notes()), len(kept.ratings())) == (notes, 200)


def test_a_journal_of_another_time_does_no_harm(place) -> None:
    """Of a store that was put back from a copy while the journal of a later one stayed: whole, or told and repaired."""
    before = place.read_bytes()
    with Store.open(place) as kept:
        kept.add(export(3_500), Import("second", "2", NOW, NOW))
        journal = place.with_name(f"{place.name}-wal").read_bytes()
    place.write_bytes(before)
    place.with_name(f"{place.name}-wal").write_bytes(journal)
    if problems(place):
        repair(place, NOW)
    assert problems(place) == ""
    with Store.open(place) as kept:
        assert len(kept.ratings()) == 200


def test_a_copy_that_is_made_while_it_is_written_opens_or_can_be_repaired(place, tmp_path) -> None:
    """Twelve copies while another thread imports and forgets: no copy makes the program fail otherwise than in words."""
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            with Store.open(place) as kept:
                number = kept.add(export(3_400), Import("second", "2", NOW, NOW)).id
                kept.forget_import(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(12):
            copied = tmp_path / f"copy-{n}" / "auditor.sqlite3"
            copied.parent.mkdir()
            copies.duplicate(place, copied)
            if problems(copied):
                repair(copied, NOW)
            assert problems(copied) == ""
            with Store.open(copied) as kept:
                assert (len(kept.ratings()), len(kept.notes())) == (200, 200)
    finally:
        done.set()
        writer.join()


def test_what_is_said_of_damage_names_nobody(place) -> None:
    """A text that is none any more, and a rating that nobody can give: SQLite's own words would quote them."""
    with closing(sqlite3.connect(place)) as raw:
        raw.execute("UPDATE note SET text = CAST(x'ff5175696c6c' AS TEXT) WHERE person = 'linkedin:p7'")  # 0xff, Quill
        raw.execute("UPDATE rating SET rating = 'Zoe Quill' WHERE person = 'linkedin:p8'")
        raw.commit()
    with pytest.raises(StoreError) as error, Store.open(place) as kept:
        kept.notes()
    assert "damaged" in str(error.value)
    said = [str(error.value), problems(place), *repair(place, NOW).told(place)]
    assert [line for line in said if "Quill" in line or "linkedin" in line] == []
    assert problems(place) == ""
    with Store.open(place) as kept:
        assert (len(kept.ratings()), len(kept.notes())) == (200, 200)
