"""The depth of a tie: 0 to 100, made of named parts, with an honest interval.

    raw = c_base + c_reciprocity + c_spread + c_time + c_warmth + c_silence          depth = 100·σ(slope·(raw − centre))

- *reciprocity* ln(1 + M/0.05): M is the harmonic mean 2oi/(o + i) of what the contacts out and in are worth (a contact
  is a day, on short logs less), plus a little for their number. Whoever never answers, or is never answered, has a mean
  of 0 however much is written: Granovetter (1973) has reciprocity in the definition of a tie, and with a power mean 29
  of 40 unanswered mass senders ranked among the real ties.
- *spread* over distinct weeks (on short logs days or hours): a tie costs years, a burst of chat does not.
- *time* spent together, in minutes met or talked, where the log has durations: they say more than counts.
- *warmth*: contacts of late, each fading exponentially (Ahmad, Porter & Beguerisse-Díaz 2021).
- *silence* since the last contact, as a share of the history T, at most 365 days; beyond T it weighs nearly three times
  as much, since an active network is one of contact at least once a year (Roberts; Arnaboldi).

A copy of a template (automation.py) counts as a message to as many people as it went to, keeps no tie fresh, and makes
no contact in both directions. Without answers more of the same soon stops counting: of contacts, weeks and warmth at
most `free` + `per_answer` for each answer. What is older than T halves with every `half_life` further T. One more
contact in both directions never lowers a part, so depth never falls with it. The numbers stand in `depth_model.json`;
the map to 0–100 is fixed with its version.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor import calibration, signals
from auditor.calibration import Curve, Outcome, model
from auditor.errors import UsageError
from auditor.signals import DAY_SECONDS, ONE_CLICK, Contacts, Floats, Ints

PARTS = ("c_reciprocity", "c_spread", "c_time", "c_warmth", "c_silence")
"""The contribution columns; with `c_base` they add up to the raw score."""

PERCENTILES = (5, 95)
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Grain:
    """What follows from the length of the log and nothing else.

    `history_days` T, at most 365; `unit_seconds` the length of one contact; `spread_seconds` of one unit of spread;
    `time` the weight of minutes together; `free`, `per_answer` how much counts without answers, and more with each;
    `numbers` those of the model.
    """

    history_days: float
    unit_seconds: int
    spread_seconds: int
    time: float
    free: float
    per_answer: float
    numbers: Mapping[str, Any] = field(default_factory=model, repr=False, compare=False)

    @classmethod
    def of(cls, since: pd.Timestamp, as_of: pd.Timestamp, numbers: Mapping[str, Any] | None = None) -> Grain:
        """The grain of a log from `since` to `as_of`: the unit is such that T has some hundred of them."""
        m = numbers or model()
        days = (as_of - since).total_seconds() / DAY_SECONDS
        rung = next(r for r in m["grains"] if days >= r["from_days"])
        days = min(max(days, 1 / 24), m["history_cap_days"])
        return cls(days, **{key: value for key, value in rung.items() if key != "from_days"}, numbers=m)


def score(contacts: Contacts, grain: Grain, as_of: pd.Timestamp, chances: Chances) -> pd.DataFrame:
    """Depth, its parts and its 90 % interval, one row a tie, indexed by `contacts.ties` (by the grain's unit).

    Columns: the `PARTS`, `c_base`, `raw`, `depth`, `lifetime_depth` (as of the tie's own last contact, nothing ever
    growing old), `low`, `high`, `p_two_way` by the `chances`, `two_way` (some contact in each direction).
    """
    evidence = _Evidence.of(contacts, grain, np.full(len(contacts.ties), as_of.timestamp()))
    parts = _parts(evidence.totals(), grain)
    scored = pd.DataFrame(parts, index=contacts.ties)
    scored["c_base"] = _base(grain)
    scored["raw"] = _sum(parts, grain)
    scored["depth"] = to_scale(scored["raw"].to_numpy())
    scored["lifetime_depth"] = _lifetime(contacts, grain)
    low, high = evidence.interval()
    scored["low"] = np.minimum(low, scored["depth"])
    scored["high"] = np.maximum(high, scored["depth"])
    scored["two_way"] = _both_ways(contacts)
    scored["p_two_way"] = chances.of(scored["raw"].to_numpy(), scored["two_way"].to_numpy())
    return scored


def raw_scores(contacts: Contacts, grain: Grain, as_of: pd.Timestamp) -> Floats:
    """The raw score of each tie, in the order of `contacts.ties`, without its interval: some hundred times faster."""
    totals = _Evidence.of(contacts, grain, np.full(len(contacts.ties), as_of.timestamp())).totals()
    return _raw(totals, grain)


@dataclass(frozen=True, slots=True)
class Chances:
    """The curves that chances come from: `both` for ties with contact in both directions, `one_way` for the others."""

    both: Curve
    one_way: Curve

    def of(self, raw: Floats, two_way: NDArray[np.bool_]) -> Floats:
        """The chance of contact in both directions within the next year, for each raw score."""
        return np.where(two_way, self.both.chance(raw), self.one_way.chance(raw))


Split = tuple[pd.Timestamp, pd.Timestamp | None]
"""A past moment, and until when what came of it is known; None: until the end of the log."""


@dataclass(frozen=True, slots=True)
class Sequel:
    """The ties of one past moment and what came of them, one entry a tie: its `raw` score then, whether contact went in
    `both` directions by then, and whether more than rituals went both ways afterwards (`lasted`).
    """

    ties: pd.Index[Any]
    raw: Floats
    both: NDArray[np.bool_]
    lasted: NDArray[np.bool_]

    def of(self, rows: NDArray[np.bool_]) -> Sequel:
        """The sequel of some of the ties (a mask)."""
        return Sequel(self.ties[rows], self.raw[rows], self.both[rows], self.lasted[rows])

    def outcome(self, rows: NDArray[np.bool_]) -> Outcome:
        """What a curve is fitted on, of some of the ties (a mask)."""
        return Outcome(self.raw[rows], self.lasted[rows])


def own_past(contacts: Contacts, grain: Grain, splits: Sequence[Split]) -> Chances:
    """The curves fitted on the past: the scores at the start of each split, and what came of them until its end.

    `contacts` is the whole log by the grain's unit.
    """
    since = contacts.at.min(initial=np.inf)
    return learnt([sequel(contacts, grain, split, since) for split in splits])


def sequel(contacts: Contacts, grain: Grain, split: Split, since: float) -> Sequel:
    """What came of the ties of a log that began at `since` (Unix seconds), from one end of a split to the other."""
    cut, end = split
    history = (cut.timestamp() - since) / DAY_SECONDS
    if history <= 0:
        return Sequel(contacts.ties[:0], np.empty(0), np.empty(0, bool), np.empty(0, bool))
    then, later = contacts.between(None, cut), contacts.between(cut, end)
    raw = raw_scores(then, replace(grain, history_days=min(history, grain.history_days)), cut)
    lasted = np.asarray(then.ties.isin(later.ties[_both_ways(later, beyond=ONE_CLICK)]))
    return Sequel(then.ties, raw, _both_ways(then), lasted)


def learnt(past: Sequence[Sequel]) -> Chances:
    """The curves of past moments; the shipped ones where too few ties were there to learn from."""
    return Chances(
        _fitted([then.outcome(then.both) for then in past], "chance"),
        _fitted([then.outcome(~then.both) for then in past], "chance_one_way"),
    )


def _fitted(past: Sequence[Outcome], which: str) -> Curve:
    known = [outcome for outcome in past if len(outcome.raw)]
    enough = sum(len(outcome.raw) for outcome in known) >= model()["min_past_ties"]
    return calibration.fit(known, which) if enough else calibration.shipped(which)


def _both_ways(c: Contacts, beyond: float = 0.0) -> NDArray[np.bool_]:
    """Which ties have contact in each direction that is no template, in exchanges worth more than `beyond`."""
    counted, size = c.worth > beyond, len(c.ties)
    return (np.bincount(c.tie, c.own_out & counted, size) > 0) & (np.bincount(c.tie, c.own_in & counted, size) > 0)


@dataclass(frozen=True, slots=True)
class LogScores:
    """The depths in a log, one row a tie that has an event, and the curve that two-way ties' chances come from.

    `ties` has `ego`, `person`, `depth`, `low`, `high`, `p_two_way`, `meaningful`, `c_base` and the `PARTS`.
    """

    ties: pd.DataFrame
    curve: Curve


def of_events(events: pd.DataFrame, as_of: pd.Timestamp, since: pd.Timestamp | None = None) -> LogScores:
    """The depth of every tie of every ego in a log (event_log.py).

    Events before `since` or after `as_of` do not exist; the history of all egos starts with `since`, or else with the
    first event. The chances are calibrated on the log's own past: the scores a year ago, or halfway through a log
    shorter than two years, and what came of them.
    """
    start = since or events["at"].min()
    seen = events[(events["at"] <= as_of) & (events["at"] >= start)].drop_duplicates()
    if seen.empty:
        raise UsageError("no event lies in this span; choose an earlier --since or a later --as-of")
    pairs = seen[["ego", "person"]].drop_duplicates().sort_values(["ego", "person"], ignore_index=True)
    code = pd.MultiIndex.from_frame(pairs).get_indexer(pd.MultiIndex.from_frame(seen[["ego", "person"]]))
    exchanges = seen.assign(person=pd.Categorical.from_codes(code, categories=pd.RangeIndex(len(pairs))), stock=None)
    grain = Grain.of(start, as_of)
    contacts = signals.contacts(exchanges, grain.unit_seconds)
    cut = max(as_of - pd.Timedelta(days=365), start + (as_of - start) / 2)
    chances = own_past(contacts, grain, [(cut, None)])
    scored = score(contacts, grain, as_of, chances).astype({"two_way": float})  # a tie of worthless events has no row
    scored = scored.reindex(range(len(pairs))).fillna(_no_contact(grain, chances.one_way))
    scored["meaningful"] = (scored["two_way"] > 0) & (scored["p_two_way"] >= 0.5)
    return LogScores(
        pairs.join(scored[["depth", "low", "high", "p_two_way", "meaningful", "c_base", *PARTS]]), chances.both
    )


def _no_contact(grain: Grain, curve: Curve) -> dict[str, float]:
    """The score of a tie whose events are worth nothing: no part but the lack of any spread."""
    spread = float(grain.numbers["spread"] * np.log(_NOTHING))
    raw = np.array([_base(grain) + spread])
    depth = float(to_scale(raw)[0])
    nothing = dict.fromkeys(PARTS, 0.0) | {"c_base": _base(grain), "c_spread": spread, "two_way": 0.0}
    return nothing | {"depth": depth, "low": depth, "high": depth, "p_two_way": float(curve.chance(raw)[0])}


def to_scale(raw: Floats) -> Floats:
    """The fixed monotone map from the raw score to 0–100."""
    m = model()
    return np.asarray(100 / (1 + np.exp(-np.clip(m["scale_slope"] * (raw - m["scale_centre"]), -500, 500))))


def _base(grain: Grain) -> float:
    m = grain.numbers
    return float(np.log(m["reciprocity_floor"]) + m["warmth"] * np.log(m["warmth_floor"]))


def _raw(total: Mapping[str, Floats], grain: Grain) -> Floats:
    return _sum(_parts(total, grain), grain)


def _sum(parts: Mapping[str, Floats], grain: Grain) -> Floats:
    return np.asarray(sum(parts.values(), _base(grain)))


def _parts(total: Mapping[str, Floats], grain: Grain) -> dict[str, Floats]:
    """The contributions, from the totals of each tie (see `_Evidence`)."""
    m = grain.numbers

    def answered(of: str, free: float = 1.0) -> Floats:
        answers = np.minimum(total[f"{of}_out"], total[f"{of}_in"])
        return np.minimum(total[of], grain.free * free + grain.per_answer * answers)

    few = np.minimum(total["contacts_out"], total["contacts_in"])
    many = np.maximum(total["contacts_out"], total["contacts_in"])
    many = np.minimum(many, grain.free + grain.per_answer * few)
    both = _harmonic(few, many) + m["one_sided"] * np.log1p(few + many)
    silence = total["silence"] / grain.history_days
    called = _harmonic(total["called_out"], total["called_in"])
    return {
        "c_reciprocity": np.log1p(both / m["reciprocity_floor"]),
        "c_spread": m["spread"] * np.log(np.maximum(answered("spread"), _NOTHING)),
        "c_time": grain.time * np.log1p(total["met"]) + m["called"] * np.log1p(called),
        "c_warmth": m["warmth"] * np.log1p(answered("warmth", m["warmth_free"]) / m["warmth_floor"]),
        "c_silence": -m["silence"] * silence - m["silence_beyond"] * np.maximum(silence - 1, 0),
    }


def _harmonic(a: Floats, b: Floats) -> Floats:
    return np.divide(2 * a * b, a + b, out=np.zeros_like(a), where=a + b > 0)


def _lifetime(contacts: Contacts, grain: Grain) -> Floats:
    """Depth as of each tie's own last contact, with nothing growing old: how deep it ever was."""
    last = np.maximum.reduceat(contacts.at, contacts.starts) if len(contacts.ties) else contacts.at
    total = _Evidence.of(contacts, grain, last, ageing=False).totals()
    return to_scale(_raw(total, grain))


@dataclass(frozen=True)
class _Evidence:
    """What each contact adds to its tie, ready to be summed, and summed again over resamples.

    `sums`: added up over the contacts of a tie. `spreads`: the greatest in each unit of spread, those added up.
    `moment`: the latest counts.
    """

    contacts: Contacts
    grain: Grain
    sums: Mapping[str, Floats]
    spreads: Mapping[str, Floats]
    spread_starts: NDArray[np.intp]
    tie_spreads: NDArray[np.intp]
    moment: Floats
    now: Floats

    @classmethod
    def of(cls, c: Contacts, grain: Grain, now: Floats, *, ageing: bool = True) -> _Evidence:
        """The evidence in contacts as of `now` (Unix seconds, one a tie)."""
        history = grain.history_days * DAY_SECONDS
        age = np.maximum(now[c.tie] - c.at, 0) / history
        old = 2.0 ** -(np.maximum(age - 1, 0) / grain.numbers["half_life"]) if ageing else np.ones(len(age))
        late = np.exp(-age / grain.numbers["warmth_share_of_history"])
        went, came = c.out > 0, c.in_ > 0
        best = np.maximum(c.out, c.in_)
        key = (c.tie << 32) + c.unit * c.unit_seconds // grain.spread_seconds + (1 << 31)
        spread_starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.empty(0, np.intp)
        return cls(
            c,
            grain,
            {
                "contacts_out": c.out * old,
                "contacts_in": c.in_ * old,
                "warmth": best * late,
                "warmth_out": c.out * late,
                "warmth_in": c.in_ * late,
                "met": c.met * old,
                "called_out": c.called_out * old,
                "called_in": c.called_in * old,
            },
            {"spread": c.worth * old, "spread_out": c.worth * old * went, "spread_in": c.worth * old * came},
            spread_starts,
            np.searchsorted(c.tie[spread_starts], np.arange(len(c.ties))),
            c.at - history * (c.worth <= ONE_CLICK),  # a ritual keeps a tie no fresher than a whole history ago
            now,
        )

    @cached_property
    def _some(self) -> list[bool]:
        """Which of the sums are of anything at all."""
        return [bool(value.any()) for value in self.sums.values()]

    @cached_property
    def _starts(self) -> Ints:
        return self.contacts.starts

    def totals(self, times: Floats | None = None) -> dict[str, Floats]:
        """The totals of each tie, each contact counted so many times (once, if not said)."""
        c = self.contacts
        if not len(c.tie):
            return dict.fromkeys([*self.sums, *self.spreads, "silence"], np.zeros(len(c.ties)))
        starts = self._starts
        counted = np.ones(1) if times is None else times
        there = np.minimum(counted, 1.0)
        total = {
            name: np.add.reduceat(value * counted, starts) if some else np.zeros(len(starts))
            for (name, value), some in zip(self.sums.items(), self._some, strict=True)
        }
        for name, value in self.spreads.items():
            total[name] = np.add.reduceat(np.maximum.reduceat(value * there, self.spread_starts), self.tie_spreads)
        last = np.maximum.reduceat(np.where(there > 0, self.moment, -np.inf), starts)
        silence = np.where(np.isfinite(last), np.maximum(self.now - last, 0) / DAY_SECONDS, self.grain.history_days)
        return total | {"silence": silence}

    def interval(self) -> tuple[Floats, Floats]:
        """The 5th and 95th percentile of depth over resamples of each tie's contacts.

        A Poisson bootstrap: in each resample a contact counts 0, 1, 2 … times. The draws hang only on a contact's place
        within its own tie, counted from the oldest, so that neither the order of rows nor other ties change a tie's
        interval.
        """
        c, draws = self.contacts, _draws()
        if not len(c.tie):
            return np.zeros(len(c.ties)), np.zeros(len(c.ties))
        place = (np.arange(len(c.tie)) - self._starts[c.tie]) % draws.shape[1]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            raw = np.array([*pool.map(lambda drawn: _raw(self.totals(drawn[place]), self.grain), draws)])
        low, high = np.percentile(raw, PERCENTILES, axis=0)
        return to_scale(low), to_scale(high)


@cache
def _draws() -> Floats:
    m = model()
    return np.random.default_rng(m["resample_seed"]).poisson(1.0, (m["resamples"], 4096)).astype(float)
