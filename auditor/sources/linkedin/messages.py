"""messages.csv, in every form since 2018: who wrote to whom, when, and how much."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from auditor.mentions import linkedin_key
from auditor.records import CHANNELS, DIRECTIONS, UNKNOWN_OWNER, Owner, Records, coded, interactions
from auditor.sources import wording
from auditor.sources.linkedin.mailbox import Array, Mailbox, load
from auditor.sources.linkedin.parties import MEMBER, is_corporate
from auditor.sources.linkedin.persons import LABEL, key, mentioned, slugs
from auditor.sources.receipt import Receipt
from auditor.sources.source import Clues, Draft, TableSource
from auditor.sources.tables import Table
from auditor.sources.times import OPENED

COLUMNS = {
    "conversation": ("CONVERSATION ID",),
    "title": ("CONVERSATION TITLE",),
    "from": ("FROM",),
    "sender_url": ("SENDER PROFILE URL",),
    "to": ("TO",),
    "recipient_urls": ("RECIPIENT PROFILE URLS",),
    "date": ("DATE",),
    "subject": ("SUBJECT",),
    "content": ("CONTENT",),
    "folder": ("FOLDER",),
    "direction": ("Direction",),
    "draft": ("IS MESSAGE DRAFT",),
    "draft2": ("IS CONVERSATION DRAFT",),
}
_TODAY = frozenset({"conversationid", "from", "to", "date", "content"})
_UNTIL_2018 = frozenset({"from", "to", "date", "subject", "content", "direction", "folder"})
_YES = frozenset({"yes", "true", "1"})


def _draft(table: Table) -> Draft:
    mailbox = load(table, short_dates=table.has("direction"))
    return Draft(partial(_records, mailbox), _clues(mailbox))


def _clues(mailbox: Mailbox) -> Clues:
    """Whose mailbox it is: for certain where a column tells what is outgoing, or else who is in all conversations."""
    names, out = mailbox.columns["from"], _says(mailbox, "outgoing")
    if not out.any():
        return Clues(suspects=mailbox.suspects())
    name = names.values[np.bincount(names.codes[out]).argmax()].strip()
    return Clues(names=(name,), keys=frozenset(filter(None, [key("", name)])))


def _says(mailbox: Mailbox, direction: str) -> Array:
    return mailbox.columns["direction"].where(lambda value: value.strip().casefold() == direction)


def _records(mailbox: Mailbox, owner: Owner) -> Records:
    receipt = Receipt(mailbox.table, "messages", mailbox.measures["row"])
    sent = _sent(mailbox, owner)
    _without_humans(mailbox, receipt)
    if not _is_known(mailbox, owner):
        receipt.set_aside(receipt.left, UNKNOWN_OWNER)
    _without_partner(mailbox, receipt, sent, owner)
    receipt.set_aside(mailbox.measures["at"].isna(), "unreadable date")
    exchanges = _exchanges(mailbox, np.flatnonzero(receipt.left), sent, owner)
    names = dict(zip(mailbox.parties.keys, mailbox.parties.names, strict=True))
    persons = pd.Series(exchanges["person"].cat.categories, dtype="str")
    until = mailbox.measures["at"].max()
    covers = {"since": OPENED, "until": until} if _is_known(mailbox, owner) else {}  # unread messages prove no silence
    return Records(
        people=mentioned(persons, persons.map(names), mailbox.table.shown),
        identifiers=slugs(persons),
        interactions=interactions(exchanges),
        coverage=receipt.coverage("messages", **covers),
    )


def _is_known(mailbox: Mailbox, owner: Owner) -> bool:
    return bool(mailbox.columns["direction"].where(bool).any()) or not owner.keys.isdisjoint(mailbox.parties.keys)


def _sent(mailbox: Mailbox, owner: Owner) -> Array:
    """Marks what the owner wrote. Sent messages lie in the inbox too, so the folder does not tell."""
    return _says(mailbox, "outgoing") | (_owned(mailbox, owner)[mailbox.sender] & ~_says(mailbox, "incoming"))


def _owned(mailbox: Mailbox, owner: Owner) -> Array:
    """Marks the owner among the parties; one place more, so that number −1 is nobody."""
    return np.asarray([*(found in owner.keys for found in mailbox.parties.keys), False], bool)


def _without_humans(mailbox: Mailbox, receipt: Receipt) -> None:
    """Set aside what was never sent, and what nobody wrote for the owner."""
    column = mailbox.columns
    nobody = column["from"].where(_is_blank) & column["to"].where(_is_blank)
    unsent = column["draft"].where(_is_yes) | column["draft2"].where(_is_yes)
    loose = column["conversation"].where(_is_blank) & column["folder"].where(_is_blank)
    receipt.set_aside(nobody & loose & mailbox.measures["empty"], "blank row")
    receipt.set_aside(unsent | (loose & mailbox.table.has("conversation")), "draft")
    corporate = _per_sender(mailbox, is_corporate)
    titled = column["title"].where(lambda title: title.strip().casefold() == "sponsored conversation")
    receipt.set_aside(titled | mailbox.measures["campaign"] | corporate, "sponsored, or from LinkedIn itself")
    receipt.set_aside(column["folder"].where(lambda folder: folder.strip().casefold() == "spam"), "spam")


def _without_partner(mailbox: Mailbox, receipt: Receipt, sent: Array, owner: Owner) -> None:
    """Set aside what has no person on the other side."""
    column = mailbox.columns
    codes, lists = mailbox.recipients
    owned = _owned(mailbox, owner)
    reached = np.asarray([sum(not owned[n] for n in found.numbers) for found in lists], np.int64)[codes]
    nameless = np.asarray([found.nameless for found in lists], np.int64)[codes]
    receipt.set_aside(
        column["from"].where(_is_blank) & column["to"].where(_is_blank), "neither sender nor recipient named"
    )
    gone = ~sent & _per_sender(mailbox, lambda name, url: name.strip() == MEMBER and not linkedin_key(url))
    gone |= sent & (reached == 0) & (nameless > 0)
    _count_conversations(mailbox, receipt, gone)
    receipt.set_aside(gone, f"{MEMBER} (deleted or hidden account)")
    receipt.set_aside(sent & (reached == 0), "message to oneself, or to nobody")
    if mailbox.has_addresses:
        unlinked = _per_sender(mailbox, lambda name, url: bool(name.strip()) and not linkedin_key(url))
        receipt.set_aside(~sent & unlinked, "campaign (a named sender without a profile)")
    receipt.set_aside(~sent & (mailbox.sender < 0), "sender not named")


def _per_sender(mailbox: Mailbox, test: Any) -> Array:
    codes, pairs = mailbox.senders
    return np.fromiter((test(name, url) for name, url in pairs), bool, len(pairs))[codes]


def _count_conversations(mailbox: Mailbox, receipt: Receipt, gone: Array) -> None:
    conversations = np.unique(mailbox.columns["conversation"].codes[gone & receipt.left])
    if len(conversations):
        receipt.note(f"conversations with deleted or hidden accounts: {len(conversations)}")


def _exchanges(mailbox: Mailbox, left: Array, sent: Array, owner: Owner) -> pd.DataFrame:
    """One row an incoming message, and one a recipient of an outgoing one, in the order of the file."""
    codes, lists = mailbox.recipients
    owned = _owned(mailbox, owner)
    others = [tuple(n for n in found.numbers if not owned[n]) for found in lists]
    sizes = np.asarray([len(numbers) for numbers in others], np.int64)
    more = np.asarray([found.nameless for found in lists], np.int64)
    total = np.asarray([len(found.numbers) for found in lists], np.int64) + more
    flat = np.asarray([n for numbers in others for n in numbers], np.int64)
    starts = np.cumsum(sizes) - sizes

    out, came = left[sent[left]], left[~sent[left]]
    copies = sizes[codes[out]]
    place = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    person = np.concatenate([flat[np.repeat(starts[codes[out]], copies) + place], mailbox.sender[came]])
    beside = np.concatenate([np.repeat((sizes + more)[codes[out]] - 1, copies), np.maximum(total[codes[came]] - 1, 0)])
    message = np.concatenate([np.repeat(out, copies), came])
    order = np.argsort(message, kind="stable")
    return _frame(mailbox, message[order], person[order], beside[order], sent)


def _frame(mailbox: Mailbox, message: Array, person: Array, beside: Array, sent: Array) -> pd.DataFrame:
    measures = mailbox.measures.iloc[message].reset_index(drop=True)
    who = coded(person, mailbox.parties.keys).remove_unused_categories()
    title = mailbox.columns["title"].where(lambda value: "inmail" in value.casefold())[message]
    return pd.DataFrame(
        {
            "person": who,
            "at": measures["at"],
            "channel": coded(np.where(title, CHANNELS.index("inmail"), CHANNELS.index("message")), CHANNELS),
            "direction": coded(np.where(sent[message], DIRECTIONS.index("out"), DIRECTIONS.index("in")), DIRECTIONS),
            "thread": _threads(mailbox, message, who),
            "others": beside,
            **{name: measures[name] for name in (*wording.COLUMNS, "follow_up")},
            "digest": measures["digest"],
            "source": coded(np.zeros(len(message), np.int8), [mailbox.table.shown]),
            "row": measures["row"],
        }
    )


def _threads(mailbox: Mailbox, message: Array, who: pd.Categorical) -> pd.Categorical:
    """The conversation, or, in the exports of 2018 that name none, the person it is with."""
    column = mailbox.columns["conversation"]
    if not any(column.values):
        return who.rename_categories(lambda found: f"{LABEL}:{found}")
    named = [f"{LABEL}:{value}" for value in column.values]
    codes = np.where(column.where(bool), column.codes, -1)[message]
    return coded(codes, named)


def _is_blank(value: str) -> bool:
    return not value.strip()


def _is_yes(value: str) -> bool:
    return value.strip().casefold() in _YES


SOURCE = TableSource((_TODAY, _UNTIL_2018), COLUMNS, ("ATTACHMENTS",), _draft)
