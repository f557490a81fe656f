"""Rate thirty: a name at a time, without its score, one click each; then how right depth was, and what that moves."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from auditor import ratings
from auditor.audit import Audit
from auditor.marks import RATINGS, WELL, of_humans
from auditor.mentions import profile_url
from auditor.spreadsheet import harmless
from auditor.ui import kept, state
from auditor.ui.text import md, plain

_QUEUE, _SKIPPED, _DONE, _GOAL, _TURN = (
    "ratings-queue",
    "ratings-skipped",
    "ratings-done",
    "ratings-goal",
    "ratings-turn",
)

_MEANS = {
    "stranger": "You would not know what to say to them",
    "acquaintance": "You know who they are, and little more",
    "know well": "You could ring them up without a reason",
    "close": "You would turn to them, or they to you, when it matters",
}


def show(found: state.Export) -> None:
    """Whom to rate in an export, and what the ratings say."""
    measured = state.measured(found)
    told = of_humans(kept.ratings(), measured.human)
    asking, answer = st.columns([6, 5], gap="large")
    with asking:
        left = _ask(measured, told)
    with answer:
        _answer(found, measured, told, asking=left > 0)
    _table(measured, told, blind=left > 0)


def _ask(measured: Audit, told: pd.DataFrame) -> int:
    """The next name, or that there is none; how many are left."""
    st.markdown(
        "How well do you know these people? What depth says of them is not shown, so that it cannot sway you. Your "
        "word is kept on this machine, and nothing that is measured ever overrules it."
    )
    queue = _queue(measured, told)
    left = [human for human in queue if human not in _skipped() and human not in set(told["person"])]
    total = len(queue) + len(told)
    if not left:
        _all_asked(total, len(told))
        return 0
    st.progress(1 - len(left) / total, text=f"{total - len(left) + 1} of {total}")
    _card(measured.ties.loc[left[0]], left[0])
    return len(left)


def _queue(measured: Audit, told: pd.DataFrame) -> list[str]:
    """Whom to ask, chosen once a session, so that the order holds while ratings come in."""
    if _QUEUE not in st.session_state:
        goal = st.session_state.setdefault(_GOAL, ratings.TO_RATE)
        rated = set(told["person"])
        chosen = ratings.choose(measured.ties, max(goal - len(rated), 0), rated)
        st.session_state[_QUEUE] = [str(human) for human in chosen.index]
    rated = set(told["person"])
    there = [human for human in st.session_state[_QUEUE] if human in measured.ties.index]
    return [human for human in there if human not in rated]


def _skipped() -> list[str]:
    skipped: list[str] = st.session_state.setdefault(_SKIPPED, [])
    return skipped


def _done() -> list[str]:
    """Whom the owner rated or skipped in this session, in order."""
    done: list[str] = st.session_state.setdefault(_DONE, [])
    return done


def _card(tie: Any, human: str) -> None:
    """Who it is, and four answers; nothing that was measured."""
    with st.container(border=True):
        st.markdown(f"#### {md(tie['name'])}")
        work = ", ".join(plain(tie[c]) for c in ("position", "company") if pd.notna(tie[c]))
        st.text(work or "No position or company is known.")
        if pd.notna(tie["connected_on"]):
            st.caption(f"Connected since {tie['connected_on']:%B %Y}")
        answers = st.container(horizontal=True)
        for number, word in enumerate(RATINGS, 1):
            answers.button(
                word.capitalize(), key=f"rate-{word}", shortcut=str(number), help=_MEANS[word], type="primary",
                on_click=_rate, args=(human, word),
            )  # fmt: skip
        rest = st.container(horizontal=True)
        rest.button("Skip", key="skip", shortcut="s", icon=":material/skip_next:", on_click=_skip, args=(human,))
        _undo_button(rest)


def _undo_button(place: Any) -> None:
    place.button("Undo", key="undo", shortcut="u", icon=":material/undo:", on_click=_undo, disabled=not _done())


def _rate(human: str, word: str) -> None:
    kept.rate(human, word)
    if not kept.trouble():
        _done().append(human)


def _skip(human: str) -> None:
    _skipped().append(human)
    _done().append(human)


def _undo() -> None:
    human = _done().pop()
    if human in _skipped():
        _skipped().remove(human)
    else:
        kept.unrate([human])


def _all_asked(total: int, told: int) -> None:
    said = f"You were asked about {total:,} people and rated {told:,} of them. The more ratings, the surer the result."
    st.success(
        said if total else "There is nobody here whom you have not rated.",
        title="That is everybody for now",
        icon=":material/check_circle:",
    )
    line = st.container(horizontal=True)
    line.button(f"Ask me about {ratings.TO_RATE} more", key="more", icon=":material/add:", on_click=_more, args=(told,))
    _undo_button(line)


def _more(told: int) -> None:
    st.session_state[_GOAL] = told + ratings.TO_RATE
    st.session_state[_SKIPPED] = []
    st.session_state.pop(_QUEUE, None)


def _answer(found: state.Export, measured: Audit, told: pd.DataFrame, asking: bool) -> None:
    """How right depth was for this owner, and, once nobody is left to ask, what the ratings move."""
    st.subheader("How right depth is for you", help="Judged on your ratings alone: nothing in it was fitted to them.")
    judged = ratings.judge(measured.ties, told)
    if judged.auc is not None:
        st.metric(
            "Your own AUC", f"{judged.auc:.2f}", f"{judged.low:.2f} to {judged.high:.2f} (90 %)", delta_color="off",
            delta_arrow="off", border=True, width="content",
            help="The chance that depth puts one you know well before one you do not. 0.50 is guessing, 1.00 perfect.",
        )  # fmt: skip
    st.markdown(md(judged.sentence))
    st.subheader("What your ratings change", help="Only where “deep” begins for you, and the worth of each channel.")
    if len(told):
        well = int(told["rating"].isin(WELL).sum())
        st.markdown(
            f"On your word, of {len(told):,} people **{well:,}** are meaningful and {len(told) - well:,} are not."
        )
    if asking:
        st.markdown("Once the last one is rated, your ratings may move where “deep” begins for you.")
    else:
        st.markdown(md(state.refitted(found).sentence))


def _table(measured: Audit, told: pd.DataFrame, blind: bool) -> None:
    """The owner's ratings, to change or take back; beside the depth once nobody is left who could be swayed by it."""
    if told.empty:
        return
    st.subheader("Your ratings")
    shown = _shown(measured, told)
    turn = st.session_state.setdefault(_TURN, 0)
    st.data_editor(
        shown,
        hide_index=True,
        num_rows="delete",
        column_order=("name", "rating", "work", "on") if blind else ("name", "rating", "depth", "work", "on"),
        column_config=_COLUMNS,
        disabled=("name", "depth", "work", "on"),
        key=f"ratings-{turn}",
        on_change=edited,
        args=(list(shown.index), turn),
        alt="Your ratings, the latest first",
    )
    line = st.container(horizontal=True, vertical_alignment="center")
    line.download_button(
        "Download these as CSV", lambda: csv(shown), "ratings.csv", "text/csv", key="download-ratings",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    with line.popover("Delete all", icon=":material/delete:"):
        st.button("Yes, delete all of them", key="unrate-all", on_click=kept.unrate, args=(list(shown.index),))
    st.caption("Double-click a rating to change it; tick rows and press the bin to take them back.")


_COLUMNS = {
    "name": st.column_config.TextColumn("Name", width=200),
    "rating": st.column_config.SelectboxColumn("You said", options=list(RATINGS), required=True, width=140),
    "depth": st.column_config.ProgressColumn("Depth", min_value=0, max_value=100, format="%.0f", width=110),
    "work": st.column_config.TextColumn("Work", width=360),
    "on": st.column_config.TextColumn("Rated on"),
}


def _shown(measured: Audit, told: pd.DataFrame) -> pd.DataFrame:
    """The ratings of people who are in these files, the latest first, indexed by the human."""
    latest = told.sort_values(["at", "person"], ascending=[False, True]).set_index("person")
    ties = measured.ties.reindex(latest.index)
    work = ties["position"].str.cat(ties["company"], sep=", ", na_rep="").str.strip(", ")
    shown = pd.DataFrame(
        {
            "name": ties["name"],
            "rating": latest["rating"],
            "depth": ties["depth"].round(1),
            "work": work,
            "on": latest["at"].dt.strftime("%Y-%m-%d"),
        }
    )
    return shown[ties["name"].notna()]


def edited(humans: list[str], turn: int) -> None:
    """Applies what was changed in the table, and gives the next table a key without old edits."""
    edits: Any = st.session_state[f"ratings-{turn}"]
    for row, cells in edits["edited_rows"].items():
        if word := cells.get("rating"):
            kept.rate(humans[int(row)], word)
    if edits["deleted_rows"]:
        kept.unrate([humans[row] for row in edits["deleted_rows"]])
    st.session_state[_TURN] = turn + 1


def csv(shown: pd.DataFrame) -> str:
    """The ratings as a file for a spreadsheet, in which no cell acts as a formula."""
    urls: Any = [profile_url(str(human)) for human in shown.index]
    table = shown.assign(profile_url=urls).rename(columns={"on": "rated_on"})
    written = harmless(table[["name", "profile_url", "rating", "rated_on", "depth"]])
    return written.to_csv(index=False, lineterminator="\n")
