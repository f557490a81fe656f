"""Invitations.csv: who asked whom to connect in the last half year to year, in Pacific time."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pandas as pd

from auditor.mentions import linkedin_key
from auditor.records import Owner, Records
from auditor.sources.linkedin.events import Exchanged, exchanged, sift
from auditor.sources.linkedin.persons import keys, mentioned, slugs
from auditor.sources.receipt import Receipt
from auditor.sources.source import Clues, Draft, TableSource
from auditor.sources.tables import Table
from auditor.sources.times import LOS_ANGELES

COLUMNS = {
    "from": ("From",),
    "to": ("To",),
    "sent": ("Sent At",),
    "message": ("Message",),
    "direction": ("Direction",),
    "inviter": ("inviterProfileUrl",),
    "invitee": ("inviteeProfileUrl",),
}
_SIGNATURE = frozenset({"from", "to", "sentat", "direction"})


def _draft(table: Table) -> Draft:
    frame = table.frame()
    frame["out"] = frame["direction"].str.casefold() == "outgoing"
    frame["in"] = frame["direction"].str.casefold() == "incoming"
    return Draft(partial(_records, table, frame), _clues(frame))


def _clues(frame: pd.DataFrame) -> Clues:
    """The owner sent all outgoing invitations and received all incoming ones."""
    sides = [frame.loc[frame["out"], ["from", "inviter"]], frame.loc[frame["in"], ["to", "invitee"]]]
    names = Counter(name for side in sides for name in side.iloc[:, 0] if name)
    found = Counter(k for side in sides for url in side.iloc[:, 1] if (k := linkedin_key(url)))
    return Clues(
        names=tuple(name for name, _ in names.most_common(1)),
        keys=frozenset(k for k, _ in found.most_common(1)),
    )


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    receipt = Receipt(table, "invitations", frame["row"])
    frame["name"] = frame["to"].where(frame["out"], frame["from"])
    frame["person"] = keys(frame["invitee"].where(frame["out"], frame["inviter"]), frame["name"])
    frame["at"] = table.times(frame["sent"], LOS_ANGELES)
    sift(receipt, frame, COLUMNS, owner)
    receipt.set_aside(~frame["out"] & ~frame["in"], "direction not told")
    left = frame[receipt.left]
    direction = left["out"].map({True: "out", False: "in"})
    return Records(
        people=mentioned(left["person"], left["name"], table.shown),
        identifiers=slugs(left["person"]),
        interactions=exchanged(Exchanged(left, "invitation", direction, table.shown, texts=left["message"])),
        coverage=receipt.coverage("invitations"),
    )


SOURCE = TableSource((_SIGNATURE,), COLUMNS, ("inviterProfileUrn", "inviteeProfileUrn"), _draft)
