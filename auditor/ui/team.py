"""A team on screen, out of the folder of a finished run: who is closest to somebody, members side by side, and what
hangs on one person alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from auditor.errors import AuditorError
from auditor.ui.text import md, plain

if TYPE_CHECKING:
    from auditor.team import Answer, Missing, Report, Union
    from auditor.team.runs import RunFolder


def show() -> None:
    """The Team page: of the run that is named, by default of the last."""
    from auditor.team import runs

    st.title("Team")
    last = runs.latest()
    named = st.text_input(
        "Folder of a run", str(last or ""), key="team-run", persist_state="session",
        help="Where the scores of a run are; `auditor team FOLDER` says so at its end.",
    )  # fmt: skip
    if not named:
        _how()
        return
    try:
        run = runs.RunFolder.opened(Path(named).expanduser())
        union = _joined(str(run.path), run.written, run)
    except AuditorError as error:
        st.error(md(error))
        _how()
        return
    _union(run, union)


@st.cache_resource(max_entries=1, scope="session", show_spinner="Joining the members' scores …")
def _joined(place: str, written: int, _run: RunFolder) -> Union:  # noqa: ARG001 (the key)
    from auditor import team

    return team.joined(_run)


def _how() -> None:
    st.info(
        "Who of your team has the strongest tie to whom, what hangs on one person alone, and everybody's meaningful "
        "ties stand here once a team was audited. Put one sub-folder or ZIP for each member into a folder, and run:",
        icon=":material/info:",
    )
    st.code('pip install "auditor[team]"\nauditor team FOLDER', language=None)


def _union(run: RunFolder, union: Union) -> None:
    from auditor import team
    from auditor.team.told import headline, overlap

    found = team.report(union)
    st.markdown(f"#### {headline(found)}")
    st.text(plain(overlap(found)))
    _missing(run, union.missing)
    _ask(union)
    _members(found)
    _alone(found)
    with st.popover("Delete these scores", icon=":material/delete:"):
        st.text("Deletes the folder of this run. The exports stay where they are.")
        st.button("Delete them", type="primary", key="team-delete", on_click=_delete, args=(run,))


def _missing(run: RunFolder, missing: tuple[Missing, ...]) -> None:
    if not run.finished:
        st.warning(
            "Run the same command again: whoever is done is not audited again.",
            title="This run did not come to its end",
            icon=":material/warning:",
        )
    if missing:
        with st.expander(f"{len(missing):,} missing, and what to do about it", icon=":material/person_off:"):
            for one in missing:
                st.text(f"{plain(one.member)}: {plain(one.reason)}")


def _ask(union: Union) -> None:
    """The question of a team: who knows somebody, or somebody at a company."""
    st.subheader("Who is closest to …")
    line = st.container(horizontal=True, vertical_alignment="bottom")
    asked = line.text_input(
        "A person or a company", key="team-asked", type="search", width=420, persist_state="session",
        placeholder="a name, a profile address, or a company",
    )  # fmt: skip
    key = ""
    if union.hashed:
        key = line.text_input(
            "File with the team key", key="team-key", width=420, persist_state="session",
            help="Everybody here is a hash. The key turns what you ask for into one.",
        )  # fmt: skip
    if asked.strip():
        try:
            _answer(_asked(union, asked.strip(), key))
        except AuditorError as error:
            st.info(md(error), icon=":material/person_search:")


def _asked(union: Union, asked: str, key: str) -> Answer:
    from auditor import team

    return team.ask(union, asked, team.Secret.of_file(Path(key).expanduser()) if key else None)


def _answer(answer: Answer) -> None:
    """The strongest ties and the warmest paths."""
    ties = pd.DataFrame([
        {"Member": t.member, "Knows": t.person, "Company": t.company, "Depth": t.depth, "Chance": 100 * t.p_two_way,
         "Last contact": t.last_contact}
        for t in answer.strongest
    ])  # fmt: skip
    if answer.strongest:
        st.dataframe(
            ties, hide_index=True, width="stretch", key="team-ties", alt="Who knows them, the strongest tie first",
            column_config={"Depth": _bar("Depth", "0 to 100; see Help."), "Chance": _CHANCE},
        )  # fmt: skip
    paths = pd.DataFrame([
        {"From": path.people[0], "Warmth": 100 * path.warmth, "By way of": " → ".join(path.people[1:])}
        for path in answer.paths
    ])  # fmt: skip
    if answer.paths:
        st.markdown("**The warmest path of each member**", help=_WARMTH)
        st.dataframe(
            paths, hide_index=True, width="stretch", key="team-paths", alt="Each member's warmest path, warmest first",
            column_config={"Warmth": st.column_config.NumberColumn("Warmth", format="%.0f %%", help=_WARMTH)},
        )  # fmt: skip


def _members(found: Report) -> None:
    from auditor.dunbar import DUNBAR
    from auditor.team.told import meaningful

    st.subheader("Side by side", help=f"Meaningful ties against the usual convention of {DUNBAR}; no order, no grade.")
    rows = [
        {
            "Member": row.label, "Meaningful": row.facts.meaningful, "Interval": meaningful(row),
            "Connections": row.facts.connections, "New people": row.facts.new_humans, "Lunches": row.facts.lunches,
            "Tending": row.facts.tending, "Opening": None if row.facts.tending is None else 100 - row.facts.tending,
            "Only theirs": row.only, "As of": row.facts.as_of,
        }
        for row in found.members
    ]  # fmt: skip
    table = pd.DataFrame(rows).astype(dict.fromkeys(("Meaningful", *_RATES), "float64")) if rows else pd.DataFrame()
    number = st.column_config.NumberColumn
    st.dataframe(
        table, hide_index=True, width="stretch", key="team-members", alt="The members side by side",
        column_config={
            "Meaningful": _bar("Meaningful", f"The bar ends at {DUNBAR}.", DUNBAR),
            "New people": number("New / week", format="%.1f", help="In touch both ways for the first time; last year."),
            "Lunches": number("Lunches / week", format="%.1f", help="Meals in the calendar; last year."),
            "Tending": number("Tending", format="%.0f %%", help="Contact days with ties older than a year."),
            "Opening": number("Opening", format="%.0f %%", help="Contact days with newer ties."),
            "Only theirs": number("Only theirs", help="People in touch both ways with this member and nobody else."),
        },
    )  # fmt: skip


def _alone(found: Report) -> None:
    st.subheader("Hanging on one person", help="Companies where only one member has a deep tie.")
    st.text(f"{found.single:,} of {found.accounts:,} companies where somebody has a deep tie hang on one member.")
    rows = [
        {"Company": a.company, "Member": a.member, "People": a.people, "Chance": 100 * a.p_two_way, "Others": a.others}
        for a in found.alone
    ]
    if rows:
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, width="stretch", key="team-alone",
            alt="Companies that hang on one member",
            column_config={
                "Chance": _CHANCE,
                "Others": st.column_config.NumberColumn("Others in lighter touch", help="Who could be asked along."),
            },
        )  # fmt: skip


def _delete(run: RunFolder) -> None:
    run.delete()
    st.session_state.pop("team-run", None)
    _joined.clear()


def _bar(title: str, meaning: str, most: float = 100) -> Any:
    return st.column_config.ProgressColumn(title, min_value=0, max_value=most, format="%.0f", help=meaning)


_RATES = ("New people", "Lunches", "Tending", "Opening")
_WARMTH = "The chances of its ties, multiplied: that each is in touch both ways within a year."
_CHANCE = st.column_config.NumberColumn("Chance", format="%.0f %%", help="Of contact both ways within a year.")
