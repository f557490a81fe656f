"""When each person and the owner were in contact: the conversations behind the planted roles."""

from collections.abc import Callable
from typing import NamedTuple

from sample_exports.dice import Dice
from sample_exports.people import DAY, LIVING, YEAR, Person


class Talk(NamedTuple):
    """One conversation: when it begins (UTC seconds), how many messages it has, and what kind it is."""

    at: int
    turns: int
    kind: str  # chat, note, hello, birthday, anniversary, job, year, mailing, chase


class Turn(NamedTuple):
    """One message of a conversation."""

    at: int
    out: bool  # the owner wrote it
    place: int  # its place in the conversation, from 0
    last: int  # the place of the conversation's last message


def talks(seed: int, person: Person, end: int) -> list[Talk]:
    """The person's conversations with the owner, oldest first, all before `end`; none for those who never spoke."""
    plan = _PLANS.get(person.role)
    if plan is None:
        return []
    made = plan(Dice(seed, "talks", person.number), person, end)
    if person.note:
        made = [Talk(person.connected, 1, "note"), *(t for t in made if t.at > person.connected + 60)]
    return sorted(made)


def stretched(talk: Talk, factor: float, role: str) -> Talk:
    """The same conversation with more or fewer messages, for the living ties only."""
    if role not in LIVING or talk.kind != "chat":
        return talk
    return talk._replace(turns=max(2, round(talk.turns * factor)))


def turns(talk: Talk, dice: Dice, owner_first: bool, end: int) -> list[Turn]:
    """The messages of a conversation: they alternate mostly, and are over within two days."""
    at, out, made = talk.at, owner_first, []
    for place in range(talk.turns):
        made.append(Turn(min(at, end), out, place, talk.turns - 1))
        out = not out if place in (0, talk.turns - 2) or dice.chance(0.8) else out
        at += int(dice.between(2, 60) * 60 * (12 if dice.chance(0.25) and talk.turns < 12 else 1))
    return made


def _hour(dice: Dice, at: float) -> int:
    """A moment on the UTC day of `at` at which people write."""
    return int(at // DAY * DAY + dice.between(6.5, 21.5) * 3600)


def _steady(dice: Dice, first: float, last: float, rate: float, longest: int) -> list[Talk]:
    """Conversations from `first` to `last`, about `rate` a year, the last one on the last day."""
    at, made = last, []
    while at >= first:
        made.append(Talk(_hour(dice, at), dice.whole(2, longest), "chat"))
        at -= dice.waiting() * YEAR / rate
    return made


def _living(rate: tuple[float, float], years: tuple[float, float], quiet: float, longest: int) -> "Plan":
    """A plan for a living tie: its yearly rate, for how long, and the longest quiet (in days) before the end."""

    def plan(dice: Dice, person: Person, end: int) -> list[Talk]:
        last = max(end - dice.between(0.2, quiet) * DAY, person.connected + DAY)
        first = max(person.connected + DAY, end - dice.between(*years) * YEAR)
        before = _steady(dice, max(person.connected + DAY, first - YEAR), first - DAY, 6, 3) if rate[0] > 52 else []
        return before + _steady(dice, first, last, dice.between(*rate), longest)

    return plan


def _gone_quiet(dice: Dice, person: Person, end: int) -> list[Talk]:
    """As an active tie, until 13 to 30 months ago."""
    last = end - dice.between(396, 912) * DAY
    first = max(person.connected + DAY, last - dice.between(1.8, 4.0) * YEAR)
    return _steady(dice, first, last, dice.between(2.0, 4.3), 3)


def _deep_dead(dice: Dice, person: Person, end: int) -> list[Talk]:
    """50 to 110 messages both ways, then more than three years of silence."""
    total = 51 + int(dice.roll() ** 2 * 58)
    last = max(end - dice.between(3.05, 5.5) * YEAR, person.connected + 150 * DAY)
    last = min(last, end - 3.05 * YEAR)
    first = max(person.connected + DAY, last - dice.between(0.8, 2.5) * YEAR)
    made: list[Talk] = []
    while total > 0:
        count = total if total < 8 else dice.whole(3, 6)
        at = last if not made else dice.between(first, last)
        made.append(Talk(_hour(dice, at), count, "chat"))
        total -= count
    return made


def _mass_sender(dice: Dice, person: Person, end: int) -> list[Talk]:
    """30 to 120 letters at even intervals; one in five got one reply."""
    count = 31 + int(dice.roll() ** 2 * 88)
    gap = dice.between(0.85, 1.0) * (end - DAY - person.connected) / (count + 1)
    made = [
        Talk(_hour(dice, person.connected + (i + dice.between(0.2, 0.8)) * gap), 1, "mailing") for i in range(count)
    ]
    if dice.chance(0.2):
        place = dice.whole(1, count - 1)
        made[place] = made[place]._replace(turns=2)
    return made


def _ritual(dice: Dice, person: Person, end: int) -> list[Talk]:
    """Every year the same: birthdays, anniversaries, a new job, the new year, and thanks for it."""
    days = {"birthday": dice.whole(0, 364), "anniversary": dice.whole(0, 364), "year": 358 + dice.whole(0, 8)}
    usual = ["birthday", *(kind for kind in ("anniversary", "year") if dice.chance(0.4))]
    made = []
    for year in range(int((end - person.connected) / YEAR) + 2):
        for kind in usual + (["job"] if dice.chance(0.12) else []):
            day = days.get(kind, dice.whole(0, 364)) + (dice.whole(-1, 1) if kind == "birthday" else 0)
            at = _hour(dice, (person.connected // YEAR + year) * YEAR + day * DAY)
            if person.connected + DAY < at < end - DAY and dice.chance(0.92):
                made.append(Talk(at, 2 if dice.chance(0.85) else 1, kind))
    return made


def _one_sided_out(dice: Dice, person: Person, end: int) -> list[Talk]:
    """The owner writes four to thirty times and never hears back."""
    first, count = person.connected + DAY, 4 + int(dice.roll() ** 1.5 * 26)
    last = min(end - 2 * DAY, first + dice.between(0.2, 3.0) * YEAR)
    return [Talk(_hour(dice, dice.between(first, last)), 1, "chase") for _ in range(count)]


def _one_night(dice: Dice, person: Person, end: int) -> list[Talk]:
    """Everything within 13 days, then at least 200 days of silence."""
    first = dice.between(person.connected + DAY, max(person.connected + 2 * DAY, end - 215 * DAY))
    return [
        Talk(_hour(dice, first + dice.between(0, 12.0) * DAY), dice.whole(2, 6), "chat")
        for _ in range(dice.whole(2, 5))
    ]


def _brief(dice: Dice, person: Person, end: int) -> list[Talk]:
    """Thanks for connecting, or one short exchange; a second one at most."""
    made = [Talk(_hour(dice, person.connected + DAY), dice.whole(1, 2), "hello")] if dice.chance(0.6) else []
    more = 1 + dice.chance(0.2) - (bool(made) and dice.chance(0.6))
    days = [dice.between(person.connected + DAY, end - DAY) for _ in range(more)]
    made += [Talk(_hour(dice, day), dice.whole(1, 3), "chat") for day in days]
    return [t for t in made if t.at < end - DAY] or [Talk(min(person.connected + 3600, end - 60), 1, "hello")]


Plan = Callable[[Dice, Person, int], list[Talk]]
_PLANS: dict[str, Plan] = {
    "support": _living((66, 82), (1.05, 1.4), 6, 3),
    "sympathy": _living((15, 24), (1.2, 2.6), 25, 3),
    "affinity": _living((4.5, 8), (1.6, 3.2), 90, 3),
    "active": _living((2.8, 4.8), (2.3, 4.0), 170, 3),
    "gone_quiet": _gone_quiet,
    "mass_sender": _mass_sender,
    "ritual": _ritual,
    "deep_dead": _deep_dead,
    "one_sided_out": _one_sided_out,
    "one_night": _one_night,
    "brief": _brief,
}
