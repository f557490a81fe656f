"""messages.csv of today: threads as rows."""

import base64
import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from pathlib import Path

from sample_exports.dice import Dice
from sample_exports.noise import groups, scaled, unasked
from sample_exports.people import DAY, OWNER, Person
from sample_exports.texts import Speech
from sample_exports.threads import Message, Thread, World, thread

HEADER = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,"
    "ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
).split(",")

Row = tuple[str, ...]


def write_messages(path: Path, world: World) -> None:
    """Writes messages.csv: every field quoted, texts with their line breaks, as in exports since early 2026."""
    write_rows(path, chain((row(thread, message) for thread, message in exchanged(world)), drafts(world)))


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Writes messages.csv of rows that are ready."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)


def exchanged(world: World) -> Iterator[tuple[Thread, Message]]:
    """Every message up to the cut: the newest thread and its newest message first, then groups and campaigns.

    The tenth message comes twice, as it does in real exports now and then.
    """
    threads = chain((thread(world, p) for p in by_last_contact(world)), groups(world), unasked(world))
    known = ((t, m) for t in threads for m in reversed(t.messages) if m.at <= world.cut)
    for number, told in enumerate(known):
        yield told
        if number == 9:
            yield told


def by_last_contact(world: World) -> list[Person]:
    """Those who have a thread with the owner at the cut, the most recent first."""
    last = {p.number: max((t.at for t in world.plans[p.number] if t.at <= world.cut), default=0) for p in world.people}
    return sorted((p for p in world.people if last[p.number]), key=lambda p: -last[p.number])


def row(thread: Thread, message: Message, draft: str = "No") -> Row:
    sender, to = message.sender, message.to
    return (
        conversation_id(thread.key) if thread.key else "",
        thread.title,
        sender.name,
        sender.raw_url if sender.slug else "",
        ",".join([p.name for p in to]),
        ",".join([p.raw_url for p in to if p.slug]),
        stamp(message.at),
        message.subject,
        message.text,
        thread.folder,
        message.attachments,
        draft,
        "No",
    )


def drafts(world: World) -> Iterator[Row]:
    """Messages begun and never sent, to people never spoken with: no conversation, no folder."""
    silent = [p for p in world.people if p.role == "never_spoken" and p.connected < world.end - 3 * DAY]
    for number, person in enumerate(silent[: scaled(world, 7)]):
        dice = Dice(world.seed, "draft", number)
        at = int(dice.between(person.connected + DAY, world.end))
        text = Speech(dice, person.called, world.friends).fill("Hi {name}, I wanted to ask you about {topic}, but")
        if at <= world.cut:
            yield row(Thread("", "", "", []), Message(at, OWNER, (person,), text), "Yes")


def stamp(at: int) -> str:
    """`2026-11-20 17:03:12 UTC`"""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


@lru_cache(maxsize=1024)
def conversation_id(key: str) -> str:
    """58 characters, as LinkedIn writes them: `2-` and the Base64 of a UUID and a number."""
    dice = Dice("conversation", key)
    digits = f"{int(dice.roll() * 2**52):013x}{int(dice.roll() * 2**52):013x}{int(dice.roll() * 2**24):06x}"
    uuid = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    return "2-" + base64.b64encode(f"{uuid}_{dice.whole(1, 999):03d}".encode()).decode()
