"""What is worth doing this week: who waits for an answer, which dormant tie to wake, whom to greet, and why.

Proposals, never duties: nothing is counted against anybody who leaves them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from auditor.audit import Audit
from auditor.moves import NAMED
from auditor.telling import ago, last_thing, many

ACTIONS = 3
FOLLOW_UP_DAYS = 28
SHORTEST_SILENCE_DAYS = 14
RHYTHM_DAYS = 90
"""How long a tie must have lasted before its rhythm is one."""

WORTH_WAKING = 50.0
"""The lifetime depth from which a dormant tie is proposed: once deep."""

_NO_TALK = ("broadcast", "templated", "service")
"""Kinds whose question marks ask nobody in particular."""


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


def waiting(now: Audit, questions: pd.DataFrame, let_go: frozenset[str]) -> tuple[Waiting, ...]:
    """Open questions (waiting.py, those of one side), those of the deepest ties first."""
    talking = now.ties[~now.ties["kind"].isin(_NO_TALK) & ~now.ties.index.isin(let_go)]
    known = questions[questions["human"].isin(talking.index)]
    known = known.assign(depth=known["human"].map(talking["depth"]), name=known["human"].map(talking["name"]))
    known = known.sort_values(["depth", "asked", "human"], ascending=[False, False, True])
    return tuple(
        Waiting(str(human), str(name), asked.date(), int(days), round(float(depth), 1))
        for human, name, asked, days, depth in known[["human", "name", "asked", "days", "depth"]].itertuples(
            index=False
        )
    )


def dormant(now: Audit, exchanges: pd.DataFrame, let_go: frozenset[str]) -> tuple[Dormant, ...]:
    """The dormant ties that were deepest once, with the last thing between the two."""
    sleeping = now.ties[(now.ties["kind"] == "dormant") & (now.ties["lifetime_depth"] >= WORTH_WAKING)]
    sleeping = sleeping[~sleeping.index.isin(let_go)].sort_values(["lifetime_depth", "name"], ascending=[False, True])
    found = []
    shown = sleeping.head(ACTIONS)
    for human, name, deepest in zip(shown.index, shown["name"], shown["lifetime_depth"], strict=True):
        last = exchanges[exchanges["person"] == human].iloc[-1]
        found.append(
            Dormant(
                str(human),
                str(name),
                float(deepest),
                last["at"].date(),
                last_thing(str(last["channel"]), str(last["direction"])),
            )
        )
    return tuple(found)


def actions(
    now: Audit,
    owed: Sequence[Waiting],
    sleeping: Sequence[Dormant],
    spoken: pd.Index[str],
    reach_out: frozenset[str],
    let_go: frozenset[str],
) -> tuple[Action, ...]:
    """The three things worth doing: the first of each sort before the second of any, in this order, nobody twice.

    `spoken`: everybody with whom there was any exchange.
    """
    sorts = [
        _marked(now, reach_out),
        [
            Action(w.human, w.name, "Answer", f"They asked you something {ago(w.days)}; nothing has followed yet.")
            for w in owed
        ],
        _overdue(now, let_go),
        [
            Action(
                d.human,
                d.name,
                "Wake it",
                f"Once deep (up to {d.lifetime_depth:.0f}). Last, {d.what} in {d.last:%B %Y}.",
            )
            for d in sleeping
        ],
        _follow_up(now, spoken, let_go),
    ]
    chosen: dict[str, Action] = {}
    for turn in range(max(map(len, sorts))):
        for sort in sorts:
            if turn < len(sort):
                chosen.setdefault(sort[turn].human, sort[turn])
    return tuple(chosen.values())[:ACTIONS]


def _marked(now: Audit, reach_out: frozenset[str]) -> list[Action]:
    marked = now.ties[now.ties.index.isin(reach_out)].head(NAMED)
    why = "You marked this tie to reach out to."
    return [Action(str(h), str(n), "Get in touch", why) for h, n in marked["name"].items()]


def _overdue(now: Audit, let_go: frozenset[str]) -> list[Action]:
    """Deep ties that are quiet for more than twice their own rhythm, the deepest first. No cliff lies there: the longer
    the silence against the rhythm, the rarer a tie comes back (Navarro et al. 2017).
    """
    deep = now.ties[(now.ties["state"] == "deep") & ~now.ties.index.isin(let_go)]
    deep = deep[(deep["contact_days"] > 3) & (deep["span_days"] >= RHYTHM_DAYS)]
    rhythm = (deep["span_days"] / (deep["contact_days"] - 1)).clip(lower=1)
    late = deep[(deep["quiet_days"] > 2 * rhythm) & (deep["quiet_days"] >= SHORTEST_SILENCE_DAYS)]
    late = late.sort_values("depth", ascending=False, kind="stable").head(NAMED)
    return [
        Action(str(human), str(name), "Say hello", f"{_usually(round(rhythm[human]))}; it has been {int(quiet)} days.")
        for human, name, quiet in zip(late.index, late["name"], late["quiet_days"], strict=True)
    ]


def _usually(days: int) -> str:
    return f"You two are in touch every {many(days, 'day') if days > 1 else 'day'} or so"


def _follow_up(now: Audit, spoken: pd.Index[str], let_go: frozenset[str]) -> list[Action]:
    """Who connected of late and was never spoken with, the latest first; only where a file would show a message."""
    since = now.as_of - pd.Timedelta(days=FOLLOW_UP_DAYS)
    fresh = now.ties[now.ties["connection"] & now.ties["covered"] & (now.ties["connected_on"] > since)]
    fresh = fresh[~fresh.index.isin(spoken) & ~fresh.index.isin(let_go) & (fresh["name"] != fresh.index)]
    fresh = fresh.sort_values(["connected_on", "name"], ascending=[False, True], kind="stable").head(NAMED)
    why = "You connected within the last four weeks, and neither has written yet."
    return [Action(str(h), str(n), "Follow up", why) for h, n in fresh["name"].items()]
