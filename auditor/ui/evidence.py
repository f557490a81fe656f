"""What the files say of one tie, on a card: since when, through whom, how deep, and the days of contact."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from auditor.audit import Audit
from auditor.mentions import profile_url
from auditor.telling import happened, many
from auditor.ui import state
from auditor.ui.text import md

MONTHS = 24


def facts(audit: Audit, human: str) -> str:
    """What is known of a tie in a line, as Markdown: the kind, since when, when last, through whom."""
    return " · ".join(md(fact) for fact in _facts(audit, human, audit.ties.loc[human]))


def show(found: state.Export, audit: Audit, human: str) -> None:
    """The figures of the tie to `human`, and what happened over which channel; nothing without contact."""
    tie: Any = audit.ties.loc[human]
    if tie["contact_days"]:
        rows = _exchanges(found, audit, human)
        _figures(tie, _monthly(rows, audit.as_of))
        if len(rows["channel"].unique()) > 1:
            st.text(happened(rows))
    if url := profile_url(human):
        st.link_button("Profile", url, icon=":material/open_in_new:", key="evidence-profile", type="tertiary")


def _facts(audit: Audit, human: str, tie: Any) -> list[str]:
    facts = [f"Kind: {tie['kind']}"]
    if pd.notna(tie["connected_on"]):
        facts.append(f"connected since {tie['connected_on']:%B %Y}")
    if pd.notna(tie["last_contact"]):
        facts.append(f"last contact {tie['last_contact']:%d %B %Y}")
    came = audit.introductions[audit.introductions["introduced"] == human]
    for through, at in came[["introducer", "at"]].itertuples(index=False):
        facts.append(f"introduced by {audit.ties['name'].get(through, through)} in {at:%B %Y}")
    return facts


def _figures(tie: Any, monthly: list[int]) -> None:
    line = st.container(horizontal=True)
    line.metric(
        "Depth", f"{tie['depth']:.0f}", f"{tie['low']:.0f} to {tie['high']:.0f}", delta_color="off", delta_arrow="off",
        help="Of 100, with its 90 % interval. The wider that is, the less the files can say.",
    )  # fmt: skip
    line.metric(
        "At its deepest", f"{tie['lifetime_depth']:.0f}", "of 100", delta_color="off",
        delta_arrow="off", help="The greatest depth that this tie ever had (lifetime depth).",
    )  # fmt: skip
    line.metric(
        "Days, you and they", f"{tie['days_out']:,} : {tie['days_in']:,}", f"{many(sum(monthly), 'day')} in two years",
        delta_color="off", delta_arrow="off", chart_data=monthly, chart_type="bar",
        help="On how many days you turned to them, and they to you; the bars are the days of contact in each of the "
        f"last {MONTHS} months.",
    )  # fmt: skip


def _exchanges(found: state.Export, audit: Audit, human: str) -> pd.DataFrame:
    """All that was exchanged with a human as of the audit's day."""
    mentions = audit.human.index[audit.human == human]
    table = found.records.interactions
    return table[table["person"].isin(mentions) & (table["at"] <= audit.as_of) & (table["channel"] != "note")]


def _monthly(rows: pd.DataFrame, now: pd.Timestamp) -> list[int]:
    """On how many UTC days there was contact, in each of the last `MONTHS` months."""
    days = rows["at"].dt.tz_localize(None).dt.normalize().drop_duplicates()
    months = pd.period_range(end=now.tz_localize(None).to_period("M"), periods=MONTHS)
    return [int(n) for n in days.dt.to_period("M").value_counts().reindex(months, fill_value=0)]
