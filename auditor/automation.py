"""Which messages are copies of one text, in both directions, and how much of what reached the owner they are.

Two texts are near-duplicates when their sketches (sources/sketch.py) share six of eight bytes and they are about as
long. Each message follows the earlier one that it is most alike, so a template and all its paraphrases hang together
like a tree, and nothing sent later ever changes what an earlier message was taken for: the past can be asked as it was.

Only texts of ten words and more have a sketch, and ritual phrases (`stock`) are left out: "Congrats!" sent to many is
one click, not a campaign. Whoever answers within a week is in a conversation: there a text is a copy only when it is
the same almost word for word, since people who talk about one thing use the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
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
        tree = found.trees()
        copies[found.rows] = found.copies(tree, found.at // _DAY)
        joined = found.joined(tree)
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
        some = exchanges.iloc[rows]
        sketch = some["template"].to_numpy(np.uint64, na_value=0)
        words: Ints = some["words"].fillna(0).to_numpy(np.int64)
        file = pd.factorize(some["source"], sort=True)[0]
        order = np.lexsort((some["row"], file, words, sketch, at[rows]))
        same = np.column_stack([some["row"].to_numpy()[order], file[order], at[rows][order]])
        new = np.r_[True, (same[1:] != same[:-1]).any(axis=1)] if len(rows) else np.zeros(0, bool)
        rows = rows[order]
        need = np.where(answer[rows], SAME, NEAR)
        out = direction[rows] == DIRECTIONS.index("out")
        return cls(rows, at[rows], out, person[rows], sketch[order], words[order], need, np.cumsum(new) - 1)

    def trees(self) -> Ints:
        """The tree that each row hangs in, named by its first sending.

        A tree is grown by near-duplicates. Its first sending may fall short by a byte of an earlier one: then the two
        trees are one if either is a template by the end of that sending's day.
        """
        first = np.flatnonzero(np.diff(self.sending, prepend=-1))
        alone = np.arange(len(first))
        parent = _nearest(alone, self.near())
        tree, day, orphan = _rooted(parent), self.at[first] // _DAY, parent == alone
        size = _Sizes.of(tree, day)

        def short() -> Iterator[tuple[Ints, Ints, Ints]]:
            for earlier, later, shared in self.near(short=1):
                broad = np.maximum(size.until(tree[earlier], day[later]), size.until(later, day[later])) >= COPIES
                some = orphan[later] & broad
                yield earlier[some], later[some], shared[some]

        return _rooted(_nearest(parent, short()))[self.sending]

    def joined(self, tree: Ints) -> Ints:
        """The trees again, two taken for one where either is a template and some message of the other is near to it."""
        of = tree[np.flatnonzero(np.diff(self.sending, prepend=-1))]
        template = np.bincount(of, minlength=len(of))[of] >= COPIES
        pairs = [
            np.column_stack([of[earlier], of[later]])[
                (template[earlier] | template[later]) & (of[earlier] != of[later])
            ]
            for earlier, later, _ in self.near(short=1)
        ]
        one, other = np.unique(np.concatenate(pairs), axis=0).T
        name = np.arange(len(of))
        while (name[one] != name[other]).any():
            least = np.minimum(name[one], name[other])
            np.minimum.at(name, one, least)
            np.minimum.at(name, other, least)
            name = name[name]
        return name[tree]

    def near(self, short: int = 0) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Pairs of near-duplicate sendings, the earlier and the later, and how many bytes they share; some twice.

        They share what is needed, or so much short of it.
        """
        first = np.flatnonzero(np.diff(self.sending, prepend=-1))
        sketch, words, need = self.sketch[first], self.words[first], self.need[first]
        ways = np.where(self.out[first], 0, np.where(words >= LONG, 1, 2 + self.person[first]))
        for order, start in _bands(sketch, ways):
            found, length, least = sketch[order], words[order], need[order] - short
            place = np.arange(len(order))
            for before in (start, *(np.maximum(place - back, start) for back in range(1, _BACK + 1))):
                shared = alike(found, found[before])
                shorter, longer = np.minimum(length, length[before]), np.maximum(length, length[before])
                near = (before < place) & (shared >= least) & (shorter >= LENGTHS * longer)
                yield order[before[near]], order[near], shared[near]

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


def _nearest(parent: Ints, pairs: Iterable[tuple[Ints, Ints, Ints]]) -> Ints:
    """The parents, each later text of the `pairs` following the earlier one that it shares most with, or the oldest."""
    parent, most = parent.copy(), np.zeros(len(parent), np.int64)
    for earlier, later, shared in pairs:
        nearer = (shared > most[later]) | ((shared == most[later]) & (earlier < parent[later]))
        most[later[nearer]], parent[later[nearer]] = shared[nearer], earlier[nearer]
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


def _bands(sketch: NDArray[np.uint64], ways: Ints) -> Iterator[tuple[Ints, Ints]]:
    """For each band the texts in the order of what they have there, older ones first, and where those begin that have
    the same as each.
    """
    byte = sketch[:, None].view(np.uint8).astype(np.int64)
    for one, two, three in _BANDS:
        key = (ways << 24) | (byte[:, one] << 16) | (byte[:, two] << 8) | byte[:, three]
        order = np.argsort(key, kind="stable")
        new = np.diff(key[order], prepend=-1) != 0
        yield order, np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))


def _firsts(tree: Ints, value: Ints) -> Flags:
    """Marks the first row of each value within its tree."""
    return np.logical_not(pd.MultiIndex.from_arrays([tree, value]).duplicated())


def _running(tree: Ints, flag: Flags) -> NDArray[Any]:
    """How many flags there were in each row's tree up to it; trees stand together."""
    total = np.cumsum(flag)
    start = np.maximum.accumulate(np.where(np.diff(tree, prepend=-1) != 0, np.arange(len(tree)), 0))
    return total - total[start] + flag[start]


def _numbered(template: Ints, copies: NDArray[np.int32]) -> Ints:
    """The number of each row's template, the first one sent 0; −1 for rows of no template."""
    some = np.unique(template[copies > 1])
    return np.where(copies > 1, np.searchsorted(some, template), -1)
