"""An index of short texts in memory: SQLite's FTS5, over words folded by `words.plain`, that forgives typos.

What a user types never reaches FTS5's query language: it is taken apart into words, each of which stands for the words
of the index that are it, begin with it, or are a slip of the finger away from it.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_ROWS = 10_000
"""Rows that a word may find; of more, the first in the order in which they came."""
_MOST_ENDINGS, _MOST_SLIPS = 30, 60
_BEGINS, _SLIPS, _SLIPS_TWICE = 3, 5, 9
"""The least length of a word that may be the beginning of another; that may have one, and two letters wrong."""
EXACT, BEGUN, SLIPPED, SLIPPED_TWICE = 1.0, 0.9, 0.7, 0.5
"""How much of a word's weight a find counts: the word itself, a longer one, one letter wrong, two."""

_HASHED = 64 * 2**20
"""Bytes of postings that SQLite holds before it writes them out: few large runs are merged faster than many small."""

Ints = np.ndarray[Any, np.dtype[np.int64]]
_NO_ROWS: Ints = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a word of a query was found: positions of texts, how well (0 to 1) in each, and the words it may mean."""

    rows: Ints
    closeness: np.ndarray[Any, np.dtype[np.float64]]
    words: frozenset[str] = frozenset()


class Index:
    """Texts by position. `texts` are words as `words.plain` gives them; those that matter most come first."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._db.execute("CREATE VIRTUAL TABLE t USING fts5(body, tokenize='unicode61 remove_diacritics 0')")
        self._db.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')")
        self._db.execute("INSERT INTO t (t, rank) VALUES ('hashsize', ?)", (_HASHED,))
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO t (rowid, body) VALUES (?, ?)", enumerate(texts))
        self._db.execute("COMMIT")
        self.size = int(self._db.execute("SELECT count(*) FROM t").fetchone()[0])

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each word of the index stands in it, in alphabetical order."""
        return dict(self._db.execute("SELECT term, cnt FROM v"))

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self.counts)

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for word in self._vocabulary:
            found.setdefault(len(word), []).append(word)
        return found

    def like(self, word: str, *, exactly: bool = False) -> dict[str, float]:
        """The words of the index that `word` may mean, with how well."""
        found = {word: EXACT} if word in self.counts else {}
        if exactly:
            return found
        near = sorted(self._near(word), key=lambda each: (each[1], -self.counts[each[0]], each[0]))[:_MOST_SLIPS]
        for other, slips in near:
            found.setdefault(other, SLIPPED if slips == 1 else SLIPPED_TWICE)
        for other in self._longer(word):
            found[other] = max(found.get(other, 0), BEGUN)
        return found

    def _near(self, word: str) -> list[tuple[str, int]]:
        """The words that `word` may be a slip for, with how many slips of one letter that takes."""
        most = 2 if len(word) >= _SLIPS_TWICE else 1
        lengths = range(max(len(word) - most, _SLIPS), len(word) + most + 1)
        some = [other for length in lengths for other in self._by_length.get(length, ())]
        near = process.extract(word, some, scorer=OSA.distance, score_cutoff=most, limit=None)
        return [(str(other), int(slips)) for other, slips, _ in near if slips]

    def _longer(self, word: str) -> list[str]:
        if len(word) < _BEGINS:
            return []
        start = bisect_left(self._vocabulary, word)
        end = bisect_left(self._vocabulary, word + "\U0010ffff")
        some = [other for other in self._vocabulary[start:end] if other != word]
        return sorted(some, key=lambda other: (-self.counts[other], other))[:_MOST_ENDINGS]

    def find(self, word: str, *, exactly: bool = False) -> Found:
        """The texts that have a word, or one that it may mean."""
        meant = self.like(word, exactly=exactly)
        grades: dict[float, list[str]] = {}
        for other, closeness in meant.items():
            grades.setdefault(closeness, []).append(other)
        parts = [(how, self._rows(grades[how])) for how in sorted(grades, reverse=True)]
        every = np.concatenate([_NO_ROWS, *(found for _, found in parts)])
        rows, first = np.unique(every, return_index=True)  # the first of a row is its closest
        close = np.concatenate([np.zeros(0), *(np.full(len(found), how) for how, found in parts)])
        return Found(rows, close[first], frozenset(meant))

    def _rows(self, words: Sequence[str]) -> Ints:
        match = " OR ".join(f'"{word}"' for word in words)
        found = self._db.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid LIMIT ?", (match, MOST_ROWS))
        return np.array([row for (row,) in found], np.int64)

    def bodies(self, first: int, last: int) -> list[str]:
        """The texts from one position to before another, as they are searched."""
        found = self._db.execute("SELECT body FROM t WHERE rowid >= ? AND rowid < ?", (first, last))
        return [body for (body,) in found]
