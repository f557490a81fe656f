"""Who was who on past days: at any date just what identity says of what was known then."""

from __future__ import annotations

import pandas as pd
from fabricate import Owner, reads_its_docstring, records
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from auditor import identity
from auditor.audit import end_of_day
from auditor.identity.linkable import blocks
from auditor.marks import decision_table
from auditor.past import Lineage, known
from auditor.records import Records

DAYS = [end_of_day(day) for day in pd.date_range("2024-01-01", periods=8)]
MENTIONS = "ana ana-2 bo email:ana@example.com email:info@example.com phone:+12125550101 name:ana@whatsapp".split()
MENTIONS += ["name:ana lima@calendar", "name:bo chen@calendar"]
NAMES = st.sampled_from(["Ana Lima", "Lima, Ana", "Bo Chen", "Ana", "Ana Lima Cruz", ""])
DATES = st.sampled_from(["", *(f"2024-01-0{n}" for n in range(1, 9))])
PEOPLE = st.lists(st.tuples(st.sampled_from(MENTIONS), NAMES, DATES, st.sampled_from(["", "Blue Heron"])), max_size=14)
IDENTIFIERS = st.sampled_from(
    "email,ana@example.com email,info@example.com phone,+12125550101 phone,+12125550102 linkedin,ana handle,ig:x".split()
)
SAME = st.lists(st.tuples(st.sampled_from(MENTIONS), IDENTIFIERS), max_size=10)
EXCHANGES = st.lists(st.tuples(st.sampled_from(MENTIONS), st.integers(1, 8)), max_size=6)
DECISIONS = st.lists(
    st.tuples(st.sampled_from(MENTIONS), st.sampled_from(MENTIONS), st.booleans()).filter(lambda d: d[0] != d[1]),
    max_size=3,
)


def key(mention: str) -> str:
    return mention if ":" in mention else f"linkedin:{mention}"


def of(people: object, same: object, exchanges: object, owner: Owner | None = None) -> Records:
    """Records of the tuples that the strategies draw."""
    known = "person,name,connected_on,company,connection\n" + "\n".join(
        f'{who},"{name}",{day},{company},{"" if day else "no"}' for who, name, day, company in people
    )
    rows = [{"person": who, "at": f"2024-01-0{day}T12:00:00Z", "direction": "in"} for who, day in exchanges]
    pairs = "person,kind,value\n" + "\n".join(f"{who},{identifier}" for who, identifier in same)
    return records(rows, known, pairs, owner=owner)


def then(lineage: Lineage, guise: object) -> pd.Series:
    """Mention → human at a moment."""
    return pd.Series(lineage.human[guise], index=lineage.mentions)


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(PEOPLE, SAME, EXCHANGES, DECISIONS)
def test_at_any_date_it_is_what_identity_says_of_what_was_known(people, same, exchanges, said) -> None:
    """For every day, every mention known by then, whatever names, addresses and decisions come together."""
    read = of(people, same, exchanges, Owner(keys=frozenset({"phone:+12125550102"})))
    times = pd.date_range("2026-01-05T10:00Z", periods=len(said), freq="s")
    told = decision_table(
        [{"one": key(a), "other": key(b), "same": s, "at": t} for (a, b, s), t in zip(said, times, strict=True)] or None
    )
    lineage = Lineage.of(read, DAYS, told)
    for day, guise in zip(DAYS, lineage.walk(), strict=True):
        asked = identity.resolve(known(read, day), told).human
        found = then(lineage, guise)
        assert found[asked.index].to_dict() == asked.to_dict()
        alone = found.drop(asked.index)
        assert (alone == alone.index).all()


@reads_its_docstring
def test_a_second_jane_takes_away_what_only_the_name_had_tied(data: str) -> None:
    """
    person,name,connected_on
    jane-1,Jane Doe,2024-01-02
    jane-2,Jane Doe,2024-01-05
    name:jane doe@calendar,Jane Doe,
    """
    lineage = Lineage.of(records("", data), DAYS)
    humans = [then(lineage, guise)["name:jane doe@calendar"] for guise in lineage.walk()]
    assert humans == [
        "name:jane doe@calendar",
        *["linkedin:jane-1"] * 3,
        *["name:jane doe@calendar"] * 4,
    ]


def test_exchanges_stand_once_for_every_guise_of_their_mention() -> None:
    """Of Jane's two guises, alone and with her profile, each has all her exchanges in the order of the table."""
    data = "person,name,connected_on\njane-1,Jane Doe,2024-01-05\nname:jane doe@calendar,Jane Doe,"
    rows = "person,at,direction\nname:jane doe@calendar,2024-01-03,in\njane-1,2024-01-06,out\nbo,2024-01-04,in\nname:jane doe@calendar,2024-01-02,in"
    read = records(rows, data)
    lineage = Lineage.of(read, DAYS)
    exchanges = lineage.exchanges(read.interactions)
    assert exchanges["row"].is_monotonic_increasing
    by_guise = exchanges.groupby(exchanges["person"].astype(int))["row"].agg(list)
    rows_of = sorted((lineage.human[guise], rows) for guise, rows in by_guise.items())
    assert rows_of == [
        ("linkedin:bo", [3]),
        ("linkedin:jane-1", [1, 2, 4]),
        ("linkedin:jane-1", [2]),
        ("name:jane doe@calendar", [1, 4]),
    ]


@reads_its_docstring
def test_nobody_merges_by_way_of_the_owner(data: str) -> None:
    """
    person,kind,value
    email:bo@example.com,phone,+12025550101
    email:cy@example.com,phone,+12025550101
    """
    owner = Owner(("Sam Lee",), frozenset({"linkedin:sam", "phone:+12025550101"}))
    people = "person,name\nemail:bo@example.com,Bo Chen\nemail:cy@example.com,Bo\nlinkedin:sam,Sam Lee"
    lineage = Lineage.of(records("", people, data, owner=owner), DAYS)
    assert set(lineage.mentions) == {"email:bo@example.com", "email:cy@example.com"}
    for guise in lineage.walk():
        assert len(set(then(lineage, guise))) == 2


@reads_its_docstring
def test_who_could_never_be_one_human_is_in_no_block(data: str) -> None:
    """
    person,name
    ana,Ana Lima
    ana-2,Ana Lima
    bo,Bo Chen
    phone:+12125550101,Cy Diaz
    email:bo@example.com,Bo Chen
    """
    same = "person,kind,value\nbo,phone,+12125550101"
    found = blocks(records("", data, same))
    assert found[found["links"]].groupby("block")["mention"].agg(set).tolist() == [
        {"linkedin:bo", "email:bo@example.com"}
    ]
    assert found[~found["links"]]["mention"].tolist() == ["phone:+12125550101"]
