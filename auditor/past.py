"""The records as they stood on a past day, and who was who then.

Who is who hangs on everybody who is known: a second Jane Doe takes from the first what only her name had tied to her.
So a *guise*, a set of mentions that was one human, holds for a time only. Most mentions have one guise for ever, of
themselves alone; asked again is only about those that could link to another, and only when something new is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor import identity
from auditor.identity import linkable
from auditor.identity.evidence import Evidence
from auditor.records import Records

Ints = NDArray[np.int64]
Turn = tuple[Ints, Ints]
"""Positions of mentions, and the guise that each of them has from now on."""


def known(records: Records, now: pd.Timestamp) -> Records:
    """The records as they stood at `now`, and without the owner, who is nobody's alter."""
    owner = records.owner.keys
    exchanges, people = records.interactions, records.people
    there = (exchanges["at"] <= now) & ~exchanges["person"].isin(owner)
    exchanges = (exchanges if there.all() else exchanges[there]).reset_index(drop=True)
    exchanges = exchanges.assign(person=exchanges["person"].cat.remove_unused_categories())
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
        return _lineage(_mentions(records), _Worlds(records, moments, decisions).humans(), len(moments))

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
    alters: pd.Index[str] = every.append(named).unique().difference(list(records.owner.keys), sort=False)
    return alters


def _lineage(mentions: pd.Index[str], found: pd.DataFrame, moments: int) -> Lineage:
    """The lineage of `mentions`, given what was `found` (see `_Worlds.humans`)."""
    at, human = mentions.get_indexer(pd.Index(found["mention"])), list(mentions)
    guise, groups = at.copy(), dict[tuple[int, ...], int]()
    for key, rows in found.groupby("human").indices.items():
        if len(rows) > 1:
            group = tuple(sorted(at[rows].tolist()))
            if group not in groups:
                groups[group] = len(human)
                human.append(str(key).partition(_MARK)[0])
            guise[rows] = groups[group]
    keys = np.array(human, dtype=object)
    order = np.argsort(keys, kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    alone = np.arange(len(mentions))
    members = [(m, g) for group, g in groups.items() for m in group]
    mention, of = np.array(members, np.int64).reshape(-1, 2).T
    pairs = pd.DataFrame({"mention": np.r_[alone, mention], "guise": place[np.r_[alone, of]]})
    return Lineage(mentions, keys[order], pairs, _turns(at, place[guise], found["step"].to_numpy(), moments))


def _turns(mention: Ints, guise: Ints, step: Ints, moments: int) -> tuple[Turn, ...]:
    order = np.lexsort((mention, step))
    bounds = np.searchsorted(step[order], np.arange(moments + 1))
    return tuple((mention[order[a:b]], guise[order[a:b]]) for a, b in pairwise(bounds))


_MARK = "\x1f"
"""What the number of a world stands after; less than every character of a key, so that keys keep their order."""

_NOW = pd.Timestamp(0, tz="UTC")


class _Worlds(Evidence):
    """The evidence at many dates at once: of each block of mentions that could link, a world whenever there was news.

    Every mention and identifier ends in the number of its world, and so does every key of a name: nothing links two
    worlds. The clocks of all are set so that it is now. `cast`: one row a mention and world, with the moment (`step`).
    """

    def __init__(self, records: Records, moments: Sequence[pd.Timestamp], decisions: pd.DataFrame | None) -> None:
        blocks, ends = linkable.blocks(records, decisions), pd.DatetimeIndex(list(moments))
        people = records.people[records.people["person"].isin(blocks["mention"])]
        people = people.assign(step=_step(ends, people["connected_on"])).rename(columns={"person": "mention"})
        spoken = records.interactions[records.interactions["person"].isin(blocks["mention"])]
        spoken = spoken.groupby(spoken["person"].astype("str").rename("mention"))["at"].min().reset_index()
        spoken["step"] = _step(ends, spoken["at"])
        news = blocks.merge(pd.concat([people, spoken])[["mention", "step"]])[["block", "step"]].drop_duplicates()
        news = news[news["step"] < len(moments)].reset_index(drop=True).rename(columns={"step": "now"})
        cast = blocks.merge(news.assign(world=_MARK + news.index.astype("str")))
        self.cast = cast.assign(person=cast["mention"] + cast["world"])
        super().__init__(known(self._copies(records, people, spoken), _NOW), self._decided(decisions))

    def humans(self) -> pd.DataFrame:
        """Who was who: `mention`, `step` (a moment), and the `human` from then on, in its world."""
        cast = self.cast[self.cast["links"]]
        number = self.numbers(cast["person"])
        groups = self.mentions[identity.merged(self)[0].group]
        human = np.where(number >= 0, groups.to_numpy()[number], cast["person"]) if len(groups) else cast["person"]
        return pd.DataFrame({"mention": cast["mention"], "step": cast["now"], "human": human}).reset_index(drop=True)

    @cached_property
    def keys(self) -> pd.DataFrame:
        """As ever, by world."""
        table = super().keys
        world = np.array([_MARK + mention.rpartition(_MARK)[2] for mention in self.mentions], dtype=object)
        return table.assign(key=table["key"] + world[table["code"]])

    def _copies(self, records: Records, people: pd.DataFrame, spoken: pd.DataFrame) -> Records:
        people, spoken = (self.cast.merge(table, on="mention") for table in (people, spoken))
        connected = _NOW + pd.to_timedelta(people["step"] - people["now"], unit="D")
        spoken["at"] = _NOW + pd.to_timedelta(spoken["step"] - spoken["now"], unit="D")
        given = records.identifiers
        given = given[~(given["kind"] + ":" + given["value"]).isin(list(records.owner.keys))]
        same = given.rename(columns={"person": "mention"}).merge(self.cast, on="mention")
        return replace(
            records,
            people=people.assign(connected_on=connected.where(people["connected_on"].notna())),
            identifiers=same.assign(value=same["value"] + same["world"]),
            interactions=spoken.assign(person=spoken["person"].astype("category")),
        )

    def _decided(self, decisions: pd.DataFrame | None) -> pd.DataFrame | None:
        if decisions is None:
            return None
        both = decisions.merge(self.cast[["mention", "world"]], left_on="one", right_on="mention")
        return both.assign(one=both["one"] + both["world"], other=both["other"] + both["world"])[[*decisions.columns]]


def _step(ends: pd.DatetimeIndex, when: pd.Series[Any]) -> Ints:
    """By which of the moments each of these times has come; a missing one has long ago."""
    return np.where(when.isna(), 0, ends.searchsorted(pd.DatetimeIndex(when.fillna(_NOW))))
