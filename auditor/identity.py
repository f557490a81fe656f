"""Which mentions are the same human. Sure links merge, with their evidence; doubtful ones are only proposed.

Sure are: the same profile slug (they share a key already); a profile, mail address or phone number given for both, as
long as it does not tie two profiles together; and the same folded full name, where it is unique on both sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from auditor.mentions import fold
from auditor.records import Records

STRENGTH = ("linkedin", "email", "phone", "handle", "name")
COMMON_WORD = 1000
"""A word that more names have than this tells nobody apart."""

PROPOSAL_SCORE = 88
"""A similarity (0–100) from which two names are shown to the owner as perhaps the same human."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is who.

    `human`: mention key → key of the human, the strongest key of its group. `links`: the merges, one row each with
    `mention`, `human`, `evidence`. `proposals`: pairs to ask the owner about, with `mention`, `human`, `similarity`
    (0–100).
    """

    human: pd.Series[str]
    links: pd.DataFrame
    proposals: pd.DataFrame

    def of(self, mentions: pd.Series[str]) -> pd.Series[str]:
        """The human behind each mention; a categorical stays one, so that a million rows cost their categories only."""
        if isinstance(mentions.dtype, pd.CategoricalDtype):
            humans = self.human.reindex(mentions.cat.categories)
            codes, labels = pd.factorize(humans.to_numpy(), sort=True)
            each: Any = np.append(codes, -1)[mentions.cat.codes.to_numpy()]  # the last place is for a missing mention
            return pd.Series(pd.Categorical.from_codes(each, categories=pd.Index(labels)), index=mentions.index)
        return mentions.map(self.human)


def resolve(records: Records, decisions: pd.DataFrame | None = None) -> Identity:  # noqa: ARG001
    """Who is who in `records`. The owner is nobody's alter and never merges with anyone."""
    names = _names(records)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names.index)
    graph.add_nodes_from(records.interactions["person"].cat.categories)
    _link_by_identifier(graph, records.identifiers)
    _part_profiles(graph)
    _link_by_name(graph, names)
    _part_profiles(graph)
    human = {m: min(group, key=_strength) for group in nx.connected_components(graph) for m in group}
    links = [{"mention": m, "human": h, "evidence": _evidence(graph, m)} for m, h in sorted(human.items()) if m != h]
    resolved = pd.Series(human, dtype="str")
    return Identity(
        resolved,
        pd.DataFrame(links, columns=["mention", "human", "evidence"]),
        _proposals(names, resolved),
    )


def _names(records: Records) -> pd.Series[str]:
    """The folded name of each mention that has one, indexed by mention; the connection list's own name comes first."""
    people = records.people.sort_values("connection", ascending=False, kind="stable").drop_duplicates("person")
    return people.set_index("person")["name"].fillna("").map(fold)


def _strength(mention: str) -> tuple[int, str]:
    return STRENGTH.index(mention.partition(":")[0]), mention


def _link_by_identifier(graph: nx.Graph[str], identifiers: pd.DataFrame) -> None:
    """Join mentions that share a mail address, phone number or profile, unless it is shared by several profiles."""
    for (kind, value), group in identifiers.groupby(["kind", "value"], sort=True)["person"]:
        key = f"{kind}:{value}"
        people = sorted({*group, key} if key in graph else set(group))
        if sum(p.startswith("linkedin:") for p in people) > 1:
            continue
        for other in people[1:]:
            graph.add_edge(people[0], other, evidence=f"same {kind}")


def _part_profiles(graph: nx.Graph[str]) -> None:
    """Take back every link in a group of several profiles: a chain of addresses and names merges nobody either."""
    for group in list(nx.connected_components(graph)):
        if sum(m.startswith("linkedin:") for m in group) > 1:
            graph.remove_edges_from(list(graph.subgraph(group).edges))


def _link_by_name(graph: nx.Graph[str], names: pd.Series[str]) -> None:
    """Join somebody known by name only to the one human of that name, where the name is unique on both sides."""
    groups = {m: i for i, group in enumerate(nx.connected_components(graph)) for m in group}
    full = names[names.str.contains(" ")]
    for mentions in _together(full[full.duplicated(keep=False)]):
        by_group = {groups[m]: m for m in sorted(mentions, key=_strength, reverse=True)}
        known = [m for m in by_group.values() if not m.startswith("name:")]
        by_name = [m for m in by_group.values() if m.startswith("name:")]
        if len(by_name) == 1 and len(known) == 1:
            graph.add_edge(known[0], by_name[0], evidence="same name, unique on both sides")


def _together(names: pd.Series[str]) -> Iterable[list[str]]:
    """The mentions of each name."""
    spelled: dict[str, list[str]] = defaultdict(list)
    for mention, name in zip(names.index, names, strict=True):
        spelled[name].append(str(mention))
    return spelled.values()


def _evidence(graph: nx.Graph[str], mention: str) -> str:
    return ", ".join(sorted({str(graph.edges[mention, other]["evidence"]) for other in graph[mention]}))


def _proposals(names: pd.Series[str], human: pd.Series[str]) -> pd.DataFrame:
    """For each mention still known by name only: the human whose name is most like it, if it is like it at all.

    Compared are names that share a word which is not too common: all pairs of a large network would take minutes.
    """
    named = {str(m): n for m, n in zip(names.index, names, strict=True) if n}
    known = {m: n for m, n in named.items() if not m.startswith("name:")}
    sharing: dict[str, list[str]] = defaultdict(list)
    for mention, name in known.items():
        for word in set(name.split()):
            sharing[word].append(mention)
    humans = human.to_dict()
    found = []
    for mention, name in named.items():
        if mention in known or humans[mention] != mention:
            continue
        choices = {m: known[m] for w in name.split() if len(sharing[w]) <= COMMON_WORD for m in sharing[w]}
        best = process.extractOne(name, choices, scorer=fuzz.token_sort_ratio, score_cutoff=PROPOSAL_SCORE)
        if best:
            found.append({"mention": mention, "human": humans[best[2]], "similarity": round(best[1])})
    return pd.DataFrame(found, columns=["mention", "human", "similarity"])
