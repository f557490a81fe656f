"""Other people's words where they leave us: the words themselves, and nothing that steers what shows them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode's categories of what controls a terminal, turns the direction of writing, or breaks a line."""

_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_TURNING}]")
_IN_JSON = re.compile(f"[\x7f-\x9f\u2028\u2029{_TURNING}\ud800-\udfff]")


def visible(words: object) -> str:
    """Words on one line of a screen: without characters that steer a terminal or turn the direction of writing."""
    return "".join(c for c in str(words) if unicodedata.category(c) not in _STEERING)


def legible(words: str) -> str:
    """Words in a file for other programs: the same, but that lines and tabs stay, and what joins letters."""
    return _UNSEEN.sub("", words)


def one_line(words: str) -> str:
    """`legible`, on one line."""
    return " ".join(legible(words.replace("\r", "\n")).split())


def to_json(value: Any) -> str:
    """`value` as JSON text that says all of it, and that a terminal shows as it stands."""
    import json  # noqa: PLC0415 (the command's help comes without it)

    return spelled_out(json.dumps(value, indent=2, ensure_ascii=False))


def spelled_out(text: str) -> str:
    """JSON text with every character that could steer a terminal written as its number."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
