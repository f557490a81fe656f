"""The campaigns behind the copies, with their proof, and who wrote what of all that reached the owner.

Texts are forgotten, so the proof that a message is templated is its twins: to whom they went, when, and in which row of
which file. A campaign is never called a bot: what an export shows is a text that was sent many times, not who sent it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from auditor.signals import Floats

REACHING = ("message", "inmail", "email", "sms", "chat", "invitation", "call", "missed_call")
"""The channels by which others reach the owner."""

SENDERS = ("tie", "new", "templated", "other")
"""Whom what reached the owner came from. tie: somebody with whom there is contact in both directions. new: somebody
not known for longer than `NEW_DAYS`. templated: a copy of a template, or a call that is likely automated. other: the
rest."""

IN_WORDS = {
    "tie": "from people you have a tie with",
    "new": "from new people",
    "templated": "templated or automated",
    "other": "from others",
}

NEW_DAYS = 30
PITCH_WORDS = 25

FEWEST = 5
EVEN = -0.8
SAME_MINUTE, SHARE = 3, 0.8
_MOST = 500  # copies whose minutes are compared
BURST, BURST_MINUTES = 10, 30
"""Timing, of `FEWEST` copies or more: a corrected burstiness of at most `EVEN`, a `SHARE` of them within `SAME_MINUTE`
minutes of the hour in different hours, or `BURST` copies within minutes. A remark: it finds no template by itself."""

_DAY = pd.Timedelta(days=1)
_READ = ["person", "at", "channel", "direction", "cluster", "words", "questions", "source", "row"]


@dataclass(frozen=True, slots=True)
class Automation:
    """What was templated, and what reached the owner.

    `campaigns`: one row a template, most people first, by its number: `direction`, `people`, `messages`, `first`,
    `last`, `timing` (a remark, or missing). `copies`: the proof, one row a person and copy: `campaign`, `human`, `at`,
    `channel`, `source`, `row`. `reached`: one row a `month` ("2024-03") and `channel`, with the messages and calls from
    each of `SENDERS`. `pitches`: first messages of strangers that ask for something and were never answered (`human`,
    `at`, `channel`, `source`, `row`); no copies of anything that is known here, and no template by themselves.
    """

    campaigns: pd.DataFrame
    copies: pd.DataFrame
    reached: pd.DataFrame
    pitches: pd.DataFrame

    @property
    def shares(self) -> dict[str, int]:
        """How much reached the owner from each of `SENDERS`, over all months and channels."""
        return {sender: int(self.reached[sender].sum()) for sender in SENDERS}


def find(exchanges: pd.DataFrame, two_way: Collection[str], machines: Collection[str] = ()) -> Automation:
    """The campaigns in `exchanges` (marked by automation.py, `person` being the human), and what reached the owner.

    `two_way`: the humans with contact in both directions. `machines`: callers that are likely automated.
    """
    spoken = exchanges.loc[exchanges["channel"] != "note", _READ]
    copies = _copies(spoken)
    first = spoken.groupby("person", observed=True)["at"].transform("min")
    return Automation(
        campaigns=templates(copies),
        copies=copies.drop(columns="direction").astype({"human": "str", "source": "str"}),
        reached=reached(spoken, spoken["at"] - first <= NEW_DAYS * _DAY, two_way, machines),
        pitches=pitches(spoken),
    )


def summary(found: Automation) -> dict[str, Any]:
    """The findings in plain values, as `--json` prints them."""
    by_way = found.campaigns["direction"].value_counts()
    return {
        "templates_out": int(by_way.get("out", 0)),
        "templates_in": int(by_way.get("in", 0)),
        "pitches": len(found.pitches),
        "reached": found.shares,
    }


def describe(found: Automation) -> str:
    """Who wrote what reached the owner, in words and shares."""
    shares = found.shares
    total = sum(shares.values())
    return (
        ", ".join(f"{shares[sender] / total:.0%} {words}" for sender, words in IN_WORDS.items())
        + f" ({total:,} in all)"
    )


def _copies(exchanges: pd.DataFrame) -> pd.DataFrame:
    copies = exchanges[exchanges["cluster"] >= 0]
    proof = copies[["cluster", "person", "at", "channel", "source", "row", "direction"]]
    proof = proof.rename(columns={"cluster": "campaign", "person": "human"})
    human = proof["human"].cat.remove_unused_categories()
    proof["human"] = human.cat.reorder_categories(sorted(human.cat.categories))
    return proof.sort_values(["campaign", "at", "human"], ignore_index=True)


def sentence(campaign: Any) -> str:
    """A row of `campaigns` in words: "The same text to 14 people, 3–5 March 2024; at even intervals"."""
    if campaign.direction == "out":
        what = f"to {campaign.people:,} people"
    elif campaign.people == 1:
        what = f"{campaign.messages:,} times from one person"
    else:
        what = f"from {campaign.people:,} people"
    remark = "" if pd.isna(campaign.timing) else f"; {campaign.timing}"
    return f"The same text {what}, {span(campaign.first, campaign.last)}{remark}"


def span(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Two days and what lies between them: "4 March 2024", "3–5 March 2024", "30 March – 2 April 2024"."""
    end = f"{last.day} {last:%B %Y}"
    if first.date() == last.date():
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{first.day} {first:%B}{'' if first.year == last.year else f' {first.year}'} – {end}"


def templates(copies: pd.DataFrame) -> pd.DataFrame:
    """Texts of ten words or more that went to three people or more, or that came in three times or more: names, numbers
    and a few words aside. Under 25 words, texts from different people do not count together; greetings never do. Texts
    are forgotten, so the proof is the twins: to whom, when, and in which row of which file. Regular times are a remark.
    """
    sent = copies.drop_duplicates(["campaign", "source", "row"])
    table = copies.groupby("campaign").agg(
        direction=("direction", "first"), people=("human", "nunique"), first=("at", "min"), last=("at", "max")
    )
    table.insert(2, "messages", sent.groupby("campaign").size())
    seconds = sent["at"].astype("datetime64[us, UTC]").astype("int64").to_numpy() / 1e6
    often = {number: rows for number, rows in sent.groupby("campaign").indices.items() if len(rows) >= FEWEST}
    told = {number: timing(seconds[rows]) for number, rows in often.items()}
    table["timing"] = pd.Series(told, dtype="str").reindex(table.index)
    ordered = table.rename_axis("campaign").sort_values(
        ["people", "messages", "first"], ascending=[False, False, True], kind="stable"
    )
    return ordered.astype({"direction": "str"})


def timing(seconds: Floats) -> str | None:
    """What is regular about the moments (Unix seconds, ascending) at which copies were sent, in words, or None."""
    if len(seconds) < FEWEST:
        return None
    gaps = np.diff(seconds)
    if len(gaps) >= BURST - 1 and (seconds[BURST - 1 :] - seconds[: 1 - BURST]).min() <= BURST_MINUTES * 60:
        return f"{BURST} or more within {BURST_MINUTES} minutes"
    if burstiness(gaps) <= EVEN:
        return "at even intervals"
    if len(seconds) > _MOST or np.count_nonzero(np.diff(seconds // 3600)) + 1 < FEWEST:
        return None
    of_hour = np.bincount((seconds // 60 % 60).astype(np.int64), minlength=60)
    around = np.pad(of_hour, SAME_MINUTE - 1, mode="wrap")
    near = np.convolve(around, np.ones(2 * SAME_MINUTE - 1), "valid")[of_hour > 0]
    return "at the same minute of the hour" if near.max() / len(seconds) >= SHARE else None


def burstiness(gaps: Floats) -> float:
    """Goh and Barabási's burstiness of the `gaps` between events, corrected for their number (Kim & Jo 2016).

    −1 for perfectly even gaps, 0 for random moments, towards 1 for bursts; with r = σ/μ and n = len(gaps) + 1 events it
    is (√(n+1)·r − √(n−1)) / ((√(n+1) − 2)·r + √(n−1)).

    >>> burstiness(np.array([7.0, 7.0, 7.0, 7.0]))
    -1.0
    """
    if not gaps.any():
        return 0.0  # all at one moment: nothing is known of any rhythm
    n, r = len(gaps) + 1, gaps.std() / gaps.mean()
    more, less = np.sqrt(n + 1), np.sqrt(n - 1)
    return float((more * r - less) / ((more - 2) * r + less))


def reached(
    exchanges: pd.DataFrame, new: pd.Series[bool], two_way: Collection[str], machines: Collection[str]
) -> pd.DataFrame:
    """Every message, invitation and call that came in, once, by month and channel: as templated or automated where it
    is a copy of a template or a call that is likely automated; else as from a tie where contact has gone both ways;
    else as from somebody new within 30 days of their first sign of life; else as from others.
    """
    came = exchanges["direction"].eq("in") & exchanges["channel"].isin(REACHING)
    inbox, new = exchanges[came], new[came]
    by_phone = inbox["channel"].isin(("call", "missed_call"))
    templated = (inbox["cluster"] >= 0) | (by_phone & inbox["person"].isin(machines))
    sorts = [SENDERS.index(sender) for sender in ("templated", "tie", "new", "other")]
    sender = np.select([templated, inbox["person"].isin(two_way), new], sorts[:3], sorts[3])
    month = inbox["at"].to_numpy("datetime64[us]").astype("datetime64[M]")
    groups = pd.DataFrame({"month": month.astype(np.int64), "channel": inbox["channel"].cat.codes.to_numpy()})
    group = groups.groupby(["month", "channel"])
    counts = np.bincount(group.ngroup().to_numpy() * len(SENDERS) + sender, minlength=group.ngroups * len(SENDERS))
    first = groups.drop_duplicates().sort_values(["month", "channel"])
    table = pd.DataFrame(counts.reshape(-1, len(SENDERS)), columns=list(SENDERS))
    table.insert(0, "month", pd.Series(first["month"].to_numpy().astype("datetime64[M]").astype(str), dtype="str"))
    table.insert(1, "channel", inbox["channel"].cat.categories.astype("str")[first["channel"].to_numpy()])
    return table.sort_values(["month", "channel"], ignore_index=True)


def pitches(exchanges: pd.DataFrame) -> pd.DataFrame:
    """First messages of at least 25 words with a question, from people with whom nothing was exchanged before and to
    whom you never wrote. They are no copies of anything that is known here: a pitch alone proves no template.
    """
    bare = exchanges["channel"].eq("invitation") & ~(exchanges["words"].fillna(0) > 0)
    spoken = exchanges[~bare]
    answered = spoken.loc[spoken["direction"] != "in", "person"].unique()
    order = np.lexsort((spoken["row"], spoken["at"].astype("int64")))
    again = pd.Series(spoken["person"].cat.codes.to_numpy()[order]).duplicated().to_numpy()
    opening = spoken.iloc[order[~again]]
    asks = (opening["words"].fillna(0) >= PITCH_WORDS) & (opening["questions"].fillna(0) > 0) & (opening["cluster"] < 0)
    found = opening[asks & opening["direction"].eq("in") & ~opening["person"].isin(answered)]
    columns = ["person", "at", "channel", "source", "row"]
    return found[columns].rename(columns={"person": "human"}).astype({"human": "str"}).reset_index(drop=True)
