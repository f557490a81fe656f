"""All habits together: how they are measured, their JSON, and the export in which each is planted."""

from __future__ import annotations

import csv
import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from fabricate import records

from auditor.audit import Audit, audit
from auditor.habits import MEASURES, Habit, Log, habits, how_long, plain, referrals, weak
from auditor.habits.worth import bridges, dormant, moderately_weak
from auditor.sources import read
from sample_exports.habits import write_habits

SAMPLE = Path(__file__).resolve().parents[2] / "sample_exports" / "alex_habits"


@pytest.fixture(scope="module", name="log")
def fixture_log() -> Log:
    """The planted export."""
    found = read([SAMPLE])
    return Log.of(found, audit(found))


@pytest.fixture(scope="module", name="truth")
def fixture_truth() -> list[dict[str, str]]:
    """What was planted."""
    with SAMPLE.with_name("alex_habits.truth.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of(log: Log, key: str) -> Habit:
    return next(habit for habit in habits(log) if habit.key == key)


def planted(truth: list[dict[str, str]], what: str) -> list[dict[str, str]]:
    return [row for row in truth if row["what"] == what]


def test_how_a_figure_is_measured_is_what_its_function_says(log: Log) -> None:
    """The line on the page is the docstring, so that it cannot tell of another figure."""

    def said(measure: Any) -> str:
        return " ".join(inspect.getdoc(measure).split())

    assert [habit.how for habit in habits(log)] == [said(measure) for measure in MEASURES]
    assert all(len(habit.how) > 60 for habit in habits(log))
    assert how_long(log).how == said(how_long)
    assert referrals(log).how == said(referrals)
    assert [reason.how for reason in weak(log)] == [said(f) for f in (bridges, moderately_weak, dormant)]


def test_a_figure_or_the_reason_why_there_is_none(log: Log) -> None:
    """With the planted export, and with no exchange at all."""
    empty = records("", "person,name,connected_on\nana,Ana Reyes,2026-01-01")
    for made in (log, Log.of(empty, audit(empty, as_of="2026-06-07"))):
        for habit in habits(made):
            assert (habit.figure is None) == (habit.withheld is not None), habit.key
            assert habit.withheld or habit.sentence, habit.key
    assert [h.key for h in habits(log) if h.withheld] == []


def test_the_owner_sets_the_targets(log: Log) -> None:
    """Two lunches a week stand there from the beginning; the rest are the owner's."""
    assert {h.key: h.target for h in habits(log) if h.target} == {"new-company": 2}
    mine = habits(log, {"new-company": 1, "questions": 50})
    assert {h.key: h.target for h in mine if h.target} == {"new-company": 1, "questions": 50}


def test_nothing_later_counts() -> None:
    """As of a day before the lunches there were none."""
    found = read([SAMPLE])
    before = Log.of(found, audit(found, as_of="2025-11-30"))
    assert of(before, "new-company").evidence.empty
    assert referrals(before).people["On"].astype(str).tolist() == ["2024-05-06"]


def test_the_json_is_plain(log: Log) -> None:
    """It survives being written strictly, and has every part."""
    told = plain(log, habits(log))
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert list(told) == ["figures", "how_long", "introductions", "worth_of_the_weak"]
    assert told["introductions"]["chains"][0].endswith("met in June 2022")


def test_the_planted_export_is_written_again_to_the_byte(tmp_path: Path) -> None:
    """Same seed, same bytes, and small."""
    again = write_habits(tmp_path / "alex_habits")
    files = {f.name: f.read_bytes() for f in SAMPLE.iterdir()}
    assert {f.name: f.read_bytes() for f in again.iterdir()} == files
    assert (
        again.with_name("alex_habits.truth.csv").read_bytes() == SAMPLE.with_name("alex_habits.truth.csv").read_bytes()
    )
    assert sum(map(len, files.values())) < 300_000


def test_the_spree_is_found_and_no_other(log: Log, truth: list[dict[str, str]]) -> None:
    """Sixty people of March 2021, three of them deep today."""
    spree = planted(truth, "spree")
    deep = sum(row["detail"] == "meaningful" for row in spree)
    found = of(log, "collecting")
    assert found.sentence == "Of the 60 people you added in March 2021, 3 are deep today."
    assert found.evidence.iloc[0, :3].tolist() == ["March 2021", len(spree), deep]
    assert len(found.evidence) == 2


def test_the_lunches_are_found_and_no_other(log: Log, truth: list[dict[str, str]]) -> None:
    """Twelve with people met within the year; those with an old friend do not count."""
    found = of(log, "new-company").evidence
    lunches = planted(truth, "lunch")
    assert {(n, f"{d:%Y-%m-%d}") for n, d in zip(found["Name"], found["On"], strict=True)} == {
        (row["who"], row["on"]) for row in lunches
    }
    assert len(found) == len(lunches) == 12


def test_the_question_that_waits_is_found_and_no_other(log: Log, truth: list[dict[str, str]]) -> None:
    """A year old; a stranger's is not among them."""
    found = of(log, "unanswered").evidence
    assert [(r["Name"], f"{r['Asked on']:%Y-%m-%d}") for r in found.to_dict("records")] == [
        (row["who"], row["on"]) for row in planted(truth, "question")
    ]


def test_the_introductions_are_found_and_no_other(log: Log, truth: list[dict[str, str]]) -> None:
    """Who came through whom and when; three who plan a trip introduce nobody."""
    found = referrals(log).people
    rows = zip(found["Name"], found["Through"], found["On"], found["Answered on"].isna(), strict=True)
    assert {(n, t, f"{on:%Y-%m-%d}", never) for n, t, on, never in rows} == {
        (row["who"], row["through"], row["on"], row["detail"] == "never followed up")
        for row in planted(truth, "introduction")
    }


def test_the_client_came_through_two(log: Log, truth: list[dict[str, str]]) -> None:
    """The chain of three, from the conference on."""
    client = next(row for row in planted(truth, "introduction") if row["on"] == "2026-06-10")
    friend = next(row for row in planted(truth, "introduction") if row["who"] == client["through"])
    told = f"{client['who']} came through {friend['who']}, who came through {friend['through']}, met in June 2022"
    assert referrals(log).chains[0] == told


def test_sponsored_mail_is_nobodys(log: Log, truth: list[dict[str, str]]) -> None:
    """It is set aside when it is read, and stands in the receipt."""
    aside = log.audit.coverage[log.audit.coverage["what"].str.startswith("sponsored")]
    assert str(aside["rows"].sum()) == planted(truth, "sponsored")[0]["detail"]
    assert isinstance(log.audit, Audit)
