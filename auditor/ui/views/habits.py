"""The Habits page: what the owner does, in figures with their lists."""

from __future__ import annotations

import streamlit as st

from auditor.ui import state

found = state.export()
if found is None:
    st.title("Habits")
    st.info("What you do about your network stands here once an export was read.", icon=":material/info:")
    st.page_link("views/audit.py", label="Choose an export, or try the sample", icon=":material/upload:")
else:
    from auditor.ui import habits

    habits.show(found)
