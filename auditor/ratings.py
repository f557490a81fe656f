"""The rating page's arithmetic: whom to ask about, how right depth was for this owner, and what to move for them.

Depth reads traces; the owner knows. Some thirty ratings give the owner's own AUC. Twenty of people in contact move two
things, held back strongly: the cut (the raw score from which the owner says "know well") and the worth of each channel.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd

from auditor import depth
from auditor.audit import Audit
from auditor.marks import WELL, Personal
from auditor.personal import Flags, Rated
from auditor.records import Records
from auditor.signals import Floats
from auditor.validation.protocol import question, rank

TO_RATE = 30

MIN_RATINGS, MIN_EACH = 10, 3
"""Under so many ratings, or so many on either side, an AUC would be noise."""

MIN_REFIT = 20
"""Ratings of people in contact that a refit takes; with others there is nothing to weigh."""

RESAMPLES, SEED = 1000, 150
BAND = 20.0
"""The width of a stratum of depth."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How well depth tells those the owner knows well from the rest: the AUC and its 90 % interval.

    `ratings` ties were rated, `well` of them "know well" or "close". `withheld`: why there is no AUC yet.
    """

    ratings: int = 0
    well: int = 0
    auc: float | None = None
    low: float | None = None
    high: float | None = None
    withheld: str | None = None

    @property
    def sentence(self) -> str:
        """The result in one honest sentence or two."""
        if self.auc is None or self.low is None or self.high is None:
            return self.withheld or ""
        sure = "" if self.low > 0.5 or self.high < 0.5 else " With so few ratings, that is within chance."
        return (
            f"Take two of the {self.ratings} people you rated, one whom you know well and one whom you do not: depth "
            f"puts them in the right order {self.auc:.0%} of the time (50% is guessing; 90% interval {self.low:.0%} to "
            f"{self.high:.0%}).{sure}"
        )


@dataclass(frozen=True, slots=True)
class Refit:
    """What the owner's ratings move, and what that is worth on ratings the fit had not seen.

    `cut`: the depth (0–100) from which the owner says "know well", `cut_before` the usual one. `before`, `after`: AUC
    without and with the channel factors; `right_before`, `right_after`: share of ratings on the right side of the cut.
    What is after is judged leaving one out: each rating by a fit of the others. `withheld`: why nothing is moved.
    """

    ratings: int = 0
    personal: Personal | None = None
    cut: float | None = None
    cut_before: float | None = None
    before: float | None = None
    after: float | None = None
    right_before: float | None = None
    right_after: float | None = None
    withheld: str | None = None

    @property
    def better(self) -> bool:
        """Whether it judged unseen ratings better in one respect, and worse in none."""
        gains = [_gain(self.before, self.after), _gain(self.right_before, self.right_after)]
        return min(gains) >= 0 and max(gains) > 0

    @property
    def sentence(self) -> str:
        """The result in one honest sentence or two."""
        if self.cut is None or self.before is None or self.after is None:
            return self.withheld or ""
        if not self.better:
            return (
                f"Fitted to your {self.ratings} ratings, the score does no better on those it had not seen; it stays."
            )
        pairs = f"; of all pairs {self.after:.0%}, not {self.before:.0%}" if self.after > self.before else ""
        return (
            f"You say “know well” from a depth of {self.cut:.0f} (usually {self.cut_before:.0f}). Of your ratings, "
            f"each judged by a fit that had not seen it, {self.right_after:.0%} come out right, not "
            f"{self.right_before:.0%}{pairs}."
        )


def choose(ties: pd.DataFrame, n: int = TO_RATE, rated: Collection[str] = ()) -> pd.DataFrame:
    """The `n` most informative ties to ask about: rows of `ties` in the order to ask; fewer where there are no more.

    Equally many of each band of depth, of the never spoken with and of the unobserved; within a band spread evenly over
    its depths, since the ends of the scale say as much as the middle. None that is nameless or `rated` already. Drawn
    and put in order by lot, which the person's key decides: the same ties give the same names, and the order gives the
    depth of none away.
    """
    asked = ties[named(ties) & ~ties.index.isin(list(rated))]
    lot = pd.Series([blake2b(str(human).encode(), digest_size=8).hexdigest() for human in asked.index], asked.index)
    order = asked.assign(lot=lot, stratum=_stratum(asked)).sort_values(["stratum", "depth", "lot"])
    sizes = order["stratum"].value_counts(sort=False).reindex(range(_STRATA), fill_value=0)
    picked = [
        start + np.floor((np.arange(quota) + 0.5) / max(quota, 1) * size).astype(np.intp)
        for start, size, quota in zip(sizes.cumsum() - sizes, sizes, _quotas(list(sizes), n), strict=True)
    ]
    return order.iloc[np.concatenate(picked)].sort_values("lot").drop(columns=["lot", "stratum"])


def judge(ties: pd.DataFrame, marks: pd.DataFrame) -> Judged:
    """How well depth ranked the rated ties, those without contact at depth 0 included.

    `ties` as in an Audit, `marks` by human (`marks.of_humans`). The interval is a bootstrap over ties.
    """
    rating = _ratings(ties, marks)
    well = rating.isin(WELL).to_numpy(dtype=bool)
    if problem := _too_few(well, MIN_RATINGS, "your own AUC"):
        return Judged(len(well), int(well.sum()), withheld=problem)
    score = ties.loc[rating.index, "depth"].to_numpy(dtype=float)
    draws = np.random.default_rng(SEED).integers(0, len(well), (RESAMPLES, len(well)))
    ego = np.repeat(np.arange(RESAMPLES), len(well))  # each resample is asked as if it were an ego of its own
    many = rank(question(ego, well[draws].ravel(), np.ones(draws.size, bool), 1), score[draws].ravel()).auc
    low, high = np.percentile(many, (5, 95))
    return Judged(len(well), int(well.sum()), _auc(score, well), float(low), float(high))


def refit(records: Records, now: Audit, marks: pd.DataFrame) -> Refit:
    """The cut and the channels' worth for this owner (personal.py). `now` is the audit of `records`, without anything
    personal in it; `marks` by human.
    """
    well = _ratings(now.ties[now.ties["contact_days"] > 0], marks).isin(WELL)
    if problem := _too_few(well.to_numpy(), MIN_REFIT, "a cut of your own, of people you are in contact with"):
        return Refit(len(well), withheld=problem)
    rated = Rated.of(records, now, well)
    shift, *factors = rated.fit(np.ones(len(well), bool))
    unseen, above = rated.unseen()
    return Refit(
        len(well),
        Personal(
            float(rated.usual + shift), {c: float(np.exp(f)) for c, f in zip(rated.channels, factors, strict=True)}
        ),
        cut=_depth(rated.usual + shift),
        cut_before=_depth(rated.usual),
        before=_auc(rated.raw, rated.well),
        after=_auc(unseen, rated.well),
        right_before=float(((rated.raw >= rated.usual) == rated.well).mean()),
        right_after=float((above == rated.well).mean()),
    )


_STRATA = 7


def named(ties: pd.DataFrame) -> pd.Series[bool]:
    """Which ties have a name: somebody without one is called by the key, and nobody can rate a key."""
    name = ties["name"].fillna("").str.strip()
    return (name != "") & (name != ties.index.to_series())


def _stratum(ties: pd.DataFrame) -> pd.Series[int]:
    """The number of each tie's stratum: five bands of depth, never spoken, unobserved; the band of the cut is 0."""
    band = (ties["depth"] // BAND).clip(0, 4).map({2: 0, 1: 1, 3: 2, 0: 3, 4: 4})
    silent = np.where(ties["covered"], 5, 6)
    return pd.Series(np.where(ties["contact_days"] > 0, band, silent), ties.index, dtype="int64")


def _quotas(sizes: list[int], n: int) -> list[int]:
    """How many of each stratum: one each in turn, as long as there are any."""
    quotas = [0] * len(sizes)
    left = min(n, sum(sizes))
    while left:
        for number, size in enumerate(sizes):
            if left and quotas[number] < size:
                quotas[number] += 1
                left -= 1
    return quotas


def _ratings(ties: pd.DataFrame, marks: pd.DataFrame) -> pd.Series[str]:
    """The rating of each rated tie, in the order of the ties."""
    return marks.set_index("person")["rating"].reindex(ties.index).dropna()


def _too_few(well: Flags, enough: int, what: str) -> str | None:
    known, others = int(well.sum()), int((~well).sum())
    if len(well) >= enough and min(known, others) >= MIN_EACH:
        return None
    return (
        f"It takes {enough} ratings for {what}, at least {MIN_EACH} of people you know well and {MIN_EACH} of others; "
        f"so far there are {known} and {others}."
    )


def _auc(score: Floats, well: Flags) -> float:
    n = len(score)
    return float(rank(question(np.zeros(n, np.int64), well, np.ones(n, bool), 1), score).auc[0])


def _depth(raw: float) -> float:
    return float(depth.to_scale(np.array([raw]))[0])


def _gain(before: float | None, after: float | None) -> float:
    return 0.0 if before is None or after is None else after - before
