"""The search for weights: what it finds, what it leaves alone, and how it is printed."""

from __future__ import annotations

import json

import pytest
from logs import eight

from auditor.calibration import model
from auditor.validation import curves, fit, fit_table
from auditor.validation.fit import UNANSWERED, WEIGHTS, Setting, Weights

FEW = (WEIGHTS[0], WEIGHTS[3], UNANSWERED)


@pytest.fixture(scope="module")
def found() -> Weights:
    """The search on the fabricated eight, over three of the numbers from two starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fit, "WEIGHTS", FEW)
        patch.setattr(fit, "RANDOM_STARTS", 0)
        return fit.measure(eight())


def test_a_search_ends_at_the_best_of_the_grid() -> None:
    """The gain falls with the distance from the third value of every number, from wherever the search begins."""
    goal = tuple(weight.grid[2] for weight in WEIGHTS)

    def gain(setting: Setting) -> float:
        return -sum(
            abs(weight.grid.index(is_) - weight.grid.index(be))
            for weight, is_, be in zip(WEIGHTS, setting, goal, strict=True)
        )

    assert len(fit.starts()) == 6
    for start in fit.starts().values():
        assert fit.search(gain, start) == goal


def test_a_gain_of_less_than_a_ten_thousandth_moves_nothing() -> None:
    start = fit.starts()["middle"]
    assert fit.search(lambda setting: 0.00009 * (setting != start), start) == start


def test_every_start_lies_on_the_grid() -> None:
    for start in fit.starts().values():
        assert all(value in weight.grid for weight, value in zip(WEIGHTS, start, strict=True))


def test_the_shipped_weights_give_the_model_as_it_is() -> None:
    assert fit.numbers(fit.shipped()) == model()


def test_the_last_weight_is_a_factor_on_what_counts_without_answers() -> None:
    doubled = fit.numbers((*fit.shipped()[:-1], 2))
    for rung, was in zip(doubled["grains"], model()["grains"], strict=True):
        assert (rung["free"], rung["per_answer"]) == (2 * was["free"], 2 * was["per_answer"])
        assert rung["unit_seconds"] == was["unit_seconds"]


def test_what_was_chosen_on_a_log_is_marked_there(found: Weights) -> None:
    """Of reports to, too, which are of the same log; nothing is in-set for the base form, and everything for the shipped."""
    marks = {(one.chosen_on, one.data) for one in found.judged if one.in_set}
    assert marks == {("team", "team"), ("both", "team"), ("shipped", "team")}
    assert {one.chosen_on for one in found.judged} == {"nothing (base form)", "team", "both", "shipped"}


def test_no_start_ends_worse_than_it_began(found: Weights) -> None:
    base = next(one for one in found.chosen if one.on == fit.NOTHING)
    ends = [one for one in found.chosen if one.on == "team"]
    assert {one.start for one in ends} == {"base form", "middle"}
    assert max(one.gains[0] for one in ends) >= base.gains[0]


def test_neighbours_are_the_shipped_weights_with_one_changed(found: Weights) -> None:
    for weight in FEW:
        around = [one for one in found.neighbours if one.weight == weight.name]
        assert [one.value for one in around if one.shipped] == [model().get(weight.name, 1)]
        assert {one.value for one in around} >= set(weight.grid)


def test_the_fit_is_printed_as_text_and_json(found: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the warning that what is fitted on a set proves nothing about it."""
    monkeypatch.setattr(fit, "WEIGHTS", FEW)
    of_curves = curves.measure(eight())
    text = fit_table.text(found, of_curves)
    assert "what is fitted on a set proves nothing about it" in " ".join(text.split())
    assert "-0.000" not in text
    for title in (
        "The grid",
        "Where the search ends",
        "In-set and transfer",
        "Around the shipped",
        "The curve of",
        "How much",
    ):
        assert title in text
    plain = json.loads(fit_table.as_json(found, of_curves))
    assert plain["weights"]["chosen"][0]["setting"].keys() == {weight.name for weight in FEW}
    assert len(plain["curves"]["lines"]) == 10
