"""The receipt, set like a receipt: what was read, kept and set aside, in plain characters of one width."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from auditor.ui.text import plain

WIDTH = 31
"""Characters a line: what a phone shows without scrolling."""

_UNREAD = ("not opened", "not recognised")


def lines(files: Sequence[dict[str, Any]]) -> list[str]:
    """The receipt of `deliver.receipt`, at most `WIDTH` characters a line. Nothing in it is markup."""
    read = [file for file in files if file["kind"] not in _UNREAD]
    text = [line for file in read for line in (*_file(file), "")]
    text += ["=" * WIDTH, *_total(read)]
    for kind in _UNREAD:
        text += _unread(kind, [file for file in files if file["kind"] == kind])
    return text


def strips(text: Sequence[str], count: int) -> list[list[str]]:
    """The receipt cut into at most `count` strips of about the same length, only where a file ends."""
    cut: list[list[str]] = [[]]
    for line in text:
        if not line and len(cut) < count and len(cut[-1]) >= len(text) / count:
            cut.append([])
        else:
            cut[-1].append(line)
    return cut


def in_a_line(files: Sequence[dict[str, Any]]) -> str:
    """The receipt in one sentence, without any name."""
    read = [file for file in files if file["kind"] not in _UNREAD]
    rows, kept = (sum(file[key] for file in read) for key in ("read", "kept"))
    told = f"{_many(len(read), 'file')} read: {rows:,} rows, {kept:,} kept, {rows - kept:,} set aside"
    return told + "".join(f"; {n:,} {kind}" for kind in _UNREAD if (n := sum(f["kind"] == kind for f in files)))


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _file(file: dict[str, Any]) -> list[str]:
    text = _wrapped(plain(file["file"])) + _wrapped(f"({file['kind']})")
    if file["read"]:
        text += [_sum("rows read", file["read"]), _sum("kept", file["kept"])]
    for aside in file["set_aside"]:
        first = f", first in row {aside['first_row']:,}" if aside["first_row"] else ""
        text += _sums(f"- {plain(aside['reason'])}{first}", aside["rows"])
    return text + [line for note in file["notes"] for line in _wrapped(f"* {plain(note)}")]


def _total(files: Sequence[dict[str, Any]]) -> list[str]:
    read, kept = (sum(file[key] for file in files) for key in ("read", "kept"))
    return [_sum("rows read", read), _sum("kept", kept), _sum("set aside", read - kept)]


def _unread(kind: str, files: Sequence[dict[str, Any]]) -> list[str]:
    if not files:
        return []
    named = [line for file in files for line in _wrapped(plain(file["file"]))]
    return ["", _sum(kind, len(files)), *named]


def _sum(what: str, rows: int) -> str:
    return _sums(what, rows)[-1]


def _sums(what: str, rows: int) -> list[str]:
    """`what`, wrapped, and its number at the right end of the last line."""
    number = f"{rows:,}"
    *before, last = wrap(what, WIDTH - len(number) - 1, subsequent_indent="  ") or [""]
    return [*before, f"{last:<{WIDTH - len(number)}}{number}"]


def _wrapped(text: str) -> list[str]:
    return wrap(text, WIDTH, subsequent_indent="  ") or [""]
