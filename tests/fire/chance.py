"""Files bent by chance: the mutator that needs nothing but a seed, so that the same number gives the same file anywhere.

It knows what the readers' files are made of (lines, cells, numbers, tags) and what has broken parsers before.
"""

from __future__ import annotations

import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from random import Random
from typing import Any

LONGEST = 2**14
_WORD = re.compile(rb"[A-Za-z][A-Za-z-]{2,}|\d+|[^\x00-\x7f]+")
_NUMBER = re.compile(rb"\d+")
_CELL = re.compile(rb"[^,;\t\r\n:<>{}\[\]]+")

_NUMBERS = [
    *b"0 -1 1 00 29 31 99 9999 10000 2038 1969 32768 2147483647 2147483648 4294967296 9223372036854775807 "
    b"9223372036854775808 18446744073709551616 1e400 1e-400 NaN Infinity -0 0.1 1_000".split(),
    "٣".encode(),
    "²".encode(),
    b"9" * 400,
]
_EVIL = (
    b"\0", b"\r", b"\n", b"\r\n", b"\n\n", b'"', b"'", b'""', b'"""', b"\\", b",", b";", b"\t", b"|", b",,,,", b"=", b"@", b":",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\x80", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\x1a", b"\x0b", b"\x0c", b"\x1c", b"\x85",
    "\u2028".encode(), "\u202e".encode(), "\u200e".encode(), "\u0130".encode(), "\ufdfa".encode(), "e\u0301".encode(), "ß".encode(), "😀".encode(),
    b"+ADw-", b"%s%n", b"%00", b"../", b"=1+1", b"=?utf-8?b?/w==?=", b"=?x?q?=ff?=", b"=?utf-8?q?", b"\\ud800", b"\\u0000", b"&#0;", b"&#55357;", b"&#xD800;", b"&amp",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<![CDATA[", b"]]>", b"<!--", b"?>", b"null", b"true", b"{}", b"[]", b"[[", b'{"a":', b"1.5", b'"x"',
    b"BEGIN:VEVENT\n", b"END:VEVENT\n", b"BEGIN:VCALENDAR\n", b"BEGIN:VTIMEZONE\n", b"END:VTIMEZONE\n", b"BEGIN:VCARD\n", b"END:VCARD\n", b"\n ", b"=\n",
    b"RRULE:FREQ=SECONDLY\n", b"RRULE:FREQ=DAILY;COUNT=999999999\n", b"RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2\n", b"RRULE:FREQ=DAILY;UNTIL=99991231\n",
    b"RDATE;VALUE=PERIOD:19960403T020000Z/PT1H\n", b"EXDATE:20260101\n", b"DURATION:-P1W\n", b"DURATION:P99999999999D\n", b"DTEND:00010101T000000Z\n", b"TZOFFSETTO:+9999\n", b"99991231T235959Z", b"00000000T000000",
    b";VALUE=DATE", b";TZID=", b";ENCODING=QUOTED-PRINTABLE;CHARSET=utf-7:=", b";ENCODING=b:", b"\nFrom ", b"\nFrom a@b\nTo: x\n", b"\nX: ", b"(((((", b"<a@b>", b"0000-00-00", b"2026-02-30", b"24:00:00", b"31.12.9999", b"+24:00",
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff",
)  # fmt: skip


_VALUES = (
    None, True, False, 0, -1, 1.5, 1e308, -1e308, 10**30, float("nan"), float("inf"), 2**31, 2**63, 1e11, 4e12, "", " ", "x", "1", "9" * 400,
    "\ud83d", "\0", "\u202e", "2026-02-30", "https://example.org/in/", "=1+1", [], {}, [[]], [None], {"a": {}}, {"": None}, [1, "x", {}],
)  # fmt: skip
_DOCUMENT = re.compile(rb"\s*(?:window\.[\w.]+\s*=\s*)?(?=[\[{])")
_LARGEST = 4 * LONGEST  # bytes of a document that is taken apart


def with_other_people(chance: Random, content: bytes) -> bytes:
    """The file, half of the time with people of its own: in a stack, whom another file knows already is passed over."""
    if content.startswith(b"PK") or chance.random() < 0.5:
        return content
    return re.sub(rb"/in/|@(?=example)", rb"\g<0>%03x." % chance.randrange(4096), content)


def bent(chance: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """The file after one to six strokes, three quarters of the time with its first line as it was.

    JSON is bent as what it says two times in three, and a ZIP as what it holds: bytes that are no JSON or ZIP any more
    reach nothing behind the parser.
    """
    if content.startswith(b"PK") and chance.random() < 2 / 3 and (entries := _entries(content)):
        return _bent_archive(chance, entries, others)
    if chance.random() < 2 / 3 and (found := _document(content)):
        return _bent_document(chance, *found)
    head = content.find(b"\n") + 1 if chance.random() < 0.75 else 0
    head, body = (content[:head], bytearray(content[head:]))
    for _ in range(1 + int(chance.random() ** 2 * 6)):
        _STROKES[chance.randrange(len(_STROKES))](chance, body, others)
        del body[LONGEST:]
    return head + bytes(body)


@lru_cache(256)
def _document(content: bytes) -> tuple[bytes, bytes] | None:
    """What stands before a JSON document, and the document."""
    start = _DOCUMENT.match(content)
    if start is None or len(content) > _LARGEST:
        return None
    try:
        json.loads(content[start.end() :])
    except (ValueError, RecursionError):
        return None
    return start[0], content[start.end() :]


def _bent_document(chance: Random, before: bytes, written: bytes) -> bytes:
    whole = [json.loads(written)]
    for _ in range(1 + int(chance.random() ** 2 * 6)):
        places = list(_places(whole))
        holder, key = chance.choice(places)
        other, lent = chance.choice(places)
        way = chance.randrange(8)
        if way == 0 and holder is not whole:
            del holder[key]
        elif way == 1:
            holder[key] = json.loads(json.dumps(other[lent]))
        elif way == 2 and isinstance(holder, list) and holder is not whole:
            holder.insert(key, json.loads(json.dumps(other[lent])))
        elif way == 3 and isinstance(holder[key], str):
            bytes_ = bytearray(holder[key].encode(errors="replace"))
            _STROKES[chance.randrange(len(_STROKES))](chance, bytes_, [written])
            holder[key] = bytes_[:LONGEST].decode(errors="surrogateescape")
        else:
            holder[key] = json.loads(json.dumps(chance.choice(_VALUES)))
    plain = chance.random() < 0.5
    return before + json.dumps(whole[0], ensure_ascii=plain, indent=chance.choice((None, 2))).encode(
        errors="surrogatepass"
    )


def _entries(content: bytes) -> list[tuple[str, bytes]]:
    """What a ZIP holds; nothing where it was bent so that it is none any more."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return [(name, packed.read(name)) for name in packed.namelist()]
    except Exception:  # noqa: BLE001 (the ways in which zipfile breaks are many)
        return []


def _bent_archive(chance: Random, entries: Sequence[tuple[str, bytes]], others: Sequence[bytes]) -> bytes:
    """The entries with bent contents and names, some of them twice, packed in whatever way."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as again, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two entries of one name
        for name, held in [*entries] * chance.choice((1, 1, 2)):
            inner, called = held, bytearray(name.encode())
            if chance.random() < 0.3:
                _STROKES[chance.randrange(len(_STROKES))](chance, called, others)
            if chance.random() < 0.7:
                inner = bent(chance, inner, [inner])
            info = zipfile.ZipInfo(
                called[:200].decode(errors="replace") or "x", (chance.choice((1980, 2026)), 2, 28, 12, 0, 0)
            )
            info.external_attr = chance.choice((0, 0, 0o100600 << 16, 0o120777 << 16, 0o040755 << 16))
            again.writestr(
                info,
                inner,
                chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA)),
            )
    return out.getvalue()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a value, with each of its keys."""
    for key in value if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def _place(chance: Random, body: bytearray) -> int:
    return chance.randrange(len(body) + 1)


def _span(chance: Random, body: bytearray) -> slice:
    start = _place(chance, body)
    return slice(start, start + int(chance.random() ** 3 * 200) + 1)


def _one(chance: Random, pattern: re.Pattern[bytes], content: bytes | bytearray) -> slice:
    """A piece of the pattern, at or after some place."""
    found = pattern.search(content, chance.randrange(len(content) + 1)) or pattern.search(content)
    return slice(*found.span()) if found else slice(0, 0)


def _bit(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    if body:
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)


def _byte(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    place = _place(chance, body)
    body[place:place] = bytes([chance.randrange(256)])


def _evil(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    place = _place(chance, body)
    body[place : place + chance.randrange(2)] = chance.choice(_EVIL)


def _evil_line(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    place = body.find(b"\n", _place(chance, body)) + 1
    body[place:place] = chance.choice(_EVIL)


def _drop(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    del body[_span(chance, body)]


def _cut(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    if chance.random() < 0.3:
        del body[_place(chance, body) :]


def _double(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    span, place = _span(chance, body), _place(chance, body)
    body[place:place] = body[span] * chance.choice((1, 1, 2, 20))


def _number(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    body[_one(chance, _NUMBER, body)] = chance.choice(_NUMBERS)


def _emptied(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    body[_one(chance, _CELL, body)] = b""


def _evil_cell(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    body[_one(chance, _CELL, body)] = chance.choice(_EVIL)


def _lent(chance: Random, body: bytearray, others: Sequence[bytes]) -> None:
    """A cell or word in the place of another, of this file or another of its kind."""
    pattern, other = chance.choice((_CELL, _WORD)), chance.choice(others)
    body[_one(chance, pattern, body)] = other[_one(chance, pattern, other)]


def _grafted(chance: Random, body: bytearray, others: Sequence[bytes]) -> None:
    other = chance.choice(others)
    body[_span(chance, body)] = other[_span(chance, bytearray(other))]


def _lines(chance: Random, body: bytearray, _: Sequence[bytes]) -> None:
    """Lines dropped, doubled or in another order."""
    lines = bytes(body).splitlines(keepends=True)
    if not lines:
        return
    which, way = chance.randrange(len(lines)), chance.randrange(3)
    if way == 0:
        del lines[which]
    else:
        lines.insert(chance.randrange(len(lines)), lines.pop(which) if way == 1 else lines[which])
    body[:] = b"".join(lines)


_STROKES: tuple[Callable[[Random, bytearray, Sequence[bytes]], None], ...] = (
    _bit, _byte, _evil, _evil, _evil_line, _drop, _cut, _double, _number, _number,
    _emptied, _evil_cell, _evil_cell, _lent, _lent, _grafted, _lines, _lines,
)  # fmt: skip
