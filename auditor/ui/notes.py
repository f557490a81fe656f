"""The owner's notes on one person: written with a date, changed, thrown away, and every step taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from auditor.ui import kept, people, undoing
from auditor.ui.text import plain

_HELP = "Kept on this machine, beside your marks. A word after a # is a tag: #sailing."


def show(human: str, mentions: Sequence[str]) -> None:
    """The notes on any of a human's mentions, the latest first, and the place for another."""
    here = people.ref(human)
    st.subheader("Notes", help=_HELP, anchor=False)
    _write_box(here, human, None)
    undoing.button(_place(here))
    notes = kept.notes()
    mine = notes[notes["person"].isin(list(mentions))].sort_values("at", ascending=False, kind="stable")
    for note in mine.itertuples():
        with st.container(border=True, key=f"note-{_number(note)}"):
            if st.session_state.get(_editing(here)) == _number(note):
                _write_box(here, human, note)
            else:
                _note(here, note)


def _note(here: str, note: Any) -> None:
    """One note as it was written, with what can be done with it."""
    st.text("\n".join(plain(line) for line in note.text.splitlines()), width="stretch")
    line = st.container(horizontal=True, vertical_alignment="center")
    line.caption(f"{note.at:%Y-%m-%d}", width="stretch")
    line.button(
        "Edit", icon=":material/edit:", key=f"edit-{_number(note)}", type="tertiary", on_click=_edit,
        args=(here, _number(note)),
    )  # fmt: skip
    line.button(
        "Delete", icon=":material/delete:", key=f"unnote-{_number(note)}", type="tertiary", on_click=_delete,
        args=(here, note.person, note.text, note.at),
    )  # fmt: skip


def _write_box(here: str, human: str, note: Any) -> None:
    """The place to write a note, or to change the one that is there."""
    which = _number(note) if note else here
    text, day = f"note-text-{which}", f"note-day-{which}"
    with st.form(f"note-form-{which}", border=False):
        st.text_area(
            "Change the note" if note else "A note", note.text if note else "", key=text, height=90,
            placeholder="Met at the harbour fair, wants to learn sailing #sailing",
        )  # fmt: skip
        line = st.container(horizontal=True, vertical_alignment="bottom")
        line.date_input(
            "On", note.at.date() if note else datetime.now(UTC).date(), key=day, format="YYYY-MM-DD", width=150
        )
        line.form_submit_button(
            "Save" if note else "Keep this note", icon=":material/edit_note:", key=f"keep-note-{which}", on_click=_keep,
            args=(here, human, text, day, (note.person, note.text, note.at) if note else None),
        )  # fmt: skip


def _keep(here: str, human: str, text: str, day: str, old: tuple[str, str, pd.Timestamp] | None) -> None:
    """Keeps what was written; an old note is thrown away only once the new one is kept."""
    words, on = st.session_state[text].strip(), st.session_state[day]
    if not words or on is None:
        return
    person = old[0] if old else human
    at = old[2] if old and old[2].date() == on else _moment(on)
    kept.note(person, words, at)
    if kept.trouble():
        return
    if old is None:
        undoing.did(_place(here), "a new note", partial(kept.unnote, person, at))
    else:
        if at != old[2]:
            kept.unnote(person, old[2])
        undoing.did(_place(here), "a changed note", partial(_restore, (person, at), old))
    st.session_state.pop(_editing(here), None)
    st.session_state[text] = ""


def _restore(new: tuple[str, pd.Timestamp], old: tuple[str, str, pd.Timestamp]) -> None:
    kept.unnote(*new)
    kept.note(*old)


def _delete(here: str, person: str, text: str, at: pd.Timestamp) -> None:
    kept.unnote(person, at)
    if not kept.trouble():
        undoing.did(_place(here), "a deleted note", partial(kept.note, person, text, at))


def _edit(here: str, number: str) -> None:
    st.session_state[_editing(here)] = number


def _moment(on: date) -> pd.Timestamp:
    """A moment of that day, of its own for each note: the time of day is that of writing."""
    now = pd.Timestamp.now("UTC")
    return pd.Timestamp(on, tz="UTC") + (now - now.normalize())


def _number(note: Any) -> str:
    """What tells a note from all others, without a name."""
    return f"{people.ref(note.person)}-{note.at.value}"


def _place(here: str) -> str:
    return f"notes-{here}"


def _editing(here: str) -> str:
    return f"editing-{here}"
