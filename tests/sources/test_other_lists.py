"""Connection lists of other networks, recognised or explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import deliver
from auditor.errors import NotAnExportError, UsageError
from auditor.sources import ListColumns, Upload, read, tables
from sources.conftest import lines, zipped
from sources.test_vcard import OWNER, ids

LISTS = Path(__file__).parents[1] / "fixtures" / "lists"


def people(records):
    """(key, name, company, day) of everybody."""
    table = records.people
    days = table["connected_on"].dt.strftime("%Y-%m-%d").fillna("")
    assert table["connection"].all()
    return list(zip(table["person"], table["name"], table["company"].fillna(""), days, strict=True))


def the_list(content, choice=None, owner=()):
    return read([*owner, Upload("list.csv", content.encode())], choices={"list.csv": choice} if choice else None)


def test_a_list_with_plain_headers() -> None:
    """German headers and dates, profiles of another network, namesakes, an address."""
    found = read([LISTS / "xing.csv"])
    assert people(found) == [
        ("email:joerg@example.com", "Jörg Müller", "Bäckerei Müller", "2019-04-03"),
        ("handle:xing.com:profile/eva_muench2/cv", "Eva Münch", "", "2021-12-17"),
        ("name:jan beck#1@xing", "Jan Beck", "Globex", "2020-02-01"),
        ("name:jan beck#2@xing", "Jan Beck", "Acme", "2022-02-05"),
    ]
    assert ids(found)["email:joerg@example.com"] == ["joerg@example.com", "xing.com:profile/joerg_mueller"]
    assert deliver.receipt(found.coverage) == [
        {
            "file": "xing.csv",
            "kind": "connections",
            "read": 5,
            "kept": 4,
            "set_aside": [{"reason": "blank row", "rows": 1, "first_row": 5}],
            "notes": [],
        }
    ]


def test_whom_one_follows_on_mastodon() -> None:
    """Accounts alone: the key is that of the profile's address."""
    assert people(read([LISTS / "following_accounts.csv"])) == [
        ("handle:social.example.org:@bea", "bea@social.example.org", "", ""),
        ("handle:example.net:@cy.roe", "Cy.Roe@example.net", "", ""),
    ]


def test_an_unknown_table_can_be_explained() -> None:
    """It is refused, but as a table; what is proposed for it reads it."""
    path = LISTS / "crm.csv"
    with pytest.raises(NotAnExportError) as refused:
        read([path])
    assert refused.value.table
    [shown] = tables([path])
    assert shown.names == ("Id", "Ansprechpartner", "Web", "Kontaktdatum", "Umsatz")
    assert shown.rows[0] == ("17", "Bea Poe", "https://www.linkedin.com/in/bea-poe", "13/02/2024", "1.200,00")
    choice = ListColumns(name="Ansprechpartner", profile="Web", since="Kontaktdatum", network="example", day_first=True)
    assert shown.proposal == choice
    assert people(read([path], choices={shown.file: choice})) == [
        ("linkedin:bea-poe", "Bea Poe", "", "2024-02-13"),
        ("handle:crm.example.net:people/cy", "Cy Roe", "", "2024-04-03"),
        ("name:di loe@example", "Di Loe", "", "2024-04-04"),
    ]


def test_a_table_in_a_zip_has_its_name_there() -> None:
    """Beside files that are recognised: the names to choose by are those of the receipt."""
    upload = Upload(
        "all.zip", zipped({"crm.csv": (LISTS / "crm.csv").read_bytes(), "letter.txt": "Dear Bea, hi,\nyes"})
    )
    assert [shown.file for shown in tables([upload, *OWNER])] == ["all.zip/crm.csv"]
    found = read([upload, *OWNER], choices={"all.zip/crm.csv": ListColumns(name="Ansprechpartner")})
    assert found.people["person"].tolist()[0] == "name:bea poe@list"
    assert lines(found, "crm.csv", "kept") == {"connections": 3}


def test_dates_are_as_the_owner_says() -> None:
    """Where the column does not tell, the month comes first, unless it is said that the day does."""
    content = "Who,When\nBea Poe,03/04/2024\n"
    assert tables([Upload("list.csv", content.encode())])[0].proposal == ListColumns(name="Who", since="When")
    for day_first, day in ((None, "2024-03-04"), (False, "2024-03-04"), (True, "2024-04-03")):
        assert people(the_list(content, ListColumns(name="Who", since="When", day_first=day_first)))[0][3] == day


def test_rows_that_are_nobody_new_are_counted() -> None:
    """Nameless ones, the owner, and the same profile again; a date that cannot be read is noted."""
    found = the_list(
        "Name,Profile URL,Since\nBea,https://xing.com/profile/b,2024-01-02\nBea,https://www.xing.com/profile/B/,x\n"
        ",,2024-01-02\nAlex Morgan,,2024-01-02\nCy,http://xing.com/profile/cy,someday\n",
        owner=OWNER,
    )
    assert [row[0] for row in people(found)] == ["handle:xing.com:profile/b", "name:cy@xing"]
    assert lines(found, "list.csv", "set aside") == {"nameless": 1, "yourself": 1, "same person again": 1}
    assert lines(found, "list.csv", "note") == {"connections without a readable date": 1}


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        (ListColumns(name="Nobody"), "no column 'Nobody': choose among Who, When"),
        (ListColumns(since="When"), "at least the column of the names"),
    ],
)
def test_a_choice_that_cannot_be(choice, problem) -> None:
    """Is an error that says what to choose."""
    with pytest.raises(UsageError, match=problem):
        the_list("Who,When\nBea,2024-03-04\n", choice)


@pytest.mark.parametrize(
    "content", ["Dear Bea,\nhow are you, and where?\nAlex\n", "a,b\n", "", "just text\n", "\0,\0\n\0,\0\n"]
)
def test_what_is_no_table(content) -> None:
    """A letter with commas, a header alone, nothing, bytes."""
    upload = Upload("x.csv", content.encode())
    assert tables([upload]) == []
    with pytest.raises(NotAnExportError) as refused:
        read([upload])
    assert not refused.value.table


def test_tables_of_other_things_are_not_taken_for_lists() -> None:
    """A list of bookmarks has names, addresses and dates too: only the owner can say that it is one of people."""
    with pytest.raises(NotAnExportError):
        the_list("name,url,created at\nA page,https://example.org/a,2024-01-02\n")


def test_linkedins_own_list_stays_linkedins() -> None:
    """A header that says who, which profile and since when is asked for last."""
    found = the_list(
        "First Name,Last Name,Profile URL,Connected On\nBea,Poe,https://www.linkedin.com/in/bea,02 Jan 2024\n"
    )
    assert people(found) == [("linkedin:bea", "Bea Poe", "", "2024-01-02")]
    assert found.coverage["kind"].tolist() == ["connections"]


def test_a_proposal_needs_somebody() -> None:
    """Numbers alone tell nobody; the owner can still choose."""
    [shown] = tables([Upload("x.csv", b"a,b\n1,2\n3,4\n")])
    assert shown.proposal is None
