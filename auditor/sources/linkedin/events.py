"""Exchanges of the small files (invitations, endorsements, recommendations, notes) as rows of interactions."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from auditor.records import Owner, interactions
from auditor.sources import wording
from auditor.sources.overheard import overhear
from auditor.sources.receipt import Receipt
from auditor.sources.tables import Columns


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Rows with `person`, `at` and `row`: what they are, which way they went, and what was written."""

    rows: pd.DataFrame
    channel: str
    direction: pd.Series
    shown: str
    texts: pd.Series | None = None
    facts: pd.Series | None = None  # where there is no text: what tells two apart


def sift(receipt: Receipt, frame: pd.DataFrame, columns: Columns, owner: Owner) -> None:
    """Set aside what no exchange can be made of: rows without content, a person (`person`) or a time (`at`)."""
    receipt.set_aside((frame[list(columns)] == "").all(axis=1), "blank row")
    receipt.set_aside(frame["person"].isna(), "nameless (profile closed or hidden)")
    receipt.set_aside(frame["person"].isin(owner.keys), "yourself")
    receipt.set_aside(frame["at"].isna(), "unreadable date")


def exchanged(of: Exchanged) -> pd.DataFrame:
    """The interactions, one a row."""
    frame = of.rows[["person", "at", "row"]].assign(channel=of.channel, direction=of.direction, source=of.shown)
    written = _array(of.facts if of.texts is None else of.texts, len(frame))
    frame["digest"] = wording.digest(written)
    if of.texts is not None:
        overhear(of.shown, frame["row"], written)
        frame = frame.assign(**wording.measure(written).columns())
    return interactions(frame.reset_index(drop=True))


def _array(texts: pd.Series | None, count: int) -> pa.StringArray:
    return pa.array([""] * count if texts is None else texts.tolist(), pa.string())
