"""Phone numbers as exports hold them: doubled, spaced, many in a cell, with their country or without."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    is_possible_number,
    parse,
    region_code_for_number,
)

_NUMBER = re.compile(r"\+[\d\s().\u2010-\u2015-]{6,24}")
_LETTERS = re.compile(r"[^\W\d_]")
_SHORTEST = 7
"""Digits; a shorter number is a service's short code, and nobody's."""


def phone_keys(cell: str) -> list[str]:
    """The keys of the international numbers in a cell, each once.

    A number without its country is left out: the same digits are another person's elsewhere.

    >>> phone_keys(" +1 555 010 0199, +15550100199, 555-0123")
    ['phone:+15550100199']
    """
    digits = (re.sub(r"\D", "", found) for part in re.split(r"[,;/]", cell) for found in _NUMBER.findall(part))
    return list(dict.fromkeys(f"phone:+{number}" for number in digits if 7 <= len(number) <= 15))


@lru_cache(maxsize=200_000)
def phone_key(number: str, region: str | None = None) -> str | None:
    """The mention key of one number: `phone:+<E.164>`, by the owner's `region` where it names no country itself.

    Without a region the digits stand as they are, without a plus: the same number may be another person's elsewhere, so
    it is a mention of its own. None for what is nobody's: a short code, a sender of letters, a withheld number.

    >>> phone_key("(212) 555-0123", "US"), phone_key("00 44 20 7946 0958", "GB"), phone_key("0171 5550123")
    ('phone:+12125550123', 'phone:+442079460958', 'phone:01715550123')
    >>> phone_key("HDFCBK"), phone_key("-1"), phone_key("32665")
    (None, None, None)
    """
    written = number.strip().removeprefix("tel:")
    digits = re.sub(r"\D", "", written)
    if _LETTERS.search(written.split(";")[0]) or len(digits) < _SHORTEST:
        return None
    international = "+" in written[:3]
    if not international and not region:
        return f"phone:{digits}"
    try:
        found = parse(written.split(";")[0], None if international else region)
    except NumberParseException:
        return f"phone:+{digits}" if international and len(digits) <= 15 else f"phone:{digits}"
    if not is_possible_number(found) and not international:
        return f"phone:{digits}"
    return f"phone:{format_number(found, PhoneNumberFormat.E164)}"


def region_of(keys: Iterable[str]) -> str | None:
    """The country that most of these phone keys (the owner's) belong to, as two letters; None where none tells."""
    numbers = sorted(key.removeprefix("phone:") for key in keys if key.startswith("phone:+"))
    if not numbers:
        return None
    regions: Counter[str] = Counter()
    for number in numbers:
        try:
            found = region_code_for_number(parse(number))
        except NumberParseException:
            continue
        if found and found.isalpha():
            regions[found] += 1
    return regions.most_common(1)[0][0] if regions else None
