"""What an owner's ratings say about the score: where this owner's cut is, and what the channels are worth to them.

A logistic regression of "I know them well" on the raw score, held back by normal priors around "nothing moves".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor import automation, depth, signals
from auditor.audit import Audit
from auditor.depth import Grain
from auditor.records import Records
from auditor.signals import CHANNEL_WORTH, ONE_CLICK, Floats

CUT_SD = 0.7
"""How far the cut may be expected to move, in log-odds (standard deviation of the prior)."""

FACTOR_SD, MAX_FACTOR = 0.25, 3.0
"""The same for the logarithm of a channel's factor; no factor leaves 1/3 to 3, so that no letter becomes a click."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rated:
    """Rated ties in contact: `raw` (n,) their raw scores, `slopes` (n, channels) how those move with ln θ of each of
    the `channels`, θ being what the worth of a contact over it is multiplied with; `well` (n,) what the owner says.

    `usual`: the raw score at which a chance is even; `steepness`: log-odds per point of raw score.

    P(well) = σ(steepness·(raw + Σ slopes·ln θ − cut)): linear in ln θ, which the prior keeps small.
    """

    raw: Floats
    slopes: Floats
    channels: tuple[str, ...]
    well: Flags
    usual: float
    steepness: float

    @classmethod
    def of(cls, records: Records, now: Audit, well: pd.Series[bool]) -> Rated:
        """The rated ties of `now`, the audit of `records`; `well` by human."""
        raw, slopes, channels = _sensitivity(records, now, well.index)
        usual = -now.curve.intercept / now.curve.slope
        return cls(raw, slopes, channels, well.to_numpy(dtype=bool), usual, now.curve.slope)

    def fit(self, seen: Flags) -> Floats:
        """What the ratings seen move: the cut in points of raw score, then ln θ of each channel. By Newton's method."""
        design = self.steepness * np.column_stack([np.full(len(self.raw), -1.0), self.slopes])[seen]
        odds = self.steepness * (self.raw - self.usual)[seen]
        precision = np.array([CUT_SD / self.steepness, *[FACTOR_SD] * len(self.channels)]) ** -2.0
        moved = np.zeros(design.shape[1])
        for _ in range(_STEPS):
            p = 1 / (1 + np.exp(-np.clip(odds + design @ moved, -500, 500)))
            curvature = design.T @ (design * (p * (1 - p))[:, None]) + np.diag(precision)
            step = np.linalg.solve(curvature, design.T @ (self.well[seen] - p) - precision * moved)
            moved += np.clip(step, -1, 1)  # a whole step can overshoot where the chances are near 0 or 1
        moved[1:] = np.clip(moved[1:], -np.log(MAX_FACTOR), np.log(MAX_FACTOR))
        return moved

    def unseen(self) -> tuple[Floats, Flags]:
        """Each tie by a fit of the others: its raw score with their factors, and whether that reaches their cut.

        The score leaves the cut out, which differs from fit to fit against the tie that was left out, and would turn
        the order around.
        """
        everyone = np.arange(len(self.raw))
        moved = np.array([self.fit(everyone != one) for one in everyone])
        score = self.raw + (self.slopes * moved[:, 1:]).sum(axis=1)
        return score, score >= self.usual + moved[:, 0]


_STEPS = 25


def _sensitivity(records: Records, now: Audit, humans: pd.Index[str]) -> tuple[Floats, Floats, tuple[str, ...]]:
    """`raw`, `slopes` and `channels` (see Rated) of `humans`, by central differences.

    The channels are those of the rated ties that are more than a click, without the one most used: it keeps its worth,
    since only what channels are worth beside each other can be told from the cut.
    """
    known = records.interactions
    known = automation.marked(known[(known["at"] <= now.as_of) & ~known["person"].isin(records.owner.keys)])
    grain = Grain.of(known["at"].min(), now.as_of)
    exchanges = known[known["person"].isin(now.human.index[now.human.isin(humans)])]
    exchanges = exchanges.assign(person=exchanges["person"].astype("str").map(now.human).astype("category"))
    place = signals.contacts(exchanges, grain.unit_seconds).ties.get_indexer(humans)
    used = exchanges["channel"].astype("str").value_counts().sort_index().sort_values(ascending=False, kind="stable")
    channels = tuple(c for c in used.index if CHANNEL_WORTH[c] > ONE_CLICK)[1:]

    def raw(factors: Mapping[str, float]) -> Floats:
        contacts = signals.contacts(exchanges, grain.unit_seconds, factors)
        return depth.raw_scores(contacts, grain, now.as_of)[place]

    slopes = np.zeros((len(humans), len(channels)))
    for number, channel in enumerate(channels):
        more, less = (raw({channel: float(np.exp(sign * FACTOR_SD))}) for sign in (1, -1))
        slopes[:, number] = (more - less) / (2 * FACTOR_SD)
    return raw({}), slopes, channels
