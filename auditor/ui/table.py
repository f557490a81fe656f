"""The ties as rows of a table, made once an audit, so that a filter has only to choose among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from auditor import months
from auditor.audit import Audit
from auditor.deliver import tie_table
from auditor.filters import ASKED
from auditor.habits.log import Log
from auditor.habits.worth import bridges
from auditor.records import Records

COLUMNS = (
    "name", "depth", "kind", "months", "company", "reason", "marks", "position", "last_contact", "connected_on",
    "state", "layer", "profile_url",
)  # fmt: skip
"""What the browser is sent of a tie, in order; `marks` is the owner's word, which changes from click to click."""


@dataclass(frozen=True, eq=False)
class Table:
    """All ties of an audit, in its order: `everyone`, what a filter asks of them, indexed by human; `connections`, the
    same of the connections; the `rows` to show, in `COLUMNS` but for `marks`. Beside them the `companies` to choose
    from, and the `bridges`: the humans who are the only way to where they work.
    """

    everyone: pd.DataFrame
    connections: pd.DataFrame
    rows: pa.Table
    companies: tuple[str, ...]
    bridges: frozenset[str]

    @classmethod
    def of(cls, audit: Audit, records: Records) -> Table:
        """The table of `records`, of which `audit` is the audit."""
        log = Log.of(records, audit)
        everyone = audit.ties[list(ASKED)]
        rows = pa.Table.from_pandas(tie_table(audit.ties), preserve_index=False).replace_schema_metadata()
        rows = rows.append_column("months", _by_month(log, everyone.index)).select([c for c in COLUMNS if c != "marks"])
        companies = tuple(sorted(audit.ties["company"].dropna().unique(), key=str.casefold))
        connections = everyone.loc[audit.connections.index]
        return cls(everyone, connections, rows, companies, frozenset(map(str, bridges(audit).index)))

    def chosen(self, humans: pd.Index[str], said: Mapping[str, str]) -> pa.Table:
        """The rows of some humans in `COLUMNS`; `said`: what the owner said of whom (letting_go.standing)."""
        every = self.everyone.index
        marks = np.full(len(every), "", object)
        place = every.get_indexer(pd.Index(list(said), dtype="str"))
        marks[place[place >= 0]] = [words for words, at in zip(said.values(), place, strict=True) if at >= 0]
        places: Any = every.get_indexer(humans)
        rows = self.rows.take(pa.array(places))
        return rows.append_column("marks", pa.array(marks[places], pa.string())).select(list(COLUMNS))


def _by_month(log: Log, humans: pd.Index[str]) -> Any:
    """A list of small numbers a human, missing where there was no contact in all that time."""
    counts = months.contact_days(log.contacts, log.audit.as_of)
    place = log.contacts.ties.get_indexer(humans)
    there = place >= 0
    there[there] = counts[place[there]].any(axis=1)
    ends = np.r_[0, np.cumsum(np.where(there, months.MONTHS, 0))].astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(counts[place[there]].ravel()), mask=pa.array(~there))
