"""Records out of CSV that stands in the test, so that the data is visible where the expected values are.

A person is written as a short word: `ana` is the mention `linkedin:ana`; a word with a colon is a mention key as it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from auditor import depth, signals
from auditor.audit import Audit, audit, end_of_day
from auditor.records import Owner, Records, coverage, identifiers, interactions, people, validate

COVERS = "file,kind,role,what,rows,line,since,until\nmessages.csv,messages,kept,messages,1,,{since},{until}"


def reads_its_docstring(test: Callable[[str], None]) -> Callable[[], None]:
    """A test whose docstring is the CSV it is about, and which is given it."""

    def run() -> None:
        test(str(test.__doc__))

    run.__name__, run.__module__, run.__doc__ = test.__name__, test.__module__, test.__doc__
    return run


def table(text: str) -> list[dict[str, str | None]]:
    """The rows of indented CSV; an empty cell is missing."""
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    return [{k: v or None for k, v in row.items()} for row in csv.DictReader(io.StringIO(lines))]


def key(person: str) -> str:
    return person if ":" in person else f"linkedin:{person}"


def events(text: str | Sequence[Mapping[str, object]] = "") -> pd.DataFrame:
    """Interactions of CSV with any of the columns of `records.INTERACTIONS`; a channel left out is a message."""
    rows = table(text) if isinstance(text, str) else [dict(row) for row in text]
    for number, row in enumerate(rows, 1):
        row["person"] = key(str(row["person"]))
        row["channel"] = row.get("channel") or "message"
        row["others"] = int(row.get("others") or 0)
        row["source"] = row.get("source") or "messages.csv"
        row["row"] = int(row.get("row") or number)
        row["digest"] = int(row.get("digest") or 0)
        for column in ("words", "questions", "seconds"):
            if row.get(column) is not None:
                row[column] = float(row[column])
        for column in ("i_words", "you_words"):
            if row.get(column) is not None:
                row[column] = int(row[column])
        for column in ("introduces", "follow_up"):
            if row.get(column) is not None:
                row[column] = str(row[column]) == "True"
    return interactions(rows)


def folk(text: str) -> pd.DataFrame:
    """People of CSV with any of the columns of `records.PEOPLE`; `connection` is yes unless the cell says no."""
    rows = table(text)
    for row in rows:
        row["person"] = key(str(row["person"]))
        row["connection"] = row.get("connection") != "no"
        row["source"] = row.get("source") or "Connections.csv"
    return people(rows)


def records(
    exchanges: str | Sequence[Mapping[str, object]] = "",
    known: str = "",
    same: str = "",
    *,
    covers: tuple[str, str] | None = None,
    receipt: str = "",
    owner: Owner | None = None,
) -> Records:
    """Records of CSV: interactions, people, identifiers (`person,kind,value`) and what the message file `covers`."""
    lines = table(receipt or (COVERS.format(since=covers[0], until=covers[1]) if covers else ""))
    for line in lines:
        line["rows"] = int(line["rows"] or 0)
        line["line"] = int(line["line"]) if line.get("line") else None
    return validate(
        Records(
            people=folk(known),
            identifiers=identifiers([{**row, "person": key(str(row["person"]))} for row in table(same)]),
            interactions=events(exchanges),
            coverage=coverage(lines),
            owner=owner or Owner(),
        )
    )


def audited(
    exchanges: str | Sequence[Mapping[str, object]] = "", known: str = "", *, as_of: str, **more: object
) -> Audit:
    """The audit of `records(…)` as of the end of a day."""
    return audit(records(exchanges, known, **more), pd.Timestamp(as_of))


def scored(exchanges: pd.DataFrame, as_of: str, history_days: int | None = None) -> pd.DataFrame:
    """Measurements and scores of interactions as they are, without identity and network, with the shipped chances.

    The history starts `history_days` before the end of `as_of`, or else with the first exchange.
    """
    now = end_of_day(pd.Timestamp(as_of))
    first = exchanges["at"].min() if len(exchanges) else now
    grain = depth.Grain.of(now - pd.Timedelta(days=history_days) if history_days else first, now)
    measured = signals.measure(signals.contacts(exchanges), exchanges, now)
    contacts = signals.contacts(exchanges, grain.unit_seconds)
    return measured.join(depth.score(contacts, grain, now, depth.own_past(contacts, grain, [])))
