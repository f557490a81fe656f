"""Triage: whom to decide on first, what speaks against letting go, and whole groups to decide on at once.

It asks what is to become of a tie, and shows all the evidence; `ratings.choose` asks how well somebody is known, and
shows none. That one samples evenly over depth, the clear cases too, since it judges the score. This one goes straight
to where the score is least sure, since it mends the audit: by its answers alone the score would look worse than it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor.audit import Audit
from auditor.habits import worth
from auditor.marks import Marks
from auditor.ratings import named

QUIET_DAYS = 730
"""The silence after which a tie that never went both ways is offered to be let go of."""

YEARS = 5
"""Full years on the list without a word, after which the same is offered."""

FEWEST = 3
"""Of fewer people no group is offered: they are as soon decided on one by one."""

_NOBODY = ("service",)
_NO_TALK = ("ritual", "templated", "broadcast")


def people(audit: Audit) -> pd.DataFrame:
    """The ties to decide on: connections with a name, neither an organisation's address nor family."""
    ties, callers = audit.connections, audit.callers
    family = callers.index[callers["caller"] == "family"]
    return ties[named(ties) & ~ties["kind"].isin(_NOBODY) & ~ties.index.isin(family)]


def decided(audit: Audit, marks: Marks) -> frozenset[str]:
    """The humans on whom the owner said anything: a rating, or a label of any sort."""
    said = pd.concat([marks.ratings["person"], marks.labels["person"]])
    return frozenset(said.map(audit.human).fillna(said))


def order(ties: pd.DataFrame) -> list[str]:
    """The humans of `ties` (as in an Audit) in the order in which to ask: where an answer teaches most, first.

    Worth of asking = p(1 − p) · (1 + w) · √(n / k). p(1 − p): what the answer takes off the variance of the count of
    meaningful ties, p being `p_two_way`; it is also what the answer tells of the cut (Fisher information of a logistic
    curve). w: the width of the 90 % interval of depth, 0 to 1, by which the evidence itself is in doubt. n: how many
    ties are of the same kind; k: this is the k-th of them to be asked about. The error of what is known of a kind falls
    as 1/√k, so that the next answer soon teaches more about another kind.

    On the sample, where the audit is wrong about 21 ties, 7 of these are among the first 20 in this order; of 20 drawn
    by lot it is wrong about 0.4. With n in place of √n fewer are found (6), with p(1 − p) alone one more (8), nearly
    all of two kinds.

    Where no file would show contact, w = 1 and p is the mean of those in contact; where one would and shows none, p is
    1/(n + 2), by the rule of succession. Ties of equal worth stand by their key.
    """
    kind = ties["kind"]
    alike = kind.groupby(kind).transform("size").astype(float)
    seen = ties["contact_days"] > 0
    usual = float((ties["p_two_way"] * ties["two_way"])[seen].mean()) if seen.any() else 0.0
    chance = ties["p_two_way"].mask(~seen & ~ties["covered"], usual).clip(1 / (alike + 2), 1 - 1 / (alike + 2))
    width = ((ties["high"] - ties["low"]) / 100).where(seen | ties["covered"], 1.0)
    ranked = pd.DataFrame({"kind": kind, "alike": alike, "gain": chance * (1 - chance) * (1 + width)})
    ranked = ranked.rename_axis("human").sort_values(["gain", "human"], ascending=[False, True])
    ranked["worth"] = ranked["gain"] * (ranked["alike"] / (ranked.groupby("kind").cumcount() + 1)) ** 0.5
    return [str(human) for human in ranked.sort_values(["worth", "human"], ascending=[False, True]).index]


def cautions(audit: Audit) -> dict[str, tuple[str, ...]]:
    """What speaks against letting go of somebody, in sentences, by human: a tie once deep, the only way to an employer.

    Both as on the page Habits (habits/worth.py).
    """
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for human, deepest in worth.dormant(audit)["lifetime_depth"].items():
        best = f"Once deep (up to {deepest:.0f} of 100)"
        found[str(human)] += (f"{best}: after years of silence, such a tie gives advice as good as a current one.",)
    for human, company in worth.bridges(audit)["company"].items():
        found[str(human)] += (f"The only one at {company} with whom you were ever in touch both ways.",)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Offer:
    """A group to be decided on at once: `label` (marks.LABELS) for all of `humans`, the deepest first."""

    key: str
    title: str
    label: str
    humans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    key: str
    title: str  # may name the {year} before which they were added
    label: str
    holds: Callable[[pd.DataFrame, pd.Timestamp], Any]


_GROUPS = (
    _Group("deep", "Everyone who is deep today", "keep", lambda t, _: t["state"] == "deep"),
    _Group(
        "both-ways",
        "Everyone with contact both ways, beyond rituals and templates",
        "keep",
        lambda t, _: t["two_way"] & ~t["kind"].isin(_NO_TALK),
    ),
    _Group(
        "never-spoken",
        "Everyone never spoken to and added before {year}",
        "let go",
        lambda t, added: (t["kind"] == "never-spoken") & (t["connected_on"] < added),
    ),
    _Group(
        "unanswered",
        "Everyone who wrote, had no answer from you, and has been silent for two years",
        "let go",
        lambda t, _: (t["kind"] == "unanswered") & (t["quiet_days"] >= QUIET_DAYS),
    ),
    _Group(
        "chased",
        "Everyone who never answered you, two years on",
        "let go",
        lambda t, _: (t["kind"] == "chased") & (t["quiet_days"] >= QUIET_DAYS),
    ),
    _Group(
        "templated",
        "Everyone with whom there were only templates",
        "let go",
        lambda t, _: (t["kind"] == "templated") & ~t["two_way"],
    ),
)


def offers(ties: pd.DataFrame, now: pd.Timestamp, warned: Mapping[str, object]) -> tuple[Offer, ...]:
    """Groups among `ties`, those not decided on, as of `now`; none of fewer than `FEWEST` people.

    Nobody is let go of in a group whom there is a caution about (`warned`: human → anything).
    """
    added = pd.Timestamp(now.year - YEARS, 1, 1, tz="UTC")
    careful = ties.index.isin(list(warned))
    found = []
    for group in _GROUPS:
        holds = group.holds(ties, added).astype(bool) & ((group.label == "keep") | ~careful)
        if holds.sum() >= FEWEST:
            humans = tuple(map(str, ties.index[holds]))
            found.append(Offer(group.key, group.title.format(year=added.year), group.label, humans))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Plan:
    """What hangs on the audit alone, and no answer changes: the `people` to decide on, the `order` in which they are
    asked about, and the `cautions` before letting go.
    """

    audit: Audit
    people: pd.DataFrame
    order: list[str]
    cautions: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, audit: Audit) -> Plan:
        ties = people(audit)
        return cls(audit, ties, order(ties), cautions(audit))

    def offers(self, done: Collection[str]) -> tuple[Offer, ...]:
        """The groups among those not in `done`."""
        left = self.people[~self.people.index.isin(list(done))]
        return offers(left, self.audit.as_of, self.cautions)
