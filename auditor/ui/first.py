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
        "a year. A count with an interval that holds the truth nine times in ten, not a verdict on anybody. A shallow "
        "tie adds its small chance too, and so does one to somebody who is no connection: this number and the shallow "
        "ones do not add up to your connections."
    ),
    "Shallow": (
        "Connections observed, and not deep. Someone whom no file could show is unobserved, which is not shallow. "
        "Deep, shallow and unobserved ones together are all your connections."
    ),
    "Unobserved": "Connections for whose time no file of messages was read. Nothing is known about them here.",
}


def comparison(answer: Answer) -> None:
    """What the answer comes to, in a sentence, and beneath it what that rests on; or why it is withheld."""
    if not answer.verdict:
        st.markdown(answer.comparison)
        return
    st.markdown(f"**{answer.verdict}**")
    st.caption(answer.comparison)


def numbers(answer: Answer) -> None:
    """The number that matters with its band, and beside it what it is a part of."""
    row = st.container(horizontal=True)
    if answer.meaningful is None:
        _metric(row, "Meaningful ties", "—", "withheld")
    else:
        _metric(row, "Meaningful ties", f"{answer.meaningful:,.0f}", f"{answer.low:,.0f} to {answer.high:,.0f} (90 %)")
    _metric(row, "Connections", f"{answer.connections:,}", f"{answer.recent:,} new in a year")
    if answer.unobserved < answer.connections:
        share = f"{answer.shallow / answer.connections:.0%}" if answer.connections else "0%"
        deep = answer.connections - answer.shallow - answer.unobserved
        _metric(row, "Shallow", f"{answer.shallow:,}", f"{share} of all; {deep:,} deep")
        if answer.unobserved:
            _metric(row, "Unobserved", f"{answer.unobserved:,}", "no file shows them")


def _metric(row: DeltaGenerator, label: str, value: str, below: str) -> None:
    meaning = _MEANING.get(label)
    row.metric(label, value, below, delta_color="off", delta_arrow="off", border=True, help=meaning)


def layers(answer: Answer, key: str = "layers") -> None:
    """The layers as bars against Dunbar's."""
    st.subheader(
        "Your layers, and Dunbar's",
        help="Each layer includes the inner ones. Counted by days with contact in the last year: weekly, monthly, "
        "half-yearly, yearly.",
    )
    circles = answer.circles[:LAYERS]
    st.echarts_chart(bars(circles), height=200, key=key, alt=describe(circles))


def bars(circles: Sequence[Circle]) -> dict[str, Any]:
    """A bar a layer, as long as its part of Dunbar's number, and a line where all would be that number."""
    parts = [round(100 * circle.count / circle.size) for circle in circles]
    return {
        "animation": False,
        "grid": {"left": 4, "right": 16, "top": 4, "bottom": 24, "containLabel": True},
        "tooltip": {"trigger": "item", "formatter": "{b}: {c} % of Dunbar's", "confine": True},
        "xAxis": {"type": "value", "min": 0, "max": max(110, *parts), "show": False},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "data": [f"{circle.name.capitalize()}  {circle.count:,} of {circle.size}" for circle in circles],
        },
        "series": [
            {
                "type": "bar",
                "barWidth": 16,
                "itemStyle": {"color": TEAL},
                "data": parts,
                "markLine": {
                    "silent": True,
                    "symbol": "none",
                    "lineStyle": {"color": AMBER, "type": "solid", "width": 2},
                    "label": {"formatter": "Dunbar's", "position": "end"},
                    "data": [{"xAxis": 100}],
                },
            },
        ],
    }


def describe(circles: Sequence[Circle]) -> str:
    """The bars in words."""
    return "Ties in each layer: " + "; ".join(
        f"{circle.name} {circle.count:,}, Dunbar's is {circle.size:,}" for circle in circles
    )
