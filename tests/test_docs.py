"""What the documents say is true: each command, example, dependency and link in them is checked."""

from __future__ import annotations

import doctest
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

from auditor import sample, sources
from auditor.cli import main
from auditor.kinds import KINDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(main.commands)
EXAMPLES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "auditor").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)
NEEDS_MORE = ("auditor validate",)  # than this checkout: the labelled data, which has tests of its own
REGISTRY = re.compile(r"(?i)(pypi|pythonhosted|npmjs)\.(org|com)|(extra-)?index-url|find-links")


def blocks(language: str) -> list[str]:
    """The fenced blocks of the README in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture(name="beside_the_sample")
def fixture_beside_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory with the sample export in it, as the README assumes."""
    monkeypatch.chdir(tmp_path)
    return sample.write(tmp_path / sample.NAME)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name):
    """A command says what it does, and each of its options what it is for."""
    command = main.commands[name]
    assert command.help
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert [p.name for p in options if not p.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown_in_the_readme(name):
    """The README has at least one example of each command."""
    assert re.search(rf"^auditor {name}\b", "\n".join(blocks("sh")), flags=re.MULTILINE)


def test_the_readme_shows_the_help_as_it_is():
    """The block below `$ auditor --help` is what the command prints in 80 columns, of which click leaves two free."""
    (shown,) = (block for block in blocks("text") if block.startswith("$ auditor --help"))
    printed = CliRunner().invoke(main, ["--help"], prog_name="auditor", terminal_width=78).stdout
    assert shown == f"$ auditor --help\n{printed}"


def test_the_commands_in_the_readme_work(tmp_path, monkeypatch):
    """The lines that begin with `auditor` end with status 0, one after the other, where events.csv is as shown."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "events.csv").write_text("".join(blocks("csv")), encoding="utf-8")
    started = []
    monkeypatch.setattr("auditor.ui.server.run", lambda *arguments, **options: started.append((arguments, options)))
    once = cache(sources.read)  # nearly all of the time is reading the sample, which every command would do again
    monkeypatch.setattr("auditor.sources.read", lambda files, *_, **__: once(tuple(files)))
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("auditor ")]
    for line in (line for line in lines if not line.startswith(NEEDS_MORE)):
        result = CliRunner().invoke(main, shlex.split(line, comments=True)[1:], catch_exceptions=False)
        assert result.exit_code == 0, f"{line}: {result.stderr}"
    assert len(started) == sum(line.startswith("auditor app") for line in lines)


def test_the_python_in_the_readme_runs(beside_the_sample):
    """The Python examples run as they stand beside the sample, and give what the comments say."""
    names: dict[str, object] = {}
    assert beside_the_sample.is_dir()
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), names)
    result = names["result"]
    assert result.meaningful.count > 0
    assert [layer.size for layer in result.layers[:4]] == [5, 15, 50, 150]
    assert result.connections["depth"].is_monotonic_decreasing
    assert {"ego", "alter", "organisation"} == {kind for _, kind in result.graph.nodes(data="kind")}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_in_docstrings_are_true(name):
    """The examples in a module's docstrings give what they say."""
    assert doctest.testmod(import_module(name)).failed == 0


def test_the_make_targets_in_the_readme_exist():
    """Every `make` target that the README names is one of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"^make ([a-z]+)", "\n".join(blocks("sh")), flags=re.MULTILINE))
    assert {"app", "test", "check"} <= named <= targets


def test_every_dependency_has_its_line():
    """The README says of each runtime dependency, and of nothing else, what it is for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    table = re.findall(r"^\| ([a-z][\w-]*) \| \S", README.partition("| package |")[2], flags=re.MULTILINE)
    assert table == sorted(Requirement(line).name for line in project["dependencies"])


def test_every_kind_of_tie_is_named():
    """The README lists the kinds of tie that there are, and the glossary explains each."""
    kinds = {kind.name for kind in KINDS}
    listed = re.search(r"\*\*Kinds\*\* say .*?: (.*?)\.$", README, flags=re.DOTALL | re.MULTILINE)
    assert listed
    assert set(re.split(r",\s+", listed.group(1))) == kinds
    glossary = (ROOT / "auditor" / "help" / "glossary.md").read_text(encoding="utf-8")
    assert {kind for kind in kinds if kind not in glossary} == set()


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_links_and_pictures_are_there(name):
    """Every file that a document links to or shows is in the checkout."""
    text = re.sub(r"<!--.*?-->", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_no_file_says_where_packages_come_from():
    """No file of the project holds the address of a package registry, or an option that would set one."""
    found = [path for path in _texts() if REGISTRY.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert [path.relative_to(ROOT).as_posix() for path in found if path != Path(__file__)] == []


def test_that_check_can_fail():
    """The pattern knows an address when it sees one, and is no match for ordinary words."""
    assert REGISTRY.search("https://PyPI" + ".org/simple")
    assert REGISTRY.search("--index" + "-url=https://mirror.example.com")
    assert not REGISTRY.search("the Python package index, and an url")


def _texts() -> Iterator[Path]:
    """The files of the checkout that are no leftovers of tools, caches or environments."""
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()} | {".git"}
    folders = [ROOT]
    while folders:
        for path in folders.pop().iterdir():
            if path.is_dir() and path.name not in ignored and not path.name.endswith(".egg-info"):
                folders.append(path)
            elif path.is_file() and path.suffix not in {".png", ".zip", ".pyc"}:
                yield path
