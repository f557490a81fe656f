"""Machine or human, on screen: who wrote what reached the owner, and the campaigns with their twins as proof."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import streamlit as st

from auditor import campaigns
from auditor.audit import Audit
from auditor.campaigns import IN_WORDS, SENDERS
from auditor.ui.charts import AMBER, GREY, TEAL
from auditor.ui.text import plain

MOST_ROWS = 500
COLOURS = {"tie": (TEAL, 1.0), "new": (TEAL, 0.45), "templated": (AMBER, 0.9), "other": (GREY, 0.4)}
ALL = "every channel"


def show(audit: Audit) -> None:
    """What reached the owner, the campaigns, and the pitches; part of the Habits page."""
    st.subheader(
        "Machine or human", help="Messages are called templated, never a person a bot: one export cannot tell."
    )
    found = audit.automation
    if found.reached.empty:
        st.caption("Nothing in these files came in, so there is nothing to tell apart.")
        return
    st.markdown(f"Of what reached you, {campaigns.describe(found)}.")
    _reached(found.reached)
    _campaigns(audit)
    _pitches(audit)


def how(function: Callable[..., object]) -> str:
    """How something is measured: what its function says of itself, in one line."""
    return " ".join((inspect.getdoc(function) or "").split())


def _reached(reached: pd.DataFrame) -> None:
    names = sorted(reached["channel"].unique())
    channel = st.pills("Channel", [ALL, *names], default=ALL, key="reached-channel") if len(names) > 1 else ALL
    rows = reached if channel in (None, ALL) else reached[reached["channel"] == channel]
    months = by_month(rows)
    st.echarts_chart(bars(months), height=280, key="reached", alt=describe(months))
    with st.expander("The numbers, and how they are measured", key="reached-table"):
        shown = reached.rename(columns={"month": "Month", "channel": "Channel", **IN_WORDS})
        st.dataframe(shown, hide_index=True, key="reached-rows", alt="What reached you, by month and channel")
        st.caption(f"**How is this measured?** {how(campaigns.reached)}")


def by_month(reached: pd.DataFrame) -> pd.DataFrame:
    """What reached the owner by month, without gaps: one column a sender."""
    months = reached.groupby("month")[list(SENDERS)].sum()
    every = pd.period_range(months.index.min(), months.index.max(), freq="M").strftime("%Y-%m")
    return months.reindex(every, fill_value=0)


def bars(months: pd.DataFrame) -> dict[str, Any]:
    """The months as stacked bars, ties at the bottom."""
    return {
        "animation": False,
        "grid": {"left": 8, "right": 8, "top": 12, "bottom": 40, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}, "confine": True},
        "legend": {"bottom": 0, "icon": "circle"},
        "xAxis": {"type": "category", "data": list(months.index)},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [
            {
                "type": "bar",
                "name": IN_WORDS[sender],
                "stack": "reached",
                "barCategoryGap": "20%",
                "barMaxWidth": 60,
                "itemStyle": {"color": colour, "opacity": opacity},
                "data": months[sender].tolist(),
            }
            for sender, (colour, opacity) in COLOURS.items()
        ],
    }


def describe(months: pd.DataFrame) -> str:
    """The bars in words."""
    counts = ", ".join(f"{int(months[sender].sum()):,} {words}" for sender, words in IN_WORDS.items())
    return f"What reached you from {months.index[0]} to {months.index[-1]}: {counts}."


def _campaigns(audit: Audit) -> None:
    found = audit.automation.campaigns
    st.markdown("##### Templates")
    if found.empty:
        st.caption("No text of some length went to three people, or came three times.")
    else:
        rows: Iterable[Any] = found.itertuples()
        said = {f"{place}. {campaigns.sentence(row)}": row.Index for place, row in enumerate(rows, 1)}
        label = f"{len(said):,} templates, most people first"
        chosen = str(st.selectbox(label, [*said], key="template"))
        copies = audit.automation.copies
        _table(audit, copies[copies["campaign"] == said[chosen]], "twins", chosen)
    st.caption(f"**How is this measured?** {how(campaigns.templates)}")


def _pitches(audit: Audit) -> None:
    found = audit.automation.pitches
    if found.empty:
        return
    with st.expander(f"{len(found):,} pitches from strangers that you never answered", key="pitches"):
        _table(audit, found, "pitch-rows", "Pitches from strangers")
        st.caption(f"**How is this measured?** {how(campaigns.pitches)}")


def _table(audit: Audit, rows: pd.DataFrame, key: str, alt: str) -> None:
    """Who, when, and where it stands in the files: never the text, which is forgotten."""
    some = rows.head(MOST_ROWS)
    names = [plain(name) for name in some["human"].map(audit.ties["name"])]
    columns = {
        "Who": names,
        "When": some["at"].dt.strftime("%Y-%m-%d %H:%M"),
        "Channel": some["channel"].astype("str"),
        "File": some["source"],
        "Row": some["row"],
    }
    st.dataframe(pd.DataFrame(columns), hide_index=True, key=key, alt=alt, height=min(320, 36 * len(some) + 40))
    if len(rows) > len(some):
        st.caption(f"The first {len(some):,} of {len(rows):,}.")
