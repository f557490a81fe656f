"""Contacts.csv or ImportedContacts.csv, the address books the owner once uploaded: the bridge to phones and mail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from auditor.records import Owner, Records
from auditor.sources import address_book
from auditor.sources.address_book import Entry
from auditor.sources.logbook import Logbook
from auditor.sources.receipt import with_remarks
from auditor.sources.source import Draft, TableSource
from auditor.sources.tables import Table

COLUMNS = {
    "first": ("FirstName",),
    "last": ("LastName",),
    "full": ("FullName",),
    "companies": ("Companies",),
    "title": ("Title",),
    "emails": ("Emails", "Email Address"),
    "phones": ("PhoneNumbers",),
}
_IGNORED = (
    "Source;CreatedAt;Addresses;Sites;InstantMessageHandles;Instant Message Handles;Birthday;Location;"
    "BookmarkedAt;Profiles"
).split(";")
_SIGNATURES = (frozenset({"source", "firstname", "phonenumbers"}), frozenset({"phonenumbers", "createdat"}))


def _draft(table: Table) -> Draft:
    return Draft(partial(_records, table, table.frame()))


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    book = Logbook(table.shown, address_book.KIND)
    blank = (frame[list(COLUMNS)] == "").all(axis=1)
    for row in frame.loc[blank, "row"]:
        book.set_aside("blank row", int(row))
    entries = [_entry(row, owner.region) for row in frame[~blank].to_dict("records")]
    return with_remarks(address_book.file(book, entries, owner), table)


def _entry(row: Mapping[Any, str], region: str | None) -> Entry:
    """The entry in a row. Numbers without a country are left out where the owner's is unknown: who knows on which of
    the owner's phones, and when, they were written down.
    """
    phones = re.split(r"[,;/]", row["phones"])
    return Entry(
        int(row["row"]),
        f"{row['first']} {row['last']}".strip() or row["full"],
        _said(row["companies"]),
        _said(row["title"]),
        emails=re.split(r"[,;\s]+", row["emails"]),
        phones=phones if region else [number for number in phones if "+" in number],
    )


def _said(cell: str) -> str:
    """What a cell says; some exports write `null`."""
    return "" if cell.casefold() == "null" else cell


SOURCE = TableSource(_SIGNATURES, COLUMNS, _IGNORED, _draft)
