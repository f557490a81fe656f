"""Everything that the files tell of one person: what a page about them shows beside the depth (explanation.py).

Whatever the length of the log, its rows are looked through once, for those of this human's mentions; all else is worked
out from these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditor.audit import Audit
from auditor.identity.evidence import STRENGTH
from auditor.records import Records
from auditor.suggestions import Waiting, waiting
from auditor.waiting import open_questions

MOST_DAYS = 1_500
"""A timeline of more contact days than this is one of weeks: more marks than this cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Step:
    """One introduction, seen from the person: the other side of it, when, and what says so (introductions.py)."""

    human: str
    name: str
    at: pd.Timestamp
    evidence: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Somebody who was in threads with the owner and this person, and in how many (network.py)."""

    human: str
    name: str
    threads: int


@dataclass(frozen=True, slots=True)
class Merge:
    """A mention that was taken for this human: under what name, by which sort of evidence, and that in words."""

    mention: str
    name: str
    kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that tells of this human: how many `cards` (rows that describe them) and `exchanges` it has."""

    name: str
    cards: int
    exchanges: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """One human of an audit, as the records know them until its day.

    `names`: every way the name is written. `connected_on`: missing where they are no connection. `exchanges`: theirs,
    as rows of the interactions table with the human as `person`, oldest first. `introduced_by`: who brought them.
    `waiting_for_you`, `you_wait_for`: the open question of each side. `identifiers`: (kind, value), in the order of
    their strength.
    """

    human: str
    names: tuple[str, ...]
    mentions: tuple[str, ...]
    connected_on: pd.Timestamp | None
    exchanges: pd.DataFrame
    introduced_by: Step | None
    introduced: tuple[Step, ...]
    shared: tuple[Shared, ...]
    waiting_for_you: Waiting | None
    you_wait_for: Waiting | None
    identifiers: tuple[tuple[str, str], ...]
    merged: tuple[Merge, ...]
    files: tuple[File, ...]


def portrait(records: Records, audit: Audit, human: str) -> Portrait:
    """The portrait of a human of `audit.ties`, which is the audit of these records."""
    mentions = mentions_of(audit, human)
    cards = records.people[records.people["person"].isin(mentions)]
    exchanges = exchanges_of(records, audit, [human])
    connected: Any = audit.ties.loc[human, "connected_on"]
    came, brought = (_steps(records, audit, human, side) for side in ("introduced", "introducer"))
    owed, owing = _questions(audit, exchanges)
    return Portrait(
        human=human,
        names=tuple(dict.fromkeys(name for name in cards["name"].dropna().astype(str) if name)),
        mentions=mentions,
        connected_on=None if pd.isna(connected) else connected,
        exchanges=exchanges,
        introduced_by=came[0] if came else None,
        introduced=tuple(brought),
        shared=_shared(records, audit, human),
        waiting_for_you=owed,
        you_wait_for=owing,
        identifiers=_identifiers(records, mentions),
        merged=_merged(records, audit, human),
        files=_files(cards, exchanges),
    )


def mentions_of(audit: Audit, human: str) -> tuple[str, ...]:
    """The mentions that are this human, the human's own key first."""
    others = audit.human.index[(audit.human == human).to_numpy() & (audit.human.index != human)]
    return (human, *sorted(map(str, others)))


def exchanges_of(records: Records, audit: Audit, humans: Sequence[str]) -> pd.DataFrame:
    """The interactions of some humans until the day of the audit, `person` being the human, oldest first."""
    known = records.interactions
    every = known["person"].cat.categories
    who: pd.Index[str] = pd.Series(list(humans), dtype="str").pipe(pd.Index)
    place = who.get_indexer(pd.Index(audit.human.reindex(every)))  # -1: none of them
    theirs = known.iloc[np.flatnonzero((place >= 0)[known["person"].cat.codes.to_numpy()])]
    theirs = theirs[theirs["at"] <= audit.as_of].sort_values("at", kind="stable")
    codes: Any = place[theirs["person"].cat.codes.to_numpy()]
    return theirs.assign(person=pd.Categorical.from_codes(codes, categories=who))


def timeline(exchanges: pd.DataFrame, most: int = MOST_DAYS) -> pd.DataFrame:
    """The contact days on each channel: `channel`, `day` (UTC), `direction` (out, in, both), `exchanges`.

    `day` is the Monday of a week where there would be more than `most` rows. A day on which both sides wrote is one of
    both directions.
    """
    rows = _by(exchanges, exchanges["at"].dt.normalize())
    if len(rows) > most:
        day = exchanges["at"].dt.normalize()
        rows = _by(exchanges, day - pd.to_timedelta(day.dt.day_of_week, unit="D"))
    return rows


def _by(exchanges: pd.DataFrame, day: pd.Series[pd.Timestamp]) -> pd.DataFrame:
    ways = pd.DataFrame(
        {
            "channel": exchanges["channel"].astype("str"),
            "day": day,
            "out": exchanges["direction"] != "in",
            "in": exchanges["direction"] != "out",
        }
    )
    rows = ways.groupby(["channel", "day"]).agg(out=("out", "any"), came=("in", "any"), exchanges=("in", "size"))
    direction = np.where(rows["out"] & rows["came"], "both", np.where(rows["out"], "out", "in"))
    return rows.assign(direction=direction).reset_index()[["channel", "day", "direction", "exchanges"]]


def _steps(records: Records, audit: Audit, human: str, side: str) -> list[Step]:
    """The introductions in which `human` is on this side, in the order of time."""
    other = "introducer" if side == "introduced" else "introduced"
    mine = audit.introductions[audit.introductions[side] == human]
    return [
        Step(str(who), _name(records, audit, str(who)), at, str(evidence))
        for who, at, evidence in zip(mine[other], mine["at"], mine["evidence"], strict=True)
    ]


def _shared(records: Records, audit: Audit, human: str) -> tuple[Shared, ...]:
    """With whom they share threads, most first."""
    near = {str(other): int(edge.get("threads", 0)) for other, edge in audit.graph[human].items()}
    found = [Shared(other, _name(records, audit, other), threads) for other, threads in near.items() if threads]
    return tuple(sorted(found, key=lambda one: (-one.threads, one.name, one.human)))


def _questions(audit: Audit, exchanges: pd.DataFrame) -> list[Waiting | None]:
    """The open question of each side: who waits for the owner, for whom the owner waits."""
    asked = open_questions(exchanges, audit.as_of)
    sides = (asked[asked["owes"] == side] for side in ("you", "they"))
    return [next(iter(waiting(audit, some, frozenset())), None) if len(some) else None for some in sides]


def _identifiers(records: Records, mentions: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Profiles, addresses, numbers and handles: those that files give for a mention, and those that are its key."""
    given = records.identifiers[records.identifiers["person"].isin(list(mentions))]
    found = {(str(kind), str(value)) for kind, value in given[["kind", "value"]].itertuples(index=False)}
    found |= {(kind, value) for kind, _, value in (m.partition(":") for m in mentions) if kind != "name"}
    return tuple(sorted(found, key=lambda one: (STRENGTH.index(one[0]), one[1])))


def _merged(records: Records, audit: Audit, human: str) -> tuple[Merge, ...]:
    links = audit.links[audit.links["human"] == human]
    rows = links[["mention", "kind", "evidence"]].astype("str").itertuples(index=False, name=None)
    return tuple(
        Merge(mention, _called(records, mention) or readable(mention), kind, evidence)
        for mention, kind, evidence in sorted(rows)
    )


def _files(cards: pd.DataFrame, exchanges: pd.DataFrame) -> tuple[File, ...]:
    """The files, those with most exchanges first."""
    counts = pd.DataFrame(
        {
            "cards": cards["source"].dropna().astype("str").value_counts(),
            "exchanges": exchanges["source"].dropna().astype("str").value_counts(),
        }
    )
    counts = counts.fillna(0).astype(int).rename_axis("file").reset_index()
    counts = counts.sort_values(["exchanges", "cards", "file"], ascending=[False, False, True])
    return tuple(File(str(name), int(n), int(many)) for name, n, many in counts.itertuples(index=False))


def _name(records: Records, audit: Audit, human: str) -> str:
    """What to call somebody, be they a tie or only named by a file."""
    if human in audit.ties.index:
        return str(audit.ties.loc[human, "name"])
    return _called(records, human) or readable(human)


def _called(records: Records, mention: str) -> str | None:
    names = records.people.loc[records.people["person"] == mention, "name"].dropna()
    return next((str(name) for name in names if name), None)


def readable(mention: str) -> str:
    """A mention key as people read it: the address, the number, the profile, or the name."""
    kind, _, value = mention.partition(":")
    return value.rpartition("@")[0] if kind == "name" else value
