"""A page before there is data: what will stand there, and the way to it."""

from __future__ import annotations

import streamlit as st

from auditor.ui import state


def export_for(title: str, words: str) -> state.Export | None:
    """The export of this session for the page of that title; where there is none, `words` say what will stand there."""
    found = state.export()
    if found is None:
        st.title(title)
        invite(words)
    return found


def invite(words: str) -> None:
    """What will stand here, in `words`, and the way to it."""
    st.info(words, icon=":material/info:")
    st.page_link("views/audit.py", label="Choose an export, or try the sample", icon=":material/upload:")
