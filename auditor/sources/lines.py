"""The lines of a file of any size, none of which can fill the memory: a picture in a card may be one line of a GB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from auditor.sources.encoding import whole_characters

LONGEST = 2**18
"""Bytes of a line; no name, address, time or message is longer, and of what is longer the beginning is enough."""

CUT = f"lines longer than {LONGEST // 1024} KB: the rest of them was not read"
"""The remark for the receipt, once for each such line."""

_BLOCK = 2**18


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Lines:
    """The lines of a stream without their ends. `cut`: how many were longer than LONGEST, their rest left out.

    `told` is told the bytes taken so far. `returns`: a lone carriage return ends a line too.
    """

    def __init__(self, stream: _Readable, told: Callable[[int], None], *, returns: bool = False) -> None:
        self._stream, self._told, self._returns = stream, told, returns
        self.cut = 0

    def __iter__(self) -> Iterator[bytes]:
        held, full = b"", False
        for block in self._blocks():
            first, feed, more = block.partition(b"\n")
            held = held if full else held + first
            if not feed:
                if len(held) > LONGEST and not full:
                    held, full = _begun(held), True
                    self.cut += 1
                continue
            yield held
            *whole, held = more.split(b"\n")
            full = False
            yield from whole
        if held:
            yield held

    def _blocks(self) -> Iterator[bytes]:
        taken, back = 0, b""
        while block := self._stream.read(_BLOCK):
            taken += len(block)
            if self._returns:
                block, back = _without_returns(back + block)
            yield block
            self._told(taken)
        if back:
            yield b"\n"


def _without_returns(block: bytes) -> tuple[bytes, bytes]:
    """The block with line feeds alone, and the carriage return at its end, which the next may complete."""
    back = block[-1:] if block.endswith(b"\r") else b""
    return block.removesuffix(b"\r").replace(b"\r\n", b"\n").replace(b"\r", b"\n"), back


def _begun(line: bytes) -> bytes:
    line = line[:LONGEST]
    return line[: whole_characters(line)]
