"""Which column of a connection list says what: the owner's choice, and what names and values propose for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import pandas as pd

from auditor.mentions import email_key
from auditor.sources import profiles
from auditor.sources.peek import Header, Peek, fold
from auditor.sources.times import instants

ROWS_SHOWN = 5
UNKNOWN_NETWORK = "list"


@dataclass(frozen=True, slots=True)
class ListColumns:
    """Which column of a connection list says what: the header's names as written, None where there is no such column.

    `network`: one word for where the list is from; people of whom only the name is known are told apart by it.
    `day_first`: how 03/04/2026 is meant; None: the column tells, or else the month comes first.
    """

    name: str | None = None
    first: str | None = None
    last: str | None = None
    profile: str | None = None
    email: str | None = None
    since: str | None = None
    company: str | None = None
    position: str | None = None
    network: str = UNKNOWN_NETWORK
    day_first: bool | None = None

    @property
    def label(self) -> str:
        """The network as it stands in keys."""
        return fold(self.network) or UNKNOWN_NETWORK

    @property
    def columns(self) -> dict[str, str]:
        """The columns that are chosen: what they say → their name."""
        chosen = {role: getattr(self, role) for role in ROLES}
        return {role: name for role, name in chosen.items() if name is not None}


ROLES = tuple(f.name for f in fields(ListColumns) if f.name not in ("network", "day_first"))
"""What a column may say, in the order a chooser shows them."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A table to choose columns of: the file as the receipt shows it, the header's names and the first rows as written,
    and what to choose if the owner has nothing better to say (None: nothing tells who the people are).
    """

    file: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    proposal: ListColumns | None


_SPELLED = {
    "name": "name;full name;display name;contact;contact name;contact person;nom complet;nombre completo;nome completo",
    "first": "first name;given name;firstname;vorname;prenom;nombre;nome",
    "last": "last name;surname;family name;lastname;nachname;nom;nom de famille;apellidos;apellido;sobrenome;cognome",
    "profile": "profile;profile url;profile link;profile page;linkedin;linkedin url;xing;xing profile;handle;"
    "account address;profil;profil url;profil link;profillink;profilseite;lien du profil;lien profil;"
    "url del perfil;perfil;url do perfil;profilo",
    "email": "email;e mail;email address;e mail address;mail;e mail adresse;adresse e mail;courriel;correo",
    "since": "since;connected on;connected since;connection date;contact since;contacts since;friends since;"
    "friend since;added;added on;added at;date added;followed on;following since;kontakt seit;verbunden seit;"
    "verbunden am;kontakte seit;contact depuis;en contact depuis;ajoute le;contacto desde;conectado el;"
    "contato desde;conectado em;contatto dal;collegato il",
    "company": "company;current company;organization;organisation;employer;firma;unternehmen;entreprise;societe;"
    "empresa;azienda",
    "position": "position;job title;title;role;poste;fonction;cargo;puesto;posizione;ruolo",
}
_NAMES = {role: [fold(name) for name in names.split(";")] for role, names in _SPELLED.items()}
_FOLLOWED = frozenset({"accountaddress", "showboosts"})
"""Mastodon's following_accounts.csv: whom the owner follows, by address alone."""

_A_NAME = re.compile(r"[^\W\d_][^\d@/:]*\s[^\d@/:]+")
_LOOKS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "profile": lambda cells: cells.map(lambda cell: "//" in cell and profiles.key(cell) is not None),
    "email": lambda cells: cells.map(lambda cell: email_key(cell) is not None and not re.search(r"[/\s]", cell)),
    "since": lambda cells: instants(cells).notna(),
    "name": lambda cells: cells.map(lambda cell: _A_NAME.fullmatch(cell) is not None),
}
"""What the cells of a column look like, for the roles that can be told so."""

_LOOKED_AT = 50  # rows


def plain(peek: Peek) -> bool:
    """Whether the header itself says that this is a connection list: who, which profile, since when."""
    header = peek.table
    if header is None:
        return False
    found = _by_name(header)
    named = found.name or (found.first and found.last)
    return bool(named and found.profile and found.since) or set(header.folded) >= _FOLLOWED


def preview(peek: Peek) -> Preview | None:
    """What to show of a table, or None for a file that is none."""
    header = peek.table
    if header is None:
        return None
    return Preview(peek.file.shown, header.names, _rows(peek, header)[:ROWS_SHOWN], propose(peek))


def propose(peek: Peek) -> ListColumns | None:
    """The choice that names and first values suggest; None where nothing would tell who the people are."""
    header = peek.table
    if header is None:
        return None
    rows = _rows(peek, header)
    found = _by_value(_by_name(header), header, rows)
    if not (found.name or found.first or found.last or found.profile or found.email):
        return None
    return replace(found, network=_network(found, header, rows), day_first=_day_first(found, header, rows))


def _by_name(header: Header) -> ListColumns:
    found = ListColumns()
    for role, names in _NAMES.items():
        place = next((header.folded.index(name) for name in names if name in header.folded), None)
        found = found if place is None else _with(found, role, header.names[place])
    return found


def _by_value(found: ListColumns, header: Header, rows: Sequence[Sequence[str]]) -> ListColumns:
    """The same, with roles that are still open given to columns that are still free, by what most cells look like."""
    for role, looks in _LOOKS.items():
        taken = set(found.columns.values())
        if role in found.columns or (role == "name" and (found.first or found.last)):
            continue
        for place, name in enumerate(header.names):
            cells = pd.Series([row[place].strip() for row in rows[:_LOOKED_AT] if row[place].strip()], dtype="str")
            if name and name not in taken and len(cells) and looks(cells).mean() > 0.5:
                found = _with(found, role, name)
                break
    return found


def _with(found: ListColumns, role: str, name: str) -> ListColumns:
    chosen: dict[str, Any] = {role: name}
    return replace(found, **chosen)


def _network(found: ListColumns, header: Header, rows: Sequence[Sequence[str]]) -> str:
    """The network in one word, as the profiles' host has it: `xing` of www.xing.com.

    Never LinkedIn: in a list with LinkedIn's addresses, a mere name is still not a name of LinkedIn's own files.
    """
    keys = (profile_key(cell) or "" for cell in _cells(found.profile, header, rows))
    hosts = Counter(key.split(":")[1] for key in keys if key.startswith("handle:"))
    return hosts.most_common(1)[0][0].split(".")[-2] if hosts else UNKNOWN_NETWORK


def _day_first(found: ListColumns, header: Header, rows: Sequence[Sequence[str]]) -> bool | None:
    dates = [re.match(r"(\d{1,2})/(\d{1,2})/", cell) for cell in _cells(found.since, header, rows)]
    firsts = any(int(date[1]) > 12 for date in dates if date)
    seconds = any(int(date[2]) > 12 for date in dates if date)
    return firsts if firsts != seconds else None


def _cells(column: str | None, header: Header, rows: Sequence[Sequence[str]]) -> list[str]:
    return [row[header.names.index(column)].strip() for row in rows] if column else []


def _rows(peek: Peek, header: Header) -> tuple[tuple[str, ...], ...]:
    """The first records, each as long as the header."""
    width = len(header.names)
    return tuple(tuple([*row, *[""] * width][:width]) for row in peek.rows(header))


def profile_key(cell: str) -> str | None:
    """The key of a profile's address, or of an account on a federated network."""
    return profiles.key(cell) or profiles.account(cell)
