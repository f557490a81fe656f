"""Watching a folder, with real files: nothing is touched before it is whole, and everything is handled once."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner

from auditor import letter
from auditor.cli import main
from auditor.errors import InputError
from auditor.sources import read
from auditor.store import Store
from auditor.telling import in_words
from auditor.watch import Arrivals, newest, nothing_new, once, reminder, reporter, watch
from auditor.weekly import WeeklyReport, weekly_report

CONNECTIONS = [
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "Ana,Silva,https://www.linkedin.com/in/ana-ex1,,Acme,Engineer,01 Feb 2024",
]


def in_zip(files: Mapping[str, list[str] | str | bytes]) -> bytes:
    """The bytes of a ZIP of files {name: lines, text or bytes}."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, "\n".join(content) if isinstance(content, list) else content)
    return packed.getvalue()


EXPORT = in_zip({"Connections.csv": CONNECTIONS})
NAME = "Basic_LinkedInDataExport_11-15-2026.zip"


def report(export: Path) -> tuple[WeeklyReport, str]:
    """The week of one export alone."""
    found = weekly_report(read([export]))
    return found, letter.html(found)


def looked(folder: Path, *, times: int = 2) -> list[str]:
    arrivals = Arrivals(folder)
    return [path.name for _ in range(times) for path in arrivals.look()]


def test_a_whole_export_is_given_once(tmp_path: Path) -> None:
    """At the second look, not at the first, and never again, until it changes."""
    (tmp_path / NAME).write_bytes(EXPORT)
    arrivals = Arrivals(tmp_path)
    assert arrivals.look() == []
    assert arrivals.growing
    assert [path.name for path in arrivals.look()] == [NAME]
    assert not arrivals.growing
    assert arrivals.look() == []
    (tmp_path / NAME).write_bytes(in_zip({"Connections.csv": [*CONNECTIONS, CONNECTIONS[1].replace("Ana", "Bo")]}))
    assert arrivals.look() == []
    assert [path.name for path in arrivals.look()] == [NAME]


def test_a_growing_file_waits(tmp_path: Path) -> None:
    """Byte by byte: as long as it grows, and as long as the directory at its end is missing."""
    path, arrivals = tmp_path / NAME, Arrivals(tmp_path)
    for size in (0, 30, 90, len(EXPORT) - 1):
        path.write_bytes(EXPORT[:size])
        assert arrivals.look() == []
        assert arrivals.growing
    assert arrivals.look() == []
    assert not arrivals.growing  # it has stopped, and is not whole: only a change is worth another look
    path.write_bytes(EXPORT)
    arrivals.look()
    assert arrivals.look() == [path]


@pytest.mark.parametrize(
    "name", [f"{NAME}.crdownload", f"{NAME}.part", f".{NAME}", f"~{NAME}", "Connections.csv", "a.ics"]
)
def test_half_written_names_and_other_files_are_not_looked_into(tmp_path: Path, name: str) -> None:
    """A browser's temporary files, hidden ones, and whatever is no ZIP."""
    (tmp_path / name).write_bytes(EXPORT)
    (tmp_path / "folder.zip").mkdir()
    assert looked(tmp_path) == []


def test_a_download_that_gets_its_name_at_the_end(tmp_path: Path) -> None:
    """As browsers do it."""
    (tmp_path / f"{NAME}.crdownload").write_bytes(EXPORT)
    arrivals = Arrivals(tmp_path)
    arrivals.look()
    (tmp_path / f"{NAME}.crdownload").rename(tmp_path / NAME)
    arrivals.look()
    assert [path.name for path in arrivals.look()] == [NAME]


def test_a_zip_that_lost_its_middle_is_not_whole(tmp_path: Path) -> None:
    """The directory is there, what it speaks of is not."""
    packed = in_zip({"a.csv": "x" * 9, "b.csv": os.urandom(5000)})
    (tmp_path / "cut.zip").write_bytes(packed[4000:])
    (tmp_path / "empty.zip").write_bytes(in_zip({}))
    assert looked(tmp_path) == []
    assert zipfile.is_zipfile(tmp_path / "empty.zip")


def test_no_folder_is_one_error(tmp_path: Path) -> None:
    """Which names it."""
    with pytest.raises(InputError, match="there is no such folder"):
        Arrivals(tmp_path / "nowhere")


def test_once_writes_the_report_and_says_so(tmp_path: Path) -> None:
    """And the next time there is nothing to do; another ZIP is left alone, with a line."""
    for number, name in enumerate((NAME, "holiday.zip")):
        (tmp_path / name).write_bytes(
            EXPORT if name == NAME else in_zip({"photo.jpg": b"\xff\xd8\xff" + os.urandom(99)})
        )
        os.utime(tmp_path / name, (number, number))
    out = tmp_path / "reports"
    said: list[str] = []
    once(tmp_path, reporter(out, report), said.append, settled=0.01)
    (page,) = out.iterdir()
    assert page.name == "auditor 2024-W05.html"
    assert said[0].startswith(f"{NAME}: Bigger: new people came")
    assert said[0].endswith(f" The report is in {page}.")
    assert said[1:] == ["holiday.zip is no export and was left alone."]


def test_a_run_without_anything_new_says_when_the_next_export_is_due(tmp_path: Path) -> None:
    """Seven days after the newest in the folder; and it says so only where nothing else was said."""
    assert nothing_new(tmp_path).startswith("Nothing new. No export is there. ")
    (tmp_path / NAME).write_bytes(EXPORT)
    day = datetime.now(UTC) - timedelta(days=2)
    os.utime(tmp_path / NAME, (day.timestamp(), day.timestamp()))
    command = ["watch", str(tmp_path), "--once", "--store", str(tmp_path / "kept.sqlite3")]
    first, second = (CliRunner().invoke(main, command, catch_exceptions=False).stdout for _ in range(2))
    assert "Nothing new" not in first
    assert second == f"Nothing new. The next export is due on {in_words(day.date() + timedelta(days=7))}.\n"


def test_a_later_run_reads_only_what_is_newer(tmp_path: Path) -> None:
    """The page bears the time of its export; an export of a later day is read, the same one is not."""
    said: list[str] = []
    for second in (1, 1, 2):
        (tmp_path / NAME).write_bytes(EXPORT)
        os.utime(tmp_path / NAME, (second, second))
        once(tmp_path, reporter(tmp_path, report), said.append, settled=0.01)
    assert len(said) == 2
    assert (tmp_path / "auditor 2024-W05.html").stat().st_mtime == 2


def test_the_command_keeps_each_export_and_reports_what_changed(tmp_path: Path) -> None:
    """Two exports, the second without Ana and with Bo: the store has both, and the page says who is gone."""
    downloads, place = tmp_path / "downloads", tmp_path / "kept.sqlite3"
    downloads.mkdir()
    later = [CONNECTIONS[0], "Bo,Berg,https://www.linkedin.com/in/bo-ex2,,Acme,Engineer,09 Feb 2024"]
    for number, lines in enumerate((CONNECTIONS, later)):
        (downloads / f"{number}.zip").write_bytes(in_zip({"Connections.csv": lines}))
        os.utime(downloads / f"{number}.zip", (100 + number, 100 + number))
    command = ["watch", str(downloads), "--once", "--store", str(place)]
    first = CliRunner().invoke(main, command, catch_exceptions=False)
    assert first.exit_code == 0
    assert [line.partition(":")[0] for line in first.stdout.splitlines()] == ["0.zip", "1.zip"]
    with Store.open(place) as store:
        assert len(store.imports()) == 2
    page = (downloads / "auditor 2024-W06.html").read_text(encoding="utf-8")
    assert "No longer on your list" in page
    assert "Ana Silva" in page
    again = CliRunner().invoke(main, command, catch_exceptions=False).stdout
    assert again.startswith("Nothing new. No export is there. ")
    asked = CliRunner().invoke(main, ["week", "--store", str(place)], catch_exceptions=False)
    assert "Ana Silva: Engineer, Acme." in asked.stdout


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Callable[[int], list[str]]]:
    """A watched folder; waits until so many exports were handled, and gives their names."""
    handled: list[str] = []
    stop, more = Event(), Event()

    def handle(export: Path) -> str:
        handled.append(export.name)
        more.set()
        return export.name

    thread = Thread(target=watch, args=(tmp_path, handle, lambda _: None, stop, 0.05, 0.3))
    thread.start()

    def wait(count: int) -> list[str]:
        while len(handled) < count and more.wait(10):
            more.clear()
        return list(handled)

    yield wait
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def test_an_export_that_arrives_is_handled(tmp_path: Path, watched: Callable[[int], list[str]]) -> None:
    """Written in two halves, and once."""
    with (tmp_path / NAME).open("wb") as file:
        file.write(EXPORT[:100])
        file.flush()
        Event().wait(0.3)
        file.write(EXPORT[100:])
    assert watched(1) == [NAME]
    (tmp_path / "second.zip").write_bytes(EXPORT)
    assert watched(2) == [NAME, "second.zip"]


def test_an_export_is_due_a_week_after_the_last(tmp_path: Path) -> None:
    """With the clicks; before that day, and where there never was one, nothing is said."""
    assert reminder(tmp_path, date(2026, 11, 22)) is None
    (tmp_path / NAME).write_bytes(EXPORT)
    day = datetime(2026, 11, 15, 18, tzinfo=UTC).timestamp()
    os.utime(tmp_path / NAME, (day, day))
    assert reminder(tmp_path, date(2026, 11, 21)) is None
    said = reminder(tmp_path, date(2026, 11, 22))
    assert said
    assert said.startswith("Your last export is of 15 November 2026: the next one is due. ")
    assert "Get a copy of your data" in said


def test_the_newest_whole_export_of_a_folder(tmp_path: Path) -> None:
    """One that is still being written is not taken; without any there is none, and a wrong folder is said."""
    assert newest(tmp_path) is None
    old, young = (tmp_path / f"Basic_LinkedInDataExport_11-{day}-2026.zip" for day in ("08", "15"))
    with zipfile.ZipFile(old, "w") as packed:
        packed.writestr("Connections.csv", "First Name\n")
    young.write_bytes(old.read_bytes()[:-30])
    os.utime(old, (1, 1))
    assert newest(tmp_path) == old
    with pytest.raises(InputError, match="no such folder"):
        newest(tmp_path / "nowhere")
