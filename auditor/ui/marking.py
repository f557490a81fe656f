"""What the owner marks, on one person or on many at once; each step can be taken back as one, in the order it came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from auditor.ui import kept
from auditor.ui.text import md, short

if TYPE_CHECKING:
    import pandas as pd

    from auditor.audit import Audit

_STEPS, _TELL = "marking-steps", "marking-tell"
ICONS = {
    "keep": ":material/bookmark_added:",
    "let go": ":material/logout:",
    "reach out": ":material/waving_hand:",
    "know well": ":material/favorite:",
}
"""One picture a verb, wherever it stands."""

OPPOSITES = {"keep": "let go", "let go": "keep"}
"""Of these two labels a person has one at most."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change. `words` says what was done; the tables are what stood on the mentions before."""

    words: str  # "who: what"; who may hold somebody's name
    mentions: tuple[str, ...]
    ratings: pd.DataFrame
    labels: pd.DataFrame


def mark(
    words: str,
    audit: Audit,
    humans: Sequence[str],
    *,
    add: Collection[str] = (),
    remove: Collection[str] = (),
    rating: str | None = None,
) -> None:
    """Marks all of `humans` in one step: writes the labels `add`, takes off `remove`, and rates, where `rating` is set;
    an empty `rating` takes theirs back.

    `words` name the step for whoever takes it back ("3 people: let go"). Where the store cannot be written, nothing is
    changed, and `kept.trouble` says why.
    """
    import pandas as pd

    from auditor.marks import label_table, rating_table

    mentions = tuple(dict.fromkeys([*humans, *map(str, audit.human.index[audit.human.isin(list(humans))])]))
    ratings, labels = kept.marks_on(mentions)
    now = kept.moment()
    off = {*remove, *add, *(OPPOSITES[label] for label in add if label in OPPOSITES)}
    fresh = [{"person": human, "label": label, "at": now} for human in humans for label in add]
    after = pd.concat([labels[~labels["label"].isin(off)], label_table(fresh or None)], ignore_index=True)
    given = [{"person": human, "rating": rating, "at": now} for human in humans] if rating else None
    rated = ratings if rating is None else rating_table(given)
    kept.set_marks(mentions, rated, after)
    if not kept.trouble():
        steps().append(Step(words, mentions, ratings, labels))
        if len(humans) > 1:
            st.session_state[_TELL] = f"{told(steps()[-1])}. *Undo* takes it back."


def told(step: Step) -> str:
    """What a step did, as Markdown in which a name is shown as it is."""
    who, _, what = step.words.rpartition(": ")
    return f"{md(short(who, 60))}: {what}"


def tell() -> None:
    """Says once that the last step marked many: a fragment's callback cannot, so what is drawn after it does."""
    if said := st.session_state.pop(_TELL, None):
        st.toast(said, icon=":material/done_all:")


def undo() -> None:
    """Takes the last step back: what stood on its people before stands on them again."""
    if steps():
        step = steps().pop()
        kept.set_marks(step.mentions, step.ratings, step.labels)


def steps() -> list[Step]:
    """The steps of this session that can be taken back, the last one at the end."""
    done: list[Step] = st.session_state.setdefault(_STEPS, [])
    return done
