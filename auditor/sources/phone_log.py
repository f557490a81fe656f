"""A call log as a table: iMazing's of an iPhone, and those that other programs and telephone companies write.

iMazing has `Call type, Date, Duration, Number, Contact, Location, Service`, the owner's number in `Service` ("Phone:
+1…"), and times of the device without a zone (formats.md §6.4).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

import pandas as pd

from auditor.records import Owner, Records
from auditor.sources.logbook import Logbook
from auditor.sources.peek import Peek, fold
from auditor.sources.receipt import Receipt
from auditor.sources.source import Clues, Draft, TableSource
from auditor.sources.tables import Table
from auditor.sources.telephone import UNREADABLE, YOURSELF, Call, enter_calls, nobody, own_keys, party
from auditor.sources.times import says_zone

COLUMNS = {
    "number": ("Phone number", "Telephone number", "Number", "Phone", "Telephone", "To/From", "Caller"),
    "date": ("Date/Time", "Date and time", "Date", "Call date", "Started", "Start time", "Timestamp"),
    "clock": ("Time", "Call time"),
    "kind": ("Call type", "Direction", "Type"),
    "length": ("Duration", "Duration (s)", "Duration (sec)", "Duration (seconds)", "Call duration", "Length"),
    "name": ("Contact", "Contact name", "Name"),
    "service": ("Service",),
}
_IGNORED = ("Location", "Country", "Notes", "SIM", "Cost", "Charge", "Id")
_LENGTHS = ("duration", "durations", "length")
_SIGNATURES = (
    *(frozenset({fold(number), kind}) for number in COLUMNS["number"] for kind in ("calltype", "direction")),
    *(frozenset({fold(number), "type", length}) for number in COLUMNS["number"] for length in _LENGTHS),
)
_WHEN = frozenset(fold(name) for column in ("date", "clock") for name in COLUMNS[column])
_NO_CALLS = frozenset(["at", "channel", "text", "message", "body", "content", "subject", "messagedate", "amount"])
"""Columns of other tables with a number, a date and a direction: interactions, short messages, invoices."""

_OUT = frozenset("outgoing out outbound dialed dialled placed made ausgehend sortant saliente".split())
_IN = frozenset("incoming in inbound received answered eingehend entrant entrante".split())
_CANCELLED = frozenset("cancelled canceled abgebrochen annule cancelada".split())
_UNTAKEN = _CANCELLED | frozenset(
    "missed rejected declined unanswered noanswer busy failed voicemail verpasst abgelehnt manque refuse perdida "
    "rechazada".split()
)
_BLOCKED = frozenset("blocked blockiert bloque bloqueada".split())
_OWN_NUMBER = re.compile(r"Phone\s*:\s*(\+[\d\s().-]+)$")
_UNITS = {"h": 3600, "m": 60, "s": 1}

ZONELESS = "times have no zone; read as UTC"


def way(kind: str) -> tuple[str, bool] | str:
    """Direction and whether the call may have been taken, by the words for it; or why it is no call with anybody."""
    words = {fold(word) for word in re.split(r"[\W_]+", kind)} | {fold(kind)}
    if words & _BLOCKED:
        return "blocked call"
    taken = not words & _UNTAKEN
    if words & _OUT or (words & _CANCELLED and not words & _IN):  # who calls is who cancels
        return "out", taken
    return ("in", taken) if words & _IN or not taken else "unknown type of call"


def seconds(length: str) -> float | None:
    """A duration: `1:02:03`, `02:03`, `1h 2m 3s`, `2 min`, or seconds alone; None where there is none, or one of more
    than nine digits.
    """
    if re.fullmatch(r"\d{1,9}(:\d\d){1,2}", length):
        total = 0
        for part in length.split(":"):
            total = total * 60 + int(part)
        return float(total)
    if re.fullmatch(r"\d{1,9}(\.\d+)?", length):
        return float(length)
    parts = re.findall(r"(?<!\d)(\d{1,9})\s*([hms])[a-z]*\.?", length.casefold())
    return float(sum(int(number) * _UNITS[unit] for number, unit in parts)) if parts else None


class _PhoneLog(TableSource):
    """Told by a number, a time and a direction together, and by nothing that speaks of other things than calls."""

    def claims(self, peek: Peek) -> bool:
        header = peek.header(*self.signatures)
        return header is not None and not _WHEN.isdisjoint(header.folded) and _NO_CALLS.isdisjoint(header.folded)


def _draft(table: Table) -> Draft:
    frame = table.frame()
    services = (_OWN_NUMBER.match(service) for service in frame["service"].unique())
    own = frozenset(key for found in services if found and (key := party(found[1], None)))
    return Draft(partial(_records, table, frame), Clues(keys=own))


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    receipt = Receipt(table, "calls", frame["row"])
    written = (frame["date"] + " " + frame["clock"]).str.strip()
    at, ways = table.times(written), frame["kind"].map(way)
    receipt.set_aside((frame[list(COLUMNS)] == "").all(axis=1), "blank row")
    for reason in ("blocked call", "unknown type of call"):
        receipt.set_aside(ways == reason, reason)
    receipt.set_aside(at.isna(), UNREADABLE)
    keys = frame["number"].map(lambda number: party(number, owner.region))
    for reason in sorted({nobody(number) for number in frame.loc[keys.isna(), "number"]}):
        receipt.set_aside(keys.isna() & (frame["number"].map(nobody) == reason), reason)
    receipt.set_aside(keys.isin(own_keys(owner)), YOURSELF)
    if len(frame) and not says_zone(written[receipt.left]).all():
        receipt.note(ZONELESS)
    book = Logbook(table.shown, "calls")
    left = frame.assign(at=at, way=ways)[receipt.left]
    enter_calls(book, (_call(*cells) for cells in left[_CELLS].itertuples(index=False)), owner)
    return replace(book.records("calls"), coverage=receipt.coverage("calls"))


_CELLS = ["row", "number", "name", "at", "way", "length"]


def _call(row: int, number: str, name: str, at: pd.Timestamp, told: tuple[str, bool], length: str) -> Call:
    direction, taken = told
    spoken = seconds(length)
    return Call(int(row), number, name, at.timestamp(), direction, taken and spoken != 0, spoken)


SOURCE = _PhoneLog(_SIGNATURES, COLUMNS, _IGNORED, _draft)
