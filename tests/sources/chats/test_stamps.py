"""The times of WhatsApp lines, on phones of all sorts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.sources.chats.stamps import Clock, form

EVENING = "2023-06-13 19:35:00"


def times(*lines: str) -> list[str]:
    """The times of a file's lines."""
    found = form(lines)
    assert found is not None
    stamps = [stamp for line in lines if (stamp := found.match(line))]
    clock = Clock.of(stamps)
    seconds = [clock.seconds(stamp) for stamp in stamps]
    return [datetime.fromtimestamp(s, UTC).strftime("%Y-%m-%d %H:%M:%S") if s is not None else "none" for s in seconds]


@pytest.mark.parametrize(
    "line",
    [
        "6/13/23, 7:35 PM - Ada: hi",
        "6/13/23, 7:35\u202fPM - Ada: hi",
        "13.06.23, 19:35 - Ada: hi",
        "13/06/2023, 19:35 - Ada: hi",
        "13/06/2023 19:35 - Ada: hi",
        "13-06-2023 19:35 - Ada: hi",
        "13/6/23 19:35 - Ada: hi",
        "13/06/23 19.35 - Ada: hi",
        "13.6.2023 klo 19.35 - Ada: hi",
        "2023-06-13 19:35 - Ada: hi",
        "2023/06/13 19:35 - Ada: hi",
        "2023. 06. 13. 19:35 - Ada: hi",
        "13/6/2023, 7:35 p. m. - Ada: hi",
        "13/6/2023, 7:35 p.\u00a0m. - Ada: hi",
        "13/6/2023, 7:35 p.m. - Ada: hi",
        "13.06.23, 7:35 nachm. - Ada: hi",
        "2023/6/13 下午7:35 - Ada: hi",
        "2023/6/13 午後7:35 - Ada: hi",
        "2023년 6월 13일 오후 7:35 - Ada : hi",
        "\u0661\u0663\u200f/\u0666\u200f/\u0662\u0660\u0662\u0663\u060c \u0667:\u0663\u0665 \u0645 - Ada: hi",  # Arabic
        "13/6/2566 19:35 - Ada: hi",
        "[13/06/2023, 19:35:00] Ada: hi",
        "[13.06.23, 19:35:00] Ada: hi",
        "[2023/06/13 19:35:00] Ada: hi",
        "[6/13/23, 7:35:00\u202fPM] Ada: hi",
        "\u200e[6/13/23, 7:35:00 PM] Ada: hi",
        "[2023-06-13, 7:35:00 p.m.] Ada: hi",
    ],
)
def test_one_moment_in_every_form(line: str) -> None:
    """Twenty-five to eight in the evening of 13 June 2023."""
    assert times(line) == [EVENING]


@pytest.mark.parametrize(
    ("written", "hour"),
    [("12:00 AM", 0), ("12:00 PM", 12), ("9:29 p. m.", 21), ("9:29 a. m.", 9), ("12:01 a.m.", 0), ("1:00 PM", 13)],
)
def test_the_clock_of_twelve_hours(written: str, hour: int) -> None:
    """Midnight is 12 AM, noon 12 PM, and `p. m.` with a space is the second half as well."""
    assert int(times(f"6/13/23, {written} - Ada: hi")[0][11:13]) == hour


def test_a_number_over_twelve_decides_the_order_for_the_whole_file() -> None:
    """3/4 is 4 March where another line says 3/14, and 3 April where one says 14/3."""
    assert times("3/4/23, 19:35 - A: x", "3/14/23, 19:35 - A: x")[0].startswith("2023-03-04")
    assert times("3/4/23, 19:35 - A: x", "14/4/23, 19:35 - A: x")[0].startswith("2023-04-03")


def test_else_time_does_not_run_backwards() -> None:
    """9/1 before 2/2: as days first, 9 January comes before 2 February; months first, it would run back."""
    assert times("9/1/23, 19:35 - A: x", "2/2/23, 19:35 - A: x")[0].startswith("2023-01-09")
    assert times("1/9/23, 19:35 - A: x", "2/2/23, 19:35 - A: x")[0].startswith("2023-01-09")


def test_else_the_clock_tells_and_the_doubt_is_noted() -> None:
    """12 hours: month first; 24 hours: day first; a day like 5/5 leaves no doubt."""
    assert times("3/4/23, 7:35 PM - A: x") == ["2023-03-04 19:35:00"]
    assert times("3/4/23, 19:35 - A: x") == ["2023-04-03 19:35:00"]
    for line, untold in (("3/4/23, 19:35 - A: x", True), ("5/5/23, 19:35 - A: x", False)):
        stamp = form([line]).match(line)  # type: ignore[union-attr]
        assert Clock.of([stamp]).untold is untold  # type: ignore[list-item]


def test_what_is_no_time_is_none() -> None:
    """The 31st of February, the 25th hour, and a chat from before WhatsApp."""
    line = "28/02/2023, 10:00 - A: x"
    assert times(line, "31/02/2023, 10:00 - A: x", "28/02/2023, 25:00 - A: x", "28/02/2003, 10:00 - A: x")[1:] == [
        "none",
        "none",
        "none",
    ]


def test_other_texts_have_no_form() -> None:
    """Tables, mails and prose are no chat."""
    lines = [
        "First Name,Last Name",
        "2023-06-13,19:35,Ada",
        "On 13/06/2023, Ada wrote:",
        "",
        "[1] a list",
        "12:30 - lunch",
    ]
    assert form(lines) is None


@given(
    st.datetimes(datetime(2010, 1, 1), datetime(2090, 1, 1)), st.sampled_from(["%d/%m/%Y, %H:%M", "%m/%d/%y, %I:%M %p"])
)
def test_a_full_day_count_is_read_back(at: datetime, pattern: str) -> None:
    """Any moment, in a file that has a 28th: what was written is what is read."""
    sure = at.replace(day=28)
    lines = [f"{moment.strftime(pattern)} - A: x" for moment in (sure, at)]
    assert times(*lines)[1] == at.strftime("%Y-%m-%d %H:%M:00")
