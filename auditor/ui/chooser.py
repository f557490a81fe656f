"""The column chooser: a list of people from another network, whose owner says which column is which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from auditor.ui import state
from auditor.ui.text import md, plain

if TYPE_CHECKING:
    from auditor.sources import ListColumns, Preview, Upload

_TABLES, _NONE = "tables", ""
_MEANS = {
    "name": "Full name",
    "first": "First name",
    "last": "Last name",
    "profile": "Profile address",
    "email": "E-mail address",
    "since": "Since when (date)",
    "company": "Company",
    "position": "Position",
}
_ORDERS = {"as the dates tell": None, "day first (31/12/2026)": True, "month first (12/31/2026)": False}


def offer(things: Sequence[Path | Upload], label: str) -> None:
    """Keeps what was handed in, so that the page can ask for its columns."""
    st.session_state[_TABLES] = (_held(things), label)


def waiting() -> bool:
    """Whether a table waits for its columns."""
    return _TABLES in st.session_state


def drop() -> None:
    """Lets go of what was kept."""
    st.session_state.pop(_TABLES, None)


def show() -> None:
    """Asks for the columns of each table that nobody claimed, and reads it once they are told."""
    from auditor.sources import tables

    things, label = st.session_state[_TABLES]
    found = tables(things)
    if not found:
        drop()
        return
    with st.container(border=True):
        st.markdown(
            "##### Is this a list of people?\nauditor does not know this table. If it is a list of connections from "
            "another network, say which column is which. Whoever is on it counts as a connection."
        )
        choices = {table.file: _choose(table, number) for number, table in enumerate(found)}
        line = st.container(horizontal=True)
        ready = all(c.name or c.first or c.last or c.profile or c.email for c in choices.values())
        asked = line.button("Read it like this", key="read-chosen", type="primary", disabled=not ready)
        line.button("It is none", key="drop-chosen", on_click=drop)
        if not ready:
            st.caption("Somebody has to be named: choose at least a name, a profile address or an e-mail address.")
        if asked:
            state.load(things, label, choices=choices)
            st.rerun()


def _held(things: Sequence[Path | Upload]) -> list[Path | Upload]:
    """The same, without hanging on the browser's upload, which is let go of."""
    from auditor.sources import Upload

    return [
        Upload(thing.name, thing.content.read())
        if isinstance(thing, Upload) and not isinstance(thing.content, bytes | Path) and thing.content.seek(0) == 0
        else thing
        for thing in things
    ]


def _choose(table: Preview, number: int) -> ListColumns:
    """The owner's choice for one table, with the first rows beside it."""
    import pandas as pd

    from auditor.sources import ListColumns

    proposal = table.proposal or ListColumns()
    st.text(plain(table.file))
    head = pd.DataFrame(table.rows, columns=_distinct(table.names))
    st.dataframe(head, hide_index=True, key=f"head-{number}", alt="The first rows of the table")
    columns = st.columns(4)
    chosen: dict[str, str | None] = {}
    for place, (role, meaning) in enumerate(_MEANS.items()):
        before = getattr(proposal, role)
        answer = columns[place % 4].selectbox(
            meaning,
            [_NONE, *table.names],
            1 + table.names.index(before) if before in table.names else 0,
            key=f"role-{number}-{role}",
            format_func=lambda name: md(name) if name else "no such column",
        )
        chosen[role] = answer or None
    network = columns[0].text_input("Network", proposal.network, key=f"network-{number}", help="One word, such as xing")
    order = columns[1].selectbox("Dates", list(_ORDERS), key=f"order-{number}")
    return ListColumns(**chosen, network=network or "list", day_first=_ORDERS[order])


def _distinct(names: Sequence[str]) -> list[str]:
    """Column names as a table shows them: no two alike."""
    return [
        name if name and names.index(name) == place else f"{name} ({place + 1})" for place, name in enumerate(names)
    ]
