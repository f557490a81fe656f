"""Which mentions could at any date be one human: what any date's answer to who is who can hang on, and no more."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pandas as pd

from auditor.identity.evidence import Evidence
from auditor.identity.merging import Codes, components, stars
from auditor.identity.names import contradict
from auditor.organisations import is_office
from auditor.records import Records


def blocks(records: Records, decisions: pd.DataFrame | None = None) -> pd.DataFrame:
    """The mentions that could at any date be one human with another: `block` (a number), `mention`, `links`.

    Who is who in a block hangs on nobody but its mentions. Those without `links` are never one human with another in
    it, and are there to part others: they hold an identifier with them under a name that contradicts. A mention has
    `links` in one block at most; who has none anywhere is a human of their own, at any date.
    """
    evidence = Evidence(records, decisions)
    size, keys = len(evidence), evidence.keys
    held = evidence.holders
    offices = [value for value in held.loc[held["kind"] == "email", "value"].unique() if is_office(value)]
    held = held[(held["kind"] != "email") | ~held["value"].isin(offices)]
    nameless = records.people.loc[records.people["name"].fillna("") == "", "person"]
    sharing = _could_share(evidence, held, set(evidence.numbers(nameless).tolist()))
    named = np.column_stack(stars(pd.factorize(keys["key"])[0], keys["code"].to_numpy(np.int64)))
    decided = evidence.decided[["one", "other"]].to_numpy(np.int64)
    one, other = np.concatenate([decided, named, sharing]).T
    block = components(size, one, other)
    linking = np.arange(size) >= evidence.profiles
    linking[decided.ravel()] = True  # profiles alone are one human by decision only
    several = (np.bincount(block, minlength=size)[block] > 1) & np.isin(block, block[linking])
    inside = pd.DataFrame({"block": block, "code": np.arange(size), "links": True})[several]
    with_them = held.merge(inside, on="code").merge(held, on=["kind", "value"], suffixes=("_of", ""))
    found = pd.concat([inside, with_them[["block", "code"]].assign(links=False)]).drop_duplicates(["block", "code"])
    mention = evidence.mentions[found["code"].to_numpy(np.int64)]
    return found.assign(mention=mention)[["block", "mention", "links"]].reset_index(drop=True)


def _could_share(evidence: Evidence, held: pd.DataFrame, nameless: set[int]) -> Codes:
    """The pairs of mentions that an identifier could make one human of at some date; `nameless`: at some date."""
    pairs: list[tuple[int, int]] = []
    for _, codes in held.groupby(["kind", "value"])["code"]:
        pairs += (
            (a, b)
            for a, b in combinations(codes.tolist(), 2)
            if (a >= evidence.profiles or b >= evidence.profiles)
            and ({a, b} & nameless or not _always_contradict(evidence.names_of(a), evidence.names_of(b)))
        )
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _always_contradict(names: list[str], others: list[str]) -> bool:
    return bool(names and others) and all(contradict(a, b) for a, b in product(names, others))
