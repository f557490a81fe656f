"""What Connections.csv becomes, in every form it has had, and in those that spreadsheets make of it."""

from __future__ import annotations

import pandas as pd
import pytest

from sources.conftest import lines

PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n'
)
C7 = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
IN = "https://www.linkedin.com/in"


def rows(records):
    people = records.people[records.people["connection"]]
    days = people["connected_on"].dt.strftime("%Y-%m-%d")
    return [
        tuple(None if pd.isna(v) else v for v in row)
        for row in zip(people["person"], people["name"], days, strict=True)
    ]


@pytest.mark.parametrize("before", ["", PREAMBLE, "\n\n", "\ufeff\n\n", PREAMBLE + "x\n"])
def test_today(export, before):
    """The header is found wherever it stands; nameless rows are counted; the last line may lack its end."""
    records = export(
        {
            "Connections.csv": before
            + C7
            + f"Jos%C3%A9 , Roe ,{IN}/jos%C3%A9-roe,jose@example.org,Globex,=Boss,02 Jan 2024\n"
            + ",,,,,,01 Jan 2024\n"
            + ",,,,,,\n"
            + f"Bea,Poe,{IN}/bea-poe,,,,31 Dec 2023"
        }
    )
    assert rows(records) == [
        ("linkedin:josé-roe", "Jos%C3%A9 Roe", "2024-01-02"),
        ("linkedin:bea-poe", "Bea Poe", "2023-12-31"),
    ]
    assert lines(records, "Connections.csv", "kept") == {"connections": 2}
    assert lines(records, "Connections.csv", "set aside") == {"nameless (profile closed or hidden)": 1, "blank row": 1}
    assert records.people["position"].tolist()[0] == "=Boss"
    assert pd.isna(records.people["company"].iloc[1])
    assert records.identifiers.values.tolist() == [
        ["linkedin:josé-roe", "linkedin", "josé-roe"],
        ["linkedin:bea-poe", "linkedin", "bea-poe"],
        ["linkedin:josé-roe", "email", "jose@example.org"],
    ]


@pytest.mark.parametrize(
    "content",
    [
        'First Name,Last Name,Email Address,Company,Position,Connected On\nBea,Poe,bea@example.org,Globex,CEO,"1/2/18, 3:04 AM"\n',
        'First Name,Last Name,Address,Email Address,Company,Position,Connected On,Websites,Instant Messengers\nBea,Poe,,,Globex,CEO,"1/2/18, 3:04 AM",,\n',
        "First Name,Last Name,Email Address,Company,Position,Connected On\nBea,Poe,,Globex,CEO,02 Jan 2018\n",
        "FirstName,LastName,EmailAddress,Company,Position,ConnectedOn\nBea,Poe,,Globex,CEO,2-Jan-18\n",
        "First Name;Last Name;Company;Position;Connected On\nBea;Poe;Globex;CEO;02-ene-18\n",
        "First Name\tLast Name\tCompany\tPosition\tConnected On\nBea\tPoe\tGlobex\tCEO\t2018-01-02\n",
        "Company,Position,Connected On,Last Name,First Name,Audit Status\nGlobex,CEO,02 Jan 2018,Poe,Bea,x\n",
        "Nome,Sobrenome,Empresa,Cargo,Conectado em\nBea,Poe,Globex,CEO,02 jan 2018\n",
        '"First Name,Last Name,Company,Position,Connected On"\n"Bea,Poe,Globex,CEO,02 Jan 2018"\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_other_forms(export, content, encoding):
    """No address before 2023, other delimiters, orders, dates and encodings: always the same person."""
    records = export({"connections.csv": content.encode(encoding)})
    assert rows(records) == [("name:bea poe@linkedin", "Bea Poe", "2018-01-02")]
    assert records.people[["company", "position"]].values.tolist() == [["Globex", "CEO"]]


def test_outlook(export):
    """The Outlook format of 2015 has an address and no date."""
    header = (
        '"Title","First Name","Middle Name","Last Name","Suffix","E-mail Address","Company","Job Title","Web Page"\n'
    )
    records = export({"x.csv": header + '"","Bea","","Poe","","Bea@Example.org","Globex","CEO",""\n'})
    assert rows(records) == [("name:bea poe@linkedin", "Bea Poe", None)]
    assert records.identifiers.values.tolist() == [["name:bea poe@linkedin", "email", "bea@example.org"]]


def test_two_date_formats_in_one_column(export):
    """A Spanish Excel leaves the months it does not know alone: every cell is read for itself."""
    records = export(
        {
            "Connections.csv": "First Name;Last Name;Connected On\nA;Aa;04 Jan 2021\nB;Bb;05-feb-21\nC;Cc;never\n",
        }
    )
    assert [day for _, _, day in rows(records)] == ["2021-01-04", "2021-02-05", None]
    assert lines(records, "Connections.csv", "note") == {"connections without a readable date": 1}


def test_namesakes_stay_apart(export):
    """Two connections of one name and no address are two people, numbered from the oldest, and a message is neither's."""
    records = export(
        {
            "Connections.csv": "First Name,Last Name,Connected On\nBea,Poe,02 Jan 2020\nBEA,Poe,02 Jan 2018\nCy,Roe,02 Jan 2019\n",
            "messages.csv": "From,To,Date,Subject,Content,Direction,Folder\n"
            'Bea Poe,Alex Doe,"1/31/18, 4:05 PM",,Hi,INCOMING,INBOX\n'
            'Cy Roe,Alex Doe,"1/31/18, 4:05 PM",,Hi,INCOMING,INBOX\n',
        }
    )
    assert [person for person, _, _ in rows(records)] == [
        "name:bea poe#2@linkedin",
        "name:bea poe#1@linkedin",
        "name:cy roe@linkedin",
    ]
    assert records.interactions["person"].tolist() == ["name:bea poe@linkedin", "name:cy roe@linkedin"]
    strangers = records.people[~records.people["connection"]]
    assert strangers["person"].tolist() == ["name:bea poe@linkedin"]


def test_old_windows_encoding(export):
    """A file that is no UTF-8 is read as Windows-1252, and the receipt says so."""
    content = C7 + f"José,Núñez,{IN}/jose,,,,02 Jan 2024\n"
    records = export({"Connections.csv": content.encode("cp1252")})
    assert rows(records)[0][1] == "José Núñez"
    assert list(lines(records, "Connections.csv", "note")) == [
        "not all of it is UTF-8: the rest was read as Windows-1252"
    ]


def test_ragged_and_unknown(export):
    """Rows with too few cells are filled up, rows with too many are counted, unknown columns are named."""
    header = C7.strip() + ",Gender\n"
    records = export(
        {
            "Connections.csv": header
            + f"Bea,Poe,{IN}/bea,,,,02 Jan 2024\n"
            + f"Cy,Roe,{IN}/cy,,Acme, Inc,Boss,02 Jan 2024,x\n"
            + f"Di,Loe,{IN}/di,,Acme,Boss,02 Jan 2024,x,,\n"
        }
    )
    assert [person for person, _, _ in rows(records)] == ["linkedin:bea", "linkedin:di"]
    assert lines(records, "Connections.csv", "set aside") == {"more cells than columns": 1}
    assert "unknown columns: Gender" in lines(records, "Connections.csv", "note")


def test_the_same_profile_twice_is_one(export):
    """A file put together by hand may hold a person twice."""
    records = export({"Connections.csv": C7 + f"Bea,Poe,{IN}/bea,,,,02 Jan 2024\n" * 2})
    assert len(rows(records)) == 1
    assert lines(records, "Connections.csv", "set aside") == {"same profile again": 1}


def test_letters_that_a_spreadsheet_lost_are_told_of(export):
    """A name of question marks belongs to no closed profile; one with a hole in it is kept, and said to have one."""
    head = "First Name,Last Name,Email Address,Company,Position,Connected On\n"
    records = export(
        {"Connections.csv": head + "??,?,,Globex,CEO,02 Jan 2018\nZden?k,Roe,,,,03 Jan 2018\nBea,Poe,,,,04 Jan 2018\n"}
    )
    saved = "the file was saved in an encoding that lacks them; take the original, or save it as CSV UTF-8"
    assert [name for _, name, _ in rows(records)] == ["Zden?k Roe", "Bea Poe"]
    assert lines(records, "Connections.csv", "set aside") == {f"no letter of the name is left: {saved}": 1}
    assert lines(records, "Connections.csv", "note") == {f"names that lost letters: {saved}": 1}
