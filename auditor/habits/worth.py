"""Worth of the weak: so that nobody is told merely to prune.

Weak ties carry what strong ones cannot: they reach where no other tie does, moderately weak ones helped most to a new
job (Rajkumar et al. 2022, 20 million people), and ties that were strong once are as useful as current ones after years
of silence (Levin, Walter & Murnighan 2011).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from auditor.audit import Audit
from auditor.habits.habit import counted, how
from auditor.habits.log import Log
from auditor.kinds import DORMANT_DAYS, DORMANT_DEPTH

YEARS = 5
"""How long ago somebody may have been in touch and still know who is writing."""


@dataclass(frozen=True, slots=True)
class Weak:
    """A reason to keep ties that are not deep: `people`, in columns to be read, indexed by human."""

    key: str
    title: str
    sentence: str
    people: pd.DataFrame
    how: str


def weak(log: Log) -> tuple[Weak, ...]:
    """Who is worth keeping though the tie is weak, for each reason; the same person may have several. Nothing where no
    contact was observed: then nobody is known to be weak.
    """
    if not log.audit.observed:
        return ()
    titles: dict[str, tuple[str, Callable[[Audit], pd.DataFrame], str]] = {
        "bridges": ("Only way there", bridges, "the only tie you have to where they work"),
        "moderately-weak": ("For a new job", moderately_weak, "moderately weak: what helps most to a new job"),
        "dormant": ("Dormant, once deep", dormant, "silent for a year or more, and once deep"),
    }
    found = []
    for key, (title, choose, meaning) in titles.items():
        people = choose(log.audit)
        who = counted(len(people), "person is", "people are")
        found.append(Weak(key, title, f"{who} {meaning}.", _shown(people), how(choose)))
    return tuple(found)


def bridges(audit: Audit) -> pd.DataFrame:
    """People who are the only one at their employer with whom you have ever been in touch both ways, and whose tie is
    not deep; your own employers are left out. Employers are told apart by name, without case and legal form.
    """
    ties = audit.ties
    own, where = _employers(audit, ties.index[ties["two_way"]])
    where = where.dropna()
    single = where[~where.duplicated(keep=False) & ~where.isin(own)]
    return ties[ties.index.isin(single.index) & (ties["state"] != "deep")]


def moderately_weak(audit: Audit) -> pd.DataFrame:
    """People with whom contact went both ways within five years, whose tie is light today, who never were deep, and who
    work elsewhere than you; those with most contact first. Mutual connections, by which the study measured too, are not
    in an export.
    """
    ties = audit.ties
    own, where = _employers(audit, ties.index)
    elsewhere = where.notna() & ~where.isin(own)
    middling = (ties["state"] == "light") & ties["two_way"] & (ties["lifetime_depth"] < DORMANT_DEPTH)
    return ties[middling & elsewhere & (ties["quiet_days"] <= YEARS * 365)]


def dormant(audit: Audit) -> pd.DataFrame:
    """People whose tie was deep in its time (a lifetime depth of 50 or more) and has been silent for a year or more;
    the deepest first.
    """
    ties = audit.ties
    asleep = ties[(ties["lifetime_depth"] >= DORMANT_DEPTH) & (ties["quiet_days"] >= DORMANT_DAYS) & ties["two_way"]]
    return asleep.sort_values("lifetime_depth", ascending=False, kind="stable")


def _employers(audit: Audit, humans: pd.Index[str]) -> tuple[list[str], pd.Series[str]]:
    """The keys of the owner's employers, and of that of each human, missing where there is none."""
    structure = audit.structure
    return structure.own_employers, structure.employers.reindex(humans)


def _shown(people: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Name": people["name"],
            "Company": people["company"],
            "Position": people["position"],
            "Depth": people["depth"].round(),
            "At its best": people["lifetime_depth"].round(),
            "Last contact": people["last_contact"],
        }
    )
