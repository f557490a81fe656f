"""The mask: other names, the same numbers."""

from __future__ import annotations

import pandas as pd
import pytest
from fabricate import records

from auditor import identity, mask, sample
from auditor.audit import Audit, audit
from auditor.marks import Marks, label_table, rating_table
from auditor.organisations import NO_EMPLOYER
from auditor.records import Records, validate
from auditor.sources import read

NUMBERS = ["depth", "low", "high", "p_two_way", "contact_days", "state", "kind", "layer", "told"]


def _masked(real: Records) -> mask.Mask:
    return mask.of(real, identity.resolve(real).human)


def _standing(now: Audit, key: dict[str, str] | None = None) -> pd.DataFrame:
    """What was measured of each tie, by the key that the masked human has."""
    ties = now.ties[[*NUMBERS, "connection", "company"]].copy()
    ties["company"] = ties.groupby("company")["company"].transform("size").fillna(0)
    if key:
        ties.index = ties.index.map(key)
    return ties.sort_index().rename_axis("human")


@pytest.fixture(scope="module", name="real")
def fixture_real() -> Records:
    return read([sample.folder(), sample.folder(sample.CHANNELS)])


@pytest.fixture(scope="module", name="hidden")
def fixture_hidden(real: Records) -> mask.Mask:
    return _masked(real)


def test_a_masked_audit_has_the_numbers_of_the_real_one(real: Records, hidden: mask.Mask) -> None:
    """Each tie has its depth, its interval, kind, layer and state; the counts and the callers are the same."""
    marks = Marks(
        ratings=rating_table([{"person": "linkedin:declan-yarrow-ex776", "rating": "close", "at": "2026-01-01"}]),
        labels=label_table([{"person": "linkedin:gavin-larkin-ex202", "label": "family", "at": "2026-01-01"}]),
    )
    one, other = audit(real, marks=marks), audit(validate(hidden.records), marks=hidden.marks(marks))
    pd.testing.assert_frame_equal(_standing(one, dict(hidden.key)), _standing(other))
    assert one.layers == other.layers
    assert one.meaningful == other.meaningful
    assert one.kinds == other.kinds
    assert one.channels == other.channels
    assert (one.nameless, one.unnamed, len(one.pending)) == (other.nameless, other.unnamed, len(other.pending))
    assert one.callers["caller"].value_counts().to_dict() == other.callers["caller"].value_counts().to_dict()
    assert one.callers["likely_automated"].sum() == other.callers["likely_automated"].sum()
    assert len(one.introductions) == len(other.introductions)
    assert other.owner == mask.OWNER


def test_no_word_of_the_real_records_is_left(real: Records, hidden: mask.Mask) -> None:
    """No name, key, company, identifier, thread or file."""
    secret = {
        *real.people["name"].dropna(), *real.people["company"].dropna(), *real.people["person"],
        *real.identifiers["value"], *real.interactions["person"].cat.categories,
        *real.interactions["thread"].cat.categories, *real.coverage["file"], *real.owner.names, *real.owner.keys,
    }  # fmt: skip
    left = hidden.records
    shown = {
        *left.people["name"].dropna(), *left.people["company"].dropna(), *left.people["person"],
        *left.identifiers["value"], *left.interactions["person"].cat.categories,
        *left.interactions["thread"].cat.categories, *left.coverage["file"], *left.people["source"].dropna(),
        *left.interactions["source"].cat.categories, *left.owner.names, *left.owner.keys, *left.owner.companies,
        *left.people["position"].dropna(),
    }  # fmt: skip
    both = {str(word).casefold().strip() for word in shown} & {str(word).casefold().strip() for word in secret}
    assert both <= NO_EMPLOYER


PEOPLE = """
person,name,company,position,connection
ana,Ana Silva,Acme GmbH,Head of Sales at Acme,yes
bo,Bo Berg,acme,Clerk,yes
cy,Cy Cole,Freelance,"Founder, Globex",yes
email:ana@example.com,Ana Silva,,,no
"""


def test_a_human_has_one_name_whatever_they_are_called(hidden: mask.Mask) -> None:
    """Two mentions of Ana are one; an employer has one name in all spellings; a title loses where it is held."""
    real = records("person,at,direction\nana,2024-05-05,in", PEOPLE.strip())
    found = _masked(real)
    people = found.records.people
    assert people["name"].nunique() == 3
    assert people["name"].iloc[0] == people["name"].iloc[3]
    assert people["person"].iloc[0] == people["person"].iloc[3]
    assert people["company"].iloc[0] == people["company"].iloc[1]
    assert people["company"].iloc[0] not in ("Acme GmbH", "acme")
    assert people["company"].iloc[2] == "Freelance"
    assert people["position"].tolist()[:3] == ["Head", "Clerk", "Founder"]
    assert _masked(real).records.people.equals(people)


def test_a_name_is_the_same_when_more_people_come() -> None:
    """It hangs on the key, not on who else is there."""
    few = _masked(records("person,at,direction\nana,2024-05-05,in", "person,name\nana,Ana Silva"))
    more = _masked(records("person,at,direction\nana,2024-05-05,in", "person,name\nana,Ana Silva\naaa,Abe Abt"))
    assert few.records.people["name"].iloc[0] == more.records.people["name"].iloc[0]
