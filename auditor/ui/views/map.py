"""The map: the communities among the owner's people, and who bridges them."""

from __future__ import annotations

import streamlit as st

from auditor.ui import state

found = state.export()
if found is None:
    st.title("Map")
    st.info(
        "The groups among your people, and who links them, stand here once an export was read.", icon=":material/info:"
    )
    st.page_link("views/audit.py", label="Choose an export, or try the sample", icon=":material/upload:")
else:
    from auditor.ui import mapping

    mapping.show(found)
