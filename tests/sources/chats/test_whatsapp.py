"""WhatsApp's export of a chat, as phones write it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.deliver import receipt
from auditor.records import Records, combine
from auditor.sources import Upload, read
from auditor.sources.chats.phrases import DELETED, PROGRAM, title
from auditor.sources.chats.talk import CROWD, UNKNOWN
from tests.sources.chats.conftest import FIXTURES, PROFILE, aside, told

Chat = Callable[..., Records]
ANDROID = "WhatsApp Chat with Ada Adler.txt"


def test_android_as_the_phone_writes_it() -> None:
    """A chat of two, named after the other: directions without any profile; pictures have no words, captions do."""
    found = read([FIXTURES / ANDROID])
    assert told(found, words=True) == [
        ("ada adler", "2023-06-13 19:35:00", "in", "6"),
        ("ada adler", "2023-06-13 19:36:00", "out", "14"),  # three paragraphs
        ("ada adler", "2023-06-13 19:36:00", "in", "1"),
        ("ada adler", "2023-06-13 19:36:00", "in", "1"),  # the same word twice in a minute is twice
        ("ada adler", "2023-06-14 00:05:00", "in", "-"),
        ("ada adler", "2023-06-14 09:00:00", "in", "4"),
        ("ada adler", "2023-06-14 09:02:00", "out", "1"),
        ("ada adler", "2023-06-14 09:03:00", "in", "-"),
    ]
    assert receipt(found.coverage) == [
        {
            "file": ANDROID,
            "kind": "WhatsApp chat",
            "read": 13,
            "kept": 8,
            "set_aside": [
                {"reason": "a line of the program", "rows": 3, "first_row": 1},
                {"reason": "deleted by its author", "rows": 1, "first_row": 12},
                {"reason": "unreadable date", "rows": 1, "first_row": 16},
            ],
            "notes": ["times are the phone's own: taken as UTC"],
        }
    ]
    assert found.owner.names == ("Alex Morgan",)
    assert found.people["name"].tolist() == ["Ada Adler"]


def test_ios_and_a_group() -> None:
    """The group is nobody; each message to it goes to all who wrote in it so far; a stranger's number is their key."""
    folder = FIXTURES / "WhatsApp Chat - Familie"
    found = read([folder, PROFILE])
    assert told(found, words=True) == [
        ("ada adler", "2023-06-13 19:36:00", "in", "4"),
        ("ada adler", "2023-06-13 19:37:02", "out", "1"),
        ("ben bauer", "2023-06-13 19:38:00", "in", "-"),
        ("cleo", "2023-06-13 19:39:00", "in", "2"),
        ("phone:+442079460958", "2023-06-13 19:40:00", "in", "2"),
        ("ada adler", "2023-06-13 19:41:00", "out", "2"),
        ("ben bauer", "2023-06-13 19:41:00", "out", "2"),
        ("cleo", "2023-06-13 19:41:00", "out", "2"),
        ("phone:+442079460958", "2023-06-13 19:41:00", "out", "2"),
    ]
    assert found.interactions["others"].tolist() == [1, 1, 1, 2, 3, 3, 3, 3, 3]
    assert found.interactions["thread"].unique().tolist() == ["whatsapp:group:familie"]
    assert aside(found, "WhatsApp Chat - Familie/_chat.txt") == {PROGRAM: 3, DELETED: 1}
    assert sorted(found.people["name"]) == ["Ada Adler", "Ben Bauer", "Cleo"]
    assert found.identifiers["value"].tolist() == ["+442079460958"]


def test_spanish_with_a_clock_of_twelve_hours() -> None:
    """`9:29 p. m.` is 21:29; the encryption notice, a picture and a deleted message in Spanish."""
    found = read([FIXTURES / "Chat de WhatsApp con Ada Adler.txt"])
    assert told(found, words=True) == [
        ("ada adler", "2025-03-28 00:01:00", "out", "1"),
        ("ada adler", "2025-03-28 21:29:00", "in", "3"),
        ("ada adler", "2025-03-29 12:30:00", "in", "-"),
    ]
    assert aside(found, "Chat de WhatsApp con Ada Adler.txt") == {PROGRAM: 1, DELETED: 1}


TWO = "13.06.23, 19:35 - Ada: Hallo\n13.06.23, 19:36 - Alex: Hallo du\n"


def test_one_renamed_chat_does_not_tell_whose_it_is(chat: Chat) -> None:
    """Two people, no name on the file, no profile: set aside, with what to add; nobody is guessed."""
    found = chat({"chat.txt": TWO}, known=False)
    assert found.interactions.empty
    assert found.people.empty
    assert aside(found, "chat.txt") == {UNKNOWN: 2}


def test_two_renamed_chats_have_one_person_in_common(chat: Chat) -> None:
    """Who is in both is the owner; a group that the owner only reads in does not matter."""
    group = "13.06.23, 10:00 - Ben hat die Gruppe erstellt\n13.06.23, 19:35 - Ada: Na\n13.06.23, 19:36 - Ben: Na ja\n"
    found = chat({"1.txt": TWO, "2.txt": TWO.replace("Ada", "Ben"), "3.txt": group}, known=False)
    assert told(found) == [
        ("ada", "2023-06-13 19:35:00", "in"),
        ("ada", "2023-06-13 19:35:00", "in"),  # in the group
        ("ben", "2023-06-13 19:35:00", "in"),
        ("ada", "2023-06-13 19:36:00", "out"),
        ("ben", "2023-06-13 19:36:00", "out"),
        ("ben", "2023-06-13 19:36:00", "in"),
    ]


def test_the_chat_of_one_writer_makes_nobody_its_owner(chat: Chat) -> None:
    """Only the other wrote: by the file's name all of it came in; without one, nothing is known."""
    lone = "13.06.23, 19:35 - Ada Adler: Hallo?\n"
    assert told(chat({"WhatsApp Chat mit Ada Adler.txt": lone}, known=False)) == [
        ("ada adler", "2023-06-13 19:35:00", "in")
    ]
    assert aside(chat({"chat.txt": lone}, known=False), "chat.txt") == {UNKNOWN: 1}
    mine = "13.06.23, 19:35 - Alex Morgan: Hallo?\n"
    assert told(chat({"WhatsApp Chat mit Ada Adler.txt": mine})) == [("ada adler", "2023-06-13 19:35:00", "out")]


def test_a_later_export_of_the_same_chat_adds_only_what_is_new() -> None:
    """Same thread, same `others`, same digests: what both hold counts once, in a group that grew as well."""
    start = "".join(
        f"1{n}.06.23, 19:35 - {who}: no. {n}\n" for n, who in enumerate(["Ada", "Ben", "Alex Morgan", "Ada"])
    )
    more = start + "18.06.23, 10:00 - Cleo wurde hinzugefügt\n18.06.23, 19:35 - Cleo: I am new\n"
    both = read(
        [
            Upload("WhatsApp Chat mit Team.txt", start.encode()),
            Upload("WhatsApp Chat mit Team (1).txt", more.encode()),
            PROFILE,
        ]
    )
    assert len(both.interactions) == 6
    assert aside(both, "WhatsApp Chat mit Team (1).txt")["exact duplicate"] == 4


def test_reading_twice_is_reading_once() -> None:
    """The whole of it, once more."""
    one = read([FIXTURES / ANDROID])
    assert len(combine([one, one]).interactions) == len(one.interactions)


def test_a_notice_that_quotes_a_colon_is_nobody(chat: Chat) -> None:
    """A subject such as "Trip: Rome" makes no person called 'Ben changed the subject to “Trip'."""
    text = (
        TWO + '13.06.23, 19:37 - Ada changed the subject to “Trip: Rome”\n13.06.23, 19:38 - Ada created group "A: b"\n'
    )
    found = chat({"g.txt": text.replace("Alex", "Alex Morgan")})
    assert aside(found, "g.txt") == {PROGRAM: 2}
    assert found.people["name"].tolist() == ["Ada"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\u200eimage omitted", "-"),
        ("image omitted", "-"),
        ("Bild weggelassen", "-"),
        ("<Medien ausgeschlossen>", "-"),
        ("<attached: 00000012-PHOTO-2023-06-13.jpg>", "-"),
        ("\u200e<attached: 00000012-PHOTO-2023-06-13.jpg>", "-"),
        ("Report.pdf • \u200e3 pages \u200edocument omitted", "-"),
        ("IMG-1.jpg (Datei angehängt)", "-"),
        ("\u200eLocation: https://maps.example.org/?q=1,2", "-"),
        ("", "-"),
        ("The kitchen was omitted", "4"),
        ("I deleted this message", "4"),
        ("see (below) <3", "3"),
        ("note: this has: colons", "4"),
    ],
)
def test_what_has_no_words_and_what_has(chat: Chat, text: str, words: str) -> None:
    """Placeholders of pictures, in several languages, are messages without words; texts that look like them have theirs."""
    found = chat({"c.txt": f"[13.06.23, 19:35:10] Ada: {text}\n[13.06.23, 19:36:10] Alex Morgan: ok\n"})
    assert told(found, words=True)[0][3] == words


def test_names_that_are_only_signs(chat: Chat) -> None:
    """A contact called by an emoji is somebody all the same."""
    found = chat({"c.txt": "13.06.23, 19:35 - ❤️: hi\n13.06.23, 19:36 - Alex Morgan: ok\n"})
    assert set(found.interactions["person"].astype(str)) == {"name:❤️@whatsapp"}


def test_a_crowd_is_no_contact_with_each(chat: Chat) -> None:
    """What one writes to more than 32 people at once is set aside; what they write is kept."""
    lines = "".join(f"13.06.23, 19:{n:02d} - Person {chr(97 + n // 10)}{chr(97 + n % 10)}: hi\n" for n in range(40))
    found = chat({"c.txt": lines + "13.06.23, 20:00 - Alex Morgan: hello all\n"})
    assert aside(found, "c.txt") == {CROWD: 1}
    assert len(found.interactions) == 40


def test_the_order_of_day_and_month_is_noted_where_it_was_a_guess(chat: Chat) -> None:
    """One ambiguous day on a clock of 24 hours."""
    found = chat({"c.txt": "03.04.23, 19:35 - Ada: hi\n03.04.23, 19:36 - Alex Morgan: ok\n"})
    notes = receipt(found.coverage)[0]["notes"]
    assert "the order of day and month could not be told: read as day first" in notes


@pytest.mark.parametrize(
    ("name", "whom"),
    [
        ("WhatsApp Chat with Ada Adler.txt", "Ada Adler"),
        ("WhatsApp Chat mit Ada Adler (2).txt", "Ada Adler"),
        ("Discussion WhatsApp avec Ada Adler.txt", "Ada Adler"),
        ("Conversa do WhatsApp com Ada Adler.txt", "Ada Adler"),
        ("Chat WhatsApp con Ada Adler.txt", "Ada Adler"),
        ("WhatsApp-chat met Ada Adler.txt", "Ada Adler"),
        ("all.zip/WhatsApp Chat - Ada Adler.zip/_chat.txt", "Ada Adler"),
        ("export/_chat.txt", ""),
        ("my whatsapp notes.txt", ""),
    ],
)
def test_the_name_of_the_file_tells_with_whom(name: str, whom: str) -> None:
    """In several languages, for files, ZIPs and ZIPs in ZIPs."""
    assert title(name) == whom


def test_progress_is_told_and_can_be_cancelled(tmp_path) -> None:
    """The callback's exception comes through."""
    path = tmp_path / "WhatsApp Chat with Ada.txt"
    path.write_text("13.06.23, 19:35 - Ada: hello there\n13.06.23, 19:36 - Alex: yes\n" * 5000)

    def stop(_: str, share: float) -> None:
        if share > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read([path], progress=stop)


LINE = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["Ada: ", "Alex Morgan: ", "\u200eAda: \u200e", ""]), LINE), min_size=1, max_size=8
    )
)
def test_every_line_is_counted_once(lines: list[tuple[str, str]]) -> None:
    """Whatever somebody writes: read = kept + set aside, one for each line with a stamp."""
    text = "".join(f"13.06.23, 19:35 - {name}{said}\n" for name, said in lines)
    found = read([Upload("c.txt", text.encode()), PROFILE])
    assert receipt(found.coverage)[0]["read"] == len(lines)
