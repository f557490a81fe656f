"""What sort of tie this is, by named rules. The first rule that holds decides; every tie gets exactly one kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor.marks import WELL

ONE_NIGHT_DAYS, ONE_NIGHT_SILENCE_DAYS = 14, 180
DORMANT_DEPTH, DORMANT_DAYS = 50, 365
FADING_DAYS = 180
CORE_DAYS = 4
CORE = ("support clique", "sympathy group")

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
    Kind("active", "contact in both directions, the last of it recent", lambda t: t["contact_days"] > 0),
)


def classify(ties: pd.DataFrame) -> pd.Series[str]:
    """The kind of each tie, indexed as `ties`, which has what its rules ask for (audit.py)."""
    kind = pd.Series(None, index=ties.index, dtype="str")
    for rule in KINDS:
        kind = kind.where(kind.notna() | ~rule.holds(ties).astype(bool), rule.name)
    return kind
