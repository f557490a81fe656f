"""What the smaller files of an export become."""

from __future__ import annotations

import pandas as pd
import pytest

from sources.conftest import lines

IN = "https://www.linkedin.com/in"
M3 = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
)
ENDORSED = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name"


def table(records):
    rows = records.interactions
    times = rows["at"].dt.strftime("%Y-%m-%d %H:%M")
    return list(
        zip(rows["person"], times, rows["channel"], rows["direction"], rows["words"].astype("object"), strict=True)
    )


@pytest.mark.parametrize(
    ("columns", "cells", "person"),
    [
        ("", "", "name:bea poe@linkedin"),
        (",inviterProfileUrn,inviteeProfileUrn", ",urn:li:member:1,urn:li:member:2", "name:bea poe@linkedin"),
        (",inviterProfileUrl,inviteeProfileUrl", f",{IN},{IN}", "name:bea poe@linkedin"),
        (",inviterProfileUrl,inviteeProfileUrl", f",{IN}/alex-doe,{IN}/béa-poe", "linkedin:béa-poe"),
    ],
)
def test_invitations(export, columns, cells, person):
    """Times are Pacific; a bare invitation has no words; the bare address of winter 2023 names nobody."""
    records = export(
        {
            "Invitations.csv": f"From,To,Sent At,Message,Direction{columns}\n"
            f'Alex Doe,Bea Poe,"7/1/25, 9:05 AM",,OUTGOING{cells}\n'
            f'Alex Doe,Bea Poe,"1/1/26, 9:05 PM",Hello there Bea,OUTGOING{cells}\n'
            f",,,,{',' * columns.count(',')}\n"
        }
    )
    assert table(records) == [
        (person, "2025-07-01 16:05", "invitation", "out", 0),
        (person, "2026-01-02 05:05", "invitation", "out", 3),
    ]
    assert records.owner.names == ("Alex Doe",)
    assert lines(records, "Invitations.csv", "kept") == {"invitations": 2}
    assert lines(records, "Invitations.csv", "set aside") == {"blank row": 1}


def test_invitation_note_repeated(export):
    """A note that comes back as a message when the invitation is accepted is counted once; later words count."""
    records = export(
        {
            "Invitations.csv": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
            f'Alex Doe,Bea Poe,"1/1/26, 9:05 AM","Hi Bea, we met in Rome",OUTGOING,{IN}/alex-doe,{IN}/bea-poe\n',
            "messages.csv": M3
            + f'2-a==,,Alex Doe,{IN}/alex-doe,Bea Poe,{IN}/bea-poe,2026-01-03 10:00:00 UTC,,"Hi Bea, we met in Rome",INBOX\n'
            + f"2-a==,,Alex Doe,{IN}/alex-doe,Bea Poe,{IN}/bea-poe,2026-01-04 10:00:00 UTC,,And again,INBOX\n",
        }
    )
    assert [(channel, words) for _, _, channel, _, words in table(records)] == [("invitation", 6), ("message", 2)]
    assert lines(records, "messages.csv", "set aside") == {"invitation note repeated": 1}
    assert lines(records, "messages.csv", "kept") == {"messages": 1}


def test_endorsements(export):
    """Ten skills in a day are one event; what was withdrawn or is pending is none; addresses may lack their scheme."""
    records = export(
        {
            "Endorsement_Received_Info.csv": f"{ENDORSED},Endorser Public Url,Endorsement Status\n"
            "2024/01/02 03:04:05 UTC,Python,Bea,Poe,www.linkedin.com/in/bea-poe,ACCEPTED\n"
            "2024/01/02 03:04:09 UTC,Rust,Bea,Poe,www.linkedin.com/in/bea-poe,ACCEPTED\n"
            "2024/01/03 03:04:09 UTC,Go,Bea,Poe,www.linkedin.com/in/bea-poe,PENDING\n",
            "Endorsement_Given_Info.csv": "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status\n"
            "2024/01/02 05:00:00 UTC,Python,Bea,Poe,www.linkedin.com/in/bea-poe,ACCEPTED\n",
        }
    )
    assert [row[:4] for row in table(records)] == [
        ("linkedin:bea-poe", "2024-01-02 03:04", "endorsement", "in"),
        ("linkedin:bea-poe", "2024-01-02 05:00", "endorsement", "out"),
    ]
    assert lines(records, "Received_Info.csv", "set aside") == {"endorsement pending": 1, "same endorsement day": 1}


def test_endorsement_twin(export):
    """The UTF-16 copy of 2022 in the same archive adds nothing, although its times and names differ a little."""
    twin = (
        f"{ENDORSED},Endorsement Status,Display Status\n2022/01/02 03:04:05 UTC,Python,Bea,Poe,Accepted,Show\n"
        "2022/01/02 03:04:05 UTC,Rust,Cy,Roe,Redacted,Show\n"
    ).replace(",", "\t")
    records = export(
        {
            "Endorsement_Received_Info.csv": f"{ENDORSED},Endorser Public Url,Endorsement Status\n"
            "2022/01/02 03:04:09 UTC,Python,Bea,Poe,www.linkedin.com/in/bea-poe,ACCEPTED\n",
            "Endorsement Received Info.csv": twin.encode("utf-16"),
        }
    )
    assert [row[0] for row in table(records)] == ["linkedin:bea-poe"]
    assert lines(records, "Endorsement Received Info.csv", "set aside") == {
        "endorsement redacted": 1,
        "same endorsement day": 1,
    }


def test_recommendations(export):
    """They name people by name only; the file's name tells the direction; pending ones are not there yet."""
    header = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
    records = export(
        {
            "Recommendations_Received.csv": header + 'Bea,Poe,Globex,CEO,She is good,"01/02/20, 03:04 PM",VISIBLE\n',
            "Recommendations_Given.csv": header + 'Cy,Roe,Globex,CEO,He is good,"01/02/20, 03:04 PM",\n'
            'Di,Loe,Globex,CEO,Fine,"01/02/20, 03:04 PM",PENDING\n',
            "renamed.csv": header + 'Ed,Moe,Globex,CEO,Fine,"01/02/20, 03:04 PM",VISIBLE\n',
        }
    )
    assert table(records) == [
        ("name:bea poe@linkedin", "2020-01-02 23:04", "recommendation", "in", 3),
        ("name:cy roe@linkedin", "2020-01-02 23:04", "recommendation", "out", 3),
    ]
    assert lines(records, "Given.csv", "set aside") == {"pending": 1}
    assert list(lines(records, "renamed.csv", "set aside")) == [
        "given or received: only the file's name tells, and it was changed"
    ]


def test_notes(export):
    """A private note is a sign of the owner's interest, and no contact."""
    records = export(
        {
            "Notes.csv": "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n"
            f"Bea,Poe,{IN}/bea-poe,Likes Rome,2026-01-02 03:04:05 UTC,\n"
        }
    )
    assert table(records) == [("linkedin:bea-poe", "2026-01-02 03:04", "note", "out", 2)]


def test_address_book(export):
    """Entries are no connections; doubled numbers count once, national ones not at all; the owner's own card is out."""
    records = export(
        {
            "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\nalex@example.org,Yes,Yes,1/1/20\n",
            "ImportedContacts.csv": "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,FullName,Profiles\n"
            'MOBILE_CONTACTS,Bea,Poe,null,,"bea@example.org,b@example.com"," +1 555 010 0199, +15550100199","1/1/20, 3:04 PM",Bea Poe,\n'
            'MOBILE_CONTACTS,Cy,,Globex,Boss,,"555-0123","1/1/20, 3:04 PM",Cy,\n'
            'MOBILE_CONTACTS,Alex,Doe,,,alex@example.org,,"1/1/20, 3:04 PM",Alex Doe,\n'
            'MOBILE_CONTACTS,,,,,,"+1 555 010 0100","1/1/20, 3:04 PM",,\n',
        }
    )
    people = records.people
    assert people[["person", "name", "connection"]].values.tolist() == [
        ["email:bea@example.org", "Bea Poe", False],
        ["name:cy@addressbook", "Cy", False],
    ]
    assert people["company"].isna().tolist() == [True, False]
    assert sorted(records.identifiers["value"]) == ["+15550100199", "b@example.com", "bea@example.org"]
    assert lines(records, "ImportedContacts.csv", "set aside") == {"nameless": 1, "yourself": 1}


def test_national_numbers_in_an_address_book(export):
    """They are of the owner's country, where the owner's own number tells it; two people's number is nobody's alone."""
    records = export(
        {
            "PhoneNumbers.csv": "Extension,Number,Type\n,+1 212 555 0100,Mobile\n",
            "ImportedContacts.csv": "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,FullName,Profiles\n"
            'MOBILE_CONTACTS,Cy,Roe,,,,"(212) 555-0142","1/1/20, 3:04 PM",Cy Roe,\n'
            'MOBILE_CONTACTS,Di,Loe,,,,"212-555-0143, +12125550144","1/1/20, 3:04 PM",Di Loe,\n'
            'MOBILE_CONTACTS,Ed,Loe,,,,"+12125550144","1/1/20, 3:04 PM",Ed Loe,\n',
        }
    )
    assert records.people[["person", "name"]].values.tolist() == [
        ["phone:+12125550142", "Cy Roe"],
        ["phone:+12125550143", "Di Loe"],
        ["name:ed loe@addressbook", "Ed Loe"],
        ["phone:+12125550144", "Di Loe / Ed Loe"],
    ]


def test_owner(export):
    """Name, maiden name, addresses, numbers and employers are what the owner is known by."""
    owner = export(
        {
            "Profile.csv": "First Name,Last Name,Maiden Name,Headline\nAlex,Doe,Moe,Engineer\n",
            "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\nAlex@Example.org,Yes,Yes,1/1/20",
            "PhoneNumbers.csv": "Extension,Number,Type\n, +1 555 010 0199,Mobile\n,,\n",
            "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\nGlobex,CEO,,,Jan 2020,\n",
        }
    ).owner
    assert owner.names == ("Alex Doe", "Alex Moe")
    assert owner.keys == {
        "name:alex doe@linkedin",
        "name:alex moe@linkedin",
        "email:alex@example.org",
        "phone:+15550100199",
    }
    assert owner.companies == ("Globex",)


def test_broadcasts(export):
    """Posts, comments, reactions, votes, reposts and follows name nobody: they are counted and tie nobody."""
    records = export(
        {
            "Shares_12345.csv": 'Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\r\n2024-01-01 10:00:00,https://e.org,"line1""\r\n""""\r\n""line3",,,X\r\n',
            "Comments.csv": "Date,Link,Message\n2024-01-02 10:00:00,https://e.org,first line\nsecond line\n\nthird\n2024-01-03 10:00:00,https://e.org,ok\n",
            "Reactions.csv": "Date,Type,Link\n2024-01-04 10:00:00,LIKE,https://e.org\n",
            "Votes.csv": "Date,Link,OptionText\n2024-01-05 10:00:00,https://e.org,Yes\n",
            "InstantReposts.csv": "Date,Link\n2024-01-06 10:00:00,https://e.org\n",
            "Member_Follows.csv": "Date,Status,FullName\n2024-01-07 10:00:00,Active,Bea Poe\n",
        }
    )
    sent = records.broadcasts.sort_values("at")
    assert sent["kind"].tolist() == ["post", "comment", "comment", "reaction", "vote", "repost", "follow"]
    assert str(sent["at"].dtype) == "datetime64[us, UTC]"
    assert records.interactions.empty
    assert records.people.empty
    assert lines(records, "Comments.csv", "kept") == {"comments": 2}
    assert "lines that belong to the comment before them: 3" in lines(records, "Comments.csv", "note")


def test_private_files_stay_closed(export):
    """Private files and chats with machines are named in the receipt and never opened, whatever they hold."""
    broken = b"\xff\xfe\x00"
    closed = ["Logins.csv", "Receipts_v2.csv", "Jobs/Job Applications_1.csv", "guide_messages.csv", "Learning.csv"]
    records = export({"Profile.csv": "First Name,Last Name,Headline\nAlex,Doe,x\n", **dict.fromkeys(closed, broken)})
    kinds = records.coverage[records.coverage["kind"] == "not opened"]
    assert sorted(file.partition("/")[2] for file in kinds["file"]) == sorted(closed)


def test_until_is_the_latest_day_of_the_archive(export):
    """What the mailbox covers ends with the latest date in any file of the archive."""
    records = export(
        {
            "messages.csv": "From,To,Date,Subject,Content,Direction,Folder\n"
            'Alex Doe,Bea Roe,"1/31/18, 4:05 AM",,Hi,OUTGOING,SENT\n',
            "Connections.csv": "First Name,Last Name,Connected On\nCy,Poe,02 Mar 2018\n",
        }
    )
    kept = records.coverage[records.coverage["kind"] == "messages"].iloc[0]
    assert kept["until"] == pd.Timestamp("2018-03-02", tz="UTC")
