"""How far a file of messages proves silence."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from test_join import CONNECTIONS, MESSAGES, PROFILE

from auditor.sources import read

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
