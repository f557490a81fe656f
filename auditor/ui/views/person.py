"""The page of one person: what there was between you, and what you know of them."""

from __future__ import annotations

import streamlit as st

from auditor.ui import state

found = state.export()
if found is None:
    st.title("Person")
    st.info("Everything about one person stands here once an export was read.", icon=":material/info:")
    st.page_link("views/audit.py", label="Choose an export, or try the sample", icon=":material/upload:")
else:
    from auditor.ui import person

    person.show(found)
