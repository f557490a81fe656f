"""Broadcasting against talking, and collecting against deepening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from auditor.habits.circle import NO_CONTACT
from auditor.habits.habit import Habit, counted
from auditor.habits.log import NEVER, Log, as_dates, days_of
from auditor.signals import Ints

_SENT = ("post", "repost", "comment", "reaction", "vote")
NO_BROADCASTS = "There is no file of posts or reactions here: it comes with LinkedIn's whole archive."
NO_DATES = "No connection has a date: add Connections.csv."

SPREE_FACTOR, SPREE_LEAST, SPREE_DAYS = 3.0, 20, 92
"""A spree: for at most a quarter, at least three times the rate before and after, and twenty people."""


def broadcasting(log: Log) -> Habit:
    """Posts, reposts, comments, reactions and votes of the last year against its one-to-one days: their share of both
    together. A one-to-one day is a person and a day with an exchange between you two alone.
    """
    habit = Habit("broadcasting", "Broadcasting", "% is sent to nobody in particular")
    sent = log.broadcasts[log.broadcasts["kind"].isin(_SENT)]
    kinds = {f"{kind}s" for kind in _SENT}
    if sent.empty and not log.audit.coverage["kind"].isin(kinds).any():
        return Habit(habit.key, habit.title, habit.unit, withheld=NO_BROADCASTS)
    day = days_of(sent["at"])
    alone = _one_to_one_days(log)
    spoke, said = int((alone > log.year_ago).sum()), int((day > log.year_ago).sum())
    months = pd.DataFrame({"Posts and reactions": log.monthly(day), "One-to-one days": log.monthly(alone)})
    trend = 100 * months["Posts and reactions"] / months.sum(axis=1).replace(0, np.nan)
    return Habit(
        habit.key, habit.title, habit.unit, 100 * said / (said + spoke) if said + spoke else None,
        f"In the last year you posted or reacted {counted(said, 'time')}, and were in touch with one person alone on "
        f"{counted(spoke, 'day')}, counted by person.",
        trend, None, months.astype(int).rename_axis("Month").reset_index().iloc[::-1],
        withheld=None if said + spoke else "There was neither in the last year.",
    )  # fmt: skip


def collecting(log: Log) -> Habit:
    """Share of your connections that came in sprees, and what became of each spree. A spree is a stretch of at most a
    quarter in which you connected with at least twenty people, three times as fast as before and after; its edges are
    the change points of the daily number of new connections (Poisson, twice the penalty of Schwarz). Deep today is
    the state deep, which is told only where any contact was observed.
    """
    habit = Habit("collecting", "Collecting", "% of connections came in sprees")
    dated = _dated(log)
    if dated.empty:
        return Habit(habit.key, habit.title, habit.unit, withheld=NO_DATES)
    day = days_of(dated["connected_on"])
    found = [_Fate.of(dated[(day >= first) & (day <= last)], first, last) for first, last in sprees(day)]
    total = sum(fate.added for fate in found)
    biggest = max(found, key=lambda fate: fate.added, default=None)
    observed = log.audit.observed
    told = biggest.told(observed=observed) if biggest else "You have added people steadily, without a spree."
    rest = len(dated) - total
    deep = int((dated["state"] == "deep").sum()) - sum(fate.deep for fate in found)
    rows = [(fate.when, fate.added, fate.deep, fate.spoken) for fate in reversed(found)]
    rows.append(("at other times", rest, deep, int((dated["contact_days"] > 0).sum()) - sum(f.spoken for f in found)))
    return Habit(
        habit.key, habit.title, habit.unit, 100 * total / len(dated), told, log.monthly(day), None,
        pd.DataFrame(rows, columns=_FATES)[_FATES if observed else _FATES[:2]],
    )  # fmt: skip


def yields(log: Log) -> Habit:
    """Share of your connections that are deep today (the state, not the soft count of meaningful ties), by how they
    came: invited by you with a note or without, accepted from them, or introduced. Invitations.csv reaches back half a
    year to a year; who came before is not known, and is said to be so.
    """
    habit = Habit("yield", "What came of them", "% of connections deep today")
    connections = log.audit.connections
    if connections.empty:
        return Habit(habit.key, habit.title, habit.unit, withheld=NO_DATES)
    if not log.audit.observed:
        return Habit(habit.key, habit.title, habit.unit, withheld=NO_CONTACT)
    came = _came(log, connections.index)
    deep = connections["state"] == "deep"
    table = pd.DataFrame({"came": came, "deep": deep, "n": 1}).groupby("came").sum().reindex(_WAYS).dropna().astype(int)
    known = table.drop(index="not known", errors="ignore")
    best = (known["deep"] / known["n"]).sort_values(ascending=False, kind="stable")
    told = f" Best of those whose beginning is known: {best.index[0]}, {best.iloc[0]:.0%}." if len(best) > 1 else ""
    day = days_of(connections["connected_on"])
    return Habit(
        habit.key, habit.title, habit.unit, 100 * float(deep.mean()),
        f"{int(deep.sum()):,} of {counted(len(connections), 'connection')} are deep today.{told}",
        log.by_month(day[day != NEVER], 100.0 * deep.to_numpy()[day != NEVER], "mean"), None,
        pd.DataFrame({
            "How they came": table.index, "Connections": table["n"].to_numpy(), "Deep": table["deep"].to_numpy(),
            "%": (100 * table["deep"] / table["n"]).round(1).to_numpy(),
        }),
    )  # fmt: skip


def sprees(day: Ints) -> list[tuple[int, int]]:
    """The first and the last day of each spree among days of connecting (n,), the oldest first."""
    if not len(day):
        return []
    day = np.sort(day)
    counts = np.bincount(day - day[0])
    bounds = change_points(counts)
    rates = [counts[a:b].mean() for a, b in pairwise(bounds)]
    found = []
    for place, (a, b) in enumerate(pairwise(bounds)):
        beside = max((rates[n] for n in (place - 1, place + 1) if 0 <= n < len(rates)), default=np.inf)
        inside = day[(day >= day[0] + a) & (day < day[0] + b)]
        if b - a <= SPREE_DAYS and len(inside) >= SPREE_LEAST and rates[place] >= SPREE_FACTOR * beside:
            found.append((int(inside[0]), int(inside[-1])))
    return found


def change_points(counts: Ints) -> list[int]:
    """Where the rate of Poisson counts changes: the bounds of stretches of one rate, 0 and len(counts) included.

    The cut that is best of all (optimal partitioning, Jackson 2005), each change costing 2 ln n, twice what Schwarz
    asks for two more numbers, since days are more uneven than chance.
    """
    total = np.r_[0, np.cumsum(counts)].astype(float)
    n = len(counts)
    cost, cut = np.full(n + 1, np.inf), np.zeros(n + 1, np.int64)
    penalty = 2 * np.log(max(n, 2))
    cost[0] = -penalty
    for end in range(1, n + 1):
        inside, days = total[end] - total[:end], end - np.arange(end)
        fit = inside * np.log(np.maximum(inside, 1) / days) - inside  # the log-likelihood at the stretch's own rate
        costs = cost[:end] - fit + penalty
        cut[end] = int(costs.argmin())
        cost[end] = costs[cut[end]]
    return sorted({n, *_back(cut, n)})


def _back(cut: Ints, end: int) -> Iterator[int]:
    while end > 0:
        end = int(cut[end])
        yield end


@dataclass(frozen=True, slots=True)
class _Fate:
    """What became of those added in a spree."""

    when: str
    added: int
    deep: int
    spoken: int

    @classmethod
    def of(cls, ties: pd.DataFrame, first: int, last: int) -> _Fate:
        deep, spoken = int((ties["state"] == "deep").sum()), int((ties["contact_days"] > 0).sum())
        return cls(_when(first, last), len(ties), deep, spoken)

    def told(self, *, observed: bool) -> str:
        """What became of them in words; without any contact observed, only that they were added."""
        if not observed:
            return f"Most at once in {self.when}: you added {counted(self.added, 'person', 'people')}."
        return f"Of the {self.added:,} people you added in {self.when}, {self.deep:,} {_are(self.deep)} deep today."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _when(first: int, last: int) -> str:
    """When a spree was, in words: "March 2021", or "March to April 2021"."""
    start, end = (pd.Timestamp(moment) for moment in as_dates(np.array([first, last])))
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}"
    return f"{start:%B}{f' {start.year}' if start.year != end.year else ''} to {end:%B %Y}"


def _dated(log: Log) -> pd.DataFrame:
    ties = log.audit.connections
    return ties[ties["connected_on"].notna()]


def _one_to_one_days(log: Log) -> Ints:
    """The day of each person and day with an exchange between the owner and that person alone."""
    table = log.exchanges
    alone = (table["others"] == 0) & ~table["channel"].isin(["invitation", "endorsement", "note", "missed_call"])
    person = table["person"].cat.codes.to_numpy()[alone]
    pairs = pd.DataFrame({"person": person, "day": log.day[alone]}).drop_duplicates()
    return pairs["day"].to_numpy()


_FATES = ["When", "Added", "Deep today", "With any contact"]
_WAYS = ["introduced", "invited with a note", "invited without a note", "accepted from them", "not known"]


def _came(log: Log, humans: pd.Index[str]) -> pd.Series[str]:
    """How each connection came."""
    invited = log.exchanges[log.exchanges["channel"] == "invitation"].sort_values("at", kind="stable")
    invited = invited.assign(person=invited["person"].astype("str")).drop_duplicates("person", keep="last")
    noted = invited["words"].gt(0).fillna(value=False).to_numpy(dtype=bool)
    way = np.where(invited["direction"] == "in", _WAYS[3], np.where(noted, _WAYS[1], _WAYS[2]))
    came = pd.Series(way, index=invited["person"], dtype="str").reindex(humans).fillna("not known")
    came[came.index.isin(log.audit.introductions["introduced"])] = "introduced"
    return came
