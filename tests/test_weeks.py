"""Four successive weekly exports of a fictional person give exactly what was planted, and the letters stay as they are."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from auditor import letter
from auditor.changes import changes
from auditor.records import Records
from auditor.sources import read
from auditor.weekly import WeeklyReport, days_of, weekly_report

SAMPLES = Path(__file__).resolve().parents[1] / "sample_exports"
SERIES = SAMPLES / "alex_weeks"
WEEKS = [folder.name for folder in sorted(SERIES.iterdir())]

Row = tuple[str, str, str]


@lru_cache
def export(week: str) -> Records:
    return read([SERIES / week])


@lru_cache
def report(week: str) -> WeeklyReport:
    """The report of a week from the export of its Sunday, beside the export of the Sunday before, if there is one."""
    sunday = days_of(week)[1]
    before = dict(zip(WEEKS[1:], WEEKS, strict=False)).get(week)
    changed = None
    if before:
        then, now = (pd.Timestamp(days_of(w)[1], tz="UTC") for w in (before, week))
        changed = changes(export(before).people, export(week).people, then, now)
    return weekly_report(export(week), week, changed=changed, as_of=sunday)


def truth(week: str) -> set[Row]:
    """What was planted for a week: list, name, and what is told."""
    with (SAMPLES / "alex_weeks.truth.csv").open(encoding="utf-8", newline="") as file:
        return {(r["what"], r["name"], r["told"]) for r in csv.DictReader(file) if r["week"] == week}


def told(found: WeeklyReport) -> set[Row]:
    """What a report says, in the words of the truth."""
    rows: set[Row] = {("quiet", "", "")} if found.quiet else set()
    rows |= {("up", m.name, m.why) for m in found.up} | {("down", m.name, m.why) for m in found.down}
    rows |= {("new", n.name, n.how) for n in found.newcomers}
    rows |= {("waiting_for_you", w.name, f"{w.asked}") for w in found.waiting_for_you}
    rows |= {("you_wait_for", w.name, f"{w.asked}") for w in found.you_wait_for}
    rows |= {("dormant", d.name, "") for d in found.dormant}
    return rows | (_changed(found) if found.changes else set())


def _changed(found: WeeklyReport) -> set[Row]:
    changed = found.changes
    assert changed
    assert changed.late.empty
    assert set(changed.new["name"]) == {n.name for n in found.newcomers}
    rows = {("vanished", name, "") for name in changed.vanished["name"]}
    rows |= {("job", job.name, job.company) for job in changed.jobs[["name", "company"]].itertuples(index=False)}
    same = changed.renamed["name"] == changed.renamed["name_before"]
    moved, renamed = changed.renamed[same], changed.renamed[~same]
    rows |= {("renamed", name, "address") for name in moved["name"]}
    return rows | {("renamed", name, "name") for name in renamed["name_before"]}


@pytest.mark.parametrize("week", WEEKS)
def test_a_week_gives_exactly_what_was_planted(week: str) -> None:
    """Movers with their reasons, births, vanished, jobs, names and addresses, open questions, the dormant: no more, no less."""
    assert told(report(week)) == truth(week)


def test_every_sort_of_change_is_planted() -> None:
    """The truth is no empty file, and one of the weeks is quiet."""
    planted = {what for week in WEEKS for what, _, _ in truth(week)}
    assert planted == {
        *("up", "down", "new", "vanished", "job", "renamed", "waiting_for_you", "you_wait_for", "dormant", "quiet")
    }
    assert [week for week in WEEKS if ("quiet", "", "") in truth(week)] == ["2026-W45"]


@pytest.mark.parametrize("week", WEEKS[:-1])
def test_the_newest_export_alone_tells_the_same_of_the_weeks_before(week: str) -> None:
    """Past weeks are rebuilt from the interactions: only what lists cannot hold (who vanished) is lost."""
    rebuilt, then = weekly_report(export(WEEKS[-1]), week), report(week)
    assert (rebuilt.up, rebuilt.down, rebuilt.newcomers) == (then.up, then.down, then.newcomers)
    assert (rebuilt.meaningful, rebuilt.in_touch) == (then.meaningful, then.in_touch)


@pytest.mark.parametrize("week", WEEKS)
def test_the_letters_are_as_they_were_approved(week: str, golden: Callable[[str, str], None]) -> None:
    """Text, page and JSON, byte for byte; `pytest --update-golden` writes them anew."""
    history = pd.DataFrame(
        {
            "week": WEEKS,
            "connections": [report(w).connections for w in WEEKS],
            "meaningful": [report(w).meaningful for w in WEEKS],
        }
    )
    golden(f"{week}.txt", letter.text(report(week)) + "\n")
    golden(f"{week}.json", letter.to_json(report(week)) + "\n")
    golden(f"{week}.html", letter.html(report(week), history))


def test_the_series_is_written_again_to_the_byte(tmp_path: Path) -> None:
    """By the command that its module shows."""
    make = [sys.executable, str(SAMPLES / "make.py"), "--weeks", "--seed", "46", "--connections", "64"]
    subprocess.run([*make, "--out", str(tmp_path / "alex_weeks")], check=True)

    def files(folder: Path) -> dict[str, bytes]:
        return {
            f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("alex_weeks*/**/*") if f.is_file()
        }

    assert files(tmp_path) == files(SAMPLES)
    assert (tmp_path / "alex_weeks.truth.csv").read_bytes() == (SAMPLES / "alex_weeks.truth.csv").read_bytes()
    assert max(sum(f.stat().st_size for f in (SERIES / week).iterdir()) for week in WEEKS) < 150_000


def test_nobody_and_nothing_real_is_in_it() -> None:
    """Profile slugs that no real profile has, and only reserved domains and LinkedIn's own."""
    text = "".join(f.read_text(encoding="utf-8") for f in SERIES.rglob("*.csv"))
    slugs = set(re.findall(r"linkedin\.com/in/([^\s\",]+)", text))
    assert [slug for slug in slugs if not re.search(r"-ex[a-z]?\d+$", slug)] == []
    hosts = set(re.findall(r"https?://([\w.-]+)", text)) | set(re.findall(r"[\w.+-]+@([\w.-]+\.\w+)", text))
    assert [host for host in hosts if not re.search(r"(^|\.)(example\.(com|org)|www\.linkedin\.com)$", host)] == []
