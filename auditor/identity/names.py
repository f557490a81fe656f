"""How names meet: the keys that two spellings of one name share, and what tells the names of two people apart.

A key is for matching only and never shown: it may be a transliteration, its words turned, its middle initials gone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

from auditor.identity.nicknames import are_nicknames, groups
from auditor.mentions import fold

_IDEOGRAPHS = "\u1100-\u11ff\u2e80-\u2fdf\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_EAST_ASIAN = re.compile(f"[{_IDEOGRAPHS}]+")
_ALPHABETIC = re.compile("[\u0000-\u058f\u1e00-\u1fff]+")
"""Latin, Greek, Cyrillic, Armenian: scripts whose transliteration keeps the whole name. Others keep some of it."""

_BRACKETED = re.compile(r"[(\[{「（“\"]\s*([^)\]}」）”\"]*?)\s*[)\]}」）”\"]")
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_PRONOUNS = frozenset("she he they her him his hers them their theirs".split())
_ALIKE = 75
"""A similarity (0–100) from which two words of two names may be one, spelt otherwise or mistyped."""


@lru_cache(maxsize=200_000)
def readings(name: str) -> tuple[str, ...]:
    """The folded name, and what else the same words say: a nickname in brackets, a part in another script.

    >>> readings("Robert (Bob) Smith"), readings("Ming Li 李明")
    (('robert smith', 'bob smith'), ('ming li', '李明'))
    """
    folded = fold(name)
    if folded.isascii() and name.isascii() and "(" not in name and '"' not in name:
        return (folded,) if folded else ()
    found = _by_script(folded)
    for inside in map(fold, _BRACKETED.findall(unicodedata.normalize("NFKC", name))):
        first, _, rest = folded.partition(" ")
        if not inside or inside == first or not _PRONOUNS.isdisjoint(inside.split()):
            continue
        if _same_script(inside, folded) and rest and " " not in inside:
            found.append(f"{inside} {rest}")
        elif not _same_script(inside, folded) and _same_sound(inside, folded):
            found.append(inside)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=200_000)
def keys(name: str) -> tuple[str, ...]:
    """The keys of a full name: two spellings are the same name if they share one. A part of a name has none.

    It does not matter which word comes first ("Müller Jörg"); middle initials are left out; umlauts count both as
    spelt out and without their dots; alphabets are transliterated; East Asian names are joined in both orders.

    >>> keys("Müller, Jörg")
    ('jorg muller', 'joerg mueller')
    >>> keys("Ana M. Lima"), keys("Kim L."), keys("Анна Орлова")
    (('ana lima',), (), ('анна орлова', 'anna orlova'))
    """
    found = readings(name)
    if name.isascii():
        return tuple(dict.fromkeys(key for reading in found for key in _keys(reading)))
    written = unicodedata.normalize("NFC", name)
    spelled = written.translate(_SPELLED_OUT)
    if spelled != written:
        found += readings(spelled)
    if not all(map(str.isascii, found)) and all(map(_ALPHABETIC.fullmatch, found)):
        found += (*map(latin, found), *readings(anyascii(spelled)))
    return tuple(dict.fromkeys(key for reading in found for key in _keys(reading)))


@lru_cache(maxsize=200_000)
def latin(reading: str) -> str:
    """A folded name in plain Latin letters, as far as a table of letters can say it; surname first for 李明."""
    if reading.isascii():
        return reading
    written = unicodedata.normalize("NFC", reading)
    if _EAST_ASIAN.fullmatch(written) and 2 <= len(written) <= 4:
        written = f"{written[0]} {written[1:]}"
    return " ".join(re.sub("[^a-z]", "", anyascii(word).casefold()) for word in written.split()).strip()


def is_full(reading: str) -> bool:
    """Whether a folded name has more than a given name and an initial; 李明 has, though it is one word."""
    if not reading.isascii() and _EAST_ASIAN.fullmatch(reading.replace(" ", "")):
        return len(reading) > 1
    return len([w for w in reading.split() if len(w) > 1]) > 1


@lru_cache(maxsize=200_000)
def contradict(one: str, other: str) -> bool:
    """Whether two folded names are of two people who may share a phone: the same surname is no agreement.

    Parts of names contradict nothing, nor do names in different scripts that have no word in common. Equal first words
    agree where they are known to be given names: else they may be the surname of a family, written surname first.

    >>> contradict("anna muller", "peter muller"), contradict("john a smith", "john b smith")
    (True, True)
    >>> contradict("bob smith", "robert smith"), contradict("anna muller", "anna schmidt"), contradict("ana", "bo li")
    (False, False, False)
    """
    a, b = latin(one).split(), latin(other).split()
    rest, others = [w for w in a if w not in b], [w for w in b if w not in a]
    if len(rest) > len(others):
        a, b, rest, others = b, a, others, rest
    if min(len(a), len(b)) < 2 or not rest or (len(rest) == len(a) and not _same_script(one, other)):
        return False
    if _alike_all(rest, others) or (len(rest) == len(others) and _alike_all(others, rest)):
        return False
    if max(map(len, rest + others)) == 1:
        return True
    return not (groups(a[0]) or groups(b[0])) or not _alike(a[0], b[0])


def _alike_all(some: list[str], others: list[str]) -> bool:
    """Whether each of some words may be one of the others."""
    return all(any(_alike(v, w) for w in others) for v in some)


def _alike(one: str, other: str) -> bool:
    """Whether two words may be one: an initial of it, a short form, mistyped."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return are_nicknames(one, other) or fuzz.ratio(one, other) >= _ALIKE


def _keys(reading: str) -> list[str]:
    words = reading.split()
    if not reading.isascii() and _EAST_ASIAN.fullmatch(reading.replace(" ", "")):
        return [reading.replace(" ", ""), *(["".join(reversed(words))] if len(words) == 2 else [])]
    words = [w for i, w in enumerate(words) if len(w) > 1 or i in (0, len(words) - 1)]
    if len(words) < 2 or min(map(len, words)) < 2:
        return []
    if len(words) == 2:
        return [" ".join(sorted(words))]
    return [" ".join(min(words[i:] + words[:i] for i in range(len(words))))]


def _by_script(folded: str) -> list[str]:
    """The name; or its Latin and its East Asian part, where somebody wrote the name in both beside each other."""
    words = folded.split()
    eastern = " ".join(w for w in words if _EAST_ASIAN.fullmatch(w))
    western = " ".join(w for w in words if not _EAST_ASIAN.fullmatch(w))
    if not western or not eastern:
        return [folded] if folded else []
    return [western, eastern] if _same_sound(western, eastern) else [max(western, eastern, key=is_full)]


def _same_sound(one: str, other: str) -> bool:
    return not set(latin(one).split()).isdisjoint(latin(other).split())


def _same_script(one: str, other: str) -> bool:
    return script(one) == script(other)


def script(folded: str) -> str:
    """The script that a folded name begins in; Chinese, Japanese and Korean are one."""
    first = folded.replace(" ", "")[:1]
    if first.isascii():
        return "latin"
    return "east asian" if _EAST_ASIAN.match(first) else unicodedata.name(first, "?").split()[0].casefold()
