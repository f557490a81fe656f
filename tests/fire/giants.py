"""Files of a gigabyte that are one line, one cell or one picture, read in a process of its own so that its memory tells.

`python giants.py FOLDER` makes and reads them one by one, and prints a line of JSON for each: what came out, in how many
seconds of processor time, and the most memory the process ever had above what it began with. They are made with holes:
on the disk they take next to nothing.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

GIANT = 2**30
MEMORY = 5 * 2**30  # bytes of address space, a third of it taken by libraries: whatever reads a giant whole ends here

CONNECTIONS = b"First Name,Last Name,URL,Connected On\nBea,Poe,https://www.linkedin.com/in/bea-poe,02 Jan 2024\n"
CARD = b"BEGIN:VCARD\nVERSION:3.0\nFN:Bea Poe\nEMAIL:bea@example.org\n"
EVENT = (
    b"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nDTSTART:20250101T100000Z\n"
    b"DTEND:20250101T110000Z\nSUMMARY:Lunch\nATTENDEE;CN=Alex Morgan:mailto:alex@example.org\nATTENDEE:mailto:bea@example.org\n"
)
CHAT = b"1/13/24, 7:35 PM - Bea Poe: Hello\n1/13/24, 7:36 PM - Alex Morgan: Hi\n1/13/24, 7:37 PM - Bea Poe: "
MAIL = b"From a Mon Jan 06 10:00:00 2025\nFrom: Bea Poe <bea@example.org>\nTo: alex@example.org\nDate: Mon, 6 Jan 2025 11:00:00 +0100\n"
CALLS = b'<?xml version="1.0"?><calls count="2"><call number="+12125550123" duration="60" date="1760000000000" type="1" contact_name="Bea Poe" />'


def giants(folder: Path) -> Iterator[tuple[str, Callable[[], Path]]]:
    """Each giant by its name, and how it is made."""

    def hollow(name: str, begin: bytes, end: bytes = b"") -> Path:
        path = folder / name
        with path.open("wb") as file:
            file.write(begin)
            file.seek(GIANT, 1)
            file.write(end or b"\n")
        return path

    def repeated(name: str, begin: bytes, line: bytes, end: bytes, size: int = GIANT // 16) -> Path:
        path, many = folder / name, line * (2**20 // len(line))
        with path.open("wb") as file:
            file.write(begin)
            for _ in range(size // len(many)):
                file.write(many)
            file.write(end)
        return path

    yield "a quoted cell", lambda: hollow("Connections.csv", CONNECTIONS + b'"')
    yield "a cell", lambda: hollow("Connections.csv", CONNECTIONS + b"Ada,", b",x,y\n")
    yield "a record of commas", lambda: repeated("Connections.csv", CONNECTIONS, b",", b"\n")
    yield "bad records", lambda: repeated("Connections.csv", CONNECTIONS, b"a,b,c,d,e,f\n", b"")
    yield "a header of commas", lambda: repeated("x.csv", b"First Name", b",", b"\n")
    yield "a line quoted whole", lambda: hollow("Connections.csv", b'"First Name,Last Name,URL,Connected On"\n"Bea,')
    yield (
        "a photo in one line",
        lambda: hollow("a.vcf", CARD + b"PHOTO;ENCODING=b:", b"\nEND:VCARD\n" + CARD + b"END:VCARD\n"),
    )
    yield (
        "a folded photo",
        lambda: repeated("a.vcf", CARD + b"PHOTO;ENCODING=b:\n", b" " + b"A" * 74 + b"\n", b"END:VCARD\n"),
    )
    yield "a card without end", lambda: repeated("a.vcf", CARD, b"EMAIL:x@example.org\n", b"")
    yield "an attachment in one line", lambda: hollow("a.ics", EVENT + b"ATTACH:", b"\nEND:VEVENT\nEND:VCALENDAR\n")
    yield (
        "a folded attachment",
        lambda: repeated("a.ics", EVENT + b"ATTACH:\n", b" " + b"A" * 74 + b"\n", b"END:VEVENT\n"),
    )
    yield "a folded title", lambda: repeated("a.ics", EVENT + b"LOCATION:\n", b" " + b"A" * 74 + b"\n", b"END:VEVENT\n")
    yield "a message in one line", lambda: hollow("_chat.txt", CHAT)
    yield "a message without end", lambda: repeated("_chat.txt", CHAT, b"and so on\n", b"")
    yield "a mail without end", lambda: hollow("a.mbox", MAIL + b"\n")
    yield "a head without end", lambda: hollow("a.mbox", MAIL + b"Subject: ")
    yield "recipients without end", lambda: repeated("a.mbox", MAIL + b"Cc: ", b"<x@example.org>,\n ", b"\n")
    yield "an attribute", lambda: hollow("calls.xml", CALLS + b'<call name="', b'" /></calls>')
    yield "a comment", lambda: hollow("calls.xml", CALLS + b"<!-- ", b" --></calls>")
    yield "elements without end", lambda: repeated("calls.xml", CALLS + b"<call>", b"<a></a>", b"")
    yield "elements in elements", lambda: repeated("calls.xml", CALLS, b"<a>", b"", GIANT // 64)
    yield "JSON", lambda: hollow("message_1.json", b'{"participants": [{"name": "A"}], "messages": [')
    yield (
        "JSON in JSON",
        lambda: repeated("message_1.json", b'{"participants": [], "messages": [', b"[", b"", GIANT // 64),
    )
    yield (
        "numbers in JSON",
        lambda: repeated("message_1.json", b'{"participants": [], "messages": [', b"9", b"]}", 2**22),
    )
    yield "an answer in answers", lambda: repeated("a.json", b'{"snapshotData": [', b"[", b"", GIANT // 64)


def main(folder: Path) -> None:
    from auditor.errors import AuditorError
    from auditor.records import Owner
    from auditor.sources import Upload, read

    owner = Owner(("Alex Morgan",), frozenset({"email:alex@example.org", "name:alex morgan@whatsapp"}))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("Connections.csv", CONNECTIONS)
    read([Upload("warm.zip", out.getvalue())])
    for name, content in (("a.ics", EVENT), ("a.vcf", CARD + b"END:VCARD\n"), ("a.mbox", MAIL), ("_chat.txt", CHAT)):
        read([Upload(name, content)], owner=owner)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, make in giants(folder):
        path, began = make(), time.process_time()
        try:
            records = read([path], owner=owner)
            told = [
                f"{what}: {rows}" for what, rows in zip(records.coverage["what"], records.coverage["rows"], strict=True)
            ]
        except AuditorError as error:
            told = [f"{type(error).__name__}: {error}"]
        except BaseException as error:  # noqa: BLE001 - the next giants are to be told of too
            told = [f"broken by {type(error).__name__}"]
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        print(json.dumps([name, told, round(time.process_time() - began, 2), grown]), flush=True)
        path.unlink()


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2])]
    main(Path(sys.argv[1]))
