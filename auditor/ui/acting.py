"""What can be done with ties that are selected: marked, rated, let go of after a warning, taken back, downloaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from auditor.audit import Audit
from auditor.deliver import ties_csv, ties_xlsx
from auditor.habits.habit import counted
from auditor.letting_go import Caution, cautions
from auditor.marks import RATINGS, REMOVED
from auditor.ui import marking
from auditor.ui.text import md, short

NAMED = 3
WARNED = 12
"""How many of the selected, and of those to think twice about, are named."""

LONGEST = 60
"""A longer name is cut where several stand in a row."""

_PENDING, _RATE = "letting-go", "mark-rate"


def show(audit: Audit, humans: Sequence[str], bridges: frozenset[str]) -> None:
    """Who is selected, and the buttons for them; they stand still while nobody is, so that the table below does too."""
    if set(st.session_state.get(_PENDING, ())) != set(humans):
        st.session_state.pop(_PENDING, None)
    line = st.container(horizontal=True, vertical_alignment="center")
    line.text(_named([str(audit.ties["name"][human]) for human in humans]), width="content")
    args, nobody = (audit, tuple(humans)), not humans
    line.button(
        "Keep", icon=marking.ICONS["keep"], key="mark-keep", on_click=_mark, args=(*args, "keep"), disabled=nobody
    )
    line.button(
        "Let go", icon=marking.ICONS["let go"], key="mark-let-go", on_click=_ask, args=(*args, bridges),
        disabled=nobody,
        help="Puts them on your let-go list. Nothing is done on any platform: you open the profiles and decide.",
    )  # fmt: skip
    line.button(
        "Reach out", icon=marking.ICONS["reach out"], key="mark-reach-out", on_click=_mark, args=(*args, "reach out"),
        disabled=nobody,
    )  # fmt: skip
    line.menu_button(
        "Rate", RATINGS, icon=":material/how_to_reg:", key=_RATE, on_click=_rate, args=args, disabled=nobody,
        format_func=str.capitalize,
    )  # fmt: skip
    if _PENDING in st.session_state:
        _warn(audit, tuple(humans), cautions(audit.ties, bridges, humans))


def _named(names: list[str]) -> str:
    if not names:
        return "Nobody is selected."
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"{len(names):,} selected: {', '.join(short(name, LONGEST) for name in names[:NAMED])}{more}"


def _people(some: Sequence[object]) -> str:
    return counted(len(some), "person", "people")


def _mark(audit: Audit, humans: tuple[str, ...], label: str) -> None:
    marking.mark(f"{_people(humans)}: {label}", audit, humans, add=[label])


def _rate(audit: Audit, humans: tuple[str, ...]) -> None:
    if rating := st.session_state[_RATE]:
        marking.mark(f"{_people(humans)}: {rating}", audit, humans, rating=rating)


def _ask(audit: Audit, humans: tuple[str, ...], bridges: frozenset[str]) -> None:
    """Lets go of them, unless there is somebody to think twice about."""
    if cautions(audit.ties, bridges, humans):
        st.session_state[_PENDING] = humans
    else:
        _let_go(audit, humans)


def _let_go(audit: Audit, humans: tuple[str, ...]) -> None:
    st.session_state.pop(_PENDING, None)
    if humans:
        marking.mark(f"{_people(humans)}: let go", audit, humans, add=["let go"], remove=[REMOVED])


def _warn(audit: Audit, humans: tuple[str, ...], found: tuple[Caution, ...]) -> None:
    """Whom to think twice about, with the reason, and three ways on."""
    lines = [f"- **{md(short(one.name, LONGEST))}** {md(one.why)}" for one in found[:WARNED]]
    if len(found) > WARNED:
        lines.append(f"- and {len(found) - WARNED:,} more")
    st.warning(
        "\n".join(lines),
        title=f"Think twice about {_people(found)}",
        icon=":material/front_hand:",
    )
    careful = {one.human for one in found}
    others = tuple(human for human in humans if human not in careful)
    line = st.container(horizontal=True)
    if others:
        line.button(
            f"Let go of the other {len(others):,} only", key="let-go-others", type="primary", on_click=_let_go,
            args=(audit, others),
        )  # fmt: skip
    line.button(f"Let go of all {len(humans):,}" if others else "Let go all the same", key="let-go-all",
        on_click=_let_go, args=(audit, humans))  # fmt: skip
    line.button("Cancel", key="let-go-cancel", on_click=_let_go, args=(audit, ()))


def undo(place: DeltaGenerator) -> None:
    """The button that takes the last step back, where there is one; of many at once it is said what was done."""
    marking.tell()
    if steps := marking.steps():
        place.button(f"Undo {marking.told(steps[-1])}", icon=":material/undo:", key="undo-marks", on_click=marking.undo)


def downloads(
    place: DeltaGenerator,
    audit: Audit,
    humans: Sequence[str] | pd.Index[str],
    which: str,
    key: str = "download",
    name: str = "ties",
) -> None:
    """Two buttons that give the ties to `humans` as CSV and as XLSX, made on the click. `which` says whom: "these"; the
    file is called `name`.
    """
    for kind, written in _WRITTEN.items():
        place.download_button(
            f"Download {which} as {kind.upper()}", partial(_file, written, audit, humans), f"{name}.{kind}",
            _MIME[kind], key=key if kind == "csv" else f"{key}-{kind}", icon=":material/download:",
            disabled=not len(humans), on_click="ignore",
            help="With every column and a link to each profile, and without your notes. Cells that "
            "a spreadsheet would run as a formula are made harmless.",
        )  # fmt: skip


def _file(written: Callable[[pd.DataFrame], Any], audit: Audit, humans: Sequence[str] | pd.Index[str]) -> Any:
    return written(audit.ties.loc[list(humans)])


_WRITTEN: dict[str, Callable[[pd.DataFrame], Any]] = {"csv": ties_csv, "xlsx": ties_xlsx}
_MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
