"""A small export of the same fictional owner in which every habit is planted once, with its truth beside it.

    python sample_exports/make.py --habits --out sample_exports/alex_habits

Planted: sixty people added in March 2021, of whom three are meaningful today; a client who came through somebody who
came through somebody met at a conference; an introduction in German that was never followed up; a question that waits
for a year; twelve lunches with people met within the year; sponsored mail. And beside each what only looks like it: a
steady trickle of connections, three who plan a trip, a question that was answered, lunches with an old friend, a
stranger who asks.
"""

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sample_exports import channels
from sample_exports.dice import Dice
from sample_exports.exchanges import CONNECTIONS, INVITATIONS, PREAMBLE
from sample_exports.inbox import HEADER, row
from sample_exports.noise import MEMBER
from sample_exports.owner_files import PROFILE
from sample_exports.people import OWNER, Person
from sample_exports.sheets import day, moment, plain, sheet, short_pacific
from sample_exports.texts import Speech
from sample_exports.threads import Message, Thread
from sample_exports.vocabulary import FIRST_NAMES, LAST_NAMES, SECTORS, STEMS, TITLES

SEED = 6
LAST_DAY = date(2026, 11, 20)
SPREE, SPREE_DEEP, SPREE_BRIEF, TRICKLE, LUNCHES = 60, 3, 20, 48, 12
TRUTH = "what,who,through,on,detail"
ASKED = date(2025, 11, 12)
FEED = "https://www.linkedin.com/feed/update/urn:li:"


class Life(NamedTuple):
    """The people by their part in it."""

    spree: list[Person]
    trickle: list[Person]
    lunches: list[Person]
    met: Person  # at a conference
    friend: Person  # introduced by her
    client: Person  # introduced by the friend
    forgotten: Person  # introduced in German, and never written to
    waiting: Person  # asked a question a year ago

    @property
    def deep(self) -> list[Person]:
        return self.spree[:SPREE_DEEP]


def write_habits(out: Path) -> Path:
    """Writes the folder `out` and `<out>.truth.csv` beside it; returns `out`."""
    out.mkdir(parents=True, exist_ok=True)
    life = imagine()
    people = [p for group in life[:3] for p in group] + list(life[3:7]) + [life.waiting]
    friends = [p.first for p in people[:40]]
    connected = sorted((p for p in people if p.connected), key=lambda p: (-p.connected, p.number))
    shown = {id(p) for p in (*life.lunches, life.met, life.deep[1])}  # whose address the owner may see
    mails = {id(p): channels.address(p) for p in connected if id(p) in shown}
    rows = (
        [p.first, p.last, p.encoded_url, mails.get(id(p), ""), p.company, p.position, day(p.connected)]
        for p in connected
    )
    sheet(out / "Connections.csv", CONNECTIONS, rows, above=PREAMBLE, final_newline=False)
    sheet(out / "Invitations.csv", INVITATIONS, _invitations(life))
    _write_messages(out / "messages.csv", _threads(life, friends))
    sheet(out / "Profile.csv", PROFILE, [["Alex", "Morgan", *[""] * 11]])
    sheet(
        out / "Email Addresses.csv", "Email Address,Confirmed,Primary,Updated On", [[channels.MAIL, "Yes", "Yes", ""]]
    )
    posts = (
        [moment(at), f"https://www.linkedin.com/feed/update/urn:li:share:{n}", *[""] * 4] for n, at in _posts(14, 31)
    )
    sheet(out / "Shares.csv", "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility", posts)
    liked = (
        [moment(at), "LIKE", f"https://www.linkedin.com/feed/update/urn:li:activity:{n}"] for n, at in _posts(46, 8)
    )
    sheet(out / "Reactions.csv", "Date,Type,Link", liked)
    plain(out / "calendar.ics", channels.folded(_calendar(life)))
    sheet(out.with_name(out.name + ".truth.csv"), TRUTH, _truth(life))
    return out


def imagine() -> Life:
    """The people of this life, each with the day of connecting."""
    dice = Dice(SEED, "habits")
    taken: set[str] = set()

    def somebody(number: int, role: str, connected: date | None) -> Person:
        first, last = _name(dice, taken)
        at = _at(connected, dice.whole(8, 20)) if connected else 0
        company = f"{dice.pick(STEMS)} {dice.pick(SECTORS)}"
        slug = f"{first}-{last}-exh{number}".lower()
        return Person(number, role, first, last, slug, company, dice.pick(TITLES), "", at)

    spree = [somebody(n, "spree", date(2021, 3, 1) + timedelta(n // 2)) for n in range(SPREE)]
    days = [date(2018, 6, 5) + timedelta(63 * n) for n in range(TRICKLE)]
    trickle = [somebody(100 + n, "trickle", d) for n, d in enumerate(days) if (d.year, d.month) != (2021, 3)]
    lunches = [somebody(200 + n, "lunch", date(2025, 12, 9) + timedelta(27 * n)) for n in range(LUNCHES)]
    return Life(
        spree, trickle, lunches,
        somebody(301, "met", date(2022, 6, 15)), somebody(302, "introduced", date(2024, 5, 8)),
        somebody(303, "introduced", date(2026, 6, 12)), somebody(304, "introduced", None),
        somebody(305, "waiting", date(2023, 2, 3)),
    )  # fmt: skip


def _name(dice: Dice, taken: set[str]) -> tuple[str, str]:
    """A plain name that nobody else has."""
    while True:
        first, last = dice.pick(FIRST_NAMES["en"]), dice.pick(LAST_NAMES["en"])
        if f"{first} {last}" not in taken and last.isalpha():
            taken.add(f"{first} {last}")
            return first, last


def _at(on: date, hour: int = 10, minute: int = 0) -> int:
    return int(datetime(on.year, on.month, on.day, hour, minute, tzinfo=UTC).timestamp())


def _posts(count: int, apart: int) -> Iterator[tuple[int, int]]:
    """The times of posts, the newest first, with a number each."""
    return ((7_000_000 + n, _at(LAST_DAY - timedelta(apart * n + 2), 7)) for n in range(count))


def _invitations(life: Life) -> Iterator[list[str]]:
    """What was sent in the last nine months: to the people of the lunches, with a note."""
    for p in life.lunches[4:]:
        text = f"Hi {p.first}, good to meet you at the evening in Bristol. Shall we have lunch?"
        sent = short_pacific(p.connected - 7200)
        yield [OWNER.name, p.name, sent, text, "OUTGOING", OWNER.raw_url, p.raw_url]


def _threads(life: Life, friends: list[str]) -> Iterator[Thread]:
    for place, person in enumerate(life.deep):
        yield _talk(person, _every(58 + 4 * place, date(2021, 4, 2 + place), LAST_DAY), friends)
    for place, person in enumerate(life.spree[SPREE_DEEP : SPREE_DEEP + SPREE_BRIEF]):
        yield _talk(person, [date(2021, 4, 1) + timedelta(place)], friends, question=False)
    yield _talk(life.met, _every(61, date(2022, 6, 16), LAST_DAY), friends)
    yield _introduction(life.met, life.friend, date(2024, 5, 6), INTRODUCED)
    yield _talk(life.friend, _every(47, date(2024, 5, 20), LAST_DAY), friends)
    yield _introduction(life.friend, life.client, date(2026, 6, 10), BY_NAME)
    yield _talk(life.client, _every(24, date(2026, 6, 24), LAST_DAY), friends)
    yield _introduction(life.deep[0], life.forgotten, date(2026, 5, 4), GERMAN, answered=False)
    yield _waiting(life.waiting, friends)
    yield _trip(life.deep[1], life.deep[2])
    yield from _unasked()
    for person in life.lunches[::2]:
        first = datetime.fromtimestamp(person.connected, UTC).date() + timedelta(2)
        yield _talk(person, [first], friends, question=False)


def _every(apart: int, first: date, last: date) -> list[date]:
    """A day every so many days, the last of them a few days before `last`."""
    days = (last - first).days - 3
    return [first + timedelta(n) for n in range(0, days, apart)]


def _talk(person: Person, days: Sequence[date], friends: list[str], *, question: bool = True) -> Thread:
    """A conversation on each of these days, ending with a statement: of four turns, or, without `question`, of two."""
    dice = Dice(SEED, "talk", person.number)
    speech = Speech(dice, person.called, friends)
    messages = []
    for on in days:
        speech.open_topic()
        for turn in range(4 if question else 2):
            mine = turn % 2 == 0
            sender, reader = (OWNER, person) if mine else (person, OWNER)
            text = speech.turn(reader.called, turn, 9)
            text = text if turn < (3 if question else 1) else "Good. We shall see about that in the spring, then."
            messages.append(Message(_at(on, 9 + turn, dice.whole(0, 59)), sender, (reader,), text))
    return Thread(f"habits talk {person.number}", "", "INBOX", messages)


INTRODUCED = (
    "Hi both, I'd like to introduce you to each other: {alex} runs the product team, {new} builds what you lack."
)
BY_NAME = "{alex}, meet {new}, who needs exactly what your team does. {new}, meet {alex}."
GERMAN = "Darf ich vorstellen: {new}, das ist {alex}, mit der ich seit Jahren gerne arbeite."


def _introduction(by: Person, new: Person, on: date, words: str, *, answered: bool = True) -> Thread:
    """A thread of three: the introduction, who is introduced, and, where `answered`, the owner."""
    text = words.format(alex=OWNER.first, new=new.name)
    messages = [
        Message(_at(on, 8), by, (OWNER, new), text),
        Message(_at(on, 11), new, (by, OWNER), f"Thank you {by.first}! Glad to hear of you, {OWNER.first}."),
    ]
    if answered:
        reply = f"Likewise, {new.first}. I will write to you next week about the plan."
        messages.append(Message(_at(on, 15), OWNER, (by, new), reply))
    return Thread(f"habits introduction {new.number}", "", "INBOX", messages)


def _waiting(person: Person, friends: list[str]) -> Thread:
    """Somebody who was answered for years, until a question a year ago."""
    talk = _talk(person, _every(90, date(2023, 2, 10), date(2025, 9, 1)), friends)
    text = "We move to Lisbon in the spring. Which of the two schools did your sister recommend?"
    return talk._replace(messages=[*talk.messages, Message(_at(ASKED, 18), person, (OWNER,), text)])


def _trip(one: Person, other: Person) -> Thread:
    """Three old friends plan a trip: nobody is introduced."""
    on = date(2026, 2, 9)
    said = (
        (OWNER, "Shall the three of us walk the coast in May?"),
        (one, "Gladly, the week after the fair."),
        (other, "I am in."),
    )
    everybody = (OWNER, one, other)
    messages = [
        Message(_at(on, 9 + n), who, tuple(p for p in everybody if p is not who), text)
        for n, (who, text) in enumerate(said)
    ]
    return Thread("habits trip", "", "INBOX", messages)


def _unasked() -> Iterator[Thread]:
    """Sponsored mail, and a stranger who asks and was never written to."""
    for number in range(4):
        on = LAST_DAY - timedelta(50 + 90 * number)
        text = "Hi Alex, have you thought about a certificate in product leadership? Apply before the end of the month."
        yield Thread(
            f"habits sponsored {number}", "Sponsored Conversation", "INBOX", [Message(_at(on), MEMBER, (OWNER,), text)]
        )
    stranger = Person(401, "stranger", "Perry", "Nimble", "perry-nimble-exh401", "", "", "", 0)
    text = "Hi Alex, would you have fifteen minutes for a call about your pipeline next week?"
    yield Thread("habits stranger", "", "INBOX", [Message(_at(date(2026, 9, 3)), stranger, (OWNER,), text)])


def _write_messages(path: Path, threads: Iterator[Thread]) -> None:
    ordered = sorted(threads, key=lambda t: (-t.messages[-1].at, t.key))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(row(thread, message) for thread in ordered for message in reversed(thread.messages))


def lunch_day(person: Person) -> date:
    return datetime.fromtimestamp(person.connected, UTC).date() + timedelta(6)


def _calendar(life: Life) -> Iterator[str]:
    """The conference, the twelve lunches, and four with an old friend."""
    last = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, tzinfo=UTC)
    yield from channels.opening()
    conference = datetime(2022, 6, 14, tzinfo=UTC)
    yield from channels.event("conference", "Harbour Conference: talk", conference, [life.met], hour=15, last=last)
    for number, person in enumerate(life.lunches):
        on = lunch_day(person)
        at = datetime(on.year, on.month, on.day, tzinfo=UTC)
        yield from channels.event(f"lunch-{number}", f"Lunch with {person.first}", at, [person], last=last)
    for number in range(4):
        yield from channels.event(
            f"old-{number}", "Lunch", last - timedelta(20 + 80 * number), [life.deep[1]], last=last
        )
    yield "END:VCALENDAR"


def _truth(life: Life) -> Iterator[list[object]]:
    for place, p in enumerate(life.spree):
        yield ["spree", p.name, "", "2021-03", "meaningful" if place < SPREE_DEEP else ""]
    yield ["introduction", life.friend.name, life.met.name, "2024-05-06", "followed up"]
    yield ["introduction", life.client.name, life.friend.name, "2026-06-10", "followed up"]
    yield ["introduction", life.forgotten.name, life.deep[0].name, "2026-05-04", "never followed up"]
    yield ["question", life.waiting.name, "", ASKED.isoformat(), "waiting"]
    for p in life.lunches:
        yield ["lunch", p.name, "", lunch_day(p).isoformat(), ""]
    yield ["sponsored", "LinkedIn Member", "", "", 4]
