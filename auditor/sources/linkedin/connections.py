"""Connections.csv, in every form since the Outlook export of 2015: who the owner is connected with, and since when."""

from __future__ import annotations

from functools import partial

import pandas as pd

from auditor.mentions import email_key, slug
from auditor.records import Owner, Records, identifiers, interactions, people
from auditor.sources.linkedin.persons import full_names, keys, slugs, told_apart
from auditor.sources.receipt import Receipt
from auditor.sources.source import Draft, TableSource
from auditor.sources.tables import Table

COLUMNS = {
    "first": ("First Name", "Prénom", "Vorname", "Nombre", "Nome"),
    "last": ("Last Name", "Nom", "Nachname", "Apellidos", "Apellido", "Sobrenome", "Cognome"),
    "url": ("URL", "Profile URL"),
    "email": ("Email Address", "E-mail Address"),
    "company": ("Company", "Current Company", "Entreprise", "Firma", "Empresa", "Azienda"),
    "position": ("Position", "Current Position", "Job Title", "Poste", "Cargo"),
    "on": ("Connected On", "Connecté le", "Verbunden am", "Conectado el", "Conectado em", "Collegato il"),
}
"""Real exports have English headers in every language of the account; the others are what spreadsheets make of them."""

_OUTLOOK = (
    "Title;Middle Name;Suffix;E-mail 2 Address;E-mail 3 Address;Business Street;Business Street 2;"
    "Business Street 3;Business City;"
    "Business State;Business Postal Code;Business Country;Home Street;Home Street 2;Home Street 3;Home City;Home State;"
    "Home Postal Code;Home Country;Other Street;Other Street 2;Other Street 3;Other City;Other State;Other Postal Code;"
    "Other Country;Assistant's Phone;Business Fax;Business Phone;Business Phone 2;Callback;Car Phone;"
    "Company Main Phone;Home Fax;"
    "Home Phone;Home Phone 2;ISDN;Mobile Phone;Other Fax;Other Phone;Pager;Primary Phone;Radio Phone;"
    "TTY/TDD Phone;Telex;"
    "Assistant's Name;Birthday;Manager's Name;Notes;Other Address PO Box;Spouse;Web Page;Personal Web Page;Department"
).split(";")
_IGNORED = (*_OUTLOOK, "Address", "Websites", "Instant Messengers", "Tags")
_SIGNATURES = (
    frozenset({"firstname", "lastname", "connectedon"}),
    frozenset({"emailaddress", "jobtitle", "webpage"}),
    frozenset({"firstname", "lastname", "currentcompany", "currentposition"}),
    frozenset({"prenom", "nom", "connectele"}),
    frozenset({"vorname", "nachname", "verbundenam"}),
    frozenset({"nombre", "conectadoel"}),
    frozenset({"nome", "sobrenome", "conectadoem"}),
    frozenset({"nome", "cognome", "collegatoil"}),
)
_NAMELESS = "nameless (profile closed or hidden)"
_LOST = r"\?\w|\w\?|\?\?"
"""What a spreadsheet leaves of letters that its encoding does not have."""
_SAVED = "the file was saved in an encoding that lacks them; take the original, or save it as CSV UTF-8"


def _draft(table: Table) -> Draft:
    return Draft(partial(_records, table, table.frame()))


def _records(table: Table, frame: pd.DataFrame, owner: Owner) -> Records:
    receipt = Receipt(table, "connections", frame["row"])
    frame["name"] = full_names(frame["first"], frame["last"])
    ends = pd.Series([slug(url) or "" for url in frame["url"].tolist()], index=frame.index, dtype="str")
    frame["name"] = frame["name"].where(frame["name"] != "", ends)
    frame["person"] = keys(frame["url"], frame["name"])
    frame["connected_on"] = table.times(frame["on"]).dt.normalize()
    receipt.set_aside((frame[list(COLUMNS)] == "").all(axis=1), "blank row")
    lost = (frame["first"] + " " + frame["last"]).str.contains(_LOST, regex=True)
    receipt.set_aside(frame["person"].isna() & lost, f"no letter of the name is left: {_SAVED}")
    receipt.set_aside(frame["person"].isna(), _NAMELESS)
    receipt.set_aside(frame["person"].isin(owner.keys) & (frame["url"] != ""), "yourself")
    receipt.set_aside(frame["person"].str.startswith("linkedin:") & frame["person"].duplicated(), "same profile again")
    again = frame["connected_on"].notna() & frame[list(COLUMNS)].duplicated()  # without a day it may be a namesake
    receipt.set_aside(again, "same row again")
    if (partly := receipt.left & lost.to_numpy()).any():
        receipt.note(f"names that lost letters: {_SAVED}", int(partly.sum()), int(frame["row"][partly].min()))
    undated = receipt.left & frame["connected_on"].isna() & table.has("on")
    if undated.any():
        receipt.note("connections without a readable date", int(undated.sum()), int(frame["row"][undated].min()))
    frame = told_apart(frame[receipt.left].copy(), owner)
    return Records(
        people=_people(frame, table.shown),
        identifiers=_identifiers(frame),
        interactions=interactions(),
        coverage=receipt.coverage("connections"),
    )


def _people(frame: pd.DataFrame, shown: str) -> pd.DataFrame:
    rows = frame[["person", "name", "company", "position", "connected_on"]].assign(connection=True, source=shown)
    for column in ("company", "position"):
        rows[column] = rows[column].where(rows[column] != "")
    return people(rows)


def _identifiers(frame: pd.DataFrame) -> pd.DataFrame:
    addresses = pd.Series([email_key(address) for address in frame["email"].tolist()], index=frame.index, dtype="str")
    mails = pd.DataFrame({"person": frame["person"], "kind": "email", "value": addresses.str.removeprefix("email:")})
    return pd.concat([slugs(frame["person"]), identifiers(mails.dropna(subset=["value"]))], ignore_index=True)


SOURCE = TableSource(_SIGNATURES, COLUMNS, _IGNORED, _draft)
