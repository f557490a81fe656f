"""The frame around every page: the page's settings and the navigation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from auditor.ui import opening, server, state

VIEWS = Path(__file__).with_name("views")
# The words of what is chosen among pills and tabs: Streamlit's own, in the primary colour, are too faint on dark.
CHOSEN = (
    "<style>button:is([role=radio], [role=checkbox])[aria-checked=true] p, [role=tab][aria-selected=true] p "
    "{color: CanvasText}</style>"
)

st.set_page_config(page_title="auditor", page_icon=str(Path(__file__).with_name("icon.svg")), layout="wide")
st.html(CHOSEN)

pages = [
    st.Page(VIEWS / "audit.py", title="Audit", icon=":material/adjust:", default=True, help="How deep your network is"),
    st.Page(VIEWS / "week.py", title="This week", icon=":material/event:", help="Who moved, who waits, what to do"),
    st.Page(VIEWS / "ties.py", title="Ties", icon=":material/group:", help="Every connection, filtered"),
    st.Page(VIEWS / "person.py", title="Person", icon=":material/person:", help="Everything about one person"),
    st.Page(VIEWS / "map.py", title="Map", icon=":material/hub:", help="Your groups, and who links them"),
    st.Page(VIEWS / "habits.py", title="Habits", icon=":material/self_improvement:", help="What you do about it"),
    st.Page(VIEWS / "review.py", title="Review", icon=":material/checklist:", help="Keep or let go, one by one"),
    st.Page(VIEWS / "data.py", title="Data & method", icon=":material/inventory_2:", help="Receipt, store, help"),
    st.Page(VIEWS / "team.py", title="Team", icon=":material/groups:", help="Who of a team is closest to whom"),
]
page = st.navigation(pages, position="top")

files = server.opened()
if state.first_visit():
    if files:
        state.load(files, ", ".join(file.name for file in files), on_cancel=state.visited)
    else:
        opening.show(answer_first=page is pages[0])
    state.visited()

page.run()
