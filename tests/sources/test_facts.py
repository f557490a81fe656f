"""What the owner's files say of people beside names, employers and exchanges."""

from __future__ import annotations

import pytest

from auditor.sources import Upload, join, read
from sources.test_vcard import CARDS, OWNER, cards

GOOGLE_NEW = (
    "First Name,Last Name,File As,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Address 1 - Label,Address 1 - City\n"
    'José,Núñez,,1985-03-14,"Met in Lisbon.\nFly fishing",* myContacts,* Home,jose@example.org,Home,Porto ::: Lisboa\n'
    "Bea,Poe,, --07-02,,* myContacts,* Home,bea@example.org,,\n"
)


def told(records) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in records.facts[["person", "kind", "value"]].to_numpy()]


def test_cards_tell_birthday_city_and_note() -> None:
    """In the forms of the three versions; a birthday that is no day is none."""
    found = cards(
        "FN:Ann Lee\nEMAIL:ann@example.org\nBDAY:1985-03-14\nADR;TYPE=home:;;1 High Street;Lisbon;;1000;Portugal\n"
        "NOTE:Met in Rome.\\nLikes opera\\, and fish",
        "FN:Bo Lee\nEMAIL:bo@example.org\nBDAY;VALUE=date:--0229\nADR:;;2 High Street",
        "FN:Cy Lee\nEMAIL:cy@example.org\nBDAY:circa 1800",
    )
    assert told(found) == [
        ("email:ann@example.org", "birthday", "1985-03-14"),
        ("email:ann@example.org", "city", "Lisbon"),
        ("email:ann@example.org", "note", "Met in Rome. Likes opera, and fish"),
        ("email:bo@example.org", "birthday", "--02-29"),
    ]
    assert set(found.facts["source"]) == {"a.vcf"}
    assert found.facts["since"].isna().all()


def test_what_pretends_inside_a_note_is_a_note() -> None:
    """Quoted-printable line ends do not make a property of what follows."""
    assert told(read([*OWNER, CARDS / "android.vcf"])) == [
        ("email:joerg@example.com", "note", "FN:Nobody TEL;CELL:+49 30 55509999")
    ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("1604-03-14", "--03-14"), ("0000-12-31", "--12-31"), ("19850314T120000Z", "1985-03-14"), ("2023-02-29", "")],
)
def test_birthdays_without_a_year(written: str, kept: str) -> None:
    """Apple writes 1604 for an unknown year, others nothing or zeros."""
    found = cards(f"FN:Ann Lee\nEMAIL:ann@example.org\nBDAY:{written}")
    assert [value for _, _, value in told(found)] == ([kept] if kept else [])


def test_google_contacts_tell_the_same() -> None:
    """Two cities in a cell are two, and nothing of it is an unknown column."""
    found = read([Upload("contacts.csv", GOOGLE_NEW.encode())])
    assert told(found) == [
        ("email:jose@example.org", "birthday", "1985-03-14"),
        ("email:jose@example.org", "city", "Porto"),
        ("email:jose@example.org", "city", "Lisboa"),
        ("email:jose@example.org", "note", "Met in Lisbon. Fly fishing"),
        ("email:bea@example.org", "birthday", "--07-02"),
    ]
    assert not found.coverage["what"].str.contains("unknown").any()


def test_private_notes_are_facts_of_their_day() -> None:
    """Those of LinkedIn's own export; a note is not cut but where it is no note any more."""
    text = (
        "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n"
        f"Bea,Poe,https://www.linkedin.com/in/bea-poe,Likes Rome,2026-01-02 03:04:05 UTC,\n"
        f"Cy,Doe,https://www.linkedin.com/in/cy-doe,{'x' * 3000},2026-01-02 03:04:05 UTC,\n"
    )
    found = read([Upload("Notes.csv", text.encode())]).facts
    assert found["value"].tolist() == ["Likes Rome", "x" * 1000]
    assert found["since"].dt.strftime("%Y-%m-%d").tolist() == ["2026-01-02", "2026-01-02"]


def test_two_readings_of_a_book_are_joined_once() -> None:
    """A later import says nothing new."""
    one = cards("FN:Ann Lee\nEMAIL:ann@example.org\nBDAY:1985-03-14")
    assert told(join([one, one])) == [("email:ann@example.org", "birthday", "1985-03-14")]
