"""One row of measurements a tie: what was measured, before anybody says what it is worth.

The unit is the *contact day*: a day is worth the best of its messages, never their sum, so that a burst of chat counts
once. Everything here is numpy over sorted keys: a million exchanges are a second's work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.records import CHANNELS, DIRECTIONS

DAY_SECONDS = 86_400
YEAR_DAYS, LATELY_DAYS = 365, 90
MANY = 10
"""Others in a message that make it a mailing to many."""

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

SHORT_CALL_SECONDS = 20
"""A call of so few seconds says hardly more than a missed one."""

TOGETHER = ("meeting", "meal", "call", "missed_call")
"""Channels on which nobody writes."""

REPLY_WORDS, RITUAL_DAYS = 12, 7
"""An answer of at most so many words, without a question, within so many days of a ritual phrase belongs to it."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contact of every tie, by unit of time (a day unless a log is short), sorted by tie and unit.

    Per row: `tie` position in `ties`; `unit` its number since 1970-01-01 UTC; `at` the last moment of contact in it
    (Unix seconds); `out`, `in_` what it is worth in each direction, summed over channels; `worth` its best exchange,
    whatever the direction and the number of people in it; `own_out`, `own_in` whether something in that direction was
    no copy of a template; `met`, `called_out`, `called_in` minutes together, shared among the people in it. Exchanges
    worth nothing (a bare invitation) make no contact.
    """

    ties: pd.Index[str]
    unit_seconds: int
    tie: Ints
    unit: Ints
    at: Floats
    out: Floats
    in_: Floats
    worth: Floats
    own_out: NDArray[np.bool_]
    own_in: NDArray[np.bool_]
    met: Floats
    called_out: Floats
    called_in: Floats

    @property
    def starts(self) -> Ints:
        """Where each tie's rows begin: (len(ties),). Every tie has at least one."""
        return np.searchsorted(self.tie, np.arange(len(self.ties))).astype(np.int64)

    @property
    def first(self) -> Ints:
        """The first unit of each tie."""
        return self.unit[self.starts]

    @property
    def last(self) -> Ints:
        """The last unit of each tie."""
        return self.unit[np.r_[self.starts[1:], len(self.unit)] - 1] if len(self.ties) else self.unit

    def between(self, start: pd.Timestamp | None, end: pd.Timestamp | None) -> Contacts:
        """The contacts in the whole units from the one that `start` lies in up to before the one that `end` lies in.

        None: from the start of the log; to its end.
        """
        rows = np.ones(len(self.unit), bool)
        if start is not None:
            rows &= self.unit >= self.unit_of(start)
        if end is not None:
            rows &= self.unit < self.unit_of(end)
        return self.of(rows)

    def of(self, rows: NDArray[np.bool_]) -> Contacts:
        """The contacts in these rows (a mask), and the ties that have any."""
        places = np.flatnonzero(rows)  # looked for once: a mask is searched anew for every column
        tie = self.tie[places]
        new = np.diff(tie, prepend=-1) != 0
        each = {f.name: getattr(self, f.name)[places] for f in fields(self) if f.name not in ("ties", "unit_seconds")}
        codes = np.cumsum(new) - 1
        return Contacts(self.ties[tie[new]], self.unit_seconds, **(each | {"tie": codes.astype(np.int64)}))

    def unit_of(self, moment: pd.Timestamp) -> int:
        """The unit that a moment lies in."""
        return int(moment.timestamp() // self.unit_seconds)


def contacts(
    exchanges: pd.DataFrame, unit_seconds: int = DAY_SECONDS, factors: Mapping[str, float] | None = None
) -> Contacts:
    """The contact in `exchanges` (the interactions table, `person` being the human) by units of so many seconds.

    `factors`: what the owner's own ratings multiply the worth of a channel with (ratings.py). A copy of a template
    (`copies`, automation.py; a log without that column has none) went to many, like a message to a group; and it keeps
    a tie no fresher than a click does.
    """
    worth = _worth(exchanges, factors or {})
    seen = np.flatnonzero(worth > 0)
    columns = ["person", "at", "channel", "direction", "others", "seconds"]
    exchanges = exchanges[[*columns, "copies"] if "copies" in exchanges else columns].iloc[seen]
    worth = worth[seen]
    people = exchanges["person"].cat.remove_unused_categories()
    tie = people.cat.codes.to_numpy().astype(np.int64)
    at = exchanges["at"].astype("datetime64[us, UTC]").astype("int64").to_numpy() / 1e6
    unit = np.floor_divide(at, unit_seconds).astype(np.int64)
    channel = exchanges["channel"].cat.codes.to_numpy().astype(np.int64)
    copies = exchanges["copies"].to_numpy() if "copies" in exchanges else np.ones(len(exchanges), np.int64)
    share = 1 / np.sqrt(np.maximum(exchanges["others"].to_numpy() + 1.0, copies))
    minutes = exchanges["seconds"].fillna(0).to_numpy(dtype=float) / 60 * share
    went_out, came_in = _directions(exchanges)
    key = _key(tie, unit)
    own = copies == 1
    keys, best = _reduce(key, np.where(own, worth, np.minimum(worth, ONE_CLICK)), np.maximum)

    def of_direction(mask: NDArray[np.bool_]) -> Floats:
        return _spread_out(keys, *_by_channel(tie[mask], unit[mask], channel[mask], (worth * share)[mask]))

    def time(mask: NDArray[np.bool_]) -> Floats:
        return _reduce(key, np.where(mask, minutes, 0.0), np.add)[1]

    return Contacts(
        ties=pd.Index(people.cat.categories),
        unit_seconds=unit_seconds,
        tie=keys >> 32,
        unit=(keys & 0xFFFFFFFF) - (1 << 31),
        at=_reduce(key, at, np.maximum)[1],
        out=of_direction(went_out),
        in_=of_direction(came_in),
        worth=best,
        own_out=_reduce(key, went_out & own, np.logical_or)[1],
        own_in=_reduce(key, came_in & own, np.logical_or)[1],
        met=time(went_out & came_in),
        called_out=time(went_out & ~came_in),
        called_in=time(came_in & ~went_out),
    )


def measure(days: Contacts, exchanges: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """One row a tie, indexed by human, of what people understand; see the comments for each column's unit.

    `days` are the contacts by day, `exchanges` those they were made of; nothing in either may be later than `as_of`.
    """
    today = day_number(as_of)
    own, worth = days.own_out | days.own_in, _worth(exchanges, {})
    year, lately = (own & (days.unit > today - span) for span in (YEAR_DAYS, LATELY_DAYS))
    return pd.DataFrame(
        {
            **_counts(exchanges, days.ties),  # exchanges, by direction
            **_openings(exchanges, days.ties),  # how often each side wrote first after more than a day of silence
            "days_out": _sum(days, days.out > 0),  # distinct contact days in which the owner wrote, called or met
            "days_in": _sum(days, days.in_ > 0),
            "contact_days": _sum(days, np.ones(len(days.unit), bool)),
            **_ways(exchanges, days.ties, worth),  # distinct days met, with a meal, on the phone, and written, each way
            "worth_out": _sum(days, days.out),  # weighted contact days
            "worth_in": _sum(days, days.in_),
            "active_weeks": _weeks(days),  # distinct ISO weeks with any contact
            "first_contact": _stamps(days.first),
            "last_contact": _stamps(days.last),
            "quiet_days": today - days.last,  # since the last contact of any kind
            "span_days": days.last - days.first,
            "year_days": _sum(days, year),  # contact days within the last 365, copies of templates left out
            "year_out": _sum(days, year & days.own_out),
            "year_in": _sum(days, year & days.own_in),
            "late_days": _sum(days, lately),  # the same within the last 90
            "both_days": today
            - _both_since(days, never=today + 1),  # since contact had first gone both ways; −1 where it never did
            **_made_of(exchanges, days.ties, worth),  # exchanges of some worth, by what they were
        },
        index=days.ties,
    )


def history_days(since: pd.Timestamp | None, as_of: pd.Timestamp) -> int:
    """Days of history: from the first exchange of all, `since`, to `as_of`; 0 where there is none."""
    return 0 if since is None else int((as_of - since) // pd.Timedelta(days=1)) + 1


def day_number(moment: pd.Timestamp) -> int:
    """Days from 1970-01-01 UTC to the day `moment` lies in."""
    return int(moment.timestamp() // DAY_SECONDS)


def weeks_of(day: Ints) -> Ints:
    """The number of the ISO week (Monday to Sunday) a day lies in; 1970-01-01 was a Thursday."""
    return (day + 3) // 7


def _worth(exchanges: pd.DataFrame, factors: Mapping[str, float]) -> Floats:
    """What each exchange is worth before it is shared among the people in it."""
    table = np.array([CHANNEL_WORTH[c] * factors.get(c, 1.0) for c in exchanges["channel"].cat.categories])
    worth = table[exchanges["channel"].cat.codes.to_numpy()]
    bare = (exchanges["channel"] == "invitation") & ~(exchanges["words"].fillna(0) > 0)
    worth[bare.to_numpy()] = 0.0
    seconds = exchanges["seconds"].astype("float64").to_numpy()  # not known: a call like any other
    missed = (exchanges["channel"] == "call").to_numpy() & (seconds < SHORT_CALL_SECONDS)
    worth[missed] = np.minimum(worth[missed], CHANNEL_WORTH["missed_call"])
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


def _ways(exchanges: pd.DataFrame, ties: pd.Index[str], worth: Floats) -> dict[str, Ints]:
    """Distinct days of each way of contact; what is worth nothing (a bare invitation, a note) is none."""
    seen = exchanges.loc[worth > 0, ["person", "at", "channel", "direction"]]
    tie = ties.get_indexer(seen["person"].cat.categories)[seen["person"].cat.codes.to_numpy()].astype(np.int64)
    at = seen["at"].astype("datetime64[us, UTC]").astype("int64").to_numpy()
    key = _key(tie, np.floor_divide(at, DAY_SECONDS * 1_000_000))
    names, code = seen["channel"].cat.categories, seen["channel"].cat.codes.to_numpy()
    went_out, came_in = _directions(seen)
    written = ~names.isin(TOGETHER)[code]
    ways = {
        "met_days": names.isin(["meeting", "meal"])[code],
        "meal_days": (names == "meal")[code],
        "call_days": (names == "call")[code],
        "wrote_out": went_out & written,
        "wrote_in": came_in & written,
    }
    return {name: _distinct(key[mask], len(ties)) for name, mask in ways.items()}


def _distinct(key: Ints, ties: int) -> Ints:
    """How many different keys of `_key` each tie has."""
    return np.bincount(np.unique(key) >> 32, minlength=ties).astype(np.int64)


def _stamps(day: Ints) -> NDArray[Any]:
    return (day * DAY_SECONDS).astype("datetime64[s]")


def _key(tie: Ints, unit: Ints) -> Ints:
    """One sortable number for a tie and a unit of time, before 1970 too."""
    return (tie << 32) + unit + (1 << 31)


def _by_channel(tie: Ints, unit: Ints, channel: Ints, worth: Floats) -> tuple[Ints, Floats]:
    """The best exchange of each (tie, unit, channel), summed over channels: keys of (tie, unit), and their worth."""
    best_channel, best = _reduce(_key(tie, unit) * len(CHANNELS) + channel, worth, np.maximum)
    return _reduce(best_channel // len(CHANNELS), best, np.add)


def _spread_out(keys: Ints, some: Ints, value: Floats) -> Floats:
    """`value` at the place of each of `some` keys among all `keys`, 0 elsewhere."""
    everywhere = np.zeros(len(keys))
    everywhere[np.searchsorted(keys, some)] = value
    return everywhere


def _reduce(key: Ints, value: NDArray[Any], how: np.ufunc) -> tuple[Ints, NDArray[Any]]:
    """`value` reduced over equal keys: the sorted distinct keys and one value each."""
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.empty(0, np.int64)
    return key[starts], (how.reduceat(value[order], starts) if len(key) else value[:0])


def _sum(days: Contacts, value: NDArray[Any]) -> NDArray[Any]:
    total = np.bincount(days.tie, weights=value, minlength=len(days.ties))
    return total.astype(np.int64) if value.dtype == bool else total


def _both_since(days: Contacts, never: int) -> Ints:
    """The first unit by which contact had gone both ways."""
    first = np.full((2, len(days.ties)), _NEVER)
    for one_way, own in zip(first, (days.own_out, days.own_in), strict=True):
        np.minimum.at(one_way, days.tie[own], days.unit[own])
    since = first.max(axis=0)
    return np.where(since == _NEVER, never, since)


_NEVER = np.iinfo(np.int64).max


def _made_of(exchanges: pd.DataFrame, ties: pd.Index[str], worth: Floats) -> dict[str, Ints]:
    """How many exchanges of any worth each tie had: more than a click (`composed`), clicks and rituals (`clicks`), not
    to many at once (`direct`), copies of templates (`copies_out`, `copies_in`) and no copies (`own_out`, `own_in`).
    """
    code = ties.get_indexer(exchanges["person"].cat.categories)[exchanges["person"].cat.codes.to_numpy()]
    went_out, came_in = _directions(exchanges)
    template = exchanges["cluster"].to_numpy() >= 0 if "cluster" in exchanges else np.zeros(len(exchanges), bool)
    some = (code >= 0) & (worth > 0)
    missed = (exchanges["channel"] == "missed_call").to_numpy()
    sorts = {
        "composed": worth > ONE_CLICK,
        "clicks": (worth <= ONE_CLICK) & ~missed,
        "direct": exchanges["others"].to_numpy() < MANY,
        "copies_out": went_out & template,
        "copies_in": came_in & template,
        "own_out": went_out & ~template,
        "own_in": came_in & ~template,
    }
    return {name: np.bincount(code[some & mask], minlength=len(ties)).astype(np.int64) for name, mask in sorts.items()}


def _weeks(days: Contacts) -> Ints:
    tie = np.unique(_key(days.tie, weeks_of(days.unit))) >> 32
    return np.bincount(tie, minlength=len(days.ties)).astype(np.int64)


def _openings(exchanges: pd.DataFrame, ties: pd.Index[str]) -> dict[str, Ints]:
    """How often each side opened: the first exchange of a tie, or the first after more than a day of silence.

    An undirected exchange (a meeting) opens for nobody, and neither does a note.
    """
    spoken = exchanges.loc[exchanges["channel"] != "note", ["person", "at", "direction"]]
    code = ties.get_indexer(spoken["person"].cat.categories)[spoken["person"].cat.codes.to_numpy()]
    at = spoken["at"].astype("datetime64[us, UTC]").astype("int64").to_numpy() // 1_000_000
    order = np.lexsort((spoken["direction"].cat.codes.to_numpy(), at, code))  # in one second the owner comes first
    gap = (np.diff(code[order], prepend=-2) != 0) | (np.diff(at[order], prepend=0) > DAY_SECONDS)
    first = np.zeros(len(code), bool)
    first[order] = gap
    went_out, came_in = _directions(spoken)
    return {
        name: np.bincount(code[(code >= 0) & first & mask], minlength=len(ties)).astype(np.int64)
        for name, mask in {"openings_out": went_out & ~came_in, "openings_in": came_in & ~went_out}.items()
    }


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
