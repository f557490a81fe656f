"""The Review page: what becomes of each tie, who may be the same human, how right depth is."""

from __future__ import annotations

import streamlit as st

from auditor.ui import state

found = state.export()
if found is None:
    st.title("Review")
    st.info("Your people stand here to be decided on, one at a time, once files were read.", icon=":material/info:")
    st.page_link("views/audit.py", label="Choose an export, or try the sample", icon=":material/upload:")
else:
    from auditor.ui import review

    review.show(found)
