"""One tie on screen: who, why it stands where it stands, and the waterfall of its depth."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from auditor import explanation
from auditor.audit import Audit
from auditor.explanation import Explanation
from auditor.ui import manual, people, waterfall, word
from auditor.ui.text import md, short


def show(audit: Audit, human: str) -> None:
    """The card of one tie."""
    found = explanation.explain(audit, human)
    with st.container(border=True):
        st.markdown(f"##### {md(short(found.name))}")
        if found.work:
            st.text(short(found.work))
        st.text(found.sentence)
        word.show(audit, human)
        if found.parts:
            _summary(found)
            parts(found)
        people.link(human, "Open the page of this person", ":material/person:")


def _summary(found: Explanation) -> None:
    layer = f"in your {found.layer}" if found.layer else "outside the four layers"
    st.markdown(
        f"**{explanation.score(found)}**, kind **{found.kind}**, {layer}. The chance that you are in touch both ways "
        f"within a year is {found.p_two_way:.0%}; at its deepest this tie had a depth of {found.lifetime_depth:.0f}."
    )


def parts(found: Explanation) -> None:
    """What the depth of a tie with contact is made of, as a picture and as a table."""
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
