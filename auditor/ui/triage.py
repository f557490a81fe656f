"""One by one: a person on a card with all the evidence, and one key for what becomes of the tie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from auditor import triage
from auditor.audit import Audit
from auditor.kinds import KINDS
from auditor.triage import Plan
from auditor.ui import evidence, groups, kept, marking, state
from auditor.ui.text import md, plain, short

GOAL, REST = 50, 20
_PLAN, _SKIPPED, _LOOKED, _RESTED, _MOVED = (
    "triage-plan",
    "triage-skips",
    "triage-looked",
    "triage-rest",
    "triage-moved",
)


@dataclass(frozen=True, slots=True)
class _Answer:
    word: str
    key: str
    help: str
    label: str | None = None
    rating: str | None = None


_ANSWERS = (  # Streamlit keeps the keys C and R for itself
    _Answer("Keep", "k", "Stays as it is, and is asked about no more", "keep"),
    _Answer("Let go", "g", "Onto your list of those to let go of; nobody is told", "let go"),
    _Answer("Reach out", "o", "Comes first among what is worth doing this week", "reach out"),
    _Answer("Know well", "w", "Counts as meaningful, whatever the files hold", None, "know well"),
)
_MEANS = {kind.name: kind.meaning for kind in KINDS}


def show(found: state.Export) -> None:
    """The next person of an export, and the groups beside it.

    No answer scores anybody again: that waits for a page that shows the result.
    """
    plan = _planned(state.measured(found))
    done = triage.decided(plan.audit, kept.marks())
    asking, beside = st.columns([3, 2], gap="large")
    with asking:
        _ask(found, plan, done)
    with beside:
        groups.show(plan, done)


def _planned(audit: Audit) -> Plan:
    """The plan for an audit, made once."""
    plan: Plan | None = st.session_state.get(_PLAN)
    if plan is None or plan.audit is not audit:
        plan = st.session_state[_PLAN] = Plan.of(audit)
    return plan


def _ask(found: state.Export, plan: Plan, done: frozenset[str]) -> None:
    """The next card, or that it is enough for today, or that nobody is left."""
    skipped = {human for human, _ in _skips()}
    human = next((h for h in plan.order if h not in done and h not in skipped), None)
    if human is None:
        _nobody_left(plan)
    elif st.session_state.get(_LOOKED, 0) >= st.session_state.get(_RESTED, REST):
        _rest()
    else:
        _progress(plan, done | skipped)
        _card(found, plan, human)


def _progress(plan: Plan, behind: frozenset[str]) -> None:
    """How far one is among the first fifty of the order; once these are behind, among the first hundred."""
    goal = GOAL
    while goal < len(plan.order) and behind.issuperset(plan.order[:goal]):
        goal += GOAL
    first = plan.order[:goal]
    past = sum(human in behind for human in first)
    of = f"of your first {goal}" if goal <= len(plan.order) else f"of {len(first)}"
    st.progress(past / len(first), text=f"{past + 1} {of}")


def _card(found: state.Export, plan: Plan, human: str) -> None:
    """Who it is, the answers, and the evidence."""
    tie: Any = plan.audit.ties.loc[human]
    with st.container(border=True):
        st.markdown(f"#### {md(tie['name'])}", help=f"Kind: {tie['kind']}. {_MEANS[tie['kind']].capitalize()}.")
        work = ", ".join(plain(tie[c]) for c in ("position", "company") if pd.notna(tie[c]))
        st.text(work or "No position or company is known.")
        st.text(plain(tie["reason"]))
        st.caption(evidence.facts(plan.audit, human))
        for caution in plan.cautions.get(human, ()):
            st.markdown(f":material/lightbulb: **Before you let go:** {md(caution)}")
        _answers(plan.audit, human)
        evidence.show(found, plan.audit, human)
    _last()


def _answers(audit: Audit, human: str) -> None:
    line = st.container(horizontal=True)
    for answer in _ANSWERS:
        line.button(
            answer.word, key=f"triage-{answer.key}", shortcut=answer.key, icon=marking.ICONS[answer.word.lower()],
            help=answer.help, on_click=_answer, args=(audit, human, answer),
        )  # fmt: skip
    line.button(
        "Skip", key="triage-s", shortcut="s", icon=":material/skip_next:", on_click=_skip, args=(human,),
        help="Not now; says nothing",
    )  # fmt: skip
    _undo_button(line)


def _answer(audit: Audit, human: str, answer: _Answer) -> None:
    words, before = f"{audit.ties['name'][human]}: {answer.word.lower()}", len(marking.steps())
    marking.mark(words, audit, [human], add=[answer.label] if answer.label else (), rating=answer.rating)
    _look(len(marking.steps()) - before)


def _skip(human: str) -> None:
    _skips().append((human, len(marking.steps())))
    _look(1)


def _undo() -> None:
    """Takes back the last answer or skip, whichever came later; nobody is left out of it by a rest."""
    if _skipped_last():
        _skips().pop()
    else:
        marking.undo()
    _look(-1)


def _look(more: int) -> None:
    st.session_state[_LOOKED] = max(st.session_state.get(_LOOKED, 0) + more, 0)
    groups.seen()


def _skips() -> list[tuple[str, int]]:
    """Who was skipped in this session, in order, each with how many steps had been made by then."""
    skips: list[tuple[str, int]] = st.session_state.setdefault(_SKIPPED, [])
    return skips


def _skipped_last() -> bool:
    return bool(_skips()) and _skips()[-1][1] >= len(marking.steps())


def _undo_button(place: Any) -> None:
    place.button(
        "Undo", key="triage-u", shortcut="u", icon=":material/undo:", on_click=_undo, help="Takes the last one back",
        disabled=not _skips() and not marking.steps(),
    )  # fmt: skip


def _last() -> None:
    """What undo would take back."""
    if _skipped_last():
        st.caption("Last: skipped")
    elif marking.steps():
        st.caption(f"Last: {md(short(marking.steps()[-1].words))}")


def _rest() -> None:
    looked = st.session_state[_LOOKED]
    st.success(
        f"You looked at {looked} people, and what you said is kept. The next ones are there whenever you like.",
        title="That is enough for today",
        icon=":material/local_cafe:",
    )
    line = st.container(horizontal=True)
    line.button(f"{REST} more", key="triage-more", shortcut="m", icon=":material/add:", on_click=_go_on)
    _undo_button(line)
    _last()


def _go_on() -> None:
    st.session_state[_RESTED] = st.session_state.get(_LOOKED, 0) + REST


def _nobody_left(plan: Plan) -> None:
    said = "You decided on everybody who can be decided on." if plan.order else "There is nobody here to decide on."
    if skips := _skips():
        said = f"You decided on everybody but the {len(skips):,} whom you skipped."
    st.success(said, title="Nobody is waiting", icon=":material/check_circle:")
    line = st.container(horizontal=True)
    if skips:
        line.button("Show those I skipped", key="triage-again", icon=":material/replay:", on_click=skips.clear)
    _undo_button(line)
    _last()
