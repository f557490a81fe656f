"""The communities among the owner's people: all of them as bubbles, then one of them with its people."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from auditor.audit import Audit
from auditor.communities import PEOPLE, THROUGH, Communities, Community
from auditor.ui import header, mapdrawing, people, state
from auditor.ui.text import md, plain

COMMUNITY = "community"
"""The query parameter, and the key of the choice: `people.ref` of a community's key."""


def show(found: state.Export) -> None:
    """The Map page of an export: what the address names, or what the owner picks."""
    header.show(found, "Map")
    audit = state.audited(found)
    groups = state.communities(found)
    if not groups.all:
        _nothing(audit)
        return
    if groups.affiliations.at_work_only:
        st.info(_WHAT_TO_ADD, title="These groups are told by employer alone", icon=":material/apartment:")
    refs = {people.ref(one.key): number for number, one in enumerate(groups.all)}
    number = refs.get(_choose(refs, groups))
    if number is None:
        _overview(audit, groups, list(refs))
    else:
        _community(audit, groups, number)


_WHAT_TO_ADD = (
    "Nothing in these files shows two of your people together. Add LinkedIn's messages with group conversations, a "
    "calendar, group chats or mail, and people who talk and meet become groups too: *Add files*, above."
)


def _nothing(audit: Audit) -> None:
    st.info(_WHAT_TO_ADD, title="No three of your people are known to share anything", icon=":material/hub:")
    st.caption(
        f"{len(audit.ties):,} people were looked at: for shared conversations, meetings, introductions, employers."
    )


def _choose(refs: dict[str, int], groups: Communities) -> str:
    """The choice among the communities; the address follows it, without a name in it."""
    wanted = st.query_params.get(COMMUNITY, "")
    st.session_state[COMMUNITY] = wanted if wanted in refs else None
    line = st.container(horizontal=True, vertical_alignment="bottom")
    line.selectbox(
        "Which group?", list(refs), key=COMMUNITY, on_change=_chosen, placeholder="All of them", width=420,
        format_func=lambda ref: plain(groups.all[refs[ref]].name),
    )  # fmt: skip
    if wanted in refs:
        line.button("All groups", icon=":material/arrow_back:", key="all-groups", on_click=_go, args=("",))
    return wanted


def _chosen() -> None:
    _go(st.session_state[COMMUNITY] or "")


def _go(ref: str) -> None:
    if ref:
        st.query_params[COMMUNITY] = ref
    else:
        st.query_params.pop(COMMUNITY, None)


def _overview(audit: Audit, groups: Communities, refs: list[str]) -> None:
    st.markdown(f"#### {_sizes(groups)}")
    st.caption(
        f"Of all that ties these people to each other, {groups.inside:.0%} lies inside the groups.",
        help="Groups are communities by Louvain's method on shared conversations, meetings, introductions and "
        f"employers; the modularity is {groups.modularity:.2f}. What is shared more often counts more, with less and "
        "less added by each day; an employer counts half of one day together.",
    )
    drawn = mapdrawing.bubbles(groups, audit.ties["state"])
    event = st.echarts_chart(
        drawn.option, height=560, key=f"bubbles-{audit.as_of:%Y%m%d}", on_select="rerun", alt=drawn.alt
    )
    st.caption(
        f"{drawn.caption}A bubble is a group, the bigger the more people; a line leads to where some of them also "
        "belong. Click a bubble to see who is in it; click a word to hide its bubbles."
    )
    if (place := _picked(event)) is not None:
        _go(refs[place])
        st.rerun()
    _brokers(audit, groups, groups.brokers)
    st.subheader("All groups")
    titles = ["Group", "People", "Deep", "In common", "Deepest", "Who links it"]
    rows = [_row(audit, groups, number) for number in range(len(groups.all))]
    st.dataframe(
        pd.DataFrame(rows, columns=titles), hide_index=True, key="groups", alt="All groups, most depth first",
        height=min(480, 36 * len(rows) + 40),
    )  # fmt: skip


def _sizes(groups: Communities) -> str:
    count = "1 group" if len(groups.all) == 1 else f"{len(groups.all):,} groups"
    alone = f"; {groups.alone:,} are in none" if groups.alone else ""
    return f"{count} of three or more, with {len(groups.of):,} people{alone}."


def _row(audit: Audit, groups: Communities, number: int) -> list[Any]:
    one, ties = groups.all[number], audit.ties
    linking = groups.brokers.index[
        [number == own or number in to for own, to in groups.brokers[["community", "reaches"]].itertuples(index=False)]
    ]
    deep = int(ties.loc[list(one.people), "state"].eq("deep").sum())
    return [
        plain(one.name), len(one.people), deep, common(one), plain(ties["name"][one.people[0]]),
        ", ".join(plain(ties["name"][human]) for human in linking[:3]),
    ]  # fmt: skip


def common(one: Community) -> str:
    """What the people of a community have in common, and how many of them."""
    if one.basis == PEOPLE:
        return "several conversations, meetings or employers"
    what = {"gathering": "one conversation or meeting", THROUGH: "who introduced them", "address": "mail addresses"}
    whole = len(one.people)
    return f"{what.get(one.basis, one.basis)}: {one.covers:,} of {whole:,}, {one.covers / whole:.0%}"


def _brokers(audit: Audit, groups: Communities, brokers: pd.DataFrame) -> None:
    st.subheader(
        "Who links your groups",
        help="Brokers: people who take part in what belongs to other groups than their own, with at least a tenth of "
        "what ties them to others there. First those who reach most groups, weighted by the depth of your tie. "
        "Somebody who is your *only way* to an employer is another thing: that is told on the page Habits.",
    )
    if brokers.empty:
        st.caption("Nobody is seen in two groups.")
        return
    ties = audit.ties.loc[brokers.index]
    name = [plain(one.name) for one in groups.all]
    shown = pd.DataFrame(
        {
            "Name": [plain(n) for n in ties["name"]],
            "Depth": ties["depth"].round().astype(int).to_numpy(),
            "Group": [name[own] for own in brokers["community"]],
            "Also in": [" · ".join(name[to] for to in reached) for reached in brokers["reaches"]],
        }
    )
    _people_table(shown, list(brokers.index), "brokers", "Who links your groups")


def _people_table(shown: pd.DataFrame, humans: list[str], key: str, alt: str) -> None:
    """A table of people; a row that is selected leads to the person."""
    event = st.dataframe(
        shown, hide_index=True, key=key, alt=alt, on_select="rerun", selection_mode="single-row",
        height=min(380, 36 * len(shown) + 40),
        column_config={"Depth": st.column_config.ProgressColumn(min_value=0, max_value=100, format="%.0f", width=100)},
    )  # fmt: skip
    for row in event.selection.rows[:1]:
        people.show(humans[row])


def _community(audit: Audit, groups: Communities, number: int) -> None:
    one = groups.all[number]
    st.markdown(f"#### {md(one.name)}: {len(one.people):,} people")
    st.caption(f"In common: {common(one)}.")
    drawn = mapdrawing.people(groups, number, audit.ties)
    event = st.echarts_chart(
        drawn.option, height=560, key=f"people-{people.ref(one.key)}-{audit.as_of:%Y%m%d}", on_select="rerun",
        alt=drawn.alt,
    )  # fmt: skip
    st.caption(f"{drawn.caption}The bigger, the deeper. Lines lead to what they share. Click a person to see more.")
    place = _picked(event)
    if place is not None and place < len(drawn.humans):
        people.show(drawn.humans[place])
    st.subheader("Who is in it")
    ties = audit.ties.loc[list(one.people)]
    shown = pd.DataFrame(
        {
            "Name": ties["name"].map(plain).to_numpy(),
            "Depth": ties["depth"].round().astype(int).to_numpy(),
            "Kind": ties["kind"].to_numpy(),
            "Company": ties["company"].fillna("").map(plain).to_numpy(),
        }
    )
    _people_table(shown, list(one.people), "members", "Who is in this group, deepest first")
    here = [
        number == own or number in to for own, to in groups.brokers[["community", "reaches"]].itertuples(index=False)
    ]
    _brokers(audit, groups, groups.brokers[here])


def _picked(event: Any) -> int | None:
    """The place of the node that was clicked; lines are no answer."""
    nodes = [group for group in event.selection.selected if group["data_type"] == "node"]
    return next((int(place) for group in nodes for place in group["data_indices"]), None)
