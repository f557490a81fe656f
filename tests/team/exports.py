"""A fictional team's exports: who wrote with whom, every Monday, for how many weeks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

IN = "https://www.linkedin.com/in/"
HEAD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)
END = date(2026, 6, 1)
TODAY = date(2026, 6, 30)
WORKS = {
    "ada-marsh": "Plover Press",
    "ben-ito": "Wren Works",
    "cleo-okafor": "Wren Works Ltd",
    "dan-voss": "Heron Labs",
}
"""Who works where; whoever is not here is of no company."""


def called(slug: str) -> str:
    """ "ada-marsh" is Ada Marsh."""
    return slug.replace("-", " ").title()


def hand_in(folder: Path, owner: str, weeks: Mapping[str, int], lunches: int = 0) -> Path:
    """Writes an owner's export into a sub-folder of that name.

    `weeks`: slug → for how many weeks until `END` both wrote each Monday; 0 is a connection and no more. `lunches`: so
    many Fridays at noon with the first of them, in a calendar.
    """
    place = folder / owner
    place.mkdir(parents=True)
    connected = [
        f"{called(s).replace(' ', ',')},{IN}{s},{s}@example.com,{WORKS.get(s, '')},,05 Jan 2024" for s in weeks
    ]
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    (place / "Connections.csv").write_text("\n".join([head, *connected]) + "\n", encoding="utf-8")
    names = ",".join(called(owner).split())
    (place / "Profile.csv").write_text(f"First Name,Last Name,Maiden Name,Headline\n{names},,\n", encoding="utf-8")
    rows = [row for slug, count in weeks.items() for row in _talk(owner, slug, count)]
    (place / "messages.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    mail = f'Email Address,Confirmed,Primary,Updated On\n{owner}@example.com,Yes,Yes,"1/5/24, 9:00 AM"\n'
    (place / "Email Addresses.csv").write_text(mail, encoding="utf-8")
    if lunches:
        (place / "calendar.ics").write_text(
            _lunches(owner, next(iter(weeks)), lunches), encoding="utf-8", newline="\r\n"
        )
    return place


def _talk(owner: str, slug: str, weeks: int) -> list[str]:
    me, other = (f"{called(s)},{IN}{s}" for s in (owner, slug))
    days = [END - timedelta(weeks=n) for n in range(weeks)]
    asked = [f"2-{slug}==,,{me},{other},{day} 10:00:00 UTC,,How was day {day:%j} for {slug}?,INBOX" for day in days]
    told = [f"2-{slug}==,,{other},{me},{day} 11:00:00 UTC,,Well and you on {day:%j}?,INBOX" for day in days]
    return [*asked, *told]


def _lunches(owner: str, slug: str, count: int) -> str:
    events = [
        f"BEGIN:VEVENT\nUID:{day}@example.com\nDTSTAMP:{END:%Y%m%d}T000000Z\nDTSTART:{day:%Y%m%d}T120000Z\n"
        f"DTEND:{day:%Y%m%d}T130000Z\nSUMMARY:Lunch with {called(slug)}\n"
        f"ORGANIZER;CN={called(owner)}:mailto:{owner}@example.com\n"
        f"ATTENDEE;CN={called(slug)}:mailto:{slug}@example.com\nEND:VEVENT"
        for day in (END - timedelta(weeks=n, days=3) for n in range(count))
    ]
    return "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", *events, "END:VCALENDAR", ""])
