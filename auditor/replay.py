"""The network at many past moments, scored by the functions of the audit itself, without auditing each of them.

What no moment changes is done once for all of them: contacts are gathered for every guise (past.py), and what came of
a past year is known once. At each moment there are then the contacts until it, of the guises that hold at it, scored
with the chances learnt until it. So a moment's numbers are, to the last bit, those of the audit as of it.

That rests on what an exchange is worth hanging on nothing later than its day (signals.contacts looks backward only).
What hangs on later exchanges has to be asked at each moment, in `Replay.contacts` and for past years in `_sequel`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor import automation, depth, dunbar, marks, signals
from auditor.audit import past_years
from auditor.depth import Chances, Grain, Sequel, Split
from auditor.marks import Marks, Personal
from auditor.past import Lineage, known
from auditor.records import UNKNOWN_OWNER, Records
from auditor.signals import DAY_SECONDS, YEAR_DAYS, Contacts, Floats, Ints

Flags = NDArray[np.bool_]

_NEVER = np.iinfo(np.int64).max


class Replay:
    """The records of one network, ready to be looked at as they stood at each of some `moments`, the oldest first.

    A moment is the end of a UTC day. `lineage` says who was who; ties are named by their guise, a number.
    """

    def __init__(
        self,
        records: Records,
        moments: Sequence[pd.Timestamp],
        marks: Marks | None = None,
        personal: Personal | None = None,
    ) -> None:
        told = marks or Marks()
        self.moments = moments
        self.lineage = Lineage.of(records, moments, told.decisions)
        self.exchanges = self.lineage.exchanges(automation.marked(known(records, moments[-1]).interactions))
        self.since: pd.Timestamp | None = self.exchanges["at"].min() if len(self.exchanges) else None
        self.factors = personal.channel_factors if personal else {}
        self.unowned = bool(records.coverage["what"].eq(UNKNOWN_OWNER).any())
        self.told = _told(told, self.lineage)
        self._connected = _connected(records.people, self.lineage.mentions)
        self._sequels: dict[object, Sequel] = {}
        self._learnt: tuple[object, Chances] | None = None

    def __iter__(self) -> Iterator[Moment]:
        """Each moment in turn."""
        for as_of, guise in zip(self.moments, self.lineage.walk(), strict=True):
            holds = np.zeros(len(self.lineage.human), bool)
            holds[guise] = True
            yield Moment(self, as_of, guise, holds)

    @cached_property
    def days(self) -> Contacts:
        """The contacts of all guises by day."""
        return signals.contacts(self.exchanges)

    @cached_property
    def graded(self) -> Contacts:
        """The same with the owner's own worth of channels."""
        return signals.contacts(self.exchanges, DAY_SECONDS, self.factors) if self.factors else self.days

    @cached_property
    def calendar(self) -> _Calendar:
        """The days again, in the order of time."""
        return _Calendar.of(self.days, len(self.lineage.human))

    @cached_property
    def first_exchange(self) -> Ints:
        """When each guise first had an exchange of any worth (microseconds since 1970); as good as never without."""
        first = np.full(len(self.lineage.human), _NEVER)
        at = self.exchanges["at"].astype("datetime64[us, UTC]").astype("int64").to_numpy()
        np.minimum.at(first, self.exchanges["person"].cat.codes.to_numpy(), at)
        return first

    def connected(self, as_of: pd.Timestamp, guise: Ints) -> Flags:
        """Which guises are connections."""
        flags = np.zeros(len(self.lineage.human), bool)
        flags[guise[self._connected <= _microseconds(as_of)]] = True
        return flags

    def contacts(self, unit_seconds: int, as_of: pd.Timestamp) -> Contacts:
        """The contacts by a unit of time; a log is short enough for less than a day for its first weeks only."""
        if unit_seconds == DAY_SECONDS:
            return self.graded
        return signals.contacts(self.exchanges[self.exchanges["at"] <= as_of], unit_seconds, self.factors)

    def chances(self, as_of: pd.Timestamp, grain: Grain, holds: Flags) -> Chances:
        """The chances learnt from the years over on 1 January, of the guises that hold; learnt anew if they differ."""
        moments = self.graded.at
        since = float(moments[holds[_guise(self.graded)]].min(initial=np.inf))
        splits = past_years(as_of)
        past = [self._sequel(split, grain, since) for split in splits]
        past = [then.of(holds[then.ties.to_numpy()]) for then in past]
        key = (*splits, grain, since, *(then.ties.to_numpy().tobytes() for then in past))
        if self._learnt is None or self._learnt[0] != key:
            self._learnt = key, depth.learnt(past)
        return self._learnt[1]

    def _sequel(self, split: Split, grain: Grain, since: float) -> Sequel:
        key = (split, grain, since)
        if key not in self._sequels:
            self._sequels[key] = depth.sequel(self.graded, grain, split, since)
        return self._sequels[key]


@dataclass(frozen=True)
class Moment:
    """The network at one moment; what costs time is worked out when it is first asked for.

    `guise` (m,): the guise of each mention; `holds` (g,): which guises hold. Whatever it gives by tie is (g,), 0 or
    False for guises that do not hold.
    """

    replay: Replay
    as_of: pd.Timestamp
    guise: Ints
    holds: Flags

    @property
    def history_days(self) -> int:
        """Days from the first exchange of all."""
        since = self.replay.since
        return signals.history_days(None if since is None or since > self.as_of else since, self.as_of)

    @cached_property
    def connected(self) -> Flags:
        """Which are connections."""
        return self.replay.connected(self.as_of, self.guise)

    @cached_property
    def chances(self) -> Chances:
        """What the own past says of chances."""
        return self.replay.chances(self.as_of, self._grain, self.holds)

    def ties(self) -> pd.DataFrame:
        """The ties that had contact, or that the owner rated, indexed by guise: `two_way`, `contact_days`, `raw`,
        `p_two_way` (both 0 without contact in both directions) and `told`, as in the audit.
        """
        days, _, out, in_ = self.replay.calendar.count(None, self.as_of)
        two_way = self.holds & (out > 0) & (in_ > 0)
        ties, scores = self.raw(two_way)
        raw, chance = np.zeros(len(days)), np.zeros(len(days))
        raw[ties] = scores
        chance[ties] = self.chances.of(scores, np.ones(len(ties), bool))
        told = self.replay.told
        there = np.flatnonzero(self.holds & ((days > 0) | ((told.codes >= 0) & (self.connected | self._spoken))))
        columns: dict[str, Any] = {
            "two_way": two_way,
            "contact_days": days,
            "raw": raw,
            "p_two_way": chance,
            "told": told,
        }
        return pd.DataFrame({name: column[there] for name, column in columns.items()}, index=there)

    def layers(self) -> Ints:
        """How many ties are inside each of dunbar.LAYERS, all inner ones included."""
        year = self.as_of - pd.Timedelta(days=YEAR_DAYS)
        _, days, out, in_ = (count[self.holds] for count in self.replay.calendar.count(year, self.as_of))
        place = dunbar.innermost(days, out, in_, self.history_days)
        return np.cumsum(np.bincount(place[place >= 0], minlength=len(dunbar.LAYERS)))

    def raw(self, some: Flags) -> tuple[Ints, Floats]:
        """The raw scores of some guises: of which of them there are, and the scores."""
        there = _until(self.replay.contacts(self._grain.unit_seconds, self.as_of), self.as_of, some)
        return there.ties.to_numpy(dtype=np.int64), depth.raw_scores(there, self._grain, self.as_of)

    def contact_days(self) -> Contacts:
        """The contacts by day until now."""
        return _until(self.replay.days, self.as_of, self.holds)

    @cached_property
    def _grain(self) -> Grain:
        since = self.replay.since
        return Grain.of(self.as_of if since is None else min(since, self.as_of), self.as_of)

    @property
    def _spoken(self) -> Flags:
        return self.replay.first_exchange <= _microseconds(self.as_of)


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Contact days in the order of time: `day`, whose (`guise`), and in which directions more than templates went."""

    day: Ints
    guise: Ints
    out: Flags
    in_: Flags
    guises: int

    @classmethod
    def of(cls, days: Contacts, guises: int) -> _Calendar:
        order = np.argsort(days.unit, kind="stable")
        return cls(days.unit[order], _guise(days)[order], days.own_out[order], days.own_in[order], guises)

    def count(self, after: pd.Timestamp | None, until: pd.Timestamp) -> tuple[Ints, Ints, Ints, Ints]:
        """The contact days of each guise after one day and until another: all; and of more than templates those of any
        direction, out, and in.
        """
        first = 0 if after is None else np.searchsorted(self.day, signals.day_number(after), side="right")
        span = slice(first, np.searchsorted(self.day, signals.day_number(until), side="right"))
        guise, went, came = self.guise[span], self.out[span], self.in_[span]
        days, own, out, in_ = (
            np.bincount(some, minlength=self.guises) for some in (guise, guise[went | came], guise[went], guise[came])
        )
        return days, own, out, in_


def _guise(contacts: Contacts) -> Ints:
    """The guise of each row."""
    return contacts.ties.to_numpy(dtype=np.int64)[contacts.tie]


def _until(contacts: Contacts, as_of: pd.Timestamp, some: Flags) -> Contacts:
    """The contacts of some guises until the end of a day, which is the end of a unit too."""
    return contacts.of((contacts.unit <= contacts.unit_of(as_of)) & some[_guise(contacts)])


def _told(marks_: Marks, lineage: Lineage) -> pd.Categorical[str]:
    """The owner's word on each guise: the latest on any of its mentions."""
    members = lineage.pairs.assign(person=lineage.mentions[lineage.pairs["mention"]])
    given = marks_.ratings.merge(members, on="person").assign(person=lambda one: one["guise"].astype("str"))
    every = pd.Index(range(len(lineage.human))).astype("str")
    told = marks.told(every, given[["person", "rating", "at"]], pd.Series(every, index=every))
    return pd.Categorical(told, categories=pd.Index(marks.RATINGS))


def _connected(people: pd.DataFrame, mentions: pd.Index[str]) -> Ints:
    """Since when each mention is a connection (microseconds since 1970): as good as never, or ever where undated."""
    rows = people[people["connection"] & people["person"].isin(mentions)]
    at = rows["connected_on"].astype("datetime64[us, UTC]").astype("int64").to_numpy()
    since = np.full(len(mentions), _NEVER)
    np.minimum.at(
        since, mentions.get_indexer(pd.Index(rows["person"])), at
    )  # a missing day is the least of all numbers
    return since


def _microseconds(moment: pd.Timestamp) -> int:
    return int(moment.value // 1000)
