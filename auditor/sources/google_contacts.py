"""Google Contacts as CSV, in the form until 2024 (`Given Name`, `Group Membership`) and since (`First Name`, `Labels`).

Properties are numbered (`E-mail 1 - Value`), several values in a cell are joined by ` ::: `.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from auditor.records import Owner, Records
from auditor.sources import address_book
from auditor.sources.address_book import KIN, Entry, says_family
from auditor.sources.logbook import Logbook
from auditor.sources.peek import fold
from auditor.sources.receipt import with_remarks
from auditor.sources.source import Draft, TableSource
from auditor.sources.tables import Table

_MOST = range(1, 11)
"""How many of each property are read: a file has as many columns as its richest entry needs. More are unknown columns
in the receipt."""

_NUMBERED = {
    "email{}": ("E-mail {} - Value",),
    "phone{}": ("Phone {} - Value",),
    "phone{}_type": ("Phone {} - Label", "Phone {} - Type"),
    "link{}": ("Website {} - Value",),
    "relation{}": ("Relation {} - Value",),
    "city{}": ("Address {} - City",),
    "relation{}_type": ("Relation {} - Label", "Relation {} - Type"),
}
COLUMNS = {
    "name": ("Name",),
    "first": ("First Name", "Given Name"),
    "middle": ("Middle Name", "Additional Name"),
    "last": ("Last Name", "Family Name"),
    "nickname": ("Nickname",),
    "file_as": ("File As",),
    "company": ("Organization Name", "Organization 1 - Name"),
    "title": ("Organization Title", "Organization 1 - Title"),
    "groups": ("Labels", "Group Membership"),
    "birthday": ("Birthday",),
    "notes": ("Notes",),
    **{key.format(n): [name.format(n) for name in names] for n in _MOST for key, names in _NUMBERED.items()},
}
_IGNORED = [
    *(
        "Yomi Name;Given Name Yomi;Additional Name Yomi;Family Name Yomi;Phonetic First Name;Phonetic Middle Name;"
        "Phonetic Last Name;Name Prefix;Name Suffix;Initials;Short Name;Maiden Name;Gender;Location;"
        "Billing Information;Directory Server;Mileage;Occupation;Hobby;Sensitivity;Priority;Subject;Language;"
        "Photo;Organization Department"
    ).split(";"),
    *(
        f"{what} {n} - {part}"
        for n in _MOST
        for what, parts in {
            "E-mail": "Type;Label",
            "IM": "Type;Label;Service;Value",
            "Address": "Type;Label;Formatted;Street;PO Box;Region;Postal Code;Country;Extended Address",
            "Organization": "Type;Label;Name;Yomi Name;Title;Department;Symbol;Location;Job Description",
            "Website": "Type;Label",
            "Event": "Type;Label;Value",
            "Custom Field": "Type;Label;Value",
            "Calendar Link": "Type;Label;Value",
            "External ID": "Type;Label;Value",
            "Jot": "Type;Label;Value",
        }.items()
        for part in parts.split(";")
    ),
]
_SIGNATURES = (
    frozenset({"givenname", "familyname", "groupmembership"}),
    frozenset({"firstname", "lastname", "fileas", "labels"}),
)


def _draft(table: Table) -> Draft:
    return Draft(partial(_records, table, table.frame()))


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    book = Logbook(table.shown, address_book.KIND)
    blank = (frame[list(COLUMNS)] == "").all(axis=1)
    for row in frame.loc[blank, "row"]:
        book.set_aside("blank row", int(row))
    entries = [_entry(row) for row in frame[~blank].to_dict("records")]
    return with_remarks(address_book.file(book, entries, owner), table)


def _entry(row: Mapping[Any, str]) -> Entry:
    return Entry(
        int(row["row"]),
        _name(row),
        row["company"],
        row["title"],
        links=_values(row, "link{}"),
        emails=_values(row, "email{}"),
        phones=[number for kind, number in _typed(row, "phone{}") if "fax" not in kind],
        family=says_family(_split(row["groups"])),
        kin=[name for kind, name in _typed(row, "relation{}") if kind in KIN],
        birthday=address_book.birthday(row["birthday"]),
        cities=_values(row, "city{}"),
        note=" ".join(row["notes"].split()),
    )


def _name(row: Mapping[Any, str]) -> str:
    """The name, or what stands in its place; a mail address is none."""
    built = " ".join(part for part in (row["first"], row["middle"], row["last"]) if part)
    found = row["name"] or built or row["nickname"] or row["file_as"] or row["company"]
    return "" if "@" in found and " " not in found else found


def _split(cell: str) -> list[str]:
    """The values in a cell; the stars mark what Google chose first, or groups of its own."""
    return [value.strip().removeprefix("*").strip() for value in cell.split(":::")]


def _values(row: Mapping[Any, str], column: str) -> Sequence[str]:
    return [value for n in _MOST for value in _split(row[column.format(n)]) if value]


def _typed(row: Mapping[Any, str], column: str) -> Iterator[tuple[str, str]]:
    """(folded type, value) of each value of a property."""
    for n in _MOST:
        kind = fold(row[f"{column.format(n)}_type"])
        yield from ((kind, value) for value in _split(row[column.format(n)]) if value)


SOURCE = TableSource(_SIGNATURES, COLUMNS, _IGNORED, _draft)
