"""The weekly depth report: is the network getting deeper or only bigger, who moved and why, who waits, and what to do.

A report compares the audit at the end of an ISO week with the audit at the end of the week before. Both are rebuilt
from the interactions, so the first upload has a right report of any past week.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pandas as pd

from auditor.audit import Audit, audit, end_of_day, last_day
from auditor.changes import Changes
from auditor.dunbar import LAYERS
from auditor.errors import UsageError
from auditor.marks import Marks, Personal
from auditor.records import Records
from auditor.waiting import waiting

MOVED = 2.0
"""Points of depth that a tie must gain or lose in a week to be named."""

NAMED = 5
"""At most so many names a list: five names a week, not a flood."""

ACTIONS = 3
FOLLOW_UP_DAYS = 28
WORTH_WAKING = 50.0
"""The lifetime depth from which a dormant tie is proposed: once deep."""


@dataclass(frozen=True, slots=True)
class Mover:
    """A tie whose depth changed within the week, and why in words."""

    human: str
    name: str
    depth: float
    change: float
    why: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who connected, or with whom there was a first exchange, within the week, and how they came."""

    human: str
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """A tie that crossed a layer; None is outside all four."""

    human: str
    name: str
    before: str | None
    after: str | None
    inward: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open question: who waits, since when, and how deep the tie is."""

    human: str
    name: str
    asked: date
    days: int
    depth: float


@dataclass(frozen=True, slots=True)
class Dormant:
    """A tie that was once deep and has been quiet for a year, with the last thing between the two."""

    human: str
    name: str
    lifetime_depth: float
    last: date
    what: str


@dataclass(frozen=True, slots=True)
class Action:
    """Something worth doing this week: with whom, what, and why."""

    human: str
    name: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class YearAgo:
    """The same week a year ago: its meaningful ties, and with how many people there was contact then and still is."""

    week: str
    meaningful: float | None
    in_touch: int
    still: int


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """One week of a network. `meaningful` and the bounds are None where they are withheld, and `withheld` says why."""

    week: str
    start: date
    end: date
    running: bool
    owner: str
    connections: int
    connections_before: int
    meaningful: float | None
    meaningful_low: float | None
    meaningful_high: float | None
    meaningful_before: float | None
    withheld: str | None
    gained: float
    lost: float
    exchanges: int
    in_touch: int
    up: tuple[Mover, ...]
    down: tuple[Mover, ...]
    newcomers: tuple[Newcomer, ...]
    newcomers_more: int
    crossings: tuple[Crossing, ...]
    waiting_for_you: tuple[Waiting, ...]
    you_wait_for: tuple[Waiting, ...]
    dormant: tuple[Dormant, ...]
    actions: tuple[Action, ...]
    year_ago: YearAgo | None
    changes: Changes | None

    @property
    def quiet(self) -> bool:
        """Whether nothing happened: no contact, nobody new."""
        return not (self.exchanges or self.newcomers)

    @property
    def headline(self) -> str:
        """The week in one or two sentences."""
        ties = "" if self.meaningful is None else f" You have about {self.meaningful:.0f} meaningful ties{self._moved}."
        return f"{_VERDICT[self._deeper, self.connections > self.connections_before, self.quiet]}{ties}"

    @property
    def _deeper(self) -> bool:
        return self.gained > self.lost

    @property
    def _moved(self) -> str:
        if self.meaningful is None or self.meaningful_before is None:
            return ""
        change = round(self.meaningful - self.meaningful_before, 1)
        return f" ({change:+.1f} in the week)" if change else ", as many as the week before"


_VERDICT = {
    (True, True, False): "Deeper, and bigger: your ties gained more depth than silence took, and new people came.",
    (True, False, False): "Deeper, and no bigger: your ties gained more depth than silence took.",
    (False, True, False): "Bigger, not deeper: new people came, while silence took more depth than contact gave.",
    (False, False, False): "A slower week: silence took a little more depth than contact gave.",
    (True, True, True): "A quiet week.",
    (True, False, True): "A quiet week: no contact in these files, and nobody new.",
    (False, True, True): "A quiet week.",
    (False, False, True): "A quiet week: no contact in these files, and nobody new.",
}
"""By whether depth grew, whether the list grew, and whether the week was quiet."""


def week_of(day: date) -> str:
    """The ISO week a day lies in, as `2026-W46`."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def days_of(week: str) -> tuple[date, date]:
    """Monday and Sunday of an ISO week. Raises UsageError where there is no such week."""
    found = re.fullmatch(r"(\d{4})-?W(\d{1,2})", week.strip(), flags=re.IGNORECASE)
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        monday = None
    if monday is None:
        raise UsageError(f"{week!r} is no week; write it as {week_of(datetime.now(UTC).date())}")
    return monday, monday + timedelta(days=6)


def weekly_report(
    records: Records,
    week: str | None = None,
    marks: Marks | None = None,
    personal: Personal | None = None,
    changed: Changes | None = None,
) -> WeeklyReport:
    """The report of an ISO week (by default the one that the last day in the data lies in).

    `changed`: what changed between the last two exports (changes.py), where both are known. Raises UsageError for a
    week that is none, or that lies after the data or before its beginning.
    """
    last = last_day(records).date()
    start, end = days_of(week or week_of(last))
    if start > last:
        raise UsageError(f"{week_of(start)} lies after the last day in these files, {last:%d %B %Y}")
    running, seen_to = end > last, min(end, last)
    now, before = (audit(records, day, marks, personal) for day in (seen_to, start - timedelta(days=1)))
    if before.ties.empty and now.ties.empty:
        raise UsageError(f"{week_of(start)} lies before anything in these files")
    exchanges = _exchanges(records, now)
    inside = exchanges[exchanges["at"] >= pd.Timestamp(start, tz="UTC")]
    let_go = _labelled(now, marks, "let go")
    moves = _moves(now, before)
    open_ = waiting(exchanges, now.as_of)
    owed, owing = (_waiting(now, open_[open_["owes"] == side], let_go) for side in ("you", "they"))
    newcomers = _newcomers(now, before, exchanges, inside)
    sleeping = _dormant(now, exchanges, let_go)
    down = _movers(now, moves[moves <= -MOVED].sort_values(), inside)
    return WeeklyReport(
        week=week_of(start),
        start=start,
        end=end,
        running=running,
        owner=now.owner,
        connections=int(now.ties["connection"].sum()),
        connections_before=int(before.ties["connection"].sum()),
        meaningful=now.meaningful.count,
        meaningful_low=now.meaningful.low,
        meaningful_high=now.meaningful.high,
        meaningful_before=before.meaningful.count,
        withheld=now.meaningful.withheld,
        gained=round(float(moves.clip(lower=0).sum()), 1),
        lost=round(float(-moves.clip(upper=0).sum()), 1),
        exchanges=len(inside),
        in_touch=int(inside["person"].nunique()),
        up=_movers(now, moves[moves >= MOVED].sort_values(ascending=False), inside),
        down=down,
        newcomers=newcomers[:NAMED],
        newcomers_more=max(len(newcomers) - NAMED, 0),
        crossings=_crossings(now, before),
        waiting_for_you=owed,
        you_wait_for=owing,
        dormant=sleeping,
        actions=_actions(now, owed, sleeping, exchanges, _labelled(now, marks, "reach out"), let_go),
        year_ago=_year_ago(records, start, seen_to, inside, marks, personal),
        changes=changed,
    )


def _exchanges(records: Records, now: Audit) -> pd.DataFrame:
    """The interactions up to `now` by human (as text), without the owner's own and without notes, oldest first."""
    known = records.interactions
    known = known[(known["at"] <= now.as_of) & ~known["person"].isin(records.owner.keys) & (known["channel"] != "note")]
    return known.assign(person=known["person"].astype("str").map(now.human)).sort_values("at", kind="stable")


def _labelled(now: Audit, marks: Marks | None, label: str) -> frozenset[str]:
    if marks is None:
        return frozenset()
    people = marks.labels.loc[marks.labels["label"] == label, "person"]
    return frozenset(people.map(now.human).dropna())


def _moves(now: Audit, before: Audit) -> pd.Series[float]:
    """How much the depth of each tie changed; a tie that was not there before began at 0."""
    then = before.ties["depth"].rename(now.human.to_dict())  # who was one of two may be known as one by now
    then = then.groupby(level=0).max()
    return now.ties["depth"] - then.reindex(now.ties.index).fillna(0.0)


def _movers(now: Audit, moves: pd.Series[float], inside: pd.DataFrame) -> tuple[Mover, ...]:
    return tuple(
        Mover(str(human), _name(now, human), round(float(now.ties.at[human, "depth"]), 1), round(float(change), 1), why)
        for human, change in moves.head(NAMED).items()
        for why in [_why(now.ties.loc[human], inside[inside["person"] == human])]
    )


def _why(tie: pd.Series, rows: pd.DataFrame) -> str:
    """What happened between the two within the week, or how long nothing did."""
    if rows.empty:
        return f"Quiet for {_many(int(tie['quiet_days']), 'day')}."
    said = [words for channel in rows["channel"].astype("str").unique() for words in _happened(channel, rows)]
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _happened(channel: str, rows: pd.DataFrame) -> Sequence[str]:
    """What happened over one channel: meetings counted, messages by days and direction."""
    mine = rows[rows["channel"] == channel]
    days = mine["at"].dt.normalize()
    verb, undirected = _VERBS.get(channel, ("wrote", "were in touch"))
    said = [
        f"{who} {verb} on {_many(int(days[mine['direction'] == way].nunique()), 'day')}"
        for way, who in (("out", "you"), ("in", "they"))
        if (mine["direction"] == way).any()
    ]
    together = int(days[mine["direction"] == "both"].nunique())
    return [*said, *([f"you two {undirected} on {_many(together, 'day')}"] if together else [])]


_VERBS = {
    "call": ("called", "spoke"),
    "missed_call": ("tried to call", "tried to call"),
    "meeting": ("met", "met"),
    "meal": ("ate together", "ate together"),
    "invitation": ("sent an invitation", "sent invitations"),
    "endorsement": ("endorsed a skill", "endorsed each other"),
    "recommendation": ("wrote a recommendation", "wrote recommendations"),
}


def _newcomers(now: Audit, before: Audit, exchanges: pd.DataFrame, inside: pd.DataFrame) -> tuple[Newcomer, ...]:
    """Who connected within the week, and who was first in touch in it; the deepest first."""
    known = set(before.ties.index.map(lambda human: now.human.get(human, human)))
    was = set(before.ties.index[before.ties["connection"]].map(lambda human: now.human.get(human, human)))
    connected = [h for h in now.ties.index[now.ties["connection"]] if h not in was]
    touched = [h for h in now.ties.index[~now.ties["connection"]] if h not in known and (inside["person"] == h).any()]
    fresh = now.ties.loc[[*connected, *touched]].sort_values(["depth", "name"], ascending=[False, True])
    return tuple(
        Newcomer(str(human), _name(now, human), _how(tie, exchanges[exchanges["person"] == human]))
        for human, tie in fresh.iterrows()
        if not str(human).startswith(("phone:", "email:", "handle:")) or tie["name"] != human
    )


def _how(tie: pd.Series, rows: pd.DataFrame) -> str:
    """How somebody came: by whose invitation, or over which channel they were first met."""
    invitations = rows[rows["channel"] == "invitation"]
    if tie["connection"] and len(invitations):
        asked = invitations.iloc[-1]
        note = ", with a note" if pd.notna(asked["words"]) and asked["words"] > 0 else ""
        return f"you invited them{note}" if asked["direction"] == "out" else f"they invited you{note}"
    if tie["connection"]:
        return "connected; the files do not say who asked"
    return _FIRST.get(str(rows.iloc[0]["channel"]), "a first message") if len(rows) else "a first contact"


_FIRST = {
    "meeting": "a first meeting",
    "meal": "a first meal",
    "call": "a first call",
    "email": "a first mail",
    "missed_call": "a missed call",
    "invitation": "an invitation that is still open",
}


def _crossings(now: Audit, before: Audit) -> tuple[Crossing, ...]:
    """Ties in another layer than the week before, the innermost first."""
    order = {circle.name: place for place, circle in enumerate(LAYERS)}
    then = before.ties["layer"].rename(now.human.to_dict())
    then = then[~then.index.duplicated()].reindex(now.ties.index)
    ranks = pd.DataFrame({"after": now.ties["layer"].map(order), "before": then.map(order)}).fillna(len(LAYERS))
    moved = ranks[ranks["after"] != ranks["before"]]
    moved = moved.assign(inner=moved.min(axis=1)).sort_values("inner", kind="stable").head(2 * NAMED)
    layers = [circle.name for circle in LAYERS]
    return tuple(
        Crossing(
            str(human),
            _name(now, human),
            layers[int(row["before"])] if row["before"] < len(LAYERS) else None,
            layers[int(row["after"])] if row["after"] < len(LAYERS) else None,
            bool(row["after"] < row["before"]),
        )
        for human, row in moved.iterrows()
    )


def _waiting(now: Audit, open_: pd.DataFrame, let_go: frozenset[str]) -> tuple[Waiting, ...]:
    """Open questions in the order of the ties' depth."""
    known = open_[open_["human"].isin(now.ties.index) & ~open_["human"].isin(let_go)]
    known = known.assign(depth=known["human"].map(now.ties["depth"])).sort_values(
        ["depth", "asked", "human"], ascending=[False, False, True]
    )
    return tuple(
        Waiting(row.human, _name(now, row.human), row.asked.date(), int(row.days), round(float(row.depth), 1))
        for row in known.head(NAMED).itertuples()
    )


def _dormant(now: Audit, exchanges: pd.DataFrame, let_go: frozenset[str]) -> tuple[Dormant, ...]:
    """Dormant ties that were deepest once, with the last thing between the two."""
    sleeping = now.ties[(now.ties["kind"] == "dormant") & (now.ties["lifetime_depth"] >= WORTH_WAKING)]
    sleeping = sleeping[~sleeping.index.isin(let_go)].sort_values(["lifetime_depth", "name"], ascending=[False, True])
    found = []
    for human, tie in sleeping.head(ACTIONS).iterrows():
        last = exchanges[exchanges["person"] == human].iloc[-1]
        found.append(
            Dormant(
                str(human), _name(now, human), round(float(tie["lifetime_depth"]), 1), last["at"].date(), _thing(last)
            )
        )
    return tuple(found)


def _thing(last: pd.Series) -> str:
    """The last exchange in words."""
    verb, together = _VERBS.get(str(last["channel"]), ("wrote", "were in touch"))
    if last["direction"] == "both":
        return f"you two {together}"
    return f"{'you' if last['direction'] == 'out' else 'they'} {verb}"


def _actions(
    now: Audit,
    owed: Sequence[Waiting],
    sleeping: Sequence[Dormant],
    exchanges: pd.DataFrame,
    reach_out: frozenset[str],
    let_go: frozenset[str],
) -> tuple[Action, ...]:
    """The three things worth doing: one of each sort first, in this order, nobody twice."""
    spoken = set(exchanges["person"])
    sorts: list[list[Action]] = [
        [
            Action(h, _name(now, h), "Get in touch", "You marked this tie to reach out to.")
            for h in sorted(reach_out)
            if h in now.ties.index
        ],
        [
            Action(w.human, w.name, "Answer", f"They asked you something {_ago(w.days)}, and nothing has followed.")
            for w in owed
        ],
        [
            Action(str(h), _name(now, h), "Say hello", why)
            for h, why in _overdue(now, let_go)
        ],
        [
            Action(
                d.human,
                d.name,
                "Wake it",
                f"Once deep ({d.lifetime_depth:.0f}). The last thing: {d.what}, {d.last:%B %Y}.",
            )
            for d in sleeping
        ],
        [
            Action(
                str(h), _name(now, h), "Follow up", "You connected within the last four weeks, and neither has written."
            )
            for h, tie in now.ties[now.ties["connection"]].iterrows()
            if h not in spoken and (now.as_of - tie["connected_on"]).days <= FOLLOW_UP_DAYS
        ][:NAMED],
    ]
    chosen: dict[str, Action] = {}
    for turn in range(max(map(len, sorts))):
        for sort in sorts:
            if turn < len(sort):
                chosen.setdefault(sort[turn].human, sort[turn])
    return tuple(chosen.values())[:ACTIONS]


def _overdue(now: Audit, let_go: frozenset[str]) -> list[tuple[str, str]]:
    """Deep ties that are quiet for more than twice their own rhythm, the deepest first. No cliff lies there: the longer
    the silence against the rhythm, the rarer a tie comes back (Navarro et al. 2017; our logs, science of silence).
    """
    deep = now.ties[(now.ties["state"] == "deep") & (now.ties["contact_days"] > 3) & ~now.ties.index.isin(let_go)]
    rhythm = deep["span_days"] / (deep["contact_days"] - 1)
    late = deep[(deep["quiet_days"] > 2 * rhythm) & (deep["quiet_days"] >= 14)].sort_values("depth", ascending=False)
    return [
        (str(h), f"You two are in touch every {_many(max(round(rhythm[h]), 1), 'day')} or so; it has been {tie['quiet_days']:.0f}.")
        for h, tie in late.head(NAMED).iterrows()
    ]


def _year_ago(
    records: Records, start: date, seen_to: date, inside: pd.DataFrame, marks: Marks | None, personal: Personal | None
) -> YearAgo | None:
    """The same weekdays 52 weeks before; None where the data does not reach back so far."""
    year = timedelta(weeks=52)
    known = records.interactions["at"]
    if known.empty or known.min() > end_of_day(seen_to - year):
        return None
    then = audit(records, seen_to - year, marks, personal)
    rows = _exchanges(records, then)
    rows = rows[rows["at"] >= pd.Timestamp(start - year, tz="UTC")]
    people = set(rows["person"])
    return YearAgo(week_of(start - year), then.meaningful.count, len(people), len(people & set(inside["person"])))


def _name(now: Audit, human: object) -> str:
    return str(now.ties.at[human, "name"])


def _ago(days: int) -> str:
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
