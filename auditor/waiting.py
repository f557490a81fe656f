"""Who waits for an answer: questions that were asked one to one, and that nothing followed."""

from __future__ import annotations

import numpy as np
import pandas as pd

CONVERSATION = ("message", "inmail", "email", "sms", "chat", "call", "meeting", "meal")
"""Channels that answer: after a call or a lunch nobody waits any more."""

LONGEST_DAYS = 730
"""An older question is history, not a debt."""


def open_questions(exchanges: pd.DataFrame, now: pd.Timestamp) -> pd.DataFrame:
    """Open questions: one row a human and side, the latest first.

    `exchanges` is the interactions table, `person` being the human (a category), nothing later than `now`. Columns:
    `human`, `owes` ("you" where they asked, "they" where you did), `asked` (when the last open question was), `days`
    since, `questions` (how many are open). A question is open where the same side wrote last, with a question mark of
    any script in a message to one person that is no ritual phrase; only humans who ever answered, or were ever
    answered, can wait.
    """
    columns = ["person", "at", "direction", "others", "questions", "stock"]
    spoken = exchanges.loc[exchanges["channel"].isin(CONVERSATION), columns]
    out = spoken["direction"] != "in"
    in_ = spoken["direction"] != "out"
    sides = [
        _open(spoken[in_ & ~out], _last(spoken[out]), now).assign(owes="you"),
        _open(spoken[out & ~in_], _last(spoken[in_]), now).assign(owes="they"),
    ]
    found = pd.concat(sides, ignore_index=True)
    return found.sort_values(["asked", "human"], ascending=[False, True], ignore_index=True)


def _last(spoken: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    return spoken.groupby("person", observed=True)["at"].max()


def _open(asked: pd.DataFrame, answered: pd.Series[pd.Timestamp], now: pd.Timestamp) -> pd.DataFrame:
    """The questions in `asked` after the last word of the other side, in `answered`, by human."""
    direct = asked[(asked["others"] == 0) & (asked["questions"].fillna(0) > 0) & asked["stock"].isna()]
    direct = direct.reset_index(drop=True).merge(answered.rename("since").reset_index(), on="person")
    fresh = direct[(direct["at"] > direct["since"]) & (now - direct["at"] <= pd.Timedelta(days=LONGEST_DAYS))]
    by_person = fresh.groupby("person", observed=True)
    found = by_person.agg(asked=("at", "max"), questions=("questions", "sum")).reset_index(names="human")
    found = found.astype({"human": "str", "questions": np.int64})
    return found.assign(days=(now - found["asked"]).dt.days)
