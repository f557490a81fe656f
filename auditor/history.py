"""The same audit as of every past week: how large and how deep the network was, and which ties came and went."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from auditor import depth, dunbar
from auditor.audit import end_of_day, is_deep, last_day, taken_at_word
from auditor.marks import Marks, Personal
from auditor.past import known
from auditor.records import Records
from auditor.replay import Flags, Moment, Replay
from auditor.signals import Ints
from auditor.signature import Continuity, continuity

LAYERS = tuple(layer.name for layer in (*dunbar.LAYERS, *dunbar.SHELLS))


@dataclass(frozen=True, slots=True)
class History:
    """The network week by week, the oldest week first.

    `weeks`: indexed by ISO week ("2026-W46"), with `as_of` (the end of its Sunday; of the last, that of the audit),
    `connections` and how many of them are `new_connections`, `in_touch` (ties ever in touch), `meaningful` with `low`
    and `high` (missing where the audit withholds them), the ties inside each layer and shell by its name, all inner ones
    included, the `deep` and `light` ties, those `born` (deep now, and nobody of theirs was a week before) and `faded`
    (deep a week before, and nobody of theirs is now). `continuity`: the social signature of the last year beside that
    of the year before.
    """

    weeks: pd.DataFrame
    continuity: Continuity


def rebuild(
    records: Records,
    as_of: date | pd.Timestamp | None = None,
    marks: Marks | None = None,
    personal: Personal | None = None,
) -> History:
    """The history of a network up to the end of a day (by default the last day in the data).

    Every number of a week is that of `audit(records, as_of, marks, personal)` as of the end of it.
    """
    now = end_of_day(as_of or last_day(records))
    rows = []
    before, last = None, None
    for moment in Replay(records, ends_of_weeks(records, now), marks, personal):
        row, before = _row(moment, before, personal)
        rows.append(row)
        last = moment
    assert last is not None  # noqa: S101 - there is always the running week
    weeks = pd.DataFrame(rows, index=pd.Index([iso_week(row["as_of"]) for row in rows], name="week"))
    weeks = weeks.astype(dict.fromkeys(("meaningful", "low", "high"), "float64"))
    return History(weeks, continuity(last.contact_days(), now, last.history_days))


def depths(
    records: Records,
    moments: Sequence[pd.Timestamp],
    marks: Marks | None = None,
    personal: Personal | None = None,
) -> pd.DataFrame:
    """The depth of every tie at each of some ends of days, the oldest first: humans × `moments`.

    The rows are the humans of the last moment who had been in touch by then. Who was still taken for several people at
    an earlier one has the depth of the deepest of them; who was not in touch yet, 0.
    """
    replay = Replay(records, moments, marks, personal)
    series = np.zeros((len(replay.lineage.mentions), len(moments)))
    for column, moment in enumerate(replay):
        ties, raw = moment.raw(moment.holds)
        then = np.zeros(len(replay.lineage.human))
        then[ties] = depth.to_scale(raw)
        series[:, column] = then[moment.guise]
    humans = replay.lineage.human[moment.guise]
    known_by = pd.DataFrame(series, columns=list(moments)).groupby(humans).max()
    return known_by.loc[replay.lineage.human[ties]].rename_axis("human")


def ends_of_weeks(records: Records, now: pd.Timestamp) -> list[pd.Timestamp]:
    """The last moments of the ISO weeks from the first connection or exchange on; the last of them is `now`."""
    there = known(records, now)
    first = [there.interactions["at"].min(), there.people["connected_on"].min()]
    start = min((pd.Timestamp(t) for t in first if pd.notna(t)), default=now)
    sunday = end_of_day(start) + pd.Timedelta(days=6 - start.weekday())
    return [*pd.date_range(sunday, now, freq="7D", inclusive="left"), now]


def iso_week(moment: pd.Timestamp) -> str:
    """The ISO week that a moment lies in: "2026-W46"."""
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02d}"


@dataclass(frozen=True, slots=True)
class _Known:
    """What a week is compared with: the guise of each mention, and which guises were connected, and deep."""

    guise: Ints
    connected: Flags
    deep: Flags


def _row(moment: Moment, before: _Known | None, personal: Personal | None) -> tuple[dict[str, Any], _Known]:
    ties = moment.ties()
    state = is_deep(ties, personal)
    deep = np.zeros(len(moment.holds), bool)
    deep[ties.index[state]] = True
    now = _Known(moment.guise, moment.connected, deep)
    last = before or _Known(now.guise, np.zeros_like(deep), np.zeros_like(deep))
    in_touch = ties["contact_days"] > 0
    meaningful = dunbar.count_meaningful(
        taken_at_word(ties), moment.history_days, moment.doubt(), unowned=moment.replay.unowned
    )
    inside = [*moment.layers(), ties["two_way"].sum(), in_touch.sum()]
    row = {
        "as_of": moment.as_of,
        "connections": int(now.connected.sum()),
        "new_connections": _not_in(now.guise, now.connected, last.guise, last.connected),
        "in_touch": int(in_touch.sum()),
        "meaningful": meaningful.count,
        "low": meaningful.low,
        "high": meaningful.high,
        **{name: int(count) for name, count in zip(LAYERS, inside, strict=True)},
        "deep": int(state.sum()),
        "light": int((in_touch & ~state).sum()),
        "born": _not_in(now.guise, deep, last.guise, last.deep),
        "faded": _not_in(last.guise, last.deep, now.guise, deep),
    }
    return row, now


def _not_in(guise: Ints, some: Flags, other_guise: Ints, others: Flags) -> int:
    """How many of some guises have no mention that is in one of the others, at another moment."""
    found = np.zeros(len(some), bool)
    found[guise[others[other_guise]]] = True
    return int((some & ~found).sum())
