"""How long it takes until a connection takes hold, and for how many it has not happened yet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor import survival
from auditor.habits.habit import how
from auditor.habits.log import NEVER, Log, days_of
from auditor.kinds import ONE_NIGHT_DAYS
from auditor.signals import YEAR_DAYS, Contacts, Ints
from auditor.survival import Curve

FEWEST = 20
"""Connections under which a curve would be drawn from accidents."""

WITHHELD = (
    "This needs the dates of connecting and a file of messages that covers the time since: Connections.csv and "
    "messages.csv of one export."
)


@dataclass(frozen=True, slots=True)
class Pace:
    """The curve of days from connecting to taking hold, or why there is none, and the answer in a sentence."""

    curve: Curve
    sentence: str
    how: str
    withheld: str | None = None


def how_long(log: Log) -> Pace:
    """Days from connecting until a tie takes hold, by Kaplan and Meier's curve over all connections whose time since
    connecting a file of messages covers: whoever has not got there by today counts as waiting. It takes hold on the
    day on which contact had gone both ways, and both ways once more, over two weeks and at most a year later: a tie
    outlasted a one-night stand. The band is Greenwood's, 90 %, on the log(−log) scale; who was a tie before connecting
    got there in 0 days.
    """
    ties = log.audit.ties
    ties = ties[ties["connection"] & ties["covered"] & ties["connected_on"].notna()]
    connected = days_of(ties["connected_on"])
    reached = np.r_[held_since(log.contacts), NEVER][log.contacts.ties.get_indexer(ties.index)]
    there = reached != NEVER
    waited = np.where(there, np.maximum(reached - connected, 0), log.today - connected)
    curve = survival.kaplan_meier(waited, there)
    if len(ties) < FEWEST:
        return Pace(curve, WITHHELD, how(how_long), WITHHELD)
    year = curve.after(YEAR_DAYS)
    half = "not reached: fewer than half ever got there" if curve.median is None else f"{curve.median:,.0f} days"
    sentence = (
        f"{int(there.sum()):,} of {len(ties):,} connections took hold, {year:.0%} within a year of connecting. "
        "That is: contact went both ways, and did so again over two weeks later. The time by which half have is "
        f"{half}."
    )
    return Pace(curve, sentence, how(how_long))


def held_since(contacts: Contacts) -> Ints:
    """The day on which each tie took hold as `how_long` says, NEVER where it did not: (len(ties),)."""
    count = len(contacts.ties)
    gone, come = (_Days.of(contacts, worth > 0) for worth in (contacts.out, contacts.in_))
    found = np.full(count, NEVER)
    tie = np.arange(count)
    first = _both(gone, come, tie, contacts.first)
    while len(tie := tie[first[tie] != NEVER]):
        again = _both(gone, come, tie, first[tie] + ONE_NIGHT_DAYS + 1)
        soon = again - first[tie] <= YEAR_DAYS
        found[tie[soon]] = again[soon]
        first[tie] = again  # too late for the first round: the second may be the first of a pair
        tie = tie[~soon]
    return found


@dataclass(frozen=True, slots=True)
class _Days:
    """The contact days of one direction, as sorted keys of tie and day."""

    keys: Ints

    @classmethod
    def of(cls, contacts: Contacts, where: NDArray[np.bool_]) -> _Days:
        return cls((contacts.tie[where] << 32) + contacts.unit[where] + (1 << 31))

    def from_on(self, tie: Ints, day: Ints) -> Ints:
        """The first day of each tie not before `day`; NEVER without."""
        place = np.searchsorted(self.keys, (tie << 32) + day + (1 << 31))
        key = np.r_[self.keys, np.int64(-1)][place]
        return np.where((key >= 0) & (key >> 32 == tie), (key & 0xFFFFFFFF) - (1 << 31), NEVER)


def _both(gone: _Days, come: _Days, tie: Ints, day: Ints) -> Ints:
    """By which day, from `day` on, contact had gone both ways."""
    return np.maximum(gone.from_on(tie, day), come.from_on(tie, day))
