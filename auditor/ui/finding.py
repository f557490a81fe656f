"""Finding people by what is known of them, the ways to a company, and what is known of one person.

Texts of messages are looked at only while the files of this session are open and the owner asks for it. They and all
that is made of them are in this session and nowhere else; the query too is in no address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from auditor.errors import AuditorError
from auditor.ui import kept, people, picking, state
from auditor.ui.text import md, plain, short

if TYPE_CHECKING:
    import pandas as pd

    from auditor.audit import Audit
    from auditor.knowledge import Evidence, Fact, Knowledge, Path, Paths, Result, Said

_HELD, _SAID, _TEXTS = "finding-known", "finding-said", "find-texts"
MOST, MOST_WAYS = 20, 5

_KINDS = {
    "note": "Note",
    "tag": "Tag",
    "met": "How you met",
    "job": "Job",
    "job before": "Former job",
    "city": "City",
    "birthday": "Birthday",
}


@dataclass(frozen=True, slots=True)
class _Held:
    """What this session made of what is known, and of what."""

    audit: Audit
    notes: pd.DataFrame
    said: Said | None
    knowledge: Knowledge

    def still(self, audit: Audit, notes: pd.DataFrame, said: Said | None) -> bool:
        return self.audit is audit and self.said is said and self.notes.equals(notes)


def show(found: state.Export) -> None:
    """The search over all that is known: its box, the ways to a company of that name, and the people."""
    line = st.container(horizontal=True, vertical_alignment="bottom")
    query = line.text_input(
        "Find people by what you know of them", type="search", key="find", persist_state="session", width=420,
        placeholder="fly fishing · a company · met in Lisbon · #tag",
        help="Looks through names, jobs now and before, notes and their #tags, cities, birthdays and who introduced "
        "whom. Typos and accents are forgiven.",
    )  # fmt: skip
    _switch(found, line)
    if not query or not query.strip():
        return
    known = knowledge(found)
    ways = known.path(query)
    if ways:
        _ways(ways)
    results = known.search(query, MOST)
    if results:
        st.markdown(f"**{len(results)}{' best' if len(results) == MOST else ''} found**")
    elif not (ways and ways.company):
        st.info(
            "Nothing that is known of anybody matches. Try fewer words"
            + (", or search in your messages too." if found.things and known.said is None else "."),
            icon=":material/search_off:",
        )
    audit = state.audited(found)
    for result in results:
        _result(audit, result)


def facts(found: state.Export, human: str) -> None:
    """What is known of one person, a line each, and what the messages with them are about."""
    known = knowledge(found)
    told = known.facts(human)
    for fact in told:
        st.text(_told(fact))
    if not told:
        st.text("Nothing is known of them yet but their name.")
    if known.said:
        topics = known.topics(human)
        st.text(
            f"What your messages are about: {plain(', '.join(topics))}"
            if topics
            else "No word stands out in your messages with them."
        )
    elif found.things:
        _offer()
    else:
        st.caption(_GONE)


def knowledge(found: state.Export) -> Knowledge:
    """Everything known of anybody in this export, with the texts of messages where they are asked for."""
    from auditor.knowledge import Knowledge

    audit, notes = state.audited(found), kept.notes()
    said = _said(found, audit) if found.things and st.session_state.get(_TEXTS) else None
    held: _Held | None = st.session_state.get(_HELD)
    if held is None or not held.still(audit, notes, said):
        jobs = kept.jobs() if found.kept else None
        held = _Held(audit, notes, said, Knowledge.of(found.records, audit, notes, jobs, said))
        st.session_state[_HELD] = held
    return held.knowledge


_GONE = (
    "Texts of messages are kept nowhere. To search in them, or to see what you write about, hand the file in again: "
    "Add files, above."
)


def _switch(found: state.Export, place: st.delta_generator.DeltaGenerator) -> None:
    place.toggle(
        "Search in my messages too", key=_TEXTS, persist_state="session", disabled=not found.things,
        help="Only while the files are open: the texts are read again, stay in the memory of this session, and are "
        "gone when you turn this off, close the page or forget the export." if found.things else _GONE,
    )  # fmt: skip
    if not st.session_state.get(_TEXTS):
        st.session_state.pop(_SAID, None)


def _offer() -> None:
    """The same switch where there is no search box."""
    st.button(
        "What do we write about?", key="find-topics", icon=":material/forum:", on_click=_turn_on,
        help="Reads the texts of your messages from the open files again; they stay in the memory of this session.",
    )  # fmt: skip


def _turn_on() -> None:
    st.session_state[_TEXTS] = True


def _said(found: state.Export, audit: Audit) -> Said | None:
    """The texts of the open files; of one session, and made once for an audit."""
    from auditor.knowledge import Said
    from auditor.sources import texts

    held: tuple[Audit, Said | None] | None = st.session_state.get(_SAID)
    if held and held[0] is audit:
        return held[1]
    place = st.empty()
    bar = place.progress(0.0, text="Reading your messages …")
    try:
        read = texts(found.things, lambda _, share: _move(bar, share / 2), owner=found.records.owner)
        said = Said.of(read, audit, lambda share: _move(bar, 0.5 + share / 2))
    except AuditorError as error:
        st.warning(md(error), title="Your messages cannot be searched", icon=":material/warning:")
        said = None
    finally:
        place.empty()
    st.session_state[_SAID] = (audit, said)
    return said


def _move(bar: st.delta_generator.DeltaGenerator, share: float) -> None:
    bar.progress(min(max(share, 0.0), 1.0), text="Reading your messages …")


def _result(audit: Audit, result: Result) -> None:
    """One person who matches: who, how deep, and what of it is known."""
    with st.container(border=True):
        line = st.container(horizontal=True, vertical_alignment="center")
        about = picking.about(audit, result.human) if result.depth is not None else "in your address book only"
        line.markdown(f"**{md(short(result.name))}** · {md(about)}", width="stretch")
        if result.depth is not None:
            _open(line, result.human, result.name, "found")
        for evidence in result.evidence:
            if evidence.kind != "name":
                st.text(_evidence(evidence))


def _evidence(evidence: Evidence) -> str:
    words = plain(", ".join(evidence.words))
    if evidence.kind == "message":
        who = {"out": "from you", "in": "from them", "both": "from both of you"}[evidence.direction]
        many = f"{evidence.count:,} messages, the last" if evidence.count > 1 else "A message"
        return f"{many} in {evidence.at:%B %Y}, {who}: {words}"
    return _line(evidence.kind, evidence.text, evidence.at)


def _told(fact: Fact) -> str:
    return _line(fact.kind, fact.text, fact.at)


def _line(kind: str, text: str, at: pd.Timestamp | None) -> str:
    if at is None:
        when = ""
    elif kind == "job before":
        when = f" (until {at:%B %Y} or later)"
    else:
        when = f" ({at.day} {at:%B %Y})"
    return f"{_KINDS[kind]}: {'#' if kind == 'tag' else ''}{short(text, 400)}{when}"


def _ways(ways: Paths) -> None:
    """Whom to ask for a company: those there, then those who know somebody there."""
    with st.container(border=True):
        if ways.company:
            st.markdown(f"##### Ways to {md(short(ways.company))}")
        for title, some in (("You know", ways.direct), ("Through others", ways.through)):
            if some:
                st.caption(title)
            for path in some[:MOST_WAYS]:
                _way(path, title)
        if ways.company and not ways.direct and not ways.through:
            st.text("None of your ties is there, or knows somebody there.")
        if ways.alike:
            st.text(f"Also in your files: {short(', '.join(ways.alike), 400)}")


def _way(path: Path, title: str) -> None:
    line = st.container(horizontal=True, vertical_alignment="center")
    with line.container(width="stretch"):
        st.text(f"{short(path.sentence, 400)} Depth {path.depth:.0f}.")
    _open(line, path.human, path.name, f"way-{title}-{people.ref(path.target)}")


def _open(place: st.delta_generator.DeltaGenerator, human: str, name: str, where: str) -> None:
    if place.button(
        "Open", key=f"{where}-{people.ref(human)}", icon=":material/person:", help=f"Everything about {md(short(name))}"
    ):
        people.show(human)
