"""Texts beside the exchanges: asked for while the files are open, and kept nowhere."""

from __future__ import annotations

from pathlib import Path

from auditor.sources import Upload, read, texts
from auditor.sources.linkedin import mailbox
from auditor.sources.overheard import COLUMNS, listening

CHATS = Path(__file__).parents[1] / "fixtures"
ME, ADA = "https://www.linkedin.com/in/alex-morgan", "https://www.linkedin.com/in/ada-adler"
HEAD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)
MESSAGES = f"""{HEAD}
c1,,Alex Morgan,{ME},Ada Adler,{ADA},2026-01-03 10:00:00 UTC,,Shall we row?,INBOX
c1,,Ada Adler,{ADA},Alex Morgan,{ME},2026-01-02 10:00:00 UTC,,,INBOX
c1,Sponsored Conversation,Ada Adler,{ADA},Alex Morgan,{ME},2026-01-02 09:00:00 UTC,,Buy now,INBOX
c1,,Ada Adler,{ADA},Alex Morgan,{ME},2026-01-01 10:00:00 UTC,,"Hello,
Alex",INBOX
"""
PROFILE = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline\nAlex,Morgan,,,,Owner\n"
NOTES = (
    "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n"
    f"Ada,Adler,{ADA},Likes Rome,2026-01-02 03:04:05 UTC,\n"
)
EXPORT = [
    Upload("messages.csv", MESSAGES.encode()),
    Upload("Profile.csv", PROFILE.encode()),
    Upload("Notes.csv", NOTES.encode()),
]


def told(table) -> list[tuple[str, str, str]]:
    return sorted(zip(table["person"].astype(str), table["direction"].astype(str), table["text"], strict=True))


def test_the_texts_of_an_export() -> None:
    """Those that count as exchanges and have words, with whom and which way; what is set aside is silent."""
    found = texts(EXPORT)
    assert tuple(found.columns) == COLUMNS
    assert told(found) == [
        ("linkedin:ada-adler", "in", "Hello,\nAlex"),
        ("linkedin:ada-adler", "out", "Likes Rome"),
        ("linkedin:ada-adler", "out", "Shall we row?"),
    ]


def test_the_texts_of_a_chat_and_of_a_phone() -> None:
    """Every message of theirs stands beside its person, one to a group beside each."""
    chat = CHATS / "chats" / "WhatsApp Chat with Ada Adler.txt"
    found, exchanges = texts([chat]), read([chat]).interactions
    assert len(found) == int(exchanges["words"].fillna(0).gt(0).sum()) > 0
    phone = CHATS / "phone" / "sms-20261101.xml"
    assert len(texts([phone])) == int(read([phone]).interactions["words"].fillna(0).gt(0).sum()) > 0


def test_nobody_listens_outside(monkeypatch) -> None:
    """A reading takes nothing down, and one listener hears nothing of what was read before."""
    read(EXPORT)
    with listening() as heard:
        pass
    assert heard.beside(read(EXPORT).interactions).empty
    assert not hasattr(mailbox, "heard")
