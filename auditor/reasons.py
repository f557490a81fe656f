"""Why a tie stands where it stands, in one plain sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from auditor.signals import LATELY_DAYS, YEAR_DAYS


def explain(ties: pd.DataFrame) -> pd.Series[str]:
    """One sentence a tie, indexed as `ties`, which has the measurements, `told`, `kind`, `layer`, `connected_on`."""
    rows: Iterable[Any] = ties[_READ].astype(object).itertuples()  # iterating over Arrow's strings takes long
    return pd.Series([_sentence(row) for row in rows], index=ties.index, dtype="str")


_READ = (
    "told kind layer connected_on contact_days active_weeks wrote_out wrote_in met_days meal_days call_days days_out "
    "days_in copies_in own_in copies_out own_out both_days late_days year_days span_days quiet_days"
).split()


def _sentence(tie: Any) -> str:
    return _measured(tie) if pd.isna(tie.told) else f"You told us {_TOLD[tie.told]}. {_measured(tie)}"


_TOLD = {
    "stranger": "they are a stranger",
    "acquaintance": "they are an acquaintance",
    "know well": "you know them well",
    "close": "you are close",
}


def _measured(tie: Any) -> str:
    if tie.kind == "told-close" and not tie.contact_days:
        return "These files hold no contact with them."
    if tie.kind in _WITHOUT_CONTACT:
        said = f"{_connected(tie)}{_WITHOUT_CONTACT[tie.kind]}"
        return said[0].upper() + said[1:]
    return f"{_WITH_CONTACT[tie.kind](tie)} {_last(tie)}"


def _connected(tie: Any) -> str:
    return "" if pd.isna(tie.connected_on) else f"Connected since {tie.connected_on:%B %Y}; "


_WITHOUT_CONTACT = {
    "never-spoken": "no message either way in the files that cover that time.",
    "unobserved": "no file here would show any contact, so nothing is known.",
}


def _both_ways(tie: Any) -> str:
    said = ", ".join(ways(tie) or ["you missed each other's calls"])
    return f"{said[0].upper()}{said[1:]}, over {_many(tie.active_weeks, 'week')}."


def ways(tie: Any) -> list[str]:
    """How two people are in touch, each way with its days: met, on the phone, written."""
    written = [f"you wrote on {_days(tie.wrote_out)}"] if tie.wrote_out else []
    if tie.wrote_in:
        written.append(f"they on {_days(tie.wrote_in)}" if written else f"they wrote on {_days(tie.wrote_in)}")
    return [
        *([f"you met on {_days(tie.met_days)}{_meals(tie)}"] if tie.met_days else []),
        *([f"you spoke on the phone on {_days(tie.call_days)}"] if tie.call_days else []),
        *([" and ".join(written)] if written else []),
    ]


def _meals(tie: Any) -> str:
    if not tie.meal_days:
        return ""
    return " over a meal" if tie.meal_days == tie.met_days else f" ({_days(tie.meal_days)} over a meal)"


def _either_way(tie: Any) -> str:
    if not tie.days_in:
        return f"You reached out on {_days(tie.days_out)} and they never answered."
    if not tie.days_out:
        return f"They reached out on {_days(tie.days_in)} and you never answered."
    return _both_ways(tie)


def _templated(tie: Any) -> str:
    if tie.copies_in:
        of, answered = _of(tie.copies_in, tie.own_in), "" if tie.days_out else " You never answered."
        return f"Templated: {of} are copies of what was sent again and again.{answered}"
    return f"Templated: {_of(tie.copies_out, tie.own_out)} from you went to many people alike, and they never answered."


def _of(copies: int, own: int) -> str:
    if own:
        return f"{int(copies)} of {_many(copies + own, 'message')}"
    return "the only message" if copies == 1 else f"all {int(copies)} messages"


def _warming(tie: Any) -> str:
    if 0 <= tie.both_days <= YEAR_DAYS:
        return f"First in touch both ways {_ago(int(tie.both_days))}. {_both_ways(tie)}"
    late = f"{int(tie.late_days)} of the {_days(tie.year_days)} of contact in a year lie in the last {LATELY_DAYS}"
    return f"More often than before: {late}. {_both_ways(tie)}"


_WITH_CONTACT = {
    "told-close": _either_way,
    "chased": _either_way,
    "unanswered": _either_way,
    "service": lambda t: f"Not one person's address. {_either_way(t)}",
    "broadcast": lambda t: f"All there was went to many people at once, on {_days(t.contact_days)}.",
    "ritual": lambda t: f"Birthdays, congratulations and clicks only, on {_days(t.contact_days)}.",
    "templated": _templated,
    "warming": _warming,
    "one-night-stand": lambda t: f"All {_days(t.contact_days)} of contact lie within {_days(t.span_days + 1)}.",
    "dormant": lambda t: f"Once deep. {_both_ways(t)}",
    "core": lambda t: f"In your {t.layer}. {_both_ways(t)}",
    "fading": _both_ways,
    "active": _both_ways,
}


def _last(tie: Any) -> str:
    return f"The last contact was {_ago(int(tie.quiet_days))}."


def _ago(days: int) -> str:
    if days <= 1:
        return ("today", "yesterday")[days]
    if days < 60:
        return f"{days} days ago"
    if days < 730:
        return f"{round(days / 30.4)} months ago"
    return f"{days / 365.25:.1f} years ago"


def _days(count: float) -> str:
    return _many(count, "day")


def _many(count: float, noun: str) -> str:
    return f"{int(count)} {noun}" if int(count) == 1 else f"{int(count)} {noun}s"
