"""Four weekly exports of one life, each a week younger than the last, with planted changes and nothing else in them.

    python sample_exports/make.py --weeks --seed 46 --connections 64 --out sample_exports/alex_weeks

Until 18 October 2026 the owner lives as imagined; what happens in the four weeks after stands in `PLOT`, and is written
to `<out>.truth.csv` as a weekly report should tell it. The third week is quiet.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sample_exports.dice import Dice
from sample_exports.exchanges import INVITATIONS, invitation, invitations, newest_first, write_connections
from sample_exports.frames import ASKS, NOTES, TELLS
from sample_exports.inbox import Row, row, write_rows
from sample_exports.owner_files import write_profile
from sample_exports.people import DAY, OWNER, Person, stranger
from sample_exports.sheets import sheet
from sample_exports.texts import Speech
from sample_exports.threads import Message, Thread, World, thread

WEEKS = {
    "2026-W43": date(2026, 10, 25),
    "2026-W44": date(2026, 11, 1),
    "2026-W45": date(2026, 11, 8),
    "2026-W46": date(2026, 11, 15),
}
"""Each export was made on the Sunday of its week."""

BEFORE = date(2026, 10, 18)
KEPT = {"sympathy": 1, "affinity": 2, "active": 4, "deep_dead": 1, "brief": 14}
"""How many of a role keep what they ever said, so that a folder stays small; the others never spoke."""

OLDEST = 2 * 365 * DAY
"""Older talk is left out, but for the tie that is dormant."""


@dataclass(frozen=True)
class Scene:
    """What happens on a day, to whom: a role of the cast, or a newcomer's number."""

    day: date
    what: str  # talk, ask, asked, join, vanish, job, rename, move
    who: str
    how: str = ""


PLOT = (
    Scene(date(2026, 10, 6), "talk", "flame"),
    Scene(date(2026, 10, 8), "talk", "flame"),
    Scene(date(2026, 10, 12), "talk", "flame"),
    Scene(date(2026, 10, 16), "talk", "flame"),
    Scene(date(2026, 10, 20), "talk", "reunion"),
    Scene(date(2026, 10, 21), "join", "first", "they invited you"),
    Scene(date(2026, 10, 22), "talk", "reunion"),
    Scene(date(2026, 10, 23), "talk", "reunion"),
    Scene(date(2026, 10, 27), "talk", "friend"),
    Scene(date(2026, 10, 28), "join", "second", "you invited them, with a note"),
    Scene(date(2026, 10, 29), "talk", "friend"),
    Scene(date(2026, 10, 30), "vanish", "leaver"),
    Scene(date(2026, 10, 31), "job", "climber"),
    Scene(date(2026, 11, 3), "rename", "bride"),
    Scene(date(2026, 11, 4), "move", "mover"),
    Scene(date(2026, 11, 10), "ask", "friend"),
    Scene(date(2026, 11, 11), "talk", "mate"),
    Scene(date(2026, 11, 12), "asked", "mate"),
    Scene(date(2026, 11, 13), "join", "third", "they invited you"),
    Scene(date(2026, 11, 14), "vanish", "goner"),
    Scene(date(2026, 11, 14), "job", "switcher"),
)
"""`ask`: the owner asks and hears nothing; `asked`: they ask, and the owner says nothing."""

TRUTH = (
    ("2026-W43", "up", "reunion", "You wrote on 3 days; they wrote on 3 days."),
    ("2026-W43", "down", "flame", "Quiet for 9 days."),
    ("2026-W43", "new", "first", "they invited you"),
    ("2026-W44", "up", "friend", "You wrote on 2 days; they wrote on 2 days."),
    ("2026-W44", "up", "second", "You sent an invitation on 1 day."),
    ("2026-W44", "down", "flame", "Quiet for 16 days."),
    ("2026-W44", "down", "reunion", "Quiet for 9 days."),
    ("2026-W44", "new", "second", "you invited them, with a note"),
    ("2026-W44", "vanished", "leaver", ""),
    ("2026-W44", "job", "climber", "Palebrook Systems"),
    ("2026-W45", "quiet", "", ""),
    ("2026-W45", "down", "flame", "Quiet for 23 days."),
    ("2026-W45", "down", "reunion", "Quiet for 16 days."),
    ("2026-W45", "renamed", "bride", "name"),
    ("2026-W45", "renamed", "mover", "address"),
    ("2026-W46", "up", "mate", "You wrote on 1 day; they wrote on 2 days."),
    ("2026-W46", "up", "friend", "You wrote on 1 day."),
    ("2026-W46", "down", "reunion", "Quiet for 23 days."),
    ("2026-W46", "waiting_for_you", "mate", "2026-11-12"),
    ("2026-W46", "you_wait_for", "friend", "2026-11-10"),
    ("2026-W46", "new", "third", "they invited you"),
    ("2026-W46", "vanished", "goner", ""),
    ("2026-W46", "job", "switcher", "Thimblewick Learning"),
    *((week, "dormant", "sleeper", "") for week in WEEKS),
)
"""By week: who must stand in which list of the report, and what must be said of them. A burst fades for some weeks."""


def write_weeks(out: Path, world: World) -> Path:
    """Writes one folder a week into `out`, and `<out>.truth.csv` beside it; `world` is cut on `BEFORE`."""
    cast = _cast(world)
    for week, last in WEEKS.items():
        folder = out / week
        folder.mkdir(parents=True, exist_ok=True)
        _write_week(folder, world, cast, [scene for scene in PLOT if scene.day <= last])
    rows = ([week, what, cast[who].name if who else "", told] for week, what, who, told in TRUTH)
    sheet(out.with_name(f"{out.name}.truth.csv"), "week,what,name,told", rows)
    return out


def _cast(world: World) -> dict[str, Person]:
    """Who plays what; the part of a role is its first person with a plain name."""
    plain = [p for p in newest_first(world)[::-1] if p.name.isascii() and p.name.replace(" ", "").isalpha()]
    plain = [p for p in plain if p.name == p.name.title()]
    silent = iter([p for p in plain if p.role == "never_spoken"])
    parts = ("flame", "reunion", "leaver", "climber", "bride", "mover", "goner", "switcher")
    cast = {part: next(silent) for part in parts}
    of = {role: [p for p in plain if p.role == role] for role in KEPT}
    cast |= {"friend": of["affinity"][0], "mate": of["active"][0], "sleeper": of["deep_dead"][0]}
    for number, part in enumerate(("first", "second", "third")):
        cast[part] = stranger(world.seed, "newcomer", number)
    return cast


def _write_week(folder: Path, world: World, cast: dict[str, Person], plot: list[Scene]) -> None:
    now = {part: _as_of(person, part, plot) for part, person in cast.items()}
    who = {cast[part].slug: person for part, person in now.items()}
    gone = {cast[scene.who].slug for scene in plot if scene.what == "vanish"}
    joined = [_joined(now[s.who], s) for s in plot if s.what == "join"]
    listed = [who.get(p.slug, p) for p in newest_first(world) if p.slug not in gone]
    write_connections(folder, [*joined[::-1], *listed])
    write_rows(folder / "messages.csv", _messages(world, who, {part: who[p.slug] for part, p in cast.items()}, plot))
    asked = [invitation(p, p.connected - 3600, _note(world, p) if p.note else "") for p in joined]
    sheet(folder / "Invitations.csv", INVITATIONS, [*asked, *invitations(world)])
    write_profile(folder, world)


def _as_of(person: Person, part: str, plot: list[Scene]) -> Person:
    """The person as the export spells them."""
    found = copy(person)
    found.__dict__ = {k: v for k, v in found.__dict__.items() if k not in ("name", "called", "raw_url", "encoded_url")}
    for scene in plot:
        if scene.who == part and scene.what == "job":
            found.position = "Director of Operations"
            found.company = next(told for _, what, who, told in TRUTH if (what, who) == ("job", part))
        if scene.who == part and scene.what == "rename":
            found.last = "Silverbrook"
        if scene.who == part and scene.what == "move":
            found.slug = f"{found.slug.rpartition('-ex')[0]}-exm{found.number}"
    return found


def _joined(person: Person, scene: Scene) -> Person:
    person.connected = _noon(scene.day)
    person.invited, person.note = scene.how.startswith("you"), scene.how.endswith("note")
    return person


def _messages(world: World, who: dict[str, Person], cast: dict[str, Person], plot: list[Scene]) -> Iterator[Row]:
    """Every thread, the newest first, and in each its newest message first."""
    planted = {person.slug: list(_planted(world, person, part, plot)) for part, person in cast.items()}
    threads = [
        Thread(f"{world.seed} person {p.number}", "", "INBOX", [*_past(world, p, who), *planted.pop(now.slug, [])])
        for p in world.people
        for now in [who.get(p.slug, p)]
    ]
    threads += [Thread(f"{world.seed} newcomer {slug}", "", "INBOX", said) for slug, said in planted.items()]
    spoken = sorted((t for t in threads if t.messages), key=lambda t: -t.messages[-1].at)
    return (row(t, message) for t in spoken for message in reversed(t.messages))


def _past(world: World, person: Person, who: dict[str, Person]) -> list[Message]:
    """What was said until the weeks begin; the last words ask nothing."""
    if not _speaks(world, person, who):
        return []
    since = 0 if person.role == "deep_dead" else world.cut - OLDEST
    said = [_spelt(m, who) for m in thread(world, person).messages if since < m.at <= world.cut]
    last = said[-1].sender if said else OWNER
    open_ = next((n for n, m in enumerate(reversed(said)) if m.sender is not last), len(said))
    closed = len(said) - open_
    return [*said[:closed], *(m._replace(text=m.text.replace("?", ".")) for m in said[closed:])]


def _speaks(world: World, person: Person, who: dict[str, Person]) -> bool:
    """Whether the person keeps what was said: the first of each role, and the cast."""
    same = [p for p in world.people if p.role == person.role and p.connected <= world.cut]
    return person.role in KEPT and (person.slug in who or person in same[: KEPT[person.role]])


def _spelt(message: Message, who: dict[str, Person]) -> Message:
    """The message with people's names and addresses as of this export."""
    sender, *to = (who.get(p.slug, p) for p in (message.sender, *message.to))
    return message._replace(sender=sender, to=tuple(to))


def _planted(world: World, person: Person, part: str, plot: list[Scene]) -> Iterator[Message]:
    """What was said within the plot: a talk is one message each way, theirs first."""
    for scene in (s for s in plot if s.who == part):
        dice = Dice(world.seed, "scene", scene.day, part)
        speech = Speech(dice, person.called, world.friends)
        at = _noon(scene.day)
        if scene.what in ("talk", "asked"):
            frame = dice.pick(TELLS if scene.what == "talk" else ASKS)
            yield Message(at, person, (OWNER,), speech.fill(frame, OWNER.called))
        if scene.what in ("talk", "ask"):
            frame = dice.pick(TELLS if scene.what == "talk" else ASKS)
            yield Message(at + 3000, OWNER, (person,), speech.fill(frame, person.called))
        if scene.how.endswith("note"):
            yield Message(at, OWNER, (person,), _note(world, person))


def _note(world: World, person: Person) -> str:
    dice = Dice(world.seed, "newcomer's note", person.slug)
    return Speech(dice, person.called, world.friends).fill(dice.pick(NOTES), person.called)


def _noon(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
