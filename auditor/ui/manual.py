"""The pages of auditor/help/: our own words, so they may be Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Page:
    """A page of help: its file, and its title on screen."""

    file: str
    title: str


IMPORTING = Page("importing.md", "Getting your export")
CHANNELS = Page("channels.md", "Other channels")
GLOSSARY = Page("glossary.md", "Words")
DEPTH = Page("depth.md", "How depth is measured")
PRIVACY = Page("privacy.md", "Privacy")
PAGES = (IMPORTING, CHANNELS, GLOSSARY, DEPTH, PRIVACY)


@cache
def text(page: Page) -> str:
    """A page's Markdown without its first heading, which the screen has already; the others two sizes smaller.

    Comments are left out, since the screen would show them.
    """
    written = files("auditor").joinpath("help", page.file).read_text(encoding="utf-8")
    written = re.sub(r"<!--.*?-->\n*", "", written, flags=re.DOTALL)
    return written.partition("\n")[2].strip().replace("\n## ", "\n#### ")
