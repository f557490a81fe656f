"""Traps of the connection list: where its header is, what its columns are called, and what its rows hold."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

SETTING = (
    '"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see '
    "email addresses for connections who have allowed their connections to see or download their email address using this "
    "setting https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    'https://www.linkedin.com/help/linkedin/answer/261"'
)
PREAMBLE = ["Notes:", SETTING, ""]
C6 = "First Name,Last Name,Email Address,Company,Position,Connected On"
C7 = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
ADA = "Ada,Marsh,https://www.linkedin.com/in/ada-marsh,,Plover Press,Editor,05 Mar 2024"
BEN = "Ben,Ito,https://www.linkedin.com/in/ben-ito,,Tern Tools,Engineer,28 Feb 2023"
CLEO = "Cleo,Okafor,https://www.linkedin.com/in/cleo-okafor,,Wren Works,Founder,01 Dec 2019"

OUTLOOK = (
    '"Title","First Name","Middle Name","Last Name","Suffix","E-mail Address","E-mail 2 Address","E-mail 3 Address",'
    '"Business Street","Business Street 2","Business Street 3","Business City","Business State","Business Postal Code",'
    '"Business Country","Home Street","Home Street 2","Home Street 3","Home City","Home State","Home Postal Code",'
    '"Home Country","Other Street","Other Street 2","Other Street 3","Other City","Other State","Other Postal Code",'
    '"Other Country","Company","Department","Job Title","Assistant\'s Phone","Business Fax","Business Phone",'
    '"Business Phone 2","Callback","Car Phone","Company Main Phone","Home Fax","Home Phone","Home Phone 2","ISDN",'
    '"Mobile Phone","Other Fax","Other Phone","Pager","Primary Phone","Radio Phone","TTY/TDD Phone","Telex",'
    '"Assistant\'s Name","Birthday","Manager\'s Name","Notes","Other Address PO Box","Spouse","Web Page",'
    '"Personal Web Page"'
)


def test_trap_01_preamble(read_export):
    """The three lines before today's header are no people, and everybody below it is read with their columns."""
    reading = read_export({"Connections.csv": [*PREAMBLE, C7, ADA, BEN]})
    assert reading.names == ["Ada Marsh", "Ben Ito"]
    assert list(reading.connections["person"]) == ["linkedin:ada-marsh", "linkedin:ben-ito"]
    assert list(reading.connections["company"]) == ["Plover Press", "Tern Tools"]
    assert list(reading.connections["position"]) == ["Editor", "Engineer"]
    assert reading.days == {"Ada Marsh": "2024-03-05", "Ben Ito": "2023-02-28"}
    assert (reading.kept("Connections.csv"), reading.aside("Connections.csv")) == (2, 0)


def test_trap_02_no_preamble(read_export):
    """A file whose preamble was deleted keeps its first people, which `skiprows=3` would eat."""
    reading = read_export({"Connections.csv": [C7, ADA, BEN, CLEO]})
    assert reading.names == ["Ada Marsh", "Ben Ito", "Cleo Okafor"]
    assert reading.kept("Connections.csv") == 3


@pytest.mark.parametrize(
    ("row", "above"),
    [(1, []), (3, ["", ""]), (4, PREAMBLE), (5, [*PREAMBLE, "Exported by hand"])],
    ids=lambda value: f"row {value}" if isinstance(value, int) else "",
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with BOM"])
def test_trap_03_header_row(read_export, row, above, mark):
    """The header is found in row 1, 3 (two blanked lines), 4 and 5, with a byte order mark before it or without."""
    lines = [*above, C7, ADA, BEN]
    assert lines[row - 1] == C7
    reading = read_export({"Connections.csv": mark + "\n".join(lines).encode()})
    assert reading.days == {"Ada Marsh": "2024-03-05", "Ben Ito": "2023-02-28"}
    assert reading.kept("Connections.csv") == 2


def test_trap_04_no_url_column(read_export):
    """Before mid-2023 there is no URL: the address in its place stays a mail address, and people are keyed by name."""
    reading = read_export(
        {"Connections.csv": [C6, "Ada,Marsh,ada@example.com,Plover Press,Editor,05 Mar 2020", "Ben,Ito,,,,01 Jan 2020"]}
    )
    assert list(reading.connections["person"]) == ["name:ada marsh@linkedin", "name:ben ito@linkedin"]
    assert reading.identifiers("email") == {"name:ada marsh@linkedin": ["ada@example.com"]}
    assert reading.identifiers("linkedin") == {}
    assert reading.connections.loc["Ada Marsh", "company"] == "Plover Press"
    assert pd.isna(reading.connections.loc["Ben Ito", "company"])
    assert reading.days == {"Ada Marsh": "2020-03-05", "Ben Ito": "2020-01-01"}


def test_trap_05_outlook_format(read_export):
    """The 59 quoted Outlook columns of 2017 give name, address, company and position, and no day of connecting."""
    cells = dict.fromkeys(next(csv.reader([OUTLOOK])), "") | {
        "First Name": "Ada",
        "Last Name": "Marsh",
        "E-mail Address": "ada@example.com",
        "Company": "Plover Press",
        "Job Title": "Editor",
    }
    assert len(cells) == 59
    row = ",".join(f'"{cell}"' for cell in cells.values())
    reading = read_export({"linkedin_connections_export_microsoft_outlook.csv": [OUTLOOK, row]})
    ada = reading.connections.loc["Ada Marsh"]
    assert (ada["person"], ada["company"], ada["position"]) == ("name:ada marsh@linkedin", "Plover Press", "Editor")
    assert pd.isna(ada["connected_on"])
    assert reading.identifiers("email") == {"name:ada marsh@linkedin": ["ada@example.com"]}
    assert reading.kept("linkedin_connections_export_microsoft_outlook.csv") == 1


@pytest.mark.parametrize("nothing", [["Connections.csv"], ["Connections.csv", "Recommendations_Received.csv"]])
def test_trap_24_missing_files(read_export, nothing):
    """Any other file may be absent or have empty cells: connections alone are an export, read and audited whole."""
    whole = {
        "Connections.csv": [*PREAMBLE, C7, ADA, "Ben,Ito,not an address,,,,28 Feb 2023", "Cleo,Okafor,,,,,"],
        "Recommendations_Received.csv": ["First Name,Last Name,Company,Job Title,Text,Creation Date,Status"],
    }
    reading = read_export({name: whole[name] for name in nothing})
    assert reading.names == ["Ada Marsh", "Ben Ito", "Cleo Okafor"]
    assert list(reading.connections["person"])[1:] == ["name:ben ito@linkedin", "name:cleo okafor@linkedin"]
    assert pd.isna(reading.connections.loc["Cleo Okafor", "connected_on"])
    assert set(reading.ties("2026-06-01")["state"]) == {"unobserved"}


def test_trap_25_nameless_rows(read_export):
    """Rows of nothing but a date, closed or hidden profiles, are counted and never become people."""
    reading = read_export({"Connections.csv": [*PREAMBLE, C7, ADA, ",,,,,,05 Mar 2024", BEN, ",,,,,,01 Jan 2020"]})
    assert reading.names == ["Ada Marsh", "Ben Ito"]
    assert reading.aside("Connections.csv", "nameless") == 2
    assert reading.kept("Connections.csv") == 2
    assert list(reading.ties("2026-06-01")["name"]) == ["Ada Marsh", "Ben Ito"]


def test_trap_26_trailing_blank_rows(read_export):
    """Blank rows at the end of a file are neither people nor closed profiles."""
    reading = read_export({"Connections.csv": [C7, ADA, BEN, "", "", ",,,,,,", ""]})
    assert reading.names == ["Ada Marsh", "Ben Ito"]
    assert reading.kept("Connections.csv") == 2
    assert reading.aside("Connections.csv", "nameless") == 0


def test_trap_39_company_as_of_export(read_export):
    """Company and position are today's: whatever they say, no day of contact and no depth follows from them."""
    positions = [
        "Company Name,Title,Description,Location,Started On,Finished On",
        "Plover Press,Editor,,,Jan 2015,Jan 2018",
    ]
    elsewhere = ADA.replace("Plover Press,Editor", "Tern Tools,Engineer")
    audits = [
        read_export({"Connections.csv": [*PREAMBLE, C7, row], "Positions.csv": positions}).ties("2026-06-01")
        for row in (ADA, elsewhere)
    ]
    same = ["human", "state", "kind", "depth", "last_contact", "days_out", "days_in"]
    pd.testing.assert_frame_equal(audits[0][same], audits[1][same])
    assert audits[0]["last_contact"].isna().all()


def test_trap_42_no_final_newline(read_export):
    """The last row counts although no line feed ends it, as LinkedIn writes Connections.csv."""
    reading = read_export({"Connections.csv": "\n".join([*PREAMBLE, C7, ADA, BEN])})
    assert reading.days["Ben Ito"] == "2023-02-28"
    assert reading.kept("Connections.csv") == 2


def test_trap_46_formula_cells(read_export, tmp_path: Path):
    """Cells that a spreadsheet would run are read as they are and leave as text."""
    from auditor.deliver import ties_csv

    reading = read_export(
        {
            "Connections.csv": [
                C7,
                '"=HYPERLINK(""http://example.com"")",Marsh,https://www.linkedin.com/in/ada-marsh,,@plover,-Editor,05 Mar 2024',
                "+Ben,Ito,https://www.linkedin.com/in/ben-ito,,=1+1,+1 Engineer,28 Feb 2023",
            ]
        }
    )
    assert reading.names == ['=HYPERLINK("http://example.com") Marsh', "+Ben Ito"]
    assert list(reading.connections["company"]) == ["@plover", "=1+1"]
    assert list(reading.connections["position"]) == ["-Editor", "+1 Engineer"]
    ties_csv(reading.audit("2026-06-01").ties, tmp_path / "ties.csv")
    with (tmp_path / "ties.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["company"].lstrip("'") for row in rows) == ["=1+1", "@plover"]
    assert sorted(row["position"].lstrip("'") for row in rows) == ["+1 Engineer", "-Editor"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_trap_51_alias_by_substring(read_export):
    """A column is known by its whole name: added ones that contain that name do not take its place."""
    header = "Nickname,Preferred First Name,Previous Company,Company Size,Last Name Before,Last Name,First Name,Company,Connected On"
    reading = read_export(
        {"Connections.csv": [header, "Addy,Adele,Old Mill,11-50,Reed,Marsh,Ada,Plover Press,05 Mar 2024"]}
    )
    assert reading.names == ["Ada Marsh"]
    assert reading.connections.loc["Ada Marsh", "company"] == "Plover Press"
    assert reading.receipt("Connections.csv")["what"].str.contains("Nickname").any()


def test_trap_51_portuguese_header(read_export):
    """`Nome` does not also match `Sobrenome`: a Portuguese header gives first and last name, each once."""
    header = "Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em"
    reading = read_export(
        {"Connections.csv": [header, "Ana,Souza,https://www.linkedin.com/in/ana-souza,,Plover,,05 Mar 2024"]}
    )
    assert reading.days == {"Ana Souza": "2024-03-05"}
    assert reading.connections.loc["Ana Souza", "company"] == "Plover"


def test_trap_52_company_substring(read_export):
    """Employers are one only when their whole names are: `Plan A` is not in `Plan Ahead`, nor Norte in Sur."""
    companies = [
        "Plan A",
        "Plan Ahead",
        "Studio C",
        "Studio Cairo",
        "Norte, S.A. de C.V.",
        "Sur, S.A. de C.V.",
        "Plan A",
    ]
    people = [
        f'Person,{"ABCDEFG"[i] * 4},https://www.linkedin.com/in/p-{i},,"{company}",,05 Mar 2024'
        for i, company in enumerate(companies)
    ]
    private = "Person,Hhhh,https://www.linkedin.com/in/p-7,,Self-employed,,05 Mar 2024"
    reading = read_export({"Connections.csv": [C7, *people, private]})
    graph = reading.audit("2026-06-01").graph
    employers = [
        {neighbour for neighbour in graph[f"linkedin:p-{i}"] if graph.nodes[neighbour]["kind"] == "organisation"}
        for i in range(8)
    ]
    assert employers[0] == employers[6]
    assert [len(names) for names in employers] == [1, 1, 1, 1, 1, 1, 1, 0]
    assert len(set().union(*employers)) == 6
