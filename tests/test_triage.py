"""Triage: who is asked about, in which order, and which groups are offered at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fabricate import audited
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import triage
from auditor.audit import Audit, audit, is_deep
from auditor.marks import Marks, label_table, rating_table
from auditor.mentions import linkedin_key
from auditor.sources import read

SAMPLE = Path(__file__).parent.parent / "sample_exports" / "alex_morgan"


def ties(rows: str) -> pd.DataFrame:
    """Ties of lines `key kind p width seen covered`, as far as the order looks at them."""
    cells = [line.split() for line in rows.strip().splitlines()]
    return pd.DataFrame(
        {
            "kind": [c[1] for c in cells],
            "p_two_way": [float(c[2]) for c in cells],
            "two_way": [float(c[2]) > 0 for c in cells],
            "low": 0.0,
            "high": [100 * float(c[3]) for c in cells],
            "contact_days": [int(c[4]) for c in cells],
            "covered": [c[5] == "yes" for c in cells],
        },
        index=pd.Index([c[0] for c in cells], name="human"),
    )


SOME = """
    even    active        0.5  0.0  1  yes
    sure    active        0.9  0.0  1  yes
    doubt   fading        0.4  0.5  1  yes
    silent  never-spoken  0.0  0.0  0  yes
    mute    never-spoken  0.0  0.0  0  yes
    unseen  unobserved    0.0  0.0  0  no
"""


def test_the_order_is_that_of_the_worth_of_asking() -> None:
    """By hand, √n of two being 1.414: unseen .24·2 = .48 (the mean chance of three in contact is .6), doubt .24·1.5 = .36,
    even .25·1.414 = .354, mute 1/4·3/4·1.414 = .265, silent, the second of its kind, .1875, sure .09.
    """
    assert triage.order(ties(SOME)) == ["unseen", "doubt", "even", "mute", "silent", "sure"]


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_does_not_hang_on_that_of_the_rows(places: list[int]) -> None:
    """Whatever order the ties come in, the same people are asked about first."""
    assert triage.order(ties(SOME).iloc[places]) == triage.order(ties(SOME))


def test_an_audit_without_anybody_asks_about_nobody() -> None:
    """One without any contact asks first about whom no file could show: 1/3·2/3·2 = .444 against .265 and .1875."""
    nobody = ties(SOME)[:0]
    assert triage.order(nobody) == []
    assert triage.order(ties(SOME)[3:]) == ["unseen", "mute", "silent"]


@pytest.fixture(scope="module", name="sample")
def fixture_sample() -> tuple[Audit, pd.Series]:
    """The audit of the sample, and of each connection whether the tie is meaningful, as planted."""
    found = audit(read([SAMPLE]))
    planted = pd.read_csv(f"{SAMPLE}.truth.csv").dropna(subset="profile_url")
    planted = planted.assign(human=planted["profile_url"].map(linkedin_key).map(found.human)).dropna(subset="human")
    return found, planted.drop_duplicates("human").set_index("human")["meaningful"].astype(bool)


def wrong_after(people: pd.DataFrame, planted: pd.Series, asked: list[str]) -> int:
    """How many ties the audit calls wrongly once it was told the truth on those `asked` about."""
    words = planted.loc[asked].map({True: "know well", False: "acquaintance"})
    told = people.assign(told=words.reindex(people.index))
    return int((is_deep(told, None) != planted.reindex(people.index)).sum())


def test_twenty_answers_mend_more_than_twenty_at_random(sample: tuple[Audit, pd.Series]) -> None:
    """Of 21 wrong calls 7 are mended; at random, over forty draws, less than one (20 of 1,184 people, 0.35 to expect)."""
    found, planted = sample
    people = triage.people(found)
    people = people[people.index.isin(planted.index)]
    order, rng = triage.order(people), np.random.default_rng(150)
    draws = [wrong_after(people, planted, list(rng.choice(order, 20, replace=False))) for _ in range(40)]
    assert wrong_after(people, planted, []) == 21
    assert wrong_after(people, planted, order[:20]) == 14
    assert np.mean(draws) > 20
    assert people.loc[order[:10], "kind"].nunique() >= 4


KNOWN = """
    person,name,company,connected_on,connection
    ana,Ana Reyes,Harbour Ltd,2015-01-01,
    ben,Ben Okoro,Quayside,2015-01-01,
    cem,Cem Aydin,Quayside,2015-02-01,
    dan,Dan Lindt,,2015-03-01,
    eva,Eva Costa,,2015-04-01,
    fay,Fay Moore,,2025-04-01,
    gil,,,2015-04-01,
    hal,Hal Stone,,,no
    desk,Quayside,Quayside,2015-04-01,
"""
ONCE = [f"ana,2020-{m:02}-{d:02}T09:00Z,{way}" for m in range(1, 13) for d in (3, 17) for way in ("out", "in")]
REST = [
    "ben,2025-03-01T09:00Z,out",
    "ben,2025-03-02T09:00Z,in",
    "hal,2025-03-01T09:00Z,in",
    "desk,2025-03-01T09:00Z,in",
]


@pytest.fixture(scope="module", name="small")
def fixture_small() -> Audit:
    """Ana deep once, Ben the only contact at Quayside, three silent for ten years, one for one, and nobody much."""
    rows = "\n".join(["person,at,direction", *ONCE, *REST])
    return audited(rows, KNOWN, as_of="2026-06-07", covers=("2010-01-01", "2026-06-07"))


def test_whom_one_can_decide_on(small: Audit) -> None:
    """Neither the nameless, nor an organisation's own entry, nor whoever is no connection."""
    assert sorted(triage.people(small).index) == [
        f"linkedin:{who}" for who in ("ana", "ben", "cem", "dan", "eva", "fay")
    ]


def test_any_word_of_the_owner_is_a_decision(small: Audit) -> None:
    """A rating or a label, on whichever mention; one on somebody unknown is nobody's."""
    marks = Marks(
        rating_table([{"person": "linkedin:ana", "rating": "stranger", "at": "2026-06-01"}]),
        labels=label_table(
            [
                {"person": "linkedin:ben", "label": "family", "at": "2026-06-01"},
                {"person": "linkedin:gone", "label": "keep", "at": "2026-06-01"},
            ]
        ),
    )
    assert triage.decided(small, marks) & set(small.ties.index) == {"linkedin:ana", "linkedin:ben"}


def test_what_speaks_against_letting_go(small: Audit) -> None:
    """Ana was deep in 2020, and is the only one at her employer; Ben the only one at Quayside, Cem having never spoken."""
    found = triage.cautions(small)
    assert sorted(found) == ["linkedin:ana", "linkedin:ben"]
    deep, only = found["linkedin:ana"]
    assert deep.startswith("Once deep (up to ")
    assert only == "The only one at Harbour Ltd with whom you were ever in touch both ways."
    assert found["linkedin:ben"] == ("The only one at Quayside with whom you were ever in touch both ways.",)


def test_a_group_is_offered_from_three_people_on_and_without_those_decided_on(small: Audit) -> None:
    """Cem, Dan and Eva were added before 2021 and never spoken to; Fay was added later. Two are no group."""
    plan = triage.Plan.of(small)
    (offer,) = plan.offers(())
    assert (offer.key, offer.label) == ("never-spoken", "let go")
    assert offer.title == "Everyone never spoken to and added before 2021"
    assert sorted(offer.humans) == ["linkedin:cem", "linkedin:dan", "linkedin:eva"]
    assert plan.offers({"linkedin:cem"}) == ()


def test_nobody_is_let_go_of_in_a_group_against_a_caution(small: Audit) -> None:
    """With a caution about one of the three there is no group left."""
    assert triage.offers(triage.people(small), small.as_of, {"linkedin:cem": "once deep"}) == ()


def test_the_groups_of_the_sample(sample: tuple[Audit, pd.Series]) -> None:
    """Each is what its title says; nobody with contact both ways is let go of in one."""
    plan = triage.Plan.of(sample[0])
    found = {offer.key: plan.people.loc[list(offer.humans)] for offer in plan.offers(())}
    assert list(found) == ["deep", "both-ways", "never-spoken", "unanswered", "chased", "templated"]
    assert found["deep"]["state"].eq("deep").all()
    assert found["both-ways"]["two_way"].all()
    assert not pd.concat([found[key] for key in list(found)[2:]])["two_way"].any()
    assert found["never-spoken"]["connected_on"].max() < pd.Timestamp("2021-01-01", tz="UTC")
