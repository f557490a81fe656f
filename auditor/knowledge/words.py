"""Words as they are searched: no case, accents or punctuation; which of them mean nothing; what a query asks for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from auditor.sources import lexicon

MOST_WORDS = 12
"""Words of a query that are looked for; whoever pastes a letter is not searching."""
LONGEST = 64
_LONE_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
_APART = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_TAG = re.compile(r"(?<![\w#])#(\w*[^\W\d_]\w*)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query. `tag`: it was written as `#word`, and only tags are meant."""

    text: str
    tag: bool = False


def plain(text: str) -> str:
    """A text as it is searched: its words, folded, with one space between.

    >>> plain("Fly-fishing, Łódź & SÃO Paulo's")
    'fly fishing lodz sao paulos'
    """
    if not text.isascii():
        spelled = unicodedata.normalize("NFKD", text).casefold().translate(_LONE_LETTERS)
        text = "".join(c for c in spelled if not unicodedata.combining(c)).replace("’", "")
    return _APART.sub(" ", text.casefold().replace("'", "")).strip()


def spoken(text: str) -> str:
    """A message as it is searched: `plain`, without addresses."""
    return plain(_ADDRESS.sub(" ", text) if "@" in text or "://" in text or "www." in text else text)


def tags(text: str) -> tuple[str, ...]:
    """The `#words` of a note, folded, each once.

    >>> tags("Met at #PyCon, asks about #Häkeln; ticket #12")
    ('pycon', 'hakeln')
    """
    return tuple(dict.fromkeys(plain(tag) for tag in _TAG.findall(text)))


def asked(query: str) -> list[Word]:
    """The words that a query asks for, each once; little words count only where there are no others."""
    found = list(dict.fromkeys(_words(query)))
    telling = [word for word in found if word.tag or word.text not in little()]
    return (telling or found)[:MOST_WORDS]


def _words(query: str) -> Iterable[Word]:
    query = query[: MOST_WORDS * LONGEST * 8]
    for tag in tags(query):
        yield Word(tag[:LONGEST], tag=True)
    for word in plain(_TAG.sub(" ", query)).split():
        yield Word(word[:LONGEST])


@cache
def little() -> frozenset[str]:
    """The words that stand for no thing in any of the languages of the lexicon, folded."""
    tables = (lexicon.FIRST, lexicon.SECOND, lexicon.FUNCTION)
    return frozenset(word for table in tables for words in table.values() for word in plain(words).split())


@cache
def everyday() -> frozenset[str]:
    """`little`, and what everybody writes to everybody: no topic of anybody's."""
    return little() | frozenset(plain(f"{lexicon.EVERYDAY} {lexicon.INTRODUCING}").split())
