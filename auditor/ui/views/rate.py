"""The rating page: thirty names, one at a time, to see how right depth is about the owner's own people."""

from __future__ import annotations

import streamlit as st

from auditor.ui import state

found = state.export()
if found is None:
    st.title("Rate thirty")
    st.info(
        "Thirty of your people to rate, one click each, stand here once an export was read.", icon=":material/info:"
    )
    st.page_link("views/audit.py", label="Choose an export, or try the sample", icon=":material/upload:")
else:
    from auditor.ui import rating

    rating.show(found)
