"""The owner's own word: on a tie, on who is who, on who somebody is to them. What was measured never overrules it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from auditor.errors import RecordsError

RATINGS = ("stranger", "acquaintance", "know well", "close")
"""What the owner can say of somebody, from least to most."""

WELL = ("know well", "close")
"""The ratings that make a tie meaningful, whatever was or was not exchanged."""

LABELS = ("family", "keep", "let go", "reach out")
"""What the owner can write on somebody's card: who they are to them, and what is to become of the tie."""

REMOVED = "removed"
"""A label that is on no card: the owner ticked off, on the list of those let go of, that this is done."""

_AT = "datetime64[us, UTC]"

RATING: Mapping[str, str] = {
    "person": "str",  # mention key; a mark on any mention is a mark on its human
    "rating": "str",  # one of RATINGS
    "at": _AT,  # when the owner said so
}
"""One row a rating; the latest on a human holds."""

LABEL: Mapping[str, str] = {
    "person": "str",  # mention key, as above
    "label": "str",  # one of LABELS, or REMOVED
    "at": _AT,
}
"""One row a label."""

DECISION: Mapping[str, str] = {
    "one": "str",  # mention key
    "other": "str",  # mention key
    "same": "bool",  # True: the same human; False: two humans, whatever else points to one
    "at": _AT,
}
"""One row a decision about a pair of mentions; the latest on a pair holds, in whichever order it names them."""


def rating_table(rows: Any = None) -> pd.DataFrame:
    """The RATING table of `rows` (anything `pd.DataFrame` takes). RecordsError for an unknown rating or a gap."""
    return _known(_table(rows, RATING), "rating", RATINGS)


def label_table(rows: Any = None) -> pd.DataFrame:
    """The LABEL table of `rows`. RecordsError for an unknown label or a missing cell."""
    return _known(_table(rows, LABEL), "label", (*LABELS, REMOVED))


def decision_table(rows: Any = None) -> pd.DataFrame:
    """The DECISION table of `rows`. RecordsError for a missing cell, or a mention paired with itself."""
    table = _table(rows, DECISION)
    if (table["one"] == table["other"]).any():
        raise RecordsError("a decision names one mention twice")
    return table


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything the owner said, as three tables: RATING, DECISION and LABEL."""

    ratings: pd.DataFrame = field(default_factory=rating_table)
    decisions: pd.DataFrame = field(default_factory=decision_table)
    labels: pd.DataFrame = field(default_factory=label_table)

    @property
    def family(self) -> frozenset[str]:
        """The mentions that the owner called family."""
        return frozenset(self.labels.loc[self.labels["label"] == "family", "person"])


@dataclass(frozen=True, slots=True)
class Personal:
    """What the owner's ratings move for this owner alone (ratings.py fits it).

    `cut`: the raw score from which a tie is deep, in place of an even chance of lasting. `channel_factors`: channel →
    what the worth of a contact over it is multiplied with; channels left out keep theirs.
    """

    cut: float
    channel_factors: Mapping[str, float] = field(default_factory=dict)


def of_humans(given: pd.DataFrame, human: pd.Series[str]) -> pd.DataFrame:
    """The ratings by human, the latest word on each; `human` is mention → human. Those of nobody known are left out."""
    known = given.assign(person=given["person"].map(human)).dropna(subset="person")
    latest = known.sort_values(["at", "person", "rating"], kind="stable").drop_duplicates("person", keep="last")
    return rating_table(latest.sort_values("person", ignore_index=True))


def told(humans: pd.Index[str], given: pd.DataFrame, human: pd.Series[str]) -> pd.Series[str]:
    """The owner's rating of each of `humans`, indexed by them, missing where there is none."""
    return of_humans(given, human).set_index("person")["rating"].reindex(humans)


def _table(rows: Any, columns: Mapping[str, str]) -> pd.DataFrame:
    frame: Any = pd.DataFrame(rows) if rows is not None else pd.DataFrame(columns=list(columns))
    if len(frame) and set(frame.columns) != set(columns):
        raise RecordsError(f"marks have the columns {', '.join(columns)}, not {', '.join(map(str, frame.columns))}")
    frame = frame.reindex(columns=list(columns))
    frame = frame.assign(at=pd.to_datetime(frame["at"], utc=True, format="ISO8601"))
    if frame.isna().any(axis=None):
        raise RecordsError(f"a mark lacks one of {', '.join(columns)}")
    return pd.DataFrame(frame.astype(dict(columns)))


def _known(table: pd.DataFrame, column: str, allowed: Sequence[str]) -> pd.DataFrame:
    unknown = set(table[column]) - set(allowed)
    if unknown:
        raise RecordsError(f"unknown {column}: {', '.join(sorted(unknown))}; there are {', '.join(allowed)}")
    return table
