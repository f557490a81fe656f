"""What sort of tie this is, by named rules. The first rule that holds decides; every tie gets exactly one kind.

The order is that of certainty: the owner's word, what no file shows, whom no person is behind, what was sent to many or
by a button; only then who writes to whom, and last how a tie of two people is going.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor.marks import WELL
from auditor.signals import LATELY_DAYS, MANY, YEAR_DAYS

ONE_NIGHT_DAYS, ONE_NIGHT_SILENCE_DAYS = 14, 180
DORMANT_DEPTH, DORMANT_DAYS = 50, 365
FADING_DAYS = 180
CORE_DAYS = 4
CORE = ("support clique", "sympathy group")
WARMING_DAYS, WARMING_RATE = 3, 2
COPIES_TO_OWN = 3

SERVICE = re.compile(
    r"email:(?:support|service|kundenservice|help|helpdesk|info|hello|hi|contact|kontakt|contacto|office|team|admin|sales"
    r"|billing|invoices?|accounts?|accounting|orders?|booking|bookings|reservations?|marketing|press|jobs|careers|hr"
    r"|feedback|customer[._-]?(?:service|care|support)|customers?|news|updates?|security|privacy|legal|webmaster|mail"
    r")(?:[._+-][^@]*)?@"
)
"""Mail addresses of a function, not of a person."""

Flags = pd.Series  # of bool, indexed as the ties


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of tie: its name, the rule in words, and the rule."""

    name: str
    meaning: str
    holds: Callable[[pd.DataFrame], Any]


KINDS = (
    Kind(
        "told-close",
        "you told us that you know them well or are close; what these files hold never overrules that",
        lambda t: t["told"].isin(WELL),
    ),
    Kind(
        "never-spoken",
        "a file of messages covers the time since you connected, and there is no contact in it",
        lambda t: (t["contact_days"] == 0) & t["covered"],
    ),
    Kind("unobserved", "no file covers the time since you connected", lambda t: t["contact_days"] == 0),
    Kind(
        "service",
        "an address of a function (support@, info@) or an organisation's own entry: no one person",
        lambda t: t.index.str.match(SERVICE) | (t["name"] == t["company"]),
    ),
    Kind(
        "broadcast",
        f"all there was went to {MANY} others or more at once",
        lambda t: t["direct"] == 0,
    ),
    Kind(
        "ritual",
        "birthdays, congratulations, thanks and clicks, and never a word beyond",
        lambda t: (t["composed"] == 0) & (t["clicks"] > 0),
    ),
    Kind(
        "templated",
        "three in four of what they sent you are copies of a template; or of what you sent, and they never answered",
        lambda t: _copies(t, "in") | (_copies(t, "out") & (t["days_in"] == 0)),
    ),
    Kind("chased", "you write, they do not", lambda t: t["days_in"] == 0),
    Kind("unanswered", "they write, you do not", lambda t: t["days_out"] == 0),
    Kind(
        "one-night-stand",
        f"all contact within {ONE_NIGHT_DAYS} days, then {ONE_NIGHT_SILENCE_DAYS} days of silence",
        lambda t: (t["span_days"] < ONE_NIGHT_DAYS) & (t["quiet_days"] >= ONE_NIGHT_SILENCE_DAYS),
    ),
    Kind(
        "dormant",
        f"once deep (lifetime depth of {DORMANT_DEPTH} or more), quiet for a year",
        lambda t: (t["lifetime_depth"] >= DORMANT_DEPTH) & (t["quiet_days"] >= DORMANT_DAYS),
    ),
    Kind(
        "core",
        f"in your two innermost layers: in touch at least monthly, each of you on {CORE_DAYS} days of the last year",
        lambda t: t["layer"].isin(CORE) & (t[["year_out", "year_in"]].min(axis=1) >= CORE_DAYS),
    ),
    Kind(
        "fading", f"once in touch both ways, and quiet for {FADING_DAYS} days", lambda t: t["quiet_days"] >= FADING_DAYS
    ),
    Kind(
        "warming",
        "in touch both ways for less than a year, lately too; or in touch "
        f"{WARMING_RATE} times as often in the last {LATELY_DAYS} days as in the year before them",
        lambda t: _young(t) | _rising(t),
    ),
    Kind("active", "contact in both directions, the last of it recent", lambda t: t["contact_days"] > 0),
)


def _copies(ties: pd.DataFrame, way: str) -> Flags:
    copies, own = ties[f"copies_{way}"], ties[f"own_{way}"]
    return (copies > 0) & (copies >= COPIES_TO_OWN * own)


def _young(ties: pd.DataFrame) -> Flags:
    """In touch both ways for the first time, in files that reach further back than that."""
    files_reach_back = (ties["quiet_days"] + ties["span_days"]).max() > YEAR_DAYS
    lately = ties["quiet_days"] < LATELY_DAYS
    return ties["both_days"].between(0, YEAR_DAYS) & lately & bool(files_reach_back)


def _rising(ties: pd.DataFrame) -> Flags:
    late, before = ties["late_days"] / LATELY_DAYS, (ties["year_days"] - ties["late_days"]) / (YEAR_DAYS - LATELY_DAYS)
    return ties["two_way"] & (ties["late_days"] >= WARMING_DAYS) & (late >= WARMING_RATE * before)


def classify(ties: pd.DataFrame) -> pd.Series[str]:
    """The kind of each tie, indexed as `ties`, which has what its rules ask for (audit.py)."""
    kind = pd.Series(None, index=ties.index, dtype="str")
    for rule in KINDS:
        kind = kind.where(kind.notna() | ~rule.holds(ties).astype(bool), rule.name)
    return kind
