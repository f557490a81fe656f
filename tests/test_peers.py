"""Every way in which the tools that people use today are known to fail on an export, as a thing this one does right."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta

import pytest

C7 = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
M3 = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
IN = "https://www.linkedin.com/in/"
PROFILE = {"Profile.csv": ["First Name,Last Name,Maiden Name,Headline,Summary,Industry", "Robin,Hart,,,,"]}
ME = f"Robin Hart,{IN}robin-hart"
KIM = f"Kim Oak,{IN}kim-oak"
LEE = f"Lee Ash,{IN}lee-ash"


def connected(first: str, last: str, day: str) -> str:
    """A row of Connections.csv."""
    return f"{first},{last},{IN}{first.lower()}-{last.lower()},,,,{day}"


def talk(alter: str, days: list[str], thread: str = "2-a==") -> list[str]:
    """Rows of messages.csv: on each day the alter writes and the owner answers an hour later."""
    return [
        row
        for day in days
        for row in (
            f"{thread},,{alter},{ME},{day} 10:00:00 UTC,,How did the plan for the mill turn out?,INBOX",
            f"{thread},,{ME},{alter},{day} 11:00:00 UTC,,Better than either of us thought it would,INBOX",
        )
    ]


def told(alter: str, days: list[str], thread: str = "2-b==") -> list[str]:
    """Rows of messages.csv: on each day the alter writes and nobody answers."""
    return [f"{thread},,{alter},{ME},{day} 10:00:00 UTC,,Our newest offer for firms like yours,INBOX" for day in days]


def every(days: int, first: str, last: str) -> list[str]:
    """The days from the first to the last, so many days apart."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(start + timedelta(n)) for n in range(0, (end - start).days + 1, days)]


def test_messages_are_dated_by_their_own_date(read_export):
    """§3.1: `2024-11-20 08:27:25 UTC` is that moment, not today: an old exchange decays, a recent one does not."""
    reading = read_export(
        PROFILE
        | {
            "messages.csv": [
                M3,
                f"2-a==,,{KIM},{ME},2024-11-20 08:27:25 UTC,,Hi,INBOX",
                *talk(KIM, every(14, "2023-01-01", "2024-03-01")),
                *talk(LEE, every(14, "2025-04-01", "2026-05-30"), "2-c=="),
            ]
        }
    )
    assert ("linkedin:kim-oak", "2024-11-20 08:27:25", "in") in reading.exchanges("message")
    assert reading.aside("messages.csv") == 0
    ties = reading.ties("2026-06-01")
    assert [str(day)[:10] for day in ties.loc[["Kim Oak", "Lee Ash"], "last_contact"]] == ["2024-11-20", "2026-05-26"]
    assert ties.loc["Kim Oak", "depth"] < ties.loc["Lee Ash", "depth"]


def test_the_owner_is_no_tie(read_export):
    """§3.2: neither the owner, found without being named, nor LinkedIn Member is a tie, and not everything is received."""
    rows = [
        f"2-s==,Sponsored Conversation,LinkedIn Member,,{ME},2026-02-01 10:00:00 UTC,,Win a car,INBOX",
        *talk(KIM, ["2026-03-01", "2026-04-01"]),
        *talk(LEE, ["2026-03-02"], "2-c=="),
    ]
    ties = read_export({"messages.csv": [M3, *rows]}).ties("2026-06-01")
    assert sorted(ties["human"]) == ["linkedin:kim-oak", "linkedin:lee-ash"]
    assert list(ties.loc["Kim Oak", ["days_out", "days_in"]]) == [2, 2]


def test_two_people_of_one_name(read_export):
    """§3.3: two John Smiths with their own profiles neither hang the audit nor merge, however their messages mix."""
    one, two = f"John Smith,{IN}john-smith-1", f"John Smith,{IN}john-smith-2"
    rows = [
        *talk(one, ["2026-03-01", "2026-03-03", "2026-03-05"], "2-a=="),
        *talk(two, ["2026-03-02"], "2-b=="),
    ]
    reading = read_export(
        PROFILE
        | {
            "Connections.csv": [
                C7,
                f"John,Smith,{IN}john-smith-1,,Plover Press,,05 Mar 2024",
                f"John,Smith,{IN}john-smith-2,,Tern Tools,,06 Mar 2024",
            ],
            "messages.csv": [M3, *rows],
        }
    )
    ties = reading.ties("2026-06-01").set_index("human")
    assert ties["days_in"].to_dict() == {"linkedin:john-smith-1": 3, "linkedin:john-smith-2": 1}
    assert ties["company"].to_dict() == {"linkedin:john-smith-1": "Plover Press", "linkedin:john-smith-2": "Tern Tools"}


def test_a_month_of_silence_is_not_fading(read_export):
    """§3.4: thirty-two days without a message are no fading tie, and a one-way sender is none either, however old."""
    rows = [
        *talk(KIM, every(30, "2025-01-01", "2026-04-30")),
        *told(LEE, every(30, "2024-01-01", "2025-03-30")),
    ]
    ties = read_export(PROFILE | {"messages.csv": [M3, *rows]}).ties("2026-06-01")
    assert ties.loc["Kim Oak", "kind"] not in {"fading", "dormant"}
    assert ties.loc["Lee Ash", "kind"] == "unanswered"


def test_a_message_thread_is_no_meeting(read_export):
    """§3.5: forty messages that nobody answered are no evidence of a relationship; four answered ones are."""
    rows = [*told(LEE, every(9, "2025-06-01", "2026-05-28")), *talk(KIM, every(60, "2025-10-01", "2026-05-28"))]
    ties = read_export(PROFILE | {"messages.csv": [M3, *rows]}).ties("2026-06-01")
    assert ties.loc["Lee Ash", "days_in"] == 41
    assert ties.loc["Lee Ash", "state"] == "light"
    assert ties.loc["Lee Ash", "depth"] < ties.loc["Kim Oak", "depth"]
    assert list(ties["name"]) == ["Kim Oak", "Lee Ash"]


def test_two_messages_in_one_second(read_export):
    """§3.6: two different messages of one conversation and second are two; the same row twice is one, and counted."""
    rows = [
        f"2-a==,,{KIM},{ME},2026-03-01 10:00:00 UTC,,First thought,INBOX",
        f"2-a==,,{KIM},{ME},2026-03-01 10:00:00 UTC,,Another thought,INBOX",
        f"2-a==,,{KIM},{ME},2026-03-01 10:00:00 UTC,,Another thought,INBOX",
    ]
    reading = read_export(PROFILE | {"messages.csv": [M3, *rows]})
    assert len(reading.exchanges("message")) == 2
    assert (reading.kept("messages.csv"), reading.aside("messages.csv", "duplicate")) == (2, 1)


def test_the_profile_joins_not_the_name(read_export):
    """§3.6: a friend who changed their name since is found by the profile, and keeps the name of the connection list."""
    rows = talk(f"Kim Birch,{IN}kim-oak", ["2026-03-01"])
    reading = read_export(
        PROFILE | {"Connections.csv": [C7, connected("Kim", "Oak", "05 Mar 2024")], "messages.csv": [M3, *rows]}
    )
    ties = reading.ties("2026-06-01")
    assert list(ties["human"]) == ["linkedin:kim-oak"]
    assert list(ties.loc["Kim Oak", ["days_out", "days_in"]]) == [1, 1]


def test_scores_tell_people_apart(read_export):
    """§3.6: ten ties of ten intensities have ten depths, not eleven values for everybody."""
    rows = [
        row
        for n in range(1, 11)
        for row in talk(
            f"Alter {'ABCDEFGHIJ'[n - 1]}ne,{IN}alter-{n}", every(7, "2026-01-01", "2026-05-28")[:: 11 - n], f"2-{n}=="
        )
    ]
    ties = read_export(PROFILE | {"messages.csv": [M3, *rows]}).ties("2026-06-01")
    assert ties["depth"].nunique() == 10
    assert ties["human"].iloc[0] == "linkedin:alter-10"


def test_titles_are_not_people(read_export):
    """§3.7: `Sponsored Conversation` and `Project team` are no contacts; the friend in an untitled chat comes first."""
    rows = [
        *[
            f"2-s==,Sponsored Conversation,LinkedIn Member,,{ME},2026-0{month}-01 10:00:00 UTC,,Win a car,INBOX"
            for month in range(1, 6)
        ],
        f'2-g==,Project team,Lee Ash,{IN}lee-ash,"Robin Hart,Kim Oak","{IN}robin-hart,{IN}kim-oak",2026-03-01 09:00:00 UTC,,Hi,INBOX',
        *talk(KIM, ["2026-03-02", "2026-04-02"]),
    ]
    reading = read_export(PROFILE | {"messages.csv": [M3, *rows]})
    assert list(reading.ties("2026-06-01")["name"]) == ["Kim Oak", "Lee Ash"]
    assert reading.aside("messages.csv", "sponsor") == 5
    lee = reading.records.interactions.set_index("person").loc["linkedin:lee-ash"]
    assert (lee["others"], lee["direction"]) == (1, "in")


def test_130_000_dated_rows(read_export):
    """§3.7: a hundred and thirty thousand dated rows, about what a busy member has, overflow nothing."""
    start = date(2012, 1, 1)
    rows = [
        f"2-{n % 1000}==,,Alter A{n % 1000},{IN}alter-{n % 1000},{ME},{start + timedelta(n % 5200)} 10:00:{n % 60:02} UTC,,Hi {n},INBOX"
        for n in range(130_000)
    ]
    reading = read_export(PROFILE | {"messages.csv": [M3, *rows]}, zipped=True)
    assert reading.kept("messages.csv") == len(reading.records.interactions) == 130_000
    ties = reading.ties("2026-06-01")
    assert len(ties) == 1000
    assert ties["depth"].between(0, 100).all()


def test_an_old_friend_is_not_dormant(read_export):
    """§3.8: connected ten years ago and in touch last week is not dormant; long deep and long silent is."""
    rows = [
        *talk(KIM, every(14, "2016-06-01", "2026-05-28")),
        *talk(LEE, every(14, "2016-06-01", "2024-05-28"), "2-c=="),
    ]
    files = {
        "Connections.csv": [C7, connected("Kim", "Oak", "01 Jun 2016"), connected("Lee", "Ash", "01 Jun 2016")],
        "messages.csv": [M3, *rows],
    }
    ties = read_export(PROFILE | files).ties("2026-06-01")
    assert ties.loc["Kim Oak", "state"] == "deep"
    assert ties.loc["Kim Oak", "kind"] in {"core", "active"}
    assert ties.loc["Lee Ash", "kind"] == "dormant"


def test_no_year_falls_between_buckets(read_export):
    """§3.9: whoever connected or was last in touch in any half year of twenty has exactly one kind."""
    days = every(182, "2006-06-15", "2026-05-15")
    rows = talk(KIM, ["2006-06-01"])
    rows += [row for n, day in enumerate(days) for row in talk(f"Al Ash{n},{IN}al-ash{n}", [day], f"2-{n}==")]
    people = [
        connected(first, f"Ash{n}", f"{date.fromisoformat(day):%d %b %Y}")
        for first in ("Al", "Si")
        for n, day in enumerate(days)
    ]
    audit = read_export(PROFILE | {"Connections.csv": [C7, *people], "messages.csv": [M3, *rows]}).audit("2026-06-01")
    assert len(days) == 40
    assert sum(audit.kinds.values()) == 80
    assert audit.ties["kind"].notna().all()
    silent = audit.ties[audit.ties["name"].str.startswith("Si ")]
    assert set(silent["kind"]) == {"never-spoken"}


def test_the_same_audit_twice(read_export):
    """§3.9: nothing is drawn at random, and somebody written to ten days ago is not to be revived."""
    rows = [*talk(KIM, every(30, "2023-01-01", "2026-05-22")), *talk(LEE, ["2021-03-01", "2021-03-20"], "2-c==")]
    reading = read_export(PROFILE | {"messages.csv": [M3, *rows]})
    first, second = reading.ties("2026-06-01"), reading.ties("2026-06-01")
    assert first.equals(second)
    assert first.loc["Kim Oak", "kind"] not in {"dormant", "fading", "one-night-stand"}


def test_nothing_is_unpacked_to_disk(read_export, tmp_path, monkeypatch):
    """§3.10: an archive is read where it lies: neither the working folder nor the temporary one sees anybody's messages."""
    work, temporary = tmp_path / "work", tmp_path / "temporary"
    work.mkdir()
    temporary.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    reading = read_export(PROFILE | {"messages.csv": [M3, *talk(KIM, ["2026-03-01"])]}, zipped=True)
    assert list(reading.ties("2026-06-01")["name"]) == ["Kim Oak"]
    assert [*work.iterdir(), *temporary.iterdir()] == []


def test_two_uploads_do_not_mix(zipped, tmp_path):
    """§3.10: two owners read one after the other, from archives of one name, each see their own messages only."""
    from auditor.sources import read

    found = []
    for folder, alter in (("one", KIM), ("two", LEE)):
        (tmp_path / folder).mkdir()
        archive = tmp_path / folder / "Basic_LinkedInDataExport_06-01-2026.zip"
        archive.write_bytes(zipped(PROFILE | {"messages.csv": [M3, *talk(alter, ["2026-03-01"])]}))
        found.append(set(read([archive]).interactions["person"].astype(str)))
    assert found == [{"linkedin:kim-oak"}, {"linkedin:lee-ash"}]


def test_this_month_is_the_month_asked_for(read_export):
    """§3.10: what is recent follows from `as_of`, not from a month written into the code; nothing later exists."""
    rows = talk(KIM, every(7, "2025-01-01", "2025-12-31"))
    reading = read_export(PROFILE | {"messages.csv": [M3, *rows]})
    assert reading.ties("2026-01-05").loc["Kim Oak", "kind"] in {"core", "active"}
    assert reading.ties("2030-01-01").loc["Kim Oak", "kind"] == "dormant"
    assert str(reading.ties("2025-02-01").loc["Kim Oak", "last_contact"])[:10] == "2025-01-29"


@pytest.mark.parametrize(
    ("header", "row", "at"),
    [
        (
            "FROM,TO,DATE,SUBJECT,CONTENT,DIRECTION,FOLDER",
            "Kim Oak,Robin Hart,2019-11-06T02:08:20,,Hello,INCOMING,INBOX",
            "2019-11-06 02:08:20",
        ),
        (M3, f"2-a==,,{KIM},{ME},2023-03-01 10:00:00,,Hello,INBOX", "2023-03-01 10:00:00"),
        (M3, f"2-a==,,{KIM},{ME},2023-03-01 10:00:00 UTC,,Hello,INBOX", "2023-03-01 10:00:00"),
        (f"{M3},IS MESSAGE DRAFT", f"2-a==,,{KIM},{ME},2025-01-10 10:00:00 UTC,,Hello,INBOX,No", "2025-01-10 10:00:00"),
        (f"{M3},MOOD", f"2-a==,,{KIM},{ME},2027-01-10 10:00:00 UTC,,Hello,INBOX,sunny", "2027-01-10 10:00:00"),
        (
            "DATE,CONTENT,FROM,TO,SENDER PROFILE URL,RECIPIENT PROFILE URLS,CONVERSATION ID",
            f"2025-01-10 10:00:00 UTC,Hello,Kim Oak,Robin Hart,{IN}kim-oak,{IN}robin-hart,2-a==",
            "2025-01-10 10:00:00",
        ),
    ],
    ids=["2020", "without UTC", "with UTC", "draft flag", "unknown column", "other order"],
)
def test_message_headers_drift(read_export, header, row, at):
    """§3.11: the message list of every year is read by the names of its columns, with its own form of date."""
    reading = read_export(PROFILE | {"messages.csv": [header, row]})
    [(person, when, way)] = reading.exchanges("message")
    assert person in {"linkedin:kim-oak", "name:kim oak@linkedin"}
    assert (when, way) == (at, "in")


def test_message_header_of_2018(read_export):
    """§3.11: `11/6/18, 2:08 AM` is the sixth of November, in Los Angeles as in Greenwich: the month comes first."""
    row = 'Kim Oak,Robin Hart,"11/6/18, 2:08 AM",,Hello,INCOMING,INBOX'
    reading = read_export(PROFILE | {"messages.csv": ["From,To,Date,Subject,Content,Direction,Folder", row]})
    [(person, at, way)] = reading.exchanges("message")
    assert (person, at[:10], way) == ("name:kim oak@linkedin", "2018-11-06", "in")


@pytest.mark.parametrize(
    ("names", "direction", "way"),
    [("Kim Oak,Robin Hart", "INCOMING", "in"), ("Robin Hart,Kim Oak", "OUTGOING", "out")],
)
def test_direction_column_of_2020(read_export, names, direction, way):
    """§3.11: where the file says the direction itself, its word and not the folder decides who wrote."""
    row = f"{names},2019-11-06T02:08:20,,Hello,{direction},ARCHIVED"
    reading = read_export(PROFILE | {"messages.csv": ["FROM,TO,DATE,SUBJECT,CONTENT,DIRECTION,FOLDER", row]})
    assert reading.exchanges() == [("name:kim oak@linkedin", "2019-11-06 02:08:20", way)]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("12 Mar 2019", "2019-03-12"),
        ("12 Mar 19", "2019-03-12"),
        ("12-Mar-19", "2019-03-12"),
        ('"3/12/19, 4:05 PM"', "2019-03-12"),
        ("2 Mar 2019", "2019-03-02"),
    ],
)
def test_connection_dates_drift(read_export, cell, day):
    """§3.11: the day of connecting is read in each of its forms, two-digit years included."""
    header = "First Name,Last Name,Email Address,Company,Position,Connected On"
    reading = read_export({"Connections.csv": [header, f"Kim,Oak,kim@example.com,Plover,Editor,{cell}"]})
    assert reading.days == {"Kim Oak": day}


@pytest.mark.parametrize("above", [0, 1, 3, 10])
def test_preamble_of_any_length(read_export, above):
    """§3.11: up to ten lines before the header, with URL column or without, are no tokenizing error."""
    lines = [f"Note {n}" for n in range(above)]
    reading = read_export({"Connections.csv": [*lines, C7, connected("Kim", "Oak", "12 Mar 2019")]})
    assert reading.days == {"Kim Oak": "2019-03-12"}


def test_invitation_dates(read_export):
    """§3.11: `5/12/21, 3:14 PM` is the twelfth of May, afternoon in Los Angeles."""
    row = f'Robin Hart,Kim Oak,"5/12/21, 3:14 PM",,OUTGOING,{IN}robin-hart,{IN}kim-oak'
    header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
    reading = read_export(PROFILE | {"Invitations.csv": [header, row]})
    assert reading.exchanges() == [("linkedin:kim-oak", "2021-05-12 22:14:00", "out")]
