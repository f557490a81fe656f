"""What can be taken back on a page: in each place the last step, with a button that says which it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from auditor.ui.text import md, short

_DONE = "undoing"


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done: what it was, in words, and what takes it back."""

    words: str
    back: Callable[[], None]


def did(place: str, words: str, back: Callable[[], None]) -> None:
    """Remembers a step that was done in this place."""
    _done(place).append(Done(words, back))


def button(place: str) -> None:
    """The button that takes the last step in this place back; nothing where there is none."""
    if steps := _done(place):
        st.button(
            f"Undo: {md(short(steps[-1].words, 60))}", icon=":material/undo:", key=f"undo-{place}", on_click=_undo,
            args=(place,),
        )  # fmt: skip


def _undo(place: str) -> None:
    _done(place).pop().back()


def _done(place: str) -> list[Done]:
    done: list[Done] = st.session_state.setdefault(_DONE, {}).setdefault(place, [])
    return done
