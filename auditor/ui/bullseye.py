"""The target on the page: the picture, the person behind a dot, and the same as a table for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from auditor.audit import Audit
from auditor.rings import BANDS, Dot
from auditor.ui import charts, people, tie


@st.fragment
def show(audit: Audit, dots: list[Dot]) -> None:
    """The target; a click on a dot shows its person, and the way to their page."""
    st.subheader("The target", help="Every dot is a tie. The nearer the middle, the deeper; direction means nothing.")
    ties = audit.ties
    hidden = len(ties) - len(dots)
    chosen = ties.loc[[dot.human for dot in dots]]
    names = [f"{n} · depth {d:.0f} · {k}" for n, d, k in chosen[["name", "depth", "kind"]].itertuples(index=False)]
    event = st.echarts_chart(
        charts.target(dots, names),
        height=600,
        key=f"target-{audit.as_of:%Y%m%d}",
        on_select="rerun",
        alt=charts.describe_target(dots, hidden),
    )
    drawn = f"**Only the {len(dots):,} innermost of {len(ties):,} people are drawn.** " if hidden else ""
    st.caption(f"{drawn}The amber ring is Dunbar's 150. Click a dot to see who it is; click a word to hide its dots.")
    for group in event.selection.selected[:1]:
        inside = charts.in_band(dots, group["series_index"])
        for place in group["data_indices"][:1]:
            _person(audit, inside[place].human)
    with st.expander("The target as a table", key="target-table", on_change="rerun") as twin:
        if twin.open:
            _table(ties, dots)


def _person(audit: Audit, human: str) -> None:
    if st.button("Open their page", icon=":material/person:", key="target-person", type="primary"):
        people.show(human)
    tie.show(audit, human)


def _table(ties: pd.DataFrame, dots: Sequence[Dot]) -> None:
    """Everybody who is drawn, the innermost first; a selected row is a way to the person, as a click on a dot is."""
    order = sorted(dots, key=lambda dot: dot.radius)
    chosen = ties.loc[[dot.human for dot in order]]
    shown = pd.DataFrame(
        {
            "Ring": [BANDS[dot.band] for dot in order],
            "Who": chosen["name"].to_numpy(),
            "Depth": chosen["depth"].round(0).astype(int).to_numpy(),
            "Kind": chosen["kind"].to_numpy(),
        }
    )
    event = st.dataframe(
        shown, hide_index=True, height=min(400, 36 * len(shown) + 40), key="target-rows", on_select="rerun",
        selection_mode="single-row", alt="Everybody on the target, from the inside out: ring, who, depth, kind",
    )  # fmt: skip
    for row in event.selection.rows[:1]:
        if st.button("Open their page", icon=":material/person:", key="target-row-person"):
            people.show(order[row].human)
