"""The XML that Android's backups write: broken in known ways, of any size, and perhaps broken off."""

from __future__ import annotations

import weakref
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import InputError
from auditor.sources import Upload, xmlbackup
from auditor.sources.archive import Archive
from auditor.sources.peek import Peek
from auditor.sources.xmlbackup import Backup, root

SHOWN = st.characters(min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")


def peeked(content: bytes) -> Peek:
    with Archive([Upload("sms.xml", content)]) as archive:
        return Peek(archive.files[0])


def bodies(inside: str, chunk: int = 2**17) -> list[str]:
    """The `body` of each `sms` in a backup that is read `chunk` bytes at a time."""
    with patch.object(xmlbackup, "_CHUNK", chunk):
        backup = Backup(peeked(f"<?xml version='1.0'?><smses count='9'>{inside}</smses>".encode()))
        return [element.get("body") for _, element in backup.records()]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&#55357;&#56841;", "😉"),
        ("&#xD83D;&#xDE49;", "🙉"),
        ("&#Xd83d;&#56841;", "😉"),
        ("a&#55357;b", "ab"),
        ("&#56841;&#55357;", ""),
        ("&#10;&#55357;&#56841;&#55357;&#56841;&amp;&#128585;", "\n😉😉&🙉"),
        ("&#0;&#8;&#65535;&#xFFFFFFFF;&#38;&#34;", '&"'),
        ("\x00a\x0bb\x1f", "ab"),
        ("한 &#54620;", "한 한"),
    ],
)
@pytest.mark.parametrize("chunk", [1, 7, 2**17])
def test_characters(written: str, read: str, chunk: int) -> None:
    """Two halves of an emoji are one, a lone half and what XML forbids are dropped, all else stays, however it is cut."""
    assert bodies(f'<sms body="{written}"/>', chunk) == [read]


@settings(max_examples=60, deadline=None)
@given(st.text(SHOWN, max_size=20), st.integers(1, 40))
def test_any_text_in_any_pieces(text: str, chunk: int) -> None:
    """A text written as phones do, every character as its UTF-16 halves, comes back the same."""
    units = text.encode("utf-16-be")
    halves = "".join(f"&#{int.from_bytes(units[i : i + 2])};" for i in range(0, len(units), 2))
    assert bodies(f'<sms body="{halves}"/><sms body="after"/>', chunk) == [text, "after"]


@pytest.mark.parametrize("chunk", [1, 5, 64, 2**17])
def test_pictures_never_reach_the_parser(chunk: int) -> None:
    """What stands in a `data` attribute is left out, broken into lines or not; its neighbours are not touched."""
    picture = "QUJD+/==&#10;\nREVG" * 50
    inside = f'<mms><part ct="image/png" data="{picture}" text="null"/><part data="" text="hello data=1"/></mms>'
    with patch.object(xmlbackup, "_CHUNK", chunk):
        backup = Backup(peeked(f"<smses>{inside}</smses>".encode()))
        (parts,) = ([part.attrib for part in mms] for _, mms in backup.records())
    assert parts == [{"ct": "image/png", "data": "", "text": "null"}, {"data": "", "text": "hello data=1"}]


def test_a_record_is_forgotten_once_the_next_is_asked_for() -> None:
    """Nothing holds on to it, so memory does not grow with the file."""
    earlier: list[weakref.ref[object]] = []
    for _, element in Backup(peeked(b"<smses>" + b'<sms body="x"><a/></sms>' * 4 + b"</smses>")).records():
        assert [ref() for ref in earlier] == [None] * len(earlier)
        assert len(element) == 1
        earlier.append(weakref.ref(element))
    assert len(earlier) == 4


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<smses/>", "smses"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- a > b -->\n<?xml-stylesheet href='x'?><calls count='1'>", "calls"),
        ("<?xml version='1.0' encoding='UTF-16'?><calls >".encode("utf-16"), "calls"),
        (b"<!DOCTYPE smses [<!ENTITY a 'x>y'>]><smses>", "smses"),
        (b"<!--" * 2**13, None),
        (b"From: <smses>", None),
        (b"", None),
    ],
)
def test_the_root_is_found_behind_all_that_may_stand_before(content: bytes, name: str | None) -> None:
    """Declaration, comments, a stylesheet and a document type may come first; no text pretends to be one."""
    assert root(peeked(content)) == name


def test_an_encoding_that_is_no_longer_true() -> None:
    """A file in UTF-16 says so, and is read in UTF-8 all the same."""
    content = "<?xml version='1.0' encoding='UTF-16'?><smses><sms body='Jörg'/></smses>".encode("utf-16")
    assert [e.get("body") for _, e in Backup(peeked(content)).records()] == ["Jörg"]


def test_a_file_that_breaks_off_gives_what_stands_before() -> None:
    """The receipt is told how far it goes, and of how many."""
    backup = Backup(peeked(b'<smses count="5"><sms body="one"/><sms body="two"/><sms body="thr'))
    assert [e.get("body") for _, e in backup.records()] == ["one", "two"]
    assert backup.broken == "the file breaks off after record 2 of 5: make the backup again"


def test_a_file_of_which_nothing_can_be_read_is_an_error() -> None:
    """With its line, and what to do."""
    with pytest.raises(InputError, match=r"sms\.xml, line 2: is damaged, .*make the backup again"):
        list(Backup(peeked(b'<smses count="5">\n<sms body=')).records())


@pytest.mark.parametrize(
    "declared",
    [
        '[<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]',
        'SYSTEM "http://example.com/smses.dtd"',
        '[<!ENTITY a SYSTEM "file:///etc/passwd">]',
    ],
)
def test_a_document_type_is_refused(declared: str) -> None:
    """Entities can make a parser hang, or read other files: no phone writes any."""
    with pytest.raises(InputError, match=r"document type.*make the backup again"):
        list(Backup(peeked(f"<!DOCTYPE smses {declared}><smses><sms body='&b;'/></smses>".encode())).records())


def test_times_of_a_clock_that_was_never_set() -> None:
    """Times are Unix milliseconds; none is before 2000 or later than a day after the backup."""
    backup = Backup(peeked(b'<smses backup_date="1793502000000"><sms/></smses>'))
    list(backup.records())
    written = ["1793502000000", "1793588500000", "0", "", "null", "-5", "9" * 40]
    assert [backup.moment(ms) for ms in written] == [1793502000.0, None, None, None, None, None, None]


def test_reading_can_be_cancelled() -> None:
    """What the progress raises comes through, from the middle of the file."""
    peek = peeked(b"<smses>" + b'<sms body="hello"/>' * 50_000 + b"</smses>")
    told = []

    def tick(share: float) -> None:
        told.append(share)
        if share > 0.4:
            raise KeyboardInterrupt

    peek.tick = tick
    with pytest.raises(KeyboardInterrupt):
        list(Backup(peek).records())
    assert told == sorted(told)
    assert 0.4 < told[-1] < 0.8
