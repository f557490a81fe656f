"""One tie on screen: who, why it stands where it stands, and the parts of its depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from auditor.ui.text import md, plain


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a depth: its name, what was measured, and what it adds to the raw score."""

    name: str
    evidence: str
    adds: float


def parts(tie: Any) -> list[Part]:
    """The contributions of a tie's depth in plain words; they add up to its raw score."""
    found = [
        Part("Both ways", f"You on {_days(tie.days_out)}, they on {_days(tie.days_in)}", tie.c_reciprocity),
        Part("Over time", f"Contact in {_many(tie.active_weeks, 'week')}", tie.c_spread),
        Part("Silence", f"{_many(tie.quiet_days, 'day')} since the last contact", tie.c_recency),
    ]
    return [*found, Part("Base", "The same for everyone", tie.c_base)] if tie.c_base else found


def show(ties: pd.DataFrame, human: str) -> None:
    """The card of one tie."""
    tie: Any = ties.loc[human]
    with st.container(border=True):
        st.markdown(f"##### {md(tie['name'])}")
        work = ", ".join(plain(tie[c]) for c in ("position", "company") if pd.notna(tie[c]))
        if work:
            st.text(work)
        st.text(tie["reason"])
        if not tie["contact_days"]:
            return
        st.markdown(
            f"Depth **{tie['depth']:.0f}** of 100 (90 % between {tie['low']:.0f} and {tie['high']:.0f}), "
            f"kind **{tie['kind']}**, {_layer(tie['layer'])}. "
            f"With the silence left out it would be {tie['lifetime_depth']:.0f}."
        )
        rows = [{"Part": p.name, "What was seen": p.evidence, "Adds": f"{p.adds:+.2f}"} for p in parts(tie)]
        rows.append({"Part": "Raw score", "What was seen": "Mapped to 0–100", "Adds": f"{tie['raw']:+.2f}"})
        st.table(pd.DataFrame(rows), hide_index=True, border="horizontal", alt="The parts of this tie's depth")


def _layer(layer: Any) -> str:
    return "outside the four layers" if pd.isna(layer) else f"in the {layer}"


def _days(count: float) -> str:
    return _many(count, "day")


def _many(count: float, noun: str) -> str:
    return f"{int(count):,} {noun}" if int(count) == 1 else f"{int(count):,} {noun}s"
