"""What this browser session holds: the export that was read, and its audit. It is gone when the session ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from auditor import caches
from auditor.errors import AuditorError, NotAnExportError
from auditor.mishap import told
from auditor.ui import chooser, kept
from auditor.ui.reading import READING, reading_on

if TYPE_CHECKING:
    import pandas as pd

    from auditor.audit import Audit
    from auditor.backtest import Backtest
    from auditor.communities import Communities
    from auditor.habits import Habit, Pace, Referrals, Weak
    from auditor.marks import Personal
    from auditor.portrait import Portrait
    from auditor.ratings import Refit
    from auditor.records import Records
    from auditor.rings import Dot
    from auditor.sources import ListColumns, Upload
    from auditor.ui.table import Table
    from auditor.weekly import WeeklyReport

MASKED = "files that are not named: names are replaced"
_EXPORT, DAY, _PROBLEM, _VISITED = "export", "as_of", "problem", "visited"


@dataclass(frozen=True, slots=True)
class Export:
    """What was handed in: its fingerprint, what to call it, and what was read from it.

    `kept`: it is what the store holds, and so will be whatever is added to it. `things`: the files and uploads of this
    session, as long as they are open; texts can be looked up in them, since none is kept.
    """

    digest: str
    label: str
    records: Records
    kept: bool = False
    things: tuple[Path | Upload, ...] = ()


def export() -> Export | None:
    """The export of this session, if one was read; under other names, and without its texts, while they are masked."""
    found: Export | None = st.session_state.get(_EXPORT)
    hidden = kept.mask()
    return Export(f"{found.digest} masked", MASKED, hidden.records) if found and hidden else found


def mask(*, on: bool) -> None:
    """Puts other names in place of all, or takes them off; whatever was typed or picked under the others is dropped."""
    from auditor import identity
    from auditor import mask as masking

    found: Export | None = st.session_state.get(_EXPORT)
    day, records = st.session_state.get(DAY), found.records if found else None
    hidden = None
    if on and records is not None:
        st.session_state.pop(kept.MASK, None)
        hidden = masking.of(records, identity.resolve(records, kept.marks().decisions).human)
    _clear()
    st.session_state[_EXPORT] = found
    if day:
        st.session_state[DAY] = day
    if hidden:
        st.session_state[kept.MASK] = hidden


def problem() -> str | None:
    """Why the last attempt to read something failed, as plain text."""
    return st.session_state.get(_PROBLEM)


def load(
    things: Sequence[Path | Upload],
    label: str,
    on_cancel: Callable[[], None] | None = None,
    choices: Mapping[str, ListColumns] | None = None,
) -> bool:
    """Reads `things`, showing the progress, and adds them to what was read before; whether that worked.

    Where what was read before is kept, they are kept too.

    `problem` says why not; a table of unknown columns is kept for the chooser, whose `choices` say what they are. The
    button beside the bar cancels: Streamlit then ends this run at the next sign of progress, and since all is kept in
    one step at the end, nothing is left behind.
    """
    from auditor.sources import join, read

    st.session_state.pop(_PROBLEM, None)
    chooser.drop()
    before, place = _to_add_to(), st.empty()
    box = place.container()
    line = box.container(horizontal=True, vertical_alignment="center")
    bar = line.progress(0.0, text="Reading …")
    line.button("Cancel", icon=":material/close:", key="cancel", on_click=on_cancel)
    box.caption("Stay on this page until all is read: a click on anything else stops the reading, and nothing is kept.")
    reading = reading_on(bar, box.empty())
    try:
        owner = before.records.owner if before else None
        digest, records = _fingerprint(things), read(things, reading, owner=owner, choices=choices)
        caches.forget("auditor.sources")  # texts, which are measured by now
        if before and before.kept:
            found = _kept(things, label, records) or before
        elif before:
            digest = sha256(f"{before.digest} {digest}".encode()).hexdigest()
            found = Export(digest, f"{before.label}, {label}", join([before.records, records]))
        else:
            found = Export(digest, label, records)
        found = replace(found, things=(*(before.things if before else ()), *things))
        bar.progress(READING, text="All is read. Scoring every tie …")
        with box:
            audited(found)
    except AuditorError as error:
        st.session_state[_PROBLEM] = str(error)
        if isinstance(error, NotAnExportError) and error.table:
            chooser.offer(things, label)
        return False
    except Exception as error:  # noqa: BLE001 (whatever it is, the page goes on, and nothing of the files is kept)
        st.session_state[_PROBLEM] = told(error)
        return False
    finally:
        place.empty()
    _clear()
    st.session_state[_EXPORT] = found
    return True


def incomplete() -> bool:
    """Whether what was read lost messages because nothing said whose they are: it must be read again, as a whole."""
    from auditor.records import UNKNOWN_OWNER

    found = export()
    return found is not None and bool(found.records.coverage["what"].eq(UNKNOWN_OWNER).any())


def _kept(things: Sequence[Path | Upload], label: str, records: Records) -> Export | None:
    """All that is kept, this with it; None where it could not be kept, and `kept.trouble` says why."""
    kept.keep(things, label, records)
    return None if kept.trouble() else _remembered(_stored())


def _remembered(found: Export | None) -> Export | None:
    """The same, once how its ties stand by now is kept for the record."""
    if found:
        kept.remember(audited(found))
    return found


def _stored() -> Export | None:
    """What the store holds, where it holds anything."""
    held = kept.imports()
    if held.empty:
        return None
    digest, label = kept.digest(), f"{len(held)} {'import' if len(held) == 1 else 'imports'} kept on this machine"
    records = _recalled(digest)
    return None if records is None else Export(digest, label, records, kept=True)


@st.cache_resource(max_entries=1, show_spinner="Opening what is kept …")
def _recalled(digest: str) -> Records | None:  # noqa: ARG001 (the key)
    return kept.records()


def open_kept() -> None:
    """Shows what the store holds, where it holds anything."""
    found = _stored()
    if found:
        st.session_state[_EXPORT] = found


def keep(found: Export) -> None:
    """Keeps what is on screen in the store."""
    from auditor.sources import Upload

    kept.keep([Upload(found.label, found.digest.encode())], found.label, found.records)
    if not kept.trouble():
        reopen()
        opened = _remembered(export())
        if opened:
            st.session_state[_EXPORT] = replace(opened, things=found.things)


def forget_import(number: int) -> None:
    """Deletes one import from the store, and shows what is left."""
    kept.forget_import(number)
    reopen()


def reopen() -> None:
    """Drops what is on screen, and shows what the store holds."""
    _clear()
    open_kept()


def forget_everything() -> None:
    """Deletes all that is kept, the owner's own word too, and drops what is on screen."""
    kept.forget_all()
    forget()


def _to_add_to() -> Export | None:
    return None if incomplete() else export()


def forget() -> None:
    """Drops everything that this session knows."""
    _clear()
    for cache in (
        _recalled, _measured, _audit, _week, _growth, _table, _dots, _refit, _backtest, _habits, _portrait, _depths,
        _communities,
    ):  # fmt: skip
        cache.clear()
    caches.forget()


def first_visit() -> bool:
    """Whether this session has not been here before."""
    return _VISITED not in st.session_state


def visited() -> None:
    """From now on it has. Said once all is opened: what a click elsewhere cut short is opened again."""
    st.session_state[_VISITED] = True


def _clear() -> None:
    st.session_state.clear()
    st.session_state[_VISITED] = True


def days(found: Export, *, until_chosen: bool = False) -> tuple[date, date]:
    """The first and the last day that an audit of this export can be as of; `until_chosen`: up to the chosen one."""
    from auditor.audit import last_day

    today = datetime.now(UTC).date()
    last = min(today, last_day(found.records, default=today).date())
    known = [found.records.interactions["at"].min(), found.records.people["connected_on"].min()]
    first = min((t.date() for t in known if t == t), default=last)  # noqa: PLR0124 (NaT is not equal to itself)
    return min(first, last), _day(found) if until_chosen else last


def _day(found: Export) -> date:
    return st.session_state.get(DAY) or days(found)[1]


def measured(found: Export) -> Audit:
    """The audit of the export without the owner's ratings, though with their word on who is who and on their family."""
    return _measured(found.digest, _day(found), _said("decisions", "family"), found.records)


@st.cache_resource(max_entries=3, scope="session", show_spinner="Scoring every tie …")
def _measured(digest: str, day: date, told: str, _records: Records) -> Audit:  # noqa: ARG001 (the key)
    from auditor.audit import audit
    from auditor.marks import rating_table

    return audit(_records, day, replace(kept.marks(), ratings=rating_table()))


def audited(found: Export) -> Audit:
    """The audit of the export, as of the day that the owner chose, with what the owner said of people."""
    if kept.ratings().empty:
        return measured(found)
    return _audit(found.digest, _day(found), _told(), found)


@st.cache_resource(max_entries=3, scope="session", show_spinner="Scoring every tie …")
def _audit(digest: str, day: date, told: str, _of: Export) -> Audit:  # noqa: ARG001 (the key)
    from auditor.audit import audit

    return audit(_of.records, day, kept.marks(), _personal(_of))


def _told() -> str:
    """A digest of what the owner said and an audit heeds: of the labels that is family alone."""
    return _said("ratings", "decisions", "family")


def _said(*tables: str) -> str:
    """A digest of some of what the owner said; empty where that is nothing."""
    marks = kept.marks()
    family = marks.labels[marks.labels["label"] == "family"]
    given = [family if name == "family" else getattr(marks, name) for name in tables]
    if not any(map(len, given)):
        return ""
    return sha256("".join(table.to_csv(index=False) for table in given).encode()).hexdigest()


def week(found: Export, which: str) -> WeeklyReport:
    """The report of an ISO week, as far as the chosen day, with what the owner said of people and what is kept."""
    told = _said("ratings", "decisions", "labels")
    return _week(found.digest, _day(found), told, which, kept.digest(), found)


@st.cache_resource(max_entries=12, scope="session", show_spinner="Looking for what is worth doing …")
def _week(digest: str, day: date, told: str, which: str, stored: str, _of: Export) -> WeeklyReport:  # noqa: ARG001
    from auditor.weekly import weekly_report

    return weekly_report(_of.records, which, kept.marks(), _personal(_of), kept.changed(), day)


def growth(found: Export) -> pd.DataFrame:
    """Size and depth at the ends of quarters, up to the chosen day (history.quarters)."""
    return _growth(found.digest, _day(found), _told(), found)


@st.cache_resource(max_entries=3, scope="session", show_spinner=False)
def _growth(digest: str, day: date, told: str, _of: Export) -> pd.DataFrame:  # noqa: ARG001 (the key)
    from auditor.history import quarters

    return quarters(_of.records, day, kept.marks(), _personal(_of))


def _personal(found: Export) -> Personal | None:
    """What the owner's ratings move, where they make the score better."""
    fitted = refitted(found) if len(kept.ratings()) else None
    return fitted.personal if fitted and fitted.better else None


def refitted(found: Export) -> Refit:
    """What the owner's ratings move in the score."""
    return _refit(found.digest, _day(found), _told(), found)


@st.cache_resource(max_entries=3, scope="session", show_spinner="Learning from your ratings …")
def _refit(digest: str, day: date, told: str, _of: Export) -> Refit:  # noqa: ARG001 (the key)
    from auditor.marks import of_humans
    from auditor.ratings import refit

    now = measured(_of)
    return refit(_of.records, now, of_humans(kept.ratings(), now.human))


def backtested(found: Export) -> Backtest:
    """Depth and its simple rivals on the owner's own past."""
    return _backtest(found.digest, _day(found), _said("decisions"), found)


@st.cache_resource(max_entries=3, scope="session", show_spinner=False)
def _backtest(digest: str, day: date, who: str, _of: Export) -> Backtest:  # noqa: ARG001 (the key)
    from auditor.backtest import backtest

    return backtest(_of.records, measured(_of))


def table(found: Export) -> Table:
    """The ties of the audit as the Ties page shows them."""
    return _table(found.digest, _day(found), _told(), found)


@st.cache_resource(max_entries=3, scope="session", show_spinner=False)
def _table(digest: str, day: date, told: str, _of: Export) -> Table:  # noqa: ARG001 (the key)
    from auditor.ui.table import Table

    return Table.of(audited(_of), _of.records)


@dataclass(frozen=True, slots=True)
class Habits:
    """What the Habits page shows."""

    figures: tuple[Habit, ...]
    pace: Pace
    referrals: Referrals
    weak: tuple[Weak, ...]


def habits(found: Export) -> Habits:
    """What the owner does, as of the chosen day."""
    return _habits(found.digest, _day(found), _told(), found)


@st.cache_resource(max_entries=3, scope="session", show_spinner="Looking at your habits …")
def _habits(digest: str, day: date, told: str, _of: Export) -> Habits:  # noqa: ARG001 (the key)
    from auditor import habits as measured

    log = measured.Log.of(_of.records, audited(_of))
    return Habits(measured.habits(log), measured.how_long(log), measured.referrals(log), measured.weak(log))


def communities(found: Export) -> Communities:
    """The groups among the owner's people, and who links them."""
    return _communities(found.digest, _day(found), _told(), found)


@st.cache_resource(max_entries=3, scope="session", show_spinner="Looking for groups among your people …")
def _communities(digest: str, day: date, told: str, _of: Export) -> Communities:  # noqa: ARG001 (the key)
    from auditor.communities import find

    return find(_of.records, audited(_of))


def dots(found: Export) -> list[Dot]:
    """The target of the audit: who is drawn, and where."""
    return _dots(found.digest, _day(found), _said("decisions"), audited(found))


@st.cache_resource(max_entries=3, scope="session", show_spinner=False)
def _dots(digest: str, day: date, who: str, _of: Audit) -> list[Dot]:  # noqa: ARG001 (the key; ratings move nobody)
    from auditor import rings

    return rings.layout(rings.bands(_of.ties))


def portrait(found: Export, human: str) -> Portrait:
    """Everything that the files tell of one human of the audit."""
    return _portrait(found.digest, _day(found), _told(), human, found)


@st.cache_resource(max_entries=8, scope="session", show_spinner=False)
def _portrait(digest: str, day: date, told: str, human: str, _of: Export) -> Portrait:  # noqa: ARG001 (the key)
    from auditor.portrait import portrait

    return portrait(_of.records, audited(_of), human)


def depths(found: Export) -> pd.DataFrame:
    """The depth of every tie over the years (history.depths), at the end of each quarter and on the chosen day."""
    return _depths(found.digest, _day(found), _said("ratings", "decisions"), found)


@st.cache_resource(max_entries=2, scope="session", show_spinner="Looking back over the years …")
def _depths(digest: str, day: date, told: str, _of: Export) -> pd.DataFrame:  # noqa: ARG001 (the key)
    from auditor import history

    moments = history.ends_of_quarters(_of.records, audited(_of).as_of)
    return history.depths(_of.records, moments, kept.marks(), _personal(_of))


def _fingerprint(things: Sequence[Path | Upload]) -> str:
    """A digest of the contents of uploads, and of name, size and time of files on this machine."""
    digest = sha256()
    for thing in things:
        if isinstance(thing, Path):
            for file in sorted(thing.rglob("*")) if thing.is_dir() else [thing]:
                stat = file.stat() if file.exists() else None
                digest.update(f"{file}\0{stat and (stat.st_size, stat.st_mtime_ns)}\0".encode())
        else:
            digest.update(f"{thing.name}\0".encode())
            for chunk in _chunks(thing):
                digest.update(chunk)
    return digest.hexdigest()


def _chunks(upload: Upload) -> Iterator[bytes]:
    if isinstance(upload.content, bytes):
        yield upload.content
        return
    with upload.content.open("rb") if isinstance(upload.content, Path) else nullcontext(upload.content) as stream:
        stream.seek(0)
        yield from iter(lambda: stream.read(1 << 20), b"")
        stream.seek(0)
