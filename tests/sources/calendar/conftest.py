from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.records import Records
from auditor.sources import Upload, read

FIXTURES = Path(__file__).parents[2] / "fixtures" / "calendar"
PROFILE = Upload("Profile.csv", b"First Name,Last Name,Headline\nAlex,Morgan,\n")

ALEX = "ATTENDEE;CN=Alex Morgan;PARTSTAT=ACCEPTED:mailto:alex.morgan@example.com"
ANA = "ATTENDEE;CN=Ana Silva;PARTSTAT=ACCEPTED:mailto:ana.silva@example.org"
KIM = "ATTENDEE;CN=Kim Lee;PARTSTAT=ACCEPTED:mailto:kim.lee@example.net"


def event(
    *lines: str, uid: str = "1@example.com", start: str = "20240301T100000Z", end: str = "20240301T110000Z"
) -> str:
    """An event of an hour, with these lines in it besides."""
    times = [f"DTSTART{start}" if start[:1] in ";:" else f"DTSTART:{start}"]
    times += [f"DTEND{end}" if end[:1] in ";:" else f"DTEND:{end}"] if end else []
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20240601T000000Z", *times, *lines, "END:VEVENT"])


def ics(*parts: str) -> str:
    """A calendar of these lines and events."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""])


def times(records: Records, key: str = "email:ana.silva@example.org") -> list[str]:
    """When the owner met somebody, in UTC."""
    mine = records.interactions[records.interactions["person"] == key]
    return [f"{at:%Y-%m-%d %H:%M}" for at in sorted(mine["at"])]


def aside(records: Records) -> dict[str, int]:
    """What the receipt set aside of calendars: reason → events."""
    receipt = records.coverage[(records.coverage["role"] == "set aside") & (records.coverage["kind"] == "calendar")]
    return dict(zip(receipt["what"], receipt["rows"], strict=True))


def notes(records: Records) -> dict[str, int]:
    """What the receipt remarks on calendars."""
    receipt = records.coverage[(records.coverage["role"] == "note") & (records.coverage["kind"] == "calendar")]
    return dict(zip(receipt["what"], receipt["rows"], strict=True))


def kept(records: Records) -> int:
    receipt = records.coverage[(records.coverage["role"] == "kept") & (records.coverage["kind"] == "calendar")]
    return int(receipt["rows"].sum())


@pytest.fixture(name="calendars")
def _calendars() -> Callable[..., Records]:
    """Reads each text as one calendar file, beside the profile of the owner, Alex Morgan."""

    def reading(*texts: str | bytes) -> Records:
        files = [text if isinstance(text, bytes) else text.encode() for text in texts]
        return read([PROFILE, *(Upload(f"{n}.ics", content) for n, content in enumerate(files, 1))])

    return reading
