"""What people write: composed anew for each message, or put together from stock phrases and templates."""

from sample_exports.dice import Dice
from sample_exports.frames import ACKS, ASKS, ENDS, FOREIGN_WISHES, PITCHES, SHORTS, TELLS, WISHES
from sample_exports.vocabulary import ASIDES, PLACES, SECTORS, SKILLS, STEMS, THINGS, TIMES, TOPICS


class Speech:
    """The texts of one thread: the same dice give the same texts, whatever is cut off later."""

    def __init__(self, dice: Dice, name: str, friends: list[str]) -> None:
        self.dice, self.name, self.friends = dice, name, friends
        self.topic, self.place = dice.pick(TOPICS), dice.pick(PLACES)

    def fill(self, frame: str, name: str = "") -> str:
        """The frame with its slots filled; `name` is whoever the text speaks to."""
        pick = self.dice.pick
        time = pick(TIMES)
        text = frame.format(
            topic=self.topic if self.dice.chance(0.6) else pick(TOPICS),
            place=self.place if self.dice.chance(0.4) else pick(PLACES),
            who=pick(self.friends),
            time=time,
            time_cap=time[0].upper() + time[1:],
            thing=pick(THINGS),
            aside=pick(ASIDES),
            count=self.dice.whole(3, 60),
            few=self.dice.whole(2, 15),
            firm=f"{pick(STEMS)} {pick(SECTORS)}",
            name=name or self.name,
        )
        return text if text[:1].isupper() else text[:1].upper() + text[1:]

    def open_topic(self) -> None:
        """A new conversation begins: another subject, perhaps in another place."""
        self.topic, self.place = self.dice.pick(TOPICS), self.dice.pick(PLACES)

    def turn(self, name: str, place: int, last: int) -> str:
        """One composed message, the `place`-th of a conversation that ends with the `last`-th."""
        dice = self.dice
        if place and dice.chance(0.32):
            return self.fill(dice.pick(SHORTS), name)
        parts = [self.fill(dice.pick(ACKS))] if place else [f"{dice.pick(('Hi', 'Hello', 'Dear', 'Hey'))} {name}!"]
        parts += [self.fill(dice.pick(TELLS)) + "." for _ in range(1 + (dice.roll() < 0.2) + (dice.roll() < 0.12))]
        if dice.chance(0.7 if place == 0 else 0.3):
            parts.append(self.fill(dice.pick(ASKS)))
        if place == last and dice.chance(0.6):
            parts.append(self.fill(dice.pick(ENDS)))
        return _joined(parts, dice)

    def wish(self, occasion: str, name: str, foreign: bool) -> str:
        frames = FOREIGN_WISHES if foreign and occasion == "birthday" else WISHES[occasion]
        return self.fill(self.dice.pick(frames), name)


class Mailing:
    """The letters of one mass sender: a product, a handful of templates, the owner's name merged in."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.product = f"{dice.pick(STEMS)} {dice.pick(('Boost', 'Flow', 'Pilot', 'Radar', 'Suite'))}"
        self.site = f"{self.product.split()[0].lower()}.example.com"
        self.skills = dice.sample(SKILLS, 3)
        self.frames = dice.sample(PITCHES, dice.whole(2, 6))
        self.wordy = dice.chance(0.3)  # these write letters that look composed

    def letter(self, speech: Speech, owner: str) -> str:
        pick = self.dice.pick
        pitch = pick(self.frames).format(
            owner=owner,
            product=self.product,
            site=self.site,
            skill=pick(self.skills).lower(),
            time=pick(TIMES),
            place=pick(PLACES),
            count=self.dice.whole(3, 60),
        )
        return f"{speech.fill(pick(TELLS))}. {pitch}" if self.wordy else pitch


def _joined(parts: list[str], dice: Dice) -> str:
    """One line mostly; now and then a letter of several paragraphs."""
    return ("\n\n" if dice.chance(0.12) else "\n" if dice.chance(0.08) else " ").join(parts)
