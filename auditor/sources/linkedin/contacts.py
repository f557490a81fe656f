"""Contacts.csv or ImportedContacts.csv, the address books the owner once uploaded: the bridge to phones and mail."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd

from auditor.mentions import email_key, name_key
from auditor.records import Owner, Records, identifiers, interactions, people
from auditor.sources.linkedin.persons import full_names
from auditor.sources.phones import phone_keys
from auditor.sources.receipt import Receipt
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
_BOOK = "addressbook"  # a name in an address book is not silently the same name on LinkedIn


def _draft(table: Table) -> Draft:
    return Draft(partial(_records, table, table.frame()))


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    receipt = Receipt(table, "address book", frame["row"])
    frame["name"] = full_names(frame["first"], frame["last"])
    frame["name"] = frame["name"].where(frame["name"] != "", frame["full"])
    frame["ids"] = [_ids(*cells) for cells in zip(frame["emails"], frame["phones"], strict=True)]
    frame["person"] = [_person(*cells) for cells in zip(frame["ids"], frame["name"], strict=True)]
    receipt.set_aside((frame[list(COLUMNS)] == "").all(axis=1), "blank row")
    receipt.set_aside(frame["person"].isna() | (frame["name"] == ""), "nameless")
    receipt.set_aside([not owner.keys.isdisjoint(ids) for ids in frame["ids"]], "yourself")
    left = frame[receipt.left]
    return Records(
        people=_people(left, table.shown),
        identifiers=_identifiers(left),
        interactions=interactions(),
        coverage=receipt.coverage("address book entries"),
    )


def _ids(emails: str, phones: str) -> list[str]:
    """The keys in a row: addresses first, then international numbers."""
    return [*filter(None, map(email_key, re.split(r"[,;\s]+", emails))), *phone_keys(phones)]


def _person(ids: list[str], name: str) -> str | None:
    return ids[0] if ids else name_key(name, _BOOK)


def _people(frame: pd.DataFrame, shown: str) -> pd.DataFrame:
    rows = frame[["person", "name"]].assign(connection=False, source=shown)
    for column, written in (("company", "companies"), ("position", "title")):
        rows[column] = frame[written].where(~frame[written].str.casefold().isin(["", "null"]))
    return people(rows)


def _identifiers(frame: pd.DataFrame) -> pd.DataFrame:
    pairs = [
        (person, *found.split(":", 1))
        for person, ids in zip(frame["person"], frame["ids"], strict=True)
        for found in ids
    ]
    return identifiers(pd.DataFrame(pairs, columns=["person", "kind", "value"])).drop_duplicates(ignore_index=True)


SOURCE = TableSource(_SIGNATURES, COLUMNS, _IGNORED, _draft)
