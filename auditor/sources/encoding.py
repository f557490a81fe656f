"""Bytes in whatever encoding as valid UTF-8, for files of any size."""

from __future__ import annotations

import codecs
import io
import re
import struct
from typing import BinaryIO

import pyarrow as pa

_CHUNK = 2**16
_ESCAPES = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


class Utf8(io.RawIOBase):
    """A stream in some encoding, as valid UTF-8. Bytes that are not valid are read as Windows-1252."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream, self._rest, self._ready = stream, b"", b""
        self._decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)("replace")
        self.repaired = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            return b"".join(iter(lambda: self.read(_CHUNK), b""))
        data, self._ready = self._ready, b""
        while len(data) < size and (more := self._more(size - len(data))):
            data += more
        data, self._ready = data[:size], data[size:]
        return data

    def _more(self, size: int) -> bytes:
        """Some more valid UTF-8, nothing only at the end."""
        while True:
            raw = self._stream.read(max(size, 4))
            if self._decoder is None:
                valid = self._valid(self._rest + raw, final=not raw)
            else:
                valid = self._decoder.decode(raw, final=not raw).encode()
            if valid or not raw:
                return valid

    def _valid(self, data: bytes, *, final: bool) -> bytes:
        cut = len(data) if final else whole_characters(data)
        data, self._rest = data[:cut], data[cut:]
        if _is_utf8(data):
            return data
        self.repaired = True
        return data.decode("utf-8", errors=_CP1252).encode()

    def close(self) -> None:
        self._stream.close()
        super().close()


def _is_utf8(data: bytes) -> bool:
    """Whether it is valid; pyarrow looks at a gigabyte in a second or two."""
    try:
        pa.Array.from_buffers(
            pa.large_binary(), 1, [None, pa.py_buffer(struct.pack("=2q", 0, len(data))), pa.py_buffer(data)]
        ).cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def without_halves(json: bytes) -> bytes:
    r"""JSON in which half a character (`\\ud83d` alone) is the sign for an unreadable one: no table can hold a half."""
    return _ESCAPES.sub(lambda found: b"\\ufffd" if found[1] else found[0], json)


def whole_characters(data: bytes) -> int:
    """How many of the bytes to take so that no character is cut in two."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if length > back else len(data)
        if byte < 0x80:
            break
    return len(data)


def _as_cp1252(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    wrong = problem.object[problem.start : problem.end]
    return wrong.decode("cp1252", errors="replace"), problem.end


_CP1252 = "auditor.cp1252"
codecs.register_error(_CP1252, _as_cp1252)
