"""One tie explained: a sentence with the evidence, and the waterfall of its points, the same on every screen.

The points add up to the raw score, in whatever order; what they come to on 0–100 after each step hangs on the order,
which is always that of the formula (depth.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditor import depth, literal
from auditor.audit import Audit
from auditor.calibration import model
from auditor.filters import TieFilter
from auditor.literal import visible
from auditor.mentions import fold, linkedin_key, profile_url
from auditor.reasons import ways
from auditor.signals import YEAR_DAYS

BAR_WIDTH = 24
"""Characters of the longest bar in a terminal."""

MOST_CHOICES = 10
"""So many people are listed where a name fits several."""


@dataclass(frozen=True, slots=True)
class Part:
    """One step of the waterfall.

    `points` on the raw scale; `depth` what the steps so far come to, 0 to 100; `evidence` what was seen, in words.
    """

    label: str
    points: float
    depth: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a tie stands where it stands. Without contact there are no parts, and the sentence says what is known.

    `depth`, `low`, `high`: 0 to 100, with the 90 % interval. `p_two_way`: the chance of contact in both directions
    within a year, 0 to 1. `told`: the owner's own word, if given. `layer`: missing outside the four layers. `raw`: the
    sum of the points.
    """

    name: str
    profile_url: str | None
    work: str
    depth: float
    low: float
    high: float
    lifetime_depth: float
    p_two_way: float
    state: str
    kind: str
    layer: str | None
    told: str | None
    sentence: str
    raw: float
    parts: tuple[Part, ...]


def explain(audit: Audit, human: str) -> Explanation:
    """The explanation of the tie to `human`, a key of `audit.ties`."""
    tie: Any = audit.ties.loc[human]
    seen = tie.contact_days > 0
    work = ", ".join(str(what) for what in (tie.position, tie.company) if pd.notna(what))
    return Explanation(
        name=str(tie["name"]),
        profile_url=profile_url(human),
        work=work,
        depth=float(tie.depth),
        low=float(tie.low),
        high=float(tie.high),
        lifetime_depth=float(tie.lifetime_depth),
        p_two_way=float(tie.p_two_way),
        state=str(tie.state),
        kind=str(tie.kind),
        layer=None if pd.isna(tie.layer) else str(tie.layer),
        told=None if pd.isna(tie.told) else str(tie.told),
        sentence=sentence(tie) if seen else str(tie.reason),
        raw=float(tie.raw),
        parts=_waterfall(tie, min(audit.history_days, YEAR_DAYS)) if seen else (),
    )


def find(audit: Audit, name: str) -> list[str]:
    """The humans that `name` may mean, the deepest first: a profile address, a name, or name and employer.

    Who is called exactly so comes alone; then whoever has all these words in the name; then names with a typo; then
    anything that the search of the Ties page finds.
    """
    ties = audit.ties
    if (key := linkedin_key(name) or name) in ties.index:
        return [key]
    wanted = fold(name)
    folded = ties["name"].map(fold)
    words = set(wanted.split())
    alone = ties.assign(company=None, position=None)
    tries: tuple[Callable[[], pd.DataFrame], ...] = (
        lambda: ties[(folded == wanted) & (wanted != "")],
        lambda: ties[folded.map(lambda of: bool(words) and words <= set(of.split()))],
        lambda: TieFilter(text=name).apply(alone),
        lambda: TieFilter(text=name).apply(ties),
    )
    found = (attempt() for attempt in tries)
    return next((list(map(str, some.index)) for some in found if len(some)), []) if name.strip() else []


def sentence(tie: Any) -> str:
    """The evidence for a tie with contact, in one sentence; after it the owner's own word, which it cannot overrule."""
    seen = [f"{_days(tie.contact_days)} of contact {_direction(tie)} over {_many(tie.active_weeks, 'week')}"]
    seen.append(f"the last was {_when(tie)}")
    openings = tie.openings_out + tie.openings_in
    if openings and tie.days_out and tie.days_in:
        seen.append(f"you opened {100 * tie.openings_out / openings:.0f} % of the exchanges")
    said = "" if pd.isna(tie.told) else f" You told us: {tie.told}."
    return "; ".join(seen) + "." + said


def _direction(tie: Any) -> str:
    if not tie.days_in:
        return "from you alone"
    return "in both directions" if tie.days_out else "from them alone"


def _when(tie: Any) -> str:
    days, on = int(tie.quiet_days), f"{tie.last_contact.day} {tie.last_contact:%B %Y}"
    return ("today", "yesterday")[days] if days <= 1 else f"{days:,} days ago, on {on}"


def _waterfall(tie: Any, history_days: int) -> tuple[Part, ...]:
    """The parts of a tie with contact, in the order of the formula; time together only where something recorded it."""
    evidence = {
        "c_base": "the same for all",
        "c_reciprocity": _both_ways(tie),
        "c_spread": _over_time(tie),
        "c_time": "minutes met or talked, as recorded",
        "c_warmth": _of_late(tie),
        "c_silence": _silence(tie, history_days),
    }
    names = [name for name in LABELS if name != "c_time" or tie.c_time]
    points = [float(tie[name]) for name in names]
    reached = depth.to_scale(np.cumsum(points))
    return tuple(
        Part(LABELS[name], add, float(so_far), evidence[name])
        for name, add, so_far in zip(names, points, reached, strict=True)
    )


LABELS = {
    "c_base": "Where everyone starts",
    "c_reciprocity": "Both ways",
    "c_spread": "Over time",
    "c_time": "Time together",
    "c_warmth": "Of late",
    "c_silence": "Silence",
}
"""The parts of depth in plain words; the words of the help page."""


def _both_ways(tie: Any) -> str:
    if not tie.days_in:
        return f"you wrote on {_days(tie.days_out)} and they never answered"
    if not tie.days_out:
        return f"they wrote on {_days(tie.days_in)} and you never answered"
    days, worth = tie.days_out + tie.days_in, tie.worth_out + tie.worth_in
    light = f", worth only {worth:.1f} together: rituals, clicks and groups count less" if worth < days / 2 else ""
    if tie.met_days or tie.call_days:
        return f"{', '.join(ways(tie))}{light}"
    return f"you on {_days(tie.days_out)}, they on {_days(tie.days_in)}{light}"


def _over_time(tie: Any) -> str:
    weeks = f"{_days(tie.contact_days)} of contact, in {_many(tie.active_weeks, 'different week')}"
    return weeks if tie.days_in and tie.days_out else f"{weeks}; without answers more soon stops counting"


def _of_late(tie: Any) -> str:
    if not tie.year_days:
        return "no contact in the last year"
    return f"{_days(tie.year_days)} of contact in the last year, the latest counting most"


def _silence(tie: Any, history_days: int) -> str:
    """How long it is quiet. Where a whole history more is taken off, the last contact was one that ends no silence."""
    points, within, beyond = -tie.c_silence, model()["silence"], model()["silence_beyond"]
    counted = history_days * (points / within if points <= within else 1 + (points - within) / (within + beyond))
    quiet = f"{_days(tie.quiet_days)} since the last contact"
    ritual = counted - tie.quiet_days > history_days / 2
    return f"{quiet}, a ritual phrase or a click, which ends no silence" if ritual else quiet


def score(found: Explanation) -> str:
    """The depth with its interval, in words."""
    return f"Depth {found.depth:.0f} of 100 (90 % between {found.low:.0f} and {found.high:.0f})"


def to_text(found: Explanation) -> str:
    """The explanation for a terminal: who, the sentence, and the waterfall as bars of a fixed width."""
    place = f"in your {found.layer}" if found.layer else "outside the four layers"
    lines = [" · ".join(visible(x) for x in (found.name, found.work) if x)]
    if not found.parts:
        return "\n".join([*lines, f"{found.state}, {found.kind}", found.sentence])
    lines.append(f"{score(found)}; {found.state}, {found.kind}, {place}.")
    lines += [found.sentence, "", f"  {'':<22}{'points':>7}{'depth':>7}"]
    before = 0.0
    for part in found.parts:
        numbers = f"{part.points:>+7.2f}{part.depth:>7.0f}"
        lines.append(f"  {part.label:<22}{numbers}  {_bar(before, part.depth)}  {part.evidence}".rstrip())
        before = part.depth
    return "\n".join([*lines, f"  {'Depth':<22}{found.raw:>+7.2f}{found.depth:>7.0f}  {_bar(0, found.depth)}".rstrip()])


def _bar(start: float, end: float) -> str:
    """The way from one depth to the next on a line of `BAR_WIDTH` characters: up is full, down is hatched."""
    low, high = (round(at * BAR_WIDTH / 100) for at in sorted((start, end)))
    return f"{' ' * low}{('█' if end >= start else '░') * (high - low)}".ljust(BAR_WIDTH)


def to_dict(found: Explanation) -> dict[str, Any]:
    """The explanation in plain values, rounded, as `--json` prints it."""
    values = asdict(found)
    rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in values.items()}
    parts = [part | {"points": round(part["points"], 4), "depth": round(part["depth"], 1)} for part in values["parts"]]
    return rounded | {"parts": parts}


def to_json(found: Explanation) -> str:
    """`to_dict`, as JSON text."""
    return literal.to_json(to_dict(found))


def ambiguous(audit: Audit, humans: Sequence[str]) -> str:
    """What to say where a name means nobody, or more than one: who they are, and the address that means no other."""
    if not humans:
        return "nobody of that name is in these files. Try a part of the name, the company, or the profile address."
    people = [explain(audit, human) for human in humans[:MOST_CHOICES]]
    lines = ["  " + " · ".join(visible(x) for x in (p.name, p.work, _deep(p), p.profile_url) if x) for p in people]
    more = f"\n  … and {len(humans) - len(people):,} more" if len(humans) > len(people) else ""
    asked = f"{len(humans):,} people fit. Say more of the name, add the company, or give the profile address:"
    return "\n".join([asked, *lines]) + more


def _deep(told: Explanation) -> str:
    return f"depth {told.depth:.0f}" if told.parts else ""


def _days(count: float) -> str:
    return _many(count, "day")


def _many(count: float, noun: str) -> str:
    return f"{int(count):,} {noun}" if int(count) == 1 else f"{int(count):,} {noun}s"
