"""The store: it keeps what it was given, for the owner alone, and refuses what it cannot keep safe."""

from __future__ import annotations

import csv
import os
import sqlite3
import stat
import threading
from pathlib import Path

import pandas as pd
import pytest

from auditor import store
from auditor.errors import AuditorError, RecordsError, StoreError
from auditor.marks import RATING
from auditor.store import MIGRATIONS, Store, default_path

MONDAY, TUESDAY = pd.Timestamp("2026-01-05T10:00:00.123456Z"), pd.Timestamp("2026-01-06T09:00:00+01:00")


@pytest.fixture(name="place")
def fixture_place(tmp_path: Path) -> Path:
    return tmp_path / "data" / "auditor.sqlite3"


def test_ratings_come_back_as_they_were_given(place) -> None:
    """After closing and opening, to the microsecond, in UTC, by person."""
    with Store.open(place) as kept:
        kept.rate("linkedin:bo", "know well", TUESDAY)
        kept.rate("linkedin:ana", "close", MONDAY)
    with Store.open(place) as kept:
        ratings = kept.ratings()
    assert ratings.to_numpy().tolist() == [
        ["linkedin:ana", "close", MONDAY],
        ["linkedin:bo", "know well", pd.Timestamp("2026-01-06T08:00Z")],
    ]
    assert {column: str(dtype) for column, dtype in ratings.dtypes.items()} == RATING


def test_a_new_store_holds_nothing(place) -> None:
    """No rating, and the columns of the marks table."""
    with Store.open(place) as kept:
        assert {column: str(dtype) for column, dtype in kept.ratings().dtypes.items()} == RATING
        assert kept.ratings().empty


def test_the_latest_word_holds_in_whatever_order_it_comes(place) -> None:
    """A later word replaces an earlier one; an earlier one that comes late changes nothing."""
    with Store.open(place) as kept:
        kept.rate("linkedin:ana", "stranger", MONDAY)
        kept.rate("linkedin:ana", "close", TUESDAY)
        kept.rate("linkedin:ana", "acquaintance", MONDAY)
        assert kept.ratings()["rating"].tolist() == ["close"]


def test_a_word_can_be_taken_back(place) -> None:
    """Once or twice, and of nobody known."""
    with Store.open(place) as kept:
        kept.rate("linkedin:ana", "close", MONDAY)
        kept.unrate("linkedin:ana")
        kept.unrate("linkedin:ana")
        assert kept.ratings().empty


def test_an_unknown_rating_is_not_kept(place) -> None:
    """It is refused before anything is written."""
    with Store.open(place) as kept:
        with pytest.raises(RecordsError, match="unknown rating"):
            kept.rate("linkedin:ana", "friend", MONDAY)
        assert kept.ratings().empty


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
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.0)
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
        broken.setattr(store, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE week (n INTEGER) STRICT;\nCREATE TABLE"))
        with pytest.raises(StoreError), Store.open(place):
            pass
    with Store.open(place) as kept:
        assert len(kept.ratings()) == 1
    raw = sqlite3.connect(place)
    assert raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("rating",)]
    raw.close()


def test_a_store_of_an_older_version_is_brought_to_this_one(place, monkeypatch) -> None:
    """Only the migrations that it lacks are run, and what it holds stays."""
    with Store.open(place) as kept:
        kept.rate("linkedin:ana", "close", MONDAY)
    monkeypatch.setattr(store, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE week (n INTEGER) STRICT"))
    for _ in range(2):
        with Store.open(place) as kept:
            assert kept.ratings()["person"].tolist() == ["linkedin:ana"]
    raw = sqlite3.connect(place)
    assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    raw.close()


def test_the_export_is_csv_that_no_spreadsheet_runs(place, tmp_path) -> None:
    """A key can begin with anything that a name can; ISO 8601 in UTC; one row a rating."""
    out = tmp_path / "ratings.csv"
    with Store.open(place) as kept:
        kept.rate("=HYPERLINK(1)", "close", MONDAY)
        kept.rate("linkedin:ana", "know well", TUESDAY)
        kept.export(out)
    with out.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["person", "rating", "at"],
            ["'=HYPERLINK(1)", "close", "2026-01-05T10:00:00.123456Z"],
            ["linkedin:ana", "know well", "2026-01-06T08:00:00.000000Z"],
        ]


def test_an_export_that_cannot_be_written_does_not_blame_the_store(place, tmp_path) -> None:
    """The error is that of the file that was to be written."""
    with Store.open(place) as kept, pytest.raises(OSError, match="nowhere"):
        kept.export(tmp_path / "nowhere" / "ratings.csv")
