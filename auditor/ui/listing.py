"""The table of ties: filters on top, the reason in every row, the parts of the depth below, the download beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from auditor import dunbar
from auditor.deliver import ties_csv
from auditor.filters import TieFilter, shallow
from auditor.kinds import KINDS
from auditor.ui import header, state, tie

CHIPS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "Shallow": shallow,
    "Deep": TieFilter(states=("deep",)).apply,
    "Dormant": TieFilter(kinds=("dormant",)).apply,
    "Never spoken": TieFilter(kinds=("never-spoken",)).apply,
    "Waiting for you": TieFilter(kinds=("unanswered",)).apply,
    "Waiting for them": TieFilter(kinds=("chased",)).apply,
}
"""Ready-made questions; a chip narrows, the filters below narrow further."""

STATES = ("deep", "light", "unobserved")
LAYERS = (*(layer.name for layer in dunbar.LAYERS), "none")
COLUMNS = (
    "name", "depth", "kind", "reason", "company", "position", "last_contact", "connected_on", "state", "layer",
    "profile_url",
)  # fmt: skip
FILTERS = "chip text states kinds layers depth company connected last_contact everyone".split()


def show(found: state.Export) -> None:
    """The Ties page of an export."""
    header.show(found, "Ties")
    audit = state.audited(found)
    chips, search, above = st.container(), st.container(), st.container()
    ties = audit.ties if st.session_state.get("everyone") else audit.connections
    chosen = _filters(search, ties, len(audit.ties) - len(audit.connections)).apply(_chip(chips, ties))
    _count_and_download(above, chosen, len(ties))
    if chosen.empty:
        st.info(_loosen(), title="No tie passes all of these filters", icon=":material/filter_list_off:")
        return
    human = _table(state.table(found).loc[chosen.index])
    if human is not None:
        tie.show(audit, human)


def _chip(place: DeltaGenerator, ties: pd.DataFrame) -> pd.DataFrame:
    chip = place.pills("Show", list(CHIPS), key="chip", label_visibility="collapsed", persist_state="session")
    return CHIPS[chip](ties) if chip else ties


def _filters(place: DeltaGenerator, ties: pd.DataFrame, others: int) -> TieFilter:
    line = place.container(horizontal=True, vertical_alignment="bottom")
    text = line.text_input(
        "Search names, companies and positions", type="search", key="text", live=True, persist_state="session",
        placeholder="typos are forgiven", width=320,
    )  # fmt: skip
    kinds = line.multiselect("Kind", [kind.name for kind in KINDS], key="kinds", persist_state="session", width=320)
    with line.popover("More filters", icon=":material/tune:"):
        more = _more(ties)
        if others:
            st.toggle(
                f"Also the {others:,} people who are not on your connection list",
                key="everyone",
                persist_state="session",
            )
    line.button("Reset", icon=":material/restart_alt:", key="reset", on_click=_reset)
    return TieFilter(kinds=kinds, text=text or "", **more)


def _more(ties: pd.DataFrame) -> dict[str, Any]:
    companies = sorted(ties["company"].dropna().unique(), key=str.casefold)
    layers = st.pills("Layer", LAYERS, selection_mode="multi", key="layers", persist_state="session")
    return {
        "states": st.pills("State", STATES, selection_mode="multi", key="states", persist_state="session"),
        "layers": layers,
        "depth": st.slider("Depth", 0, 100, (0, 100), key="depth", persist_state="session"),
        "company": st.selectbox("Company", companies, None, key="company", persist_state="session") or "",
        "connected": _between("Connected between", ties["connected_on"], "connected"),
        "last_contact": _between("Last contact between", ties["last_contact"], "last_contact"),
    }


def _between(label: str, moments: pd.Series[pd.Timestamp], key: str) -> tuple[date | None, date | None]:
    """A range of days, each end of which may stay open."""
    known = moments.dropna()
    if known.empty:
        return None, None
    first, last = known.min().date(), known.max().date()
    picked = st.date_input(label, [], first, last, key=key, format="YYYY-MM-DD", persist_state="session")
    ends = picked if isinstance(picked, tuple) else (picked,)
    return (ends[0] if ends else None), (ends[1] if len(ends) > 1 else None)


def _reset() -> None:
    for key in FILTERS:
        st.session_state.pop(key, None)


def _count_and_download(place: DeltaGenerator, chosen: pd.DataFrame, of: int) -> None:
    line = place.container(horizontal=True, vertical_alignment="center")
    line.markdown(f"**{len(chosen):,}** of {of:,}", width="content")
    line.download_button(
        "Download these as CSV", lambda: ties_csv(chosen) or "", "ties.csv", "text/csv", key="download",
        icon=":material/download:", disabled=chosen.empty, on_click="ignore",
        help="With every column. Cells that a spreadsheet would run as a formula are made harmless.",
    )  # fmt: skip


def _loosen() -> str:
    """Which of the filters that are set to loosen, the narrowest sort first."""
    named = {
        "text": "a shorter or another search text",
        "company": "no company",
        "connected": "a wider time of connecting",
        "last_contact": "a wider time of the last contact",
        "depth": "a wider range of depth",
        "kinds": "more kinds, or none",
        "states": "more states, or none",
        "layers": "more layers, or none",
        "chip": "no chip",
    }
    held = [words for key, words in named.items() if _is_set(key)]
    return f"Try {'; or '.join(held)}." if held else "There is nobody in these files."


def _is_set(key: str) -> bool:
    value = st.session_state.get(key)
    return bool(value) and value != (0, 100)


def _table(shown: pd.DataFrame) -> str | None:
    """The table; the human whose row is selected, or None."""
    event = st.dataframe(
        shown,
        hide_index=True,
        column_order=COLUMNS,
        column_config=_COLUMNS,
        height=min(600, 36 * len(shown) + 40),
        key="ties",
        on_select="rerun",
        selection_mode="single-row",
        alt="The ties that pass the filters, deepest first",
    )
    st.caption("Select a row to see the parts of its depth. Click a column to sort.")
    rows = [row for row in event.selection.rows if row < len(shown)]
    return str(shown.index[rows[0]]) if rows else None


_COLUMNS = {
    "name": st.column_config.TextColumn("Name", width=170),
    "depth": st.column_config.ProgressColumn(
        "Depth", min_value=0, max_value=100, format="%.0f", width=100, help="0 to 100; see Data & method."
    ),
    "reason": st.column_config.TextColumn("Why", width=690),
    "kind": st.column_config.TextColumn("Kind", width=110),
    "state": st.column_config.TextColumn("State", help="deep, light, or unobserved: no file would show any contact"),
    "layer": st.column_config.TextColumn("Layer"),
    "company": st.column_config.TextColumn("Company"),
    "position": st.column_config.TextColumn("Position"),
    "connected_on": st.column_config.TextColumn("Connected"),
    "last_contact": st.column_config.TextColumn("Last contact"),
    "profile_url": st.column_config.LinkColumn("Profile", display_text="open"),
}
