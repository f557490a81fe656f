"""One tie on screen: who, why it stands where it stands, and the waterfall of its depth."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from auditor import explanation
from auditor.audit import Audit
from auditor.explanation import Explanation
from auditor.marks import LABELS
from auditor.ui import kept, manual, waterfall
from auditor.ui.text import md, plain


def show(audit: Audit, human: str) -> None:
    """The card of one tie."""
    found = explanation.explain(audit, human)
    with st.container(border=True):
        st.markdown(f"##### {md(found.name)}")
        if found.work:
            st.text(plain(found.work))
        st.text(found.sentence)
        _marks(audit, human)
        if found.parts:
            _depth(found)


def _marks(audit: Audit, human: str) -> None:
    """What the owner writes on the card: family, keep, let go, reach out. It is kept; the weekly report heeds it."""
    mentions = [str(mention) for mention in audit.human.index[audit.human == human]]
    key = f"labels-{human}"
    st.session_state.setdefault(key, kept.labels([human, *mentions]))
    st.pills(
        "Your marks", LABELS, selection_mode="multi", key=key, on_change=_marked, args=(human, mentions, key),
        format_func=str.capitalize, help="Kept on this machine. Family callers are told apart; whom you let go of is "
        "proposed no more; whom you want to reach out to comes first in the weekly report.",
    )  # fmt: skip


def _marked(human: str, mentions: list[str], key: str) -> None:
    kept.label(human, st.session_state[key], mentions)


def _depth(found: Explanation) -> None:
    layer = f"in your {found.layer}" if found.layer else "outside the four layers"
    st.markdown(
        f"**{explanation.score(found)}**, kind **{found.kind}**, {layer}. The chance that you are in touch both ways "
        f"within a year is {found.p_two_way:.0%}; at its deepest this tie had a depth of {found.lifetime_depth:.0f}."
    )
    st.echarts_chart(
        waterfall.bars(found), height=waterfall.height(found), key="waterfall", alt=waterfall.describe(found)
    )
    rows = [
        {"Part": p.label, "What was seen": p.evidence, "Points": f"{p.points:+.2f}", "Comes to": f"{p.depth:.0f}"}
        for p in found.parts
    ]
    total = {"Part": "Depth", "What was seen": "all points together, on the scale of 0 to 100"}
    rows.append({**total, "Points": f"{found.raw:+.2f}", "Comes to": f"{found.depth:.0f}"})
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal", alt="The parts of this tie's depth")
    st.page_link(
        "views/data.py", label=manual.DEPTH.title, icon=":material/help:", query_params={"part": manual.DEPTH.title}
    )
