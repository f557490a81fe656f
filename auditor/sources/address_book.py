"""Address books of any make: entries that bridge names, numbers, mail addresses and profiles, made into records.

Nobody in an address book is a tie for standing in it: an entry names whom calls, mails and meetings are with, says who
is family, and which number is a company's. What the owner wrote down of somebody besides, the birthday, the city and a
note, are facts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from auditor import mentions
from auditor.mentions import email_key, name_key
from auditor.records import Owner, Records
from auditor.sources import profiles
from auditor.sources.logbook import Logbook
from auditor.sources.peek import fold
from auditor.sources.phones import phone_key

KIND = "address book"
LABEL = "addressbook"  # a name in an address book is not silently the same name on LinkedIn
FAMILY = frozenset(
    map(
        fold,
        "family familie famille familia famiglia familj familien gezin perhe rodzina aile семья 家族 家人 가족".split(),
    )
)
"""What owners call the group of their relatives, folded."""

KIN = frozenset(
    "spouse child parent sibling kin relative mother father brother sister son daughter husband wife partner "
    "domesticpartner".split()
)
"""The relations, folded, by which vCard (RFC 6350 §6.6.6), Apple, Android and Google mean family. An emergency contact
may be a friend."""

_DAY = re.compile(r"(?:(\d{4})-?|--| *)(\d\d)-?(\d\d)(?:\D|$)")
_NO_YEAR = "1604"
"""What Apple writes for a birthday without a year."""
NOTE_LENGTH = 1000
"""Characters of a note that are kept: the rest of so long a one is no note on a person."""

_EXTENSION = re.compile(r"\s*(?:[,;#]|ext|x|p|w).*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its file has it. `kin`: the names, or `uid`s, of those whom it calls its relatives. `birthday`: as
    records.FACTS has it, or empty.
    """

    row: int
    name: str
    company: str = ""
    position: str = ""
    links: Sequence[str] = ()
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    family: bool = False
    uid: str = ""
    kin: Sequence[str] = ()
    birthday: str = ""
    cities: Sequence[str] = ()
    note: str = ""

    def ids(self, region: str | None) -> list[str]:
        """Its keys, the strongest first: profile, mail addresses, numbers (of `region` where they name no country)."""
        found = [
            *map(profiles.linkedin, self.links),
            *map(email_key, self.emails),
            *(phone_key(_EXTENSION.sub("", number.strip().removeprefix("tel:")), region) for number in self.phones),
        ]
        return list(dict.fromkeys(filter(None, found)))


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry with its keys, as the owner's region makes them."""

    entry: Entry
    ids: Sequence[str]


def says_family(groups: Iterable[str]) -> bool:
    """Whether one of an entry's groups is that of the family."""
    return any(fold(group) in FAMILY for group in groups)


def birthday(written: str) -> str:
    """A birthday as records.FACTS has it, of what an address book has; empty where that is no day.

    >>> birthday("1985-03-14T00:00:00Z"), birthday("19850314"), birthday("--0314"), birthday("1604-03-14")
    ('1985-03-14', '1985-03-14', '--03-14', '--03-14')
    >>> birthday("14 March"), birthday("--02-29"), birthday("2023-02-29")
    ('', '--02-29', '')
    """
    found = _DAY.match(written.strip())
    if not found:
        return ""
    year = "" if (found[1] or "") in ("", "0000", _NO_YEAR) else found[1]
    try:
        day = date(int(year or 2000), int(found[2]), int(found[3]))  # 2000 had a 29 February
    except ValueError:
        return ""
    return f"{day:%Y-%m-%d}" if year else f"--{day:%m-%d}"


def file(book: Logbook, entries: Iterable[Entry], owner: Owner, family: Iterable[str] = ()) -> Records:
    """The records of the entries, each counted in the book. `family`: names or uids known as family from elsewhere.

    An address or number under several different names is nobody's in particular: it stands as an entry of its own. The
    owner's own entry names the family, and what else is on it is the owner's too.
    """
    known = [_Known(entry, entry.ids(owner.region)) for entry in entries]
    own = [k for k in known if _is_owner(k, owner)]
    relatives = {_same(who) for who in (*family, *(kin for k in own for kin in k.entry.kin))}
    others = [_told(k, relatives, owner) for k in known if k.entry.name and k not in own]
    shared = _shared(others)
    for k in known:
        if not k.entry.name:
            book.set_aside("nameless", k.entry.row)
        elif k in own:
            book.set_aside("yourself", k.entry.row)
    for k in others:
        _enter(book, k, shared)
    for key, holders in shared.items():
        _enter_shared(book, key, [holder.entry for holder in holders])
    certain = {i for k in own if not owner.keys.isdisjoint(k.ids) for i in k.ids}
    mine = certain.difference(i for k in others for i in k.ids)
    return replace(book.records("address book entries"), owner=Owner(keys=frozenset(mine)))


def _is_owner(known: _Known, owner: Owner) -> bool:
    return not owner.keys.isdisjoint(known.ids) or owner.goes_by(known.entry.name)


def _told(known: _Known, relatives: set[str], owner: Owner) -> _Known:
    """The same, marked as family if the owner's entry names it, or it names the owner, as a relative."""
    entry = known.entry
    named = _same(entry.name) in relatives or bool(entry.uid and _same(entry.uid) in relatives)
    family = entry.family or named or any(map(owner.goes_by, entry.kin))
    return replace(known, entry=replace(entry, family=family))


def _same(who: str) -> str:
    """A name or uid as it is compared."""
    plain = who.strip().casefold()
    return plain.removeprefix("urn:uuid:") if plain.startswith("urn:") else mentions.fold(who) or plain


def _shared(known: Iterable[_Known]) -> dict[str, list[_Known]]:
    """The addresses and numbers that are under names which cannot be one person's, with who has them."""
    holders: dict[str, list[_Known]] = defaultdict(list)
    for k in known:
        for key in k.ids:
            if not key.startswith("linkedin:"):  # a profile is one person's, however often the name is spelt anew
                holders[key].append(k)
    return {key: found for key, found in holders.items() if not all(_alike(found[0], k) for k in found[1:])}


def _alike(one: _Known, other: _Known) -> bool:
    """Whether two names may be one person's: the same first word ("Ann Lee", "Ann"), or one is part of the other."""
    a, b = (mentions.fold(k.entry.name).split() for k in (one, other))
    return a[:1] == b[:1] or set(a) <= set(b) or set(b) <= set(a)


def _enter(book: Logbook, known: _Known, shared: Mapping[str, object]) -> None:
    entry, ids = known.entry, [i for i in known.ids if i not in shared]
    key = ids[0] if ids else name_key(entry.name, LABEL)
    if key is None:  # a name of signs only
        book.set_aside("nameless", entry.row)
        return
    relation = "family" if entry.family else None
    book.person(key, entry.name, company=entry.company, position=entry.position, relation=relation)
    for kind, _, value in (i.partition(":") for i in ids):
        book.identifier(key, kind, value)
    for kind, told in (("birthday", [entry.birthday]), ("city", entry.cities), ("note", [entry.note[:NOTE_LENGTH]])):
        for value in dict.fromkeys(told):
            book.fact(key, kind, value)
    book.keep(entry.row)


def _enter_shared(book: Logbook, key: str, holders: Sequence[Entry]) -> None:
    """A household's number, a company's switchboard: known, and as family or with the company, but nobody's alone."""
    companies = {entry.company for entry in holders}
    book.person(
        key,
        " / ".join(dict.fromkeys(entry.name for entry in holders)),
        company=companies.pop() if len(companies) == 1 else None,
        relation="family" if any(entry.family for entry in holders) else None,
    )
    book.note("an address or number that several entries share")
