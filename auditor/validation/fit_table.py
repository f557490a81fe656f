"""The fit in words and numbers, so that a reader can judge it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from textwrap import fill
from typing import Any

from auditor.calibration import model
from auditor.validation import fit
from auditor.validation.curves import GOAL, Curves, Transfer
from auditor.validation.fit import NOTHING, SHIPPED, Setting, Weights, shipped, starts
from auditor.validation.grid import Grid, aligned, percent, signed, signed_interval

_WIDTH = 120

_TRANSFER = fill(
    "* chosen on this very log: what is fitted on a set proves nothing about it. The other cells are transfer, and not "
    "wholly blind either, since the terms of the form were chosen seeing both logs. The shipped weights are the best "
    "on manufacturing of a wider random search, kept after a look at college: no cell of theirs is transfer. Judge "
    "them by how wide the plateau around them is, and by what weights chosen on one log alone do on the other.",
    _WIDTH,
)


def text(weights: Weights, curves: Curves) -> str:
    """The fit for a terminal."""
    return "\n\n".join(aligned(grid) for grid in (*_of_weights(weights), *_of_curves(curves)))


def as_json(weights: Weights, curves: Curves) -> str:
    """The fit as JSON, weights by name."""
    plain = asdict(weights)
    for choice in plain["chosen"]:
        choice["setting"] = dict(zip(_names(), choice["setting"], strict=True))
    both: dict[str, Any] = {"weights": plain, "curves": asdict(curves)}
    return json.dumps(both, ensure_ascii=False, indent=2)


def _of_weights(found: Weights) -> Iterator[Grid]:
    logs = tuple(f"gain {log}" for log in found.logs)
    base, here = starts()["base form"], shipped()
    yield Grid(
        "The grid",
        "One number after the other is set to the best of its values, until none gets better.",
        ("number", "values", "like the base form", SHIPPED),
        [
            (weight.name, " ".join(f"{value:g}" for value in weight.grid), f"{base[i]:g}", f"{here[i]:g}")
            for i, weight in enumerate(fit.WEIGHTS)
        ],
    )
    tried = " and ".join(f"{number} on {log}" for number, log in zip(found.tried, found.logs, strict=True))
    yield Grid(
        "Where the search ends",
        f"Gain: AP − fine RFM, the mean of any and two-way contact later at five splits. Tried: {tried}.",
        ("chosen on", "starting from", *_names(), *logs),
        [(end.on, end.start, *_values(end.setting), *(signed(gain) for gain in end.gains)) for end in found.chosen],
    )
    yield _of_transfer(found)
    yield _of_neighbours(found, logs)


def _of_transfer(found: Weights) -> Grid:
    cells: dict[str, dict[str, str]] = {}
    for one in found.judged:
        column = f"{one.data}: {one.task}"
        cells.setdefault(one.chosen_on, {})[column] = signed_interval(one.gain) + ("*" if one.in_set else "")
    columns = list(cells[NOTHING])
    return Grid(
        "In-set and transfer side by side",
        "AP − fine RFM on the tasks of the accuracy table, with the best weights of each choice.",
        ("weights chosen on", *columns),
        [(on, *row.values()) for on, row in cells.items()],
        _TRANSFER,
    )


def _of_neighbours(found: Weights, logs: tuple[str, ...]) -> Grid:
    return Grid(
        "Around the shipped weights",
        "The gain with one number changed. Where it hardly moves, the number is on a plateau and hardly fitted at all.",
        ("number", "value", *logs, "mean"),
        [
            (
                one.weight,
                f"{one.value:g}" + (" shipped" if one.shipped else ""),
                *(signed(gain) for gain in one.gains),
                signed(sum(one.gains) / len(one.gains)),
            )
            for one in found.neighbours
        ],
    )


def _of_curves(found: Curves) -> Iterator[Grid]:
    m = model()["chance"]
    slope, middle, half = found.slope, sum(found.heights) / 2, abs(found.heights[0] - found.heights[1]) / 2
    yield Grid(
        "The curve of chances",
        "Logistic regression of two-way contact later on the raw score, over ties in both directions.",
        ("set", "split", "ties", "lasted", "slope", "intercept"),
        [
            (
                one.data,
                percent(one.share),
                f"{one.ties:,}",
                percent(one.lasted),
                f"{one.slope:.2f}",
                f"{one.intercept:+.2f}",
            )
            for one in found.lines
        ],
        fill(
            f"The mean slope is {slope:.2f}; midway between the heights of the two sets lies {middle:+.2f}, "
            f"{half:.2f} from either. Shipped: slope {m['slope']:g} ± {m['slope_sd']:g}, intercept {m['intercept']:+g} "
            f"± {m['intercept_sd']:g}. Two sets cannot say how far away a third one lies.",
            _WIDTH,
        ),
    )
    yield _of_drift(found)


def _of_drift(found: Curves) -> Grid:
    rows = [
        (
            f"own past, drift {one.drift:g}" + (" shipped" if one.drift == found.shipped_drift else ""),
            *_shares(one.mean, one.worst),
        )
        for one in found.own_past
    ]
    rows += [("no past, shipped curve", *_shares(found.no_past.mean, found.no_past.worst))]
    columns = [f"{log}, {what}" for log in found.logs for what in ("mean", "worst split")]
    note = f"Egos whose count lies in its 90 % interval; the least drift with {percent(GOAL)} at every split is chosen."
    return Grid(
        "How much one time differs from the next",
        note,
        ("curve", *columns),
        rows,
        "\n".join(map(_of_choice, found.transfers)),
    )


def _of_choice(one: Transfer) -> str:
    if one.drift is None or one.mean is None or one.worst is None:
        return f"Chosen on {one.chosen_on}: none is enough."
    held = f"On {one.judged_on} it holds {one.mean:.3f}, {one.worst:.3f} at worst."
    return f"Chosen on {one.chosen_on}: {one.drift:g}. {held}"


def _shares(mean: tuple[float, ...], worst: tuple[float, ...]) -> list[str]:
    return [f"{share:.3f}" for pair in zip(mean, worst, strict=True) for share in pair]


def _names() -> list[str]:
    return [weight.name for weight in fit.WEIGHTS]


def _values(setting: Setting) -> list[str]:
    return [f"{value:g}" for value in setting]
