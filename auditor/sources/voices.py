"""Whether a text speaks of its writer or to its reader, and what it is about: measured over blocks of hashed words.

Words of the first and second person are counted by the lists in lexicon.py, in the language whose function words the
text has most of. What a text is about is kept as the hashes of the beginnings of its words, and only until it is known
which questions take up what the other side had said (followups.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from auditor.sources import lexicon
from auditor.sources.sketch import Array, Hashed, hashed

FEWEST = 2
"""Function words that it takes to know a language: "Danke!" alone is anybody's."""

_STEM_BYTES, _STEM_LEAST = 5, 4  # the beginning of a word that stands for all its forms; shorter words mean little
_BITS = 10  # of a field: the counts of six languages side by side in 64 bits; no text counts for over 400 words
_FIELDS = np.uint64(_BITS) * np.arange(len(lexicon.LANGUAGES), dtype=np.uint64)
_SLOT_BITS = 19  # enough that no two listed words fall together


@dataclass(frozen=True, slots=True)
class Stems:
    """The content stems (uint32) of texts, end to end; `counts` says how many each text has."""

    values: Array
    counts: Array

    @classmethod
    def none(cls, texts: int) -> Stems:
        """The stems of texts that have none."""
        return cls(np.zeros(0, np.uint32), np.zeros(texts, np.int32))

    @classmethod
    def joined(cls, parts: Sequence[Stems]) -> Stems:
        """The stems of texts measured in several goes."""
        parts = [cls.none(0), *parts]
        return cls(np.concatenate([p.values for p in parts]), np.concatenate([p.counts for p in parts]))


@dataclass(frozen=True, slots=True)
class Voices:
    """Of each text, over its first 400 words: `first` and `second`, how many are of the first and the second person
    (int32, −1 where its language is not known); `hints` at an introduction (bool); its `stems`.
    """

    first: Array
    second: Array
    hints: Array
    stems: Stems

    @classmethod
    def joined(cls, parts: Sequence[Voices]) -> Voices:
        """The voices of several blocks."""
        return cls(
            np.concatenate([np.zeros(0, np.int32), *(part.first for part in parts)]),
            np.concatenate([np.zeros(0, np.int32), *(part.second for part in parts)]),
            np.concatenate([np.zeros(0, bool), *(part.hints for part in parts)]),
            Stems.joined([part.stems for part in parts]),
        )


def voices(block: Hashed) -> Voices:
    """The voices of a block of texts."""
    listed, entry = _LEXICON.find(block.hashes)
    ends = np.searchsorted(block.text[listed], np.arange(block.texts + 1))
    function, first, second = (_summed(table[entry], ends) for table in _LEXICON.tables)
    hints = np.bincount(block.text[listed[_LEXICON.hints[entry]]], minlength=block.texts)
    counts = _unpacked(function)
    language = counts.argmax(axis=1)
    most = counts.max(axis=1)
    known = (most >= FEWEST) & ((counts == most[:, None]).sum(axis=1) == 1)
    own, theirs = (np.take_along_axis(_unpacked(p), language[:, None], 1)[:, 0] for p in (first, second))
    return Voices(
        np.where(known, own, -1).astype(np.int32),
        np.where(known, theirs, -1).astype(np.int32),
        hints > 0,
        _stems(block, listed),
    )


def _summed(each: Array, ends: Array) -> Array:
    """The sum over each text of a number per word; `ends` says where each text begins and the last ends."""
    total = np.zeros(len(each) + 1, np.uint64)
    np.cumsum(each, out=total[1:])
    return np.diff(total[ends])


def _unpacked(packed: Array) -> Array:
    """The fields of packed numbers: (texts, languages)."""
    fields: Array = (packed[:, None] >> _FIELDS) & np.uint64(2**_BITS - 1)
    return fields


def _stems(block: Hashed, listed: Array) -> Stems:
    """The stems of words that mean something: long enough, on no list, in a script that parts its words."""
    means = (block.lengths >= _STEM_LEAST) & block.spaced
    means[listed] = False
    places = np.flatnonzero(means)
    counts = np.bincount(block.text[places], minlength=block.texts).astype(np.int32)
    begin = block.beginnings[places] & np.uint64(2 ** (8 * _STEM_BYTES) - 1)
    return Stems(((begin * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)).astype(np.uint32), counts)


class _Lexicon:
    """The listed words by their hashes. Of each entry `tables` have the languages it is a function, first- or second-
    person word in, one field each; `hints` says whether it hints at an introduction.
    """

    def __init__(self) -> None:
        marks: dict[str, list[int]] = {}
        for kind, lists in enumerate((lexicon.FUNCTION, lexicon.FIRST, lexicon.SECOND)):
            for language, words in lists.items():
                for word in words.split():
                    field = 1 << (_BITS * lexicon.LANGUAGES.index(language))
                    for table in {0, kind}:  # words of a person are function words too
                        marks.setdefault(word, [0, 0, 0, 0])[table] |= field
        for word in lexicon.EVERYDAY.split():
            marks.setdefault(word, [0, 0, 0, 0])
        for word in lexicon.INTRODUCING.split():
            marks.setdefault(word, [0, 0, 0, 0])[3] = 1
        marks |= {word.replace("'", "’"): mark for word, mark in marks.items() if "'" in word}
        found = hashed(pa.array(list(marks), pa.string())).hashes
        keys, same = np.unique(found, return_inverse=True)  # "presentarte" and "presentarle" have one hash
        tables = np.zeros((len(keys), 4), np.uint64)
        np.bitwise_or.at(tables, same, np.array(list(marks.values()), np.uint64))
        self.keys = np.r_[np.uint64(0), keys]
        *self.tables, hints = np.vstack([np.zeros(4, np.uint64), tables]).T.copy()
        self.hints = hints > 0
        self._slots = np.zeros(2**_SLOT_BITS, np.int16)
        self._slots[self._slot(keys)] = np.arange(1, len(self.keys))

    def find(self, hashes: Array) -> tuple[Array, Array]:
        """Which of the words are listed, and the entries that they have."""
        slots = self._slots[self._slot(hashes)]
        listed = np.flatnonzero(slots)
        entry = slots[listed].astype(np.intp)
        same = self.keys[entry] == hashes[listed]
        return listed[same], entry[same]

    @staticmethod
    def _slot(hashes: Array) -> Any:
        return hashes >> np.uint64(64 - _SLOT_BITS)


_LEXICON = _Lexicon()
