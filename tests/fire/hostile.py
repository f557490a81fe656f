"""Names, companies and texts that mean harm to whatever shows them, as an export that any program would send."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from pathlib import Path

EVIL = "evil.example"

NAMES = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "Ann;=1+1",
    "<img src=http://evil.example/i.png onerror=alert(1)>",
    "<script>alert(2)</script>",
    "</title></bdi><a href=http://evil.example>x</a><!--",
    "]]></data><node id='evil'/>",
    "[click](http://evil.example/a)",
    "![pic](http://evil.example/b.png)",
    "*starred* __lined__ ~~struck~~ `coded`",
    "# Heading",
    "$e=mc^2$",
    ":material/home: :smile: :red[rouge]",
    "http://evil.example/c www.evil.example mail@evil.example",
    "{{ 7 * 7 }} {b} {@[evil]} %s",
    "Ann\u202egpj.exe",
    "Ann\u2066isolated\u200f",
    "Ann\x1b[31mred\x1b[0m",
    "Ann\x1b]8;;http://evil.example\x07click\x1b]8;;\x07",
    "Ann\x9b31mC1\x9d8;;http://evil.example\x9c",
    "Ann\x00\x07\x08\x7f",
    "Ann\nand a line\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil",
    "Ann\u2028separated\u2029twice",
    "\"quoted\", with commas; and 'more'",
    "x" * 10_000,
)

ME = "https://www.linkedin.com/in/alex-morgan"
OWNER = "Alex <u>Morgan</u>\u202e"
FILE = "Complete_LinkedInDataExport \x1b[31m![x](http:evil.example)\u202e<b>=1+1.zip"
"""An archive of this name, which no browser would give it but anybody could."""


def address(number: int) -> str:
    return f"https://www.linkedin.com/in/hostile-{number}"


def csv_of(*rows: list[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def connections(names: tuple[str, ...] = NAMES, company: str = "") -> str:
    """Everybody, each at a company and in a job that is called as the next one is."""
    head = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    rows = [
        [name, "", address(n), "", company or names[n - 1], NAMES[n - 2], f"{n % 28 + 1:02} Feb 2024"]
        for n, name in enumerate(names)
    ]
    return csv_of(head, *rows)


def messages(names: tuple[str, ...] = NAMES) -> str:
    """Each writes about what they are called, and the owner answers; a third of them ask, and wait."""
    head = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
    rows = []
    for n, name in enumerate(names):
        for month in range(1, 13):
            text = f"{name[:60]} said about plan {month} of {n}"
            day = f"2025-{month:02}-{n % 27 + 1:02}"
            mine = [f"c{n}", name, OWNER, ME, name, address(n), f"{day} 10:00:00 UTC", name, f"I agree: {text}", "SENT"]
            theirs = [f"c{n}", name, name, address(n), OWNER, ME, f"{day} 09:00:00 UTC", name, f"{text}?", "INBOX"]
            rows += [theirs] if month == 12 and n % 3 == 0 else [mine, theirs]
    return csv_of(head.split(","), *rows)


def export() -> dict[str, str]:
    """The export: name of a file → its text."""
    profile = csv_of(["First Name", "Last Name", "Maiden Name", "Address", "Headline"], [OWNER, "", "", "", NAMES[9]])
    return {"Connections.csv": connections(), "messages.csv": messages(), "Profile.csv": profile}


def archive(folder: Path, name: str = FILE) -> Path:
    """The export as a ZIP."""
    path = folder / name.replace("/", "_")
    with zipfile.ZipFile(path, "w") as packed:
        for file, text in export().items():
            packed.writestr(file, text)
    return path


def steers(text: str) -> set[str]:
    """The characters of a text that could steer a terminal or turn the direction of writing; tabs and lines may be."""
    turning = {*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
    return {c for c in text if (unicodedata.category(c) == "Cc" and c not in "\n\t") or c in turning}
