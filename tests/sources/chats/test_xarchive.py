"""The archive of X."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from auditor.audit import audit
from auditor.deliver import receipt
from auditor.errors import InputError
from auditor.sources import Upload, read
from auditor.sources.chats.talk import UNKNOWN
from tests.sources.chats.conftest import FIXTURES, PROFILE, aside, told

import pandas as pd  # isort: skip


def test_messages_and_the_account() -> None:
    """Directions by the owner's number; the link that stands for a picture is no word."""
    found = read([FIXTURES / "x"])
    assert told(found, words=True) == [
        ("handle:x:200", "2017-02-01 09:00:00", "in", "5"),
        ("handle:x:200", "2017-02-01 10:00:00", "out", "1"),
        ("handle:x:200", "2017-02-02 01:00:28", "in", "3"),
        ("handle:x:300", "2018-01-01 00:00:00", "in", "3"),
        ("handle:x:200", "2019-03-01 10:00:00", "in", "2"),
        ("handle:x:200", "2019-03-03 00:00:00", "out", "4"),
        ("handle:x:300", "2019-03-03 00:00:00", "out", "4"),
        ("handle:x:400", "2019-03-03 00:00:00", "out", "4"),  # came a day before, and left a day later
    ]
    assert found.owner.keys >= {"handle:x:100", "email:alex@example.org"}
    assert [(line["file"], line["read"], line["kept"], line["set_aside"]) for line in receipt(found.coverage)] == [
        ("x/data/account.js", 1, 1, []),
        ("x/data/direct-messages-group.js", 5, 2, [{"reason": "a line of the program", "rows": 3, "first_row": 1}]),
        ("x/data/direct-messages.js", 4, 4, []),
        ("x/data/tweets.js", 5, 4, [{"reason": "unreadable date", "rows": 1, "first_row": 5}]),
    ]


def test_a_number_named_in_a_post_has_a_name_and_others_have_none() -> None:
    """Ada was mentioned once; nobody guesses who the others are."""
    found = read([FIXTURES / "x"])
    assert found.people[["person", "name"]].to_numpy().tolist() == [["handle:x:200", "Ada Adler"]]
    ties = audit(found, as_of=pd.Timestamp("2019-06-01", tz="UTC")).ties
    assert ties.loc["handle:x:200", "name"] == "Ada Adler"


def test_posts_are_broadcasts() -> None:
    """Own words, reposts, answers; an answer to oneself is a post that goes on."""
    assert read([FIXTURES / "x"]).broadcasts["kind"].tolist() == ["post", "repost", "comment", "post"]


def test_without_the_account_who_is_in_all_conversations_is_the_owner(tmp_path: Path) -> None:
    """Two conversations tell; one does not."""
    shutil.copy(FIXTURES / "x/data/direct-messages.js", tmp_path)
    assert [row[2] for row in told(read([tmp_path]))] == ["in", "out", "in", "in"]
    text = (FIXTURES / "x/data/direct-messages-group.js").read_bytes()
    assert aside(read([Upload("g.js", text), PROFILE]), "g.js")[UNKNOWN] == 2


def test_spacing_and_order_of_keys_do_not_matter() -> None:
    """As archives of other years have them, without spaces and with older names."""
    text = (
        b'window.YTD.direct_message.part1=[{"dmConversation":{"messages":[{"messageCreate":{"createdAt":'
        b'"2020-01-01T00:00:00.000Z","text":"hello","senderId":"200","recipientId":"100","id":"1"}}],'
        b'"conversationId":"100-200"}}]'
    )
    account = b'window.YTD.account.part0=[{"account":{"accountId":"100"}}]'
    assert told(read([Upload("d.js", text), Upload("a.js", account)])) == [
        ("handle:x:200", "2020-01-01 00:00:00", "in")
    ]


def test_a_cut_file_is_one_error() -> None:
    """With its line."""
    with pytest.raises(InputError, match=r"tweets.js, line 1: is no whole JSON"):
        read([Upload("tweets.js", b'window.YTD.tweets.part0 = [{"tweet":'), PROFILE])
