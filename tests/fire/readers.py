"""Each kind of file that can be read, with small valid files of it from which fuzzing starts."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from auditor.records import Owner, Records
from auditor.sources import ListColumns, Upload, event_log, read, tables
from auditor.sources.archive import Archive
from auditor.sources.peek import Header, Peek

from .stack import Stack

_TESTS = Path(__file__).parents[1]
_FIXTURES, _SAMPLES = _TESTS / "fixtures", _TESTS.parent / "sample_exports"
_ROWS = 8  # of a table; more rows of the same kind cost time and reach nothing new

OWNER = Owner(
    ("Alex Morgan",),
    frozenset(
        {
            "linkedin:alex-morgan",
            "name:alex morgan@linkedin",
            "email:alex.morgan@example.com",
            "email:alex@example.org",
            "phone:+12125550100",
            "handle:x:100",
            *(f"name:alex morgan@{label}" for label in ("whatsapp", "facebook", "instagram", "sms", "phone")),
        }
    ),
    ("Palebrook Systems",),
    "US",
)
"""Known beforehand, so that every reader gets past the question whose file it is."""


@dataclass(frozen=True)
class Reader:
    """A reader under fire: its name, the file name it usually meets, its seeds, and how bytes are given to it.

    `stack`: where many files can be given to it at once.
    """

    name: str
    file: str
    seeds: tuple[bytes, ...]
    feed: Callable[[str, bytes], Records | None]
    stack: Callable[[], Stack] | None


def _read(file: str, content: bytes) -> Records:
    return read([Upload(file, content)], owner=OWNER)


def _read_as_chosen(file: str, content: bytes) -> Records:
    """As the owner would, who is shown the columns and takes what is proposed."""
    given = [Upload(file, content)]
    return read(given, owner=OWNER, choices=_proposed(given))


def _proposed(given: Sequence[Upload]) -> dict[str, ListColumns]:
    return {found.file: found.proposal for found in tables(given) if found.proposal}


def _choosing() -> Callable[[Sequence[Upload]], dict[str, ListColumns]]:
    """An owner who says of a header seen before what was said then: a proposal takes longer than reading the list."""
    known: dict[Header | None, list[ListColumns]] = {}

    def choose(given: Sequence[Upload]) -> dict[str, ListColumns]:
        with Archive(given) as archive:
            (file,) = archive.files
            header = Peek(file).table
        known[header] = known.get(header) or list(_proposed(given).values())
        return dict.fromkeys([file.shown], known[header][0]) if known[header] else {}

    return choose


def _read_log(_: str, content: bytes) -> None:
    """The strict door for logs of many egos takes a path."""
    with tempfile.NamedTemporaryFile(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as file:
        file.write(content)
        file.flush()
        event_log.read(Path(file.name))


@cache
def readers() -> dict[str, Reader]:
    """Every reader by its name."""
    found = [Reader(name, file, seeds, _read, lambda: Stack(OWNER)) for name, (file, seeds) in _seeds().items()]
    lists = _fixtures("lists/crm.csv", "lists/xing.csv")
    found.append(Reader("chosen_list", "people.csv", lists, _read_as_chosen, lambda: Stack(OWNER, _choosing())))
    found.append(Reader("event_log", "events.csv", (_LOG, _LOG.replace(b"\n", b"\r\n")), _read_log, None))
    return {reader.name: reader for reader in found}


def _seeds() -> dict[str, tuple[str, tuple[bytes, ...]]]:
    return {
        "connections": ("Connections.csv", _samples("Connections.csv")),
        "messages": ("messages.csv", _samples("[mM]essages.csv")),
        "invitations": ("Invitations.csv", _samples("Invitations.csv")),
        "endorsements": ("Endorsement_Received_Info.csv", _samples("Endorsement*Info.csv")),
        "recommendations": ("Recommendations_Received.csv", _samples("Recommendations*.csv")),
        "notes": ("Notes.csv", _samples("Notes.csv")),
        "contacts": ("ImportedContacts.csv", _samples("*Contacts.csv")),
        "broadcasts": (
            "Comments.csv",
            tuple(
                seed
                for name in ("Comments", "Reactions", "Shares", "Votes", "Member_Follows")
                for seed in _samples(f"{name}.csv")
            ),
        ),
        "owner": ("Profile.csv", tuple(s for n in ("Profile", "Email Addresses", "PhoneNumbers", "Positions") for s in _samples(f"{n}.csv"))),
        "calendar": ("calendar.ics", _fixtures("calendar/*.ics")),
        "google_contacts": ("contacts.csv", _fixtures("address_books/google_*.csv")),
        "vcard": ("contacts.vcf", _fixtures("address_books/*.vcf")),
        "interactions_csv": ("interactions.csv", (_INTERACTIONS,)),
        "mail": ("All mail.mbox", (*_fixtures("mail/*.mbox"), _LETTER)),
        "calls": ("calls-20261101.xml", _fixtures("phone/calls*.xml")),
        "sms": ("sms-20261101.xml", _fixtures("phone/sms*.xml")),
        "phone_log": ("calls.csv", _fixtures("phone/my calls.csv", "phone/Call history.csv")),
        "imazing": ("Messages - iPhone.csv", _fixtures("phone/Messages*.csv", "phone/WhatsApp*.csv")),
        "whatsapp": ("_chat.txt", _fixtures("chats/*.txt", "chats/*/_chat.txt")),
        "meta": ("message_1.json", _fixtures("chats/*/*/messages/inbox/*/*.json", "chats/messenger/*.json")),
        "xarchive": ("direct-messages.js", _fixtures("chats/x/data/*.js")),
        "other_lists": ("kontakte.csv", _fixtures("lists/xing.csv", "lists/following_accounts.csv")),
        "snapshots": ("network.json", _snapshots()),
        "archive": ("export.zip", _archives()),
    }  # fmt: skip


def _fixtures(*patterns: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for pattern in patterns for path in sorted(_FIXTURES.glob(pattern)))


def _samples(pattern: str) -> tuple[bytes, ...]:
    """The first rows of the files so called, of each form once."""
    found: dict[bytes, bytes] = {}
    for path in sorted(_SAMPLES.glob(f"*/{pattern}")):
        lines = path.read_bytes().splitlines(keepends=True)
        header = next((i for i, line in enumerate(lines) if re.search(rb"[,;\t]", line)), 0)
        found.setdefault(lines[header], b"".join(lines[: header + 1 + _ROWS]))
    return tuple(found.values())


def _snapshots() -> tuple[bytes, ...]:
    whole = _fixtures("snapshots/*.json")
    return (*whole, json.dumps(json.loads(whole[0])[0]).encode())


def _archives() -> tuple[bytes, ...]:
    """ZIPs of every packing, and one in another."""
    files = {"Connections.csv": _samples("Connections.csv")[0], "a/Notes.csv": _samples("Notes.csv")[0]}
    stored, packed = _zipped(files, zipfile.ZIP_STORED), _zipped(files, zipfile.ZIP_DEFLATED)
    return stored, packed, _zipped({"inner.zip": packed}, zipfile.ZIP_STORED)


def _zipped(files: dict[str, bytes], how: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 12, 0, 0)), content, how)
    return out.getvalue()


_INTERACTIONS = b"""person,email,at,direction,channel,others,minutes,words,questions,thread,company,introduced_by
Ada Lark,ada@example.org,2026-10-01 10:00,out,mail,0,,120,1,trip,Plover Press,
Ben Moss,,2026-10-02T11:30:00Z,in,call,0,12.5,,,,,Ada Lark
Cleo Okafor,cleo@example.net,2026-10-03,,meeting,3,60,,,,,ada@example.org
"""
_LETTER = b"""Received: by mail.example.com; Mon, 5 Jan 2026 10:00:00 +0000
From: "Lark, Ada" <ada@example.org>
To: Alex Morgan <alex.morgan@example.com>, undisclosed-recipients:;
Date: Mon, 5 Jan 2026 10:00:00 +0000
Subject: =?utf-8?q?Caf=C3=A9?=
Message-ID: <1@example.org>
References: <0@example.org>

Hello
"""
_LOG = b"""ego,person,at,direction,channel,others,seconds,words,questions
me,ada,2026-10-01T10:00:00Z,out,message,0,,12,1
me,ben,1790000000,in,call,1,60.5,,
you,ada,2026-10-03,both,meeting,2,3600,,
"""
