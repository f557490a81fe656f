"""Traps of what the owner says to everybody: posts, comments and reactions, which name no person."""

from __future__ import annotations

import pytest

C7 = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
CONNECTIONS = {
    "Connections.csv": [C7, "Ada,Marsh,https://www.linkedin.com/in/ada-marsh,,Plover Press,Editor,05 Mar 2024"]
}
POST = "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7"


def said(reading):
    """(kind, UTC time) of what the owner sent to nobody in particular, in order of time."""
    table = reading.records.broadcasts.sort_values("at")
    return list(zip(table["kind"], table["at"].dt.strftime("%Y-%m-%d %H:%M:%S"), strict=True))


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_trap_14_comments_are_not_csv(read_export, end):
    """A comment of several lines is written without quotes: its lines are put together again, not read as comments."""
    lines = [
        "Date,Link,Message",
        f"2024-05-02 11:00:00,{POST},Well said Ada",
        "the second line, with a comma",
        "",
        'the fourth says "yes"',
        f'2024-05-01 10:00:00,{POST},"Yes, but"',
        f"2024-05-03 12:00:00,{POST},",
        "",
    ]
    reading = read_export(CONNECTIONS | {"Comments.csv": end.join(lines)}, rows={"Comments.csv": 3})
    assert said(reading) == [
        ("comment", "2024-05-01 10:00:00"),
        ("comment", "2024-05-02 11:00:00"),
        ("comment", "2024-05-03 12:00:00"),
    ]
    assert reading.kept("Comments.csv") == 3


@pytest.mark.parametrize("columns", ["SharedURL,MediaURL", "SharedUrl,MediaUrl"], ids=["until 2024", "since"])
def test_trap_15_line_breaks_in_shares(read_export, columns):
    """Every line break of a post is written as quote, line feed, quote: one post of three lines is one post."""
    reading = read_export(
        CONNECTIONS
        | {
            "Shares.csv": [
                f"Date,ShareLink,ShareCommentary,{columns},Visibility",
                f'2024-05-01 10:00:00,{POST},"line one""\n""""\n""line three",,,MEMBER_NETWORK',
                f"2024-05-02 11:00:00,{POST},A short one,,,MEMBER_NETWORK",
            ]
        }
    )
    assert said(reading) == [("post", "2024-05-01 10:00:00"), ("post", "2024-05-02 11:00:00")]
    assert reading.kept("Shares.csv") == 2


def test_trap_15_shares_of_2018(read_export):
    """The shares of 2018, UTF-16 with tabs and other columns, are posts too."""
    columns = (
        "Date,Share Title,Share Description,Share Link,Share Commentary,Shared URL,Media URL,Type,Visibility".split(",")
    )
    cells = ["2018-05-01 10:00:00", "", "", POST, "Hello", "", "", "LINK", "PUBLIC"]
    text = "".join("\t".join(f'"{cell}"' for cell in row) + "\n" for row in (columns, cells))
    reading = read_export(CONNECTIONS | {"Shares.csv": b"\xff\xfe" + text.encode("utf-16-le")})
    assert said(reading) == [("post", "2018-05-01 10:00:00")]


def test_trap_50_posts_are_no_ties(read_export):
    """Reactions, comments, votes, reposts and follows name no post's author: they are nobody's exchange."""
    reading = read_export(
        CONNECTIONS
        | {
            "Reactions.csv": ["Date,Type,Link", f"2024-05-01 10:00:00,LIKE,{POST}"],
            "Comments.csv": ["Date,Link,Message", f"2024-05-02 10:00:00,{POST},Ada Marsh well said"],
            "Votes.csv": ["Date,Link,OptionText", f"2024-05-03 10:00:00,{POST},Yes"],
            "InstantReposts.csv": ["Date,Link", f"2024-05-04 10:00:00,{POST}"],
            "Member_Follows.csv": ["Date,Status,FullName", "2024-05-05 10:00:00,Active,Ada Marsh"],
        },
        rows={"InstantReposts.csv": 1},
    )
    assert reading.exchanges() == []
    assert {kind for kind, _ in said(reading)} == {"reaction", "comment", "vote", "repost", "follow"}
    assert said(reading)[0] == ("reaction", "2024-05-01 10:00:00")
    ada = reading.ties("2026-06-01").loc["Ada Marsh"]
    assert (ada["state"], ada["days_in"], ada["days_out"]) == ("unobserved", 0, 0)
