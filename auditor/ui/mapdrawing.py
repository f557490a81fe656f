"""The map, as ECharts options: pure functions of the communities, the same picture on every visit.

Whom a shape means says its form as well as its colour; colours hold on light and on dark ground (charts.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import networkx as nx
import pandas as pd

from auditor.affiliations import WORK
from auditor.communities import Communities, Community
from auditor.ui.charts import AMBER, GREY, SLATE, TEAL
from auditor.ui.text import plain

MOST_BUBBLES = 60
MOST_NODES, MOST_SHARED = 300, 40
"""So many nodes of people and what they share are drawn at once; more tell nothing."""

LABELS, LABEL_LENGTH = 8, 22

_EGO = -1
_PALE = "rgba(127,138,141,0.45)"  # the smallest dots too, having no depth
_SEED = 150


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, whom its first nodes mean, what it shows in words, and what it leaves out (empty: nothing)."""

    option: dict[str, Any]
    humans: tuple[str, ...]
    alt: str
    caption: str


Category = tuple[str, str, str]
"""The word in the legend, the form and the colour."""

_AT_WORK, _TOGETHER = ("employer in common", "circle", TEAL), ("conversations and meetings", "diamond", AMBER)
_DEEP, _LIGHT, _UNSEEN = ("deep", "circle", TEAL), ("light", "circle", GREY), ("no contact seen", "circle", _PALE)
_BROKER = ("links groups", "diamond", AMBER)
_EMPLOYER, _GATHERING = ("employer", "roundRect", SLATE), ("conversation or meeting", "triangle", SLATE)

_ALL = (_AT_WORK, _TOGETHER, _DEEP, _LIGHT, _UNSEEN, _BROKER, _EMPLOYER, _GATHERING)


def bubbles(groups: Communities, states: pd.Series[str]) -> Drawing:
    """The communities, node i being the i-th, at most `MOST_BUBBLES`; lines where brokers link them.

    `states`: of every tie (audit.ties).
    """
    shown = groups.all[:MOST_BUBBLES]
    links = groups.links[groups.links[["one", "other"]].lt(len(shown)).all(axis=1)]
    edges = list(links[["one", "other", "people"]].itertuples(index=False, name=None))
    most = max(len(one.people) for one in shown)
    sizes = [round(10 + 34 * sqrt(len(one.people) / most), 1) for one in shown]
    deep = [int(states.loc[list(one.people)].eq("deep").sum()) for one in shown]
    names = [_bubble_name(one, n) for one, n in zip(shown, deep, strict=True)]
    kinds = [_AT_WORK if one.basis in WORK else _TOGETHER for one in shown]
    labels = [plain(one.name) if place < LABELS else "" for place, one in enumerate(shown)]
    option = _graph(names, kinds, sizes, labels, edges)
    left = len(groups.all) - len(shown)
    first = ", ".join(f"{plain(one.name)} ({len(one.people):,})" for one in shown[:3])
    best = "groups with most depth" if any(one.depth for one in shown) else "biggest groups"  # what they are sorted by
    alt = f"{len(shown):,} groups of your people, with {len(edges):,} links between them; the {best}: {first}."
    caption = f"The {len(shown):,} {best} are drawn; {left:,} more stand in the table. " if left else ""
    return Drawing(option, (), alt, caption)


def _bubble_name(one: Community, deep: int) -> str:
    return f"{plain(one.name)} · {len(one.people):,} people, {deep:,} deep"


def people(groups: Communities, number: int, ties: pd.DataFrame) -> Drawing:
    """The people of a community, deepest first, with what they share: at most `MOST_NODES` nodes, people first."""
    one = groups.all[number]
    humans = one.people[: MOST_NODES - MOST_SHARED]
    shared = _shared(groups, humans)
    of = ties.loc[list(humans)]
    brokers = set(groups.brokers.index)
    kinds = [_BROKER if h in brokers else _of_state(state) for h, state in of["state"].items()]
    kinds += [_EMPLOYER if kind in WORK else _GATHERING for kind in shared["kind"]]
    names = [f"{plain(n)} · depth {d:.0f} · {k}" for n, d, k in of[["name", "depth", "kind"]].itertuples(index=False)]
    names += [_shared_name(row) for row in shared.to_dict("records")]
    sizes = [round(8 + depth / 4, 1) for depth in of["depth"]] + [12.0] * len(shared)
    labels = [plain(name) if place < LABELS else "" for place, name in enumerate(of["name"])]
    labels += [plain(name) for name in shared["name"]]
    place = {key: i for i, key in enumerate([*humans, *shared.index])}
    links = groups.affiliations.links
    links = links[links["shared"].isin(shared.index) & links["human"].isin(humans)]
    edges = [(place[h], place[s], 1) for s, h in links[["shared", "human"]].itertuples(index=False)]
    left = len(one.people) - len(humans)
    alt = (
        f"{len(humans):,} people of {plain(one.name)}, {len(brokers.intersection(humans)):,} of whom link it to others."
    )
    best = "deepest" if one.depth else "first"
    caption = f"The {len(humans):,} {best} are drawn; {left:,} more stand in the table. " if left else ""
    return Drawing(_graph(names, kinds, sizes, labels, edges), humans, alt, caption)


def _of_state(state: str) -> Category:
    return {"deep": _DEEP, "light": _LIGHT}.get(state, _UNSEEN)


def _shared(groups: Communities, humans: Sequence[str]) -> pd.DataFrame:
    """What two or more of these share, that which ties most of them strongest first."""
    links = groups.affiliations.links
    counts = links.loc[links["human"].isin(humans), "shared"].value_counts()
    shared = groups.affiliations.shared.loc[counts.index[counts > 1]]
    strength = (shared["weight"] * counts.reindex(shared.index)).round(9)
    order = strength.rename("strength").reset_index().sort_values(["strength", "shared"], ascending=[False, True])
    return shared.loc[order["shared"].head(MOST_SHARED)]


def _shared_name(row: dict[Any, Any]) -> str:
    if row["kind"] in WORK:
        return f"{plain(row['name'])} · {row['people']:,} of your people"
    days = "1 day" if row["days"] == 1 else f"{row['days']:,} days"
    return f"{row['people']:,} people together on {days}"


def _graph(
    names: list[str],
    kinds: list[Category],
    sizes: list[float],
    labels: list[str],
    edges: list[tuple[int, int, int]],
) -> dict[str, Any]:
    """The option: node i has the i-th name, kind, size and label (empty: none)."""
    categories = [kind for kind in _ALL if kind in kinds]
    spots = _spots(len(names), edges)
    nodes = [
        {
            "id": str(i),
            "name": name,
            "value": spots[i],
            "symbolSize": size,
            "category": categories.index(kind),
            "label": {"show": bool(label), "formatter": _short(label)},
        }
        for i, (name, kind, size, label) in enumerate(zip(names, kinds, sizes, labels, strict=True))
    ]
    return {
        "animation": False,
        "tooltip": {"trigger": "item", "formatter": "{b}", "confine": True},
        "legend": {"bottom": 0, "data": [{"name": name, "icon": form} for name, form, _ in categories]},
        "grid": {"top": 24, "bottom": 84, "left": 36, "right": 36},
        "xAxis": {"show": False, "min": -1, "max": 1},
        "yAxis": {"show": False, "min": -1, "max": 1},
        "series": [
            {
                "type": "graph",
                "id": "map",
                "coordinateSystem": "cartesian2d",
                "selectedMode": "single",
                "categories": [
                    {"name": name, "symbol": form, "itemStyle": {"color": colour}} for name, form, colour in categories
                ],
                "data": nodes,
                "links": [
                    {
                        "source": str(one),
                        "target": str(other),
                        "lineStyle": {"width": min(6, people)},
                        "tooltip": {"show": False},
                    }
                    for one, other, people in edges
                ],
                "lineStyle": {"color": GREY, "opacity": 0.4},
                "itemStyle": {"opacity": 0.85},
                "select": {"itemStyle": {"borderColor": AMBER, "borderWidth": 3}},
                "label": {"position": "bottom", "fontSize": 11, "color": "#ffffff", "backgroundColor": SLATE,
                          "padding": [2, 5], "borderRadius": 8},
                "labelLayout": {"hideOverlap": True},
            }
        ],
    }  # fmt: skip


def _spots(count: int, edges: list[tuple[int, int, int]]) -> list[list[float]]:
    """Where the nodes stand. All hang loosely on the owner in the middle, who is not drawn: nothing drifts off."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_node(_EGO)
    graph.add_weighted_edges_from([(_EGO, i, 0.3) for i in range(count)])
    graph.add_weighted_edges_from(edges)
    found = nx.spring_layout(graph, seed=_SEED, iterations=80, k=1.6 / sqrt(count + 1))
    widest = max(max(map(abs, spot)) for spot in found.values()) or 1.0
    return [[round(float(x) / widest, 4) for x in found[i]] for i in range(count)]


def _short(label: str) -> str:
    """A label that fits; braces would be a template's."""
    plainly = label.replace("{", "(").replace("}", ")")
    return plainly if len(plainly) <= LABEL_LENGTH else f"{plainly[: LABEL_LENGTH - 1]}…"
