"""Whose export this is: the files in which the owner describes themselves, and what the other files tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import pandas as pd

from auditor.mentions import email_key, fold
from auditor.records import Owner, Records, identifiers, interactions, people
from auditor.sources.linkedin.mailbox import same_name
from auditor.sources.linkedin.persons import full_names, key
from auditor.sources.linkedin.phones import phone_keys
from auditor.sources.receipt import Receipt
from auditor.sources.source import Clues, Draft, Suspect, TableSource
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
_PRESENT = 0.8  # of the conversations: measured 1.0 for the owner, below 0.02 for the next


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


def settle(clues: Iterable[Clues]) -> Owner:
    """The owner that all the files together point to. Where two persons fit equally well, neither is taken."""
    found = list(clues)
    names = list(dict.fromkeys(name for c in found for name in c.names))
    keys = {k for c in found for k in c.keys}
    for suspects in (c.suspects for c in found if c.suspects):
        chosen = _choice(suspects, keys, names)
        if chosen:
            keys.add(chosen.key)
            names.append(chosen.name)
    keys |= {own for name in names if (own := key("", name))}
    companies = dict.fromkeys(company for c in found for company in c.companies)
    return Owner(tuple(dict.fromkeys(names)), frozenset(keys), tuple(companies))


def _choice(suspects: Sequence[Suspect], keys: set[str], names: Sequence[str]) -> Suspect | None:
    known = [s for s in suspects if s.key in keys]
    called = [s for s in suspects if s.share >= _PRESENT / 2 and fold(s.name) in set(map(fold, names))]
    alike = [s for s in suspects if s.share >= _PRESENT and any(same_name(s.name, name) for name in names)]
    for fitting in (known, called, alike):
        if fitting and (len(fitting) == 1 or fitting[0].share > fitting[1].share):
            return fitting[0]
        if fitting:
            return None
    first, share = suspects[0], suspects[1].share if len(suspects) > 1 else 0.0
    return first if first.share >= _PRESENT and first.share > share else None


SOURCE = TableSource(_SIGNATURES, COLUMNS, _IGNORED, _draft)
