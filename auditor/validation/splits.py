"""How the gain holds when a log is split elsewhere: one split of one log can be luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditor import depth, signals
from auditor.depth import Grain
from auditor.signals import Contacts
from auditor.validation import protocol
from auditor.validation.loaders import Floats, Log
from auditor.validation.protocol import Estimate, Question
from auditor.validation.rivals import BASE_FORM, base_form, fine_rfm
from auditor.validation.tasks import Task, Window, persistence

SHARES = (0.3, 0.4, 0.5, 0.6, 0.7)
DEPTH = "depth"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A window whose contacts are made, to be scored by depth again and again, without intervals."""

    window: Window
    contacts: Contacts

    @classmethod
    def of(cls, w: Window) -> Prepared:
        """The contacts of the window, a tie being its position in `w.ties`."""
        person = pd.Categorical.from_codes(w.tie, categories=pd.RangeIndex(len(w.ties)))
        exchanges = w.events.assign(person=person, stock=None)
        return cls(w, signals.contacts(exchanges, Grain.of(w.since, w.as_of).unit_seconds))

    def raw(self, numbers: Mapping[str, Any] | None = None) -> Floats:
        """Depth's raw score of each tie (n,), with other numbers than those of the model, if said."""
        w, raw = self.window, np.full(len(self.window.ties), -np.inf)
        grain = Grain.of(w.since, w.as_of, numbers)
        raw[self.contacts.ties.to_numpy(dtype=np.int64)] = depth.raw_scores(self.contacts, grain, w.as_of)
        return raw


@dataclass(frozen=True, slots=True)
class Trial:
    """A task at one split: what is asked, and the AP per ego that fine RFM reaches there."""

    task: Task
    share: float
    prepared: Prepared
    asked: Question
    fine: Floats

    def gain(self, score: Floats) -> Floats:
        """The AP of a score (n,) over that of fine RFM, one value an ego."""
        return protocol.rank(self.asked, score).ap - self.fine

    @property
    def egos(self) -> list[str]:
        """The names of the egos, in the order of the gains."""
        first = np.flatnonzero(np.r_[True, np.diff(self.asked.ego) > 0])
        return list(self.task.window.ties["ego"].iloc[self.asked.rows[first]])


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One score on one task of one log: its mean gain in AP over fine RFM at each of `SHARES`, and the mean of those.

    The interval of the mean comes of drawing egos, each with all splits at which it is asked.
    """

    data: str
    task: str
    score: str
    gains: tuple[float, ...]
    mean: Estimate


def trials(log: Log) -> tuple[Trial, ...]:
    """The two tasks of foresight at every split, two trials a split."""
    found = []
    for share in SHARES:
        tasks = persistence(log.split_at(share))
        prepared, fine = Prepared.of(tasks[0].window), fine_rfm(tasks[0].window)
        for task in tasks:
            asked = protocol.of_task(task)
            found.append(Trial(task, share, prepared, asked, protocol.rank(asked, fine).ap))
    return tuple(found)


def rows(tried: Sequence[Trial]) -> tuple[SplitRow, ...]:
    """The base form and depth on each task of a log."""
    names = dict.fromkeys(trial.task.name for trial in tried)
    return tuple(
        _row(score, [trial for trial in tried if trial.task.name == name])
        for name in names
        for score in (BASE_FORM, DEPTH)
    )


def _row(score: str, tried: Sequence[Trial]) -> SplitRow:
    def score_of(trial: Trial) -> Floats:
        return trial.prepared.raw() if score == DEPTH else base_form(trial.task.window)

    gains = pd.concat([pd.Series(trial.gain(score_of(trial)), index=trial.egos) for trial in tried], axis=1).to_numpy()
    asked, gained = ~np.isnan(gains), np.nan_to_num(gains)
    draws = protocol.resamples(len(gains))
    times = asked[draws].sum(axis=1)  # a draw of few egos may have none who is asked at some split
    drawn = np.divide(gained[draws].sum(axis=1), times, out=np.zeros(times.shape), where=times > 0)
    low, high = np.percentile(drawn.sum(axis=1) / (times > 0).sum(axis=1), protocol.PERCENTILES)
    at_splits = gained.sum(axis=0) / asked.sum(axis=0)
    task, mean = tried[0].task, Estimate(float(at_splits.mean()), float(low), float(high))
    return SplitRow(task.data, task.name, score, tuple(float(gain) for gain in at_splits), mean)
