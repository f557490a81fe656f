"""How the depth of one tie went over the years, as an ECharts option and in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from auditor.explanation import Explanation
from auditor.telling import in_words
from auditor.ui.charts import AMBER, TEAL


def since_contact(depths: pd.Series[float]) -> pd.Series[float]:
    """The depths from the last moment before the first contact on."""
    first = int((depths > 0).to_numpy().argmax())
    return depths.iloc[max(first - 1, 0) :]


def line(depths: pd.Series[float], found: Explanation) -> dict[str, Any]:
    """The depth at the end of each quarter as a line, and today's 90 % interval as a bar at its end."""
    days = [f"{moment:%Y-%m-%d}" for moment in depths.index]
    return {
        "animation": False,
        "grid": {"left": 4, "right": 24, "top": 12, "bottom": 28, "containLabel": True},
        "tooltip": {"trigger": "axis", "confine": True},
        "legend": {"bottom": 0},
        "xAxis": {"type": "time"},
        "yAxis": {"type": "value", "min": 0, "max": 100, "interval": 25},
        "series": [
            {
                "type": "line",
                "name": "depth",
                "symbolSize": 5,
                "itemStyle": {"color": TEAL},
                "lineStyle": {"color": TEAL, "width": 2},
                "areaStyle": {"color": TEAL, "opacity": 0.15},
                "data": [[day, round(float(depth))] for day, depth in zip(days, depths, strict=True)],
            },
            {
                "type": "line",
                "name": "90 % interval today",
                "symbol": "rect",
                "symbolSize": [14, 3],
                "itemStyle": {"color": AMBER},
                "lineStyle": {"color": AMBER, "width": 3},
                "data": [[days[-1], round(found.low)], [days[-1], round(found.high)]],
            },
        ],
    }


def describe(depths: pd.Series[float], found: Explanation) -> str:
    """The same in words: the depth at the end of each year, the greatest, and where it stands."""
    moments = pd.DatetimeIndex(depths.index)
    yearly = depths.groupby(moments.year).last()
    years = ", ".join(f"{depth:.0f} in {year}" for year, depth in yearly.items())
    top = in_words(moments[int(depths.to_numpy().argmax())].date())
    return (
        f"Depth at the end of each year: {years}. It was greatest, {depths.max():.0f}, on {top}; today it is "
        f"{found.depth:.0f}, with a 90 % interval from {found.low:.0f} to {found.high:.0f}."
    )
