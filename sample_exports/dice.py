"""Seeded chance that falls the same way on every Python."""

import math
import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Choices that a key decides: the same key gives the same choices in the same order.

    Everything is made from `random()`, the only method whose values Python promises to keep from version to version.
    """

    def __init__(self, *key: object) -> None:
        self.roll = random.Random("/".join(map(str, key))).random

    def pick(self, items: Sequence[Item]) -> Item:
        return items[int(self.roll() * len(items))]

    def chance(self, probability: float) -> bool:
        return self.roll() < probability

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.roll()

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.roll() * (high - low + 1))

    def waiting(self) -> float:
        """A gap between two contacts in units of the mean gap: exponential, without the extremes."""
        return min(0.2 - 0.8 * math.log(1.0 - self.roll()), 3.0)

    def sample(self, items: Sequence[Item], count: int) -> list[Item]:
        """`count` different items (fewer where there are fewer), in random order."""
        pool = list(items)
        chosen = []
        for _ in range(min(count, len(pool))):
            place = int(self.roll() * len(pool))
            pool[place], pool[-1] = pool[-1], pool[place]
            chosen.append(pool.pop())
        return chosen
