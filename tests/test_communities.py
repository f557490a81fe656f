"""Communities: planted ones are found again, whatever the order of rows; their names; and who links them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from fabricate import Owner, key, records
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.affiliations import Affiliations
from auditor.audit import Audit, audit
from auditor.communities import FEWEST, Communities, divide, find
from auditor.records import Records

Row = dict[str, Any]


def _group(thread: str, people: list[str], days: int = 6) -> list[Row]:
    """The owner writes to all of a group on so many days."""
    return [
        {
            "person": who,
            "at": f"2024-03-{day + 1:02}",
            "direction": "out",
            "others": len(people) - 1,
            "thread": thread,
        }
        for day in range(days)
        for who in people
    ]


def _known(company: dict[str, str]) -> str:
    rows = [f"{who},{who.title()} Test,{where},2024-01-01" for who, where in company.items()]
    return "\n".join(["person,name,company,connected_on", *rows])


def _communities(given: Records) -> Communities:
    return find(given, audit(given, pd.Timestamp("2024-06-01")))


HERONS = ["ana", "abe", "ada", "amy", "art"]
NORDS = ["bea", "ben", "bob", "bud"]
CHOIR = ["cal", "cat", "cy", "con"]
PLANTED = [
    *_group("herons", [*HERONS, "xena"]),
    *_group("herons again", HERONS[:3], 1),
    *_group("nords", [*NORDS, "xena"], 3),
    *_group("nords again", [*NORDS, "yves"]),
    *_group("choir", [*CHOIR, "yves"], 3),
]
WORK = _known(
    dict.fromkeys([*HERONS, "xena"], "Blue Heron Ltd")
    | dict.fromkeys([*NORDS, "yves"], "Nordlys AS")
    | dict(zip(CHOIR, ("Acme", "Globex", "", "Freelance"), strict=True))
    | {"zoe": "Alone Inc", "zed": "Pair Inc", "zac": "Pair Inc"}
)


def _people(found: Communities) -> dict[str, list[str]]:
    return {one.name: sorted(h.removeprefix("linkedin:") for h in one.people) for one in found.all}


def test_planted_communities_are_found_again_with_their_brokers() -> None:
    """Two employers and a choir, one broker between the first two and one between the last two; three are in none."""
    found = _communities(records(PLANTED, WORK))
    people = _people(found)
    choir = next(name for name in people if name not in ("Blue Heron Ltd", "Nordlys AS"))
    assert people == {
        "Blue Heron Ltd": sorted([*HERONS, "xena"]),
        "Nordlys AS": sorted([*NORDS, "yves"]),
        choir: sorted(CHOIR),
    }
    assert choir.endswith(" and 2 more")
    assert {one.name: (one.basis, one.covers) for one in found.all} == {
        "Blue Heron Ltd": ("employer", 6),
        "Nordlys AS": ("employer", 5),
        choir: ("gathering", 4),
    }
    name = [one.name for one in found.all]
    assert {h: (name[row["community"]], [name[n] for n in row["reaches"]]) for h, row in found.brokers.iterrows()} == {
        key("xena"): ("Blue Heron Ltd", ["Nordlys AS"]),
        key("yves"): ("Nordlys AS", [choir]),
    }
    assert found.links["people"].tolist() == [1, 1]
    assert found.alone == 3
    assert 0.8 < found.inside < 1
    assert 0.3 < found.modularity < 1


def test_the_order_of_rows_changes_nothing() -> None:
    """Shuffled records give the same communities, keys, names, brokers and figures."""
    given = records(PLANTED, WORK)
    first = _communities(given)
    for seed in range(3):
        mixed = Records(
            given.people.sample(frac=1, random_state=seed),
            given.identifiers,
            given.interactions.sample(frac=1, random_state=seed),
            given.coverage,
            Owner(),
        )
        again = _communities(mixed)
        assert again.all == first.all
        pd.testing.assert_frame_equal(again.brokers, first.brokers)
        assert (again.inside, again.modularity) == (first.inside, first.modularity)


def test_a_conversation_of_all_does_not_make_one_community_of_many() -> None:
    """Three teams of six that meet on 28 days, and all eighteen on two: still three."""
    teams = [[f"{team}{i}" for i in range(6)] for team in "abc"]
    rows = [row for team in teams for row in _group(team[0], team, 28)] + _group(
        "all", [who for team in teams for who in team], 2
    )
    found = _communities(records(rows))
    assert sorted(len(one.people) for one in found.all) == [6, 6, 6]


def test_small_communities_are_not_lost_in_a_big_network() -> None:
    """A conversation of four from four employers of six, among thirty other employers: each employer stays one."""
    company = {f"e{n}p{i}": f"Firm {n}" for n in range(34) for i in range(6)}
    found = _communities(records(_group("mixed", [f"e{n}p0" for n in range(4)], 1), _known(company)))
    names = set(_people(found))
    assert {f"Firm {n}" for n in range(34)} <= names
    assert sum(len(one.people) for one in found.all) == len(found.of)


def test_who_was_met_through_one_person_is_named_by_them() -> None:
    """Three of four came through Ana, and share no employer."""
    rows: list[Row] = [{"person": "ana", "at": "2024-01-01", "direction": "in"}]
    rows += [
        {"person": who, "at": "2024-01-02", "direction": "in", "introduced_by": key("ana")}
        for who in ("bo", "cy", "di")
    ]
    (one,) = _communities(records(rows, _known(dict.fromkeys(("ana", "bo", "cy", "di"), "")))).all
    assert (one.name, one.basis, one.covers) == ("Met through Ana Test", "met through", 3)


def test_two_communities_of_one_employer_are_told_apart_by_a_person() -> None:
    """Two teams that never meet and share the employer only by name are one; apart by more, each says with whom."""
    teams = [[f"{team}{i}" for i in range(5)] for team in "ab"]
    rows = [row for team in teams for row in _group(team[0], team, 28)]
    found = _communities(records(rows, _known(dict.fromkeys([who for team in teams for who in team], "Acme"))))
    names = [one.name for one in found.all]
    assert len(names) == len(set(names)) == len({one.key for one in found.all}) == 2
    assert all(name.startswith("Acme, with ") for name in names)


@pytest.mark.parametrize("known", ["", _known({"ana": "Acme", "bo": "Acme", "cy": "Globex"})])
def test_no_community_is_no_error(known: str) -> None:
    """Nobody at all, or a pair and one other: no community, no broker, everybody counted as in none."""
    found = _communities(records("", known))
    assert found.all == ()
    assert found.brokers.empty
    assert found.links.empty
    assert found.alone == (3 if known else 0)
    assert found.inside == (1.0 if known else 0.0)


THINGS = st.lists(
    st.tuples(st.sets(st.integers(0, 11), min_size=2, max_size=6), st.sampled_from(["gathering", "employer"])),
    max_size=8,
)


@pytest.fixture(scope="module")
def twelve() -> Audit:
    """The audit of twelve people, p0 to p11."""
    return audit(records("", _known({f"p{i}": "" for i in range(12)})), pd.Timestamp("2024-06-01"))


@settings(deadline=None)
@given(things=THINGS)
def test_everybody_is_in_one_community_at_most(twelve: Audit, things: list[tuple[set[int], str]]) -> None:
    """Whatever is shared: no one twice, none of fewer than three, brokers reach others than their own, none is lost."""
    shared = pd.DataFrame(
        [(f"s{n}", kind, f"S{n}", len(group), 1, 1.0) for n, (group, kind) in enumerate(things)],
        columns=["shared", "kind", "name", "people", "days", "weight"],
    )
    shared = shared.astype({"kind": "str", "people": "int64", "weight": "float64"}).set_index("shared")
    links = [(f"s{n}", key(f"p{i}")) for n, (group, _) in enumerate(things) for i in group]
    ordered = pd.DataFrame(sorted(links), columns=["shared", "human"], dtype="str")
    found = divide(Affiliations(shared, ordered), twelve)
    everybody = [human for one in found.all for human in one.people]
    assert len(everybody) == len(set(everybody)) == len(found.of)
    assert len(everybody) + found.alone == 12
    assert all(len(one.people) >= FEWEST for one in found.all)
    assert all(row["community"] not in row["reaches"] for _, row in found.brokers.iterrows())
    assert len({one.key for one in found.all}) == len(found.all)
