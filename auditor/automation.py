"""Which messages are copies of one text, in both directions, and how much of what reached the owner they are.

Two texts are near-duplicates when their sketches (sources/sketch.py) share six of eight bytes and they are about as
long. Each message follows the earlier one that it is most alike, so a template and all its paraphrases hang together
like a tree, and nothing sent later ever changes what an earlier message was taken for: the past can be asked as it was.

Only texts of ten words and more have a sketch, and ritual phrases (`stock`) are left out: "Congrats!" sent to many is
one click, not a campaign. Whoever answers within a week is in a conversation: there a text is a copy only when it is
the same almost word for word, since people who talk about one thing use the same words.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from itertools import chain, combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.records import DIRECTIONS
from auditor.sources.sketch import HASHES, alike

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

COPIES = 3
"""So many people who were sent one text, or so many times that one text came in, make it a template."""

NEAR, SAME = 6, 8
"""Equal bytes of two sketches: of a copy, and of a copy within a conversation. With three words of forty changed in
every copy, and another name, 97 of 100 copies are found. What is near to a template that stands already may share one
byte less. Of unrelated texts 15 pairs in 100,000 share three."""

LONG = 25
"""Words. Shorter texts from different people are alike since all are polite alike: only one sender's count together."""

LENGTHS = 0.9
"""The shorter of two copies has at least this share of the longer one's words."""

ANSWER_DAYS = 7
_DAY = 86_400_000_000  # microseconds

_BACK = 2  # how many earlier messages of the same band are looked at, beside its first
_BANDS = [band for half in (range(4), range(4, HASHES)) for band in combinations(half, 3)]
"""Three of the first four bytes or three of the last four. Whatever five of eight bytes two sketches share, they share
one of these eight bands whole (Turán's construction), so eight sortings find every near-duplicate.
"""


def marked(exchanges: pd.DataFrame) -> pd.DataFrame:
    """The interactions with two more columns.

    `copies` (int32): how broad the template was that the message is a copy of, by the end of its day: people whom the
    owner sent the text to, or copies that reached the owner; 1 for whatever was no template by then. Nothing that came
    later changes it. `cluster` (int64): the number of its template by what is known in the whole table, −1 for none.
    """
    found = _Texts.of(exchanges)
    copies, cluster = np.ones(len(exchanges), np.int32), np.full(len(exchanges), -1)
    if len(found.rows):
        near = found.near()
        tree = found.trees(near)
        copies[found.rows] = found.copies(tree, found.at // _DAY)
        joined = found.joined(tree, near)
        cluster[found.rows] = _numbered(joined, found.copies(joined, np.zeros_like(joined)))
    return exchanges.assign(copies=copies, cluster=cluster)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts that have a sketch, in the order of time; a message to several people is several rows of one sending.

    `rows`: their positions in the table. `at` in microseconds, `out` whether the owner wrote it, `need` how many bytes
    it must share with an earlier one, `sending` the number of its message, 0, 1, … in the order of time.
    """

    rows: Ints
    at: Ints
    out: Flags
    person: Ints
    sketch: NDArray[np.uint64]
    words: Ints
    need: Ints
    sending: Ints

    @classmethod
    def of(cls, exchanges: pd.DataFrame) -> _Texts:
        at: Ints = exchanges["at"].astype("datetime64[us, UTC]").astype("int64").to_numpy().astype(np.int64)
        direction: Ints = exchanges["direction"].cat.codes.to_numpy().astype(np.int64)
        person: Ints = exchanges["person"].cat.codes.to_numpy().astype(np.int64)
        answer = _answers(at, direction, person)
        texts = exchanges["template"].notna() & exchanges["stock"].isna()
        rows: Ints = np.flatnonzero(texts.to_numpy() & (direction != DIRECTIONS.index("both")))
        some = exchanges[["template", "words", "source", "row"]].iloc[rows]
        sketch = some["template"].to_numpy(np.uint64, na_value=0)
        words: Ints = some["words"].fillna(0).to_numpy(np.int64)
        file = _ranks(some["source"])
        order = _in_time(at[rows], some["row"].to_numpy(), file, words, sketch)
        same = np.column_stack([some["row"].to_numpy()[order], file[order], at[rows][order]])
        new = np.r_[True, (same[1:] != same[:-1]).any(axis=1)] if len(rows) else np.zeros(0, bool)
        rows = rows[order]
        need = np.where(answer[rows], SAME, NEAR)
        out = direction[rows] == DIRECTIONS.index("out")
        return cls(rows, at[rows], out, person[rows], sketch[order], words[order], need, np.cumsum(new) - 1)

    def near(self) -> _Pairs:
        """Which sendings are near-duplicates of each other, or fall short of it by a byte; some pairs twice."""
        first = np.flatnonzero(np.diff(self.sending, prepend=-1))
        sketch, words, need = self.sketch[first], self.words[first], self.need[first]
        ways = np.where(self.out[first], 0, np.where(words >= LONG, 1, 2 + self.person[first]))
        byte = sketch[:, None].view(np.uint8).astype(np.int64)

        def alike_in(band: tuple[int, ...]) -> list[_Pairs]:
            key = ways << 24 | byte[:, band[0]] << 16 | byte[:, band[1]] << 8 | byte[:, band[2]]
            order, nth = _ranked(key)
            return [*_neighbours(order, nth, sketch[order], words[order], need[order])]

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = [*chain.from_iterable(pool.map(alike_in, _BANDS))]
        return _Pairs.joined(found)

    def trees(self, near: _Pairs) -> Ints:
        """The tree that each row hangs in, named by its first sending.

        A tree is grown by near-duplicates. Its first sending may fall short by a byte of an earlier one: then the two
        trees are one if either is a template by the end of that sending's day.
        """
        first = np.flatnonzero(np.diff(self.sending, prepend=-1))
        alone = np.arange(len(first))
        parent = _nearest(alone, near.of(near.whole))
        tree, day = _rooted(parent), self.at[first] // _DAY
        size = _Sizes.of(tree, day)
        short = near.of((parent == alone)[near.later])
        by_then = day[short.later]
        broad = np.maximum(size.until(tree[short.earlier], by_then), size.until(short.later, by_then)) >= COPIES
        return _rooted(_nearest(parent, short.of(broad)))[self.sending]

    def joined(self, tree: Ints, near: _Pairs) -> Ints:
        """The trees again, two taken for one where either is a template and some message of the other is near to it."""
        of = tree[np.flatnonzero(np.diff(self.sending, prepend=-1))]
        template = np.bincount(of, minlength=len(of)) >= COPIES
        one, other = of[near.earlier], of[near.later]
        apart = (one != other) & (template[one] | template[other])
        one, other = np.unique(np.column_stack([one[apart], other[apart]]), axis=0).T
        name = np.arange(len(of))
        while (name[one] != name[other]).any():
            least = np.minimum(name[one], name[other])
            np.minimum.at(name, one, least)
            np.minimum.at(name, other, least)
            name = name[name]
        return name[tree]

    def copies(self, tree: Ints, day: Ints) -> NDArray[np.int32]:
        """How broad the tree of each row was by the end of its day; 1 where it was no template yet."""
        order = np.argsort(tree, kind="stable")
        tree, day = tree[order], day[order]
        people = _running(tree, _firsts(tree, self.person[order]))
        sent = _running(tree, _firsts(tree, self.sending[order]))
        last = np.r_[(tree[1:] != tree[:-1]) | (day[1:] != day[:-1]), True]
        until = np.flatnonzero(last)[np.cumsum(last) - last]
        broad = np.where(self.out[order], people[until], sent[until])
        copies = np.ones(len(order), np.int32)
        copies[order] = np.where((broad >= COPIES) & (sent[until] >= COPIES), broad, 1)
        return copies


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of sendings: the `earlier` and the `later`, how many bytes they have `shared` (n,), and whether that is the
    `whole` of what is needed, not a byte less.
    """

    earlier: Ints
    later: Ints
    shared: Ints
    whole: Flags

    def of(self, rows: Flags) -> _Pairs:
        """Some of the pairs (a mask)."""
        return _Pairs(self.earlier[rows], self.later[rows], self.shared[rows], self.whole[rows])

    @classmethod
    def joined(cls, parts: Sequence[_Pairs]) -> _Pairs:
        """The pairs of several bands."""
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How many sendings a tree had by the end of a day. `keys`: tree and day of each, sorted."""

    keys: Ints

    @classmethod
    def of(cls, tree: Ints, day: Ints) -> _Sizes:
        return cls(np.sort((tree << 32) + day))

    def until(self, tree: Ints, day: Ints) -> Ints:
        """The size of each tree by the end of each day."""
        after = np.searchsorted(self.keys, (tree << 32) + day, side="right")
        return after - np.searchsorted(self.keys, (tree << 32) - (1 << 31))


def _nearest(parent: Ints, near: _Pairs) -> Ints:
    """The parents, each later text following the earlier one that it shares most with, or the oldest of several."""
    nearness = (near.shared << 32) - near.earlier
    most = np.zeros_like(parent)
    np.maximum.at(most, near.later, nearness)
    parent = parent.copy()
    follows = nearness == most[near.later]
    parent[near.later[follows]] = near.earlier[follows]
    return parent


def _rooted(parent: Ints) -> Ints:
    """The first of the tree that each hangs in."""
    while (parent[parent] != parent).any():
        parent = parent[parent]
    return parent


def _answers(at: Ints, direction: Ints, person: Ints) -> Flags:
    """Whether the other side had written within the last `ANSWER_DAYS`."""
    order = np.lexsort((at, person))
    at, person, direction = at[order], person[order], direction[order]
    answer = np.zeros(len(at), bool)
    for way in map(DIRECTIONS.index, ("out", "in")):
        last = np.maximum.accumulate(np.where(direction != way, np.arange(len(at)), -1))
        near = (last >= 0) & (person[last] == person) & (at - at[last] <= ANSWER_DAYS * _DAY)
        answer[order] |= near & (direction == way)
    return answer


def _ranked(key: Ints) -> tuple[Ints, Ints]:
    """The places of keys that others are equal to, in the order of the keys and the first places first, and how many
    equal ones stand before each.
    """
    order = np.argsort(key, kind="stable")
    new = np.diff(key[order], prepend=-1) != 0
    several = ~(new & np.r_[new[1:], True])
    order, new = order[several], new[several]
    place = np.arange(len(order))
    return order, place - np.maximum.accumulate(np.where(new, place, 0))


def _neighbours(order: Ints, nth: Ints, sketch: NDArray[np.uint64], words: Ints, need: Ints) -> Iterator[_Pairs]:
    """The pairs in one band: each text with the first that has the same there, and with the ones just before it."""
    for back in range(_BACK + 1):
        later = np.flatnonzero(nth > back)
        earlier = later - (back or nth[later])
        shared = alike(sketch[earlier], sketch[later])
        near = np.flatnonzero(shared >= need[later] - 1)
        earlier, later, shared = earlier[near], later[near], shared[near]
        one, other = words[earlier], words[later]
        near = np.flatnonzero(np.minimum(one, other) >= LENGTHS * np.maximum(one, other))
        earlier, later, shared = earlier[near], later[near], shared[near]
        yield _Pairs(order[earlier], order[later], shared, shared >= need[later])


def _in_time(at: Ints, *then: NDArray[Any]) -> Ints:
    """The order by time and, where that is the same, by the other keys, the last of them first."""
    order = np.argsort(at, kind="stable")
    same = np.diff(at[order]) == 0
    tied = np.flatnonzero(np.r_[same, False] | np.r_[False, same])
    rows = order[tied]
    order[tied] = rows[np.lexsort((*(key[rows] for key in then), at[rows]))]
    return order


def _ranks(labels: pd.Series[Any]) -> Ints:
    """The place of each label of a categorical column among all in their order."""
    ranks = np.argsort(np.argsort(labels.cat.categories.to_numpy(), kind="stable"), kind="stable")
    return np.asarray(ranks[labels.cat.codes.to_numpy()], dtype=np.int64)


def _firsts(tree: Ints, value: Ints) -> Flags:
    """Marks the first row of each value within its tree."""
    return ~pd.Series((tree << 32) | value).duplicated().to_numpy()


def _running(tree: Ints, flag: Flags) -> NDArray[Any]:
    """How many flags there were in each row's tree up to it; trees stand together."""
    total = np.cumsum(flag)
    start = np.maximum.accumulate(np.where(np.diff(tree, prepend=-1) != 0, np.arange(len(tree)), 0))
    return total - total[start] + flag[start]


def _numbered(template: Ints, copies: NDArray[np.int32]) -> Ints:
    """The number of each row's template, the first one sent 0; −1 for rows of no template."""
    some = np.unique(template[copies > 1])
    return np.where(copies > 1, np.searchsorted(some, template), -1)
