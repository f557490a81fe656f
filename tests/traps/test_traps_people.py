"""Traps of identity: one person written two ways, two people written one way, and people who are none."""

from __future__ import annotations

import unicodedata

import pytest

C6 = "First Name,Last Name,Email Address,Company,Position,Connected On"
C7 = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
M2 = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER"
M3 = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
IN = "https://www.linkedin.com/in/"
PROFILE = {"Profile.csv": ["First Name,Last Name,Maiden Name,Headline,Summary,Industry", "Robin,Hart,,,,"]}
ENDORSED = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status"
CONTACTS = (
    "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
    "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles"
)


def test_trap_06_encoded_and_raw_slugs(read_export):
    """One profile, percent-encoded in Connections, raw in messages, decomposed in Invitations, is one person."""
    decomposed = unicodedata.normalize("NFD", "josé-núñez")
    reading = read_export(
        PROFILE
        | {
            "Connections.csv": [C7, f"José,Núñez,{IN}jos%C3%A9-n%C3%BA%C3%B1ez,,,,05 Mar 2024"],
            "messages.csv": [
                M3,
                f"2-a==,,José Núñez,{IN}José-núñez,Robin Hart,{IN}robin-hart,2026-03-01 10:00:00 UTC,,Hi,INBOX",
            ],
            "Invitations.csv": [
                "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
                f'Robin Hart,José Núñez,"3/4/26, 9:05 AM",Hello José,OUTGOING,{IN}robin-hart,{IN}{decomposed}',
            ],
        }
    )
    assert {person for person, _, _ in reading.exchanges()} == {"linkedin:josé-núñez"}
    ties = reading.ties("2026-06-01")
    assert list(ties["human"]) == ["linkedin:josé-núñez"]
    assert (ties["days_in"].item(), ties["days_out"].item()) == (1, 1)


def test_trap_07_url_without_scheme(read_export):
    """Endorsements write `www.linkedin.com/in/…` without https, and mean the same person."""
    reading = read_export(
        PROFILE
        | {
            "Connections.csv": [C7, f"Ada,Marsh,{IN}ada-marsh,,,,05 Mar 2024"],
            "Endorsement_Received_Info.csv": [
                ENDORSED,
                "2026/03/01 10:00:00 UTC,Editing,Ada,Marsh,www.linkedin.com/in/ada-marsh,ACCEPTED",
                "2026/03/01 10:00:30 UTC,Typing,Ada,Marsh,www.linkedin.com/in/ada-marsh,ACCEPTED",
            ],
            "Endorsement_Given_Info.csv": [
                ENDORSED.replace("Endorser", "Endorsee"),
                "2026/03/02 10:00:00 UTC,Cutting,Ada,Marsh,www.linkedin.com/in/ada-marsh,ACCEPTED",
            ],
        }
    )
    assert {(person, way) for person, _, way in reading.exchanges("endorsement")} == {
        ("linkedin:ada-marsh", "in"),
        ("linkedin:ada-marsh", "out"),
    }
    ties = reading.ties("2026-06-01")
    assert len(ties) == 1
    assert (ties["days_in"].item(), ties["days_out"].item()) == (1, 1)


@pytest.mark.parametrize(
    ("columns", "out_to_ada", "in_from_bo"),
    [
        pytest.param("", "", "", id="until mid-2023, five columns"),
        pytest.param(
            ",inviterProfileUrn,inviteeProfileUrn",
            ",urn:li:member:1,urn:li:member:2",
            ",urn:li:member:3,urn:li:member:1",
            id="summer 2023, urns",
        ),
        pytest.param(
            ",inviterProfileUrl,inviteeProfileUrl",
            ",https://www.linkedin.com/in,https://www.linkedin.com/in",
            ",https://www.linkedin.com/in,https://www.linkedin.com/in",
            id="winter 2023-24, bare URLs",
        ),
        pytest.param(
            ",inviterProfileUrl,inviteeProfileUrl",
            f",{IN}robin-hart,{IN}ada-marsh",
            f",{IN}bo-lind,{IN}robin-hart",
            id="since, URLs",
        ),
    ],
)
def test_trap_08_four_invitation_headers(read_export, columns, out_to_ada, in_from_bo):
    """In all four header eras each invitation goes to its own person; the bare URL of everybody is nobody's."""
    reading = read_export(
        PROFILE
        | {
            "Connections.csv": [C7, f"Ada,Marsh,{IN}ada-marsh,,,,05 Mar 2026", f"Bo,Lind,{IN}bo-lind,,,,06 Mar 2026"],
            "Invitations.csv": [
                f"From,To,Sent At,Message,Direction{columns}",
                f'Robin Hart,Ada Marsh,"3/4/26, 9:05 AM",We met at the fair,OUTGOING{out_to_ada}',
                f'Bo Lind,Robin Hart,"3/5/26, 9:05 AM",Shall we talk?,INCOMING{in_from_bo}',
            ],
        }
    )
    assert [(at, way) for _, at, way in reading.exchanges("invitation")] == [
        ("2026-03-04 17:05:00", "out"),
        ("2026-03-05 17:05:00", "in"),
    ]
    ties = reading.ties("2026-06-01")
    assert set(ties["human"]) == {"linkedin:ada-marsh", "linkedin:bo-lind"}
    assert tuple(ties.loc["Ada Marsh", ["days_out", "days_in"]]) == (1, 0)
    assert tuple(ties.loc["Bo Lind", ["days_out", "days_in"]]) == (0, 1)


def test_trap_27_linkedin_member(read_export):
    """`LinkedIn Member` is many people and no person: no node, and each row counted."""
    reading = read_export(
        PROFILE
        | {
            "messages.csv": [
                M3,
                f"2-a==,,LinkedIn Member,,Robin Hart,{IN}robin-hart,2026-03-01 10:00:00 UTC,,Hello,INBOX",
                f"2-b==,,LinkedIn Member,,Robin Hart,{IN}robin-hart,2026-03-02 10:00:00 UTC,,Good day,INBOX",
                f"2-b==,,Robin Hart,{IN}robin-hart,LinkedIn Member,,2026-03-03 10:00:00 UTC,,Good day to you,INBOX",
                f"2-c==,,Ada Marsh,{IN}ada-marsh,Robin Hart,{IN}robin-hart,2026-03-04 10:00:00 UTC,,Hi,INBOX",
            ]
        }
    )
    assert reading.exchanges() == [("linkedin:ada-marsh", "2026-03-04 10:00:00", "in")]
    assert reading.aside("messages.csv", "member|hidden|deleted") == 3
    assert list(reading.ties("2026-06-01")["name"]) == ["Ada Marsh"]
    assert not reading.records.people["name"].str.contains("LinkedIn").any()


def test_trap_40_homonyms_with_urls(read_export):
    """What a John Smith without a profile did is given to neither of the two John Smiths, and to the one Ann Lee."""
    reading = read_export(
        PROFILE
        | {
            "Connections.csv": [
                C7,
                f"John,Smith,{IN}john-smith-1,,Plover Press,,05 Mar 2024",
                f"John,Smith,{IN}john-smith-2,,Tern Tools,,06 Mar 2024",
                f"Ann,Lee,{IN}ann-lee,,,,07 Mar 2024",
            ],
            "messages.csv": [
                M2,
                "2-a==,,John Smith,,Robin Hart,2022-03-01 10:00:00 UTC,,Hello,INBOX",
                "2-b==,,Ann Lee,,Robin Hart,2022-03-02 10:00:00 UTC,,Hello,INBOX",
            ],
        }
    )
    ties = reading.ties("2026-06-01").set_index("human")
    assert list(ties.loc[["linkedin:john-smith-1", "linkedin:john-smith-2", "linkedin:ann-lee"], "days_in"]) == [
        0,
        0,
        1,
    ]
    assert list(ties.loc[~ties["connection"], "days_in"]) == [1]


def test_trap_40_homonyms_without_urls(read_export):
    """Two connections of one name in a file without URLs stay two, and a message of that name belongs to neither."""
    reading = read_export(
        PROFILE
        | {
            "Connections.csv": [C6, "John,Smith,,Plover Press,,05 Mar 2020", "John,Smith,,Tern Tools,,06 Mar 2020"],
            "messages.csv": [M2, "2-a==,,John Smith,,Robin Hart,2022-03-01 10:00:00 UTC,,Hello,INBOX"],
        }
    )
    assert reading.connections["person"].nunique() == 2
    ties = reading.ties("2026-06-01")
    assert list(ties.loc[ties["connection"], "days_in"]) == [0, 0]
    assert list(ties.loc[~ties["connection"], "days_in"]) == [1]


@pytest.mark.parametrize(
    ("first", "last", "elsewhere"),
    [
        (" José (Pepe)", "Núñez ", "JOSE NUNEZ"),
        ("𝐉𝐨𝐬𝐞", "𝐍𝐮𝐧𝐞𝐳", "Jose Nunez"),
        ("Jose", "Nunez, CFA®", "Jose Nunez"),
        ("Dr. Jose", "Nunez, PhD, MBA", "José Núñez 🚀"),
        ("🌱 Jose", "Nunez", "Jose  Nunez, Ph.D."),
    ],
)
def test_trap_41_name_decorations(read_export, first, last, elsewhere):
    """Emoji, bold letters, nicknames, credentials, spaces and capitals do not make a second person; the name stays as written."""
    reading = read_export(
        PROFILE
        | {
            "Connections.csv": [C7, f'"{first}","{last}",{IN}jose-nunez,,,,05 Mar 2024'],
            "messages.csv": [M2, f'2-a==,,"{elsewhere}",,Robin Hart,2022-03-01 10:00:00 UTC,,Hello,INBOX'],
        }
    )
    ties = reading.ties("2026-06-01")
    assert list(ties["human"]) == ["linkedin:jose-nunez"]
    assert list(ties["days_in"]) == [1]
    assert list(ties["name"]) == [f"{first.strip()} {last.strip()}"]


def test_trap_44_phone_numbers_twice(read_export):
    """A number written twice, once with a leading space, is one number."""
    row = 'MOBILE_CONTACTS,Ada,Marsh,,,," +1 202 555 0101, +12025550101","3/4/21, 9:05 AM",,,,Ada Marsh,,,,'
    reading = read_export(
        {"Contacts.csv": [CONTACTS, row], "Connections.csv": [C7, f"Bo,Lind,{IN}bo-lind,,,,05 Mar 2024"]}
    )
    assert list(reading.identifiers("phone").values()) == [["+12025550101"]]
    assert reading.exchanges() == []


def test_trap_45_null_literals(read_export):
    """The word `null` for a company is no company; a person whose name is Null is one."""
    reading = read_export(
        {
            "Contacts.csv": [
                CONTACTS,
                'GOOGLE_CONTACTS,Dan,Pike,null,null,dan@example.org,,"3/4/21, 9:05 AM",,,,Dan Pike,,,,',
            ],
            "Connections.csv": [C7, f"Nan,Null,{IN}nan-null,,None Ltd,NA,05 Mar 2024"],
        }
    )
    people = reading.records.people.set_index("name")
    assert people.loc["Dan Pike", ["company", "position"]].isna().all()
    assert reading.names == ["Nan Null"]
    assert tuple(people.loc["Nan Null", ["company", "position"]]) == ("None Ltd", "NA")
