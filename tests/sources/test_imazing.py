"""The messages of an iPhone, as iMazing writes them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from auditor.deliver import receipt
from auditor.records import Records
from auditor.sources import Upload, read

FOLDER = Path(__file__).parent.parent / "fixtures/phone"
MESSAGES, WHATSAPP = FOLDER / "Messages - iPhone.csv", FOLDER / "WhatsApp - Hiking club.csv"
ANDROID = FOLDER / "sms-20261101.xml"
ADA, BEN = "phone:+12125550123", "phone:+12125550124"
HEADER = "Chat Session,Message Date,Service,Type,Sender ID,Sender Name,Text,Attachment"


def exchanges(records: Records) -> list[tuple[int, str, str, str, int, int | None]]:
    """(row, person, channel, direction, others, words)."""
    table = records.interactions
    words = [None if pd.isna(n) else int(n) for n in table["words"]]
    columns = [table[c].astype("str") for c in ("person", "channel", "direction")]
    return list(zip(table["row"], *columns, table["others"], words, strict=True))


def read_rows(*rows: str) -> Records:
    return read([Upload("Messages.csv", "\n".join([HEADER, *rows]).encode())])


def test_messages_of_an_iphone() -> None:
    """What the owner wrote goes to those who write in the conversation, or whom it is named after."""
    found = read([MESSAGES])
    assert exchanges(found) == [
        (1, ADA, "sms", "in", 0, 3),
        (2, ADA, "sms", "out", 0, 4),
        (3, BEN, "sms", "out", 0, 4),
        (4, ADA, "sms", "in", 1, 5),
        (5, BEN, "sms", "in", 1, 1),
        (6, ADA, "sms", "out", 1, None),
        (6, BEN, "sms", "out", 1, None),
    ]
    assert found.people.set_index("person")["name"].to_dict() == {ADA: "Ada Lark", BEN: "Ben Moss"}
    assert receipt(found.coverage) == [
        {
            "file": "Messages - iPhone.csv",
            "kind": "messages",
            "read": 10,
            "kept": 6,
            "set_aside": [
                {"reason": "a notice, not a message", "rows": 1, "first_row": 7},
                {"reason": "unreadable date", "rows": 1, "first_row": 10},
                {"reason": "a service, not a person", "rows": 2, "first_row": 8},
            ],
            "notes": ["times have no zone; read as UTC"],
        }
    ]


def test_a_group_of_whatsapp() -> None:
    """Its channel is chat; a group's name names nobody, its members are those who write."""
    assert exchanges(read([WHATSAPP])) == [
        (2, ADA, "chat", "in", 1, 3),
        (3, BEN, "chat", "in", 1, 3),
        (4, ADA, "chat", "out", 1, 2),
        (4, BEN, "chat", "out", 1, 2),
    ]


def test_a_conversation_nobody_has_answered() -> None:
    """The number or the names in its title are all there is; those nobody counts are left out."""
    found = read_rows(
        "+1 212-555-0177,2026-10-01 10:00:00,SMS,Outgoing,,,Hello,",
        '"Cleo Park, Dee Roe & 2 others",2026-10-01 11:00:00,iMessage,Outgoing,,,Hello,',
    )
    assert [row[:2] + row[4:5] for row in exchanges(found)] == [
        (1, "phone:+12125550177", 0),
        (2, "name:cleo park@sms", 1),
        (2, "name:dee roe@sms", 1),
    ]


def test_one_person_with_an_ampersand() -> None:
    """A title that is the sender's own name is no list of names."""
    found = read_rows(
        "Smith & Daughters,2026-10-01 10:00:00,SMS,Incoming,+12125550123,Smith & Daughters,Hello,",
        "Smith & Daughters,2026-10-01 11:00:00,SMS,Outgoing,,,Hello,",
    )
    assert [row[:2] + row[4:5] for row in exchanges(found)] == [(1, ADA, 0), (2, ADA, 0)]


def test_two_people_of_one_name_are_not_guessed() -> None:
    """A title that could be either is a mention of its own."""
    found = read_rows(
        "a,2026-10-01 10:00:00,SMS,Incoming,+12125550123,Ada Lark,Hello,",
        "b,2026-10-01 10:00:00,SMS,Incoming,+12125550177,Ada Lark,Hello,",
        "Ada Lark,2026-10-01 11:00:00,SMS,Outgoing,,,Hello,",
    )
    assert exchanges(found)[2][1] == "name:ada lark@sms"


def test_the_owner_is_nobody_in_their_own_messages() -> None:
    """By name, as a profile gives it."""
    profile = Upload("Profile.csv", b"First Name,Last Name,Headline\nSam,Lee,Baker\n")
    rows = [HEADER, "Sam Lee,2026-10-01 10:00:00,iMessage,Outgoing,,,note to self,"]
    found = read([Upload("Messages.csv", "\n".join(rows).encode()), profile])
    assert found.interactions.empty
    assert receipt(found.coverage)[0]["set_aside"] == [{"reason": "yourself", "rows": 1, "first_row": 1}]


def test_a_conversation_is_the_same_on_both_phones() -> None:
    """Whoever moved from Android to an iPhone has one thread with a friend."""
    threads = [read([file]).interactions["thread"].astype("str")[0] for file in (MESSAGES, ANDROID)]
    assert threads[0] == threads[1]
