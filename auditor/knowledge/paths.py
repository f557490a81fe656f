"""The best path to a company: whom the owner knows there, and who of the owner's people well knows someone there.

A second hop is what the audit's graph has between two alters: threads and meetings that both were in, or that one
introduced the owner to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from auditor.audit import Audit
from auditor.knowledge.facts import work
from auditor.knowledge.words import plain
from auditor.organisations import organisation

MOST = 10
_INTRODUCED = 3
"""Threads that an introduction is worth."""
_LEFT_OPEN = 0.6
"""The doubt that one shared thread leaves whether two know each other well; two leave its square."""
_SLIPS = 1


@dataclass(frozen=True, slots=True)
class Path:
    """A way to a company: ask `human`. `target` is who works or worked there, the same for whom the owner knows there.

    `strength`: 0 to 1, how sure it is that the two know each other well; `worth`: the depth times that.
    """

    human: str
    name: str
    depth: float
    target: str
    target_name: str
    now: bool
    strength: float
    sentence: str

    @property
    def worth(self) -> float:
        return self.depth * self.strength


@dataclass(frozen=True, slots=True)
class Paths:
    """The ways to `company`, as it is written in the files: those there, the deepest tie first (who works there now
    before who did), and those through others. `alike`: other employers whose names have the same words.
    """

    company: str
    direct: tuple[Path, ...]
    through: tuple[Path, ...]
    alike: tuple[str, ...]


def paths(wanted: str, works: pd.DataFrame, called: Mapping[str, str], audit: Audit) -> Paths | None:
    """The ways to a company, whatever its legal form and a slip of the finger; None where no employer is called so.

    `works`: facts.works; `called`: human → name.
    """
    named = works[works["employer"].notna()]
    once = named.drop_duplicates("employer")
    names = dict(zip(once["employer"].tolist(), once["company"].tolist(), strict=True))
    key = _employer(wanted, list(names))
    words = set(plain(wanted).split())
    alike = [n for k, n in names.items() if k != key and words and words <= set(plain(n).split())]
    if key is None:
        return Paths("", (), (), tuple(alike[:MOST])) if alike else None
    there = named[named["employer"] == key]
    there = there[there["human"].isin(audit.ties.index)]
    there = there.sort_values("now", ascending=False, kind="stable").drop_duplicates("human")
    direct = sorted(_direct(there, audit), key=lambda path: (not path.now, -path.depth, path.name))
    through = sorted(_through(there, called, audit), key=lambda path: (-path.worth, path.name))
    best: dict[str, Path] = {}
    for path in through:
        best.setdefault(path.human, path)
    return Paths(names[key], tuple(direct[:MOST]), tuple(best.values())[:MOST], tuple(alike[:MOST]))


def _employer(wanted: str, known: list[str]) -> str | None:
    """The employer that is meant: of this name, or of one that is a slip away."""
    key = organisation(wanted)
    if key is None or key in known:
        return key
    near = process.extractOne(key, known, scorer=OSA.distance, score_cutoff=_SLIPS)
    return str(near[0]) if near and len(key.removeprefix("organisation:")) > 4 else None


def _direct(there: pd.DataFrame, audit: Audit) -> Iterator[Path]:
    for row in there.join(audit.ties[["name", "depth", "last_contact"]], on="human").to_dict("records"):
        name, depth = str(row["name"]), float(row["depth"])
        what = f"{name} {_is_there(row)}; {_contact(row['last_contact'])}."
        yield Path(row["human"], name, depth, row["human"], name, bool(row["now"]), 1.0, what)


def _through(there: pd.DataFrame, called: Mapping[str, str], audit: Audit) -> Iterator[Path]:
    """Those outside the company who know somebody there, and whom the owner knows better than that one."""
    inside = set(there["human"])
    depths = dict(zip(audit.ties.index.tolist(), audit.ties["depth"].tolist(), strict=True))
    for row in there.to_dict("records"):
        target = called[row["human"]]
        for other, edge in audit.graph[row["human"]].items():
            if other in inside or depths.get(other, -1) <= depths[row["human"]]:
                continue
            name, depth = called[other], float(depths[other])
            strength = 1 - _LEFT_OPEN ** (edge.get("threads", 0) + _INTRODUCED * ("introduced" in edge))
            how = _how(name, target, edge, row["human"])
            what = f"{how}, who {_is_there(row)}."
            yield Path(other, name, depth, row["human"], target, bool(row["now"]), strength, what)


def _how(name: str, target: str, edge: dict[str, Any], inside: str) -> str:
    """How the two know each other, as the beginning of a sentence that ends with the target."""
    if "introduced" in edge:
        return f"{name} introduced you to {target}" if edge["introduced"] == inside else f"You met {name} by {target}"
    threads = edge["threads"]
    where = f"{threads} {'conversation or meeting' if threads == 1 else 'conversations or meetings'} of yours"
    return f"{name} was in {where} with {target}"


def _is_there(row: dict[Any, Any]) -> str:
    """Where somebody works or worked, as the end of a sentence."""
    position = row["position"] if pd.notna(row["position"]) else None
    job = work(row["company"], position)
    if row["now"]:
        return f"is {job}" if position else f"works {job}"
    when = f" (so your export of {row['until']:%B %Y} has it)" if pd.notna(row["until"]) else ""
    return f"was {job}{when}" if position else f"worked {job}{when}"


def _contact(last: Any) -> str:
    return f"your last contact was in {last:%B %Y}" if pd.notna(last) else "no contact is seen in these files"
