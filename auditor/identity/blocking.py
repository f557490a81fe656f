"""Names in blocks: as columns, and the pairs among them that share something. Only such pairs are ever compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from auditor.identity.merging import Codes
from auditor.identity.names import is_full, latin, script

COMMON_WORD = 1000
"""A word that more names have than this tells nobody apart."""

_AT_A_TIME = 500_000
"""Pairs compared at a time, so that memory stays flat however many names there are."""

Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Names:
    """Folded names (`reading`), one row a name, whose they are (`human`, a number), and who `asks` for proposals.

    A proposal goes from one who asks to a full name; of two full names the weaker human, the larger number, asks.
    """

    human: Codes
    reading: list[str]
    asks: Mask

    @cached_property
    def latin(self) -> Any:
        return texts([latin(reading) for reading in self.reading])

    @cached_property
    def words(self) -> list[list[str]]:
        return [name.split() for name in self.latin.tolist()]

    @cached_property
    def full(self) -> Mask:
        plain = np.bincount(self.vocabulary[0], minlength=len(self.reading)) > 1
        plain[self.foreign] = [is_full(self.reading[row]) for row in np.flatnonzero(self.foreign)]
        return plain

    @cached_property
    def script(self) -> Codes:
        """The script of each name, as a number."""
        scripts = ["latin" if reading.isascii() else script(reading) for reading in self.reading]
        return np.asarray(pd.factorize(texts(scripts))[0])

    @cached_property
    def foreign(self) -> Mask:
        """Which names have letters beyond a to z."""
        return np.array([not reading.isascii() for reading in self.reading], dtype=bool)

    @cached_property
    def ordered(self) -> Any:
        """The words of each name, sorted."""
        return texts([" ".join(sorted(words)) for words in self.words])

    @cached_property
    def letters(self) -> Codes:
        """Which letters of the alphabet each name has, as bits."""
        return _bits(self.latin.tolist())

    @cached_property
    def initials(self) -> Codes:
        """Which words of each name are a letter, as bits."""
        return _bits(["".join(word for word in words if len(word) == 1) for words in self.words])

    @cached_property
    def beginnings(self) -> Codes:
        """Which letters the words of each name begin with, as bits."""
        return _bits(["".join(word[0] for word in words) for words in self.words])

    @cached_property
    def length(self) -> Codes:
        return np.array([len(name) for name in self.latin.tolist()], dtype=np.int64)

    @cached_property
    def vocabulary(self) -> tuple[Codes, Codes, list[str]]:
        """The words of names, initials left out: the row and the code of each, and the word of each code."""
        rows = np.repeat(np.arange(len(self.words)), [len(words) for words in self.words])
        codes, vocabulary = pd.factorize(texts([word for words in self.words for word in words]))
        long = np.array([len(word) > 1 for word in vocabulary], dtype=bool)[codes]
        return rows[long], codes[long].astype(np.int64), list(vocabulary)

    def fit(self, one: Codes, other: Codes) -> Mask:
        """Which of the pairs of rows go from one who asks to another full name, the right way round."""
        a, b = self.human[one], self.human[other]
        return np.asarray(self.asks[one] & self.full[other] & (a != b) & ((b < a) | ~self.full[one]))


def pairs(blocks: Codes, others: Codes) -> Iterator[tuple[Codes, Codes]]:
    """Positions with equal blocks, so many at a time; a block of more than `COMMON_WORD` others tells nobody apart."""
    order = np.argsort(others, kind="stable")
    start = np.searchsorted(others[order], blocks, "left")
    count = np.searchsorted(others[order], blocks, "right") - start
    count[count > COMMON_WORD] = 0
    batch = np.cumsum(count) // _AT_A_TIME
    for rows in np.split(np.arange(len(blocks)), np.flatnonzero(np.diff(batch)) + 1):
        many = count[rows]
        within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        yield np.repeat(rows, many), order[np.repeat(start[rows], many) + within]


def texts(values: Sequence[str]) -> Any:
    return np.array(values, dtype=object)


def _bits(texts: list[str]) -> Codes:
    """Which of a to z each text has in its first forty letters, as bits."""
    letters = np.array(texts or [""], dtype="S40").view(np.uint8).reshape(-1, 40)[: len(texts)]
    bits = np.where((letters >= ord("a")) & (letters <= ord("z")), np.uint32(1) << (letters & 31), 0).astype(np.uint32)
    return np.asarray(np.bitwise_or.reduce(bits, axis=1), dtype=np.int64)
