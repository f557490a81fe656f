"""Mentions become humans: groups that grow link by link, the strongest evidence first, and never against a veto.

A mention is a number here, 0 the strongest: a group goes by its strongest member, which is its smallest number.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

LINK = ["one", "other", "kind", "evidence"]
"""One row a link: two mentions, what sort of evidence, and the evidence in words."""

Codes = np.ndarray[Any, np.dtype[np.int64]]


class Humans:
    """The groups of `size` mentions, of which the first `profiles` are profiles, and the pairs that stay `apart`.

    Links are joined in rounds. What would bring together two profiles, or two who stay apart, is not joined: of a chain
    between them, the links of the latest round go, all of them, for nobody knows which of them is wrong.
    """

    def __init__(self, size: int, profiles: int, apart: Codes | None = None) -> None:
        self.group: Codes = np.arange(size)
        self.apart: Codes = np.zeros((0, 2), np.int64) if apart is None else apart
        self._profiles = profiles
        self._links: list[pd.DataFrame] = []

    def may_meet(self, mentions: Sequence[int]) -> bool:
        """Whether the groups of these mentions could be one human."""
        groups = np.unique(self.group[list(mentions)])
        vetoed = np.isin(self.group[self.apart], groups).all(axis=1)
        return (groups < self._profiles).sum() <= 1 and not vetoed.any()

    def join(self, links: pd.DataFrame, *, profiles_too: bool = False) -> None:
        """One round of links, all of equal strength; `profiles_too`: they may tie two profiles together."""
        links = links[self.group[links["one"].to_numpy(int)] != self.group[links["other"].to_numpy(int)]]
        if links.empty:
            return
        merged = self._merged(links)
        for _ in range(len(links)):
            bad = self._quarrels(merged, profiles_too)
            if not len(bad):
                break
            within = np.isin(merged[links["one"]], merged[bad[:, 0]])
            links = pd.concat([links[~within], self._parted(links[within], bad)])
            merged = self._merged(links)
        self.group = merged
        self._links.append(links)

    def links(self) -> pd.DataFrame:
        """One row a mention that is part of a stronger one: `mention`, `human`, and the `kind` and `evidence` for it.

        Where a chain ties them together, the kind is that of its weakest link, and the evidence that of all.
        """
        if not self._links:
            return pd.DataFrame({"mention": [], "human": [], "kind": [], "evidence": []}).astype(
                {"mention": int, "human": int}
            )
        made = pd.concat(self._links)
        mentions = np.flatnonzero(self.group != np.arange(len(self.group)))
        both = pd.concat([made, made.rename(columns={"one": "other", "other": "one"})], ignore_index=True)
        direct = both[both["other"].to_numpy(int) == self.group[both["one"].to_numpy(int)]].drop_duplicates("one")
        chained = np.setdiff1d(mentions, direct["one"].to_numpy(int))
        found = pd.concat([direct[LINK], pd.DataFrame(self._chains(made, chained), columns=LINK)])
        found = found.rename(columns={"one": "mention", "other": "human"})
        return pd.DataFrame(found.astype({"mention": int, "human": int}).sort_values("mention", ignore_index=True))

    def _merged(self, links: pd.DataFrame) -> Codes:
        one, other = self.group[links["one"].to_numpy(int)], self.group[links["other"].to_numpy(int)]
        return np.take(components(len(self.group), one, other), self.group)

    def _quarrels(self, merged: Codes, profiles_too: bool) -> Codes:
        """Pairs of present groups that `merged` brings together and that must not be, one row each."""
        pairs: Codes = self.group[self.apart]
        pairs = pairs[(merged[pairs[:, 0]] == merged[pairs[:, 1]]) & (pairs[:, 0] != pairs[:, 1])]
        if profiles_too:
            return pairs
        profiles = np.unique(self.group[: self._profiles])
        together = pd.Series(profiles, index=merged[profiles])
        together = together[together.index.duplicated(keep=False)]
        several = [pair for _, group in together.groupby(level=0) for pair in combinations(group, 2)]
        return np.concatenate([pairs, np.array(several, dtype=np.int64).reshape(-1, 2)])

    def _parted(self, links: pd.DataFrame, pairs: Codes) -> pd.DataFrame:
        """The links without those on the shortest ways between the groups of each pair."""
        ends = [self.group[links[end].to_numpy(int)].tolist() for end in ("one", "other")]
        graph: nx.Graph[int] = nx.Graph(zip(*ends, strict=True))
        ways = (way for a, b in pairs.tolist() if a in graph for way in nx.all_shortest_paths(graph, a, b))
        gone = {frozenset(step) for way in ways for step in pairwise(way)}
        return links[[frozenset(step) not in gone for step in zip(*ends, strict=True)]]

    def _chains(self, made: pd.DataFrame, mentions: Codes) -> list[tuple[int, int, str, str]]:
        if not len(mentions):
            return []
        made = made[np.isin(self.group[made["one"].to_numpy(int)], self.group[mentions])]
        graph: nx.Graph[int] = nx.Graph()
        for rank, (one, other, kind, evidence) in enumerate(made.itertuples(index=False)):
            if not graph.has_edge(one, other):
                graph.add_edge(one, other, said=(rank, kind, evidence))
        found = []
        for mention, human in zip(mentions.tolist(), self.group[mentions].tolist(), strict=True):
            said = [graph.edges[step]["said"] for step in pairwise(nx.shortest_path(graph, mention, human))]
            found.append((mention, human, max(said)[1], ", ".join(dict.fromkeys(words for _, _, words in said))))
        return found


def components(size: int, one: Codes, other: Codes) -> Codes:
    """For each of `size` nodes the smallest node that the edges `one`–`other` lead to."""
    found = np.arange(size)
    while True:
        low = np.minimum(found[one], found[other])
        if (found[one] == low).all() and (found[other] == low).all():
            return found
        for ends in (one, other):
            np.minimum.at(found, found[ends], low)
            np.minimum.at(found, ends, low)
        found = found[found]


def stars(groups: Codes, members: Codes) -> tuple[Codes, Codes]:
    """The links that tie the members of each group to its strongest: two columns, the strongest and another."""
    order = np.lexsort((members, groups))
    groups, members = groups[order], members[order]
    first = np.r_[True, groups[1:] != groups[:-1]] if len(groups) else np.zeros(0, bool)
    heads = members[np.maximum.accumulate(np.where(first, np.arange(len(groups)), 0))] if len(groups) else members
    return heads[~first], members[~first]
