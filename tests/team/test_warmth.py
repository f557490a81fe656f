"""Who is closest, and the warmest path: against every path there is, on small teams made by chance."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import UsageError
from auditor.team import ask
from auditor.team.runs import RunFolder
from auditor.team.union import COLUMNS, Union, joined, me
from auditor.team.warmth import warmest

MEMBERS = ["a", "b", "c", "d"]
OTHERS = [f"linkedin:{name}" for name in "uvwxyz"]


def union(ties: dict[tuple[str, str], float]) -> Union:
    """A team of `MEMBERS` with these chances."""
    rows = [{"member": member, "human": human, "p_two_way": p, "depth": 100 * p} for (member, human), p in ties.items()]
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"member": "str", "human": "str", "p_two_way": "float64"})
    return Union(dict.fromkeys(MEMBERS), {ref: ref for ref in MEMBERS}, table, 0, (), hashed=False)


def every_path(ties: dict[frozenset[str], float], start: str, ends: set[str]) -> Iterator[list[str]]:
    """Each way from a human to any of others that meets nobody twice, by trying all."""

    def onward(path: list[str]) -> Iterator[list[str]]:
        if path[-1] in ends:
            yield path
            return
        for pair in ties:
            if path[-1] in pair and not (pair - {path[-1]}) & set(path):
                yield from onward([*path, *(pair - {path[-1]})])

    yield from onward([start])


humans = st.sampled_from([*map(me, MEMBERS), *OTHERS])
chances = st.one_of(st.floats(0.001, 1.0), st.sampled_from([0.5, 1.0]))
teams = st.dictionaries(
    st.tuples(st.sampled_from(MEMBERS), humans).filter(lambda tie: me(tie[0]) != tie[1]), chances, max_size=14
)


@settings(deadline=None, max_examples=150)
@given(ties=teams, targets=st.lists(humans, min_size=1, max_size=2, unique=True))
def test_the_warmest_path_is_the_best_of_all_paths(ties, targets):
    """Each member has a path exactly where there is any, and none is warmer; its warmth is the product of its ties."""
    best: dict[frozenset[str], float] = {}
    for (member, human), p in ties.items():
        pair = frozenset((me(member), human))
        best[pair] = max(p, best.get(pair, 0.0))
    found = {path.people[0]: path for path in warmest(union(ties), targets)}
    for member in map(me, MEMBERS):
        ways = [] if member in targets else list(every_path(best, member, set(targets)))
        assert (member in found) == bool(ways)
        if ways:
            warmth = [math.prod(best[frozenset(step)] for step in pairwise(way)) for way in ways]
            path = found[member]
            assert path.warmth == pytest.approx(max(warmth))
            assert path.people[-1] in targets
            assert path.warmth == pytest.approx(math.prod(best[frozenset(step)] for step in pairwise(path.people)))


def test_the_way_over_a_colleague_can_be_warmer_than_ones_own():
    """By hand: 0.9 · 0.8 = 0.72 beats 0.5; the two that come over u, whom both know, have 0.6 · 0.9 · 0.8 = 0.432."""
    ties = {("a", "linkedin:x"): 0.5, ("a", me("b")): 0.9, ("b", "linkedin:x"): 0.8}
    ties |= {("c", "linkedin:u"): 0.6, ("b", "linkedin:u"): 0.9}
    paths = {path.people[0]: path for path in warmest(union(ties), ["linkedin:x"])}
    assert paths["member:a"].people == ("member:a", "member:b", "linkedin:x")
    assert paths["member:a"].warmth == pytest.approx(0.72)
    assert paths["member:c"].people == ("member:c", "linkedin:u", "member:b", "linkedin:x")
    assert paths["member:c"].warmth == pytest.approx(0.432)
    assert "member:d" not in paths


@pytest.fixture(name="joint")
def fixture_joint(before) -> Union:
    return joined(RunFolder.opened(before / "run"))


@pytest.mark.parametrize(
    "asked", ["Ada Marsh", "ada marsh", "https://www.linkedin.com/in/ada-marsh/", "Plover Press Ltd"]
)
def test_who_is_closest_is_asked_by_name_address_or_company(joint, asked):
    """Ada by her name, her profile, and her employer: Cleo's tie is the strongest, and Robin has a light one."""
    answer = ask(joint, asked)
    assert [tie.member for tie in answer.strongest] == ["Cleo Okafor", "Robin Hart"]
    assert answer.strongest[0].person == "Ada Marsh"
    assert answer.strongest[0].last_contact == "2026-06-01"
    assert answer.paths[0].people == ("Cleo Okafor", "Ada Marsh")


def test_a_path_leads_over_colleagues(joint):
    """Robin is connected with Dan and never wrote; Kim, with whom Robin writes, knows Dan."""
    answer = ask(joint, "Dan Voss")
    assert [tie.member for tie in answer.strongest] == ["Kim Lund"]
    robin = next(path for path in answer.paths if path.people[0] == "Robin Hart")
    assert robin.people == ("Robin Hart", "Kim Lund", "Dan Voss")
    assert robin.warmth == pytest.approx(math.prod(robin.chances))


def test_a_colleague_can_be_asked_for(joint):
    """A member is known by the name in the export."""
    assert [tie.member for tie in ask(joint, "Kim Lund").strongest] == ["Robin Hart"]


def test_whom_nobody_knows_is_said_with_what_is_near(joint):
    """A typo is answered with the name, and nothing near with how to ask."""
    with pytest.raises(UsageError, match=r"Did you mean Ada Marsh\?"):
        ask(joint, "Ada Marhs")
    with pytest.raises(UsageError, match="the profile address"):
        ask(joint, "Qzx")


def test_two_people_of_one_name_are_told_apart(joint):
    """Both are listed with where they work and their address, and each address means one."""
    ties = joint.ties.copy()
    ties.loc[ties["human"] == "linkedin:ben-ito", "name"] = "Ada Marsh"
    twins = Union(joint.members, joint.labels, ties, joint.people, (), hashed=False)
    with pytest.raises(UsageError, match=r"2 people fit(.|\n)*in/ada-marsh\n(.|\n)*in/ben-ito"):
        ask(twins, "Ada Marsh")
    assert ask(twins, "https://www.linkedin.com/in/ben-ito").people == 1
