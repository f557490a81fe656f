"""One week on screen: the answer, what is worth doing, who waits, who moved; and the week as a file."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from auditor import letter
from auditor.history import iso_week
from auditor.letter.sections import Section, facts, sections, title
from auditor.suggestions import Action
from auditor.ui import header, kept, people, state
from auditor.ui.text import md, plain
from auditor.weekly import WeeklyReport, days_of

WEEKS = 104
"""How far the picker reaches back: two years."""

_CHOSEN, _DONE = "week", "week-done"
_HELP = {
    "Meaningful ties": "The soft count at the end of the week, its change in the week, and its 90 % interval.",
    "Connections": "How long your list is, and by how many it grew in the week.",
    "In touch with": "With how many people there was any contact in the week.",
    "Depth gained": "Points of depth, over all ties: what contact gave, and what silence took.",
}
_PLACES = (
    ("waiting_for_you", "you_wait_for"),
    ("up", "down"),
    ("newcomers", "crossings"),
    ("dormant", "year_ago"),
    ("jobs", "vanished"),
    ("late", "renamed"),
)
"""Which lists stand side by side."""


def show(found: state.Export) -> None:
    """The page of an export: the week that was chosen, by default that of its last day."""
    header.show(found, "This week")
    report = state.week(found, _picked(found))
    if found.kept and (due := kept.due()):
        st.info(md(due), icon=":material/event_repeat:")
    st.text(title(report))
    st.markdown(f"#### {md(report.headline)}")
    _facts(report)
    said = {section.key: section for section in sections(report)}
    _actions(report)
    for pair in _PLACES:
        there = [said[key] for key in pair if key in said]
        for column, section in zip(st.columns(2, gap="large") if there else [], there, strict=False):
            with column:
                _section(section)
    _files(report)


def _picked(found: state.Export) -> str:
    """The week to show, chosen in the list or by the arrows beside it."""
    weeks = _weeks(*state.days(found, until_chosen=True))
    if st.session_state.get(_CHOSEN) not in weeks:
        st.session_state[_CHOSEN] = weeks[0]
    place = weeks.index(st.session_state[_CHOSEN])
    line = st.container(horizontal=True, vertical_alignment="bottom")
    line.button(
        "The week before", icon=":material/chevron_left:", key="week-before", disabled=place == len(weeks) - 1,
        on_click=_go, args=(weeks, place + 1),
    )  # fmt: skip
    chosen = line.selectbox("Week", weeks, key=_CHOSEN, format_func=_in_words, width=260)
    line.button(
        "The week after", icon=":material/chevron_right:", icon_position="right", key="week-after", disabled=place == 0,
        on_click=_go, args=(weeks, place - 1),
    )  # fmt: skip
    return chosen


def _go(weeks: list[str], place: int) -> None:
    st.session_state[_CHOSEN] = weeks[place]


def _weeks(first: date, last: date) -> list[str]:
    """The weeks between two days, the latest first."""
    monday = last - timedelta(days=last.weekday())
    count = min((monday - first).days // 7 + 2, WEEKS)
    return [iso_week(monday - timedelta(weeks=n)) for n in range(max(count, 1))]


def _in_words(week: str) -> str:
    start, end = days_of(week)
    return f"{start.day} {start:%b} – {end.day} {end:%b %Y} ({week[5:]})"


def _facts(report: WeeklyReport) -> None:
    row = st.container(horizontal=True)
    for fact in facts(report):
        row.metric(
            fact.label, fact.value, fact.below, delta_color="off", delta_arrow="off", border=True, height="stretch",
            help=_HELP[fact.label],
        )  # fmt: skip


def _actions(report: WeeklyReport) -> None:
    """The three things, each with its reason; the ticked ones go into the reminders."""
    if not report.actions:
        return
    st.subheader("Worth doing", help="Proposals: nothing happens when you leave them.")
    done = st.session_state.setdefault(_DONE, set())
    chosen = [a for n, a in enumerate(report.actions) if _action(report, n, a, done)]
    st.download_button(
        "Remind me on Monday at nine (.ics)",
        letter.ics(report, chosen),
        f"auditor {report.week}.ics",
        "text/calendar",
        icon=":material/event:",
        key="reminders",
        disabled=not chosen,
        on_click="ignore",
    )


def _action(report: WeeklyReport, number: int, action: Action, done: set[tuple[str, str]]) -> bool:
    """One action; whether it is still to be done."""
    which = (report.week, action.human)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            said = f"**{action.what}: {md(action.name)}**"
            if which in done:
                st.markdown(f":material/check_circle: :gray[{said}]")
                st.caption("Done.")
            else:
                st.markdown(said)
                st.text(plain(action.why))
        if st.button(
            "See why", icon=":material/person:", key=f"see-{report.week}-{number}", help="The page of this person"
        ):
            people.show(action.human)
        if which in done:
            st.button("Not done after all", key=f"undo-{report.week}-{number}", on_click=done.discard, args=(which,))
        else:
            st.button(
                "Done", icon=":material/check:", key=f"done-{report.week}-{number}", on_click=done.add, args=(which,)
            )
    return which not in done


def _section(section: Section) -> None:
    """A list, each name of which opens the page of the person, where they have one."""
    st.subheader(section.title)
    for line in section.lines:
        if line.human:
            with st.container(horizontal=True, vertical_alignment="center"):
                if line.figure:
                    st.text(line.figure)
                people.link(line.human, line.name)
                st.text(plain(line.words))
    named = [line for line in section.lines if line.name and not line.human]
    if named:
        table = pd.DataFrame({"Who": [md(line.name) for line in named], "What": [md(line.words) for line in named]})
        st.table(table, hide_index=True, hide_header=True, border="horizontal", alt=section.title)
    for line in section.lines:
        if not line.name:
            st.text(line.words)
    if section.note:
        st.caption(section.note)
    if section.key == "waiting_for_you":
        st.page_link("views/habits.py", label="All who have waited for a week or longer", icon=":material/list:")


def _files(report: WeeklyReport) -> None:
    st.subheader("This week as a file")
    row = st.container(horizontal=True)
    name = f"auditor {report.week}"
    row.download_button(
        "One page to print (HTML)", letter.html(report), f"{name}.html", "text/html",
        icon=":material/print:", key="week-html", on_click="ignore",
    )  # fmt: skip
    row.download_button(
        "Text for a mail", letter.text(report), f"{name}.txt", "text/plain",
        icon=":material/mail:", key="week-text", on_click="ignore",
    )  # fmt: skip
