"""Which imports hold which rows. Rows that the same imports hold share one set of them, so that an export of which
99 % was known costs its new rows and little else.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from itertools import count

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.store.cells import Numbers, Table, encoded, hashes, insert, update

Members = frozenset[int]


def sets(connection: sqlite3.Connection) -> dict[int, Members]:
    """The sets of imports: number → members."""
    found: dict[int, set[int]] = defaultdict(set)
    for number, member in connection.execute("SELECT id, import FROM holding"):
        found[number].add(member)
    return {number: frozenset(members) for number, members in found.items()}


def hold(connection: sqlite3.Connection, table: Table, frame: pd.DataFrame, member: int) -> int:
    """Make import `member` hold exactly the rows of `frame`, and give back how many of them nobody held before.

    Rows that nobody holds any more are deleted; rows that are measured otherwise than before are corrected.
    """
    cells = encoded(connection, table, frame, [*table.same, *table.measures])
    own = hashes(table, cells)
    content, first = np.unique(own["content"], return_index=True)
    known = _known(connection, table)
    fresh = ~np.isin(content, known["content"], assume_unique=True)
    inside = np.isin(known["content"], content, assume_unique=True)
    number = _regroup(connection, table, known, inside, member, fresh=bool(fresh.any()))
    if table.measures:
        again = first[~fresh]  # in the order of their content, as `known` is
        other = again[own["measured"][again] != known["measured"][inside]]
        changed = {**{column: cells[column] for column in table.measures}, **own}
        update(connection, table, {column: values[other] for column, values in changed.items()})
    rows = first[fresh]
    if len(rows):
        (last,) = connection.execute(f"SELECT ifnull(max(n), 0) FROM {table.name}").fetchone()
        rest = encoded(connection, table, frame.iloc[rows], [c for c in table.columns if c not in cells])
        added = {name: column[rows] for name, column in {**own, **cells}.items()}
        insert(connection, table, {**added, **rest}, {"n": last + 1 + rows, "held": np.full(len(rows), number)})
    return len(rows)


def let_go(connection: sqlite3.Connection, table: Table, member: int) -> None:
    """Make import `member` hold nothing. Rows that nobody holds any more are deleted."""
    known = _known(connection, table)
    _regroup(connection, table, known, np.zeros(len(known["content"]), bool), member, fresh=False)


def _known(connection: sqlite3.Connection, table: Table) -> dict[str, Numbers]:
    """Content, holders and measures of all rows, by content."""
    names = ["content", "held", *(["measured"] if table.measures else [])]
    rows = connection.execute(f"SELECT {', '.join(names)} FROM {table.name} ORDER BY content")
    found = np.fromiter(rows, dtype=[(name, "i8") for name in names])
    return {name: np.ascontiguousarray(found[name]) for name in names}


def _regroup(
    connection: sqlite3.Connection,
    table: Table,
    rows: Mapping[str, Numbers],
    inside: NDArray[np.bool_],
    member: int,
    *,
    fresh: bool,
) -> int:
    """Give every row the set of its holders, `member` among them where `inside`; the number of {member} if `fresh`.

    The largest group of rows that comes to a set keeps its number, so that few rows have to be written.
    """
    known, held = rows["content"], rows["held"]
    before = sets(connection)
    groups, sizes = np.unique(held * 2 + inside, return_counts=True)
    coming: dict[Members, list[tuple[int, int]]] = {frozenset({member}): []} if fresh else {}
    for group, size in zip(groups.tolist(), sizes.tolist(), strict=True):
        members = before[group // 2] | {member} if group % 2 else before[group // 2] - {member}
        coming.setdefault(members, []).append((size, group))
    numbers = _numbered(coming, max(before, default=0))
    for members, sources in coming.items():
        for _, group in sources:
            moved = known[(held * 2 + inside) == group] if not members or numbers[members] != group // 2 else known[:0]
            _move(connection, table, moved, numbers.get(members))
    _write(connection, {n: before[n] for n in np.unique(groups // 2).tolist()}, {n: m for m, n in numbers.items()})
    return numbers[frozenset({member})] if fresh else 0


def _numbered(coming: Mapping[Members, list[tuple[int, int]]], last: int) -> dict[Members, int]:
    """A number for each set that is not empty: that of its largest group, if no larger one of another set has it."""
    new, numbers = count(last + 1), dict[Members, int]()
    for members in sorted(coming, key=lambda members: max(coming[members], default=(0, 0)), reverse=True):
        free = [group // 2 for _, group in sorted(coming[members], reverse=True) if group // 2 not in numbers.values()]
        if members:
            numbers[members] = free[0] if free else next(new)
    return numbers


def _move(connection: sqlite3.Connection, table: Table, content: Numbers, number: int | None) -> None:
    if number is None:
        connection.executemany(
            f"DELETE FROM {table.name} WHERE content = ?",
            ((one,) for one in content.tolist()),
        )
    else:
        connection.executemany(
            f"UPDATE {table.name} SET held = {number} WHERE content = ?",
            ((one,) for one in content.tolist()),
        )


def _write(connection: sqlite3.Connection, before: Mapping[int, Members], after: Mapping[int, Members]) -> None:
    """Note the members of the sets that changed."""
    for number in before.keys() | after.keys():
        was, now = before.get(number, frozenset()), after.get(number, frozenset())
        connection.executemany(
            "DELETE FROM holding WHERE id = ? AND import = ?", ((number, member) for member in was - now)
        )
        connection.executemany("INSERT INTO holding VALUES (?, ?)", ((number, member) for member in sorted(now - was)))
