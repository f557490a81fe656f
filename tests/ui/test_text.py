"""Other people's words stay words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.ui.text import md, plain


@pytest.mark.parametrize(
    ("hostile", "escaped"),
    [
        ("**Ada**", r"\*\*Ada\*\*"),
        ("![x](h)", r"\!\[x\]\(h\)"),
        ("<b>", r"\<b\>"),
        ("$1$", r"\$1\$"),
        ("# Ada", r"\# Ada"),
    ],
)
def test_markdown_is_escaped_character_by_character(hostile: str, escaped: str) -> None:
    """Every ASCII mark gets a backslash, so that Markdown shows it as it is."""
    assert md(hostile) == escaped


def test_what_would_link_without_brackets_is_broken_up() -> None:
    """Web and mail addresses and :icons: become text, because something stands after their dots, colons and slashes."""
    for hostile in ("https://evil.example", "www.evil.example", "a@evil.example", ":material/home:", ":red[x]"):
        shown = md(hostile)
        assert "\u2060" in shown
        assert shown.replace("\u2060", "").replace("\\", "") == hostile


@given(st.text(max_size=200))
def test_the_escaper_adds_and_hides_nothing(words: str) -> None:
    """Without backslashes and joiners, the escaped text has exactly the visible characters of the text."""
    assert md(words).replace("\u2060", "").replace("\\", "") == plain(words).replace("\\", "")


def test_characters_that_steer_the_display_are_dropped() -> None:
    """A right-to-left override, a line break and a zero-width space cannot disguise a name."""
    assert plain("Ada\u202ecod.exe\nBen\u200b") == "Adacod.exeBen"
