"""What every page of an audit has on top."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from auditor.telling import in_words, many
from auditor.ui import keeping, kept, state, welcome
from auditor.ui.text import md, plain

OLD = 60
"""Days from which on the end of the files is said to be long ago."""


def show(found: state.Export, title: str) -> None:
    """The page's title, whose data this is, the day it is seen from, and what can be done with it."""
    first, last = state.days(found)
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line.container(width="stretch"):
        st.title(title)
        owner = plain(found.records.owner.names[0]) if found.records.owner.names else ""
        st.text(" · ".join(x for x in (owner, f"from {plain(found.label)}") if x))
    st.session_state.setdefault(state.DAY, last)  # a default of its own would stay in the box after the next export
    line.date_input(
        "As of", min_value=first, max_value=last, key=state.DAY, format="YYYY-MM-DD", width=150,
        persist_state="session", help="Shows the audit as it would have been on that day: nothing later counts.",
    )  # fmt: skip
    if old := _old(found, last):
        st.markdown(f":material/history: {old}")
    if kept.mask():
        _masked(line)
        return
    with line.popover("Add files", icon=":material/upload:"):
        welcome.ways_in(again=True)
    if found.kept:
        line.page_link(
            "views/data.py", label="Kept", icon=":material/inventory_2:", query_params={"part": keeping.TITLE},
            help="What is kept on this machine, and how to be rid of it", width="content",
        )  # fmt: skip
    else:
        _not_kept(line, found)
    kept.marks()  # whatever is wrong with the store is known by now
    if trouble := kept.trouble():
        st.error(md(trouble), title="The store on this machine", icon=":material/error:")
    welcome.problem()


def _old(found: state.Export, last: date) -> str | None:
    """What to know of files that end long ago: the sentences of every page are as of then."""
    days = (datetime.now(UTC).date() - last).days
    if days <= OLD or found.label.startswith(welcome.SAMPLE):
        return None
    since = f"{days // 365} years ago" if days >= 2 * 365 else f"{many(round(days / 30.4), 'month')} ago"
    return f"**These files end on {in_words(last)}, {since}.** Everything here is as of then: ask for a new export."


def _masked(line: DeltaGenerator) -> None:
    """While names are replaced: the way back, and that nothing can be changed meanwhile."""
    line.button(
        "Show the real names", icon=":material/visibility:", key="unmask", on_click=state.mask, kwargs={"on": False}
    )
    if trouble := kept.trouble():
        st.error(md(trouble), title="Nothing was changed", icon=":material/theater_comedy:")


def _not_kept(line: DeltaGenerator, found: state.Export) -> None:
    """The choice between keeping what was read and forgetting it; the sample is nobody's to keep."""
    if not found.label.startswith(welcome.SAMPLE):
        line.button(
            "Keep for next week", icon=":material/bookmark_add:", key="keep", on_click=state.keep, args=(found,),
            help="Keeps counts, times and names, and no message text, in one file here that only you can read. "
            "Next week you add the new export and see what changed. You can delete it here at any time.",
        )  # fmt: skip
    with line.popover("Forget this export", icon=":material/delete:"):
        st.text("Closes what was read. To see it again, it has to be read again. The files stay where they are.")
        if st.button("Forget it", icon=":material/delete:", key="forget"):
            state.forget()
            st.rerun()
