"""Three things worth doing now, each with its evidence and the way to the person; proposals, never duties."""

from __future__ import annotations

import streamlit as st

from auditor.history import iso_week
from auditor.suggestions import Action
from auditor.ui import people, state
from auditor.ui.text import md, plain


def show(found: state.Export) -> None:
    """The three actions of the week of the chosen day, drawn into their place once the week is measured."""
    st.subheader("Worth doing", help="Proposals: nothing happens when you leave them.")
    place = st.container()
    with place.skeleton(height=150):
        report = state.week(found, iso_week(state.days(found, until_chosen=True)[1]))
    with place:
        if not report.actions:
            st.caption("Nobody waits, and nothing is overdue.")
            return
        for number, (column, action) in enumerate(zip(st.columns(3), report.actions, strict=False)):
            with column:
                _card(number, action)
        st.page_link("views/week.py", label="See the whole week", icon=":material/event:")


def _card(number: int, action: Action) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{action.what}: {md(action.name)}**")
        st.text(plain(action.why))
        if st.button("See why", icon=":material/person:", key=f"next-{number}", help="The page of this person"):
            people.show(action.human)
