"""The same audit as of every past week: how large and how deep the network was, and which ties came and went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from auditor import depth, dunbar, literal
from auditor.audit import end_of_day, is_deep, last_day, taken_at_word
from auditor.marks import Marks, Personal
from auditor.past import known
from auditor.records import Records
from auditor.replay import Flags, Moment, Replay
from auditor.signals import Ints
from auditor.signature import Continuity, Signature, continuity

LAYERS = tuple(layer.name for layer in (*dunbar.LAYERS, *dunbar.SHELLS))


@dataclass(frozen=True, slots=True)
class History:
    """The network week by week, the oldest week first.

    `weeks`: indexed by ISO week ("2026-W46"), with `as_of` (the end of its Sunday; of the last, that of the audit),
    `connections` and how many of them are `new_connections`, `in_touch` (ties ever in touch), `meaningful` with `low`
    and `high` (missing where `withheld` says why), the ties inside each layer and shell by its name, inner ones
    included, the `deep` and `light` ties, those `born` (deep, and under no guise deep a week before) and `faded` (deep
    a week before, and under no guise deep now). `continuity`: the social signature of the last year beside that of the
    year before.
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
    weeks, moment = _series(records, ends_of_weeks(records, now), marks, personal)
    return History(weeks, continuity(moment.contact_days(), now, moment.history_days))


def quarters(
    records: Records,
    as_of: date | pd.Timestamp | None = None,
    marks: Marks | None = None,
    personal: Personal | None = None,
) -> pd.DataFrame:
    """The same table at the ends of quarters, the last row at the end of a day: a dozenth of the work of all weeks.

    `new_connections`, `born` and `faded` are against the row before.
    """
    now = end_of_day(as_of or last_day(records))
    start = ends_of_weeks(records, now)[0]
    moments = [*(end_of_day(day) for day in pd.date_range(start, now, freq="QE") if end_of_day(day) < now), now]
    return _series(records, moments, marks, personal)[0]


def _series(
    records: Records, moments: Sequence[pd.Timestamp], marks: Marks | None, personal: Personal | None
) -> tuple[pd.DataFrame, Moment]:
    """One row a moment, as in `History.weeks`, and the last moment."""
    rows: list[dict[str, Any]] = []
    before: _Seen | None = None
    for moment in Replay(records, moments, marks, personal):
        row, before = _row(moment, before, personal)
        rows.append(row)
    table = pd.DataFrame(rows, index=pd.Index([iso_week(row["as_of"]) for row in rows], name="week"))
    table = table.astype({"meaningful": "float64", "low": "float64", "high": "float64", "withheld": "str"})
    return table, moment


def depths(
    records: Records,
    moments: Sequence[pd.Timestamp],
    marks: Marks | None = None,
    personal: Personal | None = None,
) -> pd.DataFrame:
    """The depth of every tie at each of some ends of days, at least one, the oldest first: humans × `moments`.

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


def ends_of_quarters(records: Records, now: pd.Timestamp) -> list[pd.Timestamp]:
    """The last moments of the quarters from the first exchange on; the last of them is `now`.

    Of the months, where that is less than three years ago.
    """
    first = records.interactions["at"].min()
    start = end_of_day(first) if pd.notna(first) and first <= now else now
    ends = pd.date_range(start, now, freq="ME" if now - start < _THREE_YEARS else "QE", inclusive="left")
    return [*ends, now]


_THREE_YEARS = pd.Timedelta(days=3 * 365)


def iso_week(day: date) -> str:
    """The ISO week that a day or a moment lies in: "2026-W46"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a week is compared with: the guise of each mention, and which guises were connected, and deep."""

    guise: Ints
    connected: Flags
    deep: Flags


def _row(moment: Moment, before: _Seen | None, personal: Personal | None) -> tuple[dict[str, Any], _Seen]:
    ties = moment.ties()
    state = is_deep(ties, personal)
    deep = np.zeros(len(moment.holds), bool)
    deep[ties.index[state]] = True
    now = _Seen(moment.guise, moment.connected, deep)
    last = before or _Seen(now.guise, np.zeros_like(deep), np.zeros_like(deep))
    in_touch = ties["contact_days"] > 0
    meaningful = dunbar.count_meaningful(
        taken_at_word(ties), moment.history_days, moment.chances.both.doubt, unowned=moment.replay.unowned
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
        "withheld": meaningful.withheld,
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


def to_json(history: History) -> str:
    """The whole series and the social signature, as `--json` prints it."""
    weeks = history.weeks.reset_index().assign(as_of=history.weeks["as_of"].dt.strftime("%Y-%m-%d").to_numpy())
    rows = [{k: None if v != v else v for k, v in row.items()} for row in weeks.to_dict("records")]  # noqa: PLR0124
    lasting = history.continuity
    social = {
        "now": _signature(lasting.now),
        "before": _signature(lasting.before),
        "distance": lasting.distance,
        "turnover": lasting.turnover,
        "jaccard": lasting.jaccard,
    }
    return literal.to_json({"weeks": rows, "signature": social})


def _signature(year: Signature) -> dict[str, Any]:
    return {
        "since": f"{year.since:%Y-%m-%d}",
        "until": f"{year.until:%Y-%m-%d}",
        "ties": year.ties,
        "shares": list(year.shares),
        **{f"top_{ranks}": year.top(ranks) for ranks in (1, 3, 5)},
        "withheld": year.withheld,
    }


def to_text(history: History) -> str:
    """The years and the last eight weeks as a table of 80 columns, and what lasted, in words."""
    weeks = history.weeks.assign(year=history.weeks["as_of"].dt.year)
    over = ["new_connections", "born", "faded"]
    years = weeks.drop_duplicates("year", keep="last").set_index("year")
    years[over] = weeks.groupby("year")[over].sum()
    most = max(1, int(weeks["deep"].max()))
    head = f"{'':<8} {'connections':<16} {'in touch':>8} {'meaningful':>10} {'(90 %)':<11}  deep born, faded"
    by_year, by_week = (
        [_line(str(when), row, most) for when, row in t.iterrows()] for t in (years, weeks.tail(LATEST))
    )
    withheld = weeks["withheld"].iloc[-1]
    why = [] if pd.isna(withheld) else [f"No count of meaningful ties. {withheld}"]
    return "\n".join([head, *by_year, "", *by_week, "", *why, *_lasting(history.continuity)])


LATEST = 8
"""How many of the last weeks the text shows."""


def _line(name: str, row: pd.Series[Any], most: int) -> str:
    new, change = f"(+{row['new_connections']:,})", f"+{row['born']:,} −{row['faded']:,}"
    count, interval = "–", ""
    if pd.notna(row["meaningful"]):
        count, interval = f"{row['meaningful']:,.1f}", f"{row['low']:,.0f}–{row['high']:,.0f}"
    size = f"{name:<8} {row['connections']:>7,} {new:<8} {row['in_touch']:>8,}"
    return f"{size} {count:>10} {interval:<11} {row['deep']:>5,} {change:<10}{_bar(row['deep'] / most)}".rstrip()


def _bar(share: float, width: int = 6) -> str:
    """A bar of at most `width` characters, in eighths of one."""
    eighths = round(share * width * 8)
    return "█" * (eighths // 8) + "▏▎▍▌▋▊▉"[eighths % 8 - 1] * (eighths % 8 > 0)


def _lasting(lasting: Continuity) -> Iterator[str]:
    """The signature and what lasted from the year before, in sentences."""
    now, before = lasting.now, lasting.before
    if now.withheld:
        yield f"Social signature: withheld. {now.withheld}"
        return
    yield (
        f"Of your contact days of the last year with {now.ties:,} people, {now.top(1):.0%} went to one of them, "
        f"{now.top(5):.0%} to five."
    )
    if before.withheld:
        yield f"The year before: withheld. {before.withheld}"
        return
    yield f"The year before, with {before.ties:,} people: {before.top(1):.0%} and {before.top(5):.0%}."
    yield f"{lasting.turnover:.0%} of the people of that year were not in touch in both directions since."
