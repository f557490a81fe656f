"""Whom to ask the owner about: the pairs that may be one human, the best few for each mention."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from auditor.identity import blocking, resemblance
from auditor.identity.evidence import Evidence
from auditor.identity.merging import Codes, Humans, stars
from auditor.identity.names import contradict
from auditor.mentions import LAST_DIGITS

KINDS = {
    "last 9 digits": (98, "same last nine digits, one number without its country"),
    "same email": (96, "same mail address, but of an office or under another name"),
    "same phone": (96, "same phone number, but under another name"),
    "same handle": (96, "same handle, but under another name"),
} | resemblance.LEVELS
"""Kind of proposal → the similarity (0–100) it stands for, and the evidence in words."""

MOST = 5
"""How many humans are proposed for a mention at most."""

_DAY = 86_400_000_000
"""In the microseconds that times are kept in."""

_PROPOSAL = {"mention": "str", "human": "str", "similarity": "int64", "kind": "str", "evidence": "str", "days": "int64"}
NONE = pd.DataFrame(columns=list(_PROPOSAL)).astype(_PROPOSAL)


def propose(
    humans: Humans, evidence: Evidence, doubtful: list[tuple[int, int, str]], exchanges: pd.DataFrame
) -> pd.DataFrame:
    """The pairs to ask about, as in `Identity.proposals`; `doubtful` are pairs of mentions with the kind of doubt.

    Of humans as much alike, who had more days of contact with the owner comes first: whom one calls by a first name
    alone one mostly knows well.
    """
    if len(evidence) == evidence.profiles:
        return NONE
    asked = [*doubtful, *_without_country(evidence)]
    pairs = pd.concat([_by_human(humans, evidence, asked), _by_name(humans, evidence)], ignore_index=True)
    if pairs.empty:
        return NONE
    pairs = pairs[~_decided(humans, evidence, pairs) & ~_contradicting(humans, evidence, pairs)]
    pairs = pairs.sort_values("similarity", ascending=False, kind="stable").drop_duplicates(["mention", "human"])
    if pairs.empty:
        return NONE
    days = _contact_days(humans, evidence, exchanges, pairs[["mention", "human"]].to_numpy(np.int64))
    pairs = pairs.assign(days=days[pairs["mention"]], known=days[pairs["human"]])
    pairs = pairs.sort_values(["similarity", "known", "human"], ascending=[False, False, True], kind="stable")
    best = pairs.groupby("mention", sort=False).head(MOST)
    best = best.sort_values(["days", "mention"], ascending=[False, True], kind="stable", ignore_index=True)
    said = best["kind"].map({kind: words for kind, (_, words) in KINDS.items()})
    shown = {column: evidence.mentions[best[column]].to_numpy() for column in ("mention", "human")}
    return best.assign(evidence=said, **shown)[list(_PROPOSAL)].astype(_PROPOSAL)


def _by_name(humans: Humans, evidence: Evidence) -> pd.DataFrame:
    of = {"human": humans.group[evidence.readings["code"]], "reading": evidence.readings["reading"]}
    readings = pd.DataFrame(of).drop_duplicates().sort_values(["human", "reading"])
    human = readings["human"].to_numpy(np.int64)
    names = blocking.Names(human, readings["reading"].tolist(), human >= evidence.profiles)
    keys = pd.DataFrame({"human": humans.group[evidence.keys["code"]], "key": evidence.keys["key"]}).drop_duplicates()
    return resemblance.alike(names, keys)


def _by_human(humans: Humans, evidence: Evidence, asked: list[tuple[int, int, str]]) -> pd.DataFrame:
    """Pairs of mentions as pairs of humans, from the weaker to the stronger; two profiles are not asked about."""
    frame = pd.DataFrame(asked, columns=["one", "other", "kind"])
    one, other = (humans.group[frame[side].to_numpy(np.int64)] for side in ("one", "other"))
    frame = frame.assign(mention=np.maximum(one, other), human=np.minimum(one, other))
    frame["similarity"] = frame["kind"].map({kind: similarity for kind, (similarity, _) in KINDS.items()})
    different = (frame["mention"] != frame["human"]) & (frame["mention"] >= evidence.profiles)
    return frame.loc[different, ["mention", "human", "similarity", "kind"]]


def _without_country(evidence: Evidence) -> list[tuple[int, int, str]]:
    """Phones of the same last digits, where one is a national number of a country nobody told."""
    phones = np.flatnonzero(evidence.mentions.str.startswith("phone:"))
    numbers = evidence.mentions[phones].str.removeprefix("phone:")
    ends = pd.factorize(numbers.str[-LAST_DIGITS:])[0]
    long = np.asarray(numbers.str.len() >= LAST_DIGITS)
    national = dict(zip(phones.tolist(), ~numbers.str.startswith("+"), strict=True))
    pairs = np.column_stack(stars(ends[long], phones[long])).tolist()
    return [(one, other, "last 9 digits") for one, other in pairs if national[one] != national[other]]


def _contradicting(humans: Humans, evidence: Evidence, pairs: pd.DataFrame) -> blocking.Mask:
    """Which pairs share the key of a name, but all their names contradict: John A. and John B. Heron."""
    same = np.array(pairs["kind"] == "same name, not unique", dtype=bool)
    if not same.any():
        return same
    known = evidence.readings.assign(human=humans.group[evidence.readings["code"]])
    known = known[known["human"].isin(pairs.loc[same, ["mention", "human"]].to_numpy().ravel())]
    names = known.groupby("human")["reading"].agg(set).to_dict()
    pairs_of = pairs.loc[same, ["mention", "human"]].itertuples(index=False)
    same[same] = [all(contradict(a, b) for a, b in product(names[one], names[other])) for one, other in pairs_of]
    return same


def _decided(humans: Humans, evidence: Evidence, pairs: pd.DataFrame) -> blocking.Mask:
    """Which pairs the owner has settled already, by a word on any mentions of the two."""
    size = len(evidence)
    one, other = (humans.group[evidence.decided[side].to_numpy(np.int64)] for side in ("one", "other"))
    settled = np.minimum(one, other) * size + np.maximum(one, other)
    low, high = pairs[["mention", "human"]].min(axis=1), pairs[["mention", "human"]].max(axis=1)
    return np.isin(low.to_numpy(np.int64) * size + high.to_numpy(np.int64), settled)


def _contact_days(humans: Humans, evidence: Evidence, exchanges: pd.DataFrame, wanted: Codes) -> Codes:
    """On how many UTC days each of the wanted humans had contact with the owner; 0 for all others."""
    person = exchanges["person"].cat
    human = humans.group[evidence.numbers(person.categories)][person.codes] if len(exchanges) else np.zeros(0, int)
    rows = np.isin(human, np.unique(wanted))
    day = exchanges["at"].astype("int64").to_numpy()[rows] // _DAY
    met = np.unique(human[rows] * 100_000 + day)
    return np.bincount(met // 100_000, minlength=len(evidence))
