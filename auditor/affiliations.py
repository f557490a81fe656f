"""What the owner's people share with each other: conversations and meetings, employers, introductions.

Whatever is shared is a node of its own, to which each who shares it is linked (an affiliation network: Breiger 1974,
The duality of persons and groups). So a crowd of a hundred costs a hundred links, not the five thousand of a clique;
and two people in it are as near to each other as if each pair had the weight 1/people, which is nearly Newman's (2001).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd

from auditor.audit import Audit
from auditor.habits import Log
from auditor.organisations import employer_of_address, organisation
from auditor.records import Records

GATHERING, INTRODUCTION, EMPLOYER, ADDRESS = "gathering", "introduction", "employer", "address"
WORK = (EMPLOYER, ADDRESS)

AUDIENCE = 150
"""A conversation or meeting of more people than this is an audience and ties nobody to anybody."""

AT_WORK = 0.5
"""One employer counts half of one day together: it says that two may know each other, not that they do."""


@dataclass(frozen=True, eq=False)
class Affiliations:
    """Who shares what. `shared`: indexed by a key that says the same on every run, sorted by it: `kind`, `name` (of an
    employer, else empty), `people` (how many share it, two or more), `days` (on which they were together, else 1),
    `weight` (of each link to it). `links`: one row a person and thing shared, sorted: `shared` and `human`.
    """

    shared: pd.DataFrame
    links: pd.DataFrame

    @property
    def at_work_only(self) -> bool:
        """Whether employers are all that anybody is known to share."""
        return bool(self.shared["kind"].isin(WORK).all())


def find(records: Records, audit: Audit) -> Affiliations:
    """What the people of an audit share, by the records that it is an audit of."""
    people = audit.ties.index[audit.ties["kind"] != "service"]
    parts = [_together(Log.of(records, audit).exchanges), _introduced(audit), _work(records, audit)]
    links: pd.DataFrame = pd.concat(parts, ignore_index=True)
    links = links[links["human"].isin(people)].drop_duplicates(["shared", "human"])
    links = links[links.groupby("shared")["human"].transform("size") > 1].sort_values(["shared", "human"])
    shared = links.groupby("shared").agg(
        kind=("kind", "first"), name=("name", "min"), people=("human", "size"), days=("days", "max")
    )
    shared["weight"] = np.log2(1 + shared["days"]).where(~shared["kind"].isin(WORK), AT_WORK)
    return Affiliations(shared, links[["shared", "human"]].reset_index(drop=True))


def _together(exchanges: pd.DataFrame) -> pd.DataFrame:
    """Who was in one conversation or meeting. Those of exactly the same people are one, with all their days."""
    some = exchanges.loc[exchanges["others"] > 0, ["thread", "source", "row", "person", "at", "others"]]
    some = some.assign(which=_gathering(some), person=some["person"].astype("str"), day=some["at"].dt.normalize())
    inside = some[["which", "person"]].drop_duplicates().sort_values(["which", "person"])
    known: Any = inside.groupby("which").size()
    size = np.maximum(known, some.groupby("which")["others"].max() + 1)
    inside = inside[inside["which"].map(size) <= AUDIENCE]
    key = inside.groupby("which")["person"].agg(_key)
    days = some.assign(shared=some["which"].map(key)).drop_duplicates(["shared", "day"])["shared"].value_counts()
    shared = inside["which"].map(key)
    return _links(shared, inside["person"], GATHERING, days=shared.map(days)).drop_duplicates()


def _gathering(exchanges: pd.DataFrame) -> Any:
    """A number for the conversation, or else for the entry in the file: a meeting and its repetitions."""
    entry = exchanges.groupby(["source", "row"], observed=True, sort=False).ngroup()
    thread = exchanges["thread"].cat.codes.astype("int64")
    return thread.where(thread >= 0, -2 - entry)


def _key(people: pd.Series[str]) -> str:
    digest = blake2b("\0".join(people).encode(), digest_size=10)
    return f"together:{digest.hexdigest()}"


def _introduced(audit: Audit) -> pd.DataFrame:
    found = audit.introductions
    key = "introduced:" + found["introducer"] + ">" + found["introduced"]
    ends = [_links(key, found[end], INTRODUCTION) for end in ("introducer", "introduced")]
    return pd.concat(ends, ignore_index=True)


def _work(records: Records, audit: Audit) -> pd.DataFrame:
    """Where each works by the connection list, or else by the mail address."""
    company = audit.ties["company"].dropna()
    keys = {name: organisation(name) for name in company.unique()}
    listed = _links(company.map(keys).astype("str"), company.index.to_series(), EMPLOYER, name=company)
    listed = listed[listed["shared"].notna()]
    known = {key.removeprefix("organisation:").replace(" ", ""): key for key in sorted(listed["shared"].unique())}
    mail = records.identifiers[records.identifiers["kind"] == "email"]
    desk = pd.DataFrame({"human": mail["person"].map(audit.human), "name": mail["value"].map(employer_of_address)})
    desk = desk[desk["name"].notna() & ~desk["human"].isin(listed["human"])]
    desk = desk.sort_values(["human", "name"]).drop_duplicates("human")
    key = desk["name"].map(lambda name: known.get(name, f"address:{name}")).astype("str")
    by_mail = _links(key, desk["human"], ADDRESS, name=desk["name"])
    of_list = by_mail["shared"].isin(list(known.values()))
    named = by_mail.loc[of_list, "shared"].map(listed.groupby("shared")["name"].min())
    by_mail.loc[of_list, "kind"], by_mail.loc[of_list, "name"] = EMPLOYER, named
    return pd.concat([listed, by_mail], ignore_index=True)


def _links(shared: Any, human: Any, kind: str, *, name: Any = "", days: Any = 1) -> pd.DataFrame:
    return pd.DataFrame({"shared": shared, "human": human, "kind": kind, "name": name, "days": days}).reset_index(
        drop=True
    )
