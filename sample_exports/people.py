"""Who is in the fictional network: every connection with the role that is planted on it."""

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from urllib.parse import quote

from sample_exports.dice import Dice
from sample_exports.vocabulary import (
    CREDENTIALS,
    EMOJI,
    FIRST_NAMES,
    FREELANCE,
    LAST_NAMES,
    NOT_LATIN,
    ODD_COMPANIES,
    SECTORS,
    SHARES,
    STEMS,
    TITLES,
)

DAY = 86_400
YEAR = 365 * DAY
PROFILE = "https://www.linkedin.com/in/"

# role: how many there are among 1,200 connections, and how many years ago they connected, as parts of the history
ROLES: dict[str, tuple[int, float, float]] = {
    "support": (5, 0.3, 0.95),
    "sympathy": (10, 0.3, 1.0),
    "affinity": (35, 0.3, 1.0),
    "active": (67, 0.35, 1.0),
    "gone_quiet": (33, 0.55, 1.0),
    "mass_sender": (42, 0.12, 0.6),
    "ritual": (62, 0.45, 1.0),
    "deep_dead": (26, 0.65, 1.0),
    "one_sided_out": (30, 0.1, 0.9),
    "one_night": (40, 0.15, 1.0),
    "brief": (330, 0.0, 1.0),
    "hidden": (16, 0.0, 1.0),
}
LIVING = ("support", "sympathy", "affinity", "active")
REAL = (*LIVING, "gone_quiet", "deep_dead")
LAYERS = {"support": 5, "sympathy": 15, "affinity": 50, "active": 150}
SPOKEN = (*REAL, "ritual", "brief")

_LONE = str.maketrans("øłđıÅåß", "oldiAas")
_BOLD = {ord(c): chr(0x1D400 + i) for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")}


@dataclass(slots=False)
class Person:
    """Somebody the owner is connected with, or who wrote without being connected."""

    number: int
    role: str
    first: str
    last: str
    slug: str
    company: str
    position: str
    email: str
    connected: int  # seconds since 1970, UTC; 0 for a stranger
    invited: bool = field(default=False)  # the owner sent the invitation
    note: bool = field(default=False)  # the invitation came with a note

    @cached_property
    def name(self) -> str:
        """The name as messages and invitations spell it."""
        return f"{self.first.strip()} {self.last.strip()}".strip()

    @cached_property
    def called(self) -> str:
        """The first name alone, as a text addresses the person."""
        plain = unicodedata.normalize("NFKC", self.first).split("(")[0]
        return "".join(c for c in plain if c.isalpha() or c in " -'").strip().title() or "there"

    @cached_property
    def raw_url(self) -> str:
        return PROFILE + self.slug

    @cached_property
    def encoded_url(self) -> str:
        return PROFILE + quote(self.slug, safe="-")


OWNER = Person(0, "owner", "Alex", "Morgan", "alex-morgan-ex1", "Palebrook Systems", "Head of Product", "", 0)


def network(seed: int, connections: int, start: int, end: int) -> list[Person]:
    """`connections` people whose connection dates lie between `start` and `end`; at least one of each role."""
    roles = [role for role, (count, _, _) in ROLES.items() for _ in range(max(1, round(count * connections / 1200)))]
    roles = (roles + ["never_spoken"] * (connections - len(roles)))[:connections]
    mixed = Dice(seed, "roles").sample(roles, len(roles))
    taken: set[tuple[str, str]] = set()
    people = [_person(seed, number, role, start, end, taken) for number, role in enumerate(mixed, 1)]
    _plant_homonyms(people)
    return people


def stranger(seed: int, what: str, number: int) -> Person:
    """Somebody outside the connections: a recruiter, a spammer, an unanswered invitation."""
    dice = Dice(seed, what, number)
    first, last, _ = _named(dice, set())
    slug = _slug(first, last, f"{what[0]}{number}", dice)
    return Person(-number, "stranger", first, last, slug, _company(dice), dice.pick(TITLES), "", 0)


def _person(seed: int, number: int, role: str, start: int, end: int, taken: set[tuple[str, str]]) -> Person:
    dice = Dice(seed, "person", number)
    first, last, latin = _named(dice, taken)
    slug = _slug(first, last, str(number), dice)
    email = _email(first, last, number, dice.chance(0.03))
    if latin:
        first, last = _decorated(first, last, dice)
    _, youngest, oldest = ROLES.get(role, (0, 0.0, 1.0))
    age = dice.between(youngest, oldest) ** (1.25 if youngest == 0 else 1.0)  # the network grows faster every year
    connected = int(max(start, end - age * (end - start)) // DAY * DAY) + dice.whole(6 * 3600, 22 * 3600)
    return Person(
        number,
        role,
        first,
        last,
        slug,
        _company(dice),
        dice.pick(TITLES) + dice.pick(("", "", "", " (EMEA)", " | Mentor", ", Retail")),
        email,
        min(connected, end - 3600),
        invited=dice.chance(0.45),
        note=role in SPOKEN and dice.chance(0.08),
    )


def _named(dice: Dice, taken: set[tuple[str, str]]) -> tuple[str, str, bool]:
    """A first name, a last name, and whether they are in Latin letters; joins `taken`.

    A name that is taken already gets a second last name.
    """
    value = dice.roll() * _EDGES[-1]
    culture = next(c for c, edge in zip(SHARES, _EDGES, strict=True) if value <= edge)
    first, last = dice.pick(FIRST_NAMES[culture]), dice.pick(LAST_NAMES[culture])
    if (first, last) in taken:
        last = f"{last} {dice.pick(LAST_NAMES[culture])}"
    taken.add((first, last))
    return first, last, culture not in NOT_LATIN


_EDGES = list(accumulate(SHARES.values()))


def _plain(text: str) -> str:
    """ASCII letters where a Latin letter has them."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.translate(_LONE)) if not unicodedata.combining(c))
    return bare if bare.isascii() else unicodedata.normalize("NFC", text)


def _slug(first: str, last: str, mark: str, dice: Dice) -> str:
    """A profile slug; `-ex…` keeps it apart from every real profile."""
    name = f"{first}-{last}".replace("'", "").replace(" ", "-")
    return f"{name if dice.chance(0.35) else _plain(name)}-ex{mark}".lower()


def _email(first: str, last: str, number: int, shown: bool) -> str:
    local = _plain(f"{first}.{last}".replace("'", "").replace(" ", "-")).lower()
    return (
        f"{local if local.isascii() else 'contact'}{number}@example.{'org' if number % 3 else 'com'}" if shown else ""
    )


def _company(dice: Dice) -> str:
    """An employer as the profile gives it; one in forty is empty, one in seventy is no employer."""
    if dice.chance(0.04):
        return dice.pick(("", "", "", "", "", *FREELANCE[:3], *FREELANCE[3:]))
    if dice.chance(0.002):
        return dice.pick(ODD_COMPANIES)
    place = int(dice.roll() ** 2 * len(STEMS))  # a few employers are common
    return f"{STEMS[place]} {SECTORS[(place * 7 + int(dice.roll() * 3)) % len(SECTORS)]}"


def _decorated(first: str, last: str, dice: Dice) -> tuple[str, str]:
    """A name with what people add to it, in the shares measured on real exports."""
    edges = (
        (0.035, lambda: (first + " ", last)),
        (0.069, lambda: (first, f"{last}, {dice.pick(CREDENTIALS)}")),
        (0.087, lambda: (first, f"{last[0]}.")),
        (0.104, lambda: (first.upper(), last.upper())),
        (0.116, lambda: (f"{first} ({first[:3]})", last)),
        (0.124, lambda: (first, f"{last} {dice.pick(EMOJI)}")),
        (0.127, lambda: (_plain(first).translate(_BOLD), _plain(last).translate(_BOLD))),
    )
    value = dice.roll()
    return next((make() for edge, make in edges if value < edge), (first, last))


def _plant_homonyms(people: list[Person]) -> None:
    """Gives one in two hundred quiet connections the full name of an earlier one."""
    quiet = [p for p in people if p.role in {"never_spoken", "brief"}]
    for model, copy in zip(quiet[7::200], quiet[9::200], strict=False):
        copy.first, copy.last = model.first, model.last
        copy.slug = f"{model.slug.rpartition('-ex')[0]}-ex{copy.number}"
