"""The report as text, JSON and Markdown, made from fabricated data."""

from __future__ import annotations

import json

import pytest
from logs import eight

from auditor.validation import report, table
from auditor.validation.report import DEPTH, Report
from auditor.validation.rivals import BASE_FORM, FINE_RFM, RIVALS


@pytest.fixture(scope="module")
def made() -> Report:
    return report.measure(eight())


def test_every_score_stands_in_every_task_with_depth_last(made: Report) -> None:
    names = [*(rival.name for rival in RIVALS), DEPTH]
    assert len(made.tasks) == 5
    for task in made.tasks:
        assert [row.score for row in task.rows] == names
    assert [name for name, _, _ in made.means] == names


def test_a_score_differs_from_itself_by_nothing(made: Report) -> None:
    for task in made.tasks:
        itself = (task.row(FINE_RFM).versus_fine_rfm, task.row(BASE_FORM).versus_base_form)
        assert all((gain.mean, gain.low, gain.high) == (0, 0, 0) for gain in itself)


def test_differences_are_those_of_the_means(made: Report) -> None:
    for task in made.tasks:
        for row in task.rows:
            assert row.versus_base_form.mean == pytest.approx(row.ap.mean - task.row(BASE_FORM).ap.mean)
            assert row.versus_fine_rfm.low <= row.versus_fine_rfm.mean <= row.versus_fine_rfm.high


def test_the_same_data_gives_the_same_report(made: Report) -> None:
    assert report.measure(eight()) == made


def test_json_holds_the_whole_report(made: Report) -> None:
    plain = json.loads(table.as_json(made))
    row = plain["tasks"][1]["rows"][-1]
    assert row["score"] == DEPTH
    assert row["ap"]["mean"] == made.tasks[1].row(DEPTH).ap.mean
    assert set(plain["static"][0]["auc"]) == {"out only", "in only", "sum", "min", "harmonic", "geometric", "power"}
    assert plain["honesty"][0]["coverage"]["mean"] == made.honesty[0].coverage.mean
    assert plain["means"][0].keys() == {"score", "auc", "ap"}


def test_splits_stand_in_every_form_of_the_report(made: Report) -> None:
    """Two logs, two tasks, the base form and depth; by share in JSON."""
    assert [(row.task, row.score) for row in made.splits[:4]] == [
        ("any contact later", "base form"),
        ("any contact later", "depth"),
        ("two-way contact later", "base form"),
        ("two-way contact later", "depth"),
    ]
    assert len(made.splits) == 8
    plain = json.loads(table.as_json(made))["splits"][1]
    assert list(plain["gains"]) == ["30%", "40%", "50%", "60%", "70%"]
    assert "The gain at other splits" in table.text(made)


def test_text_prints_each_score_with_its_interval_and_the_coverage(made: Report) -> None:
    text = table.text(made)
    best = made.tasks[0].row(DEPTH)
    assert f"{best.auc.mean:.3f} [{best.auc.low:.3f}, {best.auc.high:.3f}]" in text
    assert "90 % interval holds" in text
    assert f"{made.honesty[0].coverage.mean:.3f} [" in text
    assert f"held the number of ties that lasted for {100 * made.honesty[0].coverage.mean:.0f} % [" in " ".join(
        text.split()
    )
    assert "-0.000" not in text


def test_markdown_is_the_short_of_it_between_its_markers(made: Report) -> None:
    """AP of each score on each task with the means, then the gain of depth and the base form, then the coverage."""
    section = table.markdown(made)
    lines = section.splitlines()
    assert (lines[0], lines[-1]) == ("<!-- validation -->", "<!-- /validation -->")
    for block in section.split("\n\n"):
        cells = {line.count("|") for line in block.splitlines() if line.startswith("|")}
        assert len(cells) <= 1
    means = {name: (auc, ap) for name, auc, ap in made.means}
    ap = " | ".join(f"{task.row('count').ap.mean:.3f}" for task in made.tasks)
    assert f"| count | {ap} | {means['count'][1]:.3f} | {means['count'][0]:.3f} |" in lines
    assert sum(line.startswith("| **depth** |") for line in lines) == 1
    assert "`auditor validate`" in section
    assert section.count("the 90 % interval of the count held") == len(made.honesty)
