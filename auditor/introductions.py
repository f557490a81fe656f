"""Who introduced whom to the owner, told from threads of three: the owner, who introduces, and who is introduced.

An introduction is such a thread in which somebody wrote first, to the owner and to somebody with whom the owner had not
been in touch, and either said so ("Alex, meet Ben", in six languages) or left the two to go on by themselves. Mail has
no text here, so there only the second is seen. What the owner noted in a file of interactions comes before both.
"""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

WORDS, LEFT, TOLD = "words of introduction", "left the two of you to go on", "you noted it"
COLUMNS = ["introducer", "introduced", "at", "thread", "evidence"]

_NO_CONTACT = ("invitation", "endorsement", "note")  # before an introduction these make nobody known


def find(exchanges: pd.DataFrame, connected_on: pd.Series[Any]) -> pd.DataFrame:
    """The introductions, one row a person introduced, in order of time: `COLUMNS`.

    `exchanges`: the interactions, `person` and `introduced_by` being humans; `connected_on` (UTC or missing): by human.
    """
    seen = pd.concat([_stated(exchanges), _seen(exchanges, connected_on)], ignore_index=True)
    once = seen.drop_duplicates("introduced").sort_values(["at", "introduced"], kind="stable")
    return _acyclic(once[COLUMNS].reset_index(drop=True))


def _stated(exchanges: pd.DataFrame) -> pd.DataFrame:
    """Those that the owner noted, each with the first exchange that says so."""
    noted = exchanges[exchanges["introduced_by"].notna()].sort_values("at", kind="stable")
    if noted.empty:
        return _none()
    found = pd.DataFrame(
        {
            "introducer": noted["introduced_by"].astype("str"),
            "introduced": noted["person"].astype("str"),
            "at": noted["at"],
            "thread": noted["thread"].astype("str"),
            "evidence": TOLD,
        }
    )
    return found[found["introducer"] != found["introduced"]].drop_duplicates("introduced")


def _acyclic(found: pd.DataFrame) -> pd.DataFrame:
    """Without those by which somebody would have come through a person who came through them: notes may say so."""
    through: dict[str, str] = {}
    keep = []
    for introducer, introduced in zip(found["introducer"], found["introduced"], strict=True):
        above = introducer
        while above != introduced and above in through:
            above = through[above]
        keep.append(above != introduced)
        if keep[-1]:
            through[introduced] = introducer
    return found[np.array(keep, bool)].reset_index(drop=True)


def _seen(exchanges: pd.DataFrame, connected_on: pd.Series[Any]) -> pd.DataFrame:
    """Those that threads of three show."""
    threes = _threes(exchanges)
    if threes.empty:
        return _none()
    first = threes.groupby("thread", observed=True).head(1)
    opened = first[(first["direction"] == "in") & (first["others"] == 1)].set_index("thread")
    threes = threes[threes["thread"].isin(opened.index)]
    threes = threes.join(opened[["person", "at"]].rename(columns={"person": "introducer", "at": "opened"}), on="thread")
    other = threes[threes["person"] != threes["introducer"]].drop_duplicates("thread")
    found = other[["thread", "person", "introducer", "opened"]].rename(columns={"person": "introduced", "opened": "at"})
    found["said"] = opened["introduces"].reindex(found["thread"]).fillna(value=False).to_numpy(dtype=bool)
    found["left"] = _left_alone(threes).reindex(found["thread"]).to_numpy(dtype=bool)
    found = found[(found["said"] | found["left"]) & _unknown_before(found, exchanges)]
    connected = connected_on.reindex(found["introduced"]).set_axis(found.index)
    known = connected < found["at"].dt.normalize()
    found = found[found["said"] | ~known]
    found["evidence"] = found["said"].map({True: WORDS, False: LEFT})
    ordered: pd.DataFrame = found.sort_values(["at", "thread"])
    return ordered[COLUMNS]


def tree(introductions: pd.DataFrame) -> Any:
    """Who came through whom, as a `networkx.DiGraph` from introducer to introduced. It is a forest: everybody is
    introduced once, by somebody known before.
    """
    graph: Any = nx.DiGraph()
    for row in introductions.to_dict("records"):
        graph.add_edge(row["introducer"], row["introduced"], at=row["at"])
    return graph


def chains(introductions: pd.DataFrame) -> list[list[str]]:
    """Each row of people from one whom nobody introduced to one who introduced nobody, the longest row first."""
    graph = tree(introductions)
    ends = [node for node in graph if graph.out_degree(node) == 0]
    return sorted((_up(graph, node) for node in ends), key=lambda chain: (-len(chain), chain))


def _up(graph: Any, node: str) -> list[str]:
    """From the root down to `node`."""
    chain = [node]
    while above := next(iter(graph.predecessors(chain[0])), None):
        chain.insert(0, above)
    return chain


def _none() -> pd.DataFrame:
    dtypes = dict.fromkeys(COLUMNS, "str") | {"at": "datetime64[us, UTC]"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})


def _threes(exchanges: pd.DataFrame) -> pd.DataFrame:
    """The exchanges of threads in which two alters and nobody else take part, in order of time."""
    thread = exchanges["thread"].cat.codes.to_numpy()
    most = np.zeros(len(exchanges["thread"].cat.categories) + 1, np.int32)  # the last place is for those without thread
    np.maximum.at(most, thread, exchanges["others"].to_numpy())
    most[-1] = 0
    inside = exchanges.loc[most[thread] == 1, ["thread", "person", "at", "direction", "others", "introduces"]]
    inside = inside.astype({"thread": "str", "person": "str"})
    people = inside[["thread", "person"]].drop_duplicates()["thread"].value_counts()
    three = people.index[people == 2]
    threes: pd.DataFrame = inside[inside["thread"].isin(three)]
    return threes.sort_values(["thread", "at"], kind="stable")


def _left_alone(threes: pd.DataFrame) -> pd.Series[bool]:
    """Of each thread, whether who opened it wrote no more, while the other two both did."""
    by = threes["person"] == threes["introducer"]
    came, went = threes["direction"] == "in", threes["direction"] == "out"
    marks = pd.DataFrame({"thread": threes["thread"], "by": by & came, "other": ~by & came, "owner": ~by & went})
    counts = marks.groupby("thread").sum()
    return (counts["by"] == 1) & (counts["other"] > 0) & (counts["owner"] > 0)


def _unknown_before(found: pd.DataFrame, exchanges: pd.DataFrame) -> pd.Series[bool]:
    """Whether the owner had not been in touch before with who is introduced."""
    contact = exchanges.loc[~exchanges["channel"].isin(_NO_CONTACT), ["person", "at"]]
    contact = contact[contact["person"].isin(found["introduced"])]
    first = contact.groupby(contact["person"].astype("str"))["at"].min()
    return ~(first.reindex(found["introduced"]).set_axis(found.index) < found["at"])
