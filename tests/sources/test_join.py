"""Files that are read at different times, as one network."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from auditor.records import UNKNOWN_OWNER, Records
from auditor.sources import join, read

ME, ADA = "https://www.linkedin.com/in/alex-morgan", "https://www.linkedin.com/in/ada-adler"
MESSAGES = f"""\
CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER
c1,,Alex Morgan,{ME},Ada Adler,{ADA},2026-01-05 10:00:00 UTC,,Shall we?,INBOX
c1,,Ada Adler,{ADA},Alex Morgan,{ME},2026-01-05 11:00:00 UTC,,Gladly,INBOX
"""
PROFILE = "First Name,Last Name,Headline\nAlex,Morgan,Head of Product\n"
CONNECTIONS = (
    f"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAda,Adler,{ADA},,Acme,,01 Feb 2024\n"
)


def reading(folder: Path, **files: str) -> Records:
    """The records of files {name: text}."""
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read([folder])


def test_two_readings_are_one_network(tmp_path: Path) -> None:
    """The list from one, the messages from the other; the mere mention gives way to the list's row."""
    first = reading(tmp_path / "a", Connections=CONNECTIONS)
    both = join([first, reading(tmp_path / "b", messages=MESSAGES, Profile=PROFILE)])
    assert both.people["connection"].tolist() == [True]
    assert len(both.interactions) == 2
    assert both.owner.names == ("Alex Morgan",)


def test_the_same_files_again_change_nothing_but_the_receipt(tmp_path: Path) -> None:
    """Exact duplicates count once; the second file stands in the receipt under a name of its own."""
    once = [reading(tmp_path / n / "export", messages=MESSAGES, Profile=PROFILE) for n in _made(tmp_path, "a", "b")]
    both = join(once)
    pd.testing.assert_frame_equal(both.interactions, once[0].interactions, check_categorical=False)
    assert set(both.coverage["file"]) == {
        "export/messages.csv", "export/messages.csv (2)", "export/Profile.csv", "export/Profile.csv (2)",
    }  # fmt: skip
    again = both.coverage[both.coverage["file"] == "export/messages.csv (2)"].set_index("what")["rows"]
    assert again.to_dict() == {"messages": 0, "exact duplicate": 2}


def _made(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).mkdir()
    return list(names)


def test_who_the_owner_is_may_be_known_from_before(tmp_path: Path) -> None:
    """A conversation of two does not say whose it is; whoever knows says so."""
    (tmp_path / "messages.csv").write_text(MESSAGES, encoding="utf-8")
    assert read([tmp_path]).coverage["what"].eq(UNKNOWN_OWNER).any()
    owner = reading(tmp_path / "who", Profile=PROFILE).owner
    known = read([tmp_path / "messages.csv"], owner=owner)
    assert known.interactions["direction"].tolist() == ["out", "in"]


def test_what_the_progress_raises_ends_the_reading(tmp_path: Path) -> None:
    """That is how a reading is cancelled."""

    class CancelledError(Exception):
        pass

    def cancel(what: str, share: float) -> None:
        raise CancelledError

    (tmp_path / "messages.csv").write_text(MESSAGES, encoding="utf-8")
    with pytest.raises(CancelledError):
        read([tmp_path], cancel)


LATER = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@example.com
DTSTAMP:20261101T100000Z
DTSTART:20261030T120000Z
DTEND:20261030T130000Z
SUMMARY:Lunch
ORGANIZER;CN=Alex Morgan:mailto:alex@example.com
ATTENDEE;CN=Alex Morgan:mailto:alex@example.com
ATTENDEE;CN=Ada Adler:mailto:ada@example.org
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_beside_an_export_does_not_make_it_younger(tmp_path: Path) -> None:
    """The messages end in January; that the calendar goes on to October proves no silence since."""
    for name, text in {"messages": MESSAGES, "Profile": PROFILE, "Connections": CONNECTIONS}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "calendar.ics").write_text(LATER, encoding="utf-8")
    spans = read([tmp_path]).coverage.set_index("kind")["until"]
    assert spans["messages"] == pd.Timestamp("2026-01-05T11:00Z")
