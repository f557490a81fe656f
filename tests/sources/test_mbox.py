"""Mails are found in an archive of any size and form by their first lines."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.sources import mbox
from auditor.sources.archive import File
from auditor.sources.mbox import LONGEST, gathered, header_names, heads


def file(name: str, content: bytes) -> File:
    return File(name, name, "", len(content), lambda: io.BytesIO(content), written=datetime(2025, 1, 1))


def found(content: bytes) -> list[tuple[bytes, bytes]]:
    return [tuple(head) for head in heads(file("a", content), lambda _: None)]


HEAD = b"Subject: one\nTo: a@example.org"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@given(
    st.lists(
        st.lists(st.sampled_from([b"From here", b"", b">From x", b"words: two", b"From ", b"a" * 5]), max_size=9),
        min_size=1,
    ),
    st.integers(20, 60),
)
def test_every_mail_is_found_wherever_the_blocks_end(end: bytes, bodies: list[list[bytes]], block: int) -> None:
    """Whatever the bodies say, as long as none holds a `From ` line over a header after a blank line."""
    bodies = [[line for line in body if line != b"words: two"] for body in bodies]
    mails = [b"From - %d\n%s\n\n" % (n, HEAD) + b"\n".join([*body, b"", b""]) for n, body in enumerate(bodies)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mbox, "_BLOCK", block)
        assert found(b"".join(mails).replace(b"\n", end)) == [
            (b"From - %d" % n, HEAD.replace(b"\n", end) if end == b"\n" else HEAD.replace(b"\n", end) + b"\r")
            for n in range(len(bodies))
        ]


def test_a_head_without_end_is_cut() -> None:
    """A megabyte of header costs a quarter of it, and the next mail is found."""
    long = b"From - 1\nTo: " + b"a@example.org,\n " * 70_000
    first, second = found(long + b"\n\nFrom - 2\nTo: b@example.org\n\n")
    assert len(first[1]) < LONGEST
    assert second == (b"From - 2", b"To: b@example.org")


@pytest.mark.parametrize(
    ("start", "names"),
    [
        (b"Received: by x\r\n\twith y\r\nFrom: a@example.org\r\n\r\nbody: no", {"received", "from"}),
        (b"First Name,Last Name\nAda,Marsh\n", set()),
        (b"Dear Ada,\n\nhow are you?", set()),
        (b'{"from": "ada"}', set()),
        (b"", set()),
    ],
)
def test_what_looks_like_a_head(start: bytes, names: set[str]) -> None:
    """Every line to the first blank one has a name before a colon, or continues the one above."""
    assert header_names(start) == names


def test_letters_are_gathered_by_folder_and_kind() -> None:
    """Single letters stay what they are; so do all other files."""
    names = ["in/1.eml", "in/a.csv", "in/2.EML", "out/1.eml", "in/1.emlx", "3.eml", "4.eml"]
    shown = [(found.shown, len(found.parts)) for found in gathered(file(name, b"xx") for name in names)]
    assert shown == [("in/*.eml", 2), ("in/a.csv", 0), ("out/1.eml", 0), ("in/1.emlx", 0), ("*.eml", 2)]
