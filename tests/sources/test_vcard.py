"""Address cards of all three versions, as their producers write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import deliver
from auditor.records import Owner
from auditor.sources import Upload, read
from auditor.sources.archive import Archive
from auditor.sources.peek import Peek
from sources.conftest import lines

CARDS = Path(__file__).parents[1] / "fixtures" / "address_books"
OWNER = [
    Upload("Profile.csv", b"First Name,Last Name,Maiden Name,Headline\nAlex,Morgan,,x\n"),
    Upload(
        "Email Addresses.csv", b"Email Address,Confirmed,Primary,Updated On\nalex.morgan@example.org,Yes,Yes,1/1/20\n"
    ),
    Upload("PhoneNumbers.csv", b"Extension,Number,Type\n,+1 212 555 0100,Mobile\n"),
]


def people(records):
    """(key, name, company, position, relation) of everybody."""
    table = records.people[["person", "name", "company", "position", "relation"]]
    return [tuple(row) for row in table.astype("object").where(table.notna(), None).to_numpy()]


def ids(records):
    """Key → its identifiers."""
    return records.identifiers.groupby("person")["value"].apply(list).to_dict()


def receipt(records, name):
    return deliver.receipt(records.coverage[records.coverage["file"] == name])


def cards(*bodies, version="3.0", end="\n", owner=()):
    """The records of cards with these lines."""
    written = "".join(f"BEGIN:VCARD\nVERSION:{version}\n{body}\nEND:VCARD\n" for body in bodies)
    return read([*owner, Upload("a.vcf", written.replace("\n", end).encode())])


def test_apple() -> None:
    """A Mac's export: labels beside items, a LinkedIn profile, a fax left alone, a company, relatives by name."""
    found = read([*OWNER, CARDS / "apple.vcf"])
    assert people(found) == [
        ("linkedin:béa-poe", "Dr. Béa Poe", "Globex, Inc.", "Head of Research", None),
        ("phone:+12125550143", "Mia Morgan", None, None, "family"),
        ("phone:+12125550144", "Sam Okafor", None, None, "family"),
        ("phone:+12125550160", "Harbour Staffing Agency", "Harbour Staffing Agency", None, None),
    ]
    assert ids(found)["linkedin:béa-poe"] == ["béa-poe", "bea.poe@example.org", "+12125550142"]
    assert ids(found)["phone:+12125550144"] == ["+12125550144", "+12125550190"]  # the owner has the latter at home too
    assert receipt(found, "apple.vcf") == [
        {
            "file": "apple.vcf",
            "kind": "address book",
            "read": 7,
            "kept": 4,
            "set_aside": [
                {"reason": "a card without an end", "rows": 1, "first_row": 7},
                {"reason": "yourself", "rows": 1, "first_row": 1},
                {"reason": "nameless", "rows": 1, "first_row": 6},
            ],
            "notes": [],
        }
    ]


def test_the_owners_card_tells_more_of_the_owner() -> None:
    """What stands on it beside a known address is the owner's, but for what somebody else has too."""
    keys = read([*OWNER, CARDS / "apple.vcf"]).owner.keys
    assert "email:a.morgan@globex.example.com" in keys
    assert "phone:+12125550190" not in keys


def test_android() -> None:
    """Version 2.1: quoted-printable over several lines, a note that pretends, unfolded pictures, a relation by number."""
    found = read([*OWNER, CARDS / "android.vcf"])
    assert people(found) == [
        ("email:joerg@example.com", "Jörg Müller", "Bäckerei Müller", None, "family"),
        ("name:taxi@addressbook", "Taxi", None, None, None),
        ("phone:+493055501236", "Eva Münch", None, None, None),
    ]
    assert ids(found)["email:joerg@example.com"] == ["joerg@example.com", "+493055501234", "03055501235"]
    assert lines(found, "android.vcf", "note") == {"lines of cards that cannot be read: 1": 1}


def test_version_4() -> None:
    """Numbers as addresses with extensions, relations that name the owner, family as a group or a group card."""
    found = read([*OWNER, CARDS / "version4.vcf"])
    assert people(found) == [
        ("linkedin:ann-lee", "Ann Lee", "Acme; Sons", None, None),
        ("phone:+12125550151", "Bo Lee", None, None, "family"),
        ("phone:+12125550152", "Cy Lee", None, None, "family"),
        ("email:di@example.org", "Di Lee", None, None, "family"),
        ("phone:+12125550153", "Acme Front Desk", "Acme", None, None),
    ]
    assert "+12125550150" in ids(found)["linkedin:ann-lee"]
    assert lines(found, "version4.vcf", "set aside") == {"a group, no person": 1}


def test_national_numbers_need_the_owners_country() -> None:
    """Without it, the digits stand as they are."""
    card = "FN:Mia\nTEL:(212) 555-0143"
    assert people(cards(card, owner=OWNER))[0][0] == "phone:+12125550143"
    assert people(cards(card))[0][0] == "phone:2125550143"


@pytest.mark.parametrize(
    "number", ["+1 212 555 0143 x12", "+1 212 555 0143,,99", "tel:+1-212-555-0143;ext=12", "+1 212 555 0143 ext. 4"]
)
def test_extensions_are_no_part_of_a_number(number) -> None:
    """Whatever they are written with."""
    assert people(cards(f"FN:Mia\nTEL:{number}"))[0][0] == "phone:+12125550143"


@pytest.mark.parametrize(
    "address", ["javascript:linkedin.com/in/x", "https://example.org/linkedin.com/in/x", "ftp://linkedin.com/in/x"]
)
def test_only_linkedins_own_addresses_are_profiles(address) -> None:
    """Another scheme or host is nobody's profile."""
    assert people(cards(f"FN:Mia Poe\nURL:{address}"))[0][0] == "name:mia poe@addressbook"


def test_a_household_number_is_nobodys_alone() -> None:
    """Two different people under one number stay two; whoever calls from it is one of them, and family."""
    found = cards(
        "FN:Ann Lee\nTEL:+12125550150\nEMAIL:ann@example.org\nCATEGORIES:Family", "FN:Bo Lee\nTEL:+12125550150"
    )
    assert [(key, name, relation) for key, name, _, _, relation in people(found)] == [
        ("email:ann@example.org", "Ann Lee", "family"),
        ("name:bo lee@addressbook", "Bo Lee", None),
        ("phone:+12125550150", "Ann Lee / Bo Lee", "family"),
    ]
    assert lines(found, "a.vcf", "kept") == {"address book entries": 2}


def test_one_person_on_two_cards_is_one() -> None:
    """The same number under a shorter or a married name is the same human's."""
    found = cards("FN:Ann Lee\nTEL:+12125550150", "FN:Ann\nTEL:+12125550150", "FN:Ann Poe\nTEL:+12125550150")
    assert people(found) == [("phone:+12125550150", "Ann Lee", None, None, None)]
    assert lines(found, "a.vcf", "kept") == {"address book entries": 3}


def test_broken_cards_cost_themselves_only() -> None:
    """A card that never ends, lines between cards, a character set that there is not, bytes that are no UTF-8."""
    content = (
        b"BEGIN:VCARD\nFN:Half\nBEGIN:VCARD\nFN;CHARSET=nonsense;ENCODING=QUOTED-PRINTABLE:Z=E9\nEND:VCARD\n"
        b"between\nbegin:vcard\nfn:Jos\xe9\nend:vcard\n"
    )
    found = read([Upload("a.vcf", content)])
    assert found.people["name"].tolist() == ["Zé", "José"]
    assert lines(found, "a.vcf", "set aside") == {"a card without an end": 1}
    assert set(lines(found, "a.vcf", "note")) == {
        "lines outside of any card: 1",
        "not all of it is UTF-8: the rest was read as Windows-1252",
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_encodings(end, encoding) -> None:
    """Make no difference, wherever a line is folded."""
    written = f"BEGIN:VCARD{end}VERSION:3.0{end}FN:Jör{end} g Mül{end}\tler{end}PHOTO:AAAA{end} BBBB{end}END:VCARD{end}"
    assert read([Upload("a.vcf", written.encode(encoding))]).people["name"].tolist() == ["Jörg Müller"]


def test_names_where_there_is_no_formatted_one() -> None:
    """From its parts, from the nickname, from the company; an address in its place is none."""
    found = cards("N:Poe;Bea;Q;Dr.;", "N:;;;;\nNICKNAME:Bee", "ORG:Acme;Sales", "FN:x@example.org\nEMAIL:x@example.org")
    assert found.people["name"].tolist() == ["Bea Q Poe", "Bee", "Acme"]
    assert lines(found, "a.vcf", "set aside") == {"nameless": 1}


def test_a_line_of_quoted_bytes_without_a_colon_costs_nothing() -> None:
    """vobject would try two to the power of sixty ways to read it."""
    found = cards(f"ORG;ENCODING=QUOTED-PRINTABLE{'=42' * 60}\nFN:Bea Poe")
    assert found.people["name"].tolist() == ["Bea Poe"]
    assert lines(found, "a.vcf", "note") == {"lines of cards that cannot be read: 1": 1}


def test_nothing_is_logged(caplog) -> None:
    """What cannot be read may be somebody's name."""
    cards("FN:Bea\nFN without a colon Poe")
    assert caplog.records == []


def test_progress_is_told_and_cancels() -> None:
    """The callback is asked while the file is read, and may end it."""

    class CancelledError(Exception):
        pass

    def cancel(share: float) -> None:
        raise CancelledError

    from auditor.sources import vcard

    with Archive([CARDS / "apple.vcf"]) as archive:
        peek = Peek(archive.files[0], cancel)
        with pytest.raises(CancelledError):
            vcard.read(peek)


def test_family_stays_family_for_a_connection() -> None:
    """The connection list describes somebody; the address book's word that she is family is kept beside it."""
    found = read(
        [
            Upload(
                "a.vcf", b"BEGIN:VCARD\nFN:Mia\nURL:https://www.linkedin.com/in/mia\nCATEGORIES:Family\nEND:VCARD\n"
            ),
            Upload(
                "Connections.csv",
                b"First Name,Last Name,URL,Connected On\nMia,Morgan,https://www.linkedin.com/in/mia,02 Jan 2024\n",
            ),
        ]
    )
    assert sorted(zip(found.people["connection"], found.people["relation"].fillna(""), strict=True)) == [
        (False, "family"),
        (True, ""),
    ]


def test_an_owner_without_a_name_is_nobody_in_particular() -> None:
    """Where no file tells whose they are, every card is somebody else's."""
    found = cards("FN:Bea Poe\nRELATED;TYPE=child;VALUE=text:Alex Morgan")
    assert people(found) == [("name:bea poe@addressbook", "Bea Poe", None, None, None)]
    assert found.owner == Owner()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["FN", "N", "TEL", "ORG", "RELATED", ";TYPE=", ":", ";", "=", "=E9", "\\", '"', " ", "\n", ",",
    "ENCODING=QUOTED-PRINTABLE", "CHARSET=x", "é", "+1 212 555 0142"]), max_size=25))  # fmt: skip
def test_whatever_stands_in_a_card_is_counted(body) -> None:
    """One card is one line of the receipt, however its lines are broken."""
    found = cards("".join(body))
    counted = found.coverage[found.coverage["role"] != "note"]
    assert counted["rows"].sum() == 1
