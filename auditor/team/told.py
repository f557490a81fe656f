"""A team's audit in a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from auditor import literal
from auditor.dunbar import DUNBAR
from auditor.habits.habit import counted
from auditor.habits.told import value
from auditor.literal import visible
from auditor.team.report import MemberRow, Report
from auditor.team.union import Union
from auditor.team.warmth import Answer

MOST_LINES = 10
"""So many ties, paths and accounts are printed; JSON has all."""

_FIGURES = "connections meaningful meaningful_low meaningful_high meaningful_withheld history_days".split()
_HABITS = "new_humans lunches new_company tending".split()


def to_json(union: Union, found: Report, answer: Answer | None = None) -> str:
    """The team's audit as JSON text: the same bytes for the same scores."""
    return literal.to_json(plain(union, found, answer))


def plain(union: Union, found: Report, answer: Answer | None) -> dict[str, Any]:
    """The team's audit in plain values, as `--json` prints it."""
    return {
        "dunbar": DUNBAR,
        "hashed": union.hashed,
        "members": [_member(row) for row in found.members],
        "missing": [asdict(one) for one in union.missing],
        "network": {
            "people": found.people,
            "in_touch": found.in_touch,
            "known_by": {str(members): people for members, people in found.known_by.items()},
            "accounts": found.accounts,
            "accounts_of_one": found.single,
        },
        "single_points_of_failure": [_rounded(asdict(account)) for account in found.alone],
        "asked": None if answer is None else _rounded(asdict(answer)),
    }


def _member(row: MemberRow) -> dict[str, Any]:
    facts = asdict(row.facts)
    figures = {key: facts[key] for key in ("as_of", "score_version", *_FIGURES)}
    habits = {f"{key}_percent" if key == "tending" else f"{key}_a_week": value(facts[key]) for key in _HABITS}
    opening = None if row.facts.tending is None else value(100 - row.facts.tending)
    return {
        "member": row.label,
        **figures,
        **habits,
        "opening_percent": opening,
        "shared": row.shared,
        "only": row.only,
    }


def _rounded(told: Any) -> Any:
    """The same with every fraction to six decimals, which are steady on every machine."""
    if isinstance(told, dict):
        return {key: _rounded(of) for key, of in told.items()}
    if isinstance(told, list | tuple):
        return [_rounded(of) for of in told]
    return round(told, 6) if isinstance(told, float) else told


def to_text(union: Union, found: Report, answer: Answer | None = None) -> str:
    """The team's audit as it is read in a terminal."""
    lines = [
        headline(found),
        "",
        f"  {'Member':<24} {'meaningful':>18} {'of':>5}   new/week  lunches  tending  only theirs",
    ]
    lines += [_line(row) for row in found.members]
    lines += ["", overlap(found)]
    if found.alone:
        lines += ["", f"Accounts that hang on one person: {found.single:,} of {found.accounts:,}"]
        lines += _some(
            found.alone,
            lambda a: f"  {visible(a.company):<28} {a.people:>4} deep, all of {visible(a.member)}{others(a.others)}",
        )
    if answer:
        lines += ["", *_answered(answer)]
    if union.missing:
        lines += ["", "Missing"]
        lines += [f"  {visible(one.member)}: {visible(one.reason)}" for one in union.missing]
    return "\n".join(lines)


def headline(found: Report) -> str:
    """How big the team's network is, in a sentence."""
    members, people = counted(len(found.members), "member"), counted(found.people, "person", "people")
    know = "knows" if len(found.members) == 1 else "know"
    touch = f"with {found.in_touch:,} of them somebody is in touch both ways"
    return f"{members} {know} {people}; {touch}."


def overlap(found: Report) -> str:
    """How many people hang on one member alone, in a sentence."""
    one = found.known_by.get(1, 0)
    return f"Of those in touch, {one:,} know one of you, and {found.in_touch - one:,} two or more."


def others(count: int) -> str:
    """Who else could be asked along, in words."""
    return f"; {count:,} more in lighter touch" if count else "; nobody else is in touch"


def meaningful(row: MemberRow) -> str:
    """A member's count with its interval."""
    facts = row.facts
    if facts.meaningful is None or facts.meaningful_low is None or facts.meaningful_high is None:
        return "withheld"
    return f"{facts.meaningful:.0f} ({facts.meaningful_low:.0f} to {facts.meaningful_high:.0f})"


def _line(row: MemberRow) -> str:
    facts = row.facts
    new, lunches = (_number(of, "{:.1f}") for of in (facts.new_humans, facts.lunches))
    tending = _number(facts.tending, "{:.0f} %")
    name = f"{visible(row.label):<24.24}"
    return f"  {name} {meaningful(row):>18} {DUNBAR:>5}   {new:>8}  {lunches:>7}  {tending:>7}  {row.only:>11,}"


def _number(figure: float | None, shape: str) -> str:
    return "—" if figure is None else shape.format(figure)


def _answered(answer: Answer) -> list[str]:
    lines = [f"Who is closest to {visible(answer.asked)}"]
    lines += _some(answer.strongest, lambda tie: f"  {tie.depth:>3.0f}  {visible(tie.member):<24} {_tie(tie)}")
    lines += ["", "The warmest path of each member"]
    return lines + _some(answer.paths, lambda path: f"  {path.warmth:>4.0%}  {visible(' → '.join(path.people))}")


def _tie(tie: Any) -> str:
    last = f", last in touch {tie.last_contact}" if tie.last_contact else ""
    return f"{visible(tie.person)}: {tie.p_two_way:.0%} to be in touch both ways within a year{last}"


def _some(things: Any, line: Callable[[Any], str]) -> list[str]:
    more = [f"  … and {len(things) - MOST_LINES:,} more"] if len(things) > MOST_LINES else []
    return [line(thing) for thing in things[:MOST_LINES]] + more
