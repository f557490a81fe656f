"""The records as they stood on a past day, and who was who then.

Who is who hangs on everybody who is known: a second Jane Doe takes from the first what only her name had tied to her.
So a *guise*, a set of mentions that was one human, holds for a time only. Most mentions have one guise for ever, of
themselves alone; asked again is only about those that could link to another, and only when something new is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor import identity
from auditor.records import Records

Ints = NDArray[np.int64]
Turn = tuple[Ints, Ints]
"""Positions of mentions, and the guise that each of them has from now on."""


def known(records: Records, now: pd.Timestamp) -> Records:
    """The records as they stood at `now`, and without the owner, who is nobody's alter."""
    owner = records.owner.keys
    exchanges, people = records.interactions, records.people
    exchanges = exchanges[(exchanges["at"] <= now) & ~exchanges["person"].isin(owner)].reset_index(drop=True)
    exchanges["person"] = exchanges["person"].cat.remove_unused_categories()
    later = people["connected_on"] > now
    gone = people["person"].isin(owner) | (later & ~people["person"].isin(exchanges["person"].cat.categories))
    known = people.assign(connection=people["connection"] & ~later, connected_on=people["connected_on"].mask(later))
    strangers = owner | set(people.loc[gone, "person"]) - set(people.loc[~gone, "person"])
    return replace(
        records,
        people=known[~gone].reset_index(drop=True),
        identifiers=records.identifiers[~records.identifiers["person"].isin(strangers)],
        interactions=exchanges,
        broadcasts=records.broadcasts[records.broadcasts["at"] <= now],
    )


@dataclass(frozen=True, slots=True)
class Lineage:
    """Who was who at each of a row of moments.

    `mentions` (m,): all but the owner's. `human` (g,): the key of the human that each guise was, in sorted order.
    `pairs`: the members of all guises, one row each with `mention` and `guise`, both positions; first of all every
    mention alone, as it begins. `turns`: for each moment, the mentions that change guise.
    """

    mentions: pd.Index[str]
    human: NDArray[Any]
    pairs: pd.DataFrame
    turns: tuple[Turn, ...]

    @classmethod
    def of(cls, records: Records, moments: Sequence[pd.Timestamp], decisions: pd.DataFrame | None = None) -> Lineage:
        """Who was who in `records` at each of the `moments`, the oldest first, just as asked then.

        Somebody not known yet is in a guise of their own.
        """
        guises = _Guises(_mentions(records))
        blocks = _Blocks(records, moments, decisions)
        mentions, block = guises.mentions.get_indexer(blocks.block.index), blocks.block.to_numpy()
        turns = []
        for now, then in blocks.rounds():
            asked = mentions[now[block] >= 0]
            turned, guise = guises.turn(asked, identity.resolve(then, decisions, propose=False).human)
            step = pd.Series(now[block], mentions)[turned].to_numpy()
            turns.append(pd.DataFrame({"step": step, "mention": turned, "guise": guise}))
        return guises.lineage(pd.concat([_NO_TURNS, *turns]), len(moments))

    def walk(self) -> Iterator[Ints]:
        """The guise (m,) of each mention at each moment in turn; the same array until one of them turns."""
        guise = self.pairs["guise"].to_numpy()[: len(self.mentions)]
        for mentions, turned in self.turns:
            if len(mentions):
                guise = guise.copy()
                guise[mentions] = turned
            yield guise

    def exchanges(self, interactions: pd.DataFrame) -> pd.DataFrame:
        """The interactions without the owner's own, `person` being the guise: a row for every guise of its mention.

        The rows of a guise stand in the order of the table.
        """
        position = self.mentions.get_indexer(interactions["person"].cat.categories)
        mention = position[interactions["person"].cat.codes.to_numpy()]
        times = np.bincount(self.pairs["mention"], minlength=len(self.mentions))
        again = np.where(mention >= 0, times[mention], 0)
        rows = np.repeat(np.arange(len(mention)), again)
        nth = np.arange(len(rows)) - (np.cumsum(again) - again)[rows]
        by_mention = self.pairs.sort_values("mention", kind="stable")["guise"].to_numpy()
        guise: Any = by_mention[(np.cumsum(times) - times)[mention[rows]] + nth]
        person = pd.Categorical.from_codes(guise, categories=pd.RangeIndex(len(self.human)))
        return interactions.iloc[rows].assign(person=person)


def _mentions(records: Records) -> pd.Index[str]:
    every = pd.Index(records.interactions["person"].cat.categories)
    named = [pd.Index(records.people["person"]), pd.Index(records.identifiers["person"])]
    return every.append(named).unique().difference(list(records.owner.keys), sort=False)


class _Guises:
    """The guises met so far: every mention alone, and each set of mentions that was one human."""

    def __init__(self, mentions: pd.Index[str]) -> None:
        self.mentions = mentions
        self.human = list(mentions)
        self.groups: dict[tuple[int, ...], int] = {}
        self.now = np.arange(len(mentions))

    def turn(self, asked: Ints, human: pd.Series[str]) -> Turn:
        """Which of the `asked` mentions change guise, now that `human` says who is who; who is left out is alone."""
        groups: dict[str, list[int]] = defaultdict(list)
        for mention, key in zip(self.mentions.get_indexer(human.index).tolist(), human, strict=True):
            groups[key].append(mention)
        guise = self.now.copy()
        guise[asked] = asked
        for key, group in groups.items():
            guise[group] = self._guise(tuple(sorted(group)), key)
        turned = np.flatnonzero(guise != self.now)
        self.now = guise
        return turned, guise[turned]

    def _guise(self, group: tuple[int, ...], human: str) -> int:
        if len(group) == 1:
            return group[0]
        if group not in self.groups:
            self.groups[group] = len(self.human)
            self.human.append(human)
        return self.groups[group]

    def lineage(self, turns: pd.DataFrame, moments: int) -> Lineage:
        """The guises in the order of their humans. `turns` has `step`, `mention` and `guise`."""
        human = np.array(self.human, dtype=object)
        order = np.argsort(human, kind="stable")
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        alone = np.arange(len(self.mentions))
        members = [(m, g) for group, g in self.groups.items() for m in group]
        mention, guise = np.array(members, np.int64).reshape(-1, 2).T
        pairs = pd.DataFrame({"mention": np.r_[alone, mention], "guise": place[np.r_[alone, guise]]})
        turns = turns.sort_values("step", kind="stable")
        bounds = np.searchsorted(turns["step"], np.arange(moments + 1))
        each = turns["mention"].to_numpy(), place[turns["guise"]]
        return Lineage(
            self.mentions,
            human[order],
            pairs,
            tuple((each[0][a:b], each[1][a:b]) for a, b in zip(bounds, bounds[1:], strict=False)),
        )


class _Blocks:
    """The mentions that could link to another, in blocks that nothing links to each other, and when there was news.

    Who is who is asked of many blocks at once, each at a time of its own: their clocks are set so that it is now.
    """

    def __init__(self, records: Records, moments: Sequence[pd.Timestamp], decisions: pd.DataFrame | None) -> None:
        block = _linkable(records, decisions)
        self.block, self.steps = block, len(moments)
        people, exchanges = (t[t["person"].isin(block.index)] for t in (records.people, records.interactions))
        exchanges = exchanges.sort_values("at", kind="stable").drop_duplicates("person")
        exchanges["person"] = exchanges["person"].cat.remove_unused_categories()
        self.records = replace(
            records,
            people=people,
            identifiers=records.identifiers[records.identifiers["person"].isin(block.index)],
            interactions=exchanges,
            broadcasts=records.broadcasts.head(0),
        )
        ends = pd.DatetimeIndex(moments)
        self.connected, self.spoke = (_step(ends, when) for when in (people["connected_on"], exchanges["at"]))

    def rounds(self) -> Iterator[tuple[Ints, Records]]:
        """The first news of every block that has any, then the second news …: at which moment it is for each block
        (-1: no more news), and what was known of these blocks then.
        """
        people, exchanges = (block.to_numpy() for block in self._blocks())
        news = pd.DataFrame({"block": np.r_[people, exchanges], "step": np.r_[self.connected, self.spoke]})
        news = news[news["step"] < self.steps].drop_duplicates().sort_values(["block", "step"])
        for _, each in news.groupby(news.groupby("block").cumcount()):
            now = np.full(self.block.max() + 1, -1)
            now[each["block"]] = each["step"]
            yield now, known(self._at(now, people, exchanges), _NOW)

    def _blocks(self) -> Iterator[pd.Series[int]]:
        for table in (self.records.people, self.records.interactions):
            yield table["person"].astype("str").map(self.block)

    def _at(self, now: Ints, people: Ints, exchanges: Ints) -> Records:
        r, asked = self.records, now >= 0
        identifiers = r.identifiers["person"].map(self.block).to_numpy()
        connected = _NOW + pd.to_timedelta(self.connected - now[people], unit="D")
        spoke = _NOW + pd.to_timedelta(self.spoke - now[exchanges], unit="D")
        dated = r.people.assign(connected_on=pd.Series(connected, r.people.index).where(r.people["connected_on"].notna()))
        return replace(
            r,
            people=dated[asked[people]],
            identifiers=r.identifiers[asked[identifiers]],
            interactions=r.interactions.assign(at=spoke)[asked[exchanges]],
        )


_NOW = pd.Timestamp(0, tz="UTC")
_NO_TURNS = pd.DataFrame({"step": [], "mention": [], "guise": []}, dtype="int64")


def _step(ends: pd.DatetimeIndex, when: pd.Series[Any]) -> Ints:
    """At which of the moments each of these times has come; a missing one came long ago."""
    step = ends.searchsorted(pd.DatetimeIndex(when.fillna(pd.Timestamp(0, tz="UTC"))))
    return np.where(when.isna(), 0, step)


def _linkable(records: Records, decisions: pd.DataFrame | None) -> pd.Series[int]:
    """The number of the block of each mention that could link to another. Profiles alone link by decision only."""
    blocks = identity.blocks(records, decisions)
    decided = [] if decisions is None else [*decisions["one"], *decisions["other"]]
    linking = ~blocks.index.str.startswith("linkedin:") | blocks.index.isin(decided)
    blocks = blocks[blocks.isin(blocks[linking])]
    return pd.Series(pd.factorize(blocks)[0], index=blocks.index, dtype="int64")
