"""The texts of the owner's messages, in memory while somebody searches them, and what those with somebody are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Any

import numpy as np
import pandas as pd

from auditor.audit import Audit
from auditor.knowledge.index import Index
from auditor.knowledge.words import everyday, plain, spoken

TOPICS = 8
_LEAST = 3
"""How often a word must stand in somebody's messages to be a topic."""
_SURE = 1.64
"""Standard errors by which it must be more frequent there than elsewhere."""
_PRIOR = 0.5
"""Of every word, how often it is believed to have been said besides (Jeffreys' prior), on either side."""
_PAIRED = 0.6
"""The share of either word's occurrences from which two side by side are one topic."""
_AT_A_TIME = 20_000
_NEWEST = 20_000
"""Messages with somebody that are looked at."""


@dataclass(frozen=True, slots=True)
class Said:
    """Texts with their person, month and direction, the deepest ties first. Nothing of it is written anywhere.

    `human`: positions in `humans` (n,), ascending; `month`: datetime64[M] (n,); `out`: whether the owner wrote it (n,).
    """

    humans: pd.Index[str]
    human: np.ndarray[Any, Any]
    month: np.ndarray[Any, Any]
    out: np.ndarray[Any, Any]
    index: Index

    @classmethod
    def of(cls, texts: pd.DataFrame, audit: Audit, progress: Callable[[float], None] | None = None) -> Said:
        """What `sources.texts` gives, indexed: of ties, up to the day of the audit; notes are facts, and left out."""
        persons = texts["person"].cat.categories
        numbers = np.append(audit.ties.index.get_indexer(pd.Index(audit.human.reindex(persons))), -1)
        human = numbers[texts["person"].cat.codes.to_numpy()]
        known = np.flatnonzero((human >= 0) & ((texts["at"] <= audit.as_of) & (texts["channel"] != "note")).to_numpy())
        order = known[np.lexsort((-texts["at"].astype("int64").to_numpy()[known], human[known]))]
        said = texts.iloc[order]
        return cls(
            audit.ties.index,
            human[order],
            said["at"].dt.tz_localize(None).to_numpy().astype("datetime64[M]"),
            (said["direction"] == "out").to_numpy(),
            Index(_told(map(spoken, _cells(said["text"])), len(said), progress)),
        )

    def topics(self, human: str, names: frozenset[str] = frozenset()) -> list[str]:
        """What the messages with somebody are about more than all others are, the most telling first; at most eight.

        Words, by the log-odds against all other messages, in standard errors (Monroe, Colaresi and Quinn 2008), and
        pairs of words that stand side by side most of the time; no little or everyday words, no `names`, no numbers.
        """
        number = self.humans.get_indexer(pd.Index([human]))[0]
        first, last = (int(end) for end in np.searchsorted(self.human, [number, number + 1]))
        bodies = [body.split() for body in self.index.bodies(first, min(last, first + _NEWEST))]
        idle, counts = everyday() | names, self.index.counts
        words = Counter(word for body in bodies for word in body if _telling(word, idle))
        mine, everything = sum(map(len, bodies)), sum(counts.values())
        odds = {word: _odds(n, counts[word], mine, everything) for word, n in words.items() if n >= _LEAST}
        sure = sorted((word for word in odds if odds[word] > _SURE), key=lambda word: (-odds[word], word))
        pairs = Counter(pair for body in bodies for pair in pairwise(body) if odds.keys() >= set(pair))
        paired = _paired(words, pairs)
        return list(dict.fromkeys(paired.get(word, word) for word in sure))[:TOPICS]


def _cells(texts: pd.Series[str]) -> Iterator[str]:
    """The texts, taken out of their column some at a time."""
    for start in range(0, len(texts), _AT_A_TIME):
        yield from texts.iloc[start : start + _AT_A_TIME].tolist()


def _told(texts: Iterable[str], total: int, progress: Callable[[float], None] | None) -> Iterator[str]:
    for done, text in enumerate(texts):
        if progress and done % _AT_A_TIME == 0:
            progress(done / max(total, 1))
        yield text


def _telling(word: str, idle: frozenset[str]) -> bool:
    return len(word) > 2 and word not in idle and not any(map(str.isdigit, word))


def _odds(mine: int, everywhere: int, my_words: int, all_words: int) -> float:
    """By how many standard errors a word is likelier in somebody's messages than in all others."""
    said, elsewhere = mine + _PRIOR, everywhere - mine + _PRIOR
    here, there = my_words - mine + _PRIOR, all_words - my_words - (everywhere - mine) + _PRIOR
    return (log(said / here) - log(elsewhere / there)) / sqrt(1 / said + 1 / elsewhere)


def _paired(words: Counter[str], pairs: Counter[tuple[str, str]]) -> dict[str, str]:
    """Word → the pair of words that it stands in most of the time, as does the other one."""
    held = [(n, pair) for pair, n in pairs.items() if n >= _PAIRED * max(words[one] for one in pair)]
    return {word: " ".join(pair) for _, pair in sorted(held) for word in pair}


def name_words(names: Iterable[str]) -> frozenset[str]:
    """The words of names, as they stand in texts."""
    return frozenset(word for name in names for word in plain(str(name)).split())
