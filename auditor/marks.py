"""The owner's own word on a tie. Behaviour never overrules it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from auditor.errors import RecordsError

RATINGS = ("stranger", "acquaintance", "know well", "close")
"""What the owner can say of somebody, from least to most."""

WELL = ("know well", "close")
"""The ratings that make a tie meaningful, whatever was or was not exchanged."""

MARKS: Mapping[str, str] = {
    "person": "str",  # mention key; a mark on any mention is a mark on its human
    "rating": "str",  # one of RATINGS
    "at": "datetime64[us, UTC]",  # when the owner said so
}
"""One row a word of the owner."""


@dataclass(frozen=True, slots=True)
class Personal:
    """What the owner's ratings move for this owner alone (ratings.py fits it).

    `cut`: the raw score from which a tie is deep, in place of an even chance of lasting. `channel_factors`: channel →
    what the worth of a contact over it is multiplied with; channels left out keep theirs.
    """

    cut: float
    channel_factors: Mapping[str, float] = field(default_factory=dict)


def marks(rows: Any = None) -> pd.DataFrame:
    """A marks table of `rows` (anything `pd.DataFrame` takes). RecordsError for an unknown rating or a missing cell."""
    frame: Any = pd.DataFrame(rows) if rows is not None else pd.DataFrame(columns=list(MARKS))
    if len(frame) and set(frame.columns) != set(MARKS):
        raise RecordsError(f"marks have the columns {', '.join(MARKS)}, not {', '.join(map(str, frame.columns))}")
    frame = frame.reindex(columns=list(MARKS))
    frame = frame.assign(at=pd.to_datetime(frame["at"], utc=True, format="ISO8601")).astype(dict(MARKS))
    if frame.isna().any(axis=None):
        raise RecordsError("a mark lacks its person, its rating or its time")
    unknown = set(frame["rating"]) - set(RATINGS)
    if unknown:
        raise RecordsError(f"unknown rating: {', '.join(sorted(unknown))}; there are {', '.join(RATINGS)}")
    return pd.DataFrame(frame)


def of_humans(given: pd.DataFrame, human: pd.Series[str]) -> pd.DataFrame:
    """The marks by human, the latest word on each; `human` is mention → human. Marks on nobody known are left out."""
    known = given.assign(person=given["person"].map(human)).dropna(subset="person")
    latest = known.sort_values(["at", "person", "rating"], kind="stable").drop_duplicates("person", keep="last")
    return marks(latest.sort_values("person", ignore_index=True))


def told(humans: pd.Index[str], given: pd.DataFrame | None, human: pd.Series[str]) -> pd.Series[str]:
    """The owner's rating of each of `humans`, indexed by them, missing where there is none."""
    word = marks() if given is None else of_humans(given, human)
    return word.set_index("person")["rating"].reindex(humans)
