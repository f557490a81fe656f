"""Where the weights of depth come from, and how much of the gain is theirs: a search anybody can run again.

One weight after the other is set to the best value of a coarse grid, until none gets better by more than a
ten-thousandth; so from the base form, from the middle of the grid and from four places drawn at random. What is
maximised is the mean gain in AP over fine RFM, over five splits and both tasks of foresight, on one log or on both. The
best weights so found are then judged on every task, beside the shipped ones.
`half_life`, the minutes and the channels cannot be fitted here: these logs are short and hold nothing but messages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from auditor.calibration import model
from auditor.validation import protocol, splits
from auditor.validation.loaders import Labelled
from auditor.validation.protocol import Estimate
from auditor.validation.rivals import fine_rfm
from auditor.validation.splits import Prepared, Trial
from auditor.validation.tasks import Task, tasks

BOTH, SHIPPED, NOTHING = "both", "shipped", "nothing (base form)"
LEAST_GAIN = 1e-4
RANDOM_STARTS, SEED = 4, 150


@dataclass(frozen=True, slots=True)
class Weight:
    """A number of the model: its name there, the values that are tried, and the value that is like the base form."""

    name: str
    grid: tuple[float, ...]
    base: float


UNANSWERED = Weight("free, per_answer ×", (0.5, 1, 2, 4, 1000), 1000)
"""How much counts without answers: one factor on both numbers of every rung; at 1000 everything counts."""

WEIGHTS = (
    Weight("one_sided", (0, 0.2, 0.4, 0.6, 0.8, 1), 0),
    Weight("reciprocity_floor", (0.02, 0.05, 0.1, 0.2), 0.05),
    Weight("spread", (0.5, 1, 1.5, 2, 2.5), 1),
    Weight("warmth", (0, 0.25, 0.5, 0.75, 1), 0),
    Weight("warmth_floor", (0.1, 0.2, 0.4, 0.8), 0.4),
    Weight("warmth_share_of_history", (0.025, 0.05, 0.1, 0.2), 0.1),
    Weight("silence", (1, 2, 3, 4, 5), 2),
    UNANSWERED,
)
"""What is searched, in this order."""

Setting = tuple[float, ...]
"""One value for each of `WEIGHTS`."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Weights chosen on a log, on both or on nothing, from where the search began, and their gain on each log."""

    on: str
    start: str
    setting: Setting
    gains: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What weights chosen somewhere gain on a task (AP over fine RFM), and whether they were chosen on its log."""

    chosen_on: str
    data: str
    task: str
    gain: Estimate
    in_set: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The shipped weights with one changed: the gain on each log."""

    weight: str
    value: float
    shipped: bool
    gains: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was chosen where, what the best of it is worth on each task, and what is around the shipped weights.

    `logs` names the logs that gains refer to; `tried` is how many weights were tried on each.
    """

    logs: tuple[str, ...]
    chosen: tuple[Chosen, ...]
    judged: tuple[Judged, ...]
    neighbours: tuple[Neighbour, ...]
    tried: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A log that weights are tried on; what was tried once is remembered."""

    trials: Sequence[Trial]
    known: dict[Setting, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The log's name."""
        return self.trials[0].task.data

    def gain(self, setting: Setting) -> float:
        """The mean gain in AP over fine RFM, over the trials."""
        if setting not in self.known:
            with_them = numbers(setting)
            raw = {id(trial.prepared): trial.prepared.raw(with_them) for trial in self.trials[::2]}
            self.known[setting] = float(np.mean([t.gain(raw[id(t.prepared)]).mean() for t in self.trials]))
        return self.known[setting]


def numbers(setting: Setting) -> Mapping[str, Any]:
    """The model with these weights."""
    said = {weight.name: value for weight, value in zip(WEIGHTS, setting, strict=True)}
    factor = said.pop(UNANSWERED.name)
    answers = ("free", "per_answer")
    grains = [rung | {name: rung[name] * factor for name in answers} for rung in model()["grains"]]
    return model() | said | {"grains": grains}


def shipped() -> Setting:
    """The weights of the model."""
    return tuple(1 if weight is UNANSWERED else model()[weight.name] for weight in WEIGHTS)


def starts() -> dict[str, Setting]:
    """Where the search begins, by name."""
    draw = np.random.default_rng(SEED)
    found = {
        "base form": tuple(weight.base for weight in WEIGHTS),
        "middle": tuple(weight.grid[len(weight.grid) // 2] for weight in WEIGHTS),
    }
    for number in range(RANDOM_STARTS):
        found[f"random {number + 1}"] = tuple(float(draw.choice(weight.grid)) for weight in WEIGHTS)
    return found


def measure(data: Labelled) -> Weights:
    """The search on each log and on both, and what comes of it."""
    grounds = [Ground(splits.trials(log)) for log in (data.manufacturing, data.college)]
    found = {ground.name: _ends(ground.name, [ground], grounds) for ground in grounds}
    found[BOTH] = _ends(BOTH, grounds, grounds)
    tried = tuple(len(ground.known) for ground in grounds)
    fixed = [_chosen(NOTHING, "", starts()["base form"], grounds), _chosen(SHIPPED, "", shipped(), grounds)]
    best = [max(ends, key=lambda end: _worth(end, on, grounds)) for on, ends in found.items()]
    return Weights(
        tuple(ground.name for ground in grounds),
        (*(end for ends in found.values() for end in ends), *fixed),
        tuple(_judge(tasks(data), [fixed[0], *best, fixed[1]])),
        tuple(neighbours(grounds)),
        tried,
    )


def search(gain: Callable[[Setting], float], start: Setting) -> Setting:
    """The weights that a coordinate search from `start` ends at."""
    best = start
    while True:
        before = best
        for place, weight in enumerate(WEIGHTS):
            candidate = max((_changed(best, place, value) for value in weight.grid), key=gain)
            if gain(candidate) > gain(best) + LEAST_GAIN:
                best = candidate
        if best == before:
            return best


def neighbours(grounds: Sequence[Ground]) -> list[Neighbour]:
    """The shipped weights with one of them at each value of its grid."""
    here = shipped()
    return [
        Neighbour(
            weight.name, value, value == here[place], tuple(g.gain(_changed(here, place, value)) for g in grounds)
        )
        for place, weight in enumerate(WEIGHTS)
        for value in sorted({*weight.grid, here[place]})
    ]


def _ends(on: str, where: Sequence[Ground], grounds: Sequence[Ground]) -> list[Chosen]:
    def gain(setting: Setting) -> float:
        return float(np.mean([ground.gain(setting) for ground in where]))

    return [_chosen(on, name, search(gain, start), grounds) for name, start in starts().items()]


def _chosen(on: str, start: str, setting: Setting, grounds: Sequence[Ground]) -> Chosen:
    return Chosen(on, start, setting, tuple(ground.gain(setting) for ground in grounds))


def _worth(end: Chosen, on: str, grounds: Sequence[Ground]) -> float:
    """The gain that a search on `on` maximised."""
    return float(np.mean([gain for gain, ground in zip(end.gains, grounds, strict=True) if on in (BOTH, ground.name)]))


def _judge(asked: Sequence[Task], chosen: Sequence[Chosen]) -> list[Judged]:
    """Every choice on every task of the accuracy table."""
    judged = []
    prepared = {id(task.window): Prepared.of(task.window) for task in asked}
    for task in asked:
        question = protocol.of_task(task)
        fine, draws = protocol.rank(question, fine_rfm(task.window)).ap, protocol.resamples(question.egos)
        for choice in chosen:
            raw = prepared[id(task.window)].raw(numbers(choice.setting))
            gain = protocol.estimate(protocol.rank(question, raw).ap - fine, draws)
            in_set = choice.on in (BOTH, SHIPPED, task.data)
            judged.append(Judged(choice.on, task.data, task.name, gain, in_set))
    return judged


def _changed(setting: Setting, place: int, value: float) -> Setting:
    return (*setting[:place], value, *setting[place + 1 :])
