"""The page This week: one ISO week in a minute of reading; before there is data, what will stand here."""

from __future__ import annotations

import streamlit as st

from auditor.ui import state

found = state.export()
if found is None:
    st.title("This week")
    st.info(
        "Whether your network gets deeper or only bigger, who moved, who waits for you, and three things worth doing "
        "stand here once an export was read.",
        icon=":material/info:",
    )
    st.page_link("views/audit.py", label="Choose an export, or try the sample", icon=":material/upload:")
else:
    from auditor.ui import week

    week.show(found)
