"""Records to graph: structure only. Who is tied to the ego, who to each other, and which organisations they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import networkx as nx
import pandas as pd

from auditor.mentions import profile_url
from auditor.organisations import organisation

EGO = "ego"
MAX_THREAD_PEOPLE = 25
"""A thread of more people than this ties nobody to anybody."""


def build(
    alters: pd.DataFrame,
    exchanges: pd.DataFrame,
    owner: str = "",
    companies: tuple[str, ...] = (),
    introductions: pd.DataFrame | None = None,
) -> Any:
    """The ego network as a `networkx.Graph`.

    `alters`: indexed by human, with `name`, `company`, `position`, `connected_on`, `connection`. `exchanges`: the
    interactions, `person` being the human. Nodes carry `kind`: ego, alter or organisation. Edges carry `kind`: tie
    (ego–alter), shared thread (alter–alter, with `threads`, their number), introduced (alter–alter, of `introductions`,
    with `introduced`, which of the two it was, `at`, and `threads`), works at (alter–organisation). Organisations are
    nodes and no cliques: a thousand colleagues are a thousand edges, not half a million.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node(EGO, kind="ego", name=owner)
    rows: Iterable[Any] = alters.itertuples()
    for row in rows:
        graph.add_node(row.Index, kind="alter", name=row.name, profile_url=profile_url(str(row.Index)) or "")
        graph.add_edge(EGO, row.Index, kind="tie", connection=bool(row.connection))
    _add_organisations(graph, alters["company"], companies)
    for (one, other), threads in shared_threads(exchanges).items():
        graph.add_edge(one, other, kind="shared thread", threads=threads)
    for row in () if introductions is None else introductions.to_dict("records"):
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


def _add_organisations(graph: nx.Graph[str], company: pd.Series[str], own: tuple[str, ...]) -> None:
    employers = {name: organisation(name) for name in company.dropna().unique()}
    for human, name in zip(company.index, company, strict=True):
        key = employers.get(name)
        if key:
            if key not in graph:
                graph.add_node(key, kind="organisation", name=name)
            graph.add_edge(human, key, kind="works at")
    for name in own:
        key = organisation(name)
        if key and key in graph:
            graph.add_edge(EGO, key, kind="works at")
