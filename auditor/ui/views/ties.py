"""The Ties page: every connection in one table, filtered, each with its reason."""

from __future__ import annotations

import streamlit as st

from auditor.ui import state

found = state.export()
if found is None:
    st.title("Ties")
    st.info("Every tie with its depth and its reason stands here once an export was read.", icon=":material/info:")
    st.page_link("views/audit.py", label="Choose an export, or try the sample", icon=":material/upload:")
else:
    from auditor.ui import listing

    listing.show(found)
