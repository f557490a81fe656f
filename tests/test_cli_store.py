"""`auditor store …`, and the commands that read the store where no FILE is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from test_cli import EXPORT

from auditor.cli import main
from auditor.store import Store
from auditor.store.migrations import MIGRATIONS

NOW = pd.Timestamp("2026-03-01T12:00:00Z")


@pytest.fixture(name="place")
def fixture_place(tmp_path, monkeypatch) -> Path:
    """Where the store is, which is not there yet."""
    monkeypatch.setenv("AUDITOR_STORE", str(tmp_path / "store" / "auditor.sqlite3"))
    return tmp_path / "store" / "auditor.sqlite3"


@pytest.fixture(name="run")
def fixture_run(place) -> Callable[..., Result]:
    """Runs the command and hands on every exception that is no exit."""

    def run(*arguments: object, answer: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], input=answer, catch_exceptions=False)

    return run


@pytest.fixture(name="robin")
def fixture_robin(export: Callable[..., Path]) -> Path:
    """The folder with Robin's export."""
    return export(EXPORT)


def test_what_was_imported_is_audited_without_naming_it(run, robin) -> None:
    """The same numbers as of the files, by each command that takes files."""
    assert run("store", "import", robin).exit_code == 0
    for command in (["audit"], ["shallow"], ["why", "Ada Marsh"]):
        from_store, from_files = run(*command, "--json"), run(*command, robin, "--json")
        assert from_store.exit_code == 0
        assert json.loads(from_store.stdout) == json.loads(from_files.stdout)


def test_what_the_owner_said_counts_where_the_store_is_read(run, robin, place) -> None:
    """Ben never wrote and is close all the same; with the files named nobody asks the store."""
    run("store", "import", robin)
    with Store.open(place) as kept:
        kept.rate("linkedin:ben-ito", "close", NOW)
    assert json.loads(run("audit", "--json").stdout)["kinds"].get("told-close") == 1
    assert "told-close" not in json.loads(run("audit", robin, "--json").stdout)["kinds"]


def test_without_files_and_without_a_store_it_says_what_to_do(run, place) -> None:
    """And makes no store; nor does one that is empty help."""
    for arguments in (["audit"], ["shallow"], ["why", "Ada"]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "auditor store import FILE" in result.stderr
    assert not place.exists()
    with Store.open(place):
        pass
    assert "nothing is kept" in run("audit").stderr


def test_files_and_a_store_are_not_named_together(run, robin, tmp_path) -> None:
    """With files the store is not read."""
    result = run("audit", robin, "--store", tmp_path / "other.sqlite3")
    assert (result.exit_code, "--store goes without FILES" in result.stderr) == (2, True)


def test_importing_twice_says_so(run, robin) -> None:
    """The first time what is new, the second time that nothing changed."""
    first, second = run("store", "import", robin), run("store", "import", robin)
    assert first.stdout == "export: 4 people and 61 interactions are new; this is import 1\n"
    assert second.stdout.startswith("export: already imported on 20")
    assert second.stdout.endswith(", nothing changed\n")


def test_another_store_can_be_named(run, robin, place, tmp_path) -> None:
    """By the option, on every command; the one that AUDITOR_STORE names is left alone."""
    other = tmp_path / "other.sqlite3"
    assert run("store", "import", robin, "--store", other).exit_code == 0
    assert run("audit", "--store", other).exit_code == 0
    assert not place.exists()


def test_the_list_shows_each_import(run, robin, place) -> None:
    """As text and as JSON, with what only that import holds, and what else is kept."""
    run("store", "import", robin)
    with Store.open(place) as kept:
        kept.rate("linkedin:ben-ito", "close", NOW)
    lines = run("store", "list").stdout.splitlines()
    assert lines[0].startswith(f"{place} · ")
    assert lines[1].split() == "import on reaches to people connections interactions only here files".split()
    assert lines[2].split()[2:] == ["2025-07-28", "4", "4", "61", "69", "export"]
    assert lines[3].startswith("Also kept: 1 ratings, 0 labels")
    told = json.loads(run("store", "list", "--json").stdout)
    assert told["counts"]["interactions"] == 61
    assert [(one["id"], one["label"], one["taken"][:10]) for one in told["imports"]] == [(1, "export", "2025-07-28")]


def test_export_and_restore_give_the_same_store(run, robin, tmp_path) -> None:
    """Into another file; a store that holds something is replaced only when told so."""
    run("store", "import", robin)
    zipped, other = tmp_path / "store.zip", tmp_path / "other.sqlite3"
    assert run("store", "export", zipped).exit_code == 0
    assert "1 imports with 61 interactions" in run("store", "restore", zipped, "--store", other).stdout
    assert run("audit", "--json", "--store", other).stdout == run("audit", "--json").stdout
    again = run("store", "restore", zipped, "--store", other)
    assert (again.exit_code, "not empty" in again.stderr) == (1, True)
    assert run("store", "restore", zipped, "--store", other, "--replace").exit_code == 0


@pytest.mark.parametrize("who", ["Ada Marsh", "linkedin:ada-marsh", "https://www.linkedin.com/in/ada-marsh"])
def test_a_person_can_be_forgotten_by_name_address_or_key(run, robin, who) -> None:
    """After asking; they are in no audit, not after the next import either."""
    run("store", "import", robin)
    assert run("store", "forget", "--person", who, answer="n\n").exit_code == 1
    assert json.loads(run("audit", "--json").stdout)["connections"] == 4
    assert "Forgotten: " in run("store", "forget", "--person", who, answer="y\n").stdout
    run("store", "import", robin)
    assert json.loads(run("audit", "--json").stdout)["connections"] == 3


def test_an_import_or_everything_can_be_forgotten(run, robin, place) -> None:
    """What is to be forgotten has to be said, once."""
    run("store", "import", robin)
    assert run("store", "forget").exit_code == 2
    assert run("store", "forget", "--all", "--import", 1).exit_code == 2
    assert "no import 7" in run("store", "forget", "--import", 7, "--yes").stderr
    assert "goes by that name" in run("store", "forget", "--person", "Nobody Here", "--yes").stderr
    assert run("store", "forget", "--import", 1, "--yes").stdout == "Import 1 is forgotten\n"
    assert "No import yet" in run("store", "list").stdout
    run("store", "import", robin)
    assert run("store", "forget", "--all", "--yes").stdout == f"{place} is empty\n"
    assert run("audit").exit_code == 2


def test_verify_says_whether_it_is_whole(run, robin, place) -> None:
    """Exit status 1 and the way out where it is not."""
    run("store", "import", robin)
    assert run("store", "verify").stdout.startswith(
        f"{place} is whole (version {len(MIGRATIONS)}): 1 imports, 4 people"
    )
    with Store.open(place) as kept:
        kept._connection.execute("DELETE FROM word WHERE text = 'Plover Press'")
    result = run("store", "verify")
    assert result.exit_code == 1
    assert "have lost their company" in result.stderr
    assert "auditor store repair" in result.stderr


def test_a_damaged_store_is_repaired(run, robin, place) -> None:
    """What points nowhere is let go, and said without a name; the damaged file is kept; the same files heal it."""
    run("store", "import", robin)
    assert "is whole, and was left as it is" in run("store", "repair").stdout
    with Store.open(place) as kept:
        kept.rate("linkedin:ben-ito", "close", NOW)
        kept._connection.execute("DELETE FROM word WHERE text = 'Plover Press'")
    lines = run("store", "repair").stdout.splitlines()
    assert lines[0].startswith(f"{place} is repaired: 1 imports, ")
    assert lines[1].startswith("Not brought back: 1 people that have lost their company. Import the same files again")
    damaged = place.with_name(f"{place.name}.damaged-{pd.Timestamp.now('UTC'):%Y-%m-%d}")
    assert str(damaged) in lines[2]
    assert damaged.is_file()
    run("store", "import", robin)
    with Store.open(place) as kept:
        assert kept.ratings()["person"].tolist() == ["linkedin:ben-ito"]
        assert len(kept.records().people) == 4


def test_looking_makes_no_store(run, place, tmp_path) -> None:
    """A command that only looks says that there is none."""
    for arguments in (["list"], ["verify"], ["repair"], ["export", tmp_path / "out.zip"], ["forget", "--all", "--yes"]):
        result = run("store", *arguments)
        assert (result.exit_code, "no store at" in result.stderr) == (1, True)
    assert not place.exists()
