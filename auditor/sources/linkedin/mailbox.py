"""messages.csv taken in: every text measured and forgotten, every repeated cell held once."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditor.mentions import fold, linkedin_key
from auditor.sources import wording
from auditor.sources.followups import follow_ups
from auditor.sources.linkedin.parties import Parties, Recipients, learned, recipients, sender
from auditor.sources.overheard import overhear
from auditor.sources.source import Suspect
from auditor.sources.tables import Block, Table, schema
from auditor.sources.times import LOS_ANGELES, OPENED, UTC
from auditor.sources.voices import Stems

Array = np.ndarray[Any, Any]
Clock = Callable[[pd.Series], pd.Series]
_Taken = tuple[dict[str, Any], pd.DataFrame, Stems]

REPEATED = (
    "conversation",
    "title",
    "from",
    "sender_url",
    "to",
    "recipient_urls",
    "folder",
    "direction",
    "draft",
    "draft2",
)
_SPINMAIL = '<p class="spinmail'  # what LinkedIn's campaign editor begins every text with
_FORMS = ("%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a few different values: `codes` point into `values`."""

    codes: Array
    values: list[str]

    def where(self, test: Any) -> Array:
        """Marks the rows whose value passes the test, which is asked once a value."""
        return np.fromiter(map(test, self.values), bool, len(self.values))[self.codes]


@dataclass
class Mailbox:
    """One row a message: what it says about itself, without its text."""

    table: Table
    columns: Mapping[str, Column]
    measures: pd.DataFrame  # row, at, digest, campaign, empty, follow_up, and those of wording.COLUMNS

    def __len__(self) -> int:
        return len(self.measures)

    @cached_property
    def has_addresses(self) -> bool:
        return any(map(linkedin_key, self.columns["sender_url"].values))

    @cached_property
    def senders(self) -> tuple[Array, list[tuple[str, str]]]:
        return _pairs(self.columns["from"], self.columns["sender_url"])

    @cached_property
    def _addressed(self) -> tuple[Array, list[tuple[str, str]]]:
        return _pairs(self.columns["to"], self.columns["recipient_urls"])

    @cached_property
    def _resolved(self) -> tuple[Parties, Array, list[Recipients]]:
        parties, known = Parties(), learned(self.senders[1])
        written = [sender(parties, name, url, known) for name, url in self.senders[1]]
        reached = [recipients(parties, to, urls, known) for to, urls in self._addressed[1]]
        return parties, np.asarray(written, np.int64), reached

    @property
    def parties(self) -> Parties:
        return self._resolved[0]

    @property
    def sender(self) -> Array:
        """The number of each message's sender, −1 for nobody."""
        return self._resolved[1][self.senders[0]]

    @property
    def recipients(self) -> tuple[Array, list[Recipients]]:
        """To whom, as codes into a list."""
        return self._addressed[0], self._resolved[2]

    def suspects(self) -> tuple[Suspect, ...]:
        """Who is in how many of the conversations, the most present first. The owner is in all of them."""
        codes, lists = self.recipients
        thread = self.columns["conversation"].codes.astype(np.int64)
        if self.columns["conversation"].values in ([""], []):
            thread = np.arange(len(self))
        of, who = _flat(lists)
        addressed = pd.DataFrame(_once(thread, codes), columns=["thread", "list"])
        addressed = addressed.merge(pd.DataFrame({"list": of, "who": who}), on="list")
        there, whom = np.vstack([_once(thread, self.sender), addressed[["thread", "who"]].to_numpy()]).T
        there, whom = _once(there[whom >= 0], whom[whom >= 0]).T
        shares = pd.Series(whom).value_counts() / max(len(np.unique(there)), 1)
        keys, names = self.parties.keys, self.parties.names
        return tuple(
            Suspect(keys[n], names[n], float(share)) for n, share in zip(shares.index[:50], shares, strict=False)
        )


def load(table: Table, *, short_dates: bool) -> Mailbox:
    """The mailbox in a messages table. Short American dates are Pacific time."""
    repeated: dict[str, list[Any]] = {name: [] for name in REPEATED}
    measured: list[pd.DataFrame] = []
    stems: list[Stems] = []
    clock: Clock = partial(table.times, zone=LOS_ANGELES if short_dates else UTC)
    no_rows = pa.RecordBatch.from_pylist([], schema(table.columns))
    for cells, measures, said in _ahead(partial(_taken_in, clock=clock), chain(_heard(table), [no_rows])):
        for name, cell in cells.items():
            repeated[name].append(cell)
        measured.append(measures)
        stems.append(said)
    measures = pd.concat(measured, ignore_index=True)
    columns = {name: _column(chunks) for name, chunks in repeated.items()}
    measures["follow_up"] = _follow_ups(columns, measures, Stems.joined(stems))
    return Mailbox(table, columns, measures)


def _heard(table: Table) -> Iterator[Block]:
    """The blocks of a table, their texts said to whoever listens."""
    for block in table.batches():
        overhear(table.shown, block.column("row"), block.column("content"))
        yield block


def _ahead(measure: Callable[[Block], _Taken], blocks: Iterable[Block]) -> Iterator[_Taken]:
    """What is measured of each block, in their order: by all processors, while the next blocks are being read."""
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        at_work: deque[Future[_Taken]] = deque()
        for block in blocks:
            at_work.append(pool.submit(measure, block))
            if len(at_work) > workers:
                yield at_work.popleft().result()
        while at_work:
            yield at_work.popleft().result()


def _taken_in(block: Block, clock: Clock) -> _Taken:
    """A block's repeated cells, each held once, its measures, and the stems of its texts."""
    texts = wording.measure(block.column("content"))
    cells = {name: block.column(name).dictionary_encode() for name in REPEATED}
    return cells, _measured(block, texts, clock), texts.stems


def _follow_ups(columns: Mapping[str, Column], measures: pd.DataFrame, stems: Stems) -> Any:
    """Which questions follow up; unknown in exports of 2018, which name no conversations."""
    if not any(columns["conversation"].values):
        return pd.Series(pd.NA, index=measures.index, dtype="boolean")
    author, _ = _pairs(columns["from"], columns["sender_url"])
    order = -measures["row"].to_numpy(), measures["at"].astype("int64").to_numpy()  # the newest stands first
    return follow_ups(columns["conversation"].codes, author, order, measures["questions"].to_numpy(), stems)


def _measured(block: Block, found: wording.Measures, otherwise: Clock) -> pd.DataFrame:
    texts = block.column("content")
    return pd.DataFrame(
        {
            "row": block.column("row").to_numpy(),
            "at": _times(block.column("date"), otherwise),
            **found.columns(),
            "digest": wording.digest(texts) ^ _each_once(wording.digest, block.column("subject")),
            "campaign": pc.starts_with(texts, _SPINMAIL).to_numpy(zero_copy_only=False) | wording.placeholders(texts),
            "empty": (found.words == 0) & (pc.binary_length(block.column("date")).to_numpy(zero_copy_only=False) == 0),
        }
    )


def _each_once(measure: Callable[[pa.StringArray], Array], texts: Any) -> Array:
    """A measure of texts of which most are equal, taken once for each."""
    coded = texts.dictionary_encode()
    measured: Array = measure(coded.dictionary)[coded.indices.to_numpy()]
    return measured


def _times(written: pa.StringArray, otherwise: Clock) -> pd.Series:
    """The usual forms all at once, any other by itself."""
    parsed: Any = pc.strptime(written, format=_FORMS[0], unit="us", error_is_null=True)
    for form in _FORMS[1:]:
        if parsed.null_count:
            parsed = pc.coalesce(parsed, pc.strptime(written, format=form, unit="us", error_is_null=True))
    times = pd.Series(parsed.to_numpy(zero_copy_only=False)).astype("datetime64[us]").dt.tz_localize("UTC")
    times = times.where(times >= OPENED)
    others = times.isna()
    if others.any():
        cells = pd.Series(written.filter(pa.array(others)).to_pylist(), index=times.index[others], dtype="str")
        times = times.fillna(otherwise(cells))
    return times


def _column(chunks: list[Any]) -> Column:
    whole: Any = pa.chunked_array(chunks).unify_dictionaries()
    values = whole.chunk(0).dictionary.to_pylist()
    return Column(np.concatenate([chunk.indices.to_numpy() for chunk in whole.chunks]), values)


def _pairs(first: Column, second: Column) -> tuple[Array, list[tuple[str, str]]]:
    """Two columns as one: codes, and the different pairs."""
    width = max(len(second.values), 1)
    codes, pairs = pd.factorize(first.codes.astype(np.int64) * width + second.codes)
    return codes, [(first.values[pair // width], second.values[pair % width]) for pair in pairs]


def _once(one: Array, other: Array) -> Array:
    """The different pairs of two columns of small numbers, none below −1, in the order in which they come: (n, 2)."""
    keys = pd.unique((one.astype(np.int64) << 32) + other + 1)
    return np.column_stack([keys >> 32, (keys & 0xFFFFFFFF) - 1])


def _flat(lists: Sequence[Recipients]) -> tuple[Array, Array]:
    """The lists end to end: which list each entry is of, and who it is."""
    lengths = [len(r.numbers) for r in lists]
    who = [number for r in lists for number in r.numbers]
    return np.repeat(np.arange(len(lists)), lengths), np.asarray(who, np.int64)


def same_name(one: str, other: str) -> bool:
    """Whether two spellings may be one person's: all words of the shorter are in the longer, two at least."""
    a, b = set(fold(one).split()), set(fold(other).split())
    return a == b or (min(len(a), len(b)) > 1 and (a <= b or b <= a))
