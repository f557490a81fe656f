"""Nothing leaks into a terminal: whatever people and files are called, no command prints what a terminal would obey."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from auditor.cli import main

from .hostile import FILE, archive, export, steers


@pytest.fixture(scope="module", name="place")
def fixture_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the hostile export in a file of a hostile name, alone and as a member of a team."""
    folder = tmp_path_factory.mktemp("terminal")
    for inside in ("downloads", "team"):
        (folder / inside).mkdir()
        archive(folder / inside)
    member = folder / "team" / "mem\x1b[31mber\u202e"
    member.mkdir()
    for name, text in export().items():
        (member / name).write_text(text, encoding="utf-8")
    (folder / "bad\x1b]8;;\x07\u202e.zip").write_bytes(b"PK\x03\x04 no zip")
    (folder / "unknown\x9b31m.csv").write_text("Pl\x1b[31mace,\u202eDay,\x9b\nRome,1,2\n", encoding="utf-8")
    (folder / "events\x1b[31m.csv").write_text("person,at,direction\nAnn,\x1b[31mnever\u202e,out\n", encoding="utf-8")
    return folder


@pytest.fixture(name="run")
def fixture_run(place: Path, tmp_path: Path) -> Callable[..., Result]:
    """Runs a command; its words name the export as EXPORT, the folder as PLACE, and a fresh file as OUT."""

    def run(*line: str, code: int = 0) -> Result:
        names = {"EXPORT": str(place / "downloads" / FILE), "PLACE": str(place), "OUT": str(tmp_path / "out")}
        names["hostile"] = "https://www.linkedin.com/in/hostile"
        words = [re.sub("|".join(names), lambda found: names[found[0]], word) for word in line]
        if words[0] == "team":  # its cluster starts processes, which cannot start inside a process of xdist's
            alone = subprocess.run([sys.executable, "-m", "auditor.cli", *words], capture_output=True, check=False)
            said = alone.stdout + alone.stderr
            ran = Result(CliRunner(), alone.stdout, alone.stderr, said, None, alone.returncode, None)
        else:
            ran = CliRunner().invoke(main, words, color=True)  # else click takes out what colours
        assert ran.exit_code == code, (line, ran.output, ran.exception)
        return ran

    return run


LINES = {
    "audit": ["audit EXPORT", "audit EXPORT --json"],
    "shallow": ["shallow EXPORT", "shallow EXPORT --kind core", "shallow EXPORT --kind core --csv OUT.csv"],
    "why": ["why hostile-7 EXPORT", "why hostile-25 EXPORT --json"],
    "week": ["week EXPORT", "week EXPORT --json"],
    "history": ["history EXPORT", "history EXPORT --json"],
    "store import": ["store import EXPORT", "store import EXPORT"],
    "store list": ["store import EXPORT", "store list", "store list --json"],
    "store verify": ["store import EXPORT", "store verify"],
    "store repair": ["store import EXPORT", "store repair"],
    "store export": ["store import EXPORT", "store export OUT.zip"],
    "store restore": ["store import EXPORT", "store export OUT.zip", "store restore OUT.zip --replace"],
    "store forget": ["store import EXPORT", "store forget --import 1 --yes"],
    "watch": ["watch PLACE/downloads --once --html-to OUT"],
    "team audit": [
        "team PLACE/team --workers 1 --out OUT --to hostile-22",
        "team PLACE/team --workers 1 --out OUT --json",
    ],
    "team key": ["team key OUT.key"],
    "team contribute": ["team key OUT.key", "team contribute EXPORT --key-file OUT.key --out OUT.parquet"],
    "sample": ["sample OUT"],
}
ELSEWHERE = {
    "app": "it opens a browser",
    "depth": "below, and in test_leaks_files: it prints two numbers",
    "validate": "its data is numbered, not named",
}


def commands(group: click.Group, before: str = "") -> set[str]:
    """The names of all commands, those of groups after their group's."""
    found = set()
    for name, command in group.commands.items():
        found |= commands(command, f"{name} ") if isinstance(command, click.Group) else {before + name}
    return found


def test_every_command_is_tried() -> None:
    """One that is added has to be tried here too."""
    assert set(LINES) | set(ELSEWHERE) == commands(main)


@pytest.mark.parametrize("command", LINES)
def test_no_command_prints_what_a_terminal_would_obey(run: Callable[..., Result], command: str) -> None:
    """Neither on standard output nor on standard error."""
    for line in LINES[command]:
        assert steers(run(*line.split()).output) == set()


@pytest.mark.parametrize(
    "line",
    [
        "audit PLACE/bad\x1b]8;;\x07\u202e.zip",
        "audit PLACE/unknown\x9b31m.csv",
        "audit PLACE/gone\x1b[31m\u202e",
        "depth PLACE/events\x1b[31m.csv --out OUT",
        "depth PLACE/gone\x1b[31m --out OUT",
        "store restore PLACE/bad\x1b]8;;\x07\u202e.zip",
        "store verify --store PLACE/gone\x1b[31m\u202e",
        "store list --store PLACE/bad\x1b]8;;\x07\u202e.zip",
        "store forget --person \x1b[31mAnn",
        "why Ann EXPORT",
        "why nobody\x1b[31m EXPORT",
        "team PLACE/gone\x1b[31m",
        "watch PLACE/gone\x1b[31m --once",
        "shallow EXPORT --csv /proc/gone\x1b[31m/ties.csv",
    ],
)
def test_no_error_prints_what_a_terminal_would_obey(run: Callable[..., Result], line: str) -> None:
    """The file is named, and what stands in it perhaps, in characters that are seen."""
    if "--person" in line:
        run("store", "import", "EXPORT")
    ran = run(*line.split(" "), code=1)
    assert steers(ran.output) == set()
    assert "Traceback" not in ran.output


def test_a_file_that_is_left_alone_is_said_so(run: Callable[..., Result], tmp_path: Path) -> None:
    """`auditor watch` names it, and goes on."""
    with zipfile.ZipFile(tmp_path / "odd\x1b[31m\u202e.zip", "w") as packed:
        packed.writestr("a.txt", "hello")
    ran = run("watch", str(tmp_path), "--once")
    assert "left alone" in ran.output
    assert steers(ran.output) == set()


def test_a_question_names_keys_without_steering(run: Callable[..., Result]) -> None:
    """`auditor store forget` asks before it forgets somebody."""
    run("store", "import", "EXPORT")
    ran = run("store", "forget", "--person", "hostile-22", code=1)
    assert "for good?" in ran.output
    assert steers(ran.output) == set()
