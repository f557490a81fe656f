"""How we know: by what a person is known, what was taken for them and why, to be parted or joined, and which files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from auditor.portrait import Merge, Portrait, readable
from auditor.ui import kept, people, picking, undoing
from auditor.ui.text import plain, short

if TYPE_CHECKING:
    from auditor.audit import Audit

_PLACE = "who"  # one for all people: whoever is joined or parted goes by another key afterwards


def show(audit: Audit, found: Portrait) -> None:
    """Identifiers, merges and files of one person."""
    st.subheader("How we know", help="By what the files know this person, and what was taken for them.", anchor=False)
    undoing.button(_PLACE)
    left, right = st.columns(2, gap="large")
    with left:
        _identifiers(found)
        _files(found)
    with right:
        _merged(audit, found)
        _same_as(audit, found)


def _identifiers(found: Portrait) -> None:
    rows = [("name", name) for name in found.names] + list(found.identifiers)
    shown = pd.DataFrame([(kind, plain(value)) for kind, value in rows], columns=["Known by", "As"])
    st.dataframe(
        shown, hide_index=True, key=f"identifiers-{people.ref(found.human)}", alt="By what this person is known",
        height=min(260, 36 * len(shown) + 38),
    )  # fmt: skip


def _files(found: Portrait) -> None:
    shown = pd.DataFrame(
        [(plain(f.name), f.exchanges, f.cards) for f in found.files], columns=["File", "Exchanges", "Entries"]
    )
    st.dataframe(
        shown, hide_index=True, key=f"files-{people.ref(found.human)}", alt="Which files tell of this person",
        height=min(260, 36 * len(shown) + 38),
        column_config={"Entries": st.column_config.NumberColumn(help="Rows that say who this person is")},
    )  # fmt: skip


def _merged(audit: Audit, found: Portrait) -> None:
    """What was taken for this person, each to be parted."""
    if not found.merged:
        st.text("Nothing was joined here: all there is stands under one key.")
    for merge in found.merged:
        with st.container(border=True):
            st.text(f"{short(merge.name)} ({short(readable(merge.mention))})")
            st.caption("Taken for the same person, because:")
            st.text(short(merge.evidence))
            st.button(
                "This is somebody else", icon=":material/call_split:", key=f"part-{people.ref(merge.mention)}",
                on_click=_part, args=(audit, found.human, merge),
            )  # fmt: skip


def _same_as(audit: Audit, found: Portrait) -> None:
    """The place to say that somebody else is this person too."""
    with st.popover("The same as …", icon=":material/join_inner:"):
        picking.pick(
            audit, "Who else is this person?", f"same-as-{people.ref(found.human)}", partial(_join, audit, found.human),
            but=found.human,
        )  # fmt: skip


def _part(audit: Audit, human: str, merge: Merge) -> None:
    _decide(f"{_name(audit, human)} is not {short(merge.name, 40)}", human, merge.mention, same=False)


def _join(audit: Audit, human: str, other: str) -> None:
    _decide(f"{_name(audit, human)} is {_name(audit, other)}", human, other, same=True)


def _name(audit: Audit, human: str) -> str:
    return short(audit.ties.loc[human, "name"], 40)


def _decide(words: str, one: str, other: str, *, same: bool) -> None:
    """Keeps a decision, so that it can be taken back to what was said on the pair before."""
    back = _as_before(one, other)
    kept.decide(one, other, same=same)
    if not kept.trouble():
        undoing.did(_PLACE, words, back)


def _as_before(one: str, other: str) -> Callable[[], None]:
    """What makes the word on this pair what it is now."""
    low, high = sorted((one, other))
    said = kept.decisions()
    given = said.loc[(said["one"] == low) & (said["other"] == high), "same"]
    return partial(kept.decide, low, high, bool(given.iloc[0])) if len(given) else partial(kept.undecide, [(low, high)])
