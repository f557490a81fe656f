"""A run over a team's folder: who is in it, who is missing and why, and that it can be taken up again."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import nullcontext
from datetime import date

import pytest
from engines import cluster
from exports import TODAY, hand_in

from auditor import audit, read
from auditor.errors import InputError, UsageError
from auditor.team import joined, report, to_json, to_text
from auditor.team import run as anew
from auditor.team.runs import RunFolder
from auditor.team.scores import measure


def told(run: RunFolder) -> str:
    union = joined(run)
    return to_json(union, report(union))


def parts(run: RunFolder) -> dict[str, bytes]:
    return {run.names[ref]: run.part(ref).read_bytes() for ref in run.refs}


def test_a_team_is_audited_side_by_side(team, audited):
    """Each member by name against 150, with what nobody else tracks, and what hangs on one person.

    By hand: Ben and Dan are known by one member alone, Ada by two, and Robin and Kim by each other. Ada and Ben hang on
    Cleo, Robin being in touch with Ada too; Dan hangs on Kim.
    """
    run = audited(team)
    union = joined(run)
    found = report(union)
    assert [row.label for row in found.members] == ["Cleo Okafor", "Kim Lund", "Robin Hart"]
    assert [(row.shared, row.only) for row in found.members] == [(1, 1), (0, 2), (1, 1)]
    assert (found.people, found.in_touch, found.known_by) == (5, 5, {1: 4, 2: 1})
    assert {a.company: (a.member, a.people, a.others) for a in found.alone} == {
        "Heron Labs": ("Kim Lund", 1, 0),
        "Plover Press": ("Cleo Okafor", 1, 1),
        "Wren Works": ("Cleo Okafor", 1, 0),
    }
    robin = json.loads(told(run))["members"][2]
    assert robin["lunches_a_week"] == pytest.approx(10 / (365 / 7), abs=0.01)
    assert json.loads(told(run))["members"][0]["lunches_a_week"] is None
    assert robin["tending_percent"] + robin["opening_percent"] == 100
    assert "3 members know 5 people" in to_text(union, found)


def test_what_a_member_scores_is_what_an_audit_says(team, audited):
    """The task adds nothing and takes nothing away."""
    alone = measure(team / "robin-hart", None, TODAY)
    assert alone.packed() == parts(audited(team))["robin-hart"]
    assert alone.facts.meaningful == audit(read([team / "robin-hart"])).meaningful.count


def test_poisoned_exports_are_missing_and_the_others_are_there(team, audited):
    """A broken ZIP, an empty folder and a stray file are named, each with what to do; nobody else is lost."""
    (team / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    (team / "nobody").mkdir()
    (team / "notes.txt").write_text("for later", encoding="utf-8")
    run = audited(team)
    assert len(run.refs) == 3
    assert [one.member for one in run.missing] == ["broken.zip", "nobody", "notes.txt"]
    assert "Get the right file" in run.missing[1].reason
    assert json.loads(told(run))["missing"][2] == {
        "member": "notes.txt",
        "reason": "this is neither a folder, a ZIP nor a contribution",
    }


def test_an_unchanged_member_is_not_audited_again(team, audited, monkeypatch):
    """The second run reads fingerprints alone; a new day, or a damaged file, is audited."""
    first = audited(team)
    before = told(first)
    seen = []
    monkeypatch.setattr("auditor.team.task.measure", lambda path, *rest: seen.append(path.name) or measure(path, *rest))
    assert told(audited(team)) == before
    assert seen == []
    first.part(first.refs[0]).write_bytes(b"damaged")
    assert told(audited(team)) == before
    assert seen == [first.names[first.refs[0]]]


def test_another_day_is_another_audit(team, audited, client, tmp_path):
    """Asked for the day of an earlier run it is that run's; for another day, everybody is audited again."""
    before = parts(audited(team))
    for folder in ("kim-lund", "cleo-okafor"):
        shutil.rmtree(team / folder)
    past = anew(team, tmp_path / "run", (date(2025, 12, 31), TODAY), lambda _: nullcontext(client))
    assert {row.facts.as_of for row in report(joined(past)).members} == {"2025-12-31"}
    assert parts(past)["robin-hart"] != before["robin-hart"]


def test_who_deletes_the_file_is_withdrawn(team, audited):
    """From the result, from the names, and from the folder of the run."""
    audited(team)
    shutil.rmtree(team / "cleo-okafor")
    run = audited(team)
    assert sorted(run.names.values()) == ["kim-lund", "robin-hart"]
    assert "Cleo" not in told(run)
    assert not any(b"ben-ito" in file.read_bytes() for file in run.path.rglob("*") if file.is_file())
    assert len(list((run.path / "ties").iterdir())) == 2


def test_an_export_that_went_bad_takes_its_old_scores_with_it(team, audited):
    """The result is that of the files as they are."""
    audited(team)
    shutil.rmtree(team / "kim-lund")
    (team / "kim-lund").mkdir()
    run = audited(team)
    assert [one.member for one in run.missing] == ["kim-lund"]
    assert len(run.refs) == 2


def test_one_person_in_two_exports_counts_once(team, audited):
    """The later export stays, and the other is missing with the reason."""
    hand_in(team / "older", "robin-hart", {"ada-marsh": 1})
    run = audited(team)
    (twin,) = run.missing
    assert twin.reason.startswith("the same person's as ")
    assert len(run.refs) == 3


def test_a_straggler_is_given_up_and_the_run_ends(team, audited, monkeypatch):
    """Who runs longer than the patience is missing; who is done is there."""
    go_on = threading.Event()
    hand_in(team, "zoe-quiet", {"ada-marsh": 1})
    monkeypatch.setattr("auditor.team.task.measure", lambda *_: go_on.wait(30))
    try:
        run = audited(team, patience=1.5)
    finally:
        go_on.set()
    assert [one.member for one in run.missing] == ["zoe-quiet"]
    assert "ran for 1.5 seconds" in run.missing[0].reason
    assert len(run.refs) == 3


def test_a_fault_of_ours_is_told_without_anybodys_words(team, audited, monkeypatch, caplog):
    """The kind of the error and its line; neither a log nor the report has what the error said."""

    def fails(*_: object) -> None:
        raise ValueError("cannot read what Ada Marsh wrote")

    monkeypatch.setattr("auditor.team.task.measure", fails)
    run = audited(team, "fresh")
    assert {one.member for one in run.missing} == {"cleo-okafor", "kim-lund", "robin-hart"}
    assert all("UnforeseenError: ValueError at task.py:" in one.reason for one in run.missing)
    assert "Ada" not in caplog.text + run.missing[0].reason


def test_dask_sees_numbers_and_no_names(team, audited, client):
    """No key, label, event or log of the scheduler has a name of the team's folder in it."""
    audited(team)
    scheduler = client.cluster.scheduler
    seen = f"{scheduler.transition_log} {scheduler.get_events()} {client.get_scheduler_logs()} {list(scheduler.task_prefixes)}"
    assert "team-" in seen
    assert not any(name in seen for name in ("robin", "kim-lund", "cleo", str(team)))


def test_the_result_does_not_hang_on_the_order(team, audited, tmp_path):
    """Another cluster of one worker, members taken up the other way round: the same bytes."""
    from distributed import Client

    with cluster(1) as one, Client(one) as c:
        reverse = anew(team, tmp_path / "other", (None, TODAY), lambda _: nullcontext(_Reversed(c)))
    assert told(reverse) == told(audited(team))
    assert parts(reverse) == parts(audited(team))


class _Reversed:
    """A client that hands jobs in from the last to the first."""

    def __init__(self, client):
        self._client = client

    def __getattr__(self, name):
        return getattr(self._client, name)

    def map(self, work, jobs, key, **how):
        return self._client.map(work, jobs[::-1], key=key[::-1], **how)[::-1]


def test_a_folder_of_other_things_is_not_written_to(team, audited, tmp_path):
    """Only an empty folder, or that of an earlier run, can be a run's."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("…", encoding="utf-8")
    with pytest.raises(UsageError, match="holds other things"):
        audited(team, "mine")
    with pytest.raises(InputError, match="no folder of a run"):
        RunFolder.opened(tmp_path / "mine")


def test_a_run_inside_the_teams_folder_is_no_member(team, audited, tmp_path):
    """The next run does not take the scores for an export."""
    (tmp_path / "run").rename(team / "run")
    run = audited(team, "team/run")
    assert sorted(run.names.values()) == ["cleo-okafor", "kim-lund", "robin-hart"]
    assert RunFolder.opened(run.path) == run
