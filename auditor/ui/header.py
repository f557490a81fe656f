"""What every page of an audit has on top."""

from __future__ import annotations

import streamlit as st

from auditor.ui import state, welcome
from auditor.ui.text import plain


def show(found: state.Export, title: str) -> None:
    """The page's title, whose data this is, the day it is seen from, and what can be done with it."""
    first, last = state.days(found)
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line.container(width="stretch"):
        st.title(title)
        owner = plain(found.records.owner.names[0]) if found.records.owner.names else ""
        st.text(" · ".join(x for x in (owner, f"from {plain(found.label)}") if x))
    line.date_input(
        "As of", last, first, last, key=state.DAY, format="YYYY-MM-DD", width=150, persist_state="session",
        help="Shows the audit as it would have been on that day: nothing later counts.",
    )  # fmt: skip
    with line.popover("Add files", icon=":material/upload:"):
        welcome.ways_in(again=True)
    if line.button("Forget this export", icon=":material/delete:", key="forget"):
        state.forget()
        st.rerun()
    welcome.problem()
