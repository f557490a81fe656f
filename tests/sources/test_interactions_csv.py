"""Interactions from a CSV of one's own."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import deliver
from auditor.errors import InputError
from auditor.sources import Upload, read
from auditor.sources.interactions_csv import moment
from sources.test_vcard import OWNER

DIARY = """\
person,email,phone,profile,at,direction,channel,others,minutes,words,questions,thread,company,position
Bea Poe,,,,2026-03-01,,lunch,1,,,,,Globex,CEO
Bea Poe,bea@example.org,,,2026-03-02T10:00:00+01:00,sent,e-mail,,,120,2,re: opera,,
,,+1 212 555 0142,https://www.linkedin.com/in/bea-poe,1772323200,in,phone call,,12.5,,,,,
Cy Roe,,,https://www.xing.com/profile/Cy_Roe,2026-03-03 09:30 UTC,both,Missed call,,,,,,,
Di Loe,,212 555 0143,,20260304,incoming,,,,7,,,,
"""


def log(content, owner=()):
    return read([*owner, Upload("log.csv", content.encode())])


def rows(records):
    table = records.interactions[["person", "at", "channel", "direction", "others"]].astype({"at": "str"})
    return [tuple(row) for row in table.astype("object").to_numpy()]


def test_a_diary() -> None:
    """Each person by the best key there is, each channel and direction in words of one's own."""
    found = log(DIARY, OWNER)
    assert rows(found) == [
        ("name:bea poe@log", "2026-03-01 00:00:00+00:00", "meal", "both", 1),
        ("email:bea@example.org", "2026-03-02 09:00:00+00:00", "email", "out", 0),
        ("linkedin:bea-poe", "2026-03-01 00:00:00+00:00", "call", "in", 0),
        ("handle:xing.com:profile/cy_roe", "2026-03-03 09:30:00+00:00", "missed_call", "both", 0),
        ("phone:+12125550143", "2026-03-04 00:00:00+00:00", "message", "in", 0),
    ]
    table = found.interactions
    assert table["words"].fillna(-1).tolist() == [-1, 120, -1, -1, 7]
    assert table["questions"].fillna(-1).tolist() == [-1, 2, -1, -1, -1]
    assert table["seconds"].fillna(-1).tolist() == [-1, -1, 750, -1, -1]
    assert table["thread"].dropna().tolist() == ["log:re: opera"]
    assert found.people.loc[0, ["name", "company", "position", "connection"]].tolist() == [
        "Bea Poe", "Globex", "CEO", False,
    ]  # fmt: skip
    phone = found.identifiers[found.identifiers["kind"] == "phone"]
    assert dict(zip(phone["person"], phone["value"], strict=True)) == {
        "linkedin:bea-poe": "+12125550142",
        "phone:+12125550143": "+12125550143",
    }


def test_bad_rows_are_counted() -> None:
    """Each for its reason; the rest is read."""
    found = log(
        "person,at,direction,channel,others\n"
        ",2026-03-01,in,call,\nCy,yesterday,in,call,\nCy,03/04/2026,in,call,\nCy,2026-03-01,,call,\n"
        "Cy,2026-03-01,up,call,\nCy,2026-03-01,in,fax,\nCy,2026-03-01,in,call,-1\nCy,2026-03-01,in,call,99999999999\n"
        "Alex Morgan,2026-03-01,in,call,\n,,,,\nCy,2026-03-01,in,call,\nCy,2026-03-01,in,call,\n",
        OWNER,
    )
    assert deliver.receipt(found.coverage[found.coverage["file"] == "log.csv"]) == [
        {
            "file": "log.csv",
            "kind": "interactions",
            "read": 12,
            "kept": 1,
            "set_aside": [
                {"reason": "nobody is named", "rows": 1, "first_row": 1},
                {"reason": "a time that is neither ISO 8601 nor Unix seconds", "rows": 2, "first_row": 2},
                {"reason": "no direction", "rows": 1, "first_row": 4},
                {"reason": "a direction that is none of out, in, both", "rows": 1, "first_row": 5},
                {"reason": "a channel that is none of the list", "rows": 1, "first_row": 6},
                {
                    "reason": "a number that is none (others, seconds, minutes, words or questions)",
                    "rows": 2,
                    "first_row": 7,
                },
                {"reason": "yourself", "rows": 1, "first_row": 9},
                {"reason": "blank row", "rows": 1, "first_row": 10},
                {"reason": "exact duplicate", "rows": 1, "first_row": 12},
            ],
            "notes": [],
        }
    ]


@pytest.mark.parametrize("who", ["person", "email", "phone", "profile"])
def test_one_column_that_says_who_is_enough(who) -> None:
    """And the direction may be left out where all is meals and meetings."""
    cell = {
        "person": "Bea",
        "email": "b@example.org",
        "phone": "+12125550142",
        "profile": "linkedin.com/in/b",
    }[who]
    assert len(log(f"{who};at;channel\n{cell};2026-03-01;coffee\n").interactions) == 1


def test_unknown_columns_are_noted() -> None:
    """They are read past."""
    found = log("person,at,direction,Mood\nBea,2026-03-01,in,fine\n")
    assert found.coverage["what"].tolist() == ["interactions", "unknown columns: Mood"]


def test_a_log_of_many_egos_is_another_thing() -> None:
    """The command `auditor depth` reads it; here it would all be one owner's."""
    with pytest.raises(InputError, match="`auditor depth` reads it"):
        log("ego,person,at,direction\nann,bea,2026-03-01,in\n")


def test_nothing_lies_more_than_a_year_ahead(tmp_path) -> None:
    """A year too many would move the end of the data; the file's own age tells."""
    path = tmp_path / "log.csv"
    path.write_text("person,at,direction\nBea,2062-03-01,in\nBea,2020-03-01,in\n")
    assert rows(read([path]))[0][1] == "2020-03-01 00:00:00+00:00"


def test_reading_twice_is_reading_once() -> None:
    """By content, whatever the file is called."""
    once = log(DIARY)
    twice = read([Upload("a.csv", DIARY.encode()), Upload("b.csv", DIARY.encode())])
    assert rows(twice) == rows(once)


@given(st.datetimes(min_value=pd.Timestamp("1970-01-02"), max_value=pd.Timestamp("2099-12-30")))
def test_a_moment_is_the_same_in_either_form(when) -> None:
    """ISO 8601 without a zone, and Unix seconds."""
    seconds = pd.Timestamp(when, tz="UTC").timestamp()
    assert moment(when.isoformat()) == pytest.approx(seconds)
    assert moment(f"{seconds:.6f}") == pytest.approx(seconds)


def test_who_introduced_a_person() -> None:
    """A name, an address or a profile; the owner introduces nobody to themselves."""
    found = log(
        "person,at,direction,introduced_by\n"
        "Bea Poe,2026-03-01,out,Cy Roe\n"
        "Di Loe,2026-03-01,out,cy@example.org\n"
        "Ed Noe,2026-03-01,out,https://www.linkedin.com/in/cy-roe\n"
        "Fi Moe,2026-03-01,out,\n",
    )
    told = found.interactions["introduced_by"].astype("object")
    assert told.where(told.notna(), None).tolist() == [
        "name:cy roe@log",
        "email:cy@example.org",
        "linkedin:cy-roe",
        None,
    ]
