"""Phone numbers as exports hold them: doubled, spaced, many in a cell."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\+[\d\s().\u2010-\u2015-]{6,24}")


def phone_keys(cell: str) -> list[str]:
    """The keys of the international numbers in a cell, each once.

    A number without its country is left out: the same digits are another person's elsewhere.

    >>> phone_keys(" +1 555 010 0199, +15550100199, 555-0123")
    ['phone:+15550100199']
    """
    digits = (re.sub(r"\D", "", found) for part in re.split(r"[,;/]", cell) for found in _NUMBER.findall(part))
    return list(dict.fromkeys(f"phone:+{number}" for number in digits if 7 <= len(number) <= 15))
