"""The waist of the house: the tables every source writes and everything later reads.

This is the only place that spells their columns. All times are UTC; sources convert from the zone their format uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

import numpy as np
import pandas as pd

from auditor.errors import RecordsError
from auditor.literal import one_line
from auditor.mentions import fold

CHANNELS = [
    "message",
    "inmail",
    "invitation",
    "endorsement",
    "recommendation",
    "email",
    "sms",
    "chat",
    "call",
    "missed_call",
    "meeting",
    "meal",
    "note",
]
DIRECTIONS = ("out", "in", "both")
IDENTIFIER_KINDS = ("linkedin", "email", "phone", "handle")
FACT_KINDS = ("birthday", "city", "note")
STOCK = ("birthday", "anniversary", "congratulations", "holiday", "thanks")
"""The classes of ritual phrases that people send with a button or by reflex."""

TEXT, DATE, TIME, FLAG = "str", "datetime64[s, UTC]", "datetime64[us, UTC]", "bool"

PEOPLE: Mapping[str, str] = {
    "person": TEXT,  # mention key (mentions.py)
    "name": TEXT,  # as the file writes it, stripped of outer spaces only
    "company": TEXT,  # missing allowed; as of the export, not of the day of connecting
    "position": TEXT,  # missing allowed; likewise
    "connected_on": DATE,  # UTC day at midnight; missing allowed
    "relation": TEXT,  # "family" where an address book says so, or missing
    "connection": FLAG,  # True: a row of a connection list; False: known from elsewhere (address book, a message)
    "source": TEXT,  # the file's name as the receipt shows it
}
"""One row a person and file that describes them."""

IDENTIFIERS: Mapping[str, str] = {
    "person": TEXT,  # mention key
    "kind": TEXT,  # one of IDENTIFIER_KINDS
    "value": TEXT,  # canonical: slug, folded address, +E.164, handle
}

INTERACTIONS: Mapping[str, str] = {
    "person": "category",  # mention key of the alter
    "at": TIME,  # never missing
    "channel": "category",  # one of CHANNELS
    "direction": "category",  # out: owner to them; in: they to the owner; both: undirected (a meeting)
    "thread": "category",  # conversation, stable inside its source; missing allowed
    "others": "int32",  # people in it besides the owner and this person
    "words": "Int32",  # missing: not a text
    "questions": "Int32",  # question marks of any script; missing: not a text
    "seconds": "Float64",  # duration; missing where none was recorded
    "digest": "uint64",  # hash of the record as written, text included: tells an exact duplicate from two alike
    "stock": "category",  # one of STOCK, or missing: the text is a ritual phrase and little else
    "template": "UInt64",  # a sketch that near-duplicates share most of (sketch.py); missing: no text, or a short one
    "i_words": "Int32",  # words of the first person (sources/lexicon.py); missing: no text, or no known language
    "you_words": "Int32",  # words of the second person; missing likewise
    "introduces": "boolean",  # has words of introduction (sources/introducing.py); missing: not a text
    "follow_up": "boolean",  # a question that takes up what the other side last said; missing: asks nothing, or unknown
    "introduced_by": "category",  # mention key of who introduced this person, where the owner's file says so
    "source": "category",  # the file's name as the receipt shows it
    "row": "int64",  # the record's number in that file, 1 for the first after the header
}
"""One row an exchange and person: a message to three people is three rows with `others` = 2."""

FACTS: Mapping[str, str] = {
    "person": TEXT,  # mention key
    "kind": TEXT,  # one of FACT_KINDS
    "value": TEXT,  # a birthday is `YYYY-MM-DD`, or `--MM-DD` without the year; all else as the owner wrote it
    "since": DATE,  # the day it was noted on; missing allowed
    "source": TEXT,  # the file's name as the receipt shows it
}
"""One row a thing that the owner's own files say of somebody beside name and employer. No score looks at it."""

COVERAGE: Mapping[str, str] = {
    "file": TEXT,
    "kind": TEXT,  # what the file is: connections, messages, …; "not opened"; "not recognised"
    "role": TEXT,  # kept, set aside, or note
    "what": TEXT,  # kept: what the rows became; set aside: the reason; note: a remark on the file ("read as cp1252")
    "rows": "int64",  # rows read = kept + set aside; a note's rows count nothing
    "line": "Int64",  # record number of the first such row, where it helps; missing allowed
    "since": TIME,  # kept rows of a file of interactions: it would hold any exchange from here …
    "until": TIME,  # … to here; missing: the file says nothing of the kind
}
"""The receipt: every row of every file, kept or set aside with the reason."""

UNKNOWN_OWNER = "owner not recognised: add Profile.csv from the same export"
"""The reason in the receipt for messages that nobody in the files is known to have written or received."""

_CATEGORIES = {"channel": CHANNELS, "direction": DIRECTIONS, "stock": STOCK}


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose export this is: every name and every key the files know the owner by.

    `region`: the country (ISO 3166, two letters) whose numbers the owner writes without a prefix, where it is known.
    """

    names: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    companies: tuple[str, ...] = ()
    region: str | None = None

    def goes_by(self, name: str) -> bool:
        """Whether a name is one of the owner's, however it is spelt."""
        return fold(name) in set(map(fold, self.names))


@dataclass(frozen=True, slots=True)
class Records:
    """What was read, from any number of files: the five tables, the owner, and what names no person.

    `broadcasts` has `at` and `kind` (post, comment, reaction, vote, repost, follow) of what the owner sends to nobody
    in particular: it is never evidence of a tie.
    """

    people: pd.DataFrame
    identifiers: pd.DataFrame
    interactions: pd.DataFrame
    coverage: pd.DataFrame
    owner: Owner = field(default_factory=Owner)
    broadcasts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["at", "kind"]))
    facts: pd.DataFrame = field(default_factory=lambda: _table(None, FACTS, {}))

    @classmethod
    def empty(cls) -> Records:
        """Records of nothing, in the right columns."""
        people, identifiers, interactions, coverage = (table.copy() for table in _no_rows())
        return cls(people, identifiers, interactions, coverage)


@cache
def _no_rows() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    return people(), identifiers(), interactions(), coverage()


def people(rows: Any = None) -> pd.DataFrame:
    """A people table of `rows` (anything `pd.DataFrame` takes); columns left out are missing.

    What steers a screen or turns the direction of writing does not get past here: a name is what is seen of it.
    """
    return _seen(_table(rows, PEOPLE, {"connection": False}), ["name", "company", "position"])


def identifiers(rows: Any = None) -> pd.DataFrame:
    """An identifiers table of `rows`."""
    return _table(rows, IDENTIFIERS, {})


def interactions(rows: Any = None) -> pd.DataFrame:
    """An interactions table of `rows`; `others` and `digest` left out are 0, other columns missing."""
    return _table(rows, INTERACTIONS, {"others": 0, "row": 0, "digest": 0})


def facts(rows: Any = None) -> pd.DataFrame:
    """A facts table of `rows`; its values are cleaned as names are."""
    return _seen(_table(rows, FACTS, {}), ["value"])


def coverage(rows: Any = None) -> pd.DataFrame:
    """A coverage table of `rows`."""
    return _table(rows, COVERAGE, {"rows": 0})


def coded(codes: np.ndarray[Any, Any], values: Sequence[str]) -> pd.Categorical:
    """A categorical column of codes into `values`; −1 is missing."""
    labels: Any = pd.Series(list(values), dtype="str")  # strings, even where there are none
    return cast("pd.Categorical", pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(labels)))


def combine(parts: Sequence[Records]) -> Records:
    """One Records of many. Exact duplicate interactions are dropped, and counted in the coverage."""
    if not parts:
        return Records.empty()
    exchanges, dropped = _without_duplicates(_stack([p.interactions for p in parts], INTERACTIONS))
    return Records(
        people=_stack([p.people for p in parts], PEOPLE),
        identifiers=_stack([p.identifiers for p in parts], IDENTIFIERS).drop_duplicates(ignore_index=True),
        interactions=exchanges,
        coverage=_moved_aside(_stack([p.coverage for p in parts], COVERAGE), dropped),
        owner=Owner(
            tuple(dict.fromkeys(name for p in parts for name in p.owner.names)),
            frozenset().union(*(p.owner.keys for p in parts)),
            tuple(dict.fromkeys(c for p in parts for c in p.owner.companies)),
            next((p.owner.region for p in parts if p.owner.region), None),
        ),
        broadcasts=pd.concat([p.broadcasts for p in parts]).drop_duplicates(ignore_index=True),
        facts=_stack([p.facts for p in parts], FACTS).drop_duplicates(_SAME_FACT, ignore_index=True),
    )


def validate(records: Records) -> Records:
    """The same records, once every table has its columns, its types, and no exchange without a person or a time."""
    for name, columns in _CONTRACT.items():
        table: pd.DataFrame = getattr(records, name)
        for column, dtype in columns.items():
            if column not in table:
                raise RecordsError(f"{name} has no column {column!r}; it has {', '.join(table.columns)}")
            if str(table[column].dtype) != dtype:
                raise RecordsError(f"{name}.{column} is {table[column].dtype}, not {dtype}")
    for column in ("person", "at", "channel", "direction"):
        if records.interactions[column].isna().any():
            raise RecordsError(f"interactions.{column} is missing in some row")
    return records


_CONTRACT = {
    "people": PEOPLE,
    "identifiers": IDENTIFIERS,
    "interactions": INTERACTIONS,
    "coverage": COVERAGE,
    "facts": FACTS,
}


def _table(rows: Any, columns: Mapping[str, str], defaults: Mapping[str, object]) -> pd.DataFrame:
    if rows is None:
        return _blank(tuple(columns.items())).copy()
    frame: Any = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows)
    unknown = set(frame.columns) - set(columns)
    if unknown:
        raise RecordsError(f"unknown column: {', '.join(sorted(map(str, unknown)))}")
    given = set(frame.columns)
    filled = {
        c: _typed(frame[c], c, dtype) if c in given else _same(defaults.get(c), c, dtype, frame.index)
        for c, dtype in columns.items()
    }
    return pd.DataFrame(filled, index=frame.index)


def _seen(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The table with texts of one line each, without characters that nobody sees."""
    for column in columns:
        odd = [not words.isprintable() for words in table[column].fillna("").tolist()]
        if any(odd):
            table.loc[odd, column] = [one_line(words) for words in table.loc[odd, column].tolist()]
    return table


@cache
def _blank(columns: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """The table without rows; made once, because a file of ten rows needs ten of them."""
    return pd.DataFrame({c: _same(None, c, dtype, pd.RangeIndex(0)) for c, dtype in columns})


def _same(value: object, column: str, dtype: str, index: pd.Index) -> pd.Series:
    """A column that says the same in every row, or is missing in all."""
    if dtype == "category":
        return pd.Series(coded(np.full(len(index), -1), _CATEGORIES.get(column, ())), index=index)
    return pd.Series(value, index=index, dtype=dtype)


def _typed(values: Any, column: str, dtype: str) -> Any:
    if dtype != "category" and str(values.dtype) == dtype:
        return values
    if dtype == "category":
        if column in _CATEGORIES:  # `astype` would leave the same categories in the order in which they are
            return values.astype("category").cat.set_categories(list(_CATEGORIES[column]))
        return values if isinstance(values.dtype, pd.CategoricalDtype) else values.astype("str").astype("category")
    if str(values.dtype) == dtype:
        return values
    if dtype in (TIME, DATE):
        return pd.to_datetime(values, utc=True, format="ISO8601").astype(dtype)
    return values.astype(dtype)


def _stack(tables: Iterable[pd.DataFrame], columns: Mapping[str, str]) -> pd.DataFrame:
    """The tables under each other; categories are united instead of falling back to objects."""
    filled = [t for t in tables if len(t)]
    if len(filled) <= 1:
        return filled[0].reset_index(drop=True) if filled else _table(None, columns, {})
    return pd.DataFrame(
        {
            c: pd.Series(pd.api.types.union_categoricals([t[c] for t in filled]))
            if dtype == "category" and c not in _CATEGORIES
            else pd.concat([t[c] for t in filled], ignore_index=True)
            for c, dtype in columns.items()
        }
    )


_SAME_FACT = [c for c in FACTS if c != "source"]
_SAME = [c for c in INTERACTIONS if c not in ("source", "row", "follow_up")]  # the last hangs on what was said before


def _without_duplicates(exchanges: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table without exact duplicates, and the duplicates. Equal in all but where it was read is equal."""
    mark = exchanges["digest"].to_numpy() ^ exchanges["at"].astype("int64").to_numpy().astype(np.uint64)
    again = pd.Series(mark).duplicated(keep=False).set_axis(exchanges.index)  # a quick look, since few are
    again[again] = exchanges[again].duplicated(_SAME)
    if not again.any():
        return exchanges, exchanges.head(0)
    return exchanges[~again].reset_index(drop=True), exchanges[again]


def _moved_aside(receipt: pd.DataFrame, dropped: pd.DataFrame) -> pd.DataFrame:
    """The receipt with duplicates counted as set aside instead of kept."""
    if dropped.empty:
        return receipt
    again = dropped.drop_duplicates(["source", "row"]).groupby("source", observed=True)["row"].agg(["size", "min"])
    receipt = receipt.copy()
    notes = []
    for file, (rows, line) in zip(again.index, again.itertuples(index=False), strict=True):
        kept = receipt.index[(receipt["file"] == file) & (receipt["role"] == "kept")]
        kind = receipt.loc[kept[0], "kind"] if len(kept) else "messages"
        if len(kept):
            receipt.loc[kept[0], "rows"] -= rows
        note = {"file": file, "kind": kind, "role": "set aside", "what": "exact duplicate", "rows": rows, "line": line}
        notes.append(note)
    return _stack([receipt, coverage(notes)], COVERAGE)
