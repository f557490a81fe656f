"""Five thousand people of planted identity: how many merges are right, how many are found, how many proposed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from namesakes import World, world

from auditor.identity import resolve


@dataclass(frozen=True)
class Found:
    """What came out for one world.

    A pair is a mention from the address book, the mail or the calendar, and the connection of the same person; it is
    found if both became one human. `precision`: of all merges, of whomever, the share whose two mentions are one
    person's; a landline of several is nobody's. `recall`: of the pairs, the share found, where the mention gives a full
    name in whatever spelling, or an address known from elsewhere; homonyms, short forms, typos, other scripts and second
    addresses count as missed unless merged. `proposed`: of all pairs, first names, initials and office addresses
    included, the share that is found or is among the five proposals for the mention.
    """

    precision: float
    recall: float
    proposed: float
    merges: int
    pairs: int


def measure(made: World) -> Found:
    identity = resolve(made.records)
    right = [made.truth.get(m, -1) == made.truth[h] for m, h in identity.links[["mention", "human"]].to_numpy()]
    asked = identity.proposals.groupby("mention")["human"].agg(set).to_dict()
    human = identity.human.to_dict()
    pairs = [
        (mention, human[made.connections[person]])
        for mention, person in made.truth.items()
        if not mention.startswith("linkedin:") and person in made.connections
    ]
    merged = {pair: human[pair[0]] == pair[1] for pair in pairs}
    whole = [pair for pair in pairs if pair[0] not in made.parts]
    proposed = [merged[pair] or pair[1] in asked.get(human[pair[0]], ()) for pair in pairs]
    return Found(
        sum(right) / len(right),
        sum(merged[pair] for pair in whole) / len(whole),
        sum(proposed) / len(pairs),
        len(right),
        len(pairs),
    )


@pytest.fixture(scope="module")
def found() -> Found:
    return measure(world(seed=1))


def test_merges_are_right(found: Found) -> None:
    """Of a thousand automatic merges at most one joins two people."""
    assert found.precision >= 0.999, found


def test_nine_in_ten_are_merged(found: Found) -> None:
    """Of the mentions with a full name, nine in ten find their connection by themselves."""
    assert found.recall >= 0.90, found


def test_nearly_all_others_are_proposed(found: Found) -> None:
    """Of all mentions of connections, 98 in a hundred are merged or proposed among the best five."""
    assert found.proposed >= 0.98, found
