"""Who moved within a week: ties that gained or lost depth, people who came, ties that crossed a layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from auditor.audit import Audit
from auditor.dunbar import LAYERS
from auditor.telling import first_thing, happened, many

MOVED = 2.0
"""Points of depth that a tie must gain or lose in a week to be named."""

FELL = 1.0
"""What a tie must have lost where nobody lost that much: silence takes little at a time."""

NAMED = 5
"""At most so many names a list: people read five names a week, and turn from a flood."""

_CIRCLES = [circle.name for circle in LAYERS]


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


def moves(now: Audit, before: Audit) -> pd.Series[float]:
    """How much the depth of each tie of `now` changed; a tie that was not there before began at 0.

    A bare number or address is nobody whom the owner could know by name, and is left out.
    """
    then = before.ties["depth"].groupby(_by_now(before, now)).max()
    named = now.ties.loc[now.ties["name"] != now.ties.index, "depth"]
    return named - then.reindex(named.index).fillna(0.0)


def movers(now: Audit, changed: pd.Series[float], inside: pd.DataFrame) -> tuple[tuple[Mover, ...], tuple[Mover, ...]]:
    """Who gained most depth by contact, and who lost most by silence: `NAMED` each, by `MOVED` points or more. Where
    nobody lost as much, those who lost `FELL` are named.

    `inside` are the exchanges of the week. A tie that moved without a contact to show for it (two entries that turned
    out to be one person) is not named among those who gained.
    """
    met = changed.index.isin(inside["person"].cat.remove_unused_categories().cat.categories)
    up = changed[met & (changed >= MOVED)].sort_values(ascending=False, kind="stable").head(NAMED)
    fell = changed[~met & (changed <= -FELL)].sort_values(kind="stable")
    far = fell[fell <= -MOVED]
    return _named(now, up, inside), _named(now, (fell if far.empty else far).head(NAMED), inside)


def _named(now: Audit, changed: pd.Series[float], inside: pd.DataFrame) -> tuple[Mover, ...]:
    ties = now.ties.loc[changed.index, ["name", "depth", "quiet_days"]]
    found = []
    for human, change, (name, depth, quiet) in zip(changed.index, changed, ties.itertuples(index=False), strict=True):
        rows = inside[inside["person"] == human]
        why = happened(rows) if len(rows) else f"Quiet for {many(int(quiet), 'day')}."
        found.append(Mover(str(human), str(name), round(float(depth), 1), round(float(change), 1), why))
    return tuple(found)


def newcomers(now: Audit, before: Audit, exchanges: pd.DataFrame, inside: pd.DataFrame) -> Sequence[Newcomer]:
    """Who connected within the week, and who was first in touch in it, the deepest first.

    A bare number, address or handle is nobody's name, and is left out.
    """
    known = _by_now(before, now)
    connected = now.ties["connection"] & ~now.ties.index.isin(known[before.ties["connection"].to_numpy()])
    touched = now.ties.index.isin(inside["person"].cat.remove_unused_categories().cat.categories)
    met = ~now.ties["connection"] & ~now.ties.index.isin(known) & touched
    fresh = now.ties[(connected | met) & (now.ties["name"] != now.ties.index)]
    fresh = fresh.sort_values(["depth", "name"], ascending=[False, True], kind="stable")
    return [
        Newcomer(str(human), str(name), _how(bool(linked), exchanges[exchanges["person"] == human]))
        for human, name, linked in zip(fresh.index, fresh["name"], fresh["connection"], strict=True)
    ]


def _how(connected: bool, rows: pd.DataFrame) -> str:
    """How somebody came: by whose invitation, or over which channel they were first met."""
    invitations = rows[rows["channel"] == "invitation"]
    if connected and len(invitations):
        asked = invitations.iloc[-1]
        note = ", with a note" if pd.notna(asked["words"]) and asked["words"] > 0 else ""
        return f"you invited them{note}" if asked["direction"] == "out" else f"they invited you{note}"
    if connected:
        return "connected; the files do not say who asked"
    return first_thing(str(rows.iloc[0]["channel"]))


def crossings(now: Audit, before: Audit) -> Sequence[Crossing]:
    """Ties in another layer than the week before, those of the innermost layers first, inward ones before outward."""
    then = _rank(before.ties["layer"]).groupby(_by_now(before, now)).min()
    ranks = pd.DataFrame({"after": _rank(now.ties["layer"])})
    ranks["before"] = then.reindex(ranks.index, fill_value=len(_CIRCLES))
    moved = ranks[ranks["after"] != ranks["before"]]
    moved = moved.assign(inner=moved.min(axis=1)).sort_values(["inner", "after"], kind="stable")
    names = now.ties["name"].reindex(moved.index)
    return [
        Crossing(str(human), str(name), _circle(was), _circle(is_), is_ < was)
        for human, name, was, is_ in zip(moved.index, names, moved["before"], moved["after"], strict=True)
    ]


def _rank(layer: pd.Series[str]) -> pd.Series[int]:
    """0 for the innermost layer, one more for each further out."""
    codes = pd.Series(pd.Categorical(layer, categories=_CIRCLES).codes, index=layer.index, dtype="int64")
    return codes.mask(codes < 0, len(_CIRCLES))


def _circle(rank: int) -> str | None:
    return _CIRCLES[rank] if rank < len(_CIRCLES) else None


def _by_now(before: Audit, now: Audit) -> pd.Index[str]:
    """The humans of an earlier audit as they are known now: who was one of two may be known as one by now."""
    then = before.ties.index.to_series()
    return pd.Index(then.map(now.human).fillna(then))
