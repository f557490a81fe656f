"""Traps of the archive: encodings, twins, splits, look-alikes, and files that stay closed."""

from __future__ import annotations

import csv
import zipfile

import pandas as pd
import pytest

from auditor.audit import audit
from auditor.errors import NotAnExportError
from auditor.sources import read

C7 = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
ADA = "Ada,Marsh,https://www.linkedin.com/in/ada-marsh,,Plover Press,Editor,05 Mar 2024"
CONNECTIONS = {"Connections.csv": [C7, ADA]}
M6 = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,"
    "ATTACHMENTS"
)
PROFILE = {"Profile.csv": ["First Name,Last Name,Maiden Name,Headline,Summary,Industry", "Robin,Hart,,,,"]}
FROM_ADA = (
    "2-a==,,Ada Marsh,https://www.linkedin.com/in/ada-marsh,Robin Hart,https://www.linkedin.com/in/robin-hart,"
    "2026-03-01 10:00:00 UTC,,{},INBOX,"
)


@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("SearchQueries.csv", ["Time,Search Query", "2026/03/01 10:00:00 UTC,plumber, oslo, cheap"]),
        ("Search Queries.csv", ["Time,Search Query", "2018/03/01 10:00:00 UTC,plumber, oslo, cheap"]),
    ],
)
def test_trap_16_search_queries(read_export, opened, zipped, name, lines):
    """What the owner searched for, with its unquoted commas, stays closed and stands in the receipt."""
    reading = read_export(CONNECTIONS | {name: lines}, zipped=zipped)
    assert reading.kind(name) == "not opened"
    assert name not in opened
    assert "Connections.csv" in opened
    assert reading.names == ["Ada Marsh"]


def test_trap_17_utf16_and_tabs(read_export):
    """A UTF-16 file with tabs and quotes, named .csv, is read beside UTF-8 files of the same archive."""
    text = (
        '"Endorsement Date"\t"Skill Name"\t"Endorser First Name"\t"Endorser Last Name"\t"Endorsement Status"\t"Display Status"\n'
        '"2022/03/01 10:00:00 UTC"\t"Editing"\t"Ada"\t"Marsh"\t"Accepted"\t"Show"\n'
    )
    reading = read_export(CONNECTIONS | {"Endorsement Received Info.csv": b"\xff\xfe" + text.encode("utf-16-le")})
    assert [e[1:] for e in reading.exchanges("endorsement")] == [("2022-03-01 10:00:00", "in")]
    assert reading.kept("Endorsement Received Info.csv") == 1
    assert reading.names == ["Ada Marsh"]


def test_trap_18_workbook_named_csv(export, zipped):
    """A workbook renamed to .csv is refused in one line that says it is a workbook, and is not unpacked as a zip."""
    workbook = zipped(
        {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": "<x/>"}
    )
    with pytest.raises(NotAnExportError, match=r"(?i)Connections\.csv.*(excel|workbook|spreadsheet)"):
        read([export({"Connections.csv": workbook}) / "Connections.csv"])


def test_trap_18_workbook_beside_others(read_export, zipped):
    """Beside files that can be read, the workbook is one line of the receipt."""
    workbook = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
    reading = read_export(CONNECTIONS | {"Contacts.csv": workbook})
    assert reading.kind("Contacts.csv") == "not recognised"
    assert reading.receipt("Contacts.csv")["what"].str.contains("excel|workbook|spreadsheet", case=False).any()
    assert not reading.records.coverage["file"].str.contains("workbook.xml").any()
    assert reading.names == ["Ada Marsh"]


@pytest.mark.parametrize("name", ["Reactions.csv", "Reactions_34875879.csv"])
def test_trap_19_whole_line_quoted(read_export, name):
    """A file whose every line was quoted as one cell is read as if it had not been."""
    reading = read_export(
        CONNECTIONS
        | {
            name: [
                '"Date,Type,Link"',
                '"2024-05-01 10:00:00,LIKE,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A1"',
                '"2024-05-02 11:00:00,PRAISE,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A2"',
            ]
        },
        rows={name: 2},
    )
    assert reading.kept(name) == 2
    assert list(reading.records.broadcasts["kind"]) == ["reaction", "reaction"]
    assert list(reading.records.broadcasts["at"].dt.strftime("%Y-%m-%d %H")) == ["2024-05-01 10", "2024-05-02 11"]


def test_trap_19_quoted_connections(read_export):
    """The same damage to the connection list loses nobody."""
    reading = read_export({"Connections.csv": [f'"{C7}"', f'"{ADA}"']}, rows={"Connections.csv": 1})
    assert reading.days == {"Ada Marsh": "2024-03-05"}


@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize(
    "name",
    [
        "guide_messages.csv",
        "coach_messages.csv",
        "learning_coach_messages.csv",
        "learning_role_play_messages.csv",
        "Guide_Messages_34875879.csv",
    ],
)
def test_trap_20_coach_chats(read_export, opened, zipped, name):
    """Chats with LinkedIn's machines have the header of messages.csv, and are neither opened nor people."""
    chat = [
        M6,
        FROM_ADA.replace("Ada Marsh", "Career Coach").replace("ada-marsh", "career-coach").format("How can I help?"),
    ]
    reading = read_export(CONNECTIONS | PROFILE | {name: chat}, zipped=zipped)
    assert reading.kind(name) == "not opened"
    assert name not in opened
    assert reading.exchanges() == []
    assert list(reading.ties("2026-06-01")["name"]) == ["Ada Marsh"]


def test_trap_20_no_conversations_found(read_export):
    """LearningCoachMessages.csv, one sentence without a header, stops nothing."""
    reading = read_export(CONNECTIONS | {"LearningCoachMessages.csv": "No conversations found\n"})
    assert reading.kind("LearningCoachMessages.csv") == "not opened"
    assert reading.names == ["Ada Marsh"]


def test_trap_21_twin_endorsement_files(read_export):
    """Two files of the same endorsements count each one once; redacted ones are set aside."""
    plain = [
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status",
        "2022/03/01 10:00:00 UTC,Editing,Ada,Marsh,ACCEPTED",
    ]
    twin = (
        '"Endorsement Date"\t"Skill Name"\t"Endorser First Name"\t"Endorser Last Name"\t"Endorsement Status"\t"Display Status"\n'
        '"2022/03/01 10:00:00 UTC"\t"Editing"\t"Ada"\t"Marsh"\t"Accepted"\t"Show"\n'
        '"2021/07/01 08:30:00 UTC"\t"Typing"\t"Ben"\t"Ito"\t"Redacted"\t"Show"\n'
    )
    files = {
        "Endorsement_Received_Info.csv": plain,
        "Endorsement Received Info.csv": b"\xff\xfe" + twin.encode("utf-16-le"),
    }
    reading = read_export(CONNECTIONS | files)
    assert [e[1:] for e in reading.exchanges("endorsement")] == [("2022-03-01 10:00:00", "in")]
    assert sum(map(reading.kept, files)) == 1
    assert sum(map(reading.aside, files)) == 2


def test_trap_22_numbered_splits(read_export):
    """Splits and member-id suffixes are the file they belong to, or stay as closed as it."""
    comment = "{},https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A1,Well said"
    reading = read_export(
        CONNECTIONS
        | {
            "Comments_34875879.csv": ["Date,Link,Message", comment.format("2025-05-01 10:00:00")],
            "Comments (1).csv": ["Date,Link,Message", comment.format("2025-05-02 10:00:00")],
            "Jobs/Job Applications_1.csv": ["Application Date,Contact Email", "1/2/26,robin@example.com"],
            "Jobs/Job Applicant Saved Screening Question Responses_4.csv": ["Question,Answer", "Notice,None"],
        }
    )
    assert list(reading.records.broadcasts["kind"]) == ["comment", "comment"]
    assert reading.kept("Comments_34875879.csv") == reading.kept("Comments (1).csv") == 1
    assert reading.kind("Jobs/Job Applications_1.csv") == "not opened"
    assert reading.kind("Jobs/Job Applicant Saved Screening Question Responses_4.csv") == "not opened"


@pytest.mark.parametrize("name", ["Contacts.csv", "ImportedContacts.csv", "Contacts_34875879.csv"])
def test_trap_22_contacts_by_both_names(read_export, name):
    """The address book is the same under either name, and its people are no connections."""
    header = (
        "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
        "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles"
    )
    row = 'MOBILE_CONTACTS,Dan,Pike,,,dan@example.org,,"3/4/21, 9:05 AM",,,,Dan Pike,,,,'
    reading = read_export(CONNECTIONS | {name: [header, row]})
    assert reading.kind(name) in {"contacts", "address book"}
    assert reading.names == ["Ada Marsh"]
    assert ["dan@example.org"] in reading.identifiers("email").values()
    assert reading.kept(name) == 1


@pytest.mark.parametrize(
    "layers",
    [
        pytest.param(["Basic_LinkedInDataExport_06-01-2026/"], id="folder in zip"),
        pytest.param(["export.zip"], id="zip in zip"),
        pytest.param(["Complete_LinkedInDataExport_06-01-2026.zip (1)/", "a.zip.zip"], id="folder and zip in zip"),
    ],
)
def test_trap_23_nested_archives(tmp_path, zipped, layers):
    """However deep the export was packed, and whatever the Mac added, it is read once and whole."""
    packed = {"CONNECTIONS.CSV": [C7, ADA], "__MACOSX/._CONNECTIONS.CSV": b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"}
    for layer in layers:
        packed = (
            {layer: zipped(packed)} if ".zip" in layer[-4:] else {layer + name: text for name, text in packed.items()}
        )
    archive = tmp_path / "Complete_LinkedInDataExport_06-01-2026.zip.zip"
    archive.write_bytes(zipped(packed))
    records = read([archive])
    assert list(records.people["name"]) == ["Ada Marsh"]
    kept = records.coverage[records.coverage["role"] == "kept"]
    assert list(kept["rows"]) == [1]
    assert kept["file"].str.endswith("CONNECTIONS.CSV").all()


def test_trap_23_basic_and_complete(tmp_path, zipped):
    """LinkedIn sends the export in two parts, and people hand in both: what stands in both is counted once."""
    files = CONNECTIONS | PROFILE | {"messages.csv": [M6, FROM_ADA.format("Hello")]}
    paths = [tmp_path / f"{part}_LinkedInDataExport_06-01-2026.zip" for part in ("Basic", "Complete")]
    for path in paths:
        path.write_bytes(zipped(files))
    records = read(paths)
    assert len(records.interactions) == 1
    ties = audit(records, as_of=pd.Timestamp("2026-06-01", tz="UTC")).ties
    assert (list(ties["name"]), list(ties["days_in"])) == (["Ada Marsh"], [1])
    messages = records.coverage[records.coverage["file"].str.endswith("messages.csv")]
    assert messages.groupby("role")["rows"].sum().to_dict() == {"kept": 1, "set aside": 1}


def test_trap_33_quoted_header_and_real_newlines(read_export):
    """Since 2026 every field is quoted and texts have real line breaks: two messages are two, whole."""
    header = ",".join(f'"{column}"' for column in M6.split(","))
    long = ",".join(f'"{cell}"' for cell in FROM_ADA.format("one two\nthree\n\nfour?").split(","))
    short = ",".join(f'"{cell}"' for cell in FROM_ADA.format("five").replace("03-01", "03-02").split(","))
    reading = read_export(CONNECTIONS | PROFILE | {"messages.csv": [header, long, short]})
    assert reading.exchanges("message") == [
        ("linkedin:ada-marsh", "2026-03-01 10:00:00", "in"),
        ("linkedin:ada-marsh", "2026-03-02 10:00:00", "in"),
    ]
    first = reading.records.interactions.sort_values("at").iloc[0]
    assert first["words"] == 4
    assert first["questions"] == 1
    assert reading.kept("messages.csv") == 2


def test_trap_43_giant_cells(read_export, opened):
    """A text longer than csv's 131,072 characters is read whole; a giant file that is not needed stays closed."""
    limit = csv.field_size_limit(131_072)
    answers = "Jobs/Job Applicant Saved Answers.csv"
    try:
        reading = read_export(
            CONNECTIONS
            | PROFILE
            | {
                "messages.csv": [M6, FROM_ADA.format("word " * 40_000)],
                answers: ["Question,Answer", f"Why us?,{'because ' * 100_000}"],
            }
        )
    finally:
        csv.field_size_limit(limit)
    assert list(reading.records.interactions["words"]) == [40_000]
    assert reading.kept("messages.csv") == 1
    assert reading.kind(answers) == "not opened"
    assert "Job Applicant Saved Answers.csv" not in opened


@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("name", ["Ad_Targeting.csv", "Ad Targeting.csv"])
def test_trap_47_repeated_columns(read_export, opened, zipped, name):
    """Ad targeting, with its columns of one name, stays closed and stands in the receipt."""
    text = ["Member Age,Company Names,Company Names,Company Names", "25-34,Plover,Tern,Wren"]
    reading = read_export(CONNECTIONS | {name: text}, zipped=zipped)
    assert reading.kind(name) == "not opened"
    assert name not in opened


@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
def test_trap_48_unnamed_last_column(read_export, opened, zipped):
    """Learning, with its trailing comma and unnamed column, stays closed and stands in the receipt."""
    text = [
        "Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),",
        "Sewing,,COURSE,N/A,",
    ]
    reading = read_export(CONNECTIONS | {"Learning.csv": text}, zipped=zipped)
    assert reading.kind("Learning.csv") == "not opened"
    assert "Learning.csv" not in opened


def test_trap_49_colons_and_accents_in_entry_names(read_export, tmp_path, monkeypatch):
    """Entry names that no Windows disk takes are harmless, since nothing is unpacked to a disk."""
    monkeypatch.chdir(tmp_path)
    articles = ["Articles/2017-12-09 04:54:08.html", "Articles/Articles/crème-brûlée-à-deux.html"]
    reading = read_export(CONNECTIONS | dict.fromkeys(articles, "<p>By Ada Marsh</p>"), zipped=True)
    assert [path.name for path in tmp_path.rglob("*")] == ["Complete_LinkedInDataExport_06-01-2026.zip"]
    with zipfile.ZipFile(tmp_path / "Complete_LinkedInDataExport_06-01-2026.zip") as archive:
        assert articles[1] in archive.namelist()
    for name in articles:
        assert reading.kind(name) in {"not opened", "not recognised"}
    assert list(reading.ties("2026-06-01")["name"]) == ["Ada Marsh"]
