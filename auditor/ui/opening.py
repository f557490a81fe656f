"""The first moment of a visit: the answer that is kept is on screen before what it rests on can be read."""

from __future__ import annotations

import streamlit as st

from auditor.answer import Answer
from auditor.ui import first, kept, state


def show(*, answer_first: bool) -> None:
    """Opens what is kept; `answer_first`: with its answer on screen meanwhile, where one is kept."""
    place = st.empty()
    known = kept.answer() if answer_first else None
    if known:
        with place.container():
            _answer(*known)
    state.open_kept()
    found = state.export()
    if known and found:
        state.audited(found)  # the page finds it made
    place.empty()


def _answer(answer: Answer, current: bool) -> None:
    """The answer as of the last visit. No element of it may have the key of one of the page's."""
    st.title("Your network")
    when = "Kept on this machine." if current else "As of the last visit; something has changed since."
    st.caption(f"{when} Measuring again …")
    st.markdown(f"#### {answer.sentence}")
    first.comparison(answer)
    said, kinds = st.columns([5, 6], gap="large")
    with said:
        first.numbers(answer)
        if answer.kinds.keys() - {"unobserved"}:
            first.layers(answer, "layers-kept")
    with kinds:
        st.subheader("Kinds of tie")
        st.text("\n".join(f"{count:,} {kind}" for kind, count in answer.kinds.items()))
