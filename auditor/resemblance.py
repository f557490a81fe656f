"""Names that are alike: for each human known by no profile, the few whose name might be theirs. Only ever proposed.

A comparison is a list of levels, as in splink, from the same name down to the same first name. All pairs of a large
network would take hours, so names are compared only where they share a block: a key, a word, the sound of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from auditor.names import is_full, latin, nickname_groups, nicknames, transliterated

LEVELS = {
    "same name, not unique": (100, "same name, which is not unique"),
    "nickname": (95, "same name with a short form"),
    "middle name": (92, "same name but for a middle name"),
    "transliterated": (90, "same sound in another script"),
    "initial": (85, "same name as far as the initial tells"),
    "typo": (82, "names that differ in a few letters"),
    "first name only": (70, "same first name, and no surname"),
    "last name only": (65, "same surname, and no first name"),
}
"""Kind of likeness → the similarity (0–100) it stands for, and the evidence in words. A typo's is its own, from 82."""

COMMON_WORD = 1000
"""A word that more names have than this tells nobody apart."""

_OTHER_LETTERS = 4
"""Two spellings differ in at most so many letters of the alphabet: counting those is cheap, so it comes first."""

_AT_A_TIME = 500_000
"""Pairs compared at a time, so that memory stays flat however many names there are."""

_SOUNDS = str.maketrans("cqgzv", "kkksf", "aeiouyhw")

Codes = np.ndarray[Any, np.dtype[np.int64]]
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
    def words(self) -> list[list[str]]:
        return [latin(reading).split() for reading in self.reading]

    @cached_property
    def full(self) -> Mask:
        return np.array([is_full(reading) for reading in self.reading], dtype=bool)

    @cached_property
    def ordered(self) -> list[str]:
        """The words that are no initials, sorted."""
        return [" ".join(sorted(w for w in words if len(w) > 1)) for words in self.words]

    @cached_property
    def letters(self) -> Codes:
        """Which letters of the alphabet each name has, as bits."""
        return _bits(self.ordered, 40)

    @cached_property
    def initials(self) -> Codes:
        """Which letters the words of each name begin with, as bits."""
        return _bits(["".join(w[0] for w in words) for words in self.words], 8)

    @cached_property
    def letters_alone(self) -> Codes:
        """Which words of each name are a letter, as bits."""
        return _bits(["".join(w for w in words if len(w) == 1) for words in self.words], 8)

    def fit(self, one: Codes, other: Codes) -> Mask:
        """Which of the pairs of rows go from one who asks to another full name, the right way round."""
        a, b = self.human[one], self.human[other]
        return np.asarray(self.asks[one] & self.full[other] & (a != b) & ((b < a) | ~self.full[one]))


def alike(names: Names, keys: pd.DataFrame) -> pd.DataFrame:
    """Who might be whom: `mention` and `human` (numbers), `similarity`, `kind`; a pair once, at its best level.

    `keys`: `human` and `key`, the keys (names.py) of all their full names.
    """
    found = [*_same(names, keys), *_mistyped(names), *_sounding(names), *_partial(names)]
    for kind, one, other in (("nickname", *_short_forms(names)), ("middle name", *_with_middle_names(names))):
        found.append(_level(names, kind, one, other))
    pairs = pd.concat(found, ignore_index=True)
    return pairs.sort_values("similarity", ascending=False, kind="stable").drop_duplicates(["mention", "human"])


def _level(names: Names, kind: str | Iterable[str], one: Codes, other: Codes, similarity: Any = None) -> pd.DataFrame:
    """Pairs of rows as pairs of humans."""
    frame = pd.DataFrame({"mention": names.human[one], "human": names.human[other], "kind": kind})
    return frame.assign(similarity=LEVELS[str(kind)][0] if similarity is None else similarity)


def _same(names: Names, keys: pd.DataFrame) -> Iterator[pd.DataFrame]:
    asking = np.unique(names.human[names.asks])
    shared = keys[keys["key"].duplicated(keep=False)]
    human, codes = shared["human"].to_numpy(np.int64), pd.factorize(shared["key"])[0]
    asks = np.isin(human, asking)
    for one, other in _pairs(codes[asks], codes):
        a, b = human[asks][one], human[other]
        yield pd.DataFrame({"mention": a[b < a], "human": b[b < a], "similarity": 100, "kind": "same name, not unique"})


def _mistyped(names: Names) -> Iterator[pd.DataFrame]:
    """Full names that share a word and differ in a few letters."""
    rows, codes, _ = _vocabulary(names, names.full)
    asks = names.asks[rows]
    for one, other in _pairs(codes[asks], codes):
        a, b = rows[asks][one], rows[other]
        near = np.bitwise_count(names.letters[a] ^ names.letters[b]) <= _OTHER_LETTERS
        yield _scored(names, a[near], b[near])


def _sounding(names: Names) -> Iterator[pd.DataFrame]:
    """Full names whose consonants are the same, of whatever script: محمد and Mohammed."""
    sounds = {row: _undoubled("".join(names.words[row]).translate(_SOUNDS)) for row in np.flatnonzero(names.full)}
    rows = np.array([row for row, sound in sounds.items() if len(sound) > 2], dtype=np.int64)
    codes = pd.factorize(np.array([sounds[row] for row in rows], dtype=object))[0].astype(np.int64)
    asks = names.asks[rows]
    for one, other in _pairs(codes[asks], codes):
        a, b = rows[asks][one], rows[other]
        fit = names.fit(a, b)
        a, b = a[fit], b[fit]
        foreign = np.array(
            [transliterated(names.reading[i], names.reading[j]) for i, j in zip(a, b, strict=True)], bool
        )
        yield _level(names, "transliterated", a[foreign], b[foreign])
        yield _scored(names, a[~foreign], b[~foreign])


def _scored(names: Names, one: Codes, other: Codes) -> pd.DataFrame:
    """The pairs of rows whose letters are alike, in whichever order their words stand."""
    fit = names.fit(one, other)
    one, other = one[fit], other[fit]
    sides = [([" ".join(names.words[i]) for i in one], [" ".join(names.words[i]) for i in other])]
    sides.append(([names.ordered[i] for i in one], [names.ordered[i] for i in other]))
    cutoff = LEVELS["typo"][0]
    ratios = [process.cpdist(a, b, scorer=fuzz.ratio, score_cutoff=cutoff) for a, b in sides if len(one)]
    best = np.max(ratios, axis=0).round().astype(int) if ratios else np.zeros(0, int)
    return _level(names, "typo", one[best > 0], other[best > 0], np.minimum(best[best > 0], 99))


def _short_forms(names: Names) -> tuple[Codes, Codes]:
    """Full names that are the same but for a given name and its short form."""
    rows, blocks = [], []
    for row, words in enumerate(names.words):
        for word in words if names.full[row] else ():
            for group in nickname_groups(word):
                rows.append(row)
                blocks.append(f"{group} {' '.join(sorted(w for w in words if w != word and len(w) > 1))}")
    return _joined(names, rows, blocks, rows, blocks)


def _with_middle_names(names: Names) -> tuple[Codes, Codes]:
    """Full names of which one has all the words of the other."""
    rows, parts = [], []
    for row, words in enumerate(ordered.split() for ordered in names.ordered):
        for size in range(2, min(len(words), 6)):
            for part in combinations(words, size):
                rows.append(row)
                parts.append(" ".join(part))
    whole = np.flatnonzero(names.full).tolist()
    blocks = [names.ordered[row] for row in whole]
    longer, shorter = _joined(names, rows, parts, whole, blocks), _joined(names, whole, blocks, rows, parts)
    return np.concatenate([longer[0], shorter[0]]), np.concatenate([longer[1], shorter[1]])


def _partial(names: Names) -> Iterator[pd.DataFrame]:
    """A given name or a surname alone, or with an initial, and the full names it may stand for."""
    rows, codes, vocabulary = _vocabulary(names, names.full)
    number = {word: code for code, word in enumerate(vocabulary)}
    asked, wanted, short = [], [], []
    for row in np.flatnonzero(names.asks & ~names.full):
        for word in (w for w in names.words[row] if len(w) > 1):
            for form in [word, *sorted(nicknames(word))]:
                if form in number:
                    asked.append(row)
                    wanted.append(number[form])
                    short.append(form != word)
    if asked:
        yield _judged_partial(names, np.array(asked), np.array(wanted), np.array(short), rows, codes)


def _judged_partial(names: Names, asked: Codes, wanted: Codes, short: Mask, rows: Codes, codes: Codes) -> pd.DataFrame:
    opening = np.r_[True, rows[1:] != rows[:-1]]
    found = []
    for i, j in _pairs(wanted, codes):
        fit = names.fit(asked[i], rows[j])
        one, other, first, nick = asked[i][fit], rows[j][fit], opening[j][fit], short[i][fit]
        initial = names.letters_alone[one] > 0
        agrees = (names.letters_alone[one] & ~names.initials[other]) == 0
        kind = np.select([initial, nick, first], ["initial", "nickname", "first name only"], "last name only")
        level = np.select([initial, first], [LEVELS["initial"][0], 70], 65) - 2 * nick
        keep = np.where(initial, agrees, first | ~nick)
        found.append(_level(names, kind[keep], one[keep], other[keep], level[keep]))
    return pd.concat(found, ignore_index=True)


def _vocabulary(names: Names, wanted: Mask) -> tuple[Codes, Codes, list[str]]:
    """The words of the wanted names, initials left out: the row and the code of each, and the word of each code."""
    found = [(row, word) for row in np.flatnonzero(wanted).tolist() for word in names.words[row] if len(word) > 1]
    codes, vocabulary = pd.factorize(np.array([word for _, word in found], dtype=object))
    return np.array([row for row, _ in found], dtype=np.int64), codes.astype(np.int64), list(vocabulary)


def _joined(
    names: Names, rows: list[int], blocks: list[str], others: list[int], other_blocks: list[str]
) -> tuple[Codes, Codes]:
    """The rows and others whose blocks are the same, as far as they may be proposed."""
    a, b = np.array(rows, dtype=np.int64), np.array(others, dtype=np.int64)
    codes = pd.factorize(np.array([*blocks, *other_blocks], dtype=object))[0].astype(np.int64)
    asks = names.asks[a]
    pairs = [(a[asks][i], b[j]) for i, j in _pairs(codes[: len(a)][asks], codes[len(a) :])]
    one = np.concatenate([i for i, _ in pairs]) if pairs else a[:0]
    other = np.concatenate([j for _, j in pairs]) if pairs else a[:0]
    fit = names.fit(one, other)
    return one[fit], other[fit]


def _pairs(blocks: Codes, others: Codes) -> Iterator[tuple[Codes, Codes]]:
    """Positions with equal blocks, so many at a time; a block of more than `COMMON_WORD` others tells nobody apart."""
    order = np.argsort(others, kind="stable")
    start = np.searchsorted(others[order], blocks, "left")
    count = np.searchsorted(others[order], blocks, "right") - start
    count[count > COMMON_WORD] = 0
    cut = np.searchsorted(np.cumsum(count), np.arange(_AT_A_TIME, count.sum() + _AT_A_TIME, _AT_A_TIME), "left") + 1
    for rows in np.split(np.arange(len(blocks)), cut[:-1]) if len(cut) else []:
        many = count[rows]
        within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        yield np.repeat(rows, many), order[np.repeat(start[rows], many) + within]


def _undoubled(word: str) -> str:
    return "".join(c for i, c in enumerate(word) if c != word[i - 1 : i])


def _bits(texts: list[str], width: int) -> Codes:
    """Which of a to z each text has in its first `width` letters, as bits."""
    if not texts:
        return np.zeros(0, np.int64)
    letters = np.array(texts, dtype=f"S{width}").view(np.uint8).reshape(len(texts), width)
    place = letters.astype(np.int64) - ord("a")
    return np.asarray(
        np.bitwise_or.reduce(np.where((place >= 0) & (place < 26), np.int64(1) << place.clip(0, 26), 0), 1)
    )
