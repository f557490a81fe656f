"""The timeline of one tie: a lane a channel, a mark a contact day, as an ECharts option, in words and as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from auditor.records import CHANNELS
from auditor.telling import in_words, many
from auditor.ui.charts import AMBER, GREY, TEAL

LANE = 34
"""Pixels a lane takes."""

LAST = 30
"""So many of the last exchanges stand in the table."""

WAYS = {
    "both": ("both of you", {"symbol": "circle", "symbolSize": 10, "itemStyle": {"color": TEAL, "opacity": 0.85}}),
    "out": ("you only", {"symbol": "triangle", "symbolSize": 11, "itemStyle": {"color": AMBER, "opacity": 0.85}}),
    "in": (
        "they only",
        {"symbol": "path://M0,0L10,0L5,9Z", "symbolSize": 11, "itemStyle": {"color": GREY, "opacity": 0.95}},
    ),
}
"""The directions of a contact day, with words and a shape for each; no two differ in colour alone."""


def lanes(rows: pd.DataFrame) -> list[str]:
    """The channels of a timeline (portrait.timeline), in the order in which they are drawn."""
    there = set(rows["channel"])
    return [channel for channel in CHANNELS if channel in there]


def height(rows: pd.DataFrame) -> int:
    """How tall the picture is."""
    return LANE * len(lanes(rows)) + 90


def marks(rows: pd.DataFrame, until: pd.Timestamp) -> dict[str, Any]:
    """One mark a contact day, its shape telling the direction; up to a day, so that silence is seen as well."""
    return {
        "animation": False,
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 48, "containLabel": True},
        "tooltip": {"trigger": "item", "formatter": "{b}", "confine": True},
        "legend": {"bottom": 0, "itemWidth": 12, "itemHeight": 11, "itemGap": 24},
        "xAxis": {"type": "time", "minInterval": 86_400_000, "max": f"{until:%Y-%m-%d}"},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [_plainly(channel) for channel in lanes(rows)],
            "axisTick": {"show": False},
            "splitLine": {"show": True, "lineStyle": {"color": "rgba(127,138,141,0.25)"}},
        },
        "series": [_series(way, rows[rows["direction"] == way]) for way in WAYS if (rows["direction"] == way).any()],
    }


def _series(way: str, rows: pd.DataFrame) -> dict[str, Any]:
    words, shape = WAYS[way]
    days = rows["day"].dt.strftime("%Y-%m-%d").tolist()
    data = [
        {
            "value": [day, _plainly(channel)],
            "name": f"{day} · {_plainly(channel)}, {many(int(count), 'time')} · {words}",
        }
        for day, channel, count in zip(days, rows["channel"].tolist(), rows["exchanges"].tolist(), strict=True)
    ]
    return {"type": "scatter", "name": words, "data": data, **shape}


def describe(rows: pd.DataFrame) -> str:
    """The timeline in words."""
    first, last = in_words(rows["day"].min().date()), in_words(rows["day"].max().date())
    return f"Contact from {first} to {last}. " + " ".join(_lane(c, rows[rows["channel"] == c]) for c in lanes(rows))


def _lane(channel: str, rows: pd.DataFrame) -> str:
    counts = [(words, int((rows["direction"] == way).sum())) for way, (words, _) in WAYS.items()]
    said = ", ".join(f"{count:,} {words}" for words, count in counts if count)
    return f"{_plainly(channel).capitalize()}: {said}."


def last_exchanges(exchanges: pd.DataFrame) -> pd.DataFrame:
    """The last exchanges for a table, the latest first: when, over what, which way, how much; no text."""
    late = exchanges.iloc[::-1].head(LAST)
    return pd.DataFrame(
        {
            "Date": late["at"].dt.strftime("%Y-%m-%d"),
            "Channel": late["channel"].astype("str").map(_plainly),
            "Direction": late["direction"].astype("str").map({"out": "you", "in": "they", "both": "both"}),
            "Words": late["words"].astype("Int64"),
            "Minutes": (late["seconds"] / 60).round(0).astype("Int64"),
            "Others": late["others"].astype("int64"),
        }
    ).reset_index(drop=True)


def _plainly(channel: str) -> str:
    return channel.replace("_", " ")
