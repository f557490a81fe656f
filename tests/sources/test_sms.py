"""The short messages of an Android phone, with pictures and groups."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from auditor.deliver import receipt
from auditor.records import Records
from auditor.sources import Upload, read

MESSAGES = Path(__file__).parent.parent / "fixtures/phone/sms-20261101.xml"
ADA, BEN, OWN = "phone:+12125550123", "phone:+12125550124", "phone:+12125550100"


def exchanges(records: Records) -> list[tuple[int, str, str, int, int | None]]:
    """(row, person, direction, others, words)."""
    table = records.interactions
    words = [None if pd.isna(n) else int(n) for n in table["words"]]
    columns = (table["row"], table["person"].astype("str"), table["direction"], table["others"], words)
    return list(zip(*columns, strict=True))


def mms(box: int, address: str, **addrs: str) -> str:
    """A picture message; `addrs` are types (after an underscore) → numbers joined by `~`."""
    inside = "".join(
        f'<addr address="{n}" type="{kind[1:]}"/>' for kind, numbers in addrs.items() for n in numbers.split("~")
    )
    return f'<mms date="1790848800000" msg_box="{box}" address="{address}" m_id="null"><addrs>{inside}</addrs></mms>'


def read_messages(*inside: str) -> Records:
    return read([Upload("sms.xml", f"<smses>{''.join(inside)}</smses>".encode())])


def test_who_wrote_to_whom() -> None:
    """One to one, from one of a group, and to all of a group; a picture alone has no words."""
    assert exchanges(read([MESSAGES])) == [
        (1, ADA, "in", 0, 4),
        (2, ADA, "out", 0, 5),
        (10, ADA, "in", 0, 3),
        (11, BEN, "in", 1, 2),
        (12, ADA, "out", 1, 4),
        (12, BEN, "out", 1, 4),
        (13, BEN, "out", 0, None),
    ]


def test_the_receipt() -> None:
    """Drafts, what was never sent, services and the owner's notes to self are counted apart."""
    assert receipt(read([MESSAGES]).coverage) == [
        {
            "file": "sms-20261101.xml",
            "kind": "messages",
            "read": 15,
            "kept": 6,
            "set_aside": [
                {"reason": "draft", "rows": 2, "first_row": 3},
                {"reason": "not sent", "rows": 3, "first_row": 4},
                {"reason": "a service, not a person", "rows": 2, "first_row": 7},
                {"reason": "number withheld", "rows": 1, "first_row": 9},
                {"reason": "yourself", "rows": 1, "first_row": 15},
            ],
            "notes": [],
        }
    ]


def test_a_conversation_is_its_people() -> None:
    """Both directions are one thread, a group is another, and the thread names nobody."""
    table = read([MESSAGES]).interactions.set_index("row")["thread"].astype("str")
    assert table[1] == table[2] == table[10]
    assert table[11] == table[12].unique().item() != table[1]
    assert table[1].startswith("sms:")
    assert "555" not in table[1]


def test_who_wrote_what_was_sent_is_the_owner() -> None:
    """Their number is known from then on, with its country, and they are nobody's alter."""
    owner = read([MESSAGES]).owner
    assert (owner.keys, owner.region) == ({OWN}, "US")


def test_who_always_receives_is_the_owner() -> None:
    """In each message received, the owner is the one it is not filed under; a friend in a group is not."""
    one = mms(1, "+12125550123", _137="+12125550123", _151="+12125550100")
    group = mms(1, "+12125550123~+12125550124", _137="+12125550124", _151="+12125550123~+12125550100")
    found = read_messages(one, group)
    assert found.owner.keys == {OWN}
    assert [row[1:4] for row in exchanges(found)] == [(ADA, "in", 0), (BEN, "in", 1)]


def test_an_owner_of_unknown_number_is_no_third_person() -> None:
    """A phone that files nothing under the others: the sole recipient of what was received is the owner."""
    found = read_messages(mms(1, "", _137="+12125550123", _151="+12125550100"))
    assert [row[1:4] for row in exchanges(found)] == [(ADA, "in", 0)]
    assert found.owner.keys == {OWN}


def test_a_group_filed_under_its_sender_alone() -> None:
    """Once the owner's number is known, the others are told from the list of addresses."""
    sent = mms(2, "+12125550123", _137="+12125550100", _151="+12125550123")
    group = mms(1, "+12125550124", _137="+12125550124", _151="+12125550100", _130="+12125550123")
    assert [row[1:4] for row in exchanges(read_messages(sent, group))] == [(ADA, "out", 0), (BEN, "in", 1)]


def test_a_group_whose_sender_is_not_told() -> None:
    """It is set aside: anybody could have written it."""
    found = read_messages('<sms address="+12125550123~+12125550124" date="1790848800000" type="1" body="hello"/>')
    assert receipt(found.coverage)[0]["set_aside"] == [{"reason": "sender not named", "rows": 1, "first_row": 1}]


def test_a_text_is_measured_and_forgotten() -> None:
    """A ritual phrase is recognised behind its emoji; the words stand in no table."""
    found = read_messages(
        '<sms address="+12125550123" date="1790848800000" type="1" body="Happy birthday! &#55356;&#57218;"/>'
    )
    assert found.interactions["stock"].tolist() == ["birthday"]
    tables = (found.people, found.interactions, found.identifiers, found.coverage)
    assert not any("birthday!" in table.to_csv() for table in tables)


def test_an_overlapping_backup_counts_nothing_twice() -> None:
    """The same messages in a later backup are exact duplicates."""
    again = Upload("sms-20261102.xml", MESSAGES.read_bytes())
    assert exchanges(read([MESSAGES, again])) == exchanges(read([MESSAGES]))
