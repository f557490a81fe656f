"""The report as text, JSON and Markdown, made from fabricated data."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from logs import log

from auditor.validation import report, table
from auditor.validation.loaders import Labelled, Matrix
from auditor.validation.report import DEPTH, Report
from auditor.validation.rivals import BASE_FORM, FINE_RFM, RIVALS


@pytest.fixture(scope="module")
def made() -> Report:
    return report.measure(fabricated())


def fabricated() -> Labelled:
    """Eight people who write to each other, the closer their numbers the more often and the longer."""
    rng = np.random.default_rng(3)
    rows = [
        f"p{a},p{b},2010-0{month}-{day:02}T08:00"
        for month in range(1, 9)
        for day in range(1, 28, 3)
        for a in range(8)
        for b in range(8)
        if a != b and rng.random() < 0.4 / (a - b) ** 2
    ]
    both = log("\n".join(["sender,recipient,at", *rows]), "2010-05-01")
    weight = rng.random((8, 8))
    matrix = Matrix("eight", weight, weight > 0.5, ~np.eye(8, dtype=bool))
    reports = pd.DataFrame({"ego": ["p0", "p2", "p4", "p6"], "person": ["p1", "p3", "p5", "p7"]})
    return Labelled(both, both, reports, (matrix,))


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
    assert report.measure(fabricated()) == made


def test_json_holds_the_whole_report(made: Report) -> None:
    plain = json.loads(table.as_json(made))
    row = plain["tasks"][1]["rows"][-1]
    assert row["score"] == DEPTH
    assert row["ap"]["mean"] == made.tasks[1].row(DEPTH).ap.mean
    assert set(plain["static"][0]["auc"]) == {"out only", "in only", "sum", "min", "harmonic", "geometric", "power"}
    assert plain["honesty"][0]["coverage"]["mean"] == made.honesty[0].coverage.mean
    assert plain["means"][0].keys() == {"score", "auc", "ap"}


def test_text_prints_each_score_with_its_interval_and_the_coverage(made: Report) -> None:
    text = table.text(made)
    best = made.tasks[0].row(DEPTH)
    assert f"{best.auc.mean:.3f} [{best.auc.low:.3f}, {best.auc.high:.3f}]" in text
    assert "90 % interval holds" in text
    assert f"{made.honesty[0].coverage.mean:.3f} [" in text
    assert "-0.000" not in text


def test_markdown_stands_between_its_markers_and_every_row_has_the_cells_of_its_header(made: Report) -> None:
    lines = table.markdown(made).splitlines()
    assert (lines[0], lines[-1]) == ("<!-- validation -->", "<!-- /validation -->")
    blocks = "\n".join(lines).split("\n\n")
    for block in blocks:
        cells = {line.count("|") for line in block.splitlines() if line.startswith("|")}
        assert len(cells) <= 1
