"""The communities among the owner's people, what to call them, and who links them to each other.

Communities are those of Louvain's method (Blondel et al. 2008) on what people share (affiliations.py): groups with more
in common inside than chance would give them. A broker takes part in what belongs to several (Burt 2004).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import pandas as pd

from auditor import affiliations
from auditor.affiliations import ADDRESS, EMPLOYER, GATHERING, Affiliations
from auditor.audit import Audit
from auditor.records import Records

FEWEST = 3
"""Two people are a pair; a community has at least three."""

MOST = 0.5
"""A community has the name of what at least this share of its people have in common."""

PART = 0.1
"""A broker has at least this part of all that ties them to others in another community."""

CLEAR = 0.5
"""A division is one from this share of the modularity that it could have at most: so groups of unequal strength are
told apart as well as equal ones (the assortativity coefficient: Newman 2003, Mixing patterns in networks)."""

THROUGH, PEOPLE = "met through", "people"

_SEED = 150


@dataclass(frozen=True, slots=True)
class Community:
    """A group among the owner's people. `people`: its humans, deepest first. `key`: the same on every run.

    `basis`: what the name says they have in common (employer, address, met through, gathering, or people: nothing);
    `covers`: how many of them have it. `depth`: that of all together. `shared`: keys of what belongs to it.
    """

    key: str
    name: str
    basis: str
    covers: int
    people: tuple[str, ...]
    depth: float
    shared: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Communities:
    """What an audit says of the groups among the owner's people.

    `all`: the communities, those with most depth first; numbers below are places in it. `of`: human → number.
    `brokers`: indexed by human, the strongest first: `community` (their own), `reaches` (the numbers of the others),
    `depth`. `links`: `one` < `other`, and how many `people` link them. `alone`: how many people are in none. `inside`:
    the part of all that ties people to each other that lies inside communities; `modularity`: of the division.
    """

    all: tuple[Community, ...]
    of: pd.Series[int]
    brokers: pd.DataFrame
    links: pd.DataFrame
    alone: int
    inside: float
    modularity: float
    affiliations: Affiliations


def find(records: Records, audit: Audit) -> Communities:
    """The communities of an audit, by the records it is an audit of. The order of rows in these changes nothing."""
    return divide(affiliations.find(records, audit), audit)


def divide(found: Affiliations, audit: Audit) -> Communities:
    """The communities by what people of an audit share."""
    graph, nodes = _graph(found)
    people = set(found.links["human"])
    parts = _settled(graph, _divided(graph), len(people))
    groups = [[nodes[i] for i in part] for part in parts]
    rank = {str(human): place for place, human in enumerate(audit.ties.index)}
    communities = _named([_Group.of(group, people, rank) for group in groups], found, audit)
    of = pd.Series({h: n for n, one in enumerate(communities) for h in one.people}, dtype="int64").rename_axis("human")
    brokers = _brokers(communities, of, found, audit)
    return Communities(
        communities, of, brokers, _linked(brokers), len(audit.ties) - len(of), *_quality(graph, parts), found
    )


def _graph(found: Affiliations) -> tuple[Any, list[str]]:
    """People and what they share as nodes 0, 1, …, and what these are: numbers, since sets of words have no order."""
    nodes = [*sorted(found.links["human"].unique()), *found.shared.index]
    number = {node: i for i, node in enumerate(nodes)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(nodes)))
    weights = found.links["shared"].map(found.shared["weight"])
    ends = (found.links[column].map(number).tolist() for column in ("human", "shared"))
    graph.add_weighted_edges_from(zip(*ends, weights.tolist(), strict=True))
    return graph, nodes


def _divided(graph: Any) -> list[list[int]]:
    """The parts, each in one piece, sorted. Each is divided again as long as that is clear: taken as a whole, a big
    graph hides its small communities (Fortunato and Barthélemy 2007, Resolution limit in community detection).
    """
    found = []
    for piece in map(sorted, nx.connected_components(graph)):
        inside: Any = graph.subgraph(piece).copy()
        star = max(degree for _, degree in inside.degree) == len(piece) - 1
        parts = [] if star else nx.community.louvain_communities(inside, weight="weight", seed=_SEED)
        if len(parts) > 1 and _clarity(inside, parts) >= CLEAR:
            found += [part for some in parts for part in _divided(inside.subgraph(some))]
        else:
            found.append(piece)
    return sorted(found)


def _settled(graph: Any, parts: list[list[int]], people: int) -> list[list[int]]:
    """The parts once everybody (the first so many nodes) is in the part with which they share most. Modularity alone
    would rather put a broker into the smaller of two.
    """
    part = {node: i for i, nodes in enumerate(parts) for node in nodes}
    settled = [[node for node in nodes if node >= people] for nodes in parts]
    for person in range(people):
        weight = dict.fromkeys(sorted(part[shared] for shared in graph[person]), 0.0)
        for shared, link in graph[person].items():
            weight[part[shared]] += link["weight"]
        settled[max(weight, key=lambda i: (round(weight[i], 9), i == part[person]))].append(person)
    return [sorted(piece) for nodes in settled for piece in nx.connected_components(graph.subgraph(nodes))]


def _clarity(graph: Any, parts: list[set[int]]) -> float:
    """The modularity of a division as a share of what it would be if nothing led from part to part."""
    inside, modularity = _quality(graph, parts)
    return modularity / (1 - inside + modularity)


def _quality(graph: Any, parts: Sequence[Iterable[int]]) -> tuple[float, float]:
    """The part of the weight that lies inside parts, and the modularity."""
    if not parts:
        return 0.0, 0.0
    part = {node: i for i, nodes in enumerate(parts) for node in nodes}
    weights = [(part[one] == part[other], weight) for one, other, weight in graph.edges(data="weight")]
    inside = sum(weight for same, weight in weights if same) / sum(weight for _, weight in weights)
    return inside, float(nx.community.modularity(graph, map(set, parts)))


@dataclass(frozen=True, slots=True)
class _Group:
    """A part of the graph: its people, deepest first, and what they share."""

    people: tuple[str, ...]
    shared: frozenset[str]

    @classmethod
    def of(cls, nodes: Iterable[str], people: set[str], rank: dict[str, int]) -> _Group:
        inside = [node for node in nodes if node in people]
        return cls(tuple(sorted(inside, key=rank.__getitem__)), frozenset(nodes) - people)


@dataclass(frozen=True, slots=True)
class _Bond:
    """What many in a group have in common: its key, name and kind, and how many of the group have it."""

    key: str
    name: str
    kind: str
    covers: int


def _named(groups: list[_Group], found: Affiliations, audit: Audit) -> tuple[Community, ...]:
    """The groups of three or more as communities, those with most depth first. A person tells namesakes apart."""
    groups = [group for group in groups if len(group.people) >= FEWEST]
    names, depth = audit.ties["name"], audit.ties["depth"]
    bonds = _Bonds(found, audit)
    named = [(group, bonds.of(group)) for group in groups]
    twice = Counter(bond.name for _, bond in named)
    made = []
    for group, bond in named:
        key, name = bond.key, bond.name
        if twice[name] > 1:
            first = group.people[0]
            key, name = f"{key}|{first}", f"{name}, with {names[first]}"
        together = float(depth[list(group.people)].sum())
        made.append(Community(key, name, bond.kind, bond.covers, group.people, together, tuple(sorted(group.shared))))
    return tuple(sorted(made, key=lambda one: (-round(one.depth, 6), -len(one.people), one.key)))


class _Bonds:
    """What the people of a group have in common: an employer, else an address, else who introduced them, else a
    conversation or meeting, whichever comes first for half of them or more.
    """

    def __init__(self, found: Affiliations, audit: Audit) -> None:
        self._shared = found.shared
        self._of = found.links.groupby("human")["shared"].agg(list).to_dict()
        self._names = audit.ties["name"]
        self._through = dict(zip(audit.introductions["introduced"], audit.introductions["introducer"], strict=True))
        self._kind = found.shared["kind"].to_dict()

    def of(self, group: _Group) -> _Bond:
        for bond, among in self._candidates(group):
            if bond.covers >= max(2, MOST * among):
                return bond
        first, second = group.people[:2]
        return _Bond(f"people:{first}|{second}", self._known(group), PEOPLE, 0)

    def _candidates(self, group: _Group) -> Iterable[tuple[_Bond, int]]:
        """Each kind's most common, and among how many it was looked for."""
        size = len(group.people)
        counts = Counter(key for human in group.people for key in self._of[human])
        for kind in (EMPLOYER, ADDRESS):
            if best := self._best(counts, kind):
                named = str(self._shared["name"][best])
                yield _Bond(best, named if kind == EMPLOYER else f"Addresses at {named}", kind, counts[best]), size
        through = Counter(self._through[human] for human in group.people if human in self._through)
        if through:
            who = min(through, key=lambda human: (-through[human], human))
            name = f"Met through {self._names.get(who, who)}"
            yield _Bond(f"through:{who}", name, THROUGH, through[who]), size - (who in group.people)
        if best := self._best(counts, GATHERING):
            yield _Bond(best, self._known(group), GATHERING, counts[best]), size

    def _best(self, counts: Counter[str], kind: str) -> str | None:
        some = [key for key in counts if self._kind[key] == kind]
        return min(some, key=lambda key: (-counts[key], key), default=None)

    def _known(self, group: _Group) -> str:
        """The two best-known, and how many more."""
        first, second = (str(self._names[human]) for human in group.people[:2])
        return f"{first}, {second} and {len(group.people) - 2:,} more"


def _brokers(communities: tuple[Community, ...], of: pd.Series[int], found: Affiliations, audit: Audit) -> pd.DataFrame:
    """Who takes part in what belongs to communities other than their own, by how many these are times the depth."""
    home = pd.Series({key: n for n, one in enumerate(communities) for key in one.shared}, dtype="float64")
    weight = found.links["shared"].map(found.shared["weight"]).astype("float64")
    ways = found.links.assign(own=found.links["human"].map(of).astype("float64"), weight=weight)
    ways["all"] = ways.groupby("human")["weight"].transform("sum")
    ways["to"] = ways["shared"].map(home)
    pair = ways["shared"].map(found.shared["people"]) == 2  # what two share belongs to both: each reaches the other's
    partner = ways[pair].groupby("shared")["own"].transform(lambda own: own.to_numpy()[::-1])
    ways.loc[pair, "to"] = partner
    away = ways[ways["own"].notna() & ways["to"].notna() & (ways["own"] != ways["to"])]
    parts = away.groupby(["human", "own", "to", "all"], as_index=False)["weight"].sum()
    parts = parts[parts["weight"] >= PART * parts["all"]].astype({"own": "int64", "to": "int64"})
    brokers = parts.groupby("human").agg(community=("own", "first"), reaches=("to", lambda to: tuple(sorted(to))))
    brokers["depth"] = audit.ties["depth"].reindex(brokers.index)
    count = brokers["reaches"].map(len).astype("int64")
    ranked: pd.DataFrame = brokers.assign(strength=count * brokers["depth"], count=count).reset_index()
    ranked = ranked.sort_values(["strength", "count", "human"], ascending=[False, False, True]).set_index("human")
    return ranked.drop(columns=["strength", "count"])


def _linked(brokers: pd.DataFrame) -> pd.DataFrame:
    """How many brokers link each two communities."""
    ways: Counter[tuple[int, int]] = Counter(
        (min(own, to), max(own, to))
        for own, reached in zip(brokers["community"], brokers["reaches"], strict=True)
        for to in reached
    )
    rows = [(one, other, people) for (one, other), people in sorted(ways.items())]
    return pd.DataFrame(rows, columns=["one", "other", "people"])
