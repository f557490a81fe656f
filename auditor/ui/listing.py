"""The Ties page: filters on top, the reason in every row, what can be done with the rows that are selected; and the
list of those whom the owner let go of.

All of it is one fragment: a filter runs this page's own part again, and neither the header nor the navigation.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from auditor.audit import Audit
from auditor.letting_go import standing
from auditor.ui import acting, filtering, header, kept, saving, state, tie, worklist

TIES, LET_GO = "Ties", "Let-go list"
_GRID, _SHOWN = "ties", "ties-shown"


def show(found: state.Export) -> None:
    """The Ties page of an export."""
    header.show(found, "Ties")
    _lists(found)


@st.fragment
def _lists(found: state.Export) -> None:
    audit = state.audited(found)
    line = st.container(horizontal=True, vertical_alignment="center")
    which = line.segmented_control(
        "List", [TIES, LET_GO], default=TIES, required=True, key="list", label_visibility="collapsed",
        bind="query-params",
    )  # fmt: skip
    if which == LET_GO:
        worklist.show(audit)
    else:
        _ties(found, audit, line)


def _ties(found: state.Export, audit: Audit, line: DeltaGenerator) -> None:
    """The table, sent to the browser as soon as the filters are known; then what stands around it."""
    table = state.table(found)
    filters, count = (st.container(horizontal=True, vertical_alignment=how) for how in ("bottom", "center"))
    bar, grid = st.container(), st.container()
    view, text = filtering.show(line, filters, table.companies, len(table.everyone) - len(table.connections))
    ties = table.everyone if view.everyone else table.connections
    shown = replace(view.wanted, text=text).apply(ties).index
    humans = _selected(shown)
    if shown.empty:
        grid.info(filtering.loosen(), title="No tie passes all of these filters", icon=":material/filter_list_off:")
    else:
        marks = kept.marks()
        _grid(grid, table.chosen(shown, standing(marks.ratings, marks.labels, audit.human)))
    saving.show(filters, view, table.companies)
    count.markdown(f"**{len(shown):,}** of {len(ties):,}", width="content")
    acting.downloads(count, audit, humans or shown, "the selected" if humans else "these")
    acting.undo(count)
    with bar:
        acting.show(audit, humans, table.bridges)
    if len(humans) == 1:
        tie.show(audit, humans[0])


def _selected(shown: pd.Index[str]) -> list[str]:
    """The humans whose rows are selected. A selection is of rows: where others are shown now, it is let go of."""
    before = st.session_state.get(_SHOWN)
    st.session_state[_SHOWN] = shown
    rows = st.session_state.get(_GRID, {}).get("selection", {}).get("rows", [])
    if rows and before is not None and not before.equals(shown):
        st.session_state[_GRID] = {"selection": {"rows": []}}
        return []
    return [str(shown[row]) for row in rows if row < len(shown)]


def _grid(place: DeltaGenerator, shown: pa.Table) -> None:
    place.dataframe(
        shown,
        column_config=COLUMNS,
        height=min(600, 36 * shown.num_rows + 40),
        key=_GRID,
        on_select="rerun",
        selection_mode="multi-row",
        alt="The ties that pass the filters, deepest first",
    )
    place.caption("Select one row to see the parts of its depth, or several to mark them. Click a column to sort.")


COLUMNS = {
    "name": st.column_config.TextColumn("Name", width=170),
    "depth": st.column_config.ProgressColumn(
        "Depth", min_value=0, max_value=100, format="%.0f", width=100, help="0 to 100; see Data & method."
    ),
    "kind": st.column_config.TextColumn("Kind", width=110),
    "months": st.column_config.BarChartColumn(
        "Two years", width=120, y_min=0, help="On how many days of each of the last 24 months there was any contact; "
        "each row to its own scale, the latest month on the right. Empty where there was none."
    ),
    "reason": st.column_config.TextColumn("Why", width=450),
    "marks": st.column_config.TextColumn("Your marks", width=110, help="What you said of them"),
    "state": st.column_config.TextColumn("State", help="deep, light, or unobserved: no file would show any contact"),
    "layer": st.column_config.TextColumn("Layer"),
    "company": st.column_config.TextColumn("Company"),
    "position": st.column_config.TextColumn("Position"),
    "connected_on": st.column_config.TextColumn("Connected"),
    "last_contact": st.column_config.TextColumn("Last contact"),
    "profile_url": st.column_config.LinkColumn("Profile", display_text="open"),
}  # fmt: skip
"""How the columns of `table.COLUMNS` look."""
