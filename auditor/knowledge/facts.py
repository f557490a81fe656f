"""What the owner knows of people, as short texts: names and jobs, birthdays and cities, notes, and how they met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor.audit import Audit
from auditor.knowledge.words import tags
from auditor.mentions import fold
from auditor.organisations import organisation
from auditor.records import DATE, Records

KINDS = ("name", "note", "tag", "met", "job", "job before", "city", "birthday")
"""What can be known of somebody. A tag is a `#word` of a note; `met`: who introduced them."""

_TOLD = ["human", "kind", "text", "at"]
_NO_FIRST_CONTACT = ("invitation", "note", "endorsement")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of somebody. `at`: since when, or when it was noted, where that is known."""

    kind: str
    text: str
    at: pd.Timestamp | None = None


def works(records: Records, audit: Audit, jobs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Who works or worked where: `human`, `employer` (its key; missing: none, as of freelancers), `company`,
    `position`, `now`, `until` (of a former job: the day of the last export that has it).

    `jobs`: what earlier lists of connections said (Store.jobs); what no newer one says is a former job.
    """
    now = _jobs(records.people.assign(until=pd.Series(dtype=DATE)), audit).assign(now=True)
    then = _jobs(jobs, audit).assign(now=False) if jobs is not None and len(jobs) else now.head(0)
    every = pd.concat([now, then], ignore_index=True)
    same = pd.DataFrame(
        {"human": every["human"], "employer": every["employer"], "position": _folded(every["position"])}
    )
    return every[~same.duplicated()].reset_index(drop=True)


def _jobs(people: pd.DataFrame, audit: Audit) -> pd.DataFrame:
    """Of the newest word of each list first."""
    told = people[people["company"].notna() | people["position"].notna()].sort_values(
        "until", ascending=False, kind="stable", na_position="first"
    )
    found = told[["company", "position", "until"]].assign(human=told["person"].map(audit.human))
    found = found.astype({"until": DATE})
    employers = {name: organisation(name) for name in found["company"].dropna().unique()}
    found["employer"] = found["company"].map(employers)
    return found.dropna(subset="human")


def _folded(positions: pd.Series[str]) -> pd.Series[str]:
    return positions.map({p: fold(p) for p in positions.dropna().unique()}).fillna("")


def work(company: str | None, position: str | None) -> str:
    """A job in words, of a company and a position of which one may be missing.

    >>> work("Acme", "Engineer"), work("Acme", None), work(None, "Engineer")
    ('Engineer at Acme', 'at Acme', 'Engineer')
    """
    return " ".join([*([position] if position else []), *([f"at {company}"] if company else [])])


def _cells(column: pd.Series[str]) -> list[str | None]:
    return [cell if isinstance(cell, str) else None for cell in column.tolist()]


def told(records: Records, audit: Audit, notes: pd.DataFrame | None, worked: pd.DataFrame) -> pd.DataFrame:
    """Everything that is known of anybody, a row each: `human`, `kind` (one of KINDS), `text`, `at` (or missing).

    Whoever stands in an address book is in it too, tied to the owner or not. `notes`: the owner's own (store.NOTE).
    """
    parts = [_names(records, audit), _met(audit), _facts(records, audit)]
    former = worked["now"].map({True: "job", False: "job before"})
    texts = [work(c, p) for c, p in zip(*(_cells(worked[c]) for c in ("company", "position")), strict=True)]
    parts.append(pd.DataFrame({"human": worked["human"], "kind": former, "text": texts, "at": worked["until"]}))
    if notes is not None and len(notes):
        known = notes.assign(human=notes["person"].map(audit.human), kind="note").dropna(subset="human")
        parts += [known[_TOLD], _tags(known)]
    every = pd.concat(parts, ignore_index=True).astype({"at": DATE})
    return every.drop_duplicates(ignore_index=True)


def _tags(notes: pd.DataFrame) -> pd.DataFrame:
    found = notes.assign(kind="tag", text=notes["text"].map(tags)).explode("text")
    return found.dropna(subset="text")[_TOLD].astype({"text": "str"})


def _names(records: Records, audit: Audit) -> pd.DataFrame:
    people = records.people.assign(human=records.people["person"].map(audit.human))
    people = people[people["human"].notna() & people["name"].notna() & (people["name"] != "")]
    names = pd.DataFrame({"human": people["human"], "text": people["name"]}).drop_duplicates()
    return _rows(names["human"], "name", names["text"])


def _met(audit: Audit) -> pd.DataFrame:
    through = audit.introductions
    names = through["introducer"].map(audit.ties["name"]).fillna(through["introducer"])
    return _rows(through["introduced"], "met", "introduced by " + names.astype("str"), through["at"])


def _facts(records: Records, audit: Audit) -> pd.DataFrame:
    facts = records.facts.assign(human=records.facts["person"].map(audit.human)).dropna(subset="human")
    born = facts["kind"] == "birthday"
    texts = facts["value"].where(~born, [birthday(v) if b else "" for v, b in zip(facts["value"], born, strict=True)])
    return _rows(facts["human"], facts["kind"], texts, facts["since"])


def _rows(humans: pd.Series[str], kind: Any, texts: pd.Series[str], at: Any = None) -> pd.DataFrame:
    days = pd.Series(pd.NaT, index=humans.index, dtype=DATE) if at is None else at
    return pd.DataFrame({"human": humans, "kind": kind, "text": texts, "at": days})


def birthday(value: str) -> str:
    """A birthday in words, of one as records.FACTS has it.

    >>> birthday("1985-03-04"), birthday("--03-04")
    ('4 March 1985', '4 March')
    """
    year, day = value[:-6], pd.Timestamp(f"2000{value[-6:]}")  # 2000 had a 29 February
    return f"{day.day} {day:%B} {year}" if year.isdigit() else f"{day.day} {day:%B}"


def how_met(records: Records, audit: Audit, human: str) -> Iterable[Fact]:
    """How the tie began, as the exchanges have it: connecting, the invitation, the first contact of any other kind."""
    connected = audit.ties["connected_on"].get(human)
    if connected is not None and pd.notna(connected):
        yield Fact("met", "connected", pd.Timestamp(connected))
    exchanges = records.interactions
    mine = exchanges["person"].isin(list(audit.human.index[audit.human == human])) & (exchanges["at"] <= audit.as_of)
    held = exchanges.loc[mine, ["at", "channel", "direction"]].sort_values("at", kind="stable")
    invited = held["channel"] == "invitation"
    for row in held[invited].head(1).to_dict("records"):
        who = "you invited them" if row["direction"] == "out" else "they invited you"
        yield Fact("met", who, pd.Timestamp(row["at"]))
    for row in held[~invited & ~held["channel"].isin(_NO_FIRST_CONTACT)].head(1).to_dict("records"):
        what = f"{_CHANNELS[row['channel']]}{_WHOSE[row['direction']]}"
        yield Fact("met", f"first contact: {what}", pd.Timestamp(row["at"]))


_WHOSE = {"out": " from you", "in": " from them", "both": ""}
_CHANNELS = {
    "message": "a message",
    "inmail": "an InMail",
    "endorsement": "an endorsement",
    "recommendation": "a recommendation",
    "email": "a mail",
    "sms": "a text message",
    "chat": "a chat message",
    "call": "a call",
    "missed_call": "a missed call",
    "meeting": "a meeting",
    "meal": "a meal",
}
