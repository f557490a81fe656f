"""How long it takes until a connection takes hold, as an ECharts option and in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from auditor.habits import Pace
from auditor.survival import Curve
from auditor.ui.charts import AMBER, TEAL
from auditor.ui.text import md

_YEAR = 365.25


def show(found: Pace) -> None:
    """The curve with its band, or why there is none."""
    st.subheader("How long it takes")
    st.markdown(md(found.sentence))
    if found.withheld or not len(found.curve.time):
        return
    st.echarts_chart(option(found.curve), height=300, key="pace", alt=describe(found.curve))
    with st.expander("How is this measured?", key="pace-how"):
        st.caption(md(found.how))


def option(curve: Curve) -> dict[str, Any]:
    """The share that took hold against the years since connecting, in steps, with its 90 % band."""
    years = np.r_[0.0, curve.time, curve.until].round(3) / _YEAR
    share, low, high = (_stepped(each) for each in (curve.survival, curve.high, curve.low))
    top = max(10.0, float(np.ceil(high.max() / 10) * 10))
    half = [{"yAxis": 50, "name": "half"}] if curve.median is not None else []
    return {
        "animation": False,
        "grid": {"left": 8, "right": 24, "top": 16, "bottom": 28, "containLabel": True},
        "tooltip": {"trigger": "axis", "confine": True},
        "xAxis": {"type": "value", "name": "years since connecting", "nameLocation": "middle", "nameGap": 26},
        "yAxis": {"type": "value", "min": 0, "max": min(top, 100), "axisLabel": {"formatter": "{value} %"}},
        "series": [
            _line("lowest of the band", years, low, {"lineStyle": {"opacity": 0}, "stack": "band"}),
            _line("band (90 %)", years, high - low, _BAND),
            _line("took hold", years, share, {"lineStyle": {"color": TEAL, "width": 2}, "markLine": _mark(half)}),
        ],
    }


def _stepped(waiting: Any) -> Any:
    """The share that got there, from nobody at the beginning to the end of watching."""
    there = np.r_[0.0, 100 * (1 - waiting)]
    return np.r_[there, there[-1]].round(2)


_BAND = {"lineStyle": {"opacity": 0}, "stack": "band", "areaStyle": {"color": TEAL, "opacity": 0.18}}


def _line(name: str, years: Any, share: Any, style: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "step": "end",
        "showSymbol": False,
        "itemStyle": {"color": TEAL},
        "data": [[float(x), round(float(y), 2)] for x, y in zip(years, share, strict=True)],
        **style,
    }


def _mark(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {"silent": True, "symbol": "none", "lineStyle": {"color": AMBER}, "data": lines}


def describe(curve: Curve) -> str:
    """The curve in words."""
    after = ", ".join(f"{curve.after(n * 365):.0%} after {n} {'year' if n == 1 else 'years'}" for n in (1, 2, 5))
    return f"Share of {curve.subjects:,} connections that took hold, by the time since connecting: {after}."
