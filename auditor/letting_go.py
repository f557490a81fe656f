"""Letting go of ties: whom to think of twice, and the list of those whom the owner still has to remove by hand.

Nothing here, or anywhere in auditor, touches a platform: the owner opens a profile and decides there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor.kinds import DORMANT_DEPTH
from auditor.marks import LABELS, RATINGS, REMOVED, WELL


@dataclass(frozen=True, slots=True)
class Caution:
    """A reason to think twice before letting go of somebody, in words that go on from the name."""

    human: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Worklist:
    """Who was let go of. `people`: those still on the owner's list of connections, with the columns of the ties and
    `let_go_on` and `removed`, whether the owner ticked them off; who is not ticked off first, then the latest. `gone`:
    how many others are on that list no more.
    """

    people: pd.DataFrame
    gone: int


def cautions(ties: pd.DataFrame, bridges: Collection[str], humans: Sequence[str]) -> tuple[Caution, ...]:
    """Whom of `humans` not to let go of unawares, one reason each: told so, deep, once deep, or the only way to where
    they work (`bridges`); in the order of `humans`.
    """
    chosen: Any = ties.loc[[human for human in humans if human in ties.index]]
    told, best = chosen["told"], chosen["lifetime_depth"]
    reasons: Any = pd.Series("", index=chosen.index, dtype="str")
    reasons[chosen.index.isin(list(bridges))] = "is the only tie you have to where they work"
    once = best >= DORMANT_DEPTH
    reasons[once] = [
        f"was once deep (up to {depth:.0f}), last contact {last:%B %Y}"
        for depth, last in zip(best[once], chosen.loc[once, "last_contact"], strict=True)
    ]
    reasons[chosen["state"] == "deep"] = "is a deep tie today"
    well = told.isin(WELL)
    reasons[well] = [f"is somebody of whom you said: {word}" for word in told[well]]
    given = reasons[reasons != ""]
    return tuple(Caution(str(human), str(chosen["name"][human]), why) for human, why in given.items())


def worklist(ties: pd.DataFrame, labels: pd.DataFrame, human: pd.Series[str]) -> Worklist:
    """The worklist of the owner's `labels` (marks.LABEL) on `ties` (audit.py); `human` is mention → human.

    Where no list of connections was read, everybody among the ties stands for one.
    """
    known = labels.assign(human=labels["person"].map(human).fillna(labels["person"]))
    since = known[known["label"] == "let go"].groupby("human")["at"].max()
    listed = ties.index[ties["connection"]] if ties["connection"].any() else ties.index
    people = ties.loc[listed.intersection(since.index, sort=False)]
    ticked = people.index.isin(known.loc[known["label"] == REMOVED, "human"])
    people = people.assign(let_go_on=since.reindex(people.index), removed=ticked)
    ordered = people.sort_values(["removed", "let_go_on"], ascending=[True, False], kind="stable")
    return Worklist(ordered, len(since) - len(people))


def standing(ratings: pd.DataFrame, labels: pd.DataFrame, human: pd.Series[str]) -> dict[str, str]:
    """What the owner said of each human of whom they said anything, in words: the latest rating, then the labels."""
    said: dict[str, list[str]] = {}
    rated = ratings.sort_values("at", ascending=False, kind="stable")
    for people, words in ((rated["person"], rated["rating"]), (labels["person"], labels["label"])):
        humans = human.reindex(people)
        for person, one, word in zip(people, humans, words, strict=True):
            said.setdefault(person if pd.isna(one) else str(one), []).append(str(word))
    return {who: ", ".join(_in_order(words)) for who, words in said.items()}


def _in_order(words: list[str]) -> list[str]:
    """Of several ratings, the latest first, that one alone; then each label once."""
    rating = [word for word in words if word in RATINGS][:1]
    return [*rating, *(label for label in (*LABELS, REMOVED) if label in words)]
