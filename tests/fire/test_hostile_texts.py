"""Texts that mean harm: signs that are none, quotes without an end, entities, endless repeats, brackets without number."""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path

import pytest

from auditor.errors import InputError, NotAnExportError
from auditor.records import Records
from auditor.sources import Upload, read

from .readers import OWNER
from .test_hostile_archives import cheaply, zipped

HEADER = b"First Name,Last Name,URL,Connected On\n"
CARD = b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Bea=ED=A0=80 Poe\nEMAIL:bea@example.org\nEND:VCARD\n"
SECONDS = 5.0


def row(first: bytes) -> bytes:
    return b"%s,Poe,https://www.linkedin.com/in/%s-poe,02 Jan 2024\n" % (first, first.strip(b'"').lower())


def given(name: str, content: bytes) -> Records:
    """What is read of one file, which takes no time and no memory to speak of."""
    with cheaply(SECONDS):
        return read([Upload(name, content)], owner=OWNER)


def names(content: bytes) -> list[str]:
    return given("Connections.csv", HEADER + content).people["name"].tolist()


def remarks(records: Records) -> str:
    return "; ".join(records.coverage["what"])


def test_nuls() -> None:
    """Between records, five thousand of them; in a cell, one: the records around it are read."""
    assert names(row(b"Bea") + b"\0" * 5000 + b"\n" + row(b"Cy")) == ["Bea Poe", "Cy Poe"]
    assert names(row(b"Bea") + row(b"A\0da") + row(b"Cy"))[::2] == ["Bea Poe", "Cy Poe"]
    with pytest.raises(NotAnExportError, match="a binary file"):
        given("Connections.csv", b"\0" * 2**20)


def test_mixed_encodings() -> None:
    """Each record in the encoding it is in, and the receipt says so."""
    found = given("Connections.csv", HEADER + row("Zoë".encode()) + row("Zoé".encode("latin-1")) + row(b"Cy"))
    assert found.people["name"].tolist() == ["Zoë Poe", "Zoé Poe", "Cy Poe"]
    assert "not all of it is UTF-8: the rest was read as Windows-1252" in remarks(found)


def test_utf_7() -> None:
    """It is never decoded: no `<` comes out of it, in whatever field; it stays the letters it is."""
    assert names(row(b"+ADw-script+AD4-")) == ["+ADw-script+AD4- Poe"]
    said = b"BEGIN:VCARD\nVERSION:3.0\nFN;CHARSET=UTF-7:+ADw-b+AD4-\nEMAIL:bea@example.org\nEND:VCARD\n"
    assert given("a.vcf", said).people["name"].tolist() == ["+ADw-b+AD4-"]


@pytest.mark.parametrize("end", [b"", b"\n", b",x\n" * 1000])
def test_a_quote_without_an_end(end: bytes) -> None:
    """The records around it are read, and the receipt says that some may have run into each other."""
    found = given("Connections.csv", HEADER + row(b"Bea") + b'"' + row(b"Ada") + row(b"Cy") + row(b"Dee") + end)
    assert {"Bea Poe", "Cy Poe", "Dee Poe"} <= set(found.people["name"])
    assert "a quotation mark is never closed: records may have run into each other" in remarks(found)


@pytest.mark.parametrize("many", [999, 100_000, 1_000_001])
def test_nothing_but_quotes(many: int) -> None:
    """However many: the record after them is read."""
    assert names(b'"' * many + b"\n" + row(b"Cy"))[-1:] == ["Cy Poe"]


def test_a_million_commas_in_every_record() -> None:
    """Records far too wide are counted, not kept."""
    found = given("Connections.csv", HEADER + (b"," * 2**20 + b"\n") * 8 + row(b"Cy"))
    assert found.people["name"].tolist() == ["Cy Poe"]


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "lol">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + layer, b"&%c;" % (97 + layer) * 10) for layer in range(9)
)
BLOWUP = b'<!DOCTYPE l [<!ENTITY j "%s">]>' % (b"x" * 10**4)
OUTSIDE = b'<!DOCTYPE l [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
ELSEWHERE = b'<!DOCTYPE l SYSTEM "http://example.org/l.dtd">'
PARAMETER = b'<!DOCTYPE l [<!ENTITY %% p SYSTEM "http://example.org/p"> %%p;]>' % ()


@pytest.mark.parametrize("declared", [LAUGHS, BLOWUP, OUTSIDE, ELSEWHERE, PARAMETER])
@pytest.mark.parametrize(
    ("name", "root"),
    [
        ("calls.xml", b'<calls count="1"><call number="&j;" duration="1" date="1760000000000" type="1"/></calls>'),
        ("sms.xml", b'<smses count="1"><sms address="1" date="1760000000000" type="1" body="&j;"/></smses>'),
    ],
)
def test_entities(name: str, root: bytes, declared: bytes) -> None:
    """A document type is refused before anything of it is looked at: no laughs, no file, no address."""
    with pytest.raises(InputError, match="declares a document type"):
        given(name, b'<?xml version="1.0"?>' + declared + root)


RULES = {
    b"RRULE:FREQ=SECONDLY": "repeats more than 2,000 times",
    b"RRULE:FREQ=MINUTELY;COUNT=999999999": "repeats more than 2,000 times",
    b"RRULE:FREQ=DAILY": "repeats more than 2,000 times",
    b"RRULE:FREQ=DAILY;UNTIL=99991231": "repeats more than 2,000 times",
    b"RRULE:FREQ=DAILY;INTERVAL=0": "repeats by a rule that cannot be read",
    b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31": "repeats by a rule that cannot be read",
    b"RRULE:FREQ=DAILY;COUNT=1" + b"0" * 400: "repeats",
    b"RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30": "repeats",
    b"RRULE:FREQ=YEARLY;BYEASTER=0;BYSECOND=%s" % b",".join(b"%d" % n for n in range(60)): "events",
    b"RDATE:" + b",".join(b"2021%02d01T1000%02dZ" % (m, s) for m in range(1, 13) for s in range(60)) * 20: "events",
}


@pytest.mark.parametrize("rule", RULES, ids=range(len(RULES)))
def test_endless_repeats(rule: bytes) -> None:
    """Two thousand times are counted at most; a rule that says nothing is one event."""
    event = (
        b"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nDTSTART:20200101T100000Z\n"
        b"DTEND:20200101T110000Z\n" + rule + b"\nSUMMARY:Lunch\nATTENDEE:mailto:alex@example.org\nATTENDEE:mailto:bea@example.org\n"
        b"END:VEVENT\nEND:VCALENDAR\n"
    )  # fmt: skip
    found = given("a.ics", event)
    assert 1 <= len(found.interactions) <= 2000
    assert RULES[rule] in remarks(found)


@pytest.mark.parametrize("bracket", [b"[", b'{"a":'])
@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("message_1.json", b'{"participants": [], "messages": '),
        ("answer.json", b'{"snapshotData": '),
        ("direct-messages.js", b"window.YTD.direct_messages.part0 = "),
    ],
)
def test_json_ten_thousand_deep(name: str, before: bytes, bracket: bytes) -> None:
    """It is refused in words."""
    shut = {b"[": b"]", b'{"a":': b"}"}[bracket]
    deep = before + bracket * 10_000 + b"1" + shut * 10_000 + (b"}" if before.startswith(b"{") else b"")
    with pytest.raises(InputError, match=r"JSON|nested too deeply|no export has"):
        given(name, deep)


@pytest.mark.parametrize(
    ("magic", "said"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"Rar!\x1a\x07", "a RAR archive: unpack it first"),
        (b"\x1f\x8b\x08", "a GZIP archive: unpack it first"),
        (b"SQLite format 3\0", "a database"),
    ],
)
@pytest.mark.parametrize(
    "name", ["Connections.csv", "messages.csv", "calendar.ics", "a.vcf", "_chat.txt", "calls.xml", "a.mbox"]
)
def test_a_picture_called_csv(name: str, magic: bytes, said: str) -> None:
    """It is told what it is, whatever it is called."""
    with pytest.raises(NotAnExportError, match=said):
        given(name, magic + bytes(range(256)) * 40)


def test_halves_of_characters() -> None:
    """In JSON, in UTF-8 that is none, in quoted-printable, in UTF-16: no text that comes out of it holds one."""
    chat = (
        b'{"participants": [{"name": "Bea \\ud83d Poe"}, {"name": "Alex Morgan"}], "thread_path": "inbox/\\udc00", "title": "\\ud800", '
        b'"messages": [{"sender_name": "Bea \\ud83d Poe", "timestamp_ms": 1760000000000, "content": "x\\udc00y"}]}'
    )
    halved = codepoints("\ud83d")
    utf_16 = (
        b"\xff\xfe"
        + codepoints((HEADER + row(b"Bea")).decode())
        + halved
        + codepoints("," * 3 + "\n" + row(b"Cy").decode())
    )
    found = [
        given("message_1.json", chat),
        given("Connections.csv", HEADER + row(b"B\xed\xa0\x80ea") + row(b"Cy")),
        given("a.vcf", CARD),
        given("Connections.csv", utf_16),
    ]
    for records in found:
        assert records.people["name"].str.contains("Poe").any()
        for told in (records.people, records.interactions, records.coverage):
            told.to_csv().encode()  # a half cannot be encoded


def codepoints(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def test_a_link_in_a_zip() -> None:
    """It is not followed: it stands in the receipt."""
    link = zipfile.ZipInfo("Notes.csv")
    link.external_attr = 0o120777 << 16
    told = read([Upload("a.zip", zipped((link, b"/etc/passwd"), ("Connections.csv", HEADER + row(b"Bea"))))])
    assert "it is a link to another file" in remarks(told)
    assert told.people["name"].tolist() == ["Bea Poe"]


def test_what_waits_for_ever_in_a_folder(tmp_path: Path) -> None:
    """A pipe and a socket beside the files are passed over, whatever they are called."""
    (tmp_path / "Connections.csv").write_bytes(HEADER + row(b"Bea"))
    for name in ("messages.csv", "export.zip", "no ending"):
        os.mkfifo(tmp_path / name)
    began = time.monotonic()
    assert read([tmp_path]).people["name"].tolist() == ["Bea Poe"]
    assert time.monotonic() - began < 60
