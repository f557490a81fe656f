"""The audit on screen, from the headline to the receipt."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from auditor import callers, deliver
from auditor.audit import Audit
from auditor.dunbar import DUNBAR, OBSERVED_ONLINE
from auditor.filters import shallow
from auditor.kinds import KINDS
from auditor.marks import WELL
from auditor.records import UNKNOWN_OWNER
from auditor.rings import Dot
from auditor.ui import charts, cohorts, header, manual, receipt, selfaudit, state, tie
from auditor.ui.text import plain


def show(found: state.Export) -> None:
    """The Audit page of an export. What is slow comes last, into its place above."""
    header.show(found, "Your network")
    audit = state.audited(found)
    observed = bool((audit.ties["contact_days"] > 0).any())
    _headline(audit)
    if observed:
        _depth(audit, state.dots(found))
    else:
        _size(audit)
    past, pending = st.columns([6, 5], gap="large") if observed else (None, st.container())
    with pending:
        _pending(audit)
        _callers(audit)
    _receipt(audit)
    if past:
        with past:
            selfaudit.show(found)


def _headline(audit: Audit) -> None:
    """The answer, or what it lacks."""
    answer, _, comparison = deliver.headline(audit).partition(". ")
    st.markdown(f"#### {answer}.")
    lost = audit.coverage
    unknown = int(lost.loc[(lost["role"] == "set aside") & lost["what"].eq(UNKNOWN_OWNER), "rows"].sum())
    if not unknown:
        st.markdown(comparison)
        return
    st.warning(
        f"{unknown:,} messages were set aside: nothing in these files says which of the people in them is you, so what "
        "you wrote cannot be told from what you were sent. Add **Profile.csv** from the same export, or hand in the "
        "whole ZIP, which has it: *Add files*, above.",
        title="Your messages were not counted",
        icon=":material/person_search:",
    )
    if audit.meaningful.count is not None:
        st.markdown(comparison)


def _depth(audit: Audit, dots: list[Dot]) -> None:
    """What can be said where there is any contact to measure."""
    _metrics(audit)
    _word(audit)
    picture, table = st.columns([6, 5], gap="large")
    with picture:
        _target(audit, dots)
    with table:
        _layers(audit)
        _kinds(audit)
    _years(audit, "What became of the people you added")


def _word(audit: Audit) -> None:
    """What the owner said of people, or the question."""
    told = audit.ties["told"].dropna()
    if len(told):
        well = int(told.isin(WELL).sum())
        st.caption(f"You told us about {len(told):,} people: {well:,} meaningful, {len(told) - well:,} not.")
    st.page_link(
        "views/review.py", label="Rate thirty, to see how right this is", icon=":material/how_to_reg:",
        query_params={"review": "Rate thirty"},
    )  # fmt: skip


def _size(audit: Audit) -> None:
    """What can be said of a list of connections alone: size and growth, and how to get the rest."""
    row = st.container(horizontal=True)
    _metric(row, "Connections", f"{len(audit.connections):,}", f"{_recent(audit):,} new in a year")
    _metric(row, "Meaningful ties", "—", "withheld")
    _word(audit)
    _years(audit, "The people you added")
    st.page_link("views/ties.py", label="See everybody in a table", icon=":material/group:")
    st.subheader("How to get the missing files")
    st.markdown(manual.text(manual.IMPORTING))


def _metrics(audit: Audit) -> None:
    connections, found = audit.connections, audit.meaningful
    thin, unobserved = len(shallow(connections)), int((connections["kind"] == "unobserved").sum())
    row = st.container(horizontal=True)
    _metric(row, "Connections", f"{len(connections):,}", f"{_recent(audit):,} new in a year")
    if found.count is None:
        _metric(row, "Meaningful ties", "—", "withheld")
    else:
        _metric(row, "Meaningful ties", f"{found.count:.0f}", f"{found.low:.0f} to {found.high:.0f} (90 %)")
    _metric(row, "Dunbar's number", f"{DUNBAR}", "online {}–{}".format(*OBSERVED_ONLINE))
    _metric(row, "Shallow", f"{thin:,}", f"{_share(thin, len(connections))} of all")
    _metric(row, "Unobserved", f"{unobserved:,}", "no file shows them")


def _metric(row: DeltaGenerator, label: str, value: str, below: str) -> None:
    meaning = _MEANING.get(label)
    row.metric(label, value, below, delta_color="off", delta_arrow="off", border=True, height="stretch", help=meaning)


_MEANING = {
    "Meaningful ties": (
        "The sum, over everyone with contact in both directions, of the chance that you two are in touch again within "
        "a year. A count with an interval, not a verdict on anybody."
    ),
    "Dunbar's number": "About 150 stable relationships is the usual convention; the research behind it spans 4 to 520.",
    "Shallow": "Observed, and not deep. Someone whom no file could show is unobserved, which is not shallow.",
    "Unobserved": "Connections for whose time no file of messages was read. Nothing is known about them here.",
}


def _recent(audit: Audit) -> int:
    """How many connections are younger than a year."""
    return int((audit.connections["connected_on"] > audit.as_of - pd.Timedelta(days=365)).sum())


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "0%"


@st.fragment
def _target(audit: Audit, dots: list[Dot]) -> None:
    st.subheader("The target", help="Every dot is a tie. The nearer the middle, the deeper; direction means nothing.")
    ties = audit.ties
    hidden = len(ties) - len(dots)
    chosen = ties.loc[[dot.human for dot in dots]]
    names = [f"{n} · depth {d:.0f} · {k}" for n, d, k in chosen[["name", "depth", "kind"]].itertuples(index=False)]
    event = st.echarts_chart(
        charts.target(dots, names),
        height=600,
        key=f"target-{audit.as_of:%Y%m%d}",
        on_select="rerun",
        alt=charts.describe_target(dots, hidden),
    )
    drawn = f"{len(dots):,} of {len(ties):,} people are drawn. " if hidden else ""
    st.caption(f"{drawn}The amber ring is Dunbar's 150. Click a dot to see who it is; click a word to hide its dots.")
    for group in event.selection.selected[:1]:
        inside = charts.in_band(dots, group["series_index"])
        for place in group["data_indices"][:1]:
            tie.show(audit, inside[place].human)


def _layers(audit: Audit) -> None:
    st.subheader("Layers", help="Each layer includes the inner ones. Counted by days with contact in the last year.")
    st.table(
        pd.DataFrame(_layer_rows(audit)),
        hide_index=True,
        border="horizontal",
        alt="Your layers against Dunbar's",
    )


def _layer_rows(audit: Audit) -> list[dict[str, str]]:
    return [
        {"Layer": c.name.capitalize(), "What it takes": c.meaning, "Yours": f"{c.count:,}", "Dunbar": f"{c.size:,}"}
        for c in audit.layers
    ]


def _kinds(audit: Audit) -> None:
    st.subheader("Kinds of tie")
    counts = audit.kinds
    rows = [
        {"Kind": k.name, "Ties": f"{counts[k.name]:,}", "What it means": k.meaning} for k in KINDS if k.name in counts
    ]
    rows.sort(key=lambda row: -counts[row["Kind"]])
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
