"""The simple scores that a depth score has to beat, each written down exactly, with where it comes from.

Every rival takes a `Window` and gives one number a tie (n,), in the order of `window.ties`; only the order of the
numbers within an ego matters. They share nothing with `signals.py` and `depth.py`, whose numbers they check.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from auditor.validation import evidence
from auditor.validation.loaders import Floats
from auditor.validation.tasks import Window

YEAR_DAYS = 365.0
TIE_BREAK = 1e-6  # decides between equal scores only


@dataclass(frozen=True, slots=True)
class Rival:
    """A score with its name in the table."""

    name: str
    score: Callable[[Window], Floats]


def count(w: Window) -> Floats:
    """Messages in both directions."""
    return evidence.total(w, evidence.everything(w))


def recency(w: Window) -> Floats:
    """Days since the last message, negative: the more recent, the higher."""
    return -evidence.silence(w, evidence.everything(w))


def lesser_direction(w: Window) -> Floats:
    """min(in, out) of messages; equal ones are told apart by the count, which re-makes the figures of science.md."""
    return np.minimum(evidence.total(w, w.out), evidence.total(w, w.in_)) + TIE_BREAK * count(w)


def active_days(w: Window) -> Floats:
    """Distinct UTC days with contact; equal ones are told apart by the count, which re-makes those of science.md."""
    return evidence.contact_days(w) + TIE_BREAK * count(w)


def tie_decay(w: Window) -> Floats:
    """Messages that fade: Σ 2^(−age/h), with the half-life h a quarter of the window.

    The tie-decay network of Ahmad, Porter & Beguerisse-Díaz (2021), seen at the end of the window.
    Of four half-lives tried (an eighth of the window to all of it) this one re-makes the figures of science.md. It is
    the best of them on no task here, and kept so that the rival is the published one.
    """
    age = w.as_of.timestamp() - w.at
    half_life = (w.as_of - w.since).total_seconds() / 4
    return evidence.total(w, np.exp2(-age / half_life))


def quintile_rfm(w: Window) -> Floats:
    """Recency, frequency and active days as quintiles within the ego, 1 to 5 each, summed: 3 to 15.

    The customer-value score of direct marketing (Hughes 1994), active days standing in for money.
    """
    return np.asarray(sum(np.ceil(5 * evidence.ranks(w, value) / evidence.alters(w)) for value in _rfm(w)))


def fine_rfm(w: Window) -> Floats:
    """The same three as percentile ranks within the ego, summed: RFM without the ties that quintiles make.

    The hardest of the simple rivals (science.md §3).
    """
    return np.asarray(sum(evidence.ranks(w, value) for value in _rfm(w)) / evidence.alters(w))


def dotalign(w: Window) -> Floats:
    """DotAlign's relationship score, 1 to 100, from its published mechanics.

        max(1, min(100, 1 + 3·meetings + min(in, out)) × (1 − (0.75·min(1, d/2y) + 0.25·min(1, d/6y))))

    `d` is the time since the later of the last meeting and the earlier of the last message in and the last out: a
    direction that is missing ages the tie without end. Source: help.dotalign.com, "Scoring mechanics".
    """
    met = w.events["channel"].isin(["meeting", "meal"]).to_numpy()
    both = np.minimum(evidence.total(w, w.out & ~met), evidence.total(w, w.in_ & ~met))
    points = np.minimum(100, 1 + 3 * evidence.total(w, met) + both)
    two_way = np.minimum(evidence.last(w, w.out & ~met), evidence.last(w, w.in_ & ~met))
    years = (w.as_of.timestamp() - np.maximum(evidence.last(w, met), two_way)) / evidence.DAY_SECONDS / YEAR_DAYS
    return np.maximum(1, points * (1 - 0.75 * np.minimum(1, years / 2) - 0.25 * np.minimum(1, years / 6)))


def pingcrm(w: Window) -> Floats:
    """PingCRM's score for a single platform, 0 to 9: reciprocity + recency + frequency + tenure.

    - reciprocity 0–4: round(4·min/max of in and out), messages of the last 365 days full, of the year before ×0.05,
      older ×0.02;
    - recency 0–3: last message in within 7, 30, 90 days gives 3, 2, 1; if all went out, half of that for the last out;
    - frequency 0–2: c30 + 0.3·c90 + 0.1·c365 + 0.05·c730 + 0.02·c1825, each the messages of its own band of age, from
      3 on gives 1, from 8 on 2;
    - tenure 0–2: 20 messages and a year since the first give 1, 50 and two years 2.

    Its point for a second platform cannot be had in a log of one. Source: PingCRM's code (peers.md §8).
    """
    age = (w.as_of.timestamp() - w.at) / evidence.DAY_SECONDS
    return _reciprocity(w, age) + _recency(w) + _frequency(w, age) + _tenure(w, age)


def frozen_rival(w: Window) -> Floats:
    """The closed form of science.md §4, frozen: D = ln(P + .05) + ln(weeks) − 2·r/T with the power mean.

    P = ((√o + √i)/2)², so that a one-way tie keeps a quarter of its days. o, i: contact days out and in, a day being
    worth the best of its messages, 1/√k for k recipients; weeks: distinct weeks with contact; r: days since the last;
    T: days of the window, at most 365.
    """
    o, i = evidence.shared_days(w, w.out), evidence.shared_days(w, w.in_)
    return _closed_form(w, ((np.sqrt(o) + np.sqrt(i)) / 2) ** 2)


def base_form(w: Window) -> Floats:
    """The form that the depth score started from: the frozen rival with the harmonic mean, P = 2oi/(o + i).

    A one-way tie has P = 0.
    """
    o, i = evidence.shared_days(w, w.out), evidence.shared_days(w, w.in_)
    return _closed_form(w, 2 * o * i / (o + i))


FINE_RFM = "fine RFM"
BASE_FORM = "base form"

RIVALS = (
    Rival("count", count),
    Rival("recency", recency),
    Rival("min(in, out)", lesser_direction),
    Rival("active days", active_days),
    Rival("tie decay", tie_decay),
    Rival("quintile RFM", quintile_rfm),
    Rival(FINE_RFM, fine_rfm),
    Rival("DotAlign", dotalign),
    Rival("PingCRM", pingcrm),
    Rival("frozen rival", frozen_rival),
    Rival(BASE_FORM, base_form),
)
"""Every rival, in the order of the table."""


def _rfm(w: Window) -> tuple[Floats, Floats, Floats]:
    return recency(w), count(w), evidence.contact_days(w)


def _closed_form(w: Window, both_ways: Floats) -> Floats:
    span = min(YEAR_DAYS, (w.as_of - w.since).total_seconds() / evidence.DAY_SECONDS)
    quiet = evidence.silence(w, evidence.everything(w))
    return np.log(both_ways + 0.05) + np.log(evidence.contact_weeks(w)) - 2 * quiet / span


def _reciprocity(w: Window, age: Floats) -> Floats:
    weight = np.where(age <= YEAR_DAYS, 1, np.where(age <= 2 * YEAR_DAYS, 0.05, 0.02))
    out, in_ = evidence.total(w, weight * w.out), evidence.total(w, weight * w.in_)
    return np.round(4 * np.minimum(out, in_) / np.maximum(out, in_))


def _recency(w: Window) -> Floats:
    def points(silence: Floats) -> Floats:
        return np.asarray(sum((silence <= days).astype(float) for days in (7, 30, 90)))

    heard = evidence.silence(w, w.in_)
    return np.where(np.isfinite(heard), points(heard), points(evidence.silence(w, w.out)) / 2)


def _frequency(w: Window, age: Floats) -> Floats:
    bands = (30, 90, YEAR_DAYS, 2 * YEAR_DAYS, 5 * YEAR_DAYS)
    worth = np.array([1, 0.3, 0.1, 0.05, 0.02, 0])[np.searchsorted(bands, age)]
    points = evidence.total(w, worth)
    return (points >= 3).astype(float) + (points >= 8)


def _tenure(w: Window, age: Floats) -> Floats:
    first = np.zeros(len(w.ties))
    np.maximum.at(first, w.tie, age)
    long, longer = (first >= YEAR_DAYS), (first >= 2 * YEAR_DAYS)
    return ((count(w) >= 20) & long).astype(float) + ((count(w) >= 50) & longer)
