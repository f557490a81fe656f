"""The audit on screen, from the headline to the receipt."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from auditor import callers, deliver
from auditor.answer import Answer
from auditor.audit import Audit
from auditor.kinds import KINDS
from auditor.marks import WELL
from auditor.records import UNKNOWN_OWNER
from auditor.ui import bullseye, cohorts, first, growth, header, kept, manual, receipt, selfaudit, state, worth
from auditor.ui.text import plain


def show(found: state.Export) -> None:
    """The Audit page of an export. What is slow comes last, into its place above."""
    header.show(found, "Your network")
    audit = state.audited(found)
    answer = Answer.of(audit)
    _headline(audit, answer)
    observed = audit.observed
    said, picture = st.columns([5, 6], gap="large")
    with said:
        first.numbers(answer)
        if observed:
            first.layers(answer)
        _word(audit, observed=observed)
    proposed = st.container()
    if observed:
        _depth(audit, answer, found)
    else:
        _size(audit)
    past, pending = st.columns([6, 5], gap="large") if observed else (None, st.container())
    with pending:
        _pending(audit)
        _callers(audit)
    _receipt(audit)
    if found.kept and audit.as_of.date() == state.days(found)[1]:
        kept.keep_answer(answer)
    with picture:
        growth.show(found)
    if observed:
        with proposed:
            worth.show(found)
    if past:
        with past:
            selfaudit.show(found)


def _headline(audit: Audit, answer: Answer) -> None:
    """The answer, or what it lacks."""
    st.markdown(f"#### {answer.sentence}")
    lost = audit.coverage
    unknown = int(lost.loc[(lost["role"] == "set aside") & lost["what"].eq(UNKNOWN_OWNER), "rows"].sum())
    if not unknown:
        first.comparison(answer)
        return
    st.warning(
        f"{unknown:,} messages were set aside: nothing in these files says which of the people in them is you, so what "
        "you wrote cannot be told from what you were sent. Add **Profile.csv** from the same export, or hand in the "
        "whole ZIP, which has it: *Add files*, above.",
        title="Your messages were not counted",
        icon=":material/person_search:",
    )
    if answer.meaningful is not None:
        first.comparison(answer)


def _depth(audit: Audit, answer: Answer, found: state.Export) -> None:
    """What can be said where there is any contact to measure."""
    picture, table = st.columns([6, 5], gap="large")
    with picture:
        bullseye.show(audit, state.dots(found))
    with table:
        _layers(answer)
        _kinds(answer)
    _years(audit, "What became of the people you added")


def _word(audit: Audit, *, observed: bool) -> None:
    """What the owner said of people, or the question."""
    told = audit.ties["told"].dropna()
    if len(told):
        well = int(told.isin(WELL).sum())
        st.caption(f"You told us about {len(told):,} people: {well:,} meaningful, {len(told) - well:,} not.")
    if observed or len(told):
        st.page_link(
            "views/review.py", label="Rate thirty, to see how right this is", icon=":material/how_to_reg:",
            query_params={"review": "Rate thirty"},
        )  # fmt: skip


def _size(audit: Audit) -> None:
    """What can be said of a list of connections alone: growth, and how to get the rest."""
    _years(audit, "The people you added")
    st.page_link("views/ties.py", label="See everybody in a table", icon=":material/group:")
    st.subheader("How to get the missing files")
    st.markdown(manual.text(manual.IMPORTING))


def _layers(answer: Answer) -> None:
    st.subheader("Layers", help="Each layer includes the inner ones. Counted by days with contact in the last year.")
    rows = [
        {"Layer": c.name.capitalize(), "What it takes": c.meaning, "Yours": f"{c.count:,}", "Dunbar": f"{c.size:,}"}
        for c in answer.circles
    ]
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal", alt="Your layers against Dunbar's")


def _kinds(answer: Answer) -> None:
    st.subheader("Kinds of tie")
    meaning = {kind.name: kind.meaning for kind in KINDS}
    rows = [{"Kind": k, "Ties": f"{n:,}", "What it means": meaning[k]} for k, n in answer.kinds.items()]
    st.table(
        pd.DataFrame(rows), hide_index=True, border="horizontal", alt="How many connections there are of each kind"
    )
    st.page_link("views/ties.py", label="See every tie, and filter for the shallow ones", icon=":material/filter_list:")


def _years(audit: Audit, title: str) -> None:
    years = cohorts.by_year(audit.connections)
    if not years:
        return
    st.subheader(title, help="By the year of connecting, as of the chosen day.")
    st.echarts_chart(cohorts.bars(years), height=300, key="years", alt=cohorts.describe(years))


def _pending(audit: Audit) -> None:
    if audit.pending.empty:
        return
    st.subheader("Invitations still open")
    st.caption("The other side is no connection: the invitation is open, ignored or declined; the file cannot tell.")
    pending = audit.pending
    who = pending["direction"].astype("str").map({"out": "you invited", "in": "they invited"})
    shown = pd.DataFrame({"Name": pending["name"], "Who": who, "On": pending["at"].dt.strftime("%Y-%m-%d")})
    tall = min(280, 36 * len(shown) + 38)
    st.dataframe(shown, hide_index=True, key="pending", alt="Invitations still open", height=tall)


def _callers(audit: Audit) -> None:
    """Who is on the other side of the owner's calls."""
    if audit.callers.empty:
        return
    st.subheader("Callers", help="Told apart, not scored: a call says that somebody has the number, no more.")
    st.text(plain(callers.describe(audit.callers)))
    shown = audit.callers.assign(
        name=audit.callers["name"].fillna("not known"),
        caller=audit.callers["caller"].mask(audit.callers["likely_automated"], "likely automated"),
        minutes=(audit.callers["seconds"] / 60).round(1),
        last=audit.callers["last"].dt.strftime("%Y-%m-%d"),
    )
    titles = {name: name.capitalize() for name in ("name", "caller", "calls", "missed", "minutes", "last")}
    st.dataframe(
        shown[list(titles)], hide_index=True, column_config=titles, key="callers", alt="Callers",
        height=min(280, 36 * len(shown) + 38),
    )  # fmt: skip


def _receipt(audit: Audit) -> None:
    st.subheader("Receipt", help="Every row of every file is either kept or set aside with the reason.")
    files = deliver.receipt(audit.coverage)
    lost = any(file["read"] and not file["kept"] for file in files)  # a whole file: the owner should see why
    with st.expander(receipt.in_a_line(files), expanded=lost, icon=":material/receipt_long:", key="receipt"):
        st.code("\n".join(receipt.lines(files)), language=None, wrap_lines=True, width=360)
    st.page_link("views/data.py", label="All about these data, and how depth is measured", icon=":material/help:")
