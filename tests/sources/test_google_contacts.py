"""Google Contacts as CSV, old and new."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.sources import Upload, read
from sources.conftest import lines
from sources.test_vcard import CARDS, OWNER, ids, people, receipt


def test_until_2024() -> None:
    """Groups, several values in a cell, a fax that is nobody's, a profile among the websites."""
    found = read([*OWNER, CARDS / "google_old.csv"])
    assert people(found) == [
        ("linkedin:jose-nunez", "José Núñez", "Globex", "Engineer", None),
        ("phone:+442079460020", "Ida Morgan", None, None, "family"),
    ]
    assert ids(found)["linkedin:jose-nunez"] == [
        "jose-nunez",
        "jose@example.org",
        "j.nunez@example.com",
        "jose.nunez@globex.example.com",
        "+442079460018",
        "02079460019",  # a British number on an American's phone
    ]
    assert receipt(found, "google_old.csv") == [
        {
            "file": "google_old.csv",
            "kind": "address book",
            "read": 3,
            "kept": 2,
            "set_aside": [{"reason": "nameless", "rows": 1, "first_row": 3}],
            "notes": [],
        }
    ]


def test_since_2024() -> None:
    """Labels, relations that name the owner, a company, the owner's own entry."""
    found = read([*OWNER, CARDS / "google_new.csv"])
    assert people(found) == [
        ("email:jose@example.org", "José Núñez", "Globex", None, None),
        ("phone:+442079460022", "Otto Morgan", None, None, "family"),
        ("name:pia@addressbook", "Pia", None, None, "family"),
        ("phone:+442079460023", "Harbour Staffing Agency", "Harbour Staffing Agency", None, None),
    ]
    assert receipt(found, "google_new.csv") == [
        {
            "file": "google_new.csv",
            "kind": "address book",
            "read": 5,
            "kept": 4,
            "set_aside": [{"reason": "yourself", "rows": 1, "first_row": 5}],
            "notes": [],
        }
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_encodings(encoding) -> None:
    """Old exports could be UTF-16."""
    content = Path(CARDS / "google_old.csv").read_text(encoding="utf-8").encode(encoding)
    assert read([Upload("google.csv", content)]).people["name"].tolist() == ["José Núñez", "Ida Morgan"]


def test_more_than_is_known_is_noted() -> None:
    """A column of a kind that no export had so far, a blank row, and a twelfth address."""
    header = "First Name,Last Name,File As,Labels,E-mail 12 - Value,Shoe Size"
    found = read([Upload("c.csv", f"{header}\nBea,Poe,,,b@example.org,9\n,,,,,\n".encode())])
    assert lines(found, "c.csv", "note") == {"unknown columns: E-mail 12 - Value, Shoe Size": 0}
    assert lines(found, "c.csv", "set aside") == {"blank row": 1}
