"""Whole groups to decide on at once, beside the card: each is one batch, and is undone as one."""

from __future__ import annotations

import streamlit as st

from auditor.habits.habit import counted
from auditor.triage import Offer, Plan, decided
from auditor.ui import kept, marking

_MOVED = "groups-moved"
_WORDS = {"keep": "Keep", "let go": "Let go of"}
_COLUMNS = {
    "name": st.column_config.TextColumn("Name", width=170),
    "reason": st.column_config.TextColumn("Why", width=420),
}


def show(plan: Plan, done: frozenset[str]) -> None:
    """The groups among those on whom the owner has not decided; `done`: those on whom they have."""
    st.subheader("Or a whole group", help="Only people on whom you have not decided. One press, and one undo for all.")
    if st.session_state.get(_MOVED):
        st.warning(
            "The group is no longer the one you saw, so nothing was done. Here is who is in it now.",
            icon=":material/sync_problem:",
        )
    marking.tell()
    offers = plan.offers(done)
    for offer in offers:
        _offer(plan, offer)
    if not offers:
        st.caption("No group is left: everybody else is best looked at one by one.")


def seen() -> None:
    """Lets go of the warning that a group has moved."""
    st.session_state.pop(_MOVED, None)


def _offer(plan: Plan, offer: Offer) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"**{offer.title}**")
        line = st.container(horizontal=True)
        line.button(
            f"{_WORDS[offer.label]} {len(offer.humans):,}", key=f"offer-{offer.key}", icon=":material/done_all:",
            on_click=_take, args=(plan, offer),
        )  # fmt: skip
        if line.button("See who", key=f"who-{offer.key}", icon=":material/visibility:"):
            _who(plan, offer)


@st.dialog("Who they are", width="large")
def _who(plan: Plan, offer: Offer) -> None:
    st.markdown(f"**{offer.title}**")
    st.dataframe(
        plan.people.loc[list(offer.humans), ["name", "reason"]], hide_index=True, column_config=_COLUMNS,
        height=400, key=f"whom-{offer.key}", alt=f"Who they are: {offer.title}",
    )  # fmt: skip


def _take(plan: Plan, offer: Offer) -> None:
    """Marks the group, if it is still the one that was shown: the store may have been written elsewhere since."""
    there = offer in plan.offers(decided(plan.audit, kept.marks()))
    st.session_state[_MOVED] = not there
    if there:
        words = f"{counted(len(offer.humans), 'person', 'people')}: {offer.label}"
        marking.mark(words, plan.audit, offer.humans, add=[offer.label])
