"""What is measured of a text before it is forgotten: its words, its questions, and whether it is a mere ritual.

A million texts are a few hundred megabytes, so counting goes over the raw bytes of blocks that fit the processor's
cache (pyarrow's own regular expressions take thirty times as long), and only short texts are looked at one by one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditor.records import STOCK, coded
from auditor.sources.introducing import introduces
from auditor.sources.rituals import HINT, LONGEST, ritual
from auditor.sources.sketch import BLOCK, hashed, sketched
from auditor.sources.voices import Stems, Voices, voices

Array = np.ndarray[Any, Any]

_BLOCK = 2048  # texts measured at a time
_FOREIGN_QUESTION_MARKS = "？؟\u037e"


@dataclass(frozen=True, slots=True)
class Measures:
    """Of each text: `words`, `questions` (int32), `stock` (index into records.STOCK, −1 for none; int8), `template`
    (its sketch, 0 for none; uint64), `first` and `second` (words of the first and second person, −1 where the language
    is not known; int32), `introduces` (bool); and its `stems`, forgotten once conversations are heard (followups.py).
    """

    words: Array
    questions: Array
    stock: Array
    template: Array
    first: Array
    second: Array
    introduces: Array
    stems: Stems

    def columns(self) -> dict[str, Any]:
        """The measures as columns of the interactions table; see `COLUMNS`."""
        template = pd.Series(self.template, dtype="UInt64")
        first, second = (pd.Series(each, dtype="Int32") for each in (self.first, self.second))
        return {
            "words": self.words,
            "questions": self.questions,
            "stock": coded(self.stock, STOCK),
            "template": template.mask(template == 0),
            "i_words": first.mask(first < 0),
            "you_words": second.mask(second < 0),
            "introduces": pd.array(self.introduces, dtype="boolean"),
        }


COLUMNS = ("words", "questions", "stock", "template", "i_words", "you_words", "introduces")
"""The columns of the interactions table that are measured of a text."""


def measure(texts: pa.StringArray) -> Measures:
    """The measures of an array of texts without nulls.

    Words are runs between spaces; in scripts without spaces, two characters are a word. Questions are question marks
    of any script, outside of web addresses.
    """
    words, marks = _counts(texts)
    _without_addresses(texts, marks)
    stock = np.full(len(texts), -1, np.int8)
    short = np.flatnonzero((words > 0) & (words <= LONGEST) & (marks == 0))
    stock[short] = _stock(_taken(texts, short))
    blocks = [_hashed_measures(texts[at : at + BLOCK], words[at : at + BLOCK]) for at in range(0, len(texts), BLOCK)]
    template = np.concatenate([np.zeros(0, np.uint64), *(sketch for sketch, _ in blocks)])
    spoken = Voices.joined([voice for _, voice in blocks])
    introducing = introduces(texts, spoken.hints)
    return Measures(words, marks, stock, template, spoken.first, spoken.second, introducing, spoken.stems)


def _hashed_measures(texts: pa.StringArray, words: Array) -> tuple[Array, Voices]:
    """What is measured of the words of a block of texts as hashes."""
    block = hashed(texts)
    return sketched(block, words), voices(block)


def digest(texts: pa.StringArray) -> Array:
    """A stable 64-bit fingerprint of each text (checksum and length), the same however an export writes line breaks.

    Exports before 2026 flatten the line breaks in a message to spaces.
    """
    sums = np.array(_checksums(texts), np.uint64)
    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False).astype(np.uint64)
    broken = np.flatnonzero(_count(texts, b"\n"))
    flat = pc.replace_substring(pc.replace_substring(_taken(texts, broken), "\r\n", " "), "\n", " ")
    sums[broken], lengths[broken] = _checksums(flat), pc.binary_length(flat).to_numpy(zero_copy_only=False)
    return (sums << np.uint64(32)) | lengths


def _checksums(texts: pa.StringArray) -> list[int]:
    sums: list[int] = []
    for data, ends in _raw(texts):
        content = data.tobytes()
        sums += [zlib.crc32(content[start:end]) for start, end in pairwise(ends.tolist())]
    return sums


def _count(texts: pa.StringArray, sought: bytes) -> Array:
    """How often these bytes stand in each text."""
    counts = [_between(_begins(data, sought), ends) for data, ends in _raw(texts)]
    return np.concatenate([np.zeros(0, np.int32), *counts])


def _taken(texts: pa.StringArray, places: Array) -> Any:
    return texts.take(pa.array(places, pa.int64()))


def _counts(texts: pa.StringArray) -> tuple[Array, Array]:
    """Words and question marks of each text."""
    words, marks = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for data, ends in _raw(texts):
        unspaced = (data - np.uint8(0xE3)) <= 6  # first bytes of U+3000 to U+9FFF: kana and Han
        words.append(_between(_word_starts(data, ends), ends) + (_between(unspaced, ends) + 1) // 2)
        marks.append(_between(_begins(data, b"?"), ends))
        for mark in _FOREIGN_QUESTION_MARKS:
            marks[-1] += _between(_begins(data, mark.encode()), ends)
    return np.concatenate(words), np.concatenate(marks)


def _begins(data: Array, sought: bytes) -> Array:
    """Marks where the sought bytes begin."""
    found: Array = data == sought[0]
    if len(sought) == 1 or not found.any():
        return found
    for i, byte in enumerate(sought[1:], 1):
        found[:-i] &= data[i:] == byte
        found[-i:] = False
    return found


def _raw(texts: pa.StringArray) -> Iterator[tuple[Array, Array]]:
    """The bytes of a block of texts, and where in them each text begins and the last ends."""
    _, offsets, data = texts.buffers()
    if offsets is None or data is None:
        yield np.zeros(0, np.uint8), np.zeros(len(texts) + 1, np.int32)
        return
    places = np.frombuffer(memoryview(offsets), np.int32)[texts.offset : texts.offset + len(texts) + 1]
    content = np.frombuffer(memoryview(data), np.uint8)
    for start in range(0, len(texts), _BLOCK):
        block = places[start : start + _BLOCK + 1]
        yield content[block[0] : block[-1]], block - block[0]


def _word_starts(data: Array, ends: Array) -> Array:
    """Marks each byte that is no space and follows one, or begins a text."""
    space = data <= ord(" ")
    starts = np.empty(len(data), bool)
    starts[:1] = True
    np.greater(space[:-1], space[1:], out=starts[1:])
    starts[ends[:-1][ends[:-1] < len(data)]] = True
    return starts & ~space


def _between(marked: Array, ends: Array) -> Array:
    return np.diff(np.searchsorted(np.flatnonzero(marked), ends)).astype(np.int32)


def _without_addresses(texts: pa.StringArray, marks: Array) -> None:
    """Take the question marks inside web addresses out of the count."""
    linked = np.flatnonzero((marks > 0) & (_count(texts, b"://") > 0))
    if len(linked):
        plain = pc.replace_substring_regex(_taken(texts, linked), r"https?://\S+", "")
        marks[linked] = pc.count_substring_regex(plain, f"[?{_FOREIGN_QUESTION_MARKS}]").to_numpy()


def _stock(texts: pa.StringArray) -> Array:
    """The class of each short text, worked out once for each different one that holds a ritual word at all."""
    stock = np.full(len(texts), -1, np.int8)
    hopeful = np.flatnonzero(pc.match_substring_regex(texts, HINT, ignore_case=True).to_numpy(zero_copy_only=False))
    coded = _taken(texts, hopeful).dictionary_encode()
    classes = [STOCK.index(found) if (found := ritual(text)) else -1 for text in coded.dictionary.to_pylist()]
    if classes:
        stock[hopeful] = np.asarray(classes, np.int8)[coded.indices.to_numpy()]
    return stock


_FIELDS = (
    r"%[A-Z_]*NAME%|%COMPANY%"
    r"|(?i:^\s*(?:[^\s\[\]{}]+\s+){0,2}"  # the salutation
    r"(?:\{\{? ?[a-z_. ]*(?:name|company)[a-z_ ]*\}?\}|\[(?:first |last |full |your |first_|last_)?(?:name|company)\]))"
)
"""Merge fields of mailing programs: in capitals between per cent signs; or between brackets, and then only where the
name of the reader stands, since people who write mailings or programs write to each other about such fields.
"""


def placeholders(texts: pa.StringArray) -> Array:
    """Marks the texts with a mail-merge field that nobody filled in, such as `%FIRSTNAME%` or `{{first_name}}`."""
    found = np.zeros(len(texts), bool)
    signs = (_count(texts, b"%") > 1) | (_count(texts, b"{") > 0) | (_count(texts, b"[") > 0)
    hopeful = np.flatnonzero(signs)
    fields = pc.match_substring_regex(_taken(texts, hopeful), _FIELDS)
    found[hopeful] = fields.to_numpy(zero_copy_only=False)
    return found
