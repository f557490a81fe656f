"""Who is meant by a query: those of whom enough of it is known, the best match first, and of equals the deepest tie."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditor.knowledge.index import Found, Index
from auditor.knowledge.said import Said
from auditor.knowledge.words import asked, plain

ENOUGH = 0.5
"""The share of a query, its words weighed by how rare they are, that must be known of somebody."""
_ALIKE = 20
"""Matches are told apart in this many steps; within one, the deeper tie comes first."""
_EVIDENCE, _MESSAGES = 3, 10
_SNIPPET = 120
_WORD = re.compile(r"\w+")

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What matched. `kind`: one of facts.KINDS, or `message`, and then there is no `text`: only the month (`at`), who
    wrote (`direction`), how many messages (`count`), and which words.
    """

    kind: str
    text: str
    at: pd.Timestamp | None
    words: tuple[str, ...]
    direction: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """Somebody who matches: the depth (None: no tie), how much of the query is known of them, and the evidence."""

    human: str
    name: str
    depth: float | None
    match: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is known, text by text, as `told` has it: `human` (n,) are positions in `humans`, ties first, by depth."""

    told: pd.DataFrame
    humans: pd.Index[str]
    human: np.ndarray[Any, Any]
    tags: np.ndarray[Any, Any]  # whether the text is a tag
    index: Index


@dataclass(frozen=True, slots=True)
class _Hits:
    """Where the words of a query stand in one index. `score` (rows,): how much of the query each of `rows` has."""

    rows: np.ndarray[Any, Any]
    score: Floats


def search(query: str, shelf: Shelf, said: Said | None, most: int) -> list[tuple[int, float, list[Evidence]]]:
    """(position in `shelf.humans`, match, evidence) of at most `most` people, the best first."""
    words = asked(query)
    if not words:
        return []
    in_facts = [_of_kind(shelf, shelf.index.find(word.text, exactly=word.tag), tag=word.tag) for word in words]
    in_texts = [said.index.find(word.text) if said and not word.tag else _NOTHING for word in words]
    size = shelf.index.size + (said.index.size if said else 0)
    weights = _weights(size, [len(one.rows) + len(other.rows) for one, other in zip(in_facts, in_texts, strict=True)])
    total = sum(weights)
    known, spoken = _hits(in_facts, weights), _hits(in_texts, weights)
    coverage, best = np.zeros(len(shelf.humans)), np.zeros(len(shelf.humans))
    for one, other, weight in zip(in_facts, in_texts, weights, strict=True):
        each = np.zeros(len(shelf.humans))
        np.maximum.at(each, shelf.human[one.rows], one.closeness)
        if said:
            np.maximum.at(each, said.human[other.rows], other.closeness)
        coverage += weight * each
    np.maximum.at(best, shelf.human[known.rows], known.score)
    if said:
        np.maximum.at(best, said.human[spoken.rows], spoken.score)
    match = (coverage + best) / (2 * total)
    able = np.flatnonzero(coverage >= ENOUGH * total - 1e-9)
    order = able[np.lexsort((able, -np.ceil(match[able] * _ALIKE)))][:most]
    meant = frozenset().union(*(one.words for one in (*in_facts, *in_texts)))
    return [(int(h), float(match[h]), _evidence(int(h), shelf, said, known, spoken, meant)) for h in order]


_NOTHING = Found(np.zeros(0, np.int64), np.zeros(0))


def _weights(size: int, found: Sequence[int]) -> list[float]:
    """How much each word tells, the more the rarer it is; what is found nowhere tells as much as the others."""
    weights = [math.log(1 + size / n) for n in found if n]
    mean = sum(weights) / len(weights) if weights else 1.0
    return [math.log(1 + size / n) if n else mean for n in found]


def _of_kind(shelf: Shelf, found: Found, *, tag: bool) -> Found:
    keep = shelf.tags[found.rows] == tag
    return Found(found.rows[keep], found.closeness[keep], found.words)


def _hits(found: Sequence[Found], weights: Sequence[float]) -> _Hits:
    """The rows that any word is in, ascending."""
    rows, place = np.unique(np.concatenate([one.rows for one in found]), return_inverse=True)
    points = np.concatenate([one.closeness * weight for one, weight in zip(found, weights, strict=True)])
    return _Hits(rows, np.bincount(place, points, len(rows)).astype(np.float64))


def _evidence(
    human: int, shelf: Shelf, said: Said | None, known: _Hits, spoken: _Hits, meant: frozenset[str]
) -> list[Evidence]:
    """What matched of one person: the best of what is known, and the messages as one."""
    here = np.flatnonzero(shelf.human[known.rows] == human)
    here = here[np.argsort(-known.score[here], kind="stable")][:_EVIDENCE]
    found = [_fact(shelf.told.iloc[row], meant) for row in known.rows[here]]
    if said and len(spoken.rows):
        first, last = np.searchsorted(said.human[spoken.rows], [human, human + 1])
        if last > first:
            found.append(_messages(said, spoken.rows[first:last], spoken.score[first:last], meant))
    return found


def _fact(row: Mapping[str, Any], meant: frozenset[str]) -> Evidence:
    text, at = str(row["text"]), row["at"]
    return Evidence(str(row["kind"]), snippet(text, meant), None if pd.isna(at) else at, _said_words([text], meant))


def _messages(said: Said, rows: np.ndarray[Any, Any], score: Floats, meant: frozenset[str]) -> Evidence:
    """The messages that match best, as one: the newest month, who wrote then, and the words."""
    best = rows[score >= score.max() - 1e-9]
    bodies = [body for row in best[:_MESSAGES].tolist() for body in said.index.bodies(row, row + 1)]
    month = pd.Timestamp(said.month[best[0]].astype("datetime64[s]"), tz="UTC")
    ways = {"out" if out else "in" for out in said.out[best]}
    return Evidence(
        "message", "", month, _said_words(bodies, meant), ways.pop() if len(ways) == 1 else "both", len(best)
    )


def _said_words(texts: Iterable[str], meant: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for text in texts for word in plain(text).split() if word in meant))


def snippet(text: str, meant: frozenset[str]) -> str:
    """The part of a text around the first of the words that are meant; `…` where something is left out.

    >>> snippet("one two three", frozenset(["two"]))
    'one two three'
    """
    if len(text) <= _SNIPPET:
        return text
    hits = (word for word in _WORD.finditer(text) if not meant.isdisjoint(plain(word[0]).split()))
    first = next(hits, None)
    start = max(0, (first.start() if first else 0) - _SNIPPET // 3)
    end = start + _SNIPPET
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
