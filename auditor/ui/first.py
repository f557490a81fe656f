"""The answer on screen: the sentence, the number with its band, the layers against Dunbar's. It needs no pandas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from auditor.answer import Answer, Circle
from auditor.ui.palette import AMBER, TEAL

LAYERS = 4
"""How many of the circles are layers; the rest are shells."""

_MEANING = {
    "Meaningful ties": (
        "The sum, over everyone with contact in both directions, of the chance that you two are in touch again within "
        "a year. A count with an interval that holds the truth nine times in ten, not a verdict on anybody."
    ),
    "Shallow": "Observed, and not deep. Someone whom no file could show is unobserved, which is not shallow.",
    "Unobserved": "Connections for whose time no file of messages was read. Nothing is known about them here.",
}


def numbers(answer: Answer) -> None:
    """The number that matters with its band, and beside it what it is a part of."""
    row = st.container(horizontal=True)
    if answer.meaningful is None:
        _metric(row, "Meaningful ties", "—", "withheld")
    else:
        _metric(row, "Meaningful ties", f"{answer.meaningful:.0f}", f"{answer.low:.0f} to {answer.high:.0f} (90 %)")
    _metric(row, "Connections", f"{answer.connections:,}", f"{answer.recent:,} new in a year")
    if answer.unobserved < answer.connections:
        share = f"{answer.shallow / answer.connections:.0%}" if answer.connections else "0%"
        _metric(row, "Shallow", f"{answer.shallow:,}", f"{share} of all")
        if answer.unobserved:
            _metric(row, "Unobserved", f"{answer.unobserved:,}", "no file shows them")


def _metric(row: DeltaGenerator, label: str, value: str, below: str) -> None:
    meaning = _MEANING.get(label)
    row.metric(label, value, below, delta_color="off", delta_arrow="off", border=True, help=meaning)


def layers(answer: Answer, key: str = "layers") -> None:
    """The layers as bars beside Dunbar's."""
    st.subheader(
        "Your layers, and Dunbar's",
        help="Each layer includes the inner ones. Counted by days with contact in the last year: weekly, monthly, "
        "half-yearly, yearly.",
    )
    circles = answer.circles[:LAYERS]
    st.echarts_chart(bars(circles), height=200, key=key, alt=describe(circles))


def bars(circles: Sequence[Circle]) -> dict[str, Any]:
    """A bar a layer, its count behind it, and a mark where Dunbar's is. The scale is of tenfolds, since layers are."""
    most = max(1_000, *(10 * circle.count for circle in circles))
    return {
        "animation": False,
        "grid": {"left": 4, "right": 48, "top": 4, "bottom": 28, "containLabel": True},
        "legend": {"bottom": 0, "icon": "roundRect", "data": ["yours", "Dunbar's"]},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}, "confine": True},
        "xAxis": {"type": "log", "min": 1, "max": 10 ** (len(str(most)) - 1), "show": False},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "data": [circle.name.capitalize() for circle in circles],
        },
        "series": [
            {
                "type": "bar",
                "name": "yours",
                "barWidth": 16,
                "itemStyle": {"color": TEAL},
                "label": {"show": True, "position": "right", "formatter": "{c}", "distance": 10},
                "data": [circle.count or None for circle in circles],
            },
            {
                "type": "scatter",
                "name": "Dunbar's",
                "symbol": "rect",
                "symbolSize": [4, 26],
                "itemStyle": {"color": AMBER, "opacity": 1},
                "data": [[circle.size, place] for place, circle in enumerate(circles)],
            },
        ],
    }


def describe(circles: Sequence[Circle]) -> str:
    """The bars in words."""
    return "Ties in each layer: " + "; ".join(
        f"{circle.name} {circle.count:,}, Dunbar's is {circle.size:,}" for circle in circles
    )
