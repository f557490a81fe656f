"""What was said, before it is known who of those who said it is the owner.

A chat is read once, and its texts are measured and forgotten at once; who the owner is comes out only when all files
were heard. Until then every message stands as its author's; then the owner's become one row for each person reached.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from auditor.mentions import fold, name_key
from auditor.records import Owner, Records, coded, interactions, people
from auditor.sources.followups import follow_ups
from auditor.sources.logbook import Logbook
from auditor.sources.receipt import withdrawn

LARGEST = 32
"""People; what the owner writes to more at once is no contact with each of them."""

UNKNOWN = "owner not recognised: add another of your chats, or Profile.csv from your LinkedIn export"
NOBODY = "sent to nobody who is named"
CROWD = f"written to a group of more than {LARGEST} people"

Array = np.ndarray[Any, Any]


def key_of(name: str, label: str) -> str | None:
    """The mention key of somebody known by name only, were it but an emoji or a number; None for no name at all."""
    plain = name.strip()
    return name_key(plain, label) or (f"name:{plain.casefold()}@{label}" if plain else None)


@dataclass(frozen=True, slots=True)
class Circle:
    """Those among whom something was said, the owner included where known; `thread` is empty between two people."""

    members: frozenset[str]
    thread: str = ""


@dataclass(slots=True)
class Talk:
    """The messages of one file; `label` is the service in one word."""

    book: Logbook
    label: str
    names: dict[str, str] = field(default_factory=dict)  # mention key → name, "" where it has none
    _among: array[int] = field(default_factory=lambda: array("l"))
    _circles: list[Circle] = field(default_factory=list)
    _numbers: dict[Circle, int] = field(default_factory=dict)

    def person(self, key: str, name: str) -> None:
        """Note who takes part."""
        if not self.names.get(key):
            self.names[key] = name
            self.book.person(key, name)

    def say(
        self,
        key: str,
        at: datetime | float,
        row: int,
        circle: Circle,
        *,
        channel: str = "chat",
        text: str | None = None,
        seconds: float | None = None,
    ) -> None:
        """Note one message or call of the person `key`, among the people of `circle`."""
        number = self._numbers.setdefault(circle, len(self._circles))
        if number == len(self._circles):
            self._circles.append(circle)
        self._among.append(number)
        self.book.exchange(key, at, channel, "in", row, text=text, seconds=seconds)

    def among(self, change: Callable[[Circle], Circle]) -> None:
        """Say of all that was noted among whom it really was, once the end of the file has told."""
        self._circles = [change(circle) for circle in self._circles]

    def finish(self, owner: Owner, *, absent: bool = False) -> Records:
        """The records: one row a message to the owner, and one a person for the owner's own.

        `absent`: the owner is known to have written nothing here.
        """
        mine = self._mine(owner)
        records = self.book.records("messages")
        if not mine and not absent and not self._is_known(owner):
            told = withdrawn(records, pd.Series(True, index=records.interactions.index), UNKNOWN)
            return replace(Records.empty(), coverage=told.coverage)
        audiences = [tuple(sorted(circle.members - mine)) for circle in self._circles]
        among = np.frombuffer(self._among, self._among.typecode) if self._among else np.zeros(0, np.int64)
        records = replace(records, interactions=self._asked(records.interactions, among))
        records, among = _addressed(records, among, np.asarray([len(a) for a in audiences], np.int64), mine)
        known = records.people
        known = known[~known["person"].isin(mine) & (known["name"] != "")].reset_index(drop=True)
        left = records.identifiers[~records.identifiers["person"].isin(mine)].reset_index(drop=True)
        return replace(
            records,
            people=people(known),
            identifiers=left,
            interactions=self._told(records.interactions, among, audiences, mine),
        )

    def _asked(self, table: pd.DataFrame, among: Array) -> pd.DataFrame:
        """The messages, in the order in which they were said, with whether they ask and follow up."""
        talks = [circle.thread or circle for circle in self._circles]  # one circle may have been noted in pieces
        number = {talk: place for place, talk in enumerate(dict.fromkeys(talks))}
        talk = np.asarray([number[talk] for talk in talks], np.int64)[among]
        said, questions = np.arange(len(table)), table["questions"].fillna(0).to_numpy(dtype=np.int64)
        author = table["person"].cat.codes.to_numpy()
        return table.assign(follow_up=follow_ups(talk, author, (said,), questions, self.book.stems()))

    def _mine(self, owner: Owner) -> set[str]:
        """The keys that the owner goes by here."""
        called = {key for key, name in self.names.items() if fold(name) and owner.goes_by(name)}
        return called | (owner.keys & self.names.keys())

    def _is_known(self, owner: Owner) -> bool:
        """Whether the owner's name or number on this service is known: who bears another is somebody else."""
        return any(key.endswith(f"@{self.label}") or key.startswith(f"handle:{self.label}:") for key in owner.keys)

    def _told(self, table: pd.DataFrame, among: Array, audiences: list[tuple[str, ...]], mine: set[str]) -> Any:
        """The table with the owner's messages turned into one row a person, and all with their thread."""
        keys = list(dict.fromkeys([*table["person"].cat.categories, *(k for a in audiences for k in a)]))
        numbers = {key: n for n, key in enumerate(keys)}
        sizes = np.asarray([len(a) for a in audiences], np.int64)
        flat = np.asarray([numbers[key] for a in audiences for key in a], np.int64)
        own = table["person"].isin(mine).to_numpy()
        copies = np.where(own, sizes[among], 1)
        message = np.repeat(np.arange(len(table)), copies)
        place = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
        sender = table["person"].cat.codes.to_numpy()[message]
        among, own = among[message], own[message]
        reached = (np.cumsum(sizes) - sizes)[among] + place
        person = np.where(own, flat[np.where(own, reached, 0)] if len(flat) else 0, sender)
        grouped = np.asarray([bool(circle.thread) for circle in self._circles], bool)[among]
        return interactions(
            table.iloc[message]
            .reset_index(drop=True)
            .assign(
                person=coded(person, keys).remove_unused_categories(),
                direction=np.where(own, "out", "in"),
                others=np.where(grouped, np.maximum(sizes[among] - 1, 1), 0),
                thread=self._threads(person, keys, among, grouped),
            )
        )

    def _threads(self, person: Array, keys: list[str], among: Array, grouped: Array) -> Any:
        """The group's thread, or, between two people, the person it is with."""
        threads = list(dict.fromkeys(circle.thread for circle in self._circles))
        codes = np.asarray([threads.index(circle.thread) for circle in self._circles], np.int64)
        values = [f"{self.label}:{name}" for name in [*threads, *keys]]
        return coded(np.where(grouped, codes[among], person + len(threads)), values).remove_unused_categories()


def _addressed(records: Records, among: Array, sizes: Array, mine: set[str]) -> tuple[Records, Array]:
    """The records, and among whom, without what the owner wrote to nobody, or to a crowd."""
    for reason, is_so in ((NOBODY, sizes == 0), (CROWD, sizes > LARGEST)):
        hit = records.interactions["person"].isin(mine) & is_so[among]
        records, among = withdrawn(records, hit, reason), among[~hit.to_numpy()]
    return records, among
