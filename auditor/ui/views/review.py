"""The Review page: who may be the same human, one pair at a time."""

from __future__ import annotations

import streamlit as st

from auditor.ui import state

found = state.export()
if found is None:
    st.title("Who is who")
    st.info("People who may be one and the same stand here once files were read.", icon=":material/info:")
    st.page_link("views/audit.py", label="Choose an export, or try the sample", icon=":material/upload:")
else:
    from auditor.ui import review

    review.show(found)
