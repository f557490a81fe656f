"""A log of interactions of any number of egos, read strictly: the door for data that is no export.

Columns `ego` (left out: one ego, `me`), `person`, `at`, `direction`, and optionally `channel` (left out: message),
`others`, `seconds`, `words`, `questions`. Anything that is not exactly so is an error with its line: a log is written
by a program, and a program can be put right.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from auditor.errors import InputError, UsageError
from auditor.records import CHANNELS, DIRECTIONS

REQUIRED = ("person", "at", "direction")
OPTIONAL = ("ego", "channel", "others", "seconds", "words", "questions")
LATEST = datetime(2100, 1, 1, tzinfo=UTC).timestamp()


def read(path: Path) -> pd.DataFrame:
    """The events, one row each: `ego`, `person` (str), `at` (UTC), `direction`, `channel` (categories), `others` (int),
    `seconds`, `words`, `questions` (missing where empty).

    Raises InputError with the line for an unknown or missing column, a bad time, direction, channel or number, an event
    without a person, and a person who is the ego.
    """
    columns: dict[str, list[Any]] = {}
    with _opened(path) as rows:
        header = _header(path, rows)
        parsers = [(_COLUMNS[name], columns.setdefault(name, [])) for name in header]
        for line, row in rows:
            if len(row) != len(header):
                raise InputError(str(path), f"{len(row)} fields where the header has {len(header)}", line)
            for (parse, values), cell in zip(parsers, row, strict=True):
                try:
                    values.append(parse(cell))
                except ValueError as error:
                    raise InputError(str(path), str(error), line) from None
            if "ego" in columns and columns["ego"][-1] == columns["person"][-1]:
                raise InputError(str(path), "the ego and the person are the same", line)
    if not columns["person"]:
        raise InputError(str(path), "no event in this file", 1)
    return _typed(columns)


class _opened:  # noqa: N801
    """The numbered rows of a UTF-8 CSV file, blank lines left out."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Iterator[tuple[int, list[str]]]:
        try:
            self.file = self.path.open(encoding="utf-8-sig", newline="")
        except OSError as error:
            raise InputError(str(self.path), f"cannot be opened ({error.strerror})") from None
        return self._rows()

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(self.file, strict=True)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except UnicodeDecodeError:
                raise InputError(str(self.path), "is not UTF-8 text", reader.line_num + 1) from None
            except csv.Error as error:
                raise InputError(str(self.path), f"is not valid CSV ({error})", reader.line_num) from None
            if row:
                yield reader.line_num, row

    def __exit__(self, *_: object) -> None:
        self.file.close()


def _header(path: Path, rows: Iterator[tuple[int, list[str]]]) -> Sequence[str]:
    line, header = next(rows, (1, []))
    unknown = [name for name in header if name not in _COLUMNS]
    missing = [name for name in REQUIRED if name not in header]
    if unknown:
        raise InputError(str(path), f"unknown column {unknown[0]!r}; the columns are {', '.join(_COLUMNS)}", line)
    if missing:
        raise InputError(str(path), f"no column {missing[0]!r}; needed are {', '.join(REQUIRED)}", line)
    if len(set(header)) < len(header):
        raise InputError(str(path), "a column stands in the header twice", line)
    return header


def moment(text: str) -> float:
    """Unix seconds of a time in ISO 8601 (without a zone: UTC) or in Unix seconds. Raises ValueError."""
    try:
        seconds = float(text if "_" not in text else "")  # Python would take 1_577 for a number
    except ValueError:
        try:
            when = datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text[:40]!r} is no time: ISO 8601 or Unix seconds") from None
        seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    if not 0 <= seconds < LATEST:
        raise ValueError(f"{text[:40]!r} is no time between 1970 and 2100 (Unix time is in seconds here)")
    return seconds


def boundary(text: str, *, last: bool) -> pd.Timestamp:
    """The time that bounds a history: as `moment`, but a day alone means its first or its last moment.

    Raises UsageError for anything else.
    """
    try:
        when = pd.Timestamp(moment(text), unit="s", tz="UTC").round("us")
    except ValueError as error:
        raise UsageError(str(error)) from None
    a_day = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    return when + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1) if a_day and last else when


def _name(text: str) -> str:
    if not text.strip():
        raise ValueError("an event without a person")
    return text


def _one_of(what: str, allowed: Sequence[str]) -> Callable[[str], str]:
    known = {name: name for name in allowed}

    def parse(text: str) -> str:
        try:
            return known[text]
        except KeyError:
            raise ValueError(f"{text[:40]!r} is no {what}: {', '.join(allowed)}") from None

    return parse


_MOST = 2**31 - 1


def whole_number(text: str) -> int | None:
    """A whole number of 0 or more that a table can hold; None for an empty cell. Raises ValueError."""
    if not text:
        return None
    try:
        count = int(text if "_" not in text else "")
    except ValueError:
        count = -1
    if not 0 <= count <= _MOST:
        raise ValueError(f"{text[:40]!r} is no whole number of 0 or more")
    return count


def duration(text: str) -> float | None:
    """A number of seconds (or of whatever unit); None for an empty cell. Raises ValueError."""
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not (seconds >= 0 and math.isfinite(seconds)):
        raise ValueError(f"{text[:40]!r} is no number of seconds")
    return seconds


_COLUMNS: dict[str, Callable[[str], Any]] = {
    "ego": _name,
    "person": _name,
    "at": moment,
    "direction": _one_of("direction", DIRECTIONS),
    "channel": _one_of("channel", CHANNELS),
    "others": whole_number,
    "seconds": duration,
    "words": whole_number,
    "questions": whole_number,
}


def _typed(columns: dict[str, list[Any]]) -> pd.DataFrame:
    size = len(columns["person"])
    defaults: dict[str, Any] = {"ego": "me", "channel": "message", "others": 0, "seconds": None, "words": None}
    values = {name: columns.get(name, [defaults.get(name)] * size) for name in _COLUMNS}
    at = np.rint(np.array(values["at"]) * 1e6).astype("int64")
    return pd.DataFrame(
        {
            "ego": pd.Series(values["ego"], dtype="str"),
            "person": pd.Series(values["person"], dtype="str"),
            "at": pd.to_datetime(at, unit="us", utc=True),
            "direction": pd.Categorical(values["direction"], categories=list(DIRECTIONS)),
            "channel": pd.Categorical(values["channel"], categories=list(CHANNELS)),
            "others": pd.Series(values["others"], dtype="Int64").fillna(0).astype("int32"),
            "seconds": pd.Series(values["seconds"], dtype="Float64"),
            "words": pd.Series(values["words"], dtype="Int32"),
            "questions": pd.Series(values["questions"], dtype="Int32"),
        }
    )
