"""Whom of a team's union a question means: a person by profile address or name, or everybody at a company."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

import pandas as pd
from rapidfuzz import fuzz, process, utils

from auditor.errors import UsageError
from auditor.literal import visible
from auditor.mentions import fold, linkedin_key, profile_url
from auditor.organisations import organisation
from auditor.team.secret import Secret
from auditor.team.union import Union, aliases, me

MOST_CHOICES = 10
"""So many people are listed where a name fits several."""

ALIKE = 80
"""How alike (0–100) a name must be to be proposed for one that nobody has."""


def meant(union: Union, people: pd.DataFrame, asked: str, secret: Secret | None) -> list[str]:
    """The humans that are meant, of `people` (union.by_human) and the members; never none.

    Raises UsageError, with what to ask instead, where that is nobody or several people of one name.
    """
    return _hashed(union, people, asked, secret) if union.hashed else _named(union, people, asked)


def _hashed(union: Union, people: pd.DataFrame, asked: str, secret: Secret | None) -> list[str]:
    if secret is None:
        raise UsageError("everybody in these contributions is a hash; who has the team key can ask: --key-file KEY")
    if secret.name not in {facts.team_key for facts in union.members.values()}:
        raise UsageError("this is not the team key that these contributions were made with")
    company = organisation(asked)
    found = _by_key(union, people, secret.hashed(linkedin_key(asked) or asked))
    found = found or _at(people, secret.hashed(company) if company else None)
    return found or _nobody(asked, "Here only a whole profile address, or a company, can be asked for")


def _named(union: Union, people: pd.DataFrame, asked: str) -> list[str]:
    if found := _by_key(union, people, linkedin_key(asked) or asked):
        return found
    named = people["name"].dropna()
    called = pd.Series({me(ref): label for ref, label in union.labels.items()}, dtype="str")
    names = pd.concat([named.drop(called.index, errors="ignore"), called])
    folded, wanted = names.map(fold), fold(asked)
    exact, there = list(map(str, folded.index[folded == wanted])), _at(people, organisation(asked))
    if there and not exact:
        return there
    words = set(wanted.split())
    found = exact or [str(human) for human, name in folded.items() if words and words <= set(name.split())]
    if len(found) > 1:
        raise UsageError(_several(found, names, people))
    return found or _nobody(asked, _alike(asked, [*names, *people["company"].dropna()]))


def _by_key(union: Union, people: pd.DataFrame, key: str) -> list[str]:
    """Who has this key, if anybody."""
    own = aliases(union.members)
    return [own.get(key, key)] if key in own or key in people.index else []


def _at(people: pd.DataFrame, company: str | None) -> list[str]:
    """Everybody at a company."""
    return list(map(str, people.index[people["organisation"] == company])) if company else []


def _several(humans: Sequence[str], names: pd.Series[str], people: pd.DataFrame) -> str:
    told = [(names[human], people["company"].get(human), profile_url(human)) for human in sorted(humans)]
    lines = ["  " + " · ".join(visible(x) for x in one if isinstance(x, str)) for one in told[:MOST_CHOICES]]
    more = f"\n  … and {len(humans) - MOST_CHOICES:,} more" if len(humans) > MOST_CHOICES else ""
    return "\n".join([f"{len(humans):,} people fit. Say more of the name, or give the profile address:", *lines]) + more


def _alike(asked: str, known: Sequence[str]) -> str:
    found = process.extract(asked, sorted(set(known)), scorer=fuzz.WRatio, processor=utils.default_process, limit=3)
    near = [visible(name) for name, score, _ in found if score >= ALIKE]
    otherwise = "Try a part of the name, the company, or the profile address"
    return f"Did you mean {', or '.join(near)}?" if near else otherwise


def _nobody(asked: str, hint: str) -> NoReturn:
    raise UsageError(f"nobody of the team was in contact with {visible(asked)}. {hint}")
