"""The self-audit on screen: whether depth would have known a year ago which ties would last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from auditor.backtest import Backtest, Ranked
from auditor.ui import state
from auditor.ui.charts import GREY, TEAL
from auditor.ui.text import md

ROW = 44
"""Pixels a score takes."""


def show(found: state.Export) -> None:
    """One honest sentence, and a small picture of it."""
    st.subheader(
        "Does depth know your past?",
        help="The audit is made again as of a year ago, and judged by who was in touch with you since.",
    )
    place = st.container()
    with place.skeleton(height=5 * ROW):
        result = state.backtested(found)
    with place:
        _result(result)


def _result(result: Backtest) -> None:
    st.markdown(md(result.sentence))
    if not result.scores:
        return
    st.echarts_chart(
        ranks(result.scores), height=ROW * len(result.scores) + 56, key="self-audit", alt=describe(result.scores)
    )
    st.caption(
        f"AUC: the chance that a tie that lasted was ranked before one that did not; the lines are 90 % intervals. Of "
        f"{result.ties:,} ties as of {result.as_of:%B %Y}, {result.lasting:,} had contact in both directions since."
    )


def ranks(scores: Sequence[Ranked]) -> dict[str, Any]:
    """A dot with its interval for each score, on a scale that begins with guessing or with the lowest interval."""
    lowest = min(0.5, *(int(10 * score.low) / 10 for score in scores))
    return {
        "animation": False,
        "grid": {"left": 4, "right": 20, "top": 8, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "value", "min": round(lowest, 1), "max": 1, "interval": 0.1},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [_label(score) for score in scores],
            "axisTick": {"show": False},
        },
        "series": [part for place, score in enumerate(scores) for part in _dot(place, score)],
    }


def _label(score: Ranked) -> str:
    return f"{_SHORT.get(score.name, score.name)}  {score.auc:.2f}"


_SHORT = {"recency, count and active days together": "all three: RFM", "message count": "count"}


def _dot(place: int, score: Ranked) -> list[dict[str, Any]]:
    colour = TEAL if place == 0 else GREY
    line = {
        "type": "line",
        "silent": True,
        "showSymbol": False,
        "lineStyle": {"color": colour, "width": 3, "opacity": 0.6},
        "data": [[round(score.low, 3), place], [round(score.high, 3), place]],
    }
    dot = {
        "type": "scatter",
        "silent": True,
        "symbolSize": 13,
        "itemStyle": {"color": colour, "opacity": 1},
        "data": [[round(score.auc, 3), place]],
    }
    return [line, dot]


def describe(scores: Sequence[Ranked]) -> str:
    """The picture in words."""
    each = "; ".join(f"{score.name} {score.auc:.2f} ({score.low:.2f} to {score.high:.2f})" for score in scores)
    return f"How well each score ranked last year's lasting ties, as AUC with its 90 % interval: {each}."
