"""Introductions as the owner looks at them: through whom people came, who introduces best, and what was let go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor import introductions
from auditor.habits.habit import counted, how
from auditor.habits.log import NEVER, Log, as_dates, days_of
from auditor.signals import Ints

_MET = {"meeting": "met", "meal": "met over a meal", "call": "by phone", "email": "by mail"}


@dataclass(frozen=True, slots=True)
class Referrals:
    """Who came through whom.

    `people`: one row a person introduced (`Name`, `Through`, `On`, `How we know`, `Answered on`, which is missing where
    the owner never wrote since). `best`: by introducer how many, how many of them followed up and deep today.
    `chains`: each way from the first acquaintance to the last in words, the longest first.
    """

    sentence: str
    people: pd.DataFrame
    best: pd.DataFrame
    chains: tuple[str, ...]
    how: str


def referrals(log: Log) -> Referrals:
    """Introductions are seen in threads of three: somebody wrote first, to you and to a person you had not been in
    touch with, and said so in one of six languages, or wrote no more while you two went on. Mail has no text here, so
    there only the second is seen. Followed up is any contact from your side since.
    """
    found = log.audit.introductions
    answered = _answered(log, found)
    people = pd.DataFrame(
        {
            "Name": log.name(found["introduced"]),
            "Through": log.name(found["introducer"]),
            "On": as_dates(days_of(found["at"])),
            "How we know": found["evidence"].to_numpy(),
            "Answered on": pd.Series(as_dates(np.where(answered == NEVER, 0, answered))).mask(answered == NEVER),
        }
    )
    never = int((answered == NEVER).sum())
    deep = found["introduced"].map(log.audit.ties["state"]) == "deep"
    marks = pd.DataFrame({"Name": found["introducer"], "n": 1, "up": answered != NEVER, "deep": deep})
    best = marks.groupby("Name", as_index=False).sum().sort_values(["deep", "n"], ascending=False, kind="stable")
    best = best.assign(Name=log.name(best["Name"]))
    best = best.set_axis(["Name", "Introduced", "Followed up", "Deep today"], axis=1)
    sentence = (
        f"{counted(len(found), 'person', 'people')} came to you through {counted(len(best), 'introducer')}; "
        f"{never:,} never heard from you."
        if len(found)
        else "No introduction was found in the threads of these files."
    )
    chains = tuple(_told(log, chain) for chain in introductions.chains(found))
    return Referrals(sentence, people, best, chains, how(referrals))


def _answered(log: Log, found: pd.DataFrame) -> Ints:
    """The day of the owner's first contact with each person introduced, from the introduction on; NEVER without."""
    went = log.exchanges[(log.exchanges["direction"] != "in") & log.exchanges["person"].isin(found["introduced"])]
    when = found.set_index("introduced")["at"]
    since = went["at"] >= when.reindex(went["person"].astype("str")).set_axis(went.index)
    first = went[since].groupby(went.loc[since, "person"].astype("str"))["at"].min()
    return days_of(first.reindex(found["introduced"]))


def _told(log: Log, chain: list[str]) -> str:
    """A chain in words: "Cem came through Ben, who came through Ana, met in March 2021"."""
    names = log.name(chain)
    told = f"{names[-1]} came through {', who came through '.join(reversed(names[:-1]))}"
    began = _began(log, chain[0])
    return f"{told}, {began}" if began else told


def _began(log: Log, human: str) -> str:
    """How the first of a chain came, and when."""
    own = log.exchanges[(log.exchanges["person"] == human) & (log.exchanges["channel"] != "invitation")]
    connected = log.audit.ties["connected_on"].get(human)
    if own.empty:
        return f"connected in {connected:%B %Y}" if pd.notna(connected) else ""
    at, channel = own.sort_values("at", kind="stable")[["at", "channel"]].iloc[0]
    if pd.notna(connected) and connected < at.normalize():
        return f"connected in {connected:%B %Y}"
    return f"{_MET[channel]} in {at:%B %Y}" if channel in _MET else f"in touch since {at:%B %Y}"
