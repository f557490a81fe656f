"""`auditor team` at the command line, for somebody who has never seen it."""

from __future__ import annotations

import json
import shutil
import sys

import pytest
from click.testing import CliRunner
from exports import hand_in

from auditor.cli import main
from auditor.team import default_folder


@pytest.fixture(name="command")
def fixture_command():
    """Runs `auditor team …`."""

    def command(*arguments: object):
        return CliRunner().invoke(main, ["team", *map(str, arguments)], catch_exceptions=False)

    return command


@pytest.fixture(name="engine")
def fixture_engine(client, monkeypatch):
    """The cluster of these tests instead of one of processes."""
    from contextlib import nullcontext

    monkeypatch.setattr("auditor.team.cluster.engine", lambda *_, **__: nullcontext(client))


def test_a_team_in_words_and_as_json(command, team, tmp_path, engine):
    """Words on standard output, progress beside it; JSON alone, and the same again."""
    said = command(team, "--out", tmp_path / "run", "--to", "Dan Voss")
    assert said.exit_code == 0
    assert "3 members know 5 people" in said.stdout
    assert "Robin Hart → Kim Lund → Dan Voss" in said.stdout
    assert "3 of 3 members" in said.stderr
    first, second = (command(team, "--json", "--out", tmp_path / "run").stdout for _ in range(2))
    assert first == second
    told = json.loads(first)
    assert [member["member"] for member in told["members"]] == ["Cleo Okafor", "Kim Lund", "Robin Hart"]
    assert told["single_points_of_failure"][0]["member"] in ("Cleo Okafor", "Kim Lund")


def test_the_run_is_kept_where_the_next_finds_it(command, team, tmp_path, engine, monkeypatch):
    """Without --out it is in the data folder, under a name that tells nothing, for its owner alone."""
    shutil.copytree(tmp_path / "run", default_folder(team))
    monkeypatch.setattr("auditor.team.task.measure", lambda *_: pytest.fail("audited again"))
    assert command(team).exit_code == 0
    assert "team" not in default_folder(team).name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "there is no such folder. Put one sub-folder or ZIP for each member into it"),
        (["."], "nobody's export is in this folder. Put one sub-folder or ZIP for each member into it"),
        ([".", "--workers", "2", "--scheduler", "tcp://127.0.0.1:9"], "--workers goes without --scheduler"),
        (["contribute", ".", "--out", "me.parquet"], "auditor team key KEY makes"),
        (["contribute", ".", "--out", "me.csv", "--key-file", "key"], "ends with .parquet"),
        (["contribute", ".", "--out", "me.parquet", "--key-file", "key"], "make one with: auditor team key key"),
    ],
)
def test_a_newcomers_mistake_is_answered(command, tmp_path, monkeypatch, arguments, words):
    """One line that says what to do."""
    monkeypatch.chdir(tmp_path)
    said = command(*arguments)
    assert said.exit_code != 0
    assert words in said.stderr


def test_a_single_export_is_no_team(command, tmp_path):
    """Whoever names their own export is told what a team's folder looks like."""
    said = command(hand_in(tmp_path, "robin-hart", {"ada-marsh": 1}))
    assert said.exit_code == 1
    assert "one sub-folder or ZIP for each member" in said.stderr


def test_without_dask_it_says_what_to_install(command, team, monkeypatch):
    """The extra of the package, in the words of pip."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = command(team)
    assert said.exit_code == 1
    assert 'pip install "auditor[team]"' in said.stderr


def test_a_scheduler_that_does_not_answer_is_said(command, team, monkeypatch):
    """With the commands that start one."""
    monkeypatch.setattr("auditor.team.cluster.CONNECT_SECONDS", 0.2)
    said = command(team, "--scheduler", "tcp://127.0.0.1:9")
    assert said.exit_code == 1
    assert "no scheduler of Dask answers at tcp://127.0.0.1:9" in said.stderr


def test_from_a_key_to_an_answer(command, tmp_path):
    """A member makes a contribution, whoever joins them holds hashes, and who has the key can ask."""
    hand_in(tmp_path, "robin-hart", {"ada-marsh": 60})
    key, folder = tmp_path / "key", tmp_path / "handed"
    folder.mkdir()
    assert command("key", key).exit_code == 0
    assert key.stat().st_mode & 0o077 == 0
    assert "is there already" in command("key", key).stderr
    made = command("contribute", tmp_path / "robin-hart", "--key-file", key, "--out", folder / "r.parquet")
    assert "1 ties, all under hashes" in made.stderr
    asked = "https://www.linkedin.com/in/ada-marsh"
    said = command(folder, "--json", "--to", asked, "--key-file", key)
    assert json.loads(said.stdout)["asked"]["strongest"][0]["member"] == "r"
    assert "Ada" not in command(folder).stdout
    hand_in(folder, "kim-lund", {"ada-marsh": 1})
    assert "do not mix" in command(folder).stderr
