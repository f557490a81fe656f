"""The call log of an Android phone."""

from __future__ import annotations

from pathlib import Path

from auditor.deliver import receipt
from auditor.records import Records
from auditor.sources import Upload, read

LOG = Path(__file__).parent.parent / "fixtures/phone/calls-20261101.xml"
ADA, BEN, UK = "phone:+12125550123", "phone:+12125550177", "phone:+442079460958"


def calls(records: Records) -> list[tuple[str, str, str, str, float]]:
    table = records.interactions
    days = table["at"].dt.strftime("%m-%d")
    columns = (table["person"].astype("str"), days, table["channel"], table["direction"], table["seconds"])
    return list(zip(*columns, strict=True))


def test_every_type_of_call() -> None:
    """Taken and missed, in and out; what another device took; a voicemail and a rejected call are missed ones."""
    assert calls(read([LOG])) == [
        (ADA, "10-01", "call", "in", 95.0),
        ("phone:2125550123", "10-02", "call", "out", 600.0),
        (ADA, "10-03", "missed_call", "out", 0.0),
        (ADA, "10-04", "missed_call", "in", 0.0),
        (BEN, "10-05", "missed_call", "in", 12.0),
        (BEN, "10-06", "missed_call", "in", 0.0),
        (UK, "10-08", "call", "in", 0.0),
        (UK, "10-09", "missed_call", "in", 0.0),
        ("phone:+12125550100", "10-10", "call", "out", 3.0),
    ]


def test_names_that_are_none() -> None:
    """`(Unknown)`, `null` and the number again name nobody."""
    people = read([LOG]).people.set_index("person")["name"]
    assert people[ADA] == "Ada Lark"
    assert not {BEN, UK} & set(people.index)


def test_the_receipt() -> None:
    """Every call is kept, or set aside for a reason."""
    assert receipt(read([LOG]).coverage) == [
        {
            "file": "calls-20261101.xml",
            "kind": "calls",
            "read": 15,
            "kept": 9,
            "set_aside": [
                {"reason": "blocked call", "rows": 1, "first_row": 7},
                {"reason": "unreadable date", "rows": 1, "first_row": 15},
                {"reason": "number withheld", "rows": 3, "first_row": 10},
                {"reason": "a service, not a person", "rows": 1, "first_row": 13},
            ],
            "notes": [],
        }
    ]


def test_a_log_says_nothing_of_those_who_are_never_called() -> None:
    """It covers no time: nobody is never spoken to because a call log does not have them."""
    assert read([LOG]).coverage["since"].isna().all()


def test_the_owners_number_tells_the_country_and_is_nobody() -> None:
    """Another file knows the owner's number: national numbers join the international ones, the owner's is set aside."""
    messages = LOG.with_name("sms-20261101.xml")
    found = read([LOG, messages])
    mine = found.interactions[found.interactions["source"] == LOG.name]
    assert sorted(mine["person"].astype("str").unique()) == [ADA, BEN, UK]
    aside = found.coverage[(found.coverage["file"] == LOG.name) & (found.coverage["what"] == "yourself")]
    assert aside[["rows", "line"]].to_numpy().tolist() == [[1, 14]]


def test_a_later_backup_of_the_same_calls_counts_nothing_twice() -> None:
    """A call is the same in whichever backup, under another name too."""
    again = LOG.read_bytes().replace(b"Ada Lark", b"Ada L.")
    assert calls(read([LOG, Upload("calls-20261102.xml", again)])) == calls(read([LOG]))


def test_a_log_that_breaks_off() -> None:
    """What stands before is kept, and the receipt says so."""
    found = read([Upload("calls.xml", LOG.read_bytes()[:900])])
    assert len(found.interactions) == 3
    assert receipt(found.coverage)[0]["notes"] == [
        "the file breaks off after record 3 of 15: make the backup again",
    ]


def test_what_is_no_call() -> None:
    """An unknown type, and an element of another name, are counted."""
    content = b'<calls><call type="99" date="1790848800000" number="+12125550123"/><alien/></calls>'
    aside = receipt(read([Upload("x.xml", content)]).coverage)[0]["set_aside"]
    assert [(line["reason"], line["first_row"]) for line in aside] == [("unknown type of call", 1), ("no call", 2)]
