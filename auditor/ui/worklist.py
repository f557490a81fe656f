"""The let-go list: whom the owner let go of and still has to remove by hand, with a link to each profile."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from auditor.audit import Audit
from auditor.habits.habit import counted
from auditor.letting_go import Worklist
from auditor.letting_go import worklist as of
from auditor.marks import REMOVED
from auditor.mentions import profile_url
from auditor.ui import acting, kept, marking

_TURN = "worklist-turn"


def show(audit: Audit) -> None:
    """The list, how far it is done, and what can be done with it."""
    found = of(audit.ties, kept.marks().labels, audit.human)
    st.markdown(
        "Whom you let go of, for you to remove by hand: open a profile, decide there, and tick it off here. auditor "
        "sends nothing to LinkedIn or any other platform, and removes nobody. Whoever is missing from your next export "
        "leaves this list without a tick."
    )
    line = st.container(horizontal=True, vertical_alignment="center")
    if found.people.empty:
        if found.gone:
            line.markdown(_gone(found.gone), width="content")
        acting.undo(line)
        st.info(
            "Select rows among the ties and press “Let go”. They will stand here.",
            title="Nobody is left to remove",
            icon=":material/checklist:",
        )
        st.page_link(
            "views/review.py", label="Whole groups to let go of, one press each", icon=":material/done_all:",
            query_params={"review": "One by one"},
        )  # fmt: skip
        return
    _progress(found)
    acting.downloads(line, audit, found.people.index, "the list", key="download-let-go", name="let-go list")
    acting.undo(line)
    _grid(audit, found.people)


def _progress(found: Worklist) -> None:
    done, total = int(found.people["removed"].sum()), len(found.people)
    st.progress(done / total, text=f"{done:,} of {total:,} ticked off. {_gone(found.gone)}")


def _gone(count: int) -> str:
    if not count:
        return ""
    who = counted(count, "person", "people")
    return f"{who} you let go of {'is' if count == 1 else 'are'} not on your list of connections now."


def _grid(audit: Audit, people: pd.DataFrame) -> None:
    """The people, each with a box to tick, and a second box that takes them off the list."""
    urls: Any = [profile_url(str(human)) for human in people.index]
    shown = pd.DataFrame(
        {
            "removed": people["removed"],
            "name": people["name"],
            "company": audit.ties["company"].reindex(people.index),
            "profile_url": urls,
            "reason": people["reason"],
            "on": people["let_go_on"].dt.strftime("%Y-%m-%d"),
            "off": False,
        },
        index=people.index,
    )
    turn = st.session_state.setdefault(_TURN, 0)
    st.data_editor(
        shown,
        hide_index=True,
        column_config=_COLUMNS,
        disabled=("name", "company", "profile_url", "reason", "on"),
        height=min(600, 36 * len(shown) + 40),
        key=f"worklist-{turn}",
        on_change=edited,
        args=(audit, [str(human) for human in people.index], turn),
        alt="The people you let go of, those not ticked off first",
    )
    st.caption("Taking somebody off the list takes your mark “let go” off them. Both can be undone.")


_COLUMNS = {
    "removed": st.column_config.CheckboxColumn("Done", width=60, help="You removed them, or settled it otherwise"),
    "name": st.column_config.TextColumn("Name", width=180),
    "company": st.column_config.TextColumn("Company", width=150),
    "profile_url": st.column_config.LinkColumn("Profile", display_text="open", width=80),
    "reason": st.column_config.TextColumn("Why", width=420),
    "on": st.column_config.TextColumn("Let go on", width=100),
    "off": st.column_config.CheckboxColumn("Take off", width=80, help="Takes them off this list"),
}


def edited(audit: Audit, humans: list[str], turn: int) -> None:
    """Marks what was ticked, and gives the next table a key without old edits."""
    edits: Any = st.session_state[f"worklist-{turn}"]["edited_rows"]
    by_cell: dict[tuple[str, bool], list[str]] = {}
    for row, cells in edits.items():
        for cell, value in cells.items():
            by_cell.setdefault((cell, bool(value)), []).append(humans[int(row)])
    for (cell, value), those in by_cell.items():
        who = counted(len(those), "person", "people")
        if cell == "off" and value:
            marking.mark(f"{who}: off the list", audit, those, remove=["let go", REMOVED])
        elif cell == "removed" and value:
            marking.mark(f"{who}: done", audit, those, add=[REMOVED])
        elif cell == "removed":
            marking.mark(f"{who}: not done", audit, those, remove=[REMOVED])
    st.session_state[_TURN] = turn + 1
