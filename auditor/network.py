"""Records to graph: structure only. Who is tied to the ego, who to each other, and which organisations they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx
import pandas as pd

from auditor.mentions import profile_url
from auditor.organisations import organisation

EGO = "ego"
MAX_THREAD_PEOPLE = 25
"""A thread of more people than this ties nobody to anybody."""


@dataclass(frozen=True, slots=True)
class Structure:
    """What the graph is drawn from: the `owner`'s name and `companies`, the `alters` (indexed by human, with `name`,
    `company`, `connection`), how many threads pairs of them share, and who introduced whom.
    """

    owner: str
    companies: tuple[str, ...]
    alters: pd.DataFrame
    threads: Counter[tuple[str, str]]
    introductions: pd.DataFrame

    @property
    def employers(self) -> pd.Series[str]:
        """The employer of each alter, by its key; missing where there is none."""
        company = self.alters["company"]
        found: pd.Series[str] = company.map({name: organisation(name) for name in company.dropna().unique()})
        return found.astype("str")

    @property
    def own_employers(self) -> list[str]:
        """The keys of the owner's employers."""
        return [key for name in self.companies if (key := organisation(name))]


def build(found: Structure) -> Any:
    """The ego network as a `networkx.Graph`.

    Nodes carry `kind`: ego, alter or organisation. Edges carry `kind`: tie
    (ego–alter), shared thread (alter–alter, with `threads`, their number), introduced (alter–alter, of `introductions`,
    with `introduced`, which of the two it was, `at`, and `threads`), works at (alter–organisation). Organisations are
    nodes and no cliques: a thousand colleagues are a thousand edges, not half a million.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node(EGO, kind="ego", name=found.owner)
    rows: Iterable[Any] = found.alters[["name", "connection"]].astype(object).itertuples()
    for row in rows:
        graph.add_node(row.Index, kind="alter", name=row.name, profile_url=profile_url(str(row.Index)) or "")
        graph.add_edge(EGO, row.Index, kind="tie", connection=bool(row.connection))
    _add_organisations(graph, found)
    for (one, other), threads in found.threads.items():
        graph.add_edge(one, other, kind="shared thread", threads=threads)
    for row in found.introductions.to_dict("records"):
        graph.add_edge(
            row["introducer"], row["introduced"], kind="introduced", introduced=row["introduced"], at=row["at"]
        )
    return graph


def shared_threads(exchanges: pd.DataFrame) -> Counter[tuple[str, str]]:
    """How many threads each pair of alters shares, over threads of at most `MAX_THREAD_PEOPLE` alters."""
    group = exchanges.loc[(exchanges["others"] > 0) & exchanges["thread"].notna(), ["thread", "person"]]
    pairs: Counter[tuple[str, str]] = Counter()
    for _, people in group.drop_duplicates().groupby("thread", observed=True)["person"]:
        if 1 < len(people) <= MAX_THREAD_PEOPLE:
            pairs.update(combinations(sorted(map(str, people)), 2))
    return pairs


def _add_organisations(graph: nx.Graph[str], found: Structure) -> None:
    employers = found.employers.dropna()
    names = found.alters["company"].reindex(employers.index)
    for human, key, name in zip(employers.index.tolist(), employers.tolist(), names.tolist(), strict=True):
        if key not in graph:
            graph.add_node(key, kind="organisation", name=name)
        graph.add_edge(human, key, kind="works at")
    for key in found.own_employers:
        if key in graph:
            graph.add_edge(EGO, key, kind="works at")
