"""The store: it keeps what it was given, for the owner alone, and refuses what it cannot keep safe."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from pathlib import Path

import pandas as pd
import pytest

from auditor.errors import AuditorError, StoreError
from auditor.store import Store, copies, default_path, migrations, opening
from auditor.store.migrations import MIGRATIONS

MONDAY = pd.Timestamp("2026-01-05T10:00:00.123456Z")


@pytest.fixture(name="place")
def fixture_place(tmp_path: Path) -> Path:
    return tmp_path / "data" / "auditor.sqlite3"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_the_owner_can_read_it(place) -> None:
    """The folder it makes is 0700; the file and its side files are 0600, also where the file stood open before."""
    with Store.open(place) as kept:
        kept.rate("linkedin:ana", "close", MONDAY)
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
        files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in place.parent.iterdir()}
    assert set(files.values()) == {0o600}
    assert f"{place.name}-wal" in files
    place.chmod(0o644)
    with Store.open(place):
        assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_where_it_is(tmp_path, monkeypatch) -> None:
    """A file in a folder of our own in the user's data folder, or the file that AUDITOR_STORE names."""
    monkeypatch.delenv("AUDITOR_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert (default_path().parent.name, default_path().name) == ("auditor", "auditor.sqlite3")
    monkeypatch.setenv("AUDITOR_STORE", str(tmp_path / "mine.db"))
    with Store.open() as kept:
        assert kept.path == tmp_path / "mine.db"
    assert (tmp_path / "mine.db").is_file()


def test_a_newer_store_is_refused_and_left_alone(place) -> None:
    """Whose version this program does not know, it does not touch."""
    with Store.open(place) as kept:
        kept.rate("linkedin:ana", "close", MONDAY)
    with sqlite3.connect(place) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    raw.close()
    before = place.read_bytes()
    with pytest.raises(StoreError, match=r"newer auditor.*Update auditor"), Store.open(place):
        pass
    assert place.read_bytes() == before


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path) -> None:
    """Neither a text nor another program's database is written to, or has its mode changed."""
    text, other = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("Nothing of auditor's. " * 100, encoding="utf-8")
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE rating (person TEXT)")
    raw.close()
    for place, said in [(text, "no store of auditor"), (other, "another program")]:
        place.chmod(0o644)
        before = place.read_bytes()
        with pytest.raises(StoreError, match=said), Store.open(place):
            pass
        assert place.read_bytes() == before
        assert os.name == "nt" or stat.S_IMODE(place.stat().st_mode) == 0o644


def test_a_place_that_cannot_be_is_said(tmp_path) -> None:
    """A folder in its place, or a file where its folder should be."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path, tmp_path / "file" / "auditor.sqlite3"):
        with pytest.raises(AuditorError, match=r"cannot be the store.*Name another file"), Store.open(place):
            pass


def test_while_another_program_writes_there_is_a_clear_message(place, monkeypatch) -> None:
    """After waiting, here not at all."""
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.0)
    with Store.open(place) as kept:
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"written by another auditor\. Wait"), Store.open(place) as second:
            second.rate("linkedin:ana", "close", MONDAY)
        assert kept.ratings().empty
        other.execute("ROLLBACK")
        other.close()


def test_many_at_once_lose_nothing(place) -> None:
    """Eight threads open a store that is not there yet, and each keeps five ratings."""
    wrong: list[Exception] = []

    def keep(number: int) -> None:
        try:
            for one in range(5):
                with Store.open(place) as kept:
                    kept.rate(f"linkedin:p{number}-{one}", "close", MONDAY)
        except AuditorError as error:
            wrong.append(error)

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store.open(place) as kept:
        assert (wrong, len(kept.ratings())) == ([], 40)


def test_a_migration_that_fails_leaves_the_last_whole_state(place, monkeypatch) -> None:
    """All of it or nothing: the table that the first statement made is gone again, and what was kept is there."""
    with Store.open(place) as kept:
        kept.rate("linkedin:ana", "close", MONDAY)
    with monkeypatch.context() as broken:
        broken.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE week (n INTEGER) STRICT;\nCREATE TABLE"))
        with pytest.raises(StoreError), Store.open(place):
            pass
    with Store.open(place) as kept:
        assert len(kept.ratings()) == 1
    raw = sqlite3.connect(place)
    assert raw.execute("SELECT name FROM sqlite_master WHERE name = 'week'").fetchall() == []
    assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    raw.close()


def test_the_first_version_is_brought_to_this_one_and_copied_first(place) -> None:
    """A store of version 1, as it was released: its rating stays, and the copy beside it is the store as it was."""
    place.parent.mkdir()
    raw = sqlite3.connect(place, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("CREATE TABLE rating (person TEXT PRIMARY KEY, rating TEXT NOT NULL, at INTEGER NOT NULL) STRICT")
    raw.execute("INSERT INTO rating VALUES ('linkedin:ana', 'close', 1767607200123456)")
    raw.execute(f"PRAGMA application_id = {migrations.APPLICATION}")
    raw.execute("PRAGMA user_version = 1")
    raw.close()
    with Store.open(place) as kept:
        assert kept.ratings()[["person", "at"]].to_numpy().tolist() == [["linkedin:ana", MONDAY]]
        assert kept.imports().empty
    (copy,) = copies.beside(place)
    assert copy.name == f"auditor.sqlite3.before-v{len(MIGRATIONS)}"
    assert os.name == "nt" or stat.S_IMODE(copy.stat().st_mode) == 0o600
    raw = sqlite3.connect(copy)
    assert raw.execute("SELECT person FROM rating").fetchall() == [("linkedin:ana",)]
    assert raw.execute("PRAGMA user_version").fetchone() == (1,)
    raw.close()


def test_one_copy_is_kept(place, monkeypatch) -> None:
    """The next migration's takes the place of the last one's; opening without one makes none."""
    for more in range(3):
        monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, *["SELECT 1"] * more))
        for _ in range(2):
            with Store.open(place):
                pass
    assert [copy.name for copy in copies.beside(place)] == [f"auditor.sqlite3.before-v{len(MIGRATIONS) + 2}"]
    assert not list(place.parent.glob("*.part*"))


def test_a_store_of_an_older_version_is_brought_to_this_one(place, monkeypatch) -> None:
    """Only the migrations that it lacks are run, and what it holds stays."""
    with Store.open(place) as kept:
        kept.rate("linkedin:ana", "close", MONDAY)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE week (n INTEGER) STRICT"))
    for _ in range(2):
        with Store.open(place) as kept:
            assert kept.ratings()["person"].tolist() == ["linkedin:ana"]
    raw = sqlite3.connect(place)
    assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    raw.close()
