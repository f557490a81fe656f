"""Notes.csv (since 2026): the owner's private notes on connections, which are facts too."""

from __future__ import annotations

from functools import partial

import pandas as pd

from auditor.records import Owner, Records, facts
from auditor.sources.address_book import NOTE_LENGTH
from auditor.sources.linkedin.events import Exchanged, exchanged, sift
from auditor.sources.linkedin.persons import full_names, keys, mentioned, slugs
from auditor.sources.receipt import Receipt
from auditor.sources.source import Draft, TableSource
from auditor.sources.tables import Table
from auditor.sources.times import LOS_ANGELES

COLUMNS = {
    "first": ("Connection First Name",),
    "last": ("Connection Last Name",),
    "url": ("Connection Profile URL",),
    "note": ("Note",),
    "on": ("Created On",),
}
_SIGNATURE = frozenset({"connectionprofileurl", "note"})


def _draft(table: Table) -> Draft:
    return Draft(partial(_records, table, table.frame()))


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    receipt = Receipt(table, "notes", frame["row"])
    frame["name"] = full_names(frame["first"], frame["last"])
    frame["person"] = keys(frame["url"], frame["name"])
    frame["at"] = table.times(frame["on"], LOS_ANGELES)
    sift(receipt, frame, COLUMNS, owner)
    left = frame[receipt.left]
    direction = pd.Series("out", index=left.index)
    return Records(
        people=mentioned(left["person"], left["name"], table.shown),
        identifiers=slugs(left["person"]),
        interactions=exchanged(Exchanged(left, "note", direction, table.shown, texts=left["note"])),
        coverage=receipt.coverage("private notes"),
        facts=_facts(left, table.shown),
    )


def _facts(left: pd.DataFrame, shown: str) -> pd.DataFrame:
    said = left[left["note"] != ""]
    columns = {"person": said["person"], "value": said["note"].str[:NOTE_LENGTH], "since": said["at"].dt.normalize()}
    return facts(pd.DataFrame(columns).assign(kind="note", source=shown).reset_index(drop=True))


SOURCE = TableSource((_SIGNATURE,), COLUMNS, ("Edited On",), _draft)
