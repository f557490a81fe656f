"""The written conversation of the owner and one person: who wrote what, when."""

from typing import NamedTuple

from sample_exports.dice import Dice
from sample_exports.frames import BRUSH_OFFS, CHASES, HELLOS, NOTES, THANKS
from sample_exports.people import OWNER, Person
from sample_exports.texts import Mailing, Speech
from sample_exports.ties import Talk, Turn, turns


class World(NamedTuple):
    """What every file of an export needs to know."""

    seed: int
    people: list[Person]
    plans: dict[int, list[Talk]]  # by the person's number
    start: int
    end: int  # the last second of the history
    cut: int  # the last second that this export knows of
    friends: list[str]  # first names that texts mention


class Message(NamedTuple):
    """One message of a thread."""

    at: int
    sender: Person
    to: tuple[Person, ...]
    text: str
    subject: str = ""
    attachments: str = ""


class Thread(NamedTuple):
    """The messages of one conversation, oldest first, without regard to the cut."""

    key: str
    title: str
    folder: str
    messages: list[Message]


def thread(world: World, person: Person) -> Thread:
    """All messages between the owner and one person."""
    voice = _Voice(world, person)
    messages = [m for talk in world.plans[person.number] for m in voice.messages(talk)]
    messages.sort(key=lambda m: m.at)
    archived = person.role == "mass_sender" and voice.dice.chance(0.3)
    return Thread(f"{world.seed} person {person.number}", "", "ARCHIVE" if archived else "INBOX", messages)


def note(world: World, person: Person) -> str:
    """The text of the invitation, which LinkedIn repeats as the first message at acceptance."""
    dice = Dice(world.seed, "note", person.number)
    reader = person.called if person.invited else OWNER.first
    return Speech(dice, reader, world.friends).fill(dice.pick(NOTES))


class _Voice:
    """How the owner and one person write to each other."""

    def __init__(self, world: World, person: Person) -> None:
        self.world, self.person = world, person
        self.dice = Dice(world.seed, "thread", person.number)
        self.speech = Speech(self.dice, person.called, world.friends)
        self.mailing = Mailing(self.dice)
        self.foreign = self.dice.chance(0.12)

    def messages(self, talk: Talk) -> list[Message]:
        self.speech.open_topic()
        made = []
        for turn in turns(talk, self.dice, self._owner_first(talk), self.world.end):
            picture = talk.kind == "chat" and turn.place > 0 and self.dice.chance(0.03)
            sender, reader = (OWNER, self.person) if turn.out else (self.person, OWNER)
            text = "" if picture else self._text(talk, turn, reader.called)
            made.append(Message(turn.at, sender, (reader,), text, attachments=_picture(self.dice) if picture else ""))
        return made

    def _owner_first(self, talk: Talk) -> bool:
        if talk.kind in {"chase", "mailing"}:
            return talk.kind == "chase"
        return self.person.invited if talk.kind in {"note", "hello"} else self.dice.chance(0.5)

    def _text(self, talk: Talk, turn: Turn, reader: str) -> str:
        if talk.kind == "chat":
            return self.speech.turn(reader, turn.place, turn.last)
        if talk.kind == "note":
            return note(self.world, self.person)
        if talk.kind == "mailing":
            return self.dice.pick(BRUSH_OFFS) if turn.out else self.mailing.letter(self.speech, OWNER.first)
        if turn.place:
            return self.speech.fill(self.dice.pick(THANKS), reader)
        if talk.kind in {"hello", "chase"}:
            return self.speech.fill(self.dice.pick(HELLOS if talk.kind == "hello" else CHASES), reader)
        return self.speech.wish(talk.kind, reader, self.foreign)


def _picture(dice: Dice) -> str:
    """The signed address of a picture; one time in three the export forgot it."""
    if dice.chance(0.33):
        return ""
    return f"https://www.linkedin.com/dms/prv/image/v2/EX{dice.whole(10**6, 10**7)}/0?e=1&v=beta&t=EX"
