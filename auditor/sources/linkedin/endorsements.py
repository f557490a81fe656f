"""Endorsement_Received_Info.csv and Endorsement_Given_Info.csv. Ten skills in a minute are one event."""

from __future__ import annotations

from functools import partial

import pandas as pd

from auditor.mentions import fold
from auditor.records import Owner, Records
from auditor.sources.linkedin.events import Exchanged, exchanged, sift
from auditor.sources.linkedin.persons import full_names, keys, mentioned, slugs
from auditor.sources.receipt import Receipt
from auditor.sources.source import Draft, TableSource
from auditor.sources.tables import Table

COLUMNS = {
    "on": ("Endorsement Date",),
    "skill": ("Skill Name",),
    "first": ("Endorser First Name", "Endorsee First Name"),
    "last": ("Endorser Last Name", "Endorsee Last Name"),
    "url": ("Endorser Public Url", "Endorsee Public Url"),
    "status": ("Endorsement Status",),
}
_SIGNATURE = frozenset({"endorsementdate", "skillname"})
_STANDING = ("accepted", "hidden", "")  # hidden: made, but not shown on the profile

SAME_DAY = "same endorsement day"


def _draft(table: Table) -> Draft:
    return Draft(partial(_records, table, table.frame()))


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    frame["at"] = table.times(frame["on"])
    frame = frame.sort_values("at", ascending=False, kind="stable", ignore_index=True)  # as LinkedIn has them
    receipt = Receipt(table, "endorsements", frame["row"])
    frame["name"] = full_names(frame["first"], frame["last"])
    frame["person"] = keys(frame["url"], frame["name"])
    for status in sorted(set(frame["status"].str.casefold()) - set(_STANDING)):
        receipt.set_aside(frame["status"].str.casefold() == status, f"endorsement {status}")
    sift(receipt, frame, COLUMNS, owner)
    day = pd.DataFrame({"person": frame["person"], "day": frame["at"].dt.normalize(), "left": receipt.left})
    receipt.set_aside(day.duplicated(), SAME_DAY)
    left = frame[receipt.left]
    direction = pd.Series("out" if "endorseefirstname" in table.header.folded else "in", index=left.index)
    facts = left["name"].map(fold)
    return Records(
        people=mentioned(left["person"], left["name"], table.shown),
        identifiers=slugs(left["person"]),
        interactions=exchanged(Exchanged(left, "endorsement", direction, table.shown, facts=facts)),
        coverage=receipt.coverage("endorsements"),
    )


SOURCE = TableSource((_SIGNATURE,), COLUMNS, ("Display Status",), _draft)
