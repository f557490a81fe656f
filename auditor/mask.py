"""The same network under other names, for screenshots: every human gets one fictional name, and all else that names
somebody, or a file of theirs, is replaced with it. What was measured stays what it is.

Masked are the records, so that whatever is made of them shows no other name. Each human goes by one key there, which
says who is who; for a day in the past, when two mentions were not known for one human yet, numbers can differ a little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import pandas as pd

from auditor import records as waist
from auditor.callers import LAST_DIGITS
from auditor.kinds import SERVICE
from auditor.marks import Marks, label_table, rating_table
from auditor.mentions import fold
from auditor.organisations import organisation
from auditor.records import Owner, Records

OWNER = "Robin Sample"
"""What the owner is called under every mask."""

_FIRST = (
    "Abel Ada Aino Alba Amara Anouk Arlo Asta Bela Bianca Boris Carmen Cosmo Dagny Dario Delia Edda Elio Ember Esme "
    "Fabio Fern Flora Gideon Greta Hana Hugo Ilse Imani Ivo Jana Joel Juno Kasimir Keiko Lara Leif Lina Mabel Malik "
    "Mira Nadja Nils Noor Odin Olga Otis Paloma Petra Quinn Rafael Rhea Romy Saskia Selma Silas Tamsin Thea Tilda "
    "Ulla Una Vera Viggo Wanda Wilma Xenia Yara Yusuf Zelda Zora"
).split()
_LAST = (
    "Alderwick Amberley Ashgrove Barnfield Bellweather Birchall Blackthorn Brightwell Brookbank Calloway Cinderford "
    "Clearwater Copperfield Cranmere Dalewood Driftwood Eastlake Elmhurst Fairbairn Fenwick Firth Foxglove Garland "
    "Glenmoor Goldcrest Greenhalgh Harrow Hawksmoor Hazelby Heathcote Hollin Ironside Juniper Kestrel Larkspur "
    "Linden Lockwood Marigold Meadows Millbrook Moorland Nightingale Northcott Oakhurst Orchard Pemberton Penrose "
    "Primrose Quill Ravenscroft Redfern Riverton Rookwood Rosewarne Sandalwood Silverton Snowdon Stonebridge Summerby "
    "Swanwick Tanglewood Thistledown Underhill Vale Wakefield Waterhouse Westbrook Whitlock Wildgoose Willowby "
    "Winterbourne Wolfram Wrenfield Yarwood Yewdale"
).split()
_FIELDS = (
    "Works Labs Partners Studio Foods Energy Systems Media Health Bank Press Design Logistics Textiles Garden".split()
)
_TITLE_ENDS = re.compile(r"\s(?:at|bei|chez|en|of|von|für|for|@)\s|[@|,;:·•/()–—]|\s-\s", re.IGNORECASE)
"""Where the name of an employer begins in a job's title."""


@dataclass(frozen=True, slots=True)
class Mask:
    """Records under other names. `key`: mention → the key that its human has in them."""

    records: Records
    key: Mapping[str, str]

    def marks(self, real: Marks) -> Marks:
        """What the owner said, of the same humans; who is who needs no saying."""
        ratings, labels = (table.assign(person=table["person"].map(self.key)) for table in (real.ratings, real.labels))
        return Marks(
            ratings=rating_table(ratings.dropna(subset="person")),
            labels=label_table(labels.dropna(subset="person")),
        )


def of(records: Records, human: pd.Series[str]) -> Mask:
    """The mask over `records`; `human` is mention → human (identity.resolve)."""
    mentions = human.index.union(pd.Index(sorted(records.owner.keys)))
    who = {str(mention): str(human.get(mention, mention)) for mention in mentions}
    humans = sorted(set(who.values()))
    owners = _owners(records, who)
    names = dict.fromkeys(owners, OWNER) | _names([one for one in humans if one not in owners], records.people["name"])
    keys = _keys(humans, names)
    key = {mention: keys[one] for mention, one in who.items()}
    files = _files(records.coverage)
    companies = _companies([*records.people["company"].dropna().unique(), *records.owner.companies])
    return Mask(
        Records(
            people=_people(records.people, who, names, key, companies, files),
            identifiers=_identifiers(records.identifiers, key),
            interactions=_interactions(records.interactions, key, files),
            coverage=_coverage(records.coverage, files),
            owner=replace(
                records.owner,
                names=(OWNER,) if records.owner.names else (),
                keys=frozenset(key[one] for one in records.owner.keys),
                companies=tuple(dict.fromkeys(companies[one] for one in records.owner.companies)),
            ),
            broadcasts=records.broadcasts,
        ),
        key,
    )


def _owners(records: Records, who: Mapping[str, str]) -> set[str]:
    """The humans who are the owner, by key or by name."""
    owner: Owner = records.owner
    names = {name: owner.goes_by(str(name)) for name in records.people["name"].dropna().unique()}
    called = records.people.loc[records.people["name"].map(names).fillna(value=False).astype(bool), "person"]
    return {who[one] for one in owner.keys} | {who[str(one)] for one in called}


def _names(humans: Sequence[str], real: pd.Series[str]) -> dict[str, str]:
    """A name for each human, no two alike and none of anybody here; by the key, but where two would share it."""
    taken = {fold(str(name)) for name in real.dropna().unique()} | {fold(OWNER)}
    given: dict[str, str] = {}
    for human in humans:
        draw = int.from_bytes(blake2b(human.encode(), digest_size=8, person=b"auditor-mask").digest())
        while fold(name := _name(draw)) in taken:
            draw += 1
        taken.add(fold(name))
        given[human] = name
    return given


def _name(number: int) -> str:
    """The name of a number: two words with a letter between, about 150,000 of them."""
    number, first = divmod(number, len(_FIRST))
    number, last = divmod(number, len(_LAST))
    return f"{_FIRST[first]} {chr(65 + number % 26)}. {_LAST[last]}"


def _keys(humans: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    """A key of the same sort for each human; in their order, since some draws hang on it. Desks stay desks, and numbers
    that are neighbours stay neighbours.
    """
    blocks = sorted({one[:-LAST_DIGITS] for one in humans if one.startswith("phone:")})
    block, within = {one: place for place, one in enumerate(blocks)}, dict.fromkeys(blocks, 0)
    found: dict[str, str] = {}
    for place, human in enumerate(humans):
        kind, _, value = human.partition(":")
        if kind == "phone":
            start = human[:-LAST_DIGITS]
            found[human] = f"phone:+1555{block[start]:05d}{within[start]:0{LAST_DIGITS}d}"
            within[start] += 1
        elif kind == "email":
            found[human] = f"email:{'info.' if SERVICE.match(human) else 'p'}{place:06d}@example.org"
        elif kind == "name":
            where = "linkedin" if value.endswith("@linkedin") else "file"
            found[human] = f"name:{place:06d} {fold(names[human])}@{where}"
        else:
            found[human] = f"{kind}:example-{place:06d}"
    return found


def _companies(real: Iterable[str]) -> dict[str, str]:
    """Company → another name, the same for all spellings of one employer; what is no employer stays."""
    written = sorted({str(company) for company in real})
    employers = sorted({employer for company in written if (employer := organisation(company))})
    taken = {fold(company) for company in written}
    given: dict[str, str] = {}
    draw = 0
    for employer in employers:
        while fold(name := _company(draw)) in taken:
            draw += 1
        given[employer] = name
        draw += 1
    return {company: given[key] if (key := organisation(company)) else company for company in written}


def _company(number: int) -> str:
    number, last = divmod(number, len(_LAST))
    number, field = divmod(number, len(_FIELDS))
    return f"{_LAST[last]} {_FIELDS[(field + last) % len(_FIELDS)]}{f' {number + 1}' if number else ''}"


def _files(coverage: pd.DataFrame) -> dict[str, str]:
    """File → a number."""
    return {str(file): f"file {place}" for place, file in enumerate(coverage["file"].unique(), 1)}


def _people(
    people: pd.DataFrame,
    who: Mapping[str, str],
    names: Mapping[str, str],
    key: Mapping[str, str],
    companies: Mapping[str, str],
    files: Mapping[str, str],
) -> pd.DataFrame:
    named = people["name"].notna() & (people["name"] != "")
    fictional = people["person"].map(who).map(names)
    itself = named & (people["name"] == people["company"])  # an organisation's own entry
    return waist.people(
        people.assign(
            name=people["name"].mask(named, fictional),
            person=people["person"].map(key),
            company=people["company"].map(companies).mask(itself, fictional),
            position=people["position"].map(_title, na_action="ignore"),
            source=people["source"].map(files),
        )
    )


def _title(position: str) -> str:
    """A job's title without where it is held."""
    return _TITLE_ENDS.split(position, maxsplit=1)[0].strip() or "Member"


def _identifiers(identifiers: pd.DataFrame, key: Mapping[str, str]) -> pd.DataFrame:
    """One made-up identifier for each kind that a human has: none is shared, and none is anybody's."""
    mine = identifiers.assign(person=identifiers["person"].map(key)).drop_duplicates(["person", "kind"])
    number = pd.Series(range(len(mine)), index=mine.index).astype("str").str.zfill(6)
    value = mine["kind"].map({"email": "p", "phone": "+1555", "handle": "h", "linkedin": "example-"}) + number
    return waist.identifiers(mine.assign(value=value + mine["kind"].map({"email": "@example.org"}).fillna("")))


def _interactions(exchanges: pd.DataFrame, key: Mapping[str, str], files: Mapping[str, str]) -> pd.DataFrame:
    threads = exchanges["thread"].cat
    return waist.interactions(
        exchanges.assign(
            person=exchanges["person"].astype("str").map(key),
            introduced_by=exchanges["introduced_by"].astype("str").map(key),
            thread=threads.rename_categories([f"thread-{n:07d}" for n in range(len(threads.categories))]),
            source=exchanges["source"].astype("str").map(files),
        )
    )


def _coverage(coverage: pd.DataFrame, files: Mapping[str, str]) -> pd.DataFrame:
    """The receipt; remarks, which can quote a file, are not told."""
    remarks = coverage["role"] == "note"
    return waist.coverage(
        coverage.assign(file=coverage["file"].map(files), what=coverage["what"].mask(remarks, "a remark"))
    )
