"""An export of campaigns: one text to many and many times one text, paraphrased, among letters that people wrote.

    python sample_exports/make.py --seed 31 --connections 150 --campaigns --out sample_exports/alex_campaigns

Beside the folder stands `<folder>.truth.csv`: of each row of messages.csv what it is, and whether it is templated.
Planted: the owner's campaigns of which each copy is reworded, a seller who sends one text again and again at even
intervals, one text from several agents; and what is no template: letters that share phrases, short notes, stock ones.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sample_exports.dice import Dice
from sample_exports.exchanges import CONNECTIONS, PREAMBLE, connection, newest_first
from sample_exports.frames import ASKS, ENDS, TELLS, THANKS, WISHES
from sample_exports.inbox import HEADER, row
from sample_exports.owner_files import write_profile
from sample_exports.people import DAY, OWNER, Person
from sample_exports.sheets import day, sheet
from sample_exports.texts import Speech
from sample_exports.threads import Message, Thread, World
from sample_exports.vocabulary import STEMS

TRUTH = "row,what,templated"
REWORDED = 3  # places at most in which a copy differs from the text

OUT = {
    "course": (
        "Hi {name}, I {hope|trust} you are well. After {many|several} years in product I have {built|put "
        "together} a {small|short} course for people who {lead|run} teams without wanting to become "
        "{managers|bosses}. It starts on the {count}th, has twelve places, and costs {less|not more} than a good "
        "dinner. Shall I {keep|hold} a seat for you?"
    ),
    "launch": (
        "Dear {name}, today we {open|launch} our new tool to everybody, and since you {work|are} in the field I "
        "would {love|like} to have your {opinion|view}. It reads the contracts of a company and says which of "
        "them {end|expire} within the next {count} days. You can {try|test} it for a month without paying, at "
        "https://contracts{count}.example.com"
    ),
    "survey": (
        "Hello {name}, for a {study|survey} on remote work I am {asking|writing to} a few people whose judgement "
        "I {trust|value}. There are {count} questions, it takes a quarter of an hour, and nobody will {see|read} "
        "your answers but me. Would you {answer|fill it in} before the end of the month? I will {send|give} you "
        "the results."
    ),
}
IN = {
    "seller": (
        "Hi {name}, I {noticed|saw} that your company is {growing|hiring}. Most firms at your stage {lose|waste} "
        "{count} hours a week on expense reports. With {firm} that is down to minutes, and your accountant will "
        "{thank|love} you. Do you have a {quarter|half} of an hour for a {quick|short} demo this week?"
    ),
    "agency": (
        "Good morning {name}, we are an agency from the coast and {fill|staff} roles for engineers within {count}"
        " days, with people whom we have {met|seen} in person. If one of your teams has {waited|looked} for "
        "somebody for too long, {send|give} me the description and you will have three {names|candidates} by "
        "Friday. Shall we {speak|talk}?"
    ),
}
NOTES = (
    "It was good to see you at the fair, and thank you for the lift to the station.",
    "I have sent the slides to your other address because they were too big for this one.",
    "Thank you for the introduction to your colleague, we are meeting in two weeks from now.",
    "Could you remind me of the name of the restaurant that you liked so much?",
    "I have read your article on the train and I disagree with nearly all of it.",
    "We are hiring a second designer and I thought that your sister might be interested.",
    "Sorry that I missed your call, I was in the dentist's chair with my mouth open.",
    "The key is under the third flowerpot, and please feed the cat before you leave.",
    "I have asked around and nobody here knows who wrote that report in the first place.",
    "Do you still have the tent, and could we borrow it for the second week of July?",
    "My manager said yes, so you can send the offer to me and not to her.",
    "Your parcel arrived here by mistake, I will bring it along when we meet on Thursday.",
    "The choir sings on the ninth at seven, come early because the church has no heating.",
    "I finally tried that recipe of yours, and the kitchen is still standing, more or less.",
    "Please tell your father that the bicycle runs again, and that I owe him a beer.",
    "There is a seat left in the car on Saturday if you do not mind the dog.",
)
GREETINGS = (*WISHES["job"], *WISHES["birthday"], *THANKS)


class Sent(NamedTuple):
    """A message and what it is."""

    message: Message
    other: Person
    what: str
    templated: bool


def write_campaigns(out: Path, world: World) -> Path:
    """Writes the folder `out` and its truth file; returns it."""
    out.mkdir(parents=True, exist_ok=True)
    people = [p for p in newest_first(world) if p.role != "hidden"]
    sheet(out / "Connections.csv", CONNECTIONS, ([*connection(p), day(p.connected)] for p in people), above=PREAMBLE)
    write_profile(out, world)
    everything = sorted(sent(world, people), key=lambda s: (-s.message.at, s.other.number, s.message.text))
    with (out / "messages.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(row(Thread(f"{world.seed} {s.other.number}", "", "INBOX", []), s.message) for s in everything)
    truth = ([n, s.what, int(s.templated)] for n, s in enumerate(everything, 1))
    sheet(out.with_name(out.name + ".truth.csv"), TRUTH, truth)
    return out


def sent(world: World, people: list[Person]) -> Iterator[Sent]:
    """Everything that was written, in no order."""
    dice = Dice(world.seed, "campaigns")
    yield from _campaigns_out(world, dice, people)
    yield from _campaigns_in(world, dice, people)
    yield from _letters(world, dice, people)
    yield from _notes(world, dice, people)


def _campaigns_out(world: World, dice: Dice, people: list[Person]) -> Iterator[Sent]:
    for text, many, days in zip(OUT.items(), (14, 30, 9), (2, 1, 40), strict=True):
        start = int(dice.between(world.end - 600 * DAY, world.end - 60 * DAY))
        for person in dice.sample(people, many):
            at = start + int(dice.roll() * days * DAY)
            yield Sent(Message(at, OWNER, (person,), _copy(dice, text[1], person.called)), person, text[0], True)


def _campaigns_in(world: World, dice: Dice, people: list[Person]) -> Iterator[Sent]:
    seller, *agents = dice.sample(people, 6)
    for number in range(12):
        at = world.end - (number * 14 + 3) * DAY - 7 * 3600
        yield Sent(Message(at, seller, (OWNER,), _copy(dice, IN["seller"], OWNER.first)), seller, "seller", True)
    for agent in agents:
        at = int(dice.between(world.end - 300 * DAY, world.end))
        yield Sent(Message(at, agent, (OWNER,), _copy(dice, IN["agency"], OWNER.first)), agent, "agency", True)


def _letters(world: World, dice: Dice, people: list[Person]) -> Iterator[Sent]:
    """What people wrote each other: no two alike, though they share phrases."""
    friends = dice.sample(people, 40)
    for number in range(500):
        person = dice.pick(friends)
        sender, reader = (OWNER, person) if dice.chance(0.5) else (person, OWNER)
        speech = Speech(dice, reader.called, world.friends)
        tells = [speech.fill(tell) + "." for tell in dice.sample(TELLS, dice.whole(3, 4))]
        text = " ".join([f"Hi {reader.called}!", *tells, speech.fill(dice.pick(ASKS)), speech.fill(dice.pick(ENDS))])
        at = int(dice.between(world.end - 700 * DAY, world.end))
        yield Sent(Message(at + number, sender, (reader,), text), person, "letter", False)


def _notes(world: World, dice: Dice, people: list[Person]) -> Iterator[Sent]:
    """Short notes that somebody wrote, once each, and stock phrases, which everybody writes to many."""
    for number, frame in enumerate([*NOTES, *(GREETINGS * 6)]):
        person = dice.pick(people)
        sender, reader = (OWNER, person) if dice.chance(0.6) else (person, OWNER)
        what = "note" if number < len(NOTES) else "stock"
        text = Speech(dice, reader.called, world.friends).fill(frame)
        at = int(dice.between(world.end - 700 * DAY, world.end))
        yield Sent(Message(at, sender, (reader,), text), person, what, False)


def _copy(dice: Dice, text: str, name: str) -> str:
    """The text, reworded in up to three places, with the reader's name and another number."""
    choices = re.findall(r"\{[^{}|]+\|[^{}]+\}", text)
    other = set(dice.sample(choices, dice.whole(0, REWORDED)))
    for choice in choices:
        text = text.replace(choice, choice.strip("{}").split("|")[choice in other], 1)
    return text.format(name=name, count=dice.whole(3, 28), firm=STEMS[0])
