"""Who is who: two cards side by side, why they may be one human, three answers. Nothing doubtful joins by itself."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from auditor.audit import Audit
from auditor.records import Records
from auditor.ui import kept, state
from auditor.ui.text import md, plain

Pair = tuple[str, str]

_LATER, _DONE, _TURN = "review-later", "review-done", "review-turn"
_CHANNELS_NAMED = 3


def show(found: state.Export) -> None:
    """Who may be the same human, in what was read."""
    st.markdown(
        "Files name the same people in different ways. What is sure was joined; what is only likely waits for your "
        "word here, the pair first that would change the audit most. You can take back every answer, and every joining."
    )
    audit = state.audited(found)
    waiting = queue(audit)
    if waiting.empty:
        _nothing_left()
    else:
        _ask(found.records, audit, waiting)
    _joined(audit)
    _decided(found.records)


def queue(audit: Audit) -> pd.DataFrame:
    """The proposals not put off in this session: `mention`, `human`, `similarity`, `kind`, `evidence`, and `days`, the
    contact days that joining the two would add; most first.
    """
    pairs = audit.proposals
    days = pairs["mention"].map(audit.human).map(audit.ties["contact_days"]).fillna(0).astype(int)
    open_ = ~pd.MultiIndex.from_frame(pairs[["mention", "human"]]).isin(list(_later()))
    ranked = pairs.assign(days=days)[open_]
    return ranked.sort_values(["days", "similarity", "mention", "human"], ascending=[False, False, True, True])


def _ask(records: Records, audit: Audit, waiting: pd.DataFrame) -> None:
    """The first pair."""
    pair: Any = next(waiting.itertuples())
    st.markdown(f"**{len(waiting):,}** {'pair waits' if len(waiting) == 1 else 'pairs wait'} for you.")
    one, other = st.columns(2, gap="medium")
    with one:
        _card(records, audit, pair.mention)
    with other:
        _card(records, audit, pair.human)
    days = f"{pair.days:,} {'day' if pair.days == 1 else 'days'}"
    adds = f" Joining them adds {days} of contact to the tie." if pair.days else ""
    st.markdown(f"**Why they may be one:** {md(pair.evidence)} (likeness {pair.similarity} of 100).{adds}")
    answers = st.container(horizontal=True)
    for label, key, icon, same in (
        ("Same", "s", ":material/check:", True),
        ("Different", "d", ":material/close:", False),
    ):
        answers.button(
            label, key=f"review-{key}", shortcut=key, icon=icon, type="primary", on_click=_decide,
            args=((pair.mention, pair.human), same),
        )  # fmt: skip
    answers.button(
        "Later", key="review-l", shortcut="l", icon=":material/schedule:", on_click=_put_off,
        args=((pair.mention, pair.human),),
    )  # fmt: skip
    _undo_button(answers)


def _card(records: Records, audit: Audit, mention: str) -> None:
    """What is known of one side: name, work, addresses, and what there was between you."""
    rows = records.people[records.people["person"] == mention]
    named = rows["name"].dropna()
    human = audit.human.get(mention, mention)
    tie = audit.ties.loc[human] if human in audit.ties.index else None
    with st.container(border=True, height="stretch"):
        st.markdown(f"#### {md(named.iloc[0] if len(named) else mention.partition(':')[2])}")
        for line in (*_work(rows), *_known_by(records, mention), *_contact(records, mention)):
            st.text(plain(line))
        if tie is not None and tie["connection"]:
            since = f" since {tie['connected_on']:%B %Y}" if pd.notna(tie["connected_on"]) else ""
            st.caption(f"A connection{since} · depth {tie['depth']:.0f} · {tie['kind']}")
        else:
            st.caption("Not on a list of connections")


def _work(rows: pd.DataFrame) -> list[str]:
    work = [", ".join(str(row[c]) for c in ("position", "company") if pd.notna(row[c])) for _, row in rows.iterrows()]
    return list(dict.fromkeys(line for line in work if line))[:2]


def _known_by(records: Records, mention: str) -> list[str]:
    """Addresses and numbers, and the files that tell of this side."""
    known = records.identifiers.loc[records.identifiers["person"] == mention, ["kind", "value"]]
    files = records.people.loc[records.people["person"] == mention, "source"].dropna().unique()
    lines = [f"{kind}: {value}" for kind, value in known.itertuples(index=False)]
    return [*lines[:4], *([f"in {', '.join(files[:3])}"] if len(files) else [])]


def _contact(records: Records, mention: str) -> list[str]:
    exchanges = records.interactions[records.interactions["person"] == mention]
    if exchanges.empty:
        return ["No contact under this name"]
    counts = exchanges["channel"].astype("str").value_counts()
    said = ", ".join(f"{n:,} × {str(channel).replace('_', ' ')}" for channel, n in counts.head(_CHANNELS_NAMED).items())
    first, last = exchanges["at"].min(), exchanges["at"].max()
    return [said, f"{first:%B %Y} to {last:%B %Y}" if first.date() != last.date() else f"on {first:%d %B %Y}"]


def _nothing_left() -> None:
    st.success(
        "Nobody is in doubt. More files, such as a calendar or an address book, may bring new pairs.",
        title="No pair waits for you",
        icon=":material/check_circle:",
    )
    line = st.container(horizontal=True)
    if _later():
        line.button("Show those I put off", key="review-again", icon=":material/replay:", on_click=_later().clear)
    _undo_button(line)


def _undo_button(place: Any) -> None:
    place.button(
        "Undo", key="review-u", shortcut="u", icon=":material/undo:", on_click=_undo, disabled=not _done(),
        help="Takes back your last answer",
    )  # fmt: skip


def _later() -> list[Pair]:
    later: list[Pair] = st.session_state.setdefault(_LATER, [])
    return later


def _done() -> list[Pair]:
    """The pairs answered or put off in this session, in order."""
    done: list[Pair] = st.session_state.setdefault(_DONE, [])
    return done


def _decide(pair: Pair, same: bool) -> None:
    kept.decide(*pair, same=same)
    if not kept.trouble():
        _done().append(pair)


def _put_off(pair: Pair) -> None:
    _later().append(pair)
    _done().append(pair)


def _undo() -> None:
    pair = _done().pop()
    if pair in _later():
        _later().remove(pair)
    else:
        kept.undecide([pair])


def _joined(audit: Audit) -> None:
    """What was joined without asking, each to be taken apart."""
    if audit.links.empty:
        return
    shown = audit.links.assign(
        name=audit.links["human"].map(audit.ties["name"]), was=audit.links["mention"].map(_readable)
    )
    with st.expander(f"{len(shown):,} joined by themselves", icon=":material/join_inner:", key="joined"):
        _picked(
            shown,
            ("name", "was", "evidence"),
            {"name": "Person", "was": "Also known as", "evidence": "Because"},
            "Take these apart",
            _part,
        )


def _part(rows: pd.DataFrame) -> None:
    for mention, human in rows[["mention", "human"]].itertuples(index=False, name=None):
        kept.decide(mention, human, same=False)


def _decided(records: Records) -> None:
    """The owner's decisions, each to be taken back."""
    decisions = kept.decisions()
    if decisions.empty:
        return
    names = records.people.dropna(subset="name").drop_duplicates("person").set_index("person")["name"]
    called = {side: decisions[side].map(lambda key: names.get(key, _readable(key))) for side in ("one", "other")}
    shown = decisions.assign(
        first=called["one"] + " (" + decisions["one"].map(_readable) + ")",
        second=called["other"] + " (" + decisions["other"].map(_readable) + ")",
        word=decisions["same"].map({True: "the same", False: "different"}),
        on=decisions["at"].dt.strftime("%Y-%m-%d"),
    )
    with st.expander(f"{len(shown):,} decided by you", icon=":material/gavel:", key="decided"):
        _picked(
            shown,
            ("first", "second", "word", "on"),
            {"first": "One", "second": "The other", "word": "You said", "on": "On"},
            "Take these decisions back",
            lambda rows: kept.undecide(list(rows[["one", "other"]].itertuples(index=False, name=None))),
        )


def _picked(shown: pd.DataFrame, order: tuple[str, ...], titles: dict[str, str], label: str, do: Any) -> None:
    """A table whose chosen rows a button acts upon."""
    turn = st.session_state.setdefault(_TURN, 0)
    event = st.dataframe(
        shown, hide_index=True, column_order=order, column_config=titles, key=f"picked-{label}-{turn}",
        on_select="rerun", selection_mode="multi-row", alt=f"Choose rows, then: {label}",
    )  # fmt: skip
    rows = shown.iloc[[row for row in event.selection.rows if row < len(shown)]]

    def act() -> None:
        do(rows)
        st.session_state[_TURN] = turn + 1

    st.button(label, key=f"act-{label}", on_click=act, disabled=rows.empty, icon=":material/undo:")


def _readable(mention: str) -> str:
    """A mention key as people read it: the address, the number, the profile, or the name."""
    kind, _, value = mention.partition(":")
    return value.partition("@")[0] if kind == "name" else value
