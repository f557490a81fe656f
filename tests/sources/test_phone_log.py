"""A call log as a table, from an iPhone or from anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.deliver import receipt
from auditor.errors import NotAnExportError
from auditor.records import Records
from auditor.sources import Upload, read
from auditor.sources.phone_log import seconds, way

FOLDER = Path(__file__).parent.parent / "fixtures/phone"
IPHONE, PLAIN = FOLDER / "Call history.csv", FOLDER / "my calls.csv"
ADA = "phone:+12125550123"


def calls(records: Records) -> list[tuple[str, str, str, str, float]]:
    table = records.interactions
    times = table["at"].dt.strftime("%m-%d %H:%M")
    length = table["seconds"].astype("float64").fillna(-1.0)
    return list(zip(table["person"].astype("str"), times, table["channel"], table["direction"], length, strict=True))


def test_an_iphones_calls() -> None:
    """Both forms of dates, durations in hours, calls of other apps; the owner's number gives national ones a country."""
    found = read([IPHONE])
    assert calls(found) == [
        (ADA, "10-01 10:00", "call", "in", 95.0),
        (ADA, "10-02 10:00", "call", "out", 3605.0),
        ("phone:+12125550177", "10-03 10:00", "missed_call", "in", 0.0),
        ("phone:+442079460958", "10-04 10:00", "missed_call", "out", 0.0),
        ("email:ada@example.com", "10-05 10:00", "call", "out", 1200.0),
    ]
    assert (found.owner.keys, found.owner.region) == ({"phone:+12125550100"}, "US")
    assert receipt(found.coverage) == [
        {
            "file": "Call history.csv",
            "kind": "calls",
            "read": 10,
            "kept": 5,
            "set_aside": [
                {"reason": "blocked call", "rows": 1, "first_row": 6},
                {"reason": "unreadable date", "rows": 1, "first_row": 10},
                {"reason": "a service, not a person", "rows": 1, "first_row": 9},
                {"reason": "number withheld", "rows": 2, "first_row": 7},
            ],
            "notes": ["times have no zone; read as UTC"],
        }
    ]


def test_a_plain_log() -> None:
    """Date and time in two columns, a direction, seconds that may be missing."""
    found = read([PLAIN])
    assert calls(found) == [
        (ADA, "10-01 10:00", "call", "out", 95.0),
        ("phone:+12125550177", "10-02 11:30", "missed_call", "in", 0.0),
        ("phone:+12125550178", "10-03 11:30", "missed_call", "in", -1.0),
    ]
    assert found.people["name"].tolist() == ["Ada Lark"]


def test_times_that_say_utc_need_no_note() -> None:
    """The remark on zones is for times without one."""
    log = "Number,Date,Direction\n+12125550123,2026-10-01T10:00:00Z,in\n"
    assert receipt(read([Upload("log.csv", log.encode())]).coverage)[0]["notes"] == []


@pytest.mark.parametrize(
    "header",
    [
        "Phone number,Date,Call type",
        "Caller,Started,Direction,Duration",
        "To/From;Date/Time;Type;Length",
        "Number\tDate\tTime\tType\tDuration (s)",
        "Name,Phone,Time,Direction",
    ],
)
def test_headers_of_a_log(header: str) -> None:
    """A number, a time and a direction, by whichever names; a bare `Type` counts beside a duration only."""
    assert read([Upload("log.csv", f"{header}\n".encode())]).coverage["kind"].tolist() == ["calls"]


@pytest.mark.parametrize(
    "header",
    [
        "Phone number,Date,Direction,Message",  # short messages
        "Number,Date,Type,Amount",  # invoices
        "Number,Date,Type",
        "Phone,Direction,Duration",
    ],
)
def test_headers_of_other_tables(header: str) -> None:
    """What may be something else is left alone."""
    with pytest.raises(NotAnExportError):
        read([Upload("log.csv", f"{header}\n".encode())])


def test_interactions_of_ones_own_are_no_phone_log() -> None:
    """A header with `at` is theirs."""
    log = "phone,at,direction,channel\n+12125550123,2026-10-01T10:00:00Z,in,call\n"
    assert receipt(read([Upload("log.csv", log.encode())]).coverage)[0]["kind"] != "calls"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("Incoming", ("in", True)),
        ("outgoing call", ("out", True)),
        ("Missed", ("in", False)),
        ("Outgoing (cancelled)", ("out", False)),
        ("Cancelled", ("out", False)),
        ("Incoming – rejected", ("in", False)),
        ("Manqué", ("in", False)),
        ("Blocked", "blocked call"),
        ("Conference", "unknown type of call"),
        ("", "unknown type of call"),
    ],
)
def test_words_for_a_call(kind: str, told: object) -> None:
    """Direction, and whether anybody took it."""
    assert way(kind) == told


@pytest.mark.parametrize(
    ("length", "number"),
    [
        ("01:02:03", 3723),
        ("2:03", 123),
        ("95", 95),
        ("1h 2m 3s", 3723),
        ("2 min", 120),
        ("35 sec.", 35),
        ("", None),
        ("long", None),
    ],
)
def test_lengths(length: str, number: float | None) -> None:
    """A duration in any of its forms, in seconds."""
    assert seconds(length) == number
