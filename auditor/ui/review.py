"""The frame of the Review page: three ways in which the owner's word mends the audit."""

from __future__ import annotations

import streamlit as st

from auditor.ui import header, state

ONE_BY_ONE, WHO_IS_WHO, RATE_THIRTY = PARTS = ("One by one", "Who is who", "Rate thirty")


def show(found: state.Export) -> None:
    """The Review page of an export: the part that the address names, by default the first."""
    header.show(found, "Review")
    part = st.segmented_control(
        "What to review", PARTS, default=ONE_BY_ONE, required=True, key="review", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    if part == WHO_IS_WHO:
        from auditor.ui import whoiswho

        whoiswho.show(found)
    elif part == RATE_THIRTY:
        from auditor.ui import rating

        rating.show(found)
    else:
        from auditor.ui import triage

        triage.show(found)
