"""Picking a person by name, with typos forgiven; names stand on screen only, never in the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from auditor import explanation
from auditor.ui import people
from auditor.ui.text import md, short

if TYPE_CHECKING:
    from auditor.audit import Audit

MOST = 8
"""So many people are offered; whoever is not among them is found by more letters."""


def pick(audit: Audit, label: str, key: str, on_pick: Callable[[str], None], but: str = "") -> None:
    """A search box whose results are buttons: `on_pick` gets the human who was chosen. `but` is never offered."""
    for human in _found(audit, label, key):
        if human != but:
            st.button(
                f"{md(short(audit.ties.loc[human, 'name'], 60))} · {md(short(about(audit, human), 60))}",
                key=f"{key}-{people.ref(human)}", on_click=on_pick, args=(human,),
            )  # fmt: skip


def about(audit: Audit, human: str) -> str:
    """A few words that tell one person from another of the same name: work, and depth."""
    tie = audit.ties.loc[human]
    work = [short(tie[what], 60) for what in ("position", "company") if pd.notna(tie[what])]
    depth = f"depth {tie['depth']:.0f}" if tie["contact_days"] else "no contact seen"
    return " · ".join(part for part in (", ".join(work), depth) if part)


def _found(audit: Audit, label: str, key: str) -> list[str]:
    """The box, and whom it finds, the best first."""
    typed = st.text_input(label, type="search", key=key, live=True, placeholder="typos are forgiven", width=420)
    if not (typed or "").strip():
        return []
    found = explanation.find(audit, str(typed))
    if not found:
        st.caption("Nobody is called anything like it. Try a part of the name, or the company.")
    if len(found) > MOST:
        st.caption(f"{len(found):,} people fit; the {MOST} deepest are shown.")
    return found[:MOST]
