"""Before there is data: three ways in, how to get the export, and what the answer will look like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from auditor.limits import Limits
from auditor.ui import charts, chooser, manual, state
from auditor.ui.text import md

if TYPE_CHECKING:
    from auditor.sources import Upload

SAMPLE = "the fictional sample"

_FIRST = "The ZIP as LinkedIn sends it is best. Connections.csv alone shows size; messages.csv shows depth."
_ADD = (
    "Calendars, the calls and messages of a phone, mail, chats, address books: each makes ties visible that LinkedIn "
    "does not see. What was read before stays."
)

LOCAL = (
    "**Your files stay on this machine.** auditor runs here and opens no connection to anywhere. What was read is "
    "forgotten when you close this page, unless you press *Keep*; what you say of people (marks, ratings, notes) is "
    "kept here until you delete it. Message texts are measured and never kept."
)
ADDED = "**Your files stay on this machine.** What you add is kept too. Message texts are measured and never kept."


def show() -> None:
    """The page that waits for data."""
    st.title("Which of your connections are relationships?")
    st.markdown(
        "Hand in the data export you already own. You get every tie measured for depth, and your number beside the "
        "150 or so that one person can keep."
    )
    ways, answer = st.columns([6, 5], gap="large")
    with ways:
        problem()
        ways_in()
    with answer:
        _example()


def problem() -> None:
    """Why the last attempt to read something failed, if it did, and the chooser where it was a table."""
    if said := state.problem():
        st.error(md(said), title="That could not be read", icon=":material/error:")
    if chooser.waiting():
        chooser.show()


def ways_in(again: bool = False) -> None:
    """Drop files, name a path, or take the sample."""
    _drop(again)
    _path()
    if again:
        _more_of_the_sample()
    else:
        _sample()
        with st.expander("How to get your export from LinkedIn", icon=":material/help:"):
            st.markdown(manual.text(manual.IMPORTING))


def _drop(again: bool) -> None:
    from auditor.sources import Upload

    turn = st.session_state.setdefault("turn", 0)
    folder = st.session_state.get("folder", False)
    dropped = st.file_uploader(
        "Drop the folder that you unpacked the export into" if folder else _label(again),
        accept_multiple_files="directory" if folder else True,
        max_upload_size=Limits.of_environment().upload // 2**20,
        key=f"drop-folder-{turn}" if folder else f"drop-{turn}",
        help=_ADD if again else _FIRST,
    )
    st.toggle(
        "A whole folder", key="folder", help="For an export that was unpacked already; what the audit does not need "
        "stays closed.",
    )  # fmt: skip
    found = state.export()
    st.caption(ADDED if found and found.kept else LOCAL)
    if dropped:
        uploads = [Upload(file.name, file) for file in dropped]
        more = f" and {len(dropped) - 1:,} more" if len(dropped) > 1 else ""
        _take(uploads, f"{dropped[0].name}{more}")


def _label(again: bool) -> str:
    if not again:
        return "Drop your export: the whole ZIP, or its files"
    return "Drop all the files again, together" if state.incomplete() else "Drop what is to be added"


def _path() -> None:
    with st.form("path-form", border=False):
        line = st.container(horizontal=True, vertical_alignment="bottom")
        typed = line.text_input(
            f"Or a file or folder on this machine (for more than {Limits.of_environment().told('upload')})",
            placeholder="/home/you/Downloads/Complete_LinkedInDataExport.zip",
            key="path",
        )
        asked = line.form_submit_button("Read it", key="read-path")
    if asked and typed:
        path = Path(typed.strip().strip("\"'")).expanduser()
        _take([path], path.name)


def _sample() -> None:
    if st.button("Try it with the fictional sample", icon=":material/science:", key="sample", type="primary"):
        from auditor import sample

        _take([sample.folder()], SAMPLE)


def _more_of_the_sample() -> None:
    """The sample's other channels, where the sample is what is on screen."""
    found = state.export()
    if found is None or found.label != SAMPLE:
        return
    if st.button("Add the sample's calendar, calls and address book", icon=":material/science:", key="channels"):
        from auditor import sample

        _take([sample.folder(sample.CHANNELS)], "its calendar, calls and address book")


def _take(things: Sequence[Path | Upload], label: str) -> None:
    """Reads, then shows the findings, or the problem with a fresh drop zone that has let go of the uploaded bytes."""
    turn = st.session_state["turn"]
    state.load(things, label, on_cancel=_let_go)
    st.session_state["turn"] = turn + 1
    st.rerun()


def _let_go() -> None:
    """A fresh drop zone: the old one would hand in the same files again."""
    st.session_state["turn"] += 1
    st.toast("Stopped. Nothing was kept.", icon=":material/close:")


def _example() -> None:
    st.subheader("What you will get", help="An example of nobody: invented numbers")
    with st.container(border=True):
        st.markdown("*“1,204 connections, about 48 meaningful ties (41 to 56), and 640 people you never spoke to.”*")
        dots = charts.example()
        st.echarts_chart(
            charts.target(dots, ["an example"] * len(dots)),
            height=420,
            key="example",
            alt="An example of the target: rings for 5, 15, 50, 150, 500 and 1,500 people around you, each dot a tie.",
        )
        st.caption("Invented numbers. The nearer the middle, the deeper the tie; the amber ring is 150.")
