"""What the owner knows of people, and a search over all of it: who does what, was met where, and works or worked there.

Of all this the store keeps the owner's notes, and the birthdays, cities and notes of address books (records.FACTS).
Messages are searched only while somebody holds their texts (`sources.texts`, `Said`): they, their index and the topics
that are worked out of them are in memory and nowhere else; a result says the month, who wrote, and which words matched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditor.audit import Audit
from auditor.knowledge import facts as known
from auditor.knowledge import paths as ways
from auditor.knowledge import search as searching
from auditor.knowledge.facts import KINDS, Fact
from auditor.knowledge.index import Index
from auditor.knowledge.paths import Path, Paths
from auditor.knowledge.said import Said, name_words
from auditor.knowledge.search import Evidence, Result, Shelf
from auditor.knowledge.words import plain, tags
from auditor.records import Records

__all__ = ["KINDS", "Evidence", "Fact", "Knowledge", "Path", "Paths", "Result", "Said", "tags"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything known of anybody, searchable.

    `told`: one row a fact, with `human`, `kind`, `text` and `at`; `works`: one row a job (facts.works); `names`:
    human → name.
    """

    records: Records
    audit: Audit
    told: pd.DataFrame
    works: pd.DataFrame
    names: Mapping[str, str]
    shelf: Shelf
    said: Said | None = None

    @classmethod
    def of(
        cls,
        records: Records,
        audit: Audit,
        notes: pd.DataFrame | None = None,
        jobs: pd.DataFrame | None = None,
        said: Said | None = None,
    ) -> Knowledge:
        """What `records` tell, with the owner's `notes` (store.NOTE), the `jobs` that earlier exports had (Store.jobs),
        and, where they are open, the texts of messages.
        """
        works = known.works(records, audit, jobs)
        told = known.told(records, audit, notes, works)
        return cls(records, audit, told, works, _names(told, audit), _shelf(told, audit.ties.index), said)

    def search(self, query: str, most: int = 20) -> list[Result]:
        """The people whom a query means, at most `most`, with what matched; those of whom most of it is known first,
        and of equals the deepest tie. A `#word` finds the notes with that tag. Every query is a good one.
        """
        depth = self.audit.ties["depth"]
        found = searching.search(query, self.shelf, self.said, most)
        return [
            Result(
                human := str(self.shelf.humans[place]),
                self.names.get(human, human),
                float(depth[human]) if human in depth.index else None,
                match,
                tuple(evidence),
            )
            for place, match, evidence in found
        ]

    def path(self, company: str) -> Paths | None:
        """The ways to a company (paths.paths); None where no employer is called so."""
        return ways.paths(company, self.works, self.names, self.audit)

    def topics(self, human: str) -> list[str]:
        """What the messages with somebody are about, at most eight; nothing where no texts are open."""
        if self.said is None or human not in self.audit.ties.index:
            return []
        return self.said.topics(human, name_words([*self.names.values(), *self.records.owner.names]))

    def facts(self, human: str) -> list[Fact]:
        """What is known of somebody: how they met, then by kind, the newest first; names and tags are left out."""
        mine = self.told[(self.told["human"] == human) & ~self.told["kind"].isin(["name", "tag"])]
        rows = mine.sort_values("at", ascending=False, kind="stable", na_position="first").to_dict("records")
        found = [Fact(row["kind"], row["text"], None if pd.isna(row["at"]) else row["at"]) for row in rows]
        met = [*known.how_met(self.records, self.audit, human), *(fact for fact in found if fact.kind == "met")]
        return [*met, *sorted((f for f in found if f.kind != "met"), key=lambda fact: KINDS.index(fact.kind))]

    def tags(self) -> dict[str, int]:
        """The tags of all notes, with how many people have each, most first."""
        counts = self.told[self.told["kind"] == "tag"].drop_duplicates(["human", "text"])["text"].value_counts()
        return {str(tag): int(n) for tag, n in counts.items()}


def _names(told: pd.DataFrame, audit: Audit) -> dict[str, str]:
    """Human → name, ties as the audit calls them."""
    others, ties = told[told["kind"] == "name"].drop_duplicates("human"), audit.ties
    pairs = [(others["human"], others["text"]), (ties.index, ties["name"])]
    return {human: name for keys, texts in pairs for human, name in zip(keys.tolist(), texts.tolist(), strict=True)}


def _shelf(told: pd.DataFrame, ties: pd.Index[str]) -> Shelf:
    """What is known in the order of depth, whoever is no tie last."""
    others = pd.Index(told["human"].unique()).difference(ties)
    humans: Any = ties.append(others)
    human = humans.get_indexer(told["human"])
    order = np.argsort(human, kind="stable")
    told, human = told.iloc[order].reset_index(drop=True), human[order]
    return Shelf(told, humans, human, (told["kind"] == "tag").to_numpy(), Index(map(plain, told["text"].tolist())))
