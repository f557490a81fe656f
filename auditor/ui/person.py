"""One person on a page of their own."""

from __future__ import annotations

import streamlit as st

from auditor.ui import header, people, state, tie
from auditor.ui.text import plain


def show(found: state.Export) -> None:
    """The Person page of an export: whom the address names, or whom the owner picks."""
    header.show(found, "Person")
    audit = state.audited(found)
    wanted = people.named(audit, st.query_params.get(people.PARAMETER, ""))
    humans = [str(human) for human in audit.ties.index]
    human = st.selectbox(
        "Whom?", humans, humans.index(wanted) if wanted else None, format_func=lambda h: plain(audit.ties["name"][h]),
        placeholder="A name",
    )  # fmt: skip
    if human:
        tie.show(audit, human)
