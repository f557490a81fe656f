"""Size against depth over the years: the list climbs, and what one person can keep does not climb with it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from auditor.dunbar import DUNBAR
from auditor.ui import state
from auditor.ui.palette import AMBER, GREY, TEAL

HEIGHT = 300


def show(found: state.Export) -> None:
    """The picture with its words and its table, drawn into its place once the past is measured."""
    st.subheader(
        "Size against depth",
        help="The audit as of the end of each quarter, by what had happened until then. The band holds the number of "
        "meaningful ties nine times in ten.",
    )
    place = st.container()
    with place.skeleton(height=HEIGHT):
        quarters = state.growth(found)
    with place:
        st.echarts_chart(lines(quarters), height=HEIGHT, key="growth", alt=describe(quarters))
        with st.expander("The same as a table", key="growth-table"):
            st.table(by_year(quarters), border="horizontal", hide_index=True, alt="Size and depth at each year's end")


def lines(quarters: pd.DataFrame) -> dict[str, Any]:
    """Connections and meaningful ties with their band, over time; Dunbar's number across."""
    days = [int(day.timestamp() * 1000) for day in quarters["as_of"]]
    known = quarters["meaningful"].notna()
    connections = list(zip(days, map(int, quarters["connections"]), strict=True))
    series = [
        {**_line("connections", connections, GREY), "areaStyle": {"color": GREY, "opacity": 0.12}},
        *(_measured(quarters[known], [d for d, k in zip(days, known, strict=True) if k]) if known.any() else []),
    ]
    return {
        "animation": False,
        "grid": {"left": 4, "right": 16, "top": 16, "bottom": 36, "containLabel": True},
        "legend": {"bottom": 0, "icon": "roundRect", "data": [s["name"] for s in series if s["name"] in _NAMED]},
        "tooltip": {"trigger": "axis", "confine": True},
        "xAxis": {"type": "time", "splitNumber": 5},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": series,
    }


_NAMED = ("connections", "meaningful ties", "Dunbar's 150")


def _measured(known: pd.DataFrame, days: list[int]) -> list[dict[str, Any]]:
    """The count of meaningful ties, its band, and Dunbar's number."""
    low, high = known["low"], known["high"]
    floor = [(day, float(value)) for day, value in zip(days, low, strict=True)]
    band = [(day, round(float(value), 1)) for day, value in zip(days, high - low, strict=True)]
    count = [(day, float(value)) for day, value in zip(days, known["meaningful"], strict=True)]
    hidden = {"lineStyle": {"opacity": 0}, "stack": "band", "silent": True, "tooltip": {"show": False}}
    return [
        {**_line("from", floor, TEAL), **hidden},
        {**_line("to", band, TEAL), **hidden, "areaStyle": {"color": TEAL, "opacity": 0.25}},
        _line("meaningful ties", count, TEAL),
        {
            **_line(f"Dunbar's {DUNBAR}", [(days[0], DUNBAR), (days[-1], DUNBAR)], AMBER),
            "lineStyle": {"color": AMBER, "type": "dashed", "width": 1.5},
            "tooltip": {"show": False},
        },
    ]


def _line(name: str, data: list[tuple[int, float]] | list[tuple[int, int]], colour: str) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "showSymbol": False,
        "itemStyle": {"color": colour},
        "lineStyle": {"color": colour, "width": 2.5},
        "data": [list(point) for point in data],
    }


def describe(quarters: pd.DataFrame) -> str:
    """The picture in words: what grew from when, and by how much."""
    first, last = quarters.iloc[0], quarters.iloc[-1]
    told = (
        f"Connections grew from {int(first['connections']):,} in {first['as_of']:%B %Y} to "
        f"{int(last['connections']):,} in {last['as_of']:%B %Y}."
    )
    known = quarters[quarters["meaningful"].notna()]
    if known.empty:
        return told
    first, last = known.iloc[0], known.iloc[-1]
    return (
        f"{told} Meaningful ties: about {first['meaningful']:.0f} in {first['as_of']:%B %Y}, about "
        f"{last['meaningful']:,.0f} ({last['low']:,.0f} to {last['high']:,.0f}) in {last['as_of']:%B %Y}; "
        f"Dunbar's number is {DUNBAR}."
    )


def by_year(quarters: pd.DataFrame) -> pd.DataFrame:
    """The last row of each year, as words, the latest year first."""
    years = quarters.assign(year=quarters["as_of"].dt.year).drop_duplicates("year", keep="last").iloc[::-1]
    return pd.DataFrame(
        {
            "By the end of": [f"{day:%Y}" if day.month == 12 else f"{day:%B %Y}" for day in years["as_of"]],
            "Connections": [f"{n:,}" for n in years["connections"]],
            "Meaningful ties": [
                f"{count:,.0f} ({low:,.0f} to {high:,.0f})" if count == count else "withheld"  # noqa: PLR0124 (NaN)
                for count, low, high in zip(years["meaningful"], years["low"], years["high"], strict=True)
            ],
        }
    )
