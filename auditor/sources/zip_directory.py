"""The directory at the end of a ZIP, looked at before `zipfile` takes all of it into memory."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from itertools import pairwise
from typing import BinaryIO
from zipfile import ZipInfo

_END, _END64 = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q")
_LOCATOR = 20  # bytes of what stands between the two ends of a large archive
_ENTRY = struct.Struct("<4s24x3H12x")  # of its 46 bytes, the lengths of name, extra and comment
_LOCAL = 30  # bytes before an entry's name
_LONGEST_COMMENT = 2**16
_LONGEST_ENTRY = 2**18  # bytes; name, extra and comment have 64 KB each
_BLOCK = 2**20


def count(stream: BinaryIO, most: int) -> int:
    """How many entries the archive has, as they stand there and not as it says; it is not counted beyond `most`.

    0 for what has no directory. Only as much of it is in memory as one block.
    """
    place = _directory(stream)
    if place is None:
        return 0
    start, size = place
    stream.seek(start)
    number, data, at = 0, b"", 0
    while number < most:
        if len(data) - at < _LONGEST_ENTRY and size:
            block = stream.read(min(_BLOCK, size))
            size = size - len(block) if block else 0
            data, at = data[at:] + block, 0
        if len(data) - at < _ENTRY.size or not data.startswith(b"PK\x01\x02", at):
            break
        number += 1
        at += _ENTRY.size + sum(_ENTRY.unpack_from(data, at)[1:])
    return number


def overlapping(infos: Iterable[ZipInfo]) -> bool:
    """Whether two entries share bytes: so that a few packed ones can stand for terabytes."""
    spans = sorted((i.header_offset, i.header_offset + _LOCAL + len(i.orig_filename) + i.compress_size) for i in infos)
    return any(end > start for (_, end), (start, _) in pairwise(spans))


def _directory(stream: BinaryIO) -> tuple[int, int] | None:
    """Where the directory begins, and its bytes, told as `zipfile` tells them."""
    begin = max(stream.seek(0, 2) - _LONGEST_COMMENT - _END.size, 0)
    stream.seek(begin)
    tail = stream.read()
    bare = tail[-_END.size :].startswith(b"PK\x05\x06") and tail.endswith(b"\0\0")
    place = len(tail) - _END.size if bare else tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        return None
    size, end = _END.unpack_from(tail, place)[5], begin + place
    before = end - _LOCATOR - _END64.size
    if before >= 0:
        stream.seek(before)
        large = stream.read(_END64.size + 4)
        if large.startswith(b"PK\x06\x06") and large.endswith(b"PK\x06\x07"):
            size, end = _END64.unpack_from(large)[8], before
    return (end - size, size) if size <= end else None
