"""Messages of Facebook and Instagram."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.deliver import receipt
from auditor.errors import InputError
from auditor.records import Records, combine
from auditor.sources import Upload, read
from auditor.sources.chats.notices import ATTACHMENT, MISSED, NOTICE, REACTION, is_nobody, notice
from auditor.sources.chats.talk import UNKNOWN
from tests.sources.chats.conftest import FIXTURES, PROFILE, aside, told

INBOX = "facebook/your_facebook_activity/messages/inbox"


def test_facebook_as_its_download_has_it() -> None:
    """Mangled letters are mended, calls have seconds, pictures no words; who bears the chat's name is the other."""
    found = read([FIXTURES / "facebook"])
    direct = found.interactions[found.interactions["others"] == 0]
    assert found.owner.names == ("Alex Morgan",)
    assert told(found, words=True)[:5] == [
        ("jorg jansen", "2023-06-12 20:00:00", "in", "-"),
        ("jorg jansen", "2023-06-13 23:46:40", "in", "-"),
        ("jorg jansen", "2023-06-15 03:33:20", "out", "-"),
        ("jorg jansen", "2023-06-16 07:20:00", "out", "-"),
        ("jorg jansen", "2023-06-17 11:06:40", "in", "5"),
    ]
    assert direct.sort_values("at")["channel"].tolist() == ["missed_call", "call", "chat", "chat", "chat"]
    assert direct["seconds"].max() == 125
    assert "Jörg Jansen" in found.people["name"].tolist()
    assert receipt(found.coverage) == [
        {
            "file": f"{INBOX}/climbing_42/message_1.json",
            "kind": "Facebook messages",
            "read": 5,
            "kept": 3,
            "set_aside": [
                {"reason": "a line of the program", "rows": 1, "first_row": 3},
                {"reason": "deleted account", "rows": 1, "first_row": 4},
            ],
            "notes": [],
        },
        {
            "file": f"{INBOX}/joergjansen_1234567890/message_1.json",
            "kind": "Facebook messages",
            "read": 10,
            "kept": 5,
            "set_aside": [
                {"reason": "unsent by its author", "rows": 1, "first_row": 6},
                {"reason": "a reaction only", "rows": 1, "first_row": 7},
                {"reason": "a line of the program", "rows": 1, "first_row": 8},
                {"reason": "empty", "rows": 1, "first_row": 9},
                {"reason": "unreadable date", "rows": 1, "first_row": 10},
            ],
            "notes": [],
        },
    ]


def test_a_group_of_facebook() -> None:
    """One row a person for the owner's message, deleted accounts left out, those who left the group counted."""
    found = read([FIXTURES / "facebook"])
    group = found.interactions[found.interactions["thread"] == "facebook:group:climbing_42"]
    assert group["direction"].astype(str).tolist() == ["out", "out", "out", "in", "in"]
    assert group["others"].tolist() == [2] * 5


def test_instagram() -> None:
    """An edited message is told twice and counts once; a like is no message."""
    found = read([FIXTURES / "instagram"])
    assert told(found) == [("ada adler", "2023-11-14 16:40:00", "out"), ("ada adler", "2023-11-14 22:13:20", "in")]
    (file,) = set(found.coverage["file"])
    assert aside(found, file) == {"an edited message, told twice": 1, "a reaction only": 1}
    assert set(found.interactions["person"].astype(str)) == {"name:ada adler@instagram"}


def test_encrypted_chats_of_messenger() -> None:
    """Other names for the same; real UTF-8 stays as it is, and the thread is that of the unencrypted chat."""
    found = read([FIXTURES / "messenger"])
    assert told(found, words=True) == [
        ("ben bauer", "2024-03-09 16:00:00", "out", "2"),
        ("ben bauer", "2024-03-09 16:01:00", "in", "-"),
    ]
    assert set(found.interactions["thread"]) == {"facebook:name:ben bauer@facebook"}


def thread(*names: str, title: str = "", **message: Any) -> Upload:
    """A file with one message of the first of these people."""
    entry = {"sender_name": names[0], "timestamp_ms": 1_687_000_000_000, "content": "hi there", **message}
    content = {"participants": [{"name": name} for name in names], "messages": [entry], "title": title}
    return Upload(f"{'-'.join(names)}.json", json.dumps(content).encode())


def exchanged(*uploads: Upload) -> Records:
    return read(list(uploads))


def test_who_is_in_all_chats_is_the_owner() -> None:
    """Without titles: one chat does not tell, two do."""
    one = exchanged(thread("Ada Adler", "Alex Morgan"))
    assert aside(one, "Ada Adler-Alex Morgan.json") == {UNKNOWN: 1}
    two = exchanged(thread("Ada Adler", "Alex Morgan"), thread("Alex Morgan", "Ben Bauer"))
    assert [row[::2] for row in told(two)] == [("ada adler", "in"), ("ben bauer", "out")]


def test_a_download_says_who_its_owner_is() -> None:
    """profile_information.json of Facebook, personal_information.json of Instagram."""
    about = {"profile_v2": {"name": {"full_name": "Alex Morgan", "first_name": "Alex"}}}
    found = exchanged(
        thread("Ada Adler", "Alex Morgan"), Upload("profile_information.json", json.dumps(about).encode())
    )
    assert told(found) == [("ada adler", "2023-06-17 11:06:40", "in")]
    about = {"profile_user": [{"string_map_data": {"Name": {"value": "Alex"}, "Username": {"value": "am"}}}]}
    read_ = exchanged(Upload("personal_information.json", json.dumps(about).encode()))
    assert read_.owner.keys >= {"name:alex@instagram", "name:am@instagram"}


def test_seconds_and_milliseconds() -> None:
    """Files before 2019 count in seconds."""
    old = thread("Ada Adler", "Alex Morgan", title="Ada Adler", timestamp_ms=1_687_000_000)
    assert told(exchanged(old)) == [("ada adler", "2023-06-17 11:06:40", "in")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ada sent an attachment.", ATTACHMENT),
        ("You sent an attachment.", ATTACHMENT),
        ("Reacted 😍 to your message", REACTION),
        ("Liked a message", REACTION),
        ("Ada named the group Climbers.", NOTICE),
        ("Ada missed your call.", MISSED),
        ("They left the group alone, I think", None),
        ("Ada is nice", None),
        ("created the group for us", None),
    ],
)
def test_the_programs_lines_are_told_from_peoples(text: str, kind: str | None) -> None:
    """By whom they speak of: the program names the sender."""
    assert notice(text, "Ada Adler") == kind


def test_deleted_accounts_are_nobody() -> None:
    """In several languages."""
    assert all(map(is_nobody, ["Facebook user", "Instagram User", "Usuario de Facebook", "Utilisateur Facebook", " "]))
    assert not is_nobody("Ada Facebook")


def test_a_cut_file_is_one_error_with_its_line() -> None:
    """Which file, where, and what to do."""
    cut = thread("Ada Adler", "Alex Morgan")
    with pytest.raises(InputError, match=r"cut.json, line 1: is no whole JSON .*download the archive again"):
        read([Upload("cut.json", cut.content[:-20]), PROFILE])  # type: ignore[index]


def test_nonsense_is_counted_and_never_raised() -> None:
    """Messages of any shape: each is counted once."""
    content = {
        "participants": [7, None, {"name": 5}],
        "messages": ["x", None, {"sender_name": 3}, {"timestamp_ms": True, "sender_name": "Ada"}],
    }
    found = read([Upload("m.json", json.dumps(content).encode()), PROFILE])
    assert aside(found, "m.json") == {"deleted account": 3, "unreadable date": 1}


def test_reading_twice_is_reading_once() -> None:
    """All of a download, once more."""
    one = read([FIXTURES / "facebook"])
    assert len(combine([one, one]).interactions) == len(one.interactions)
