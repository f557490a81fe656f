"""Who is closest to somebody, and by which way the team comes to them: the strongest tie, and the warmest path.

The warmth of a path is the product of the chances (`p_two_way`) of its ties: that each of them is in contact both ways
within a year. Only ties that some member's export measured have a chance, so a path leads over members and over people
whom two members know; that two others were in one thread says nothing of a chance, and no path goes over it. Where both
ends of a tie are members, the higher of their two chances counts: files can only show too little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx
import pandas as pd

from auditor.team import whom
from auditor.team.secret import Secret
from auditor.team.union import SHORT, Union, by_human, me


@dataclass(frozen=True, slots=True)
class Strongest:
    """A member's tie to somebody asked for. `last_contact` is a day, or None where that is not known."""

    member: str
    person: str
    company: str | None
    depth: float
    low: float
    high: float
    p_two_way: float
    last_contact: str | None


@dataclass(frozen=True, slots=True)
class Path:
    """A way from a member: `people` from the member to the one asked for, `chances` of the ties between them, and their
    product `warmth`.
    """

    people: tuple[str, ...]
    chances: tuple[float, ...]
    warmth: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Who knows whom was asked for: `people` of that name or company with contact to the team; the ties to them, the
    strongest first; and each member's warmest path, the warmest first.
    """

    asked: str
    people: int
    strongest: tuple[Strongest, ...]
    paths: tuple[Path, ...]


def ask(union: Union, asked: str, secret: Secret | None = None) -> Answer:
    """Who has the strongest tie to a person or a company, and the warmest path of every member.

    `asked`: a profile address, a name, or a company; where everybody is a hash, `secret` turns an address or a company
    into one. Raises UsageError where that means nobody, or several people.
    """
    people = by_human(union)
    humans = whom.meant(union, people, asked, secret)
    ties = union.ties[union.ties["human"].isin(humans)]
    called = _Called(union, people, {humans[0]: asked} if union.hashed and len(humans) == 1 else {})
    strongest = tuple(_strongest(row, called) for row in ties.to_dict("records"))
    return Answer(asked, len(humans), strongest, warmest(union, humans, called))


def network(ties: pd.DataFrame) -> Any:
    """The union as a `networkx.Graph`: humans and members, edges with `p` and `cost` = −ln p.

    Dijkstra in plain Python is enough, and a compiled backend would be one more dependency: for 200 members with
    600,000 ties a tenth of which others share, building and searching take a second and a half together; ten seconds
    where all are shared.
    """
    mine = "member:" + ties["member"]
    one, other = mine.where(mine < ties["human"], ties["human"]), ties["human"].where(mine < ties["human"], mine)
    best = pd.DataFrame({"one": one, "other": other, "p": ties["p_two_way"]}).groupby(["one", "other"])["p"].max()
    graph: nx.Graph[str] = nx.Graph()
    for (one_, other_), p in zip(best.index, best, strict=True):
        graph.add_edge(one_, other_, p=float(p), cost=-math.log(p))
    return graph


def warmest(union: Union, humans: Sequence[str], called: Any = str) -> tuple[Path, ...]:
    """The warmest path of each member who has one to any of these humans, the warmest first; `called` names people.

    One search from those asked for finds them all. Of paths that are equally warm it gives one, the same on every run.
    """
    graph = network(_passable(union.ties, humans))
    targets = [human for human in humans if human in graph]
    if not targets:
        return ()
    searched: Any = nx.multi_source_dijkstra(graph, targets, weight="cost")
    ways = searched[1]
    starts = [me(ref) for ref in union.members if me(ref) not in humans]
    found = [_path(graph, ways[start][::-1], called) for start in starts if start in ways]
    return tuple(sorted(found, key=lambda path: (-path.warmth, len(path.people), path.people)))


def _passable(ties: pd.DataFrame, asked: Sequence[str]) -> pd.DataFrame:
    """The ties without dead ends: nobody's way leads over whom one member alone knows, unless to them."""
    known = ties["human"].map(ties["human"].value_counts())
    return ties[(known > 1) | ties["human"].isin(list(asked)) | ties["human"].str.startswith("member:")]


def _path(graph: Any, way: Sequence[str], called: Any) -> Path:
    chances = tuple(graph.edges[pair]["p"] for pair in pairwise(way))
    return Path(tuple(map(called, way)), chances, math.prod(chances))


class _Called:
    """What humans are called in an answer: members by their label, others by name, hashes shortly."""

    def __init__(self, union: Union, people: pd.DataFrame, asked: dict[str, str]) -> None:
        self._known = {me(ref): label for ref, label in union.labels.items()} | asked
        self._names = people["name"]
        self.company = people["company"]

    def __call__(self, human: str) -> str:
        name = self._known.get(human) or self._names.get(human)
        return human[:SHORT] if name is None or pd.isna(name) else str(name)


def _strongest(row: dict[Any, Any], called: _Called) -> Strongest:
    company, last = called.company.get(row["human"]), row["last_contact"]
    return Strongest(
        member=called(me(row["member"])),
        person=called(row["human"]),
        company=None if pd.isna(company) else str(company),
        depth=float(row["depth"]),
        low=float(row["low"]),
        high=float(row["high"]),
        p_two_way=float(row["p_two_way"]),
        last_contact=None if pd.isna(last) else f"{last:%Y-%m-%d}",
    )
