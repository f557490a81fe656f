"""One row of measurements a tie: what was measured, before anybody says what it is worth.

The unit is the *contact day*: a day is worth the best of its messages, never their sum, so that a burst of chat counts
once. Everything here is numpy over sorted keys: a million exchanges are a second's work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.records import DIRECTIONS

DAY_SECONDS = 86_400
YEAR_DAYS = 365

CHANNEL_WORTH = {
    "message": 1.0,
    "inmail": 1.0,
    "email": 1.0,
    "sms": 1.0,
    "chat": 1.0,
    "call": 1.0,
    "meeting": 1.0,
    "meal": 1.0,
    "recommendation": 3.0,  # written once, about one person
    "invitation": 0.5,  # with a personal note; without one it is worth nothing
    "endorsement": 0.1,  # one click
    "missed_call": 0.1,
    "note": 0.0,  # the owner's own memory: no contact
}
"""What a contact day is worth by its channel. The order is Burke & Kraut's (2014: composed before one-click); the
values are our judgement."""

ONE_CLICK = 0.1
"""What a ritual phrase is worth ("Happy birthday!", "Thanks!"): about as much as the button that suggests it."""

REPLY_WORDS, RITUAL_DAYS = 12, 7
"""An answer of at most so many words, without a question, within so many days of a ritual phrase belongs to it."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ContactDays:
    """The contact days of every tie, sorted by tie and day.

    `tie` (n,) position in `ties`; `day` (n,) days since 1970-01-01 UTC; `out`, `in_` (n,) what the day is worth in each
    direction, summed over channels; `worth` (n,) the best exchange of the day whatever its direction and the number of
    people in it. Exchanges worth nothing (a bare invitation) make no contact day.
    """

    ties: pd.Index[str]
    tie: Ints
    day: Ints
    out: Floats
    in_: Floats
    worth: Floats

    @property
    def starts(self) -> Ints:
        """Where each tie's days begin, with the end appended: (len(ties) + 1,)."""
        return np.searchsorted(self.tie, np.arange(len(self.ties) + 1)).astype(np.int64)


def contact_days(exchanges: pd.DataFrame) -> ContactDays:
    """The contact days in `exchanges` (the interactions table, `person` being the human)."""
    worth = _worth(exchanges)
    seen = np.flatnonzero(worth > 0)
    exchanges, worth = exchanges.iloc[seen], worth[seen]
    people = exchanges["person"].cat.remove_unused_categories()
    tie = people.cat.codes.to_numpy().astype(np.int64)
    day = _days(exchanges["at"])
    channel = exchanges["channel"].cat.codes.to_numpy().astype(np.int64)
    shared = worth / np.sqrt(exchanges["others"].to_numpy() + 1.0)
    went_out, came_in = _directions(exchanges)
    return _gather(
        pd.Index(people.cat.categories),
        tie,
        day,
        worth,
        _by_channel(tie, day, channel, np.where(went_out, shared, 0.0)),
        _by_channel(tie, day, channel, np.where(came_in, shared, 0.0)),
    )


def measure(days: ContactDays, exchanges: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """One row a tie, indexed by human; see the comments for each column's unit.

    `exchanges` are those the days were made of; nothing in either may be later than `as_of`.
    """
    today = day_number(as_of)
    first, last = _ends(days)
    year = days.day > today - YEAR_DAYS
    counted = _counts(exchanges, days.ties)
    return pd.DataFrame(
        {
            **counted,  # exchanges, by direction
            "days_out": _sum(days, days.out > 0),  # distinct contact days in which the owner wrote, called or met
            "days_in": _sum(days, days.in_ > 0),
            "contact_days": _sum(days, np.ones(len(days.day), bool)),
            "worth_out": _sum(days, days.out),  # weighted contact days
            "worth_in": _sum(days, days.in_),
            "active_weeks": _weeks(days, np.ones(len(days.day))),  # distinct weeks with any contact
            "weeks_worth": _weeks(days, days.worth),  # a week is worth its best day
            "weeks_out": _weeks(days, days.worth * (days.out > 0)),  # likewise, over the days in which the owner wrote
            "weeks_in": _weeks(days, days.worth * (days.in_ > 0)),
            "first_contact": _stamps(first),
            "last_contact": _stamps(last),
            "quiet_days": today - last,  # since the last contact of any kind
            "silence_days": today - _latest(days, freshness(days)),  # likewise, a ritual counting as a year older
            "span_days": last - first,
            "year_days": _sum(days, year),  # contact days within the last 365
            "year_out": _sum(days, year & (days.out > 0)),
            "year_in": _sum(days, year & (days.in_ > 0)),
        },
        index=days.ties,
    )


def freshness(days: ContactDays) -> Ints:
    """The day up to which each contact day keeps a tie fresh: itself, or a year earlier if it was but a ritual."""
    return np.where(days.worth > ONE_CLICK, days.day, days.day - YEAR_DAYS)


def history_days(exchanges: pd.DataFrame, as_of: pd.Timestamp) -> int:
    """Days of history: from the first exchange of all to `as_of`; 0 without any."""
    if exchanges.empty:
        return 0
    return int((as_of - exchanges["at"].min()) // pd.Timedelta(days=1)) + 1


def day_number(moment: pd.Timestamp) -> int:
    """Days from 1970-01-01 UTC to the day `moment` lies in."""
    return int(moment.timestamp() // DAY_SECONDS)


def weeks_of(day: Ints) -> Ints:
    """The number of the ISO week (Monday to Sunday) a day lies in; 1970-01-01 was a Thursday."""
    return (day + 3) // 7


def _worth(exchanges: pd.DataFrame) -> Floats:
    """What each exchange is worth before it is shared among the people in it."""
    table = np.array([CHANNEL_WORTH[c] for c in exchanges["channel"].cat.categories])
    worth = table[exchanges["channel"].cat.codes.to_numpy()]
    bare = (exchanges["channel"] == "invitation") & ~(exchanges["words"].fillna(0) > 0)
    worth[bare.to_numpy()] = 0.0
    ritual = _rituals(exchanges)
    worth[ritual] = np.minimum(worth[ritual], ONE_CLICK)
    return np.asarray(worth)


def _rituals(exchanges: pd.DataFrame) -> NDArray[np.bool_]:
    """Which exchanges are a ritual: a stock phrase, or a short answer to one."""
    stock = exchanges["stock"].notna().to_numpy()
    if not stock.any():
        return stock
    greeting = stock & (exchanges["stock"] != "thanks").to_numpy()
    short = (exchanges["words"].fillna(REPLY_WORDS + 1) <= REPLY_WORDS) & ~(exchanges["questions"].fillna(0) > 0)
    at = exchanges["at"].astype("int64").to_numpy()
    tie = exchanges["person"].cat.codes.to_numpy().astype(np.int64)
    order = np.lexsort((~greeting, at, tie))  # in one minute the greeting comes first, in whatever order the rows are
    position = np.arange(len(order))
    before = np.maximum.accumulate(np.where(greeting[order], position, -1))
    near = before >= 0
    near &= tie[order][before] == tie[order]
    near &= at[order] - at[order][before] <= RITUAL_DAYS * DAY_SECONDS * 1_000_000
    answer = np.zeros(len(order), bool)
    answer[order] = near
    return stock | (answer & short.to_numpy(dtype=bool) & (exchanges["words"].fillna(0) > 0).to_numpy(dtype=bool))


def _directions(exchanges: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which exchanges went out and which came in; an undirected one did both."""
    code = exchanges["direction"].cat.codes.to_numpy()
    return code != DIRECTIONS.index("in"), code != DIRECTIONS.index("out")


def _days(at: pd.Series[Any]) -> Ints:
    return np.asarray(at.astype("datetime64[s, UTC]").astype("int64").to_numpy() // DAY_SECONDS, np.int64)


def _stamps(day: Ints) -> NDArray[Any]:
    return (day * DAY_SECONDS).astype("datetime64[s]")


def _by_channel(tie: Ints, day: Ints, channel: Ints, worth: Floats) -> tuple[Ints, Ints, Floats]:
    """The best exchange of each (tie, day, channel), summed over channels: tie, day, worth of each (tie, day)."""
    seen = worth > 0
    key = (tie[seen] << 40) + ((day[seen] + (1 << 20)) << 8) + channel[seen]
    best_key, best = _reduce(key, worth[seen], np.maximum)
    return _split(*_reduce(best_key >> 8, best, np.add))


def _gather(ties: pd.Index[str], tie: Ints, day: Ints, worth: Floats, out: Any, in_: Any) -> ContactDays:
    key, best = _reduce((tie << 32) + day + (1 << 20), worth, np.maximum)
    each = np.zeros((2, len(key)))
    for row, (t, d, value) in enumerate((out, in_)):
        each[row, np.searchsorted(key, (t << 32) + d + (1 << 20))] = value
    t, d, _ = _split(key, best)
    return ContactDays(ties, t, d, each[0], each[1], best)


def _split(key: Ints, value: Floats) -> tuple[Ints, Ints, Floats]:
    return key >> 32, (key & 0xFFFFFFFF) - (1 << 20), value


def _reduce(key: Ints, value: Floats, how: np.ufunc) -> tuple[Ints, Floats]:
    """`value` reduced over equal keys: the sorted distinct keys and one value each."""
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.empty(0, np.int64)
    return key[starts], (how.reduceat(value[order], starts) if len(key) else value[:0])


def _sum(days: ContactDays, value: NDArray[Any]) -> NDArray[Any]:
    total = np.bincount(days.tie, weights=value, minlength=len(days.ties))
    return total.astype(np.int64) if value.dtype == bool else total


def _weeks(days: ContactDays, worth: Floats) -> Floats:
    key, week_worth = _reduce((days.tie << 32) + weeks_of(days.day) + (1 << 20), worth, np.maximum)
    return np.asarray(np.bincount(key >> 32, weights=week_worth, minlength=len(days.ties)), np.float64)


def _latest(days: ContactDays, moment: Ints) -> Ints:
    """The greatest `moment` of each tie's days."""
    return np.maximum.reduceat(moment, days.starts[:-1]) if len(moment) else moment


def _ends(days: ContactDays) -> tuple[Ints, Ints]:
    """The first and the last contact day of each tie."""
    starts = days.starts
    return days.day[starts[:-1]], days.day[starts[1:] - 1]


def _counts(exchanges: pd.DataFrame, ties: pd.Index[str]) -> dict[str, Ints]:
    code = ties.get_indexer(exchanges["person"].cat.categories)[exchanges["person"].cat.codes.to_numpy()]
    went_out, came_in = _directions(exchanges)
    known = code >= 0
    return {
        name: np.bincount(code[known & mask], minlength=len(ties)).astype(np.int64)
        for name, mask in {
            "exchanges": np.ones(len(code), bool),
            "exchanges_out": went_out,
            "exchanges_in": came_in,
        }.items()
    }
