"""Nothing lost where the disk is full, the folder read-only, or the file another's: clear words, and the last whole state.

The full disk and the read-only folder are mounts of our own (`unshare -rm`), since root writes anywhere.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from older import of_version

from auditor.cli import main
from auditor.errors import StoreError
from auditor.records import Records, interactions, people
from auditor.store import Import, Store, copies, opening
from auditor.store.repairing import repair

NOW = pd.Timestamp("2026-03-01T12:00:00Z")
UNSHARE = ["unshare", "--user", "--map-root-user", "--mount"]
MOUNTS = (
    bool(shutil.which("unshare"))
    and not subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode
)

mounted = pytest.mark.skipif(not MOUNTS, reason="NOT TESTED: no mount namespaces here (unshare -rm)")


def export(messages: int) -> Records:
    """Forty people and so many messages."""
    sent = [
        {"person": f"linkedin:p{n % 40}", "at": NOW - pd.Timedelta(minutes=n), "channel": "message", "direction": "out"}
        for n in range(messages)
    ]
    known = [{"person": f"linkedin:p{n}", "name": f"Person {n}", "connection": True} for n in range(40)]
    return replace(Records.empty(), people=people(known), interactions=interactions(sent))


def filled(place: Path, messages: int = 200) -> None:
    """A store with an import and a rating."""
    with Store.open(place) as kept:
        kept.add(export(messages), Import("first", "1", NOW, NOW))
        kept.rate("linkedin:p1", "close", NOW)


def content(place: Path) -> list[str]:
    """Everything that the store holds, as SQL."""
    with closing(sqlite3.connect(place)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(raw.iterdump())


def ballast(folder: Path, left: int) -> Path:
    """A file that leaves so many bytes free."""
    file = folder / "ballast"
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    file.write_bytes(bytes(max(free - left, 0)))
    return file


def an_import(folder: Path) -> None:
    place = folder / "auditor.sqlite3"
    filled(place)
    before, weight = content(place), ballast(folder, 200_000)
    with pytest.raises(StoreError, match=r"the disk is full.*Nothing was changed"), Store.open(place) as kept:
        kept.add(export(20_000), Import("second", "2", NOW, NOW))
    assert content(place) == before
    weight.unlink()
    with Store.open(place) as kept:
        assert kept.add(export(5_000), Import("second", "2", NOW, NOW)).interactions == 4_800


def a_mark(folder: Path) -> None:
    """Not a byte is free: whatever cannot be done is said in words, and what was kept stays."""
    place = folder / "auditor.sqlite3"
    filled(place)
    before, weight = content(place), ballast(folder, 0)
    with pytest.raises(StoreError, match="Nothing was changed"):
        write_notes(place)
    weight.unlink()
    assert [line for line in content(place) if '"note"' not in line] == before


def write_notes(place: Path) -> None:
    with Store.open(place) as kept:
        for n in range(10_000):
            kept.note("linkedin:p1", f"note {n}" * 20, NOW + pd.Timedelta(seconds=n))


def a_migration(folder: Path) -> None:
    place, whole = folder / "auditor.sqlite3", folder / "whole.sqlite3"
    filled(whole, 2_000)
    of_version(2, whole, place)
    whole.unlink()
    before, weight = content(place), ballast(folder, 50_000)
    with pytest.raises(StoreError, match=r"Nothing was changed|No space left"), Store.open(place):
        pass
    assert content(place) == before
    assert sorted(path.name for path in folder.iterdir()) == ["auditor.sqlite3", "ballast"]
    weight.unlink()
    with Store.open(place) as kept:
        assert kept.counts()["interactions"] == 2_000
    assert len(copies.beside(place)) == 1


def an_export(folder: Path) -> None:
    place = folder / "auditor.sqlite3"
    filled(place, 4_000)
    ballast(folder, 45_000)
    result = CliRunner().invoke(main, ["store", "export", str(folder / "out.zip"), "--store", str(place)])
    assert (result.exit_code, "No space left" in result.stderr) == (1, True), result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["auditor.sqlite3", "ballast"]


def a_weekly_copy(folder: Path) -> None:
    """The snapshot is kept; there is no copy, and nothing is left of the attempt."""
    place = folder / "auditor.sqlite3"
    filled(place, 4_000)
    weight = ballast(folder, 150_000)
    with Store.open(place) as kept:
        kept.snapshot("2026-W09", "1.0", pd.DataFrame({"person": ["linkedin:p1"], "depth": [71.0]}))
    weight.unlink()
    with Store.open(place) as kept:
        assert len(kept.snapshots()) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["auditor.sqlite3"]


def a_repair(folder: Path) -> None:
    place = folder / "auditor.sqlite3"
    filled(place, 2_000)
    with place.open("r+b") as file:
        file.seek(40_960)
        file.write(b"\xff" * 4096)
    before, weight = place.read_bytes(), ballast(folder, 50_000)
    with pytest.raises(StoreError, match=r"full|No space left"):
        repair(place, NOW)
    assert place.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["auditor.sqlite3", "ballast"]
    weight.unlink()
    assert repair(place, NOW).damaged


def read_only(folder: Path) -> None:
    place = folder / "auditor.sqlite3"
    filled(place)
    before = content(place)
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    for arguments in (["list"], ["verify"], ["repair"], ["forget", "--all", "--yes"]):
        result = CliRunner().invoke(main, ["store", *arguments, "--store", str(place)])
        assert result.exit_code == 1, (arguments, result.output)
        assert "cannot be the store" in result.stderr, (arguments, result.stderr)
        assert len(result.stderr.splitlines()) == 1
    result = CliRunner().invoke(main, ["store", "restore", "no.zip", "--store", str(folder / "new" / "one.sqlite3")])
    assert (result.exit_code, "cannot be the store" in result.stderr) == (1, True), result.stderr
    subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
    assert content(place) == before


@mounted
@pytest.mark.parametrize("what", [an_import, a_mark, a_migration, an_export, a_weekly_copy, a_repair])
def test_on_a_full_disk_nothing_is_lost(tmp_path, what: Callable[[Path], None]) -> None:
    """What does not fit is refused in words, the last whole state stays, and it goes on once there is room."""
    elsewhere(tmp_path, what)


@mounted
def test_in_a_read_only_folder_everything_says_so(tmp_path) -> None:
    """One line each, no traceback, and nothing is changed."""
    elsewhere(tmp_path, read_only)


def elsewhere(folder: Path, what: Callable[[Path], None]) -> None:
    """Do it on a disk of 2 MB at this folder, which only that process sees."""
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    script = f"import sys, pathlib, test_lost_places as places; places.{what.__name__}(pathlib.Path(sys.argv[1]))"
    mount = 'mount -t tmpfs -o size=2m,mode=700 none "$1" && exec "$2" -c "$3" "$1"'
    run = subprocess.run(
        [*UNSHARE, "sh", "-c", mount, "sh", folder, sys.executable, script],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


HOLD = """
import sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("PRAGMA locking_mode = EXCLUSIVE")
raw.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_store_that_another_process_holds_is_waited_for_and_then_said(tmp_path, monkeypatch) -> None:
    """For as long as was agreed, whether it is opened, read or repaired; then it is there as it was."""
    place = tmp_path / "auditor.sqlite3"
    filled(place)
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.5)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    started = time.monotonic()
    with pytest.raises(StoreError, match=r"written by another auditor\. Wait"), Store.open(place):
        pass
    with pytest.raises(StoreError, match=r"written by another auditor\. Wait"):
        repair(place, NOW)
    assert 0.5 <= time.monotonic() - started < 20
    holder.communicate("")
    with Store.open(place) as kept:
        assert kept.ratings()["rating"].tolist() == ["close"]
