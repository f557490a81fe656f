"""Logs out of CSV that stands in the test: `sender,recipient,at` and optionally `others`, the time an ISO minute."""

from __future__ import annotations

import numpy as np
import pandas as pd
from fabricate import table

from auditor.validation.loaders import Labelled, Log, Matrix, both_sides
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


def eight() -> Labelled:
    """Eight people who write to each other, the closer their numbers the more often and the longer."""
    rng = np.random.default_rng(3)
    rows = [
        f"p{a},p{b},2010-0{month}-{day:02}T08:00"
        for month in range(1, 9)
        for day in range(1, 28, 3)
        for a in range(8)
        for b in range(8)
        if a != b and rng.random() < 0.4 / (a - b) ** 2
    ]
    both = log("\n".join(["sender,recipient,at", *rows]), "2010-05-01")
    weight = rng.random((8, 8))
    matrix = Matrix("eight", weight, weight > 0.5, ~np.eye(8, dtype=bool))
    reports = pd.DataFrame({"ego": ["p0", "p2", "p4", "p6"], "person": ["p1", "p3", "p5", "p7"]})
    return Labelled(both, both, reports, (matrix,))


def of_ego(w: Window, values: object, ego: str = "me") -> dict[str, float]:
    """Alter → value for one ego; `values` has one a tie."""
    named = w.ties.assign(value=values)
    return named[named["ego"] == ego].set_index("person")["value"].to_dict()
