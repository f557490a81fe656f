"""What is kept on this machine: the imports, a copy to take away and to bring back, the check, and the end of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import streamlit as st

from auditor.errors import AuditorError
from auditor.telling import many
from auditor.ui import kept, state
from auditor.ui.text import md, plain

TITLE = "Kept here"
_SURE = "sure"


def show() -> None:
    """The store, and what can be done with it."""
    if trouble := kept.trouble():
        st.error(md(trouble), title="The store on this machine", icon=":material/error:")
    if kept.imports().empty:
        st.markdown("**No export is kept on this machine.** *Keep for next week*, above an audit, keeps it.")
        _said()
    else:
        st.markdown(
            "**Kept on this machine**, in a file that only you can read, and a weekly copy. No message text is there."
        )
        st.code(plain(kept.place()), language=None, wrap_lines=True)
        _imports()
        _look()
    if kept.exists():
        _copy()
    _restore()
    if kept.exists():
        _end()


def _said() -> None:
    """What the owner said of people, which is kept without an export too."""
    marks = kept.marks()
    tables = {
        "mark": marks.labels,
        "rating": marks.ratings,
        "decision on who is who": marks.decisions,
        "note": kept.notes(),
    }
    if said := [many(len(table), what) for what, table in tables.items() if len(table)]:
        st.markdown(f"**What you said of people is**: {', '.join(said)}, in a file that only you can read.")


def _imports() -> None:
    """The imports, each to be forgotten."""
    rows: Iterable[Any] = kept.imports().itertuples()
    for held in rows:
        row = st.container(horizontal=True, vertical_alignment="center")
        row.text(f"{plain(held.label)} · {held.at:%Y-%m-%d} · {held.interactions:,} interactions")
        row.button(
            "Forget", key=f"forget-import-{held.id}", icon=":material/delete:", on_click=state.forget_import,
            args=(int(held.id),), help="Deletes what this import alone brought",
        )  # fmt: skip


def _look() -> None:
    """Looks for the next export where downloads lie; `auditor watch` does so by itself."""
    st.subheader("The next export")
    line = st.container(horizontal=True, vertical_alignment="bottom")
    folder = line.text_input(
        "Look for the next export in", str(Path.home() / "Downloads"), key="downloads", persist_state="session",
        help="`auditor watch FOLDER` does this by itself, as long as it runs.",
    )  # fmt: skip
    if line.button("Look now", icon=":material/travel_explore:", key="look"):
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


def _copy() -> None:
    """The whole store as a ZIP, and whether it is sound."""
    st.subheader("A copy, and a check")
    line = st.container(horizontal=True)
    line.download_button(
        "Download all of it (.zip)", kept.copy, "auditor store.zip", "application/zip", key="copy",
        icon=":material/download:", on_click="ignore",
        help="One CSV a table, your ratings and notes too. It gives the same store back, here or on another machine.",
    )  # fmt: skip
    if line.button("Check it", icon=":material/health_and_safety:", key="verify"):
        st.text(plain(kept.checked()))
    if line.button(
        "Repair it", icon=":material/healing:", key="repair",
        help="Brings back what can be read of a damaged store, and moves the damaged file beside it. A store that is "
        "whole is left as it is.",
    ):  # fmt: skip
        told = kept.repair()
        state.reopen()
        st.text(plain(told))


def _restore() -> None:
    """The way back from such a copy."""
    with st.expander("Bring a copy back", icon=":material/settings_backup_restore:", key="restore"):
        packed = st.file_uploader("A copy that was downloaded here", type="zip", key="restore-zip")
        held = kept.exists() and bool(len(kept.imports()))
        sure = not held or st.checkbox("It takes the place of all that is kept now", key="restore-sure")
        if st.button("Bring it back", key="restore-now", disabled=not (packed and sure)) and packed:
            kept.restore(packed.getvalue())
            if not kept.trouble():
                state.reopen()
            st.rerun()


def _end() -> None:
    st.subheader("Delete everything")
    if st.checkbox("I want to delete everything, for good: exports, marks, ratings, decisions and notes", key=_SURE):
        st.button("Delete everything", key="forget-all", icon=":material/delete_forever:", on_click=_delete)


def _delete() -> None:
    state.forget_everything()
    st.session_state[_SURE] = False
    if not kept.trouble():
        st.toast("All that was kept is deleted. Files that you downloaded stay.", icon=":material/delete_forever:")
