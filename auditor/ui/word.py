"""The owner's word on one person: what is to become of the tie, and how well they know them; every step taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from auditor.marks import LABELS, RATINGS, of_humans
from auditor.ui import kept, marking, people
from auditor.ui.text import short

if TYPE_CHECKING:
    from auditor.audit import Audit


def show(audit: Audit, human: str) -> None:
    """The marks and the rating of one person, to be changed with a click."""
    mentions = [human, *map(str, audit.human.index[audit.human == human])]
    labels, rating = f"labels-{people.ref(human)}", f"rating-{people.ref(human)}"
    st.session_state[labels] = kept.labels(mentions)  # the store's word, whoever changed it last
    st.session_state[rating] = _rated(audit, human)
    st.pills(
        "Your marks", LABELS, selection_mode="multi", key=labels, on_change=_marked, args=(audit, human, labels),
        format_func=str.capitalize, help="Kept on this machine. Family callers are told apart; whom you let go of is "
        "proposed no more; whom you want to reach out to comes first in the weekly report.",
    )  # fmt: skip
    st.pills(
        "How well you know them", RATINGS, key=rating, on_change=_rated_anew, args=(audit, human, rating),
        format_func=str.capitalize, help="Kept on this machine. Nothing that is measured overrules it.",
    )  # fmt: skip
    if steps := marking.steps():
        st.button(
            f"Undo: {marking.told(steps[-1])}", icon=":material/undo:", key=f"unmark-{people.ref(human)}",
            on_click=marking.undo,
        )  # fmt: skip


def _rated(audit: Audit, human: str) -> str | None:
    given = of_humans(kept.ratings(), audit.human)
    return next(iter(given.loc[given["person"] == human, "rating"]), None)


def _marked(audit: Audit, human: str, key: str) -> None:
    before = set(kept.labels([human, *map(str, audit.human.index[audit.human == human])]))
    after = set(st.session_state[key])
    what = ", ".join([*sorted(after - before), *(f"no longer {label}" for label in sorted(before - after))])
    marking.mark(f"{_name(audit, human)}: {what}", audit, [human], add=after - before, remove=before - after)


def _rated_anew(audit: Audit, human: str, key: str) -> None:
    rating = st.session_state[key]
    marking.mark(f"{_name(audit, human)}: {rating or 'no rating'}", audit, [human], rating=rating or "")


def _name(audit: Audit, human: str) -> str:
    return short(audit.ties.loc[human, "name"], 40)
