"""The habits on screen: a card a figure, with its trend, the list behind it, and how it is measured. No grades."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from auditor.habits import Habit, Referrals, Weak
from auditor.ui import automation, header, pace, people, state
from auditor.ui.text import md, plain

MOST_ROWS = 500
"""Rows of a list that are shown; the caption says how many more there are."""


def show(found: state.Export) -> None:
    """The Habits page of an export."""
    header.show(found, "Habits")
    seen = state.habits(found)
    st.caption(
        "What you do, in figures, over the last year up to the chosen day. Nothing here is a grade: each figure has "
        "the list behind it and, if you like, a target of your own."
    )
    told = [habit for habit in seen.figures if not habit.withheld]
    for one, other in zip(told[::2], [*told[1::2], None], strict=False):
        left, right = st.columns(2, gap="medium")
        _card(left, one)
        if other:
            _card(right, other)
    _withheld([habit for habit in seen.figures if habit.withheld])
    automation.show(state.audited(found))
    pace.show(seen.pace)
    _introductions(seen.referrals)
    _weak(seen.weak)


def number(habit: Habit) -> str:
    """The figure as it is read: a share without decimals, a rate with one."""
    if habit.figure is None:
        return "—"
    if habit.unit.startswith("%"):
        return f"{habit.figure:.0f} %"
    return f"{habit.figure:,.0f}" if float(habit.figure).is_integer() else f"{habit.figure:,.1f}"


def unit(habit: Habit) -> str:
    """The unit beside the figure; a share has its sign there already."""
    return habit.unit.removeprefix("% ").strip()


def _card(place: st.delta_generator.DeltaGenerator, habit: Habit) -> None:
    box = place.container(border=True, height="stretch", key=f"habit-{habit.key}")
    trend = habit.trend.fillna(0.0)  # a month without a figure has no bar
    drawn = bool((trend > 0).sum() > 1)
    with box:
        st.metric(
            habit.title, number(habit), unit(habit), delta_color="off", delta_arrow="off",
            chart_data=[round(float(n), 2) for n in trend] if drawn else None, chart_type="bar",
        )  # fmt: skip
        st.markdown(md(habit.sentence))
        _target(habit)
        with st.expander("The list behind it, and how it is measured", key=f"list-{habit.key}"):
            table(habit.evidence, f"evidence-{habit.key}", f"The list behind “{habit.title}”")
            if drawn:
                st.caption(f"The bars are months, from {trend.index[0]} to {trend.index[-1]}.")
            st.caption(f"**How is this measured?** {md(habit.how)}")


def _target(habit: Habit) -> None:
    """What the owner aims at, kept in this session; until then what is suggested, if anything is."""
    suggested = habit.target or 0.0
    aim = st.session_state.get(f"target-{habit.key}", suggested)
    whose = "Your target" if aim != suggested else "Suggested"
    told = f"{whose}: {aim:g} {'%' if _is_share(habit) else unit(habit)}" if aim else "Set a target of your own"
    with st.popover(told, icon=":material/flag:", key=f"aim-{habit.key}"):
        top, step = (100.0, 5.0) if _is_share(habit) else (30.0, 0.5)
        st.slider(
            f"Target: {habit.unit}", 0.0, top, float(habit.target or 0.0), step,
            key=f"target-{habit.key}", persist_state="session",
        )  # fmt: skip


def _is_share(habit: Habit) -> bool:
    return habit.unit.startswith("%")


def _withheld(habits: list[Habit]) -> None:
    """What could not be measured, and what to add."""
    if not habits:
        return
    with st.expander(
        f"{len(habits)} {'figure' if len(habits) == 1 else 'figures'} that these files cannot give",
        icon=":material/visibility_off:",
        key="withheld",
    ):
        for habit in habits:
            st.markdown(f"**{md(habit.title)}**: {md(habit.withheld)}")


def table(rows: pd.DataFrame, key: str, alt: str) -> None:
    """A list as it is shown: days as days, at most `MOST_ROWS` rows; one indexed by human leads to the person."""
    if rows.empty:
        st.caption("Nobody is on this list.")
        return
    shown = rows.head(MOST_ROWS).reset_index(drop=True)
    for column in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[column]):
            shown[column] = shown[column].dt.strftime("%Y-%m-%d").fillna("not yet")
    tall = min(320, 36 * len(shown) + 40)
    if rows.index.dtype == "str":
        event = st.dataframe(
            shown, hide_index=True, key=key, alt=alt, height=tall, on_select="rerun", selection_mode="single-row"
        )
        st.caption("Select a row to open the page of the person.")
        for row in event.selection.rows[:1]:
            people.show(str(rows.index[row]))
    else:
        st.dataframe(shown, hide_index=True, key=key, alt=alt, height=tall)
    if len(rows) > len(shown):
        st.caption(f"The first {len(shown):,} of {len(rows):,}; `auditor audit --json` has all.")


def _introductions(found: Referrals) -> None:
    st.subheader("Through whom they came", help=found.how)
    st.markdown(md(found.sentence))
    if found.people.empty:
        return
    with st.container(border=True):
        for chain in found.chains[:10]:
            st.text(plain(chain))
    people, best = st.columns([3, 2], gap="medium")
    with people:
        table(found.people, "introduced", "Who was introduced to you, and through whom")
    with best:
        table(found.best, "introducers", "Who introduced how many people to you")


def _weak(found: tuple[Weak, ...]) -> None:
    st.subheader(
        "Worth of the weak",
        help="Weak ties reach where deep ones do not, and helped most to a new job (Rajkumar et al. 2022); old deep "
        "ones are as useful as current ones after years of silence (Levin, Walter and Murnighan 2011).",
    )
    if not found:
        st.caption("No contact was observed, so nothing is known of which ties are weak: add messages.csv.")
        return
    st.caption("Before you prune: these ties are not deep, and each is worth keeping for a reason.")
    for tab, reason in zip(st.tabs([f"{w.title} ({len(w.people):,})" for w in found], key="weak"), found, strict=True):
        with tab:
            st.markdown(md(reason.sentence))
            table(reason.people, f"weak-{reason.key}", reason.title)
            st.caption(f"**How is this measured?** {md(reason.how)}")
