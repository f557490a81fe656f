"""What a team's union says: members side by side, overlap, and what hangs on one person alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from auditor.team.scores import Facts
from auditor.team.union import SHORT, Union, by_human

MOST_ACCOUNTS = 50
"""So many accounts of one person are listed, those with the most people first."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member beside the others: the facts, how many humans in two-way contact other members are in contact with as
    well (`shared`), and how many nobody else is (`only`).
    """

    label: str
    facts: Facts
    shared: int
    only: int


@dataclass(frozen=True, slots=True)
class Account:
    """A company to which only one member has deep ties.

    `people`: how many of them; `p_two_way`: the chance of the strongest; `others`: how many other members have lighter
    contact there, and could be asked along.
    """

    company: str
    member: str
    people: int
    p_two_way: float
    others: int


@dataclass(frozen=True, slots=True)
class Report:
    """A team's audit.

    `people`: humans tied to anybody; `in_touch`: those of them with two-way contact to somebody; `known_by`: members in
    two-way contact → how many humans; `accounts`: companies with a deep tie; `alone`: those that hang on one member,
    `single` being their number.
    """

    members: tuple[MemberRow, ...]
    people: int
    in_touch: int
    known_by: dict[int, int]
    accounts: int
    single: int
    alone: tuple[Account, ...]


def report(union: Union) -> Report:
    """The team's audit out of its union."""
    both = union.ties[union.ties["two_way"].astype(bool)]
    known = both.groupby("human")["member"].size()
    alone = known.reindex(both["human"]).to_numpy() == 1
    only = both["member"][alone].value_counts()
    mine = both["member"].value_counts()
    rows = tuple(
        MemberRow(union.labels[ref], facts, int(mine.get(ref, 0) - only.get(ref, 0)), int(only.get(ref, 0)))
        for ref, facts in union.members.items()
    )
    held, accounts = _accounts(union)
    spread = dict(sorted(Counter(known.tolist()).items()))
    return Report(rows, union.people, len(known), spread, accounts, len(held), tuple(held[:MOST_ACCOUNTS]))


def _accounts(union: Union) -> tuple[list[Account], int]:
    """The companies that hang on one member, most people first, and how many companies have a deep tie at all."""
    people = by_human(union)
    ties = union.ties.join(people[["organisation", "company"]].rename(columns="of_{}".format), on="human")
    ties = ties[ties["of_organisation"].notna() & ~ties["human"].str.startswith("member:")]
    deep = ties[ties["state"] == "deep"]
    at = deep.groupby("of_organisation")
    table = pd.DataFrame({"holders": at["member"].nunique(), "member": at["member"].first(), "people": at.size()})
    table = table.assign(p=at["p_two_way"].max(), company=at["of_company"].min())
    table["others"] = ties.groupby("of_organisation")["member"].nunique().reindex(table.index) - 1
    alone = table[table["holders"] == 1].rename_axis("key").reset_index()
    alone["label"] = alone["member"].map(union.labels)
    alone = alone.sort_values(["people", "p", "key"], ascending=[False, False, True])
    alone["name"] = alone["company"].fillna(alone["key"].str[:SHORT])
    found = [
        Account(
            str(row["name"]), str(row["label"]), int(row["people"]), float(row["p"]), int(row["others"])
        )
        for row in alone.to_dict("records")
    ]  # fmt: skip
    return found, len(table)
