"""The filters above the table of ties. What they are set to stands in the address, but for names and companies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from auditor.filters import LAYERS, QUESTIONS, STATES, TieFilter
from auditor.kinds import KINDS
from auditor.saved import View

_KINDS = tuple(kind.name for kind in KINDS)
_EMPTY: dict[str, Any] = {
    "text": "",
    "company": None,
    "connected-from": None,
    "connected-until": None,
    "contact-from": None,
    "contact-until": None,
    "depth": (0, 100),
    "kinds": [],
    "states": [],
    "layers": [],
    "chip": None,
    "everyone": False,
}
"""Every filter by the key of its widget, as it lets everything through."""

_FIRST, _LAST = date(1970, 1, 1), date(2100, 12, 31)


def show(above: DeltaGenerator, line: DeltaGenerator, companies: Sequence[str], others: int) -> tuple[View, str]:
    """Draws the chips `above` and the filters on a `line`; what they are set to, and the search text.

    `others`: how many people are no connections.
    """
    chip = above.pills("Show", list(QUESTIONS), key="chip", label_visibility="collapsed", bind="query-params")
    text = line.text_input(
        "Search names, companies and positions", type="search", key="text", live=True, persist_state="session",
        placeholder="typos are forgiven", width=240,
    )  # fmt: skip
    kinds = line.multiselect("Kind", _KINDS, key="kinds", bind="query-params", width=220)
    with line.popover("More filters", icon=":material/tune:"):
        more = _more(companies)
        everyone = others > 0 and st.toggle(
            f"Also the {others:,} people who are not on your connection list", key="everyone", bind="query-params"
        )
    line.button("Reset", icon=":material/restart_alt:", key="reset", on_click=reset)
    return View("", TieFilter(kinds=tuple(kinds), question=chip or "", **more), everyone), text or ""


def _more(companies: Sequence[str]) -> dict[str, Any]:
    states = st.pills("State", STATES, selection_mode="multi", key="states", bind="query-params")
    layers = st.pills("Layer", LAYERS, selection_mode="multi", key="layers", bind="query-params")
    return {
        "states": tuple(states),
        "layers": tuple(layers),
        "depth": st.slider("Depth", 0, 100, (0, 100), key="depth", bind="query-params"),
        "company": st.selectbox("Company", companies, None, key="company", persist_state="session") or "",
        "connected": _between("Connected", "connected"),
        "last_contact": _between("Last contact", "contact"),
    }


def _between(label: str, key: str) -> tuple[date | None, date | None]:
    """A range of days, each end of which may stay open."""
    line = st.container(horizontal=True)
    start, end = (
        line.date_input(
            f"{label} {word}", None, _FIRST, _LAST, key=f"{key}-{word}", format="YYYY-MM-DD", bind="query-params"
        )
        for word in ("from", "until")
    )
    return start, end


def reset() -> None:
    """Sets every filter back."""
    st.session_state.update(_EMPTY)


def choose(view: View, companies: Sequence[str]) -> None:
    """Sets the filters as a view says. A company that is not in these files is nobody's, and is left out."""
    reset()
    wanted = view.wanted
    values: dict[str, Any] = {
        "company": wanted.company if wanted.company in companies else None,
        "depth": tuple(int(end) for end in wanted.depth),
        **{part: list(getattr(wanted, part)) for part in ("kinds", "states", "layers")},
        "chip": wanted.question or None,
        "everyone": view.everyone,
    }
    for key, (start, end) in {"connected": wanted.connected, "contact": wanted.last_contact}.items():
        values |= {f"{key}-from": start, f"{key}-until": end}
    st.session_state.update(values)


def loosen() -> str:
    """Which of the filters that are set to loosen, the narrowest sort first."""
    named = {
        "text": "a shorter or another search text",
        "company": "no company",
        "connected": "a wider time of connecting",
        "contact": "a wider time of the last contact",
        "depth": "a wider range of depth",
        "kinds": "more kinds, or none",
        "states": "more states, or none",
        "layers": "more layers, or none",
        "chip": "no chip",
    }
    held = [words for key, words in named.items() if any(_is_set(k) for k in _EMPTY if k.partition("-")[0] == key)]
    return f"Try {'; or '.join(held)}." if held else "There is nobody in these files."


def _is_set(key: str) -> bool:
    value = st.session_state.get(key)
    return bool(value) and value != _EMPTY[key]
