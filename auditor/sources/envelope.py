"""What the head of a mail says: from whom, to whom, when, in which conversation. Nobody's headers are well-formed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email import utils
from email.errors import MessageError
from email.header import decode_header, make_header
from email.utils import getaddresses, mktime_tz, parsedate_tz
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from auditor.mentions import email_key

Fields = Mapping[bytes, bytes]
"""The wanted headers of a mail: lower-case name → first value, unfolded."""

WANTED = frozenset(
    b"from to cc date message-id in-reply-to references x-gm-thrid x-gmail-labels list-id list-post list-unsubscribe "
    b"precedence auto-submitted delivered-to subject content-type content-class sender x-unsent "
    b"x-mozilla-status".split()
)
_MAILBOX = re.compile(
    r'(?:(?:"((?:[^"\\]|\\.)*)"|([^"<>,;:@()\[\]\\]*)) ?<([^\s<>"(),:;@]+@[^\s<>"(),:;@]+)>'
    r'|([^\s<>"(),:;@]+@[^\s<>"(),:;@]+)) ?(?:, ?|$)'
)
"""One mailbox of the plain sort, in a text of single spaces; lists of others go to the slow parser of the library."""

_NOT_STRICT: dict[str, Any] = {"strict": False} if getattr(utils, "supports_strict_parsing", False) else {}
"""One malformed name would cost all recipients; Python before 3.11.10 never was strict."""

_ADDRESS = re.compile(r"[^\s@<>\x00-\x1f\x7f]{1,128}@[^\s@<>\x00-\x1f\x7f]{1,255}")
_ID = re.compile(rb"<[^<>\s]+>")
_ASCTIME = re.compile(r"([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d(?::\d\d)?)(?: ([+-]\d{4}))? (\d{4})")
_LONGEST_LIST = 2**15  # characters of To or Cc; far more than any letter to persons
_LONGEST_NAME = 100
_FIRST_MAIL = datetime(1990, 1, 1).timestamp()
_LAST_MAIL = datetime(2100, 1, 1).timestamp()
_SLACK = timedelta(days=366)  # as for tables (times.py): later than a year after the file was written is misread


def fields(lines: bytes) -> dict[bytes, bytes]:
    """The wanted headers in the lines of a head."""
    unfolded = lines.replace(b"\r\n", b"\n").replace(b"\n ", b" ").replace(b"\n\t", b" ")
    found: dict[bytes, bytes] = {}
    for line in unfolded.split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon and (name := name.rstrip().lower()) in WANTED:
            found.setdefault(name, value.strip())
    return found


@lru_cache(maxsize=50_000)
def mailboxes(header: bytes) -> tuple[tuple[str, str], ...]:
    """The (mention key, display name) pairs in a From, To or Cc header, each key once, in its order.

    Groups are opened, comments and what is no address left out; a name that only repeats the address is empty.

    >>> mailboxes(b'"Adler, Ada" <ada@example.com>, undisclosed-recipients:;, =?utf-8?q?J=C3=B6rg?= <J@example.org>')
    (('email:ada@example.com', 'Adler, Ada'), ('email:j@example.org', 'Jörg'))
    """
    found: dict[str, str] = {}
    for name, address in _pairs(" ".join(text(header).split())[:_LONGEST_LIST]):
        key = email_key(address) if _ADDRESS.fullmatch(address) else None
        if key:
            found[key] = found.get(key) or _display(name)
    return tuple(found.items())


def _pairs(header: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(header):
        plain = _MAILBOX.match(header, at)
        if plain is None:
            return _slowly(header)
        quoted, bare, address, alone = plain.groups()
        found.append((re.sub(r"\\(.)", r"\1", quoted) if quoted else bare or "", address or alone))
        at = plain.end()
    return found


def _slowly(header: str) -> list[tuple[str, str]]:
    """The same by the library, which knows comments and groups. A bare comma belongs to the name after it."""
    try:
        parsed = getaddresses([header], **_NOT_STRICT)
    except (ValueError, IndexError, RecursionError):
        return []
    found, surname = [], ""
    for name, address in parsed:
        if "@" in address:
            found.append((f"{surname}, {name}" if surname and name else name, address))
        surname = "" if "@" in address else address
    return found


def _display(name: str) -> str:
    decoded = " ".join("".join(c if c.isprintable() else " " for c in words(name)).split()).strip("'\" ")
    return "" if "@" in decoded else decoded[:_LONGEST_NAME]


def words(value: str) -> str:
    """A header with its encoded words (RFC 2047) decoded; empty where they cannot be."""
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError, MessageError):
        return ""


def text(value: bytes) -> str:
    """A header as text; headers that are not ASCII are UTF-8, or of the time before it."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("cp1252", errors="replace")


def sent_at(head: Fields, postmark: bytes, written: datetime | None) -> int | None:
    """When a mail was sent, in Unix seconds: by its Date, or, where that is missing or absurd, by the `From ` line."""
    latest = (written + _SLACK).timestamp() if written else _LAST_MAIL
    stamp = _ASCTIME.search(text(postmark))
    for date in (text(head.get(b"date", b""))[:100], "{1} {0} {4} {2} {3}".format(*_zoned(stamp)) if stamp else ""):
        moment = _moment(date)
        if moment is not None and _FIRST_MAIL <= moment <= latest:
            return moment
    return None


def _zoned(stamp: re.Match[str]) -> tuple[str, ...]:
    """The parts of an asctime; it is in UTC where it says nothing."""
    return tuple(part or "+0000" for part in stamp.groups())


def _moment(date: str) -> int | None:
    try:
        parsed = parsedate_tz(date)
        return mktime_tz(parsed) if parsed else None
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def identity(head: Fields) -> int:
    """A stable 64-bit number of the mail: of its Message-ID, or, where it has none, of sender, recipients and date."""
    own = _ID.search(head.get(b"message-id", b""))
    return fingerprint(own[0] if own else b"\n".join(head.get(name, b"") for name in (b"from", b"to", b"cc", b"date")))


def conversation(head: Fields) -> int:
    """A stable 64-bit number of the conversation: of the first mail in it that this one refers to, or of itself.

    The same in every archive that holds the mail, which Gmail's own number of the conversation is not.
    """
    for name in (b"references", b"in-reply-to"):
        if (first := _ID.search(head.get(name, b""))) is not None:
            return fingerprint(first[0])
    return identity(head)


def fingerprint(value: bytes) -> int:
    return int.from_bytes(blake2b(value, digest_size=8).digest())
