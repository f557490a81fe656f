"""The weekly depth report: is the network getting deeper or only bigger, who moved and why, who waits, and what to do.

A report compares the audit at the end of an ISO week with the audit at the end of the week before. Both are rebuilt
from the interactions, so the first upload has a right report of any past week.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pandas as pd

from auditor.audit import Audit, audit, end_of_day, last_day
from auditor.changes import Changes
from auditor.dunbar import LayerCount
from auditor.errors import UsageError
from auditor.history import iso_week
from auditor.identity import Identity
from auditor.marks import Marks, Personal
from auditor.moves import NAMED, Crossing, Mover, Newcomer, crossings, movers, moves, newcomers
from auditor.records import Records
from auditor.rings import Dot, bands, layout
from auditor.suggestions import Action, Dormant, Waiting, actions, dormant, waiting
from auditor.telling import in_words
from auditor.waiting import open_questions

MOST_DOTS = 400


@dataclass(frozen=True, slots=True)
class YearAgo:
    """The same week a year ago: the meaningful ties at its end (None where withheld), with how many people there was
    contact in it, and with how many of them there was any since.
    """

    week: str
    meaningful: float | None
    in_touch: int
    since: int


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """One week of a network, seen from `seen_to`: its Sunday, or, where the data ends before (`running`), its last day.

    `meaningful` and its bounds are None where they are withheld, and `withheld` says why. `gained`, `lost`: points of
    depth over all ties, None where no contact was ever observed. `exchanges`, `in_touch`: what happened in the week,
    and with how many people. The lists hold `moves.NAMED` at most; those that end in `_more` count the
    rest. `dots`: the target of the four layers.
    """

    week: str
    start: date
    end: date
    seen_to: date
    running: bool
    owner: str
    connections: int
    connections_before: int
    meaningful: float | None
    meaningful_low: float | None
    meaningful_high: float | None
    meaningful_before: float | None
    withheld: str | None
    gained: float | None
    lost: float | None
    exchanges: int
    in_touch: int
    layers: tuple[LayerCount, ...]
    up: tuple[Mover, ...]
    down: tuple[Mover, ...]
    newcomers: tuple[Newcomer, ...]
    newcomers_more: int
    crossings: tuple[Crossing, ...]
    crossings_more: int
    waiting_for_you: tuple[Waiting, ...]
    waiting_for_you_more: int
    you_wait_for: tuple[Waiting, ...]
    you_wait_for_more: int
    dormant: tuple[Dormant, ...]
    actions: tuple[Action, ...]
    year_ago: YearAgo | None
    changes: Changes | None
    dots: tuple[Dot, ...]

    @property
    def quiet(self) -> bool:
        """Whether nothing happened: no contact, nobody new."""
        return not (self.exchanges or self.newcomers)

    @property
    def headline(self) -> str:
        """The week in one or two sentences: deeper, bigger, both, or neither."""
        verdict = self._verdict
        if self.meaningful is None:
            return f"{verdict} {self.withheld}"
        ties = "tie" if round(self.meaningful) == 1 else "ties"
        return f"{verdict} You have about {self.meaningful:,.0f} meaningful {ties}{self._moved}."

    @property
    def _verdict(self) -> str:
        bigger = self.connections > self.connections_before
        if self.gained is None or self.lost is None:
            return _SIZE[bigger]
        return _QUIET if self.quiet else _VERDICT[self.gained > self.lost, bigger]

    @property
    def _moved(self) -> str:
        if self.meaningful is None or self.meaningful_before is None:
            return ""
        change = round(self.meaningful - self.meaningful_before, 1)
        return f" ({change:+.1f} in the week)" if change else ", as many as the week before"


_SIZE = {
    True: "Bigger: new people came. Whether deeper, these files cannot tell.",
    False: "No bigger: nobody new. Whether deeper, these files cannot tell.",
}
"""By whether the list grew, where no contact was ever observed."""

_QUIET = "A quiet week: no contact in these files, and nobody new."
_VERDICT = {
    (True, True): "Deeper, and bigger: your ties gained more depth than silence took, and new people came.",
    (True, False): "Deeper, and no bigger: your ties gained more depth than silence took.",
    (False, True): "Bigger, not deeper: new people came, while silence took more depth than contact gave.",
    (False, False): "A slower week: silence took a little more depth than contact gave.",
}
"""By whether depth grew, and whether the list grew."""


def days_of(week: str) -> tuple[date, date]:
    """Monday and Sunday of an ISO week. Raises UsageError where there is no such week."""
    found = re.fullmatch(r"(\d{4})-?W(\d{1,2})", week.strip(), flags=re.IGNORECASE | re.ASCII)
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
        return (monday, monday + timedelta(days=6)) if monday else _no_week(week)
    except (ValueError, OverflowError):
        return _no_week(week)


def _no_week(week: str) -> tuple[date, date]:
    raise UsageError(f"{week!r} is no week; write it as {iso_week(datetime.now(UTC).date())}")


def weekly_report(
    records: Records,
    week: str | None = None,
    marks: Marks | None = None,
    personal: Personal | None = None,
    changed: Changes | None = None,
    as_of: date | None = None,
) -> WeeklyReport:
    """The report of an ISO week (by default the one that `as_of` lies in).

    `as_of`: the last day of which the data would tell, such as that of the export, whatever stands in a calendar; by
    default the last day in the data. `changed`: what changed between the last two exports (changes.py), where both are
    known; it is told in the weeks between the two. Raises UsageError for a week that is none, or that lies after the
    data or before its beginning.
    """
    last = as_of or last_day(records).date()
    start, end = days_of(week or iso_week(last))
    if start > last:
        raise UsageError(f"{iso_week(start)} lies after the last day in these files, {in_words(last)}")
    seen_to = min(end, last)
    now, before = (audit(records, day, marks, personal) for day in (seen_to, start - timedelta(days=1)))
    if now.ties.empty:
        raise UsageError(f"{iso_week(start)} lies before anything in these files")
    exchanges = _by_human(records, now)
    inside = exchanges[exchanges["at"] >= _midnight(start)]
    let_go, reach_out = (_labelled(now, marks, label) for label in ("let go", "reach out"))
    changes_of_depth = moves(now, before)
    up, down = movers(now, changes_of_depth, inside)
    fresh, crossed = newcomers(now, before, exchanges, inside), crossings(now, before)
    questions = open_questions(exchanges, now.as_of)
    owed, owing = (waiting(now, questions[questions["owes"] == side], let_go) for side in ("you", "they"))
    sleeping = dormant(now, exchanges, let_go)
    spoken = exchanges["person"].cat.categories
    return WeeklyReport(
        week=iso_week(start),
        start=start,
        end=end,
        seen_to=seen_to,
        running=end > last,
        owner=now.owner,
        connections=int(now.ties["connection"].sum()),
        connections_before=int(before.ties["connection"].sum()),
        meaningful=now.meaningful.count,
        meaningful_low=now.meaningful.low,
        meaningful_high=now.meaningful.high,
        meaningful_before=before.meaningful.count,
        withheld=now.meaningful.withheld,
        gained=round(float(changes_of_depth.clip(lower=0).sum()), 1) if now.observed else None,
        lost=round(float(changes_of_depth.clip(upper=0).abs().sum()), 1) if now.observed else None,
        exchanges=len(inside),
        in_touch=int(inside["person"].nunique()),
        layers=now.layers,
        up=up,
        down=down,
        newcomers=tuple(fresh[:NAMED]),
        newcomers_more=max(len(fresh) - NAMED, 0),
        crossings=tuple(crossed[:NAMED]),
        crossings_more=max(len(crossed) - NAMED, 0),
        waiting_for_you=owed[:NAMED],
        waiting_for_you_more=max(len(owed) - NAMED, 0),
        you_wait_for=owing[:NAMED],
        you_wait_for_more=max(len(owing) - NAMED, 0),
        dormant=sleeping,
        actions=actions(now, owed, sleeping, spoken, reach_out, let_go),
        year_ago=_year_ago(records, exchanges, start, seen_to, marks, personal),
        changes=changed if changed and changed.since.date() <= end and changed.until.date() >= start else None,
        dots=tuple(layout(bands(now.ties[now.ties["layer"].notna()]), MOST_DOTS)),
    )


def _by_human(records: Records, now: Audit) -> pd.DataFrame:
    """The interactions up to `now`, `person` being the human, oldest first; the owner's own and notes left out."""
    known = records.interactions
    humans = Identity(now.human, now.links).of(known["person"])
    kept = (known["at"] <= now.as_of) & humans.notna() & (known["channel"] != "note")
    found = known.assign(person=humans)[kept].sort_values("at", kind="stable")
    return found.assign(person=found["person"].cat.remove_unused_categories())


def _labelled(now: Audit, marks: Marks | None, label: str) -> frozenset[str]:
    """The humans on whose card the owner wrote `label`."""
    if marks is None:
        return frozenset()
    people = marks.labels.loc[marks.labels["label"] == label, "person"]
    return frozenset(people.map(now.human).dropna())


def _year_ago(
    records: Records,
    exchanges: pd.DataFrame,
    start: date,
    seen_to: date,
    marks: Marks | None,
    personal: Personal | None,
) -> YearAgo | None:
    """The same weekdays 52 weeks before; None where the data does not reach back so far."""
    year = timedelta(weeks=52)
    then = end_of_day(seen_to - year)
    if exchanges.empty or exchanges["at"].iloc[0] > then:
        return None
    that_week = exchanges.loc[exchanges["at"].between(_midnight(start - year), then), "person"].unique()
    later = exchanges.loc[exchanges["at"] > then, "person"].unique()
    return YearAgo(
        iso_week(start - year),
        audit(records, seen_to - year, marks, personal).meaningful.count,
        len(that_week),
        int(pd.Index(that_week).isin(later).sum()),
    )


def _midnight(day: date) -> pd.Timestamp:
    return pd.Timestamp(day, tz="UTC")
