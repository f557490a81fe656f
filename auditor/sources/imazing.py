"""The messages of an iPhone as iMazing writes them: SMS and iMessage, and WhatsApp with columns of its own.

`Type` is Incoming, Outgoing or Notification; what the owner wrote has no sender, so the others in a conversation are
learned from what they wrote in it. Times are the device's, without a zone (formats.md §6.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from auditor.mentions import fold, name_key
from auditor.records import Owner, Records
from auditor.sources.logbook import Logbook
from auditor.sources.phone_log import ZONELESS
from auditor.sources.receipt import Receipt
from auditor.sources.source import Draft, TableSource
from auditor.sources.tables import Table
from auditor.sources.telephone import (
    SERVICE,
    UNREADABLE,
    YOURSELF,
    Text,
    called,
    enter_text,
    own_keys,
    party,
)
from auditor.sources.times import says_zone

COLUMNS = {
    "session": ("Chat Session",),
    "date": ("Message Date",),
    "service": ("Service",),
    "type": ("Type",),
    "id": ("Sender ID",),
    "name": ("Sender Name",),
    "text": ("Text",),
    "attachment": ("Attachment",),
}
_IGNORED = (
    "Delivered Date;Read Date;Edited Date;Deleted Date;Sent Date;Status;Forwarded;Replying to;Subject;Reactions;"
    "Attachment type;Attachment info"
).split(";")
_SIGNATURES = (frozenset({"chatsession", "messagedate", "type", "senderid"}),)
_BY_NUMBER = frozenset(["sms", "mms", "imessage", "rcs"])
_BETWEEN, _MORE = re.compile(r"\s*[,&]\s*"), re.compile(r"\d+ (?:others?|more)")


class _People:
    """Who is who in the file: by number or address, else by the name that it shows."""

    def __init__(self, owner: Owner, label: str) -> None:
        self.names: dict[str, str] = {}  # key → name
        self.own = set(own_keys(owner))
        self._owner, self._label = owner, label
        self._called: dict[str, str | None] = {}  # folded name → key; None for several

    def sender(self, address: str, name: str, session: str) -> str | None:
        """The key of who wrote a message; None for a service."""
        key = party(address, self._owner.region) if address else self._by_name(name or session)
        shown = called(name, address)
        if key and shown:
            self.names.setdefault(key, shown)
            if self._called.setdefault(fold(shown), key) != key:
                self._called[fold(shown)] = None
        return key

    def titled(self, session: str) -> set[str]:
        """The people that a conversation is named after: `Ada Lark`, `Ada Lark, Ben Moss & 2 others`, or a number."""
        parts = [part for part in _BETWEEN.split(session) if part and not _MORE.fullmatch(part)]
        return {key for part in parts if (key := self._by_name(part))} - self.own

    def within(self, session: str, senders: Iterable[str]) -> set[str]:
        """The people in a conversation: who wrote in it, and who else its name tells."""
        wrote = set(senders) - self.own
        alone = fold(session) in {fold(self.names.get(key, "")) for key in wrote}
        several = len(_BETWEEN.split(session)) > 1 and not alone
        return wrote | self.titled(session) if several or not wrote else wrote

    def _by_name(self, written: str) -> str | None:
        if not fold(written):
            return party(written, self._owner.region)
        key = self._called.get(fold(written)) or name_key(written, self._label)
        if key and self._owner.goes_by(written):
            self.own.add(key)
        elif key:
            self.names.setdefault(key, written)
        return key


def _draft(table: Table) -> Draft:
    return Draft(partial(_records, table, table.frame()))


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    receipt, book = Receipt(table, "messages", frame["row"]), Logbook(table.shown, "messages")
    channel, label = _medium(table, frame["service"].unique())
    people = _People(owner, label)
    frame = frame.assign(at=table.times(frame["date"]), kind=frame["type"].str.casefold())
    _set_unreadable_aside(receipt, frame)
    frame["sender"] = _senders(frame, people)
    within = _set_services_aside(receipt, frame, people)
    if receipt.left.any() and not says_zone(frame.loc[receipt.left, "date"]).all():
        receipt.note(ZONELESS)
    for cells in frame[receipt.left].itertuples(index=False):
        others, text = within[str(cells.session)], _text(cells)
        for key in sorted(others):
            book.person(key, people.names.get(key, ""))
        enter_text(book, text, channel, label, others, None if text.direction == "out" else str(cells.sender))
    return replace(book.records("messages"), coverage=receipt.coverage("messages"))


def _medium(table: Table, services: Iterable[str]) -> tuple[str, str]:
    """The channel of the messages, and the label of their names and threads."""
    known = {fold(service) for service in services} - {""}
    by_number = table.has("service") and (not known or not known.isdisjoint(_BY_NUMBER))
    return ("sms", "sms") if by_number else ("chat", "whatsapp")


def _set_unreadable_aside(receipt: Receipt, frame: pd.DataFrame) -> None:
    receipt.set_aside((frame[list(COLUMNS)] == "").all(axis=1), "blank row")
    receipt.set_aside(frame["kind"] == "notification", "a notice, not a message")
    receipt.set_aside(~frame["kind"].isin(["incoming", "outgoing"]), "unknown type of message")
    receipt.set_aside(frame["at"].isna(), UNREADABLE)


def _senders(frame: pd.DataFrame, people: _People) -> pd.Series:
    """The key of each incoming message's sender; missing for a service, and for what the owner wrote."""
    cells = zip(frame["kind"], frame["id"], frame["name"], frame["session"], strict=True)
    found = [people.sender(*written) if kind == "incoming" else None for kind, *written in cells]
    return pd.Series(found, index=frame.index, dtype="str")


def _set_services_aside(receipt: Receipt, frame: pd.DataFrame, people: _People) -> dict[str, set[str]]:
    """Set aside what is from nobody, and to nobody; gives the people of each conversation."""
    coming = frame["kind"] == "incoming"
    receipt.set_aside(coming & frame["sender"].isna(), SERVICE)
    receipt.set_aside(coming & frame["sender"].isin(people.own), YOURSELF)
    wrote = frame[receipt.left & coming].groupby("session")["sender"].agg(set).to_dict()
    services = set(frame.loc[coming & frame["sender"].isna(), "session"]) - wrote.keys()
    within = {
        str(session): set() if session in services else people.within(str(session), wrote.get(session, ()))
        for session in frame["session"].unique()
    }
    empty = frame["session"].map(lambda session: not within[session]).astype("bool")
    receipt.set_aside(empty & frame["session"].isin(services), SERVICE)
    receipt.set_aside(empty, YOURSELF)
    return within


def _text(cells: Any) -> Text:
    """The message in a row; a picture without a word is no text."""
    words = cells.text if cells.text or not cells.attachment else None
    direction = "in" if cells.kind == "incoming" else "out"
    return Text(int(cells.row), cells.at.timestamp(), direction, words, cells.attachment)


SOURCE = TableSource(_SIGNATURES, COLUMNS, _IGNORED, _draft)
