"""The book-keeping of a file that is no table: exchanges noted one by one, texts measured, all else counted.

A table's rows can be masked as a whole (receipt.py); a calendar, a chat or a mail archive comes record by record. The
book holds some eighty bytes an exchange, so that a file of any size stays small in memory.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from auditor.records import CHANNELS, DIRECTIONS, Records, coded, coverage, facts, identifiers, interactions, people
from auditor.sources import wording
from auditor.sources.overheard import overhear
from auditor.sources.voices import Stems

_TEXTS = 4096  # measured at a time


@dataclass(slots=True)
class _Codes:
    """Different values under consecutive numbers."""

    values: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, value: str) -> int:
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class Logbook:
    """What one file holds: people, exchanges, and what was set aside for which reason.

    A *record* of the file is kept as one or more exchanges (a message to three people is three), or set aside once.
    """

    def __init__(self, shown: str, kind: str) -> None:
        self.shown, self.kind = shown, kind
        self._persons, self._threads = _Codes(), _Codes()
        self._people: dict[str, dict[str, Any]] = {}
        self._identifiers: dict[tuple[str, str, str], None] = {}
        self._known_facts: list[dict[str, str]] = []
        self._columns: dict[str, array[Any]] = {name: array(code) for name, code in _COLUMNS.items()}
        self._texts: list[str] = []
        self._facts: list[str] = []
        self._measured: list[wording.Measures] = []
        self._digests: list[Any] = []
        self._kept, self._last = 0, -1
        self._aside: dict[str, list[int]] = {}  # reason → rows, first row
        self._notes: Counter[str] = Counter()

    def person(
        self,
        key: str,
        name: str = "",
        *,
        company: str | None = None,
        position: str | None = None,
        relation: str | None = None,
    ) -> None:
        """Note who goes by this mention key. The first name holds; what is missing is filled by later mentions."""
        known = self._people.setdefault(key, {"person": key, "name": name or None})
        known["name"] = known["name"] or name or None
        for column, value in (("company", company), ("position", position), ("relation", relation)):
            if value and not known.get(column):
                known[column] = value
        kind, _, value = key.partition(":")
        if kind != "name":
            self.identifier(key, kind, value)

    def identifier(self, key: str, kind: str, value: str) -> None:
        """Note that the person of this key has this identifier too (kind: linkedin, email, phone or handle)."""
        self._identifiers.setdefault((key, kind, value))

    def fact(self, key: str, kind: str, value: str) -> None:
        """Note a fact (records.FACTS) of the person of this key; one that says nothing is none."""
        if value:
            self._known_facts.append({"person": key, "kind": kind, "value": value, "source": self.shown})

    def exchange(
        self,
        key: str,
        at: datetime | pd.Timestamp | float,
        channel: str,
        direction: str,
        row: int,
        *,
        thread: str | None = None,
        others: int = 0,
        seconds: float | None = None,
        text: str | None = None,
        facts: str = "",
    ) -> None:
        """Note one exchange with one person; `at` is a UTC time or Unix seconds, `row` the record's number in the file.

        `text` is measured and forgotten; for what is no text, `facts` is whatever tells it from another at that moment
        (a mail's Message-ID). The same record read from two files gives the same digest, so it counts once.
        """
        moment = at.timestamp() if isinstance(at, datetime) else float(at)
        columns = self._columns
        columns["person"].append(self._persons.number(key))
        columns["at"].append(round(moment * 1e6))
        columns["channel"].append(CHANNELS.index(channel))
        columns["direction"].append(DIRECTIONS.index(direction))
        columns["thread"].append(-1 if thread is None else self._threads.number(thread))
        columns["others"].append(others)
        columns["seconds"].append(float("nan") if seconds is None else seconds)
        columns["row"].append(row)
        columns["worded"].append(text is not None)
        self._texts.append(text or "")
        self._facts.append(facts)
        self.keep(row)
        if len(self._texts) >= _TEXTS:
            self._measure()

    def set_aside(self, reason: str, row: int) -> None:
        """Count a record that no exchange was made of."""
        line = self._aside.setdefault(reason, [0, row])
        line[0] += 1
        line[1] = min(line[1], row)

    def keep(self, row: int) -> None:
        """Count a record as kept that makes no exchange: an address card. All of one record is noted in one go."""
        self._kept += row != self._last
        self._last = row

    def note(self, what: str) -> None:
        """A remark on the file for the receipt; the same remark stands there once, with its count in `rows`."""
        self._notes[what] += 1

    def records(self, kept: str, *, since: Any = None, until: Any = None) -> Records:
        """The tables, and the receipt: records kept as `kept`, and set aside with their reasons.

        `since`, `until`: the file would hold any contact with anybody in between; leave them out where it would not (a
        call log says nothing of people who are never called).
        """
        self._measure()
        known = [row for row in self._people.values() if len(row) > 2 or row["name"]]  # a bare number names nobody
        return Records(
            people=people([{**row, "source": self.shown} for row in known]) if known else people(),
            identifiers=identifiers(
                pd.DataFrame(list(self._identifiers), columns=["person", "kind", "value"], dtype="str")
            ),
            interactions=self._interactions(),
            coverage=self._coverage(kept, since, until),
            facts=facts(self._known_facts or None),
        )

    def stems(self) -> Stems:
        """What each exchange was about, in their order; known once `records` were made (followups.py)."""
        return Stems.joined([measured.stems for measured in self._measured])

    def _measure(self) -> None:
        if not self._texts:
            return
        texts = pa.array(self._texts, pa.string())
        self._measured.append(wording.measure(texts))
        overhear(self.shown, self._columns["row"][-len(texts) :], texts)
        told_apart = [text or facts for text, facts in zip(self._texts, self._facts, strict=True)]
        self._digests.append(wording.digest(pa.array(told_apart, pa.string())))
        self._texts, self._facts = [], []

    def _interactions(self) -> pd.DataFrame:
        if not self._digests:
            return interactions()
        column = {name: np.frombuffer(values, values.typecode) for name, values in self._columns.items()}
        unworded = column["worded"] == 0
        seconds = pd.Series(column["seconds"], dtype="Float64")
        measured = pd.concat([pd.DataFrame(m.columns()) for m in self._measured], ignore_index=True)
        return interactions(
            {
                "person": coded(column["person"], self._persons.values),
                "at": pd.to_datetime(column["at"], unit="us", utc=True),
                "channel": coded(column["channel"], CHANNELS),
                "direction": coded(column["direction"], DIRECTIONS),
                "thread": coded(column["thread"], self._threads.values),
                "others": column["others"].astype("int32"),
                **{name: measured[name].mask(unworded) for name in measured.columns},
                "seconds": seconds.mask(seconds.isna()),
                "digest": np.concatenate(self._digests),
                "source": coded(np.zeros(len(unworded), np.int8), [self.shown]),
                "row": column["row"].astype("int64"),
            }
        )

    def _coverage(self, kept: str, since: Any, until: Any) -> pd.DataFrame:
        of = {"file": self.shown, "kind": self.kind}
        lines: list[dict[str, Any]] = [
            {**of, "role": "kept", "what": kept, "rows": self._kept, "since": since, "until": until}
        ]
        for what, (rows, line) in self._aside.items():
            lines.append({**of, "role": "set aside", "what": what, "rows": rows, "line": line})
        lines += [{**of, "role": "note", "what": what, "rows": count} for what, count in self._notes.items()]
        return coverage(
            pd.DataFrame(lines).reindex(columns=["file", "kind", "role", "what", "rows", "line", "since", "until"])
        )


_COLUMNS = {
    "person": "l",
    "at": "q",
    "channel": "b",
    "direction": "b",
    "thread": "l",
    "others": "l",
    "seconds": "d",
    "row": "q",
    "worded": "b",
}
