"""Names that are alike: for each human known by no profile, the few whose name might be theirs. Only ever proposed.

A comparison is a list of levels, as in splink, from the same name down to the same first name. All pairs of a large
network would take hours, so names are compared only where they share a block: a key, a word, the sound of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from auditor.identity.blocking import Mask, Names, pairs, texts
from auditor.identity.merging import Codes
from auditor.identity.nicknames import groups, nicknames

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

_OTHER_LETTERS = 3
"""Two spellings differ in at most so many letters of the alphabet: counting those is cheap, so it comes first."""

_SOUNDS = str.maketrans("cqgzv", "kkksf", "aeiouyhw ")


def alike(names: Names, keys: pd.DataFrame) -> pd.DataFrame:
    """Who might be whom: `mention` and `human` (numbers), `similarity`, `kind`; a pair once for each of its likenesses.

    `keys`: `human` and `key`, the keys (names.py) of all their full names.
    """
    levels = (_same(names, keys), _short_forms(names), _middle_names(names), _sounds(names), _mistyped(names))
    return pd.concat([found for level in (*levels, _partial(names)) for found in level], ignore_index=True)


def _level(names: Names, kind: Any, one: Codes, other: Codes, similarity: Any = None) -> pd.DataFrame:
    """Pairs of rows as pairs of humans; the similarity is that of the level unless another is given."""
    frame = pd.DataFrame({"mention": names.human[one], "human": names.human[other], "kind": kind})
    return frame.assign(similarity=LEVELS[kind][0] if similarity is None else similarity)


def _same(names: Names, keys: pd.DataFrame) -> Iterator[pd.DataFrame]:
    shared = keys[keys["key"].duplicated(keep=False)]
    human, codes = shared["human"].to_numpy(np.int64), pd.factorize(shared["key"])[0]
    asks = np.isin(human, names.human[names.asks])
    for one, other in pairs(codes[asks], codes):
        a, b = human[asks][one], human[other]
        yield pd.DataFrame({"mention": a[b < a], "human": b[b < a], "kind": "same name, not unique", "similarity": 100})


def _mistyped(names: Names) -> Iterator[pd.DataFrame]:
    """Full names that share a word, and the beginning or the end of the word after it, and differ in a few letters."""
    rows, codes, vocabulary = names.vocabulary
    wanted = names.full[rows]
    rows, codes = rows[wanted], codes[wanted]
    ends = np.array([_ends(word) for word in vocabulary], dtype=np.int64).reshape(-1, 2)
    if not len(rows):
        return
    last = np.r_[rows[1:] != rows[:-1], True]
    after = np.arange(1, len(rows) + 1)
    after[last] = np.flatnonzero(np.r_[True, last[:-1]])
    for end in ends[codes[after]].T:
        yield from _near(names, rows, (codes << 15) + end)


def _ends(word: str) -> tuple[int, int]:
    """The first two letters of a word and its last two, one where it is short, as numbers below 2 ** 15."""
    size = 2 if len(word) > 3 else 1
    return int.from_bytes(word[:size].encode()), int.from_bytes(word[-size:].encode())


def _near(names: Names, rows: Codes, blocks: Codes) -> Iterator[pd.DataFrame]:
    asks = names.asks[rows]
    for one, other in pairs(blocks[asks], blocks):
        a, b = rows[asks][one], rows[other]
        near = np.bitwise_count(names.letters[a] ^ names.letters[b]) <= _OTHER_LETTERS
        a, b = a[near], b[near]
        near = names.fit(a, b) & (np.abs(names.length[a] - names.length[b]) <= _OTHER_LETTERS)
        yield _typos(names, a[near], b[near])


def _typos(names: Names, one: Codes, other: Codes) -> pd.DataFrame:
    """The pairs of rows whose letters are alike, in whichever order their words stand."""
    sides = names.ordered[one].tolist(), names.ordered[other].tolist()
    likeness = process.cpdist(*sides, scorer=fuzz.ratio, score_cutoff=LEVELS["typo"][0]) if len(one) else np.zeros(0)
    near = likeness > 0
    one, other = one[near], other[near]
    kind = np.where(names.script[one] == names.script[other], "typo", "transliterated")
    return _level(names, kind, one, other, np.minimum(likeness[near].round().astype(int), 99))


def _sounds(names: Names) -> Iterator[pd.DataFrame]:
    """Full names in two scripts whose consonants are the same: محمد and Mohammed."""
    if not names.foreign.any():
        return
    sounds = re.sub(r"([a-z])\1+", r"\1", "\n".join(names.latin.tolist()).translate(_SOUNDS)).split("\n")
    rows = np.array([row for row, sound in enumerate(sounds) if len(sound) > 2 and names.full[row]], dtype=np.int64)
    codes = pd.factorize(texts([sounds[row] for row in rows]))[0].astype(np.int64)
    yield from _joined(names, "transliterated", (rows, codes), (rows, codes))


def _short_forms(names: Names) -> Iterator[pd.DataFrame]:
    """Full names that are the same but for a given name and its short form."""
    of_row, codes, vocabulary = names.vocabulary
    known = np.array([bool(groups(word)) for word in vocabulary], dtype=bool)[codes] & names.full[of_row]
    rows, blocks = [], []
    for row, code in zip(of_row[known].tolist(), codes[known].tolist(), strict=True):
        rest = " ".join(sorted(w for w in names.words[row] if w != vocabulary[code] and len(w) > 1))
        rows += [row for _ in groups(vocabulary[code])]
        blocks += [f"{group} {rest}" for group in groups(vocabulary[code])]
    side = np.array(rows, dtype=np.int64), pd.factorize(texts(blocks))[0].astype(np.int64)
    yield from _joined(names, "nickname", side, side)


def _middle_names(names: Names) -> Iterator[pd.DataFrame]:
    """Full names of which one has all the words of the other."""
    rows, parts = [], []
    for row, words in [(row, words) for row, words in enumerate(names.words) if len(words) > 2]:
        for size in range(2, min(len(words), 6)):
            for part in combinations(sorted(words), size):
                rows.append(row)
                parts.append(" ".join(part))
    wanted = set(parts)
    whole = np.array([row for row, name in enumerate(names.ordered) if name in wanted and names.full[row]], np.int64)
    codes = pd.factorize(texts([*parts, *names.ordered[whole]]))[0].astype(np.int64)
    longer, shorter = (np.array(rows, dtype=np.int64), codes[: len(rows)]), (whole, codes[len(rows) :])
    yield from _joined(names, "middle name", longer, shorter)
    yield from _joined(names, "middle name", shorter, longer)


def _partial(names: Names) -> Iterator[pd.DataFrame]:
    """A given name or a surname alone, or with an initial, and the full names it may stand for."""
    rows, codes, vocabulary = names.vocabulary
    rows, codes = rows[names.full[rows]], codes[names.full[rows]]
    number = {word: code for code, word in enumerate(vocabulary)}
    asked = [
        (row, number[form], form != word)
        for row in np.flatnonzero(names.asks & ~names.full).tolist()
        for word in names.words[row]
        for form in (word, *sorted(nicknames(word)))
        if form in number
    ]
    row, wanted, short = np.array(asked, dtype=np.int64).reshape(-1, 3).T
    opening = np.r_[True, rows[1:] != rows[:-1]] if len(rows) else np.zeros(0, bool)
    for asking, named in pairs(wanted, codes):
        fit = names.fit(row[asking], rows[named])
        fit &= (names.initials[row[asking]] & ~names.beginnings[rows[named]]) == 0
        i, j = asking[fit], named[fit]
        words = [vocabulary[code] for code in codes[j]]
        initial = [_initials(names.words[a], names.words[b], w) for a, b, w in zip(row[i], rows[j], words, strict=True)]
        yield _partial_level(names, row[i], rows[j], np.array(initial, dtype=int), opening[j], short[i] > 0)


def _initials(one: Sequence[str], other: Sequence[str], shared: str) -> int:
    """1 where the initials of a part of a name are those of the full name besides the word they share; -1 where not."""
    initials = [word for word in one if len(word) == 1]
    rest = {word[0] for word in other if word != shared}
    return (1 if rest.issuperset(initials) else -1) if initials else 0


def _partial_level(names: Names, one: Codes, other: Codes, initial: Codes, first: Mask, short: Mask) -> pd.DataFrame:
    kinds = ["initial", "nickname", "first name only"]
    kind = np.select([initial > 0, short, first], kinds, "last name only")
    points = np.select([initial > 0, first], [LEVELS["initial"][0], LEVELS[kinds[2]][0]], LEVELS["last name only"][0])
    keep = (initial >= 0) & (first | ~short | (initial > 0))
    return _level(names, kind[keep], one[keep], other[keep], (points - 2 * short)[keep])


def _joined(
    names: Names, kind: str, side: tuple[Codes, Codes], opposite: tuple[Codes, Codes]
) -> Iterator[pd.DataFrame]:
    """The pairs of rows with the same code, of two tables of rows and codes, as far as they may be proposed."""
    (rows, codes), (others, other_codes) = side, opposite
    asks = names.asks[rows]
    for i, j in pairs(codes[asks], other_codes):
        one, other = rows[asks][i], others[j]
        fit = names.fit(one, other)
        if kind == "transliterated":
            fit &= names.script[one] != names.script[other]
        yield _level(names, kind, one[fit], other[fit])
