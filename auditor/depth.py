"""The depth of a tie: 0 to 100, made of named parts, with an honest interval.

    D = ln(P + 0.05) + ln(W) − 2·r/T          depth = 100·σ(0.65·(D − 0.4))

P is the harmonic mean 2oi/(o + i) of what the contact days out and in are worth: someone who never answers, and
someone who is never answered, has P = 0 however much they write. (Granovetter 1973 has reciprocity in the definition
of a tie; with a power mean, 29 of 40 unanswered mass senders ranked among the real ties.) W is the number of distinct
weeks with contact, each worth its best day, but at most 3 + 2·min(weeks out, weeks in): without answers, more of the
same soon stops counting. r is the days of silence, a ritual phrase counting as a year older than it is; T is the days
of history, at most 365. The lifetime depth leaves the silence out. The map to 0–100 is fixed with `depth_model.json`;
recalibration never moves it.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor import signals
from auditor.errors import UsageError
from auditor.signals import ONE_CLICK, ContactDays, Floats, freshness, weeks_of

PARTS = ("c_reciprocity", "c_spread", "c_recency")
"""The contribution columns; with `c_base` they add up to the raw score."""

_MEASURED = ("worth_out", "worth_in", "weeks_worth", "weeks_out", "weeks_in", "silence_days")

PERCENTILES = (5, 95)


@cache
def model() -> dict[str, Any]:
    """The fitted numbers, their version, and how they came about."""
    return dict(json.loads(files("auditor").joinpath("depth_model.json").read_text(encoding="utf-8")))


def score(measured: pd.DataFrame, days: ContactDays, history_days: int, today: int) -> pd.DataFrame:
    """Depth, its parts and its 90 % interval, one row a tie, indexed as `measured`.

    `history_days`: days from the first exchange of all to today; `today`: days since 1970-01-01.
    Columns: the `PARTS`, `c_base`, `raw`, `depth`, `lifetime_depth`, `low`, `high`, `p_two_way`, `two_way`.
    `p_two_way` is depth/100 until it is calibrated. A tie without contact days scores as near 0 as the map goes.
    """
    cap = _history(history_days)
    parts = _parts(*(measured[c].to_numpy(dtype=float) for c in _MEASURED), cap=cap)
    scored = pd.DataFrame(parts, index=measured.index)
    scored["c_base"] = 0.0
    scored["raw"] = scored[list(PARTS)].sum(axis=1)
    scored["depth"] = to_scale(scored["raw"].to_numpy())
    scored["lifetime_depth"] = to_scale((scored["raw"] - scored["c_recency"]).to_numpy())
    scored["low"], scored["high"] = _interval(days, cap, today)
    scored["low"] = scored[["low", "depth"]].min(axis=1)
    scored["high"] = scored[["high", "depth"]].max(axis=1)
    scored["p_two_way"] = scored["depth"] / 100
    scored["two_way"] = (measured["worth_out"] > 0) & (measured["worth_in"] > 0)
    return scored


def of_events(events: pd.DataFrame, as_of: pd.Timestamp, since: pd.Timestamp | None = None) -> pd.DataFrame:
    """The depth of every tie of every ego in a log (event_log.py), one row a tie that has an event.

    Events before `since` or after `as_of` do not exist; the history of all egos starts with `since`, or else with the
    first event. Columns: `ego`, `person`, `depth`, `low`, `high`, `p_two_way`, `meaningful`, `c_base` and the `PARTS`.
    """
    seen = events[(events["at"] <= as_of) & (events["at"] >= (since or events["at"].min()))].drop_duplicates()
    if seen.empty:
        raise UsageError("no event lies in this span; choose an earlier --since or a later --as-of")
    pairs = seen[["ego", "person"]].drop_duplicates().sort_values(["ego", "person"], ignore_index=True)
    code = pd.MultiIndex.from_frame(pairs).get_indexer(pd.MultiIndex.from_frame(seen[["ego", "person"]]))
    exchanges = seen.assign(person=pd.Categorical.from_codes(code, categories=pd.RangeIndex(len(pairs))), stock=None)
    days = signals.contact_days(exchanges)
    measured = signals.measure(days, exchanges, as_of)
    history = int((as_of - (since or seen["at"].min())) // pd.Timedelta(days=1)) + 1
    scored = score(measured, days, history, signals.day_number(as_of)).reindex(range(len(pairs)), fill_value=0)
    scored["meaningful"] = scored["two_way"].astype(bool) & (scored["p_two_way"] >= 0.5)
    return pairs.join(scored[["depth", "low", "high", "p_two_way", "meaningful", "c_base", *PARTS]])


def to_scale(raw: Floats) -> Floats:
    """The fixed monotone map from the raw score to 0–100."""
    m = model()
    return np.asarray(100 / (1 + np.exp(-m["scale_slope"] * (raw - m["scale_centre"]))))


def _history(history_days: int) -> int:
    return max(1, min(history_days, int(model()["history_cap_days"])))


def _parts(*measured: Floats, cap: int) -> dict[str, Floats]:
    """The contributions, from the columns `_MEASURED`."""
    out, in_, weeks, weeks_out, weeks_in, quiet = measured
    m = model()
    both = out + in_
    harmonic = np.divide(2 * out * in_, both, out=np.zeros_like(both), where=both > 0)
    answered = m["weeks_unanswered"] + m["weeks_an_answer"] * np.minimum(weeks_out, weeks_in)
    return {
        "c_reciprocity": np.log(harmonic + m["one_way_floor"]),
        "c_spread": np.log(np.clip(weeks, ONE_CLICK, answered)),
        "c_recency": -m["recency_per_year"] * quiet / cap,
    }


def _interval(days: ContactDays, cap: int, today: int) -> tuple[Floats, Floats]:
    """The 5th and 95th percentile of depth over resamples of each tie's contact days.

    A Poisson bootstrap: in each resample a day counts 0, 1, 2 … times. The draws hang only on a day's place within its
    own tie, counted from the oldest, so that neither the order of rows nor other ties change a tie's interval.
    """
    if not len(days.tie):
        return np.zeros(len(days.ties)), np.zeros(len(days.ties))
    draws = _draws()
    starts = days.starts
    place = np.arange(len(days.day)) - starts[days.tie]
    week = (days.tie << 32) + weeks_of(days.day)
    week_starts = np.flatnonzero(np.r_[True, week[1:] != week[:-1]])
    tie_weeks = np.searchsorted(days.tie[week_starts], np.arange(len(days.ties)))
    worths = days.worth, days.worth * (days.out > 0), days.worth * (days.in_ > 0)
    fresh = freshness(days)
    scores = np.empty((len(draws), len(days.ties)))
    for i, drawn in enumerate(draws):
        times = drawn[place % drawn.size]
        kept = times > 0
        last = np.maximum.reduceat(np.where(kept, fresh, _NEVER), starts[:-1])
        parts = _parts(
            np.add.reduceat(days.out * times, starts[:-1]),
            np.add.reduceat(days.in_ * times, starts[:-1]),
            *(np.add.reduceat(np.maximum.reduceat(worth * kept, week_starts), tie_weeks) for worth in worths),
            np.where(last > _NEVER, today - last, cap).astype(float),
            cap=cap,
        )
        scores[i] = sum(parts.values())
    low, high = np.percentile(scores, PERCENTILES, axis=0)
    return to_scale(low), to_scale(high)


_NEVER = -(1 << 31)


@cache
def _draws() -> NDArray[np.int64]:
    m = model()
    return np.random.default_rng(m["resample_seed"]).poisson(1.0, (m["resamples"], 4096))
