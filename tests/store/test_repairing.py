"""Repair: what can be read comes back, the damaged file stays, and what is not ours is left alone."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing

import pytest

from auditor.errors import StoreError
from auditor.store import Store, copies
from auditor.store.migrations import MIGRATIONS
from auditor.store.repairing import repair

from .shelf import NOW, content, imported
from .test_imports import FIRST, SECOND, whole


@pytest.fixture(name="place")
def fixture_place(tmp_path):
    place = tmp_path / "auditor.sqlite3"
    with Store.open(place) as kept:
        kept.add(whole(), imported("whole"))
        kept.add(FIRST, imported("first", "2026-02-01"))
        kept.rate("linkedin:bo", "close", NOW)
        kept.note("linkedin:bo", "Sails", NOW)
    return place


def broken(place, *statements: str) -> None:
    with closing(sqlite3.connect(place)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def test_a_whole_store_is_left_as_it_is(place) -> None:
    """Byte for byte, and nothing is put beside it."""
    before = place.read_bytes()
    found = repair(place, NOW)
    assert (found.damaged, found.lost, found.counts["ratings"]) == (None, [], 1)
    assert place.read_bytes() == before
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_rows_of_an_import_that_is_lost_are_kept_under_another(place) -> None:
    """They can still be forgotten, and the same files take their place again."""
    with Store.open(place) as kept:
        before = content(kept.records())
    broken(place, "DELETE FROM import WHERE id = 1", "DELETE FROM holding WHERE import = 2")
    found = repair(place, NOW)
    assert found.lost == []
    with Store.open(place) as kept:
        assert set(kept.imports()["label"]) == {
            "first.zip", "an import from before the repair", "what was read before the repair",
        }  # fmt: skip
        assert len(kept.records().interactions) > 0
        kept.add(whole(), imported("whole"))
        kept.add(FIRST, imported("first", "2026-02-01"))
        for number in kept.imports().loc[kept.imports()["label"].str.contains("repair"), "id"]:
            kept.forget_import(number)
        assert content(kept.records()) == before
        assert kept.verify().problems == ()


def test_a_cell_that_something_else_changed_is_found_and_let_go(place) -> None:
    """What was read has a hash of its own; the row comes back with its file."""
    broken(place, "UPDATE kept_interactions SET at = at + 1000000 WHERE n = 1")
    with Store.open(place) as kept:
        assert kept.verify().problems == ("1 rows of kept_interactions are not what was read",)
    assert repair(place, NOW).lost == ["1 interactions that are not what was read"]
    with Store.open(place) as kept:
        assert kept.add(whole(), imported("whole")).interactions == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_damaged_file_is_kept_for_the_owner_alone_until_somebody_is_forgotten(place) -> None:
    """Beside the store, by the day, one a repair; forgetting a person deletes them: they hold that person."""
    for _ in range(2):
        broken(place, "DELETE FROM word WHERE text = 'Ana Lima'")
        repair(place, NOW)
        with Store.open(place) as kept:
            kept.add(whole(), imported("whole"))
    names = {path.name for path in place.parent.iterdir()}
    assert names == {place.name, f"{place.name}.damaged-2026-03-01", f"{place.name}.damaged-2026-03-01-2"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.parent.iterdir()} == {0o600}
    with Store.open(place) as kept:
        kept.forget_person("linkedin:ana")
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_the_copy_is_of_the_store_when_it_was_whole(place) -> None:
    """One a week, the newest; a damaged store is not copied over a good copy."""
    with Store.open(place) as kept:
        copies.weekly(place, "2026-W08")
        kept.rate("linkedin:ana", "close", NOW)
        copies.weekly(place, "2026-W09")
    assert [path.name for path in copies.beside(place)] == [f"{place.name}.week-2026-W09"]
    whole_file = place.read_bytes()
    place.write_bytes(whole_file[:8192] + b"\xff" * 4096 + whole_file[12288:])
    with pytest.raises(StoreError, match=r"is damaged.*store repair"):
        copies.weekly(place, "2026-W10")
    assert [path.name for path in copies.beside(place)] == [f"{place.name}.week-2026-W09"]
    assert {path.name for path in place.parent.iterdir()} == {place.name, f"{place.name}.week-2026-W09"}


@pytest.mark.parametrize("rest", [None, b"", b"no database at all, but a text of some length " * 20])
def test_where_nothing_can_be_read_the_copy_takes_its_place(place, rest) -> None:
    """The file is gone, is empty, or is something else; opening it makes no new store meanwhile."""
    with Store.open(place) as kept:
        copies.weekly(place, "2026-W09")
        kept.rate("linkedin:bo", "stranger", NOW)
    place.unlink()
    if rest is not None:
        place.write_bytes(rest)
    with pytest.raises(StoreError, match="store repair"), Store.open(place):
        pass
    found = repair(place, NOW)
    assert (found.copy, found.lost) == (copies.beside(place)[-1], ["all that was kept after the copy was made"])
    with Store.open(place) as kept:
        assert kept.ratings()["rating"].tolist() == ["close"]
        assert len(kept.imports()) == 2


def test_where_there_is_no_copy_nothing_is_changed(tmp_path) -> None:
    """Neither a text, nor another program's database, nor a store of a newer program."""
    text, other, newer = (tmp_path / name for name in ("notes.txt", "other.db", "newer.sqlite3"))
    text.write_text("Nothing of auditor's. " * 100, encoding="utf-8")
    broken(other, "CREATE TABLE rating (person TEXT)", "PRAGMA application_id = 77")
    with Store.open(newer) as kept:
        kept.rate("linkedin:ana", "close", NOW)
    broken(newer, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    for place, said in [(text, "Nothing can be read"), (other, "another program"), (newer, "newer auditor")]:
        before = place.read_bytes()
        with pytest.raises(StoreError, match=said):
            repair(place, NOW)
        assert place.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 3


def test_who_is_forgotten_does_not_come_back_by_a_repair(place) -> None:
    """The copies were erased with them."""
    with Store.open(place) as kept:
        copies.weekly(place, "2026-W09")
        kept.forget_person("linkedin:bo")
        assert copies.beside(place) == []
        kept.add(SECOND, imported("second", None))
    broken(place, "DELETE FROM word WHERE text = 'Ana Lima'")
    repair(place, NOW)
    with Store.open(place) as kept:
        kept.add(whole(), imported("whole"))
        assert "linkedin:bo" not in set(kept.records().people["person"])
        assert kept.notes().empty
