"""What every page of an audit has on top."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from auditor.errors import AuditorError
from auditor.ui import kept, state, welcome
from auditor.ui.text import md, plain


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
    if found.kept:
        with line.popover("Kept", icon=":material/inventory_2:", help="What is kept on this machine"):
            _imports()
    else:
        _not_kept(line, found)
    kept.marks()  # whatever is wrong with the store is known by now
    if trouble := kept.trouble():
        st.error(md(trouble), title="The store on this machine", icon=":material/error:")
    welcome.problem()


def _look() -> None:
    """Looks for the next export where downloads lie; `auditor watch` does so by itself."""
    folder = st.text_input(
        "Look for the next export in", str(Path.home() / "Downloads"), key="downloads", persist_state="session",
        help="`auditor watch FOLDER` does this by itself, as long as it runs.",
    )  # fmt: skip
    if st.button("Look now", icon=":material/travel_explore:", key="look"):
        from auditor import watch

        try:
            export = watch.newest(Path(folder).expanduser())
        except AuditorError as error:
            st.error(md(error))
            return
        if export is None:
            st.info("There is no whole export of LinkedIn's in that folder.")
        elif state.load([export], export.name):
            st.rerun()


def _not_kept(line: DeltaGenerator, found: state.Export) -> None:
    """The choice between keeping what was read and forgetting it; the sample is nobody's to keep."""
    if not found.label.startswith(welcome.SAMPLE):
        line.button(
            "Keep for next week", icon=":material/bookmark_add:", key="keep", on_click=state.keep, args=(found,),
            help="Keeps counts, times and names, and no message text, in one file here that only you can read. "
            "Next week you add the new export and see what changed. You can delete it here at any time.",
        )  # fmt: skip
    if line.button("Forget this export", icon=":material/delete:", key="forget"):
        state.forget()
        st.rerun()


def _imports() -> None:
    """The imports, each to be forgotten, or all at once."""
    st.markdown("**Kept on this machine**, in one file that only you can read. No message text is in it.")
    rows: Iterable[Any] = kept.imports().itertuples()
    for held in rows:
        row = st.container(horizontal=True, vertical_alignment="center")
        row.text(f"{plain(held.label)} · {held.at:%Y-%m-%d} · {held.interactions:,} interactions")
        row.button(
            "Forget", key=f"forget-import-{held.id}", icon=":material/delete:", on_click=state.forget_import,
            args=(int(held.id),), help="Deletes what this import alone brought",
        )  # fmt: skip
    _look()
    if st.checkbox("I want to delete everything, my ratings and decisions too", key="sure"):
        st.button("Delete everything", key="forget-all", type="primary", on_click=state.forget_everything)
