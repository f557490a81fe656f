"""Which mentions are the same human. Sure links merge, with their evidence; doubtful ones are only proposed.

Sure are, strongest first: what the owner decided; the same profile (those mentions share a key already); a profile,
mail address, phone number or handle given for both; and the same full name where it is unique on every side, or unique
among those of one employer. Sides are the profiles, the mail addresses, the phone numbers, and the names of each label:
two addresses of one name may be one human's or two humans', so neither merges.

Links are made in that order, and none that would make one human of two profiles or of two mentions that the owner keeps
apart: the weakest links of a chain between those go. Of the owner's words on one pair the latest holds; to keep apart
outweighs any chain of joins; of a chain of joins that it breaks, the latest joins hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd

from auditor.identity import proposals
from auditor.identity.evidence import STRENGTH, Evidence
from auditor.identity.merging import LINK, Codes, Humans, components, stars
from auditor.identity.names import contradict
from auditor.organisations import is_office
from auditor.records import Records

MOST_HOLDERS = 20
"""An address or number that more mentions hold than this is a switchboard's."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is who.

    `human`: mention key → key of the human, the strongest key of its group. `links`: one row a merge with `mention`,
    `human`, `kind` (decision, linkedin, email, phone, handle, name, name and company; of a chain its weakest link) and
    `evidence` in words. `unnamed`: the humans, phones and mail addresses mostly, that no file knows by name. `ask`
    gives the `proposals`, which take longer than all else: they are worked out when they are first asked for.
    """

    human: pd.Series[str]
    links: pd.DataFrame
    unnamed: pd.Index[str] = field(default_factory=lambda: pd.Index([], dtype="str"))
    ask: Callable[[], pd.DataFrame] = field(default=lambda: proposals.NONE, repr=False)

    @property
    def proposals(self) -> pd.DataFrame:
        """Pairs to ask the owner about, at most five a `mention`, the best first, and the mentions with most contact
        first: `human`, `similarity` (0–100), `kind` (proposals.KINDS), `evidence`, and `days`, the mention's days with
        contact, which the answer would move.
        """
        return self.ask()

    def of(self, mentions: pd.Series[str]) -> pd.Series[str]:
        """The human behind each mention; a categorical stays one, so that a million rows cost their categories only."""
        if isinstance(mentions.dtype, pd.CategoricalDtype):
            humans = self.human.reindex(mentions.cat.categories)
            codes, labels = pd.factorize(humans.to_numpy(), sort=True)
            each: Any = np.append(codes, -1)[mentions.cat.codes.to_numpy()]  # the last place is for a missing mention
            return pd.Series(pd.Categorical.from_codes(each, categories=pd.Index(labels)), index=mentions.index)
        return mentions.map(self.human)


def resolve(records: Records, decisions: pd.DataFrame | None = None) -> Identity:
    """Who is who in `records`, by what the files say and by the owner's `decisions` (marks.DECISION).

    The owner is nobody's alter and never merges with anyone. Decisions on mentions that are not there count for
    nothing.
    """
    evidence = Evidence(records, decisions)
    humans, doubtful = merged(evidence)
    mentions, links = evidence.mentions, humans.links()
    return Identity(
        pd.Series(mentions[humans.group], index=mentions, dtype="str"),
        links.assign(mention=mentions[links["mention"]], human=mentions[links["human"]]).astype("str"),
        mentions[np.setdiff1d(humans.group, humans.group[evidence.names["code"]])],
        cache(partial(proposals.propose, humans, evidence, doubtful, records.interactions)),
    )


def merged(evidence: Evidence) -> tuple[Humans, list[tuple[int, int, str]]]:
    """The humans that the evidence makes of its mentions, and the pairs that share an identifier in vain."""
    humans = Humans(len(evidence), evidence.profiles, evidence.pairs(same=False))
    for pair in evidence.pairs(same=True):
        humans.join(_links([pair], "decision", "you said so"), profiles_too=True)
    kinds = [kind for kind in STRENGTH if kind in set(evidence.holders["kind"])]
    doubtful = [pair for kind in kinds for pair in _join_by_identifier(humans, evidence, kind)]
    join_by_name(humans, evidence)
    return humans, doubtful


def _links(pairs: Any, kind: str, evidence: Any) -> pd.DataFrame:
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return pd.DataFrame({"one": one, "other": other, "kind": kind, "evidence": evidence}, columns=LINK)


def _join_by_identifier(humans: Humans, evidence: Evidence, kind: str) -> list[tuple[int, int, str]]:
    """Join who holds one identifier of this kind, unless it is shared by several humans; gives the doubtful pairs."""
    found, doubtful = [], []
    held = evidence.holders[evidence.holders["kind"] == kind]
    for value, codes in held.groupby("value", sort=True)["code"]:
        mentions = sorted(codes)
        pairs = [(mentions[0], other) for other in mentions[1:]]
        if _is_one_humans(humans, evidence, kind, str(value), mentions):
            found += [(*pair, f"same {kind} {value}") for pair in pairs]
        elif len(mentions) <= MOST_HOLDERS:
            doubtful += [(*pair, f"same {kind}") for pair in combinations(mentions, 2)]
    links = _links([f[:2] for f in found], kind, [f[2] for f in found])
    humans.join(links)
    return doubtful


def _is_one_humans(humans: Humans, evidence: Evidence, kind: str, value: str, holders: list[int]) -> bool:
    """Whether an identifier is one human's: no desk's, no switchboard's, and of no two names that contradict."""
    if len(holders) > MOST_HOLDERS or (kind == "email" and is_office(value)) or not humans.may_meet(holders):
        return False
    names = (evidence.names_of(holder) for holder in holders)
    return not any(contradict(a, b) for one, other in combinations(names, 2) for a, b in product(one, other))


def join_by_name(humans: Humans, evidence: Evidence) -> None:
    """Join the humans of one full name that is unique on every side; else those among them of one employer."""
    keys = evidence.keys[~evidence.nobodys[evidence.keys["code"]]]
    humans_of = humans.group[keys["code"].to_numpy()]
    shared = pd.DataFrame({"human": humans_of, "key": pd.factorize(keys["key"])[0]}).drop_duplicates()
    shared = shared[shared["key"].duplicated(keep=False)]
    if shared.empty:
        return
    human, key = shared["human"].to_numpy(np.int64), shared["key"].to_numpy(np.int64)
    name = components(len(evidence) + len(keys), human, len(evidence) + key)[human]
    same = pd.DataFrame({"name": name, "human": human}).drop_duplicates()
    unclear = _unclear(same, humans, evidence)
    sure = same[~same["name"].isin(unclear)]
    one, other = stars(sure["name"].to_numpy(), sure["human"].to_numpy())
    humans.join(_links(np.column_stack([one, other]), "name", "same name, unique on both sides"))
    _join_colleagues(humans, evidence, same[same["name"].isin(unclear)])


def _join_colleagues(humans: Humans, evidence: Evidence, same: pd.DataFrame) -> None:
    """Join those of one name, which is not unique, who alone of that name work for one employer."""
    employers = evidence.employers(np.flatnonzero(np.isin(humans.group, same["human"])))
    if employers["employer"].is_unique:
        return
    employers = employers.assign(human=humans.group[employers["code"].to_numpy(int)]).merge(same, on="human")
    employers["name"] = employers.groupby(["name", "employer"]).ngroup()
    team = employers[["name", "human"]].drop_duplicates()
    team = team[~team["name"].isin(_unclear(team, humans, evidence))]
    one, other = stars(team["name"].to_numpy(np.int64), team["human"].to_numpy(np.int64))
    humans.join(_links(np.column_stack([one, other]), "name and company", "same name and company"))


def _unclear(same: pd.DataFrame, humans: Humans, evidence: Evidence) -> Codes:
    """Of the names (`name`, with the `human`s of that name) those that are not unique on some side, or no full name."""
    members = np.flatnonzero(np.isin(humans.group, same["human"]))
    of = pd.DataFrame({"human": humans.group[members], "side": evidence.sides[members]}).drop_duplicates()
    sides = same.merge(of, on="human")
    twice = sides.loc[sides.duplicated(["name", "side"], keep=False), "name"].unique()
    spelled = evidence.readings[~evidence.nobodys[evidence.readings["code"]]]
    spelled = spelled.assign(human=humans.group[spelled["code"]])[["human", "reading"]].drop_duplicates()
    spelled = same[~same["name"].isin(twice)].merge(spelled, on="human")[["name", "reading"]].drop_duplicates()
    lone = ~spelled["name"].duplicated(keep=False)
    several = spelled[~lone]
    odd = [name for name, all_ in several.groupby("name")["reading"] if _at_odds(list(all_))] if len(several) else []
    unspaced = spelled[lone & ~spelled["reading"].str.contains(" ", regex=False)]["name"]
    return np.concatenate([twice, np.array(odd, dtype=np.int64), unspaced]).astype(np.int64)


def _at_odds(names: list[str]) -> bool:
    """Whether two of the names contradict, or none is more than a word: 李明 is a full name only beside 明 李."""
    return not any(" " in name for name in names) or any(contradict(a, b) for a, b in combinations(names, 2))
