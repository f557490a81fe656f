"""What happened between two people, in plain words, without any of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

_VERBS = {
    "call": ("called", "spoke"),
    "missed_call": ("tried to call", "missed each other's calls"),
    "meeting": ("met", "met"),
    "meal": ("ate together", "ate together"),
    "invitation": ("sent an invitation", "sent invitations"),
    "endorsement": ("endorsed a skill", "endorsed each other"),
    "recommendation": ("wrote a recommendation", "wrote recommendations"),
}
"""By channel: what one side did, and what the two did together. Over every other channel people write."""

_FIRST = {
    "meeting": "a first meeting",
    "meal": "a first meal",
    "call": "a first call",
    "email": "a first mail",
    "missed_call": "a missed call",
    "invitation": "an invitation that is still open",
}

MOST_PHRASES = 4


def happened(rows: pd.DataFrame) -> str:
    """What one tie's exchanges (an interactions table, not empty) come to, in days a channel and direction."""
    said = [words for channel in rows["channel"].astype("str").unique() for words in _over(channel, rows)]
    sentence = "; ".join(said[:MOST_PHRASES])
    return f"{sentence[0].upper()}{sentence[1:]}."


def _over(channel: str, rows: pd.DataFrame) -> Sequence[str]:
    """What happened over one channel."""
    mine = rows[rows["channel"] == channel]
    days = mine["at"].dt.normalize()
    verb, together = _verbs(channel)
    counted = [
        (f"{who} {what}", int(days[mine["direction"] == way].nunique()))
        for way, who, what in (("out", "you", verb), ("in", "they", verb), ("both", "you two", together))
    ]
    return [f"{what} on {many(count, 'day')}" for what, count in counted if count]


def last_thing(channel: str, direction: str) -> str:
    """One exchange, as "they wrote"."""
    verb, together = _verbs(channel)
    return {"out": f"you {verb}", "in": f"they {verb}"}.get(direction, f"you two {together}")


def first_thing(channel: str) -> str:
    """How somebody came with whom one is not connected."""
    return _FIRST.get(channel, "a first message")


def _verbs(channel: str) -> tuple[str, str]:
    return _VERBS.get(channel, ("wrote", "were in touch"))


def many(count: int, noun: str) -> str:
    """A number and its noun: 1 day, 2,000 days."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def ago(days: int) -> str:
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days:,} days ago"


def in_words(day: date) -> str:
    """9 November 2026, on every system."""
    return f"{day.day} {day:%B %Y}"
