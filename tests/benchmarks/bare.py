"""A bare Streamlit page over the table that the Ties page shows: chips, the same rows, the same columns, nothing else.

    streamlit run tests/benchmarks/bare.py -- FOLDER

FOLDER is what `filtering.py` wrote: `rows.arrow`, and `chips.json`, which rows each chip leaves.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow as pa
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from auditor.ui.listing import COLUMNS


@st.cache_resource
def given(folder: str) -> tuple[pa.Table, dict[str, pa.Array]]:
    """The table, and the rows of each chip."""
    with pa.memory_map(f"{folder}/rows.arrow") as file:
        rows = pa.ipc.open_file(file).read_all()
    chips = json.loads(Path(folder, "chips.json").read_text(encoding="utf-8"))
    return rows, {name: pa.array(places) for name, places in chips.items()}


st.set_page_config(layout="wide")
table, chips = given(sys.argv[1])
chip = st.pills("Show", list(chips), key="chip")
shown = table.take(chips[chip]) if chip else table
st.dataframe(
    shown,
    column_config=COLUMNS,
    height=min(600, 36 * shown.num_rows + 40),
    key="ties",
    on_select="rerun",
    selection_mode="multi-row",
)
