"""Saved views of the ties: to choose, to save and to delete."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from auditor import saved
from auditor.errors import RecordsError
from auditor.saved import View
from auditor.ui import filtering, kept
from auditor.ui.text import md, plain

_CHOSEN, _NAME, _WRONG, _SAVING = "view", "view-name", "view-wrong", "view-saving"


def show(place: DeltaGenerator, now: View, companies: Sequence[str]) -> None:
    """The list of views, that one being chosen which the filters (`now`) are set to, and what can be done with it."""
    own, unreadable = _own()
    views = {view.name: view for view in (*own, *saved.READY)}
    if _CHOSEN in st.session_state and st.session_state[_CHOSEN] not in views:
        st.session_state[_CHOSEN] = None
    chosen = views.get(st.session_state.get(_CHOSEN) or "")
    if chosen and saved.written(chosen) != saved.written(now):
        st.session_state[_CHOSEN] = chosen = None
    place.selectbox(
        "Saved views", list(views), None, key=_CHOSEN, on_change=_choose, args=(views, tuple(companies)),
        placeholder="Choose a view", width=220, format_func=plain, persist_state="session",
    )  # fmt: skip
    saving = place.popover("Save view", icon=":material/bookmark_add:", key=_SAVING, on_change="rerun")
    if saving.open:
        with saving:
            _save(now)
    if chosen and chosen in own:
        place.button("Delete view", icon=":material/delete:", key="view-delete", on_click=_drop, args=(chosen.name,))
    if unreadable:
        st.caption(f"{unreadable} saved {'view' if unreadable == 1 else 'views'} cannot be read by this version.")


def _own() -> tuple[list[View], int]:
    """The owner's own views, and how many of them cannot be read."""
    found, unreadable = [], 0
    for name, text in kept.views().itertuples(index=False):
        try:
            found.append(saved.read(str(name), str(text)))
        except RecordsError:
            unreadable += 1
    return found, unreadable


def _choose(views: dict[str, View], companies: tuple[str, ...]) -> None:
    if name := st.session_state[_CHOSEN]:
        filtering.choose(views[name], companies)


def _save(now: View) -> None:
    st.text_input(
        "Name of the view", key=_NAME, max_chars=saved.LONGEST_NAME, placeholder="for example: Berlin, once deep"
    )
    st.button("Save", key="view-save", type="primary", on_click=_keep, args=(now,))
    st.caption(
        "The filters are kept on this machine under that name, without the search text. To rename a view, save it "
        "under the new name and delete the old one."
    )
    if wrong := st.session_state.pop(_WRONG, ""):
        st.error(md(wrong))


def _keep(now: View) -> None:
    try:
        name = saved.named(plain(st.session_state[_NAME]))
    except RecordsError as error:
        st.session_state[_WRONG] = str(error)
        return
    kept.save_view(name, saved.written(now))
    if not kept.trouble():
        st.session_state[_CHOSEN], st.session_state[_NAME], st.session_state[_SAVING] = name, "", False


def _drop(name: str) -> None:
    kept.drop_view(name)
    st.session_state[_CHOSEN] = None
