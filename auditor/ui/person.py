"""One person on a page of their own: what there was between you, how deep, who else, and what the owner knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from auditor import explanation
from auditor.kinds import KINDS
from auditor.looks import worth_a_look
from auditor.portrait import MOST_DAYS, Portrait, timeline
from auditor.suggestions import Waiting
from auditor.telling import ago, in_words, many
from auditor.ui import course, finding, header, knowing, notes, people, state, tie, word
from auditor.ui import timeline as lanes
from auditor.ui.text import md, short

if TYPE_CHECKING:
    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator

    from auditor.audit import Audit
    from auditor.explanation import Explanation

_MOST_NAMED = 8


def show(found: state.Export) -> None:
    """The page of whom the address names, or the choice of one."""
    header.show(found, "Person")
    audit = state.audited(found)
    wanted = st.query_params.get(people.PARAMETER, "")
    human = people.named(audit, wanted) if wanted else None
    if human:
        with st.expander("Find somebody else", icon=":material/search:", key="find-else"):
            finding.show(found)
        # a link from this page to itself leaves the address as it was
        st.query_params[people.PARAMETER] = wanted
        _one(found, audit, human)
        return
    if wanted:
        st.info(
            "This link means nobody in these files as of this day. Look for the person by name, or choose a later day.",
            title="Nobody by this link", icon=":material/person_off:",
        )  # fmt: skip
    finding.show(found)
    _suggested(found, audit)


def _suggested(found: state.Export, audit: Audit) -> None:
    """A few people to begin with."""
    looks = worth_a_look(found.records, audit)
    if looks:
        st.subheader("Whom to look at", anchor=False)
    for look in looks:
        with st.container(horizontal=True, vertical_alignment="center"):
            people.link(look.human, look.name, ":material/person:")
            st.text(look.why)


def _one(found: state.Export, audit: Audit, human: str) -> None:
    """Everything about one person."""
    told = explanation.explain(audit, human)
    portrait = state.portrait(found, human)
    left, right = st.columns([7, 5], gap="large")
    with left:
        _head(told, _connected(audit, portrait))
        word.show(audit, human)
        _open_questions(portrait)
    with right:
        notes.show(human, portrait.mentions)
        st.subheader("What you know", anchor=False, help="From your files: jobs, how you met, cities, birthdays.")
        finding.facts(found, human)
    _figures(told)
    if len(portrait.exchanges):
        _timeline(portrait, audit.as_of)
    beside = _depth(told) if told.parts else None
    _others(portrait)
    knowing.show(audit, portrait)
    if beside:
        with beside:  # last of all: the first look back over the years takes longer than the rest of the page
            _course(found, told, human)


def _connected(audit: Audit, portrait: Portrait) -> str:
    """Since when they are a connection, if they are one."""
    if portrait.connected_on is not None:
        return f"Connected since {in_words(portrait.connected_on.date())}"
    listed = bool(audit.ties.loc[portrait.human, "connection"])
    return "Connected, on a day that no file says" if listed else "Not on your list of connections"


def _head(told: Explanation, connected: str) -> None:
    """Who it is."""
    st.header(md(short(told.name)), anchor=False)  # an anchor would bring the name into the address
    with st.container(gap="xsmall"):
        if told.work:
            st.text(short(told.work))
        st.text(connected)
        st.text(told.sentence)
    if told.profile_url:
        st.link_button("The profile on LinkedIn", told.profile_url, icon=":material/open_in_new:")


def _figures(told: Explanation) -> None:
    meaning = next((kind.meaning for kind in KINDS if kind.name == told.kind), "")
    row = st.container(horizontal=True)
    if told.parts:
        row.metric(
            "Depth", f"{told.depth:.0f}", f"{told.low:.0f} to {told.high:.0f} (90 %)", delta_color="off",
            delta_arrow="off", border=True, help="0 to 100, with the interval that the evidence allows.",
        )  # fmt: skip
        row.metric(
            "Both ways within a year", f"{told.p_two_way:.0%}", "the chance of it", delta_color="off",
            delta_arrow="off", border=True, help="How likely you are in touch in both directions within a year.",
        )  # fmt: skip
    row.metric(
        "Layer", (told.layer or "outside").capitalize(), "of Dunbar's four" if told.layer else "the four layers",
        delta_color="off", delta_arrow="off", border=True, help="By days with contact in the last year.",
    )  # fmt: skip
    row.metric(
        "Kind", told.kind.capitalize(), told.state, delta_color="off", delta_arrow="off", border=True, help=meaning
    )


def _open_questions(portrait: Portrait) -> None:
    """Who waits for whom."""
    if portrait.waiting_for_you:
        st.info(f"They asked you something {_since(portrait.waiting_for_you)}.", icon=":material/mark_email_unread:")
    if portrait.you_wait_for:
        st.info(f"You asked them something {_since(portrait.you_wait_for)}.", icon=":material/hourglass_empty:")


def _since(asked: Waiting) -> str:
    return f"{ago(asked.days)}, on {in_words(asked.asked)}, and nothing has followed yet"


def _timeline(portrait: Portrait, now: pd.Timestamp) -> None:
    """What there was, over the years, and the last of it as a table."""
    st.subheader("What there was between you", help="A lane a channel, a mark a day with contact.", anchor=False)
    rows, here = timeline(portrait.exchanges), people.ref(portrait.human)
    st.echarts_chart(
        lanes.marks(rows, now), height=lanes.height(rows), key=f"timeline-{here}", alt=lanes.describe(rows)
    )
    if len(rows) < len(timeline(portrait.exchanges, len(portrait.exchanges))):
        st.caption(f"More than {MOST_DAYS:,} days: each mark is a week.")
    shown = lanes.last_exchanges(portrait.exchanges)
    with st.expander(f"The last exchanges ({len(shown)})", icon=":material/table_rows:", key=f"last-{here}"):
        st.dataframe(
            shown, hide_index=True, key=f"exchanges-{here}", alt="The last exchanges, the latest first",
            height=min(380, 36 * len(shown) + 38),
            column_config={"Others": st.column_config.NumberColumn(help="People in it besides the two of you")},
        )  # fmt: skip


def _depth(told: Explanation) -> DeltaGenerator:
    """What the depth is made of; gives the place beside it."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("What makes the depth", anchor=False)
        tie.parts(told)
    return right


def _course(found: state.Export, told: Explanation, human: str) -> None:
    """How the depth went over the years."""
    st.subheader(
        "The depth over the years", anchor=False,
        help="The depth as it was at the end of each quarter (of each month, where the files hold less than three "
        "years), and today; nothing later counted then.",
    )  # fmt: skip
    depths = state.depths(found)
    if human in depths.index:
        went = course.since_contact(depths.T[human])
        st.echarts_chart(
            course.line(went, told), height=300, key=f"course-{people.ref(human)}", alt=course.describe(went, told)
        )
    st.caption(f"At its deepest this tie had a depth of {told.lifetime_depth:.0f}.")


def _others(portrait: Portrait) -> None:
    """Who brought them, whom they brought, and who else was there."""
    if not (portrait.introduced_by or portrait.introduced or portrait.shared):
        return
    left, right = st.columns(2, gap="large")
    if portrait.introduced_by or portrait.introduced:
        with left:
            _introductions(portrait)
    if portrait.shared:
        with right if portrait.introduced_by or portrait.introduced else left:
            _shared(portrait)


def _introductions(portrait: Portrait) -> None:
    st.subheader("Introductions", help="Told from conversations of three, or from what you noted.", anchor=False)
    steps = [(portrait.introduced_by, "brought you together")] if portrait.introduced_by else []
    steps += [(step, "came through them") for step in portrait.introduced]
    for step, what in steps[:_MOST_NAMED]:
        with st.container(horizontal=True, vertical_alignment="center"):
            people.link(step.human, step.name, ":material/person:")
            st.text(f"{what} on {in_words(step.at.date())} ({step.evidence})")
    _more(len(steps))


def _shared(portrait: Portrait) -> None:
    st.subheader(
        "Who else was there", anchor=False,
        help="People who were in conversations or meetings with both of you, of 25 people at most.",
    )  # fmt: skip
    for one in portrait.shared[:_MOST_NAMED]:
        with st.container(horizontal=True, vertical_alignment="center"):
            people.link(one.human, one.name, ":material/person:")
            st.text(many(one.threads, "conversation"))
    _more(len(portrait.shared))


def _more(count: int) -> None:
    if count > _MOST_NAMED:
        st.caption(f"… and {count - _MOST_NAMED:,} more")
