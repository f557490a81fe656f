"""Other people's words on our pages.

Streamlit reads Markdown in labels, messages and progress texts: a contact or a file called `![x](http://…)` would make
the browser fetch a picture. Names therefore go through `st.text` and table cells, which show them as they are; the few
words that must stand in a Markdown place go through `md`.
"""

from __future__ import annotations

from auditor.literal import visible as plain

__all__ = ["md", "plain", "short"]

_WORD_JOINER = "\u2060"
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_BREAKERS = frozenset(":./@")  # they make links, mail addresses and :icons: even when escaped


def short(value: object, most: int = 120) -> str:
    """`plain`, cut where it is longer than a line or two: a name of ten thousand letters must not be all there is."""
    shown = plain(value)
    return shown if len(shown) <= most else f"{shown[:most]}…"


def md(value: object) -> str:
    """`value` as Markdown that shows exactly these characters and nothing else."""
    return "".join(_escaped(c) for c in plain(value))


def _escaped(c: str) -> str:
    if c not in _PUNCTUATION:
        return c
    return f"\\{c}{_WORD_JOINER}" if c in _BREAKERS else f"\\{c}"
