"""What else lands in an inbox: group threads, campaigns, spam, deleted accounts, blank rows."""

from collections.abc import Iterator

from sample_exports.dice import Dice
from sample_exports.people import DAY, LIVING, OWNER, YEAR, Person, stranger
from sample_exports.texts import Mailing, Speech
from sample_exports.threads import Message, Thread, World

MEMBER = Person(-1, "sponsor", "LinkedIn", "Member", "", "", "", "", 0)
NOBODY = Person(-2, "sponsor", "", "", "", "", "", "", 0)
SERVICES = ("Talent Solutions", "Marketing Solutions", "Premium", "Learning")
SPINMAIL = '<p class="spinmail-quill-editor__spin-break">'


def scaled(world: World, count: int) -> int:
    """How many of something that a network of 1,200 connections has `count` of."""
    return max(1, round(count * len(world.people) / 1200))


def groups(world: World) -> Iterator[Thread]:
    """Group threads of living ties and people met once; one is a large party, one holds a deleted account."""
    pool = [p for p in world.people if p.role in LIVING or (p.role == "brief" and p.number % 3 == 0)]
    for number in range(scaled(world, 28)):
        dice = Dice(world.seed, "group", number)
        size = 22 if number == 0 else dice.whole(2, 7)
        members = [*dice.sample(pool, size), *([MEMBER] if number == 1 else [])]
        yield _group(world, dice, number, members)


def _group(world: World, dice: Dice, number: int, members: list[Person]) -> Thread:
    first = max([p.connected for p in members]) + 3600
    at = int(dice.between(min(first, world.end - DAY), world.end - 6 * 3600))
    speech = Speech(dice, "all", world.friends)
    title = speech.fill("{topic}") if dice.chance(0.6) else ""
    last, made = dice.whole(2, 14), []
    talkers = [OWNER, *dice.sample(members, 4)]
    for place in range(last + 1):
        sender = dice.pick(talkers)
        to = tuple(p for p in (OWNER, *members) if p is not sender)
        made.append(Message(min(at, world.end), sender, to, speech.turn("all", place, last)))
        at += dice.whole(60, 9000)
    return Thread(f"{world.seed} group {number}", title, "INBOX", made)


def unasked(world: World) -> Iterator[Thread]:
    """Campaigns without a sender's address, recruiters, spam, conversations with deleted accounts, blank rows."""
    kinds = (("campaign", 46, _campaign), ("custom", 14, _custom), ("service", 9, _service))
    kinds += (("recruiter", 16, _recruiter), ("spam", 10, _spam), ("deleted", 7, _deleted), ("blank", 2, _blank))
    for kind, count, make in kinds:
        for number in range(scaled(world, count)):
            dice = Dice(world.seed, kind, number)
            at = int(world.end - dice.roll() ** 2 * 4 * YEAR)
            yield make(world, dice, f"{world.seed} {kind} {number}", max(at, world.start) - 7200)


def _campaign(_world: World, dice: Dice, key: str, at: int) -> Thread:
    product = Mailing(dice).product
    text = f"{SPINMAIL}Hi %FIRSTNAME%,</p>{SPINMAIL}{product} &amp; friends invite you&nbsp;to a demo.</p>"
    message = Message(at, MEMBER, (OWNER,), text, subject=f"Meet {product}")
    return Thread(key, "Sponsored Conversation", dice.pick(("INBOX", "ARCHIVE")), [message])


def _custom(world: World, dice: Dice, key: str, at: int) -> Thread:
    sender = stranger(world.seed, "campaigner", at)
    sender.slug = ""
    mailing = Mailing(dice)
    text = f"{SPINMAIL}Hi Alex, the {mailing.product} diploma is open for places &quot;until Friday&quot;.</p>"
    return Thread(key, f"Your place at {mailing.product}", "INBOX", [Message(at, sender, (OWNER,), text)])


def _service(_world: World, dice: Dice, key: str, at: int) -> Thread:
    sender = Person(-3, "sponsor", "LinkedIn", dice.pick(SERVICES), "", "", "", "", 0)
    text = f"Alex, your month is full of new tools: {dice.whole(3, 60)} ideas inside."
    return Thread(key, "", dice.pick(("INBOX", "ARCHIVE")), [Message(at, sender, (OWNER,), text)])


def _recruiter(world: World, dice: Dice, key: str, at: int) -> Thread:
    sender = stranger(world.seed, "recruiter", int(key.rsplit(maxsplit=1)[-1]))
    speech = Speech(dice, OWNER.first, world.friends)
    text = speech.fill("Hi {name}, {firm} looks for a head of product in {place}. Would you like to hear more {time}?")
    made = [Message(at, sender, (OWNER,), text, subject=speech.fill("Head of product in {place}"))]
    if dice.chance(0.3):
        made.append(Message(at + dice.whole(900, 5000), OWNER, (sender,), speech.fill("Thank you, not {time}.")))
    return Thread(key, "", "INBOX", made)


def _spam(world: World, dice: Dice, key: str, at: int) -> Thread:
    sender = stranger(world.seed, "spammer", int(key.rsplit(maxsplit=1)[-1]))
    text = f"Hello dear, double your savings in {dice.whole(3, 60)} days! https://{Mailing(dice).site}/win"
    return Thread(key, "", "SPAM", [Message(at, sender, (OWNER,), text)])


def _deleted(world: World, dice: Dice, key: str, at: int) -> Thread:
    speech = Speech(dice, "there", world.friends)
    pairs = [(MEMBER, OWNER), (OWNER, MEMBER)][: dice.whole(1, 2)]
    made = [Message(at + 1800 * i, a, (b,), speech.turn(b.called, i, 1)) for i, (a, b) in enumerate(pairs)]
    return Thread(key, "", "INBOX", made)


def _blank(_world: World, _dice: Dice, key: str, at: int) -> Thread:
    return Thread(key, "", "INBOX", [Message(at, NOBODY, (NOBODY,), "")])
