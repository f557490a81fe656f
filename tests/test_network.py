"""The graph: who is tied to the ego, who to each other, and which names are one employer."""

from __future__ import annotations

import pytest
from fabricate import Owner, audited, events, reads_its_docstring

from auditor.network import EGO, MAX_THREAD_PEOPLE, shared_threads
from auditor.organisations import organisation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Blue Heron GmbH & Co. KG", "blue heron"),
        ("Blue Heron, Inc.", "BLUE HERON"),
        ("Blue  Heron Ltd.", "Blue Heron"),
        ("Grupo Sol S.A. de C.V.", "Grupo Sol"),
        ("Grupo Sol S.A. de C.V.", "Grupo Sol SA de CV"),
        ("Nordlys AS", "Nordlys"),
        ("株式会社サンプル", " 株式会社サンプル "),
    ],
)
def test_an_employer_is_the_same_whatever_its_legal_form(one: str, other: str) -> None:
    """Case, punctuation, spaces and legal form are no part of an employer's name."""
    assert organisation(one) == organisation(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plan A", "Plan Aero"),
        ("Plan A", "Plan"),
        ("Heron", "Heron Labs"),
        ("First Bank", "Second Bank"),
        ("SA", "AG"),
    ],
)
def test_employers_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    """Equal keys only: a part of a name is not the name, and a name that is a legal form is a name."""
    assert organisation(one) != organisation(other)


@pytest.mark.parametrize(
    "company",
    [
        "Freelance",
        " FREELANCER ",
        "Self-employed",
        "Self Employed",
        "self-Employed",
        "Confidential",
        "Stealth Startup",
        "Stealth  Mode",
        "Independent Consultant",
        "Retired",
        "N/A",
        "-",
        "",
        "   ",
        "🚀",
    ],
)
def test_no_employer_is_no_organisation(company: str) -> None:
    """A thousand freelancers are not colleagues."""
    assert organisation(company) is None


@pytest.mark.parametrize("company", ["Mode", "Self"])
def test_a_word_of_such_a_phrase_may_well_be_an_employer(company: str) -> None:
    """ "Stealth mode" is nobody's employer; a firm called Mode is."""
    assert organisation(company) is not None


@reads_its_docstring
def test_a_pair_is_tied_by_each_thread_they_share(data: str) -> None:
    """
    person,at,direction,others,thread
    ana,2024-01-01,out,2,t1
    bo,2024-01-01,out,2,t1
    cy,2024-01-01,out,2,t1
    ana,2024-01-02,in,2,t1
    ana,2024-01-03,out,1,t2
    bo,2024-01-03,out,1,t2
    ana,2024-01-04,out,0,t3
    bo,2024-01-04,out,0,t3
    cy,2024-01-05,out,1,
    ana,2024-01-05,out,1,
    """
    pairs = shared_threads(events(data))
    ana, bo, cy = "linkedin:ana", "linkedin:bo", "linkedin:cy"
    assert pairs == {(ana, bo): 2, (ana, cy): 1, (bo, cy): 1}


@pytest.mark.parametrize(("people", "pairs"), [(MAX_THREAD_PEOPLE, 300), (MAX_THREAD_PEOPLE + 1, 0)])
def test_a_thread_of_a_crowd_ties_nobody_to_anybody(people: int, pairs: int) -> None:
    """25 people make 25·24/2 = 300 pairs; 26 are a crowd."""
    rows = [
        {"person": f"p{i}", "at": "2024-01-01", "direction": "out", "others": people - 1, "thread": "t"}
        for i in range(people)
    ]
    assert len(shared_threads(events(rows))) == pairs


@reads_its_docstring
def test_the_graph_has_the_ego_its_alters_their_employers_and_shared_threads(data: str) -> None:
    """
    person,at,direction,others,thread
    ana,2024-01-01,out,1,t1
    bo,2024-01-01,out,1,t1
    """
    known = """
        person,name,company
        ana,Ana Lima,Blue Heron Ltd
        bo,Bo Chen,blue heron
        cy,Cy Doe,Freelance
    """
    owner = Owner(("Sam Lee",), frozenset(), ("Blue Heron",))
    graph = audited(data, known, as_of="2024-02-01", owner=owner).graph
    heron = "organisation:blue heron"
    assert dict(graph.nodes(data="kind")) == {
        EGO: "ego",
        "linkedin:ana": "alter",
        "linkedin:bo": "alter",
        "linkedin:cy": "alter",
        heron: "organisation",
    }
    edges = {frozenset((a, b)) for a, b in graph.edges}
    assert edges == {
        frozenset(pair)
        for pair in [
            (EGO, "linkedin:ana"),
            (EGO, "linkedin:bo"),
            (EGO, "linkedin:cy"),
            ("linkedin:ana", "linkedin:bo"),
            ("linkedin:ana", heron),
            ("linkedin:bo", heron),
            (EGO, heron),
        ]
    }
    assert graph.edges["linkedin:ana", "linkedin:bo"]["threads"] == 1
    assert graph.nodes[EGO]["name"] == "Sam Lee"
    assert graph.nodes["linkedin:ana"]["profile_url"] == "https://www.linkedin.com/in/ana"


@reads_its_docstring
def test_every_edge_says_what_it_is(data: str) -> None:
    """
    person,name,company
    ana,Ana Lima,Blue Heron
    """
    owner = Owner(("Sam Lee",), frozenset(), ("Blue Heron",))
    graph = audited("", data, as_of="2024-02-01", owner=owner).graph
    assert {frozenset((a, b)): kind for a, b, kind in graph.edges(data="kind")} == {
        frozenset((EGO, "linkedin:ana")): "tie",
        frozenset(("linkedin:ana", "organisation:blue heron")): "works at",
        frozenset((EGO, "organisation:blue heron")): "works at",
    }


@reads_its_docstring
def test_the_graph_carries_what_was_measured_and_scored(data: str) -> None:
    """
    person,at,direction
    ana,2024-01-01,out
    ana,2024-01-02,in
    """
    result = audited(data, as_of="2024-02-01")
    edge = result.graph.edges[EGO, "linkedin:ana"]
    assert edge["depth"] == result.ties.loc["linkedin:ana", "depth"] > 0
    assert edge["days_out"] == edge["days_in"] == 1
