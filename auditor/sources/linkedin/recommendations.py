"""Recommendations_Received.csv and Recommendations_Given.csv. They name people by name and company only."""

from __future__ import annotations

from functools import partial

import pandas as pd

from auditor.records import Owner, Records, identifiers
from auditor.sources.linkedin.events import Exchanged, exchanged, sift
from auditor.sources.linkedin.persons import full_names, keys, mentioned
from auditor.sources.receipt import Receipt
from auditor.sources.source import Draft, TableSource
from auditor.sources.tables import Table
from auditor.sources.times import LOS_ANGELES

COLUMNS = {
    "first": ("First Name",),
    "last": ("Last Name",),
    "company": ("Company",),
    "title": ("Job Title",),
    "text": ("Text",),
    "on": ("Creation Date",),
    "status": ("Status",),
}
_SIGNATURE = frozenset({"creationdate", "text", "jobtitle"})


def _draft(table: Table) -> Draft:
    return Draft(partial(_records, table, table.frame()))


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    receipt = Receipt(table, "recommendations", frame["row"])
    frame["name"] = full_names(frame["first"], frame["last"])
    frame["person"] = keys(pd.Series("", index=frame.index), frame["name"])
    frame["at"] = table.times(frame["on"], LOS_ANGELES)
    receipt.set_aside(frame["status"].str.casefold() == "pending", "pending")
    sift(receipt, frame, COLUMNS, owner)
    way = _direction(table.peek.stem)
    receipt.set_aside(
        pd.Series(way is None, index=frame.index), "given or received: only the file's name tells, and it was changed"
    )
    left = frame[receipt.left]
    direction = pd.Series(way or "in", index=left.index)
    return Records(
        people=mentioned(left["person"], left["name"], table.shown),
        identifiers=identifiers(),
        interactions=exchanged(Exchanged(left, "recommendation", direction, table.shown, texts=left["text"])),
        coverage=receipt.coverage("recommendations"),
    )


def _direction(stem: str) -> str | None:
    """Both files have the same header. The one file of old exports, plain Recommendations.csv, holds those received."""
    if "given" in stem:
        return "out"
    return "in" if "received" in stem or stem == "recommendations" else None


SOURCE = TableSource((_SIGNATURE,), COLUMNS, (), _draft)
