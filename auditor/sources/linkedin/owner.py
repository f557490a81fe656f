"""Whose export this is: the files in which the owner describes themselves, and what the other files tell."""

from __future__ import annotations

from functools import partial

import pandas as pd

from auditor.mentions import email_key
from auditor.records import Owner, Records, identifiers, interactions, people
from auditor.sources.linkedin.persons import full_names
from auditor.sources.phones import phone_keys
from auditor.sources.receipt import Receipt
from auditor.sources.source import Clues, Draft, TableSource
from auditor.sources.tables import Table

COLUMNS = {
    "first": ("First Name",),
    "last": ("Last Name",),
    "maiden": ("Maiden Name",),
    "email": ("Email Address",),
    "number": ("Number",),
    "company": ("Company Name",),
}
_IGNORED = (
    "Address;Birth Date;Contact Instructions;Headline;Summary;Industry;Country;Zip Code;Geo Location;"
    "Twitter Handles;Websites;Instant Messengers;Title;Description;Location;Started On;Finished On;"
    "Confirmed;Primary;Updated On;Extension;Type;Is_WhatsApp_Number"
).split(";")
_SIGNATURES = (
    frozenset({"firstname", "lastname", "headline"}),
    frozenset({"emailaddress", "confirmed", "primary"}),
    frozenset({"extension", "number"}),
    frozenset({"companyname", "title", "startedon", "finishedon"}),
)


def _draft(table: Table) -> Draft:
    frame = table.frame()
    return Draft(partial(_records, table, frame), _clues(frame))


def _clues(frame: pd.DataFrame) -> Clues:
    maiden = full_names(frame["first"], frame["maiden"]).where(frame["maiden"] != "", "")
    names = tuple(name for name in [*full_names(frame["first"], frame["last"]), *maiden] if name)
    keys = {email_key(address) for address in frame["email"]} | set(phone_keys(",".join(frame["number"])))
    return Clues(
        names=names,
        keys=frozenset(filter(None, keys)),
        companies=tuple(dict.fromkeys(c for c in frame["company"] if c)),
    )


def _records(table: Table, frame: pd.DataFrame, _: Owner) -> Records:
    receipt = Receipt(table, "owner", frame["row"])
    receipt.set_aside((frame[list(COLUMNS)] == "").all(axis=1), "blank row")
    return Records(people(), identifiers(), interactions(), receipt.coverage("what you say about yourself"))


SOURCE = TableSource(_SIGNATURES, COLUMNS, _IGNORED, _draft)
