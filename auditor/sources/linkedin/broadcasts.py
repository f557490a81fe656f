"""What the owner sends to nobody in particular: posts, comments, reactions, votes, reposts, follows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from auditor.errors import InputError
from auditor.records import TIME, Owner, Records
from auditor.sources.peek import Header, Peek
from auditor.sources.receipt import Receipt
from auditor.sources.source import Draft
from auditor.sources.tables import Table

COLUMNS = {"date": ("Date",)}
_KINDS = {
    "reaction": (frozenset({"date", "type", "link"}),),
    "comment": (frozenset({"date", "link", "message"}),),
    "post": (frozenset({"date", "sharelink"}),),
    "vote": (frozenset({"date", "link", "optiontext"}),),
    "follow": (frozenset({"date", "status", "fullname"}),),
    "repost": (frozenset({"date", "link"}),),  # the smallest set last
}
_IGNORED = (
    "Type;Link;Message;ShareLink;Share Title;Share Description;Share Commentary;SharedURL;MediaURL;Visibility;"
    "OptionText;Status;FullName"
).split(";")


def claims(peek: Peek) -> bool:
    return _header(peek) is not None


def _header(peek: Peek) -> tuple[str, Header] | None:
    for kind, signatures in _KINDS.items():
        header = peek.header(*signatures)
        if header and (kind != "repost" or len(header.names) == 2):
            return kind, header
    return None


def read(peek: Peek) -> Draft:
    found = _header(peek)
    if found is None:
        raise InputError(peek.file.shown, "has none of the headers it could have")
    kind, header = found
    table = Table(peek, header, COLUMNS, _IGNORED)
    return Draft(partial(_records, table, kind, table.frame()))


def _records(table: Table, kind: str, frame: pd.DataFrame, _: Owner) -> Records:
    frame["at"] = table.times(frame["date"])
    rejoined = 0
    if kind == "comment":
        rejoined = int(frame["at"].isna().sum()) + len(table.unreadable)
        frame, table.unreadable, table.padded = frame[frame["at"].notna()], [], []
    receipt = Receipt(table, f"{kind}s", frame["row"])
    if rejoined:
        receipt.note(f"lines that belong to the comment before them: {rejoined}")
    receipt.set_aside(frame["date"] == "", "blank row")
    receipt.set_aside(frame["at"].isna(), "unreadable date")
    left = frame[receipt.left]
    sent = pd.concat([none(), left[["at"]].assign(kind=kind)], ignore_index=True)
    return replace(Records.empty(), coverage=receipt.coverage(f"{kind}s"), broadcasts=sent)


def none() -> pd.DataFrame:
    """The broadcasts of somebody who sends none."""
    return pd.DataFrame({"at": pd.Series(dtype=TIME), "kind": pd.Series(dtype="str")})
