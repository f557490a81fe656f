"""What a letter says, in order: a few facts, then short lists of people with a reason each. A quiet week's is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from auditor.changes import VANISHED, Changes
from auditor.literal import visible
from auditor.moves import Crossing
from auditor.suggestions import Waiting
from auditor.telling import ago, in_words, many
from auditor.weekly import WeeklyReport

LONGEST, LONGEST_JOB = 32, 24
"""A longer name, or company or position, is cut, so that a line stays a line and the letter one sheet."""

CHANGES = 3
"""At most so many of each sort of change; the app has them all."""

LIGHT = (
    "Light ties have their worth: in LinkedIn's own experiment they led to new jobs more often than close ones did "
    "(Rajkumar and others, 2022)."
)
DORMANT = "Quiet is no fault: dormant ties, once woken, gave advice as good as current ones (Levin and others, 2011)."
SILENCE = "Silence takes a little depth from every tie; the next contact gives it back."


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with its name, and what stands below it."""

    label: str
    value: str
    below: str


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody (or, without a name, the matter itself), what is said of them, a number where there is one, and whose
    page tells more (empty: nobody's).
    """

    name: str
    words: str
    figure: str = ""
    human: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list; `note` stands below it. `key` is its name in the report."""

    key: str
    title: str
    lines: tuple[Line, ...]
    note: str = ""


def title(report: WeeklyReport) -> str:
    """Which week, and up to when."""
    if report.running:
        return f"Week {report.week}, from {in_words(report.start)} to {in_words(report.seen_to)}, where the files end"
    return f"Week {report.week}, {in_words(report.start)} to {in_words(report.end)}"


def facts(report: WeeklyReport) -> list[Fact]:
    """The numbers of the week: what grew, and by how much."""
    grown = report.connections - report.connections_before
    low, high, before = report.meaningful_low, report.meaningful_high, report.meaningful_before
    meaningful, interval = "—", "withheld"
    if report.meaningful is not None and low is not None and high is not None:
        moved = "" if before is None else f"{report.meaningful - before:+.1f}; "
        meaningful, interval = f"{report.meaningful:,.0f}", f"{moved}90 %: {low:,.0f} to {high:,.0f}"
    touched, gained = Fact("In touch with", "—", "no file shows it"), Fact("Depth gained", "—", "withheld")
    if report.gained is not None and report.lost is not None:
        touched = Fact(touched.label, f"{report.in_touch:,}", many(report.exchanges, "exchange"))
        gained = Fact(gained.label, f"{report.gained:,.0f}", f"and {report.lost:,.0f} lost to silence")
    return [
        Fact("Meaningful ties", meaningful, interval),
        Fact("Connections", f"{report.connections:,}", f"{grown:+,} in the week" if grown else "as many as before"),
        touched,
        gained,
    ]


def sections(report: WeeklyReport) -> list[Section]:
    """The lists that have something in them. Of a quiet week only what is to be done, who waits, and what changed."""
    listed = [
        Section("actions", "Worth doing", tuple(Line(cut(a.name), f"{a.what}. {a.why}") for a in report.actions)),
        _wait("waiting_for_you", "They wait for you", "asked you", report.waiting_for_you, report.waiting_for_you_more),
        _wait("you_wait_for", "You wait for them", "you asked", report.you_wait_for, report.you_wait_for_more),
        *([] if report.quiet else _moves(report)),
        *(_changes(report.changes) if report.changes else []),
    ]
    return [section for section in listed if section.lines]


def _moves(report: WeeklyReport) -> list[Section]:
    up, down = (
        tuple(Line(cut(m.name), m.why, _points(m.change), m.human) for m in moved) for moved in (report.up, report.down)
    )
    came = [Line(cut(n.name), f"{n.how}.", human=n.human) for n in report.newcomers]
    crossed = [Line(cut(c.name), _crossed(c), human=c.human) for c in report.crossings]
    asleep = [
        Line(cut(d.name), f"up to {d.lifetime_depth:.0f} deep. Last, {d.what} in {d.last:%B %Y}.", human=d.human)
        for d in report.dormant
    ]
    return [
        Section("up", "Deeper", up),
        Section("down", "Quieter", down, SILENCE),
        Section("newcomers", "New people", _and_more(came, report.newcomers_more), LIGHT),
        Section("crossings", "Into another layer", _and_more(crossed, report.crossings_more)),
        Section("dormant", "Dormant, and worth waking", tuple(asleep), DORMANT),
        Section("year_ago", "The same week a year ago", tuple(_year_ago(report))),
    ]


def _points(change: float) -> str:
    return f"{change:+.0f}".replace("-", "−")


def _wait(key: str, title: str, who: str, some: Sequence[Waiting], more: int) -> Section:
    """Who waits, the deepest ties first; the note says so where not all are named."""
    lines = tuple(
        Line(cut(w.name), f"{who} on {w.asked.day} {w.asked:%B}, {ago(w.days)}.", human=w.human) for w in some
    )
    return Section(key, title, lines, f"The {len(some)} deepest ties of {len(some) + more:,}." if more else "")


def _crossed(crossing: Crossing) -> str:
    before = f"from the {crossing.before}" if crossing.before else "from outside all four"
    after = f"into the {crossing.after}" if crossing.after else "out of all four"
    return f"{'came closer' if crossing.inward else 'moved outward'}, {before} {after}."


def _year_ago(report: WeeklyReport) -> Iterator[Line]:
    then = report.year_ago
    if then is None:
        return
    count = "" if then.meaningful is None else f" About {then.meaningful:.0f} meaningful ties then."
    if not then.in_touch:
        yield Line("", f"In touch with nobody.{count}")
        return
    people = "1 person" if then.in_touch == 1 else f"{then.in_touch:,} people"
    yield Line("", f"In touch with {people}, and again since with {then.since:,} of them.{count}")


def _changes(changed: Changes) -> list[Section]:
    """What two exports side by side tell."""
    since = f"since {in_words(changed.since.date())}"
    jobs = [Line(cut(n), f"{_work(c, p)}; before, {_work(d, q)}.") for n, d, c, q, p in _rows(changed.jobs, _JOB)]
    gone = [Line(cut(n), f"{_work(c, p)}.") for n, c, p in _rows(changed.vanished, _WHO)]
    late = [Line(cut(n), f"{_work(c, p)}; was not on the older list.") for n, c, p in _rows(changed.late, _WHO)]
    named = [Line(cut(n), _renamed(n, old)) for n, old in _rows(changed.renamed, ["name", "name_before"])]
    return [
        Section("jobs", f"New jobs {since}", _shown(jobs)),
        Section("vanished", f"No longer on your list {since}", _shown(gone), VANISHED.partition(". ")[2]),
        Section("late", f"Back on your list {since}", _shown(late)),
        Section("renamed", f"Another name or address {since}", _shown(named)),
    ]


_WHO = ["name", "company", "position"]
_JOB = ["name", "company_before", "company", "position_before", "position"]


def _rows(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple[str, ...]]:
    filled = table[columns].fillna("").astype("str")
    return filled.itertuples(index=False, name=None)


def _work(company: str, position: str) -> str:
    return ", ".join(cut(part, LONGEST_JOB) for part in (position, company) if part) or "no job told"


def _renamed(name: str, before: str) -> str:
    return "has another profile address." if name == before else f"was {cut(before)}."


def _shown(lines: Sequence[Line]) -> tuple[Line, ...]:
    return _and_more(lines[:CHANGES], len(lines) - CHANGES)


def _and_more(lines: Sequence[Line], more: int) -> tuple[Line, ...]:
    return (*lines, Line("", f"and {more:,} more.")) if more > 0 else tuple(lines)


def cut(name: str, longest: int = LONGEST) -> str:
    """A name as it is shown: on one line, without what steers a display, and not too long."""
    plain = " ".join(visible(name).split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}…"
