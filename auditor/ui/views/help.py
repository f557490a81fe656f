"""The Help page: the words, the files, the score and the privacy, from auditor/help/."""

from __future__ import annotations

import streamlit as st

from auditor.ui import manual

st.title("Help")
tabs = st.tabs([page.title for page in manual.PAGES], key="help", bind="query-params", on_change="rerun")
for tab, page in zip(tabs, manual.PAGES, strict=True):
    tab.markdown(manual.text(page))
