"""Logs out of CSV that stands in the test: `sender,recipient,at` and optionally `others`, the time an ISO minute."""

from __future__ import annotations

import numpy as np
import pandas as pd
from fabricate import table

from auditor.validation.loaders import Log, both_sides
from auditor.validation.tasks import Window, window


def time(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="UTC")


def events(text: str, channel: str = "message") -> pd.DataFrame:
    """Both sides of each message."""
    rows = table(text)
    at = pd.Series(pd.to_datetime([row["at"] for row in rows], utc=True)).astype("datetime64[us, UTC]")
    sender, recipient = (np.array([row[end] for row in rows]) for end in ("sender", "recipient"))
    return both_sides(sender, recipient, at, np.array([int(row.get("others") or 0) for row in rows]), channel)


def seen(text: str, since: str, as_of: str, channel: str = "message") -> Window:
    """The window of such a log."""
    return window(events(text, channel), time(since), time(as_of))


def log(text: str, split: str) -> Log:
    """A log with its split."""
    return Log("team", "message", events(text), time(split))


def of_ego(w: Window, values: object, ego: str = "me") -> dict[str, float]:
    """Alter → value for one ego; `values` has one a tie."""
    named = w.ties.assign(value=values)
    return named[named["ego"] == ego].set_index("person")["value"].to_dict()
