"""A 64-bit sketch of a text that near-duplicates share most of: eight minimal shingle hashes, a byte of each.

Broder's min-wise hashing (1997) with one byte a hash (Li & König 2010): the share of equal bytes in two sketches is the
share of three-word shingles that the texts have in common. Names, numbers and links are different in every copy of a
mail merge, so a number or a link is one token whatever it says, and a name costs the three shingles it stands in. The
sketch is worked out from the text alone and is the same on every machine; the text cannot be worked out from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

Array = np.ndarray[Any, Any]

SHINGLE = 3  # words
SHORTEST = 10  # words; shorter texts are alike by chance, or a ritual
HASHES = 8
BLOCK = 2048  # texts at a time: their words fit the processor's cache
_LONGEST = 400  # words of a text that are looked at: a template shows in its beginning
_LETTERS = 8  # of a word that count; with its length they tell words apart well enough

_NUMBER = np.uint64(0xA5A5A5A5)
_SALTS = np.random.default_rng(1997).integers(1, 2**63, HASHES, dtype=np.uint64) | np.uint64(1)
_MASKS = np.array([2 ** (8 * n) - 1 for n in range(_LETTERS)] + [2**64 - 1], np.uint64)

_LETTER = np.zeros(256, np.uint8)  # what a byte counts as: itself in lower case, 0 where it parts words
_LETTER[ord("a") : ord("z") + 1] = np.arange(ord("a"), ord("z") + 1)
_LETTER[ord("A") : ord("Z") + 1] = np.arange(ord("a"), ord("z") + 1)
_LETTER[ord("0") : ord("9") + 1] = ord("0")
_LETTER[ord("'")] = ord("'")
_LETTER[0x80:] = np.arange(0x80, 0x100)
_LETTERS_OF = _LETTER.tobytes()


def sketches(texts: pa.StringArray, words: Array) -> Array:
    """The sketch of each text (uint64, 0 for none): (len(texts),). Texts of under ten words have none.

    `words` is how many words each has (wording.py).
    """
    starts = range(0, len(texts), BLOCK)
    found = [sketched(hashed(texts[start : start + BLOCK]), words[start : start + BLOCK]) for start in starts]
    return np.concatenate([np.zeros(0, np.uint64), *found])


@dataclass(frozen=True, slots=True)
class Hashed:
    """The words of texts, end to end: their `hashes` (uint64), the `beginnings` they were made of (their first eight
    bytes), their `lengths` in bytes, whether each is `spaced`, of a script that parts its words, and the `text` it
    stands in, of so many `texts`.
    """

    hashes: Array
    beginnings: Array
    lengths: Array
    spaced: Array
    text: Array
    texts: int


def hashed(texts: Any) -> Hashed:
    """The words of an array of texts without nulls; at most the first 400 of each. Every number is the same word."""
    data, ends = _bytes(texts)
    letters = np.frombuffer(data.tobytes().translate(_LETTERS_OF), np.uint8)
    first, last, text = _places(letters, ends)
    begin = letters[first]
    lengths = last - first
    eight = _eight(letters, first) & _MASKS[np.minimum(lengths, _LETTERS)]
    hashes = eight ^ (lengths.astype(np.uint64) << np.uint64(56))
    hashes[begin == ord("0")] = _NUMBER
    spaced = (begin - np.uint8(0xE3)) > 6  # no kana and no Han
    return Hashed(_mixed(hashes), eight, lengths, spaced, text, len(texts))


def alike(one: Array, other: Array) -> Array:
    """How many of the eight bytes two sketches share: (n,), 0 to 8."""
    differ = one ^ other
    for half in (4, 2, 1):  # into the lowest bit of each byte goes whether any of its bits differs
        differ = differ | (differ >> np.uint64(half))
    different = np.bitwise_count(differ & np.uint64(0x0101010101010101))
    return np.asarray(HASHES - different.astype(np.int64))


def sketched(block: Hashed, words: Array) -> Array:
    """The sketch of each text of a block, as `sketches` gives them."""
    shingles, owner = _shingles(block.hashes, block.text)
    long = (words >= SHORTEST)[owner]
    shingles, owner = shingles[long], owner[long]
    found = np.zeros(len(words), np.uint64)
    if not len(shingles):
        return found
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    for number, salt in enumerate(_SALTS):
        least = np.minimum.reduceat(shingles * salt, starts)
        byte = _mixed(least) >> np.uint64(56)
        found[owner[starts]] |= byte << np.uint64(8 * number)
    return found


def _bytes(texts: Any) -> tuple[Array, Array]:
    """The bytes of all texts end to end, and where each begins and the last ends."""
    _, offsets, data = texts.buffers()
    places = np.frombuffer(memoryview(offsets), np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(memoryview(data), np.uint8)[places[0] : places[-1]], places - places[0]


def _places(data: Array, ends: Array) -> tuple[Array, Array, Array]:
    """Where each word begins and ends, and the text it stands in."""
    letter = np.zeros(len(data) + 2, bool)
    np.greater(data, 0, out=letter[1:-1])
    edges = np.flatnonzero(letter[1:] != letter[:-1])
    cut = np.unique(ends[letter[ends] & letter[ends + 1]])  # where one text ends and another begins within letters
    edges = np.insert(edges, np.repeat(np.searchsorted(edges, cut), 2), np.repeat(cut, 2)) if len(cut) else edges
    first, last = edges[::2], edges[1::2]
    starts = np.searchsorted(first, ends)
    text = np.repeat(np.arange(len(ends) - 1), np.diff(starts))
    if np.diff(starts).max(initial=0) <= _LONGEST:
        return first, last, text
    near = np.arange(len(first)) - starts[text] < _LONGEST
    return first[near], last[near], text[near]


def _eight(data: Array, first: Array) -> Array:
    """The eight bytes from each place on, as one number."""
    padded = np.zeros(len(data) + _LETTERS, np.uint8)
    padded[: len(data)] = data
    eight: Array = np.lib.stride_tricks.as_strided(padded[:_LETTERS].view("<u8"), (len(data),), (1,))[first]
    return eight


def _shingles(hashes: Array, text: Array) -> tuple[Array, Array]:
    """Each three words in a row as one hash, and their text."""
    if len(hashes) < SHINGLE:
        return hashes[:0], text[:0]
    whole = text[SHINGLE - 1 :] == text[: 1 - SHINGLE]
    mixed = hashes[SHINGLE - 1 :].copy()
    for back in range(1, SHINGLE):
        mixed = _mixed(mixed) + hashes[SHINGLE - 1 - back : len(hashes) - back]
    return _mixed(mixed)[whole], text[SHINGLE - 1 :][whole]


def _mixed(values: Array) -> Array:
    """The finish of MurmurHash3: every bit of the value moves every bit of the result."""
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    return values
