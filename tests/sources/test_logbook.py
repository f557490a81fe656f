"""The book-keeping of files that are no tables."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from auditor.records import combine, validate
from auditor.sources.logbook import Logbook

ADA = "phone:+12125550123"


def test_what_is_noted_becomes_valid_tables() -> None:
    """A call and a text, each with what is known of it; the text is measured, and stands in no table."""
    book = Logbook("phone.xml", "calls")
    book.person(ADA, "Ada Adler", company="Acme", relation="family")
    book.exchange(ADA, datetime(2026, 1, 2, tzinfo=UTC), "call", "in", 1, seconds=60)
    book.exchange(ADA, 1.7e9, "sms", "out", 2, text="Happy birthday!", thread="sms:ada")
    found = validate(book.records("calls"))
    call, text = (found.interactions.iloc[n] for n in (0, 1))
    assert (call["seconds"], call["at"], pd.isna(call["words"])) == (60.0, pd.Timestamp("2026-01-02", tz="UTC"), True)
    assert (text["words"], text["stock"], text["thread"]) == (2, "birthday", "sms:ada")
    assert found.people.loc[0, ["name", "company", "relation"]].tolist() == ["Ada Adler", "Acme", "family"]
    assert found.identifiers.to_numpy().tolist() == [[ADA, "phone", "+12125550123"]]


def test_every_record_is_counted_once() -> None:
    """One to three people is one record kept; what was set aside stands with its count and its first row."""
    book = Logbook("chat.txt", "chat")
    for who in ("name:a@x", "name:b@x", "name:c@x"):
        book.exchange(who, 1.7e9, "chat", "out", 1, others=2, text="hello")
    for row in (4, 3):
        book.set_aside("a line of the program", row)
    book.note("times are local")
    told = book.records("messages").coverage[["role", "what", "rows", "line"]]
    lines = told.assign(line=told["line"].fillna(0)).to_numpy().tolist()
    assert lines == [
        ["kept", "messages", 1, 0],
        ["set aside", "a line of the program", 2, 3],
        ["note", "times are local", 1, 0],
    ]


def test_the_same_record_of_two_files_counts_once() -> None:
    """By its content: the digest comes of the text, or of what tells it apart."""
    books = [Logbook(name, "mail") for name in ("a.mbox", "b.mbox")]
    for book in books:
        book.exchange("email:a@example.com", 1.7e9, "email", "in", 1, facts="<1@example.com>")
        book.exchange("email:a@example.com", 1.7e9, "email", "in", 2, facts="<2@example.com>")
    both = combine([book.records("mails") for book in books])
    assert len(both.interactions) == 2
    assert both.coverage.loc[both.coverage["what"] == "exact duplicate", "rows"].tolist() == [2]


def test_an_empty_book_has_its_receipt() -> None:
    """Nothing kept is a line too."""
    found = validate(Logbook("empty.ics", "calendar").records("meetings"))
    assert found.coverage[["kind", "rows"]].to_numpy().tolist() == [["calendar", 0]]


def test_many_texts_are_measured_in_blocks() -> None:
    """More texts than one block holds: each keeps its own words."""
    book = Logbook("long.txt", "chat")
    for n in range(5000):
        book.exchange("name:a@x", 1.7e9 + n, "chat", "in", n, text="word " * (n % 7 + 1))
    words = book.records("messages").interactions["words"].tolist()
    assert words == [n % 7 + 1 for n in range(5000)]


def test_books_with_and_without_conversations_stand_under_each_other() -> None:
    """A call log has no thread at all, messages have: their tables join."""
    calls, messages = Logbook("calls.xml", "calls"), Logbook("sms.xml", "messages")
    calls.exchange(ADA, 1.7e9, "call", "in", 1)
    messages.exchange(ADA, 1.7e9, "sms", "in", 1, text="hello", thread="sms:ada")
    both = combine([calls.records("calls"), messages.records("messages")])
    assert both.interactions["thread"].astype("str").fillna("").tolist() == ["", "sms:ada"]
