"""The best path to a company: who is there, and who well knows somebody there."""

from __future__ import annotations

import pytest

from auditor.knowledge import Knowledge

from .test_knowledge import known


@pytest.fixture(name="everything", scope="module")
def fixture_everything() -> Knowledge:
    return known()


@pytest.mark.parametrize("asked", ["Siemens", "siemens ag", "SIEMENS", "Seimens"])
def test_a_company_is_known_by_its_name(everything, asked) -> None:
    """Without its legal form, in any case, with a slip: those there now before the one who was, the deepest first."""
    paths = everything.path(asked)
    assert [(path.name, path.now) for path in paths.direct] == [
        ("Cy Ngo", True),
        ("Ana Lima", True),
        ("Bo Berg", False),
    ]
    assert [path.sentence for path in paths.direct] == [
        "Cy Ngo is Designer at Siemens; your last contact was in March 2026.",
        "Ana Lima is Engineer at Siemens AG; your last contact was in April 2026.",
        "Bo Berg was Analyst at Siemens AG (so your export of February 2024 has it); your last contact was in March 2026.",
    ]


def test_who_knows_somebody_there(everything) -> None:
    """Bo introduced Di, whom nobody else leads to; what one knows oneself better is no detour."""
    paths = everything.path("blue heron")
    assert [path.name for path in paths.direct] == ["Bo Berg"]
    assert paths.through == ()  # Cy met Bo in one meeting, but is less deep than Bo
    there = everything.path("Siemens")
    assert there.through == ()  # Bo was there too


def test_a_path_through_another() -> None:
    """Without the former job Bo stands outside, and leads to Cy by the meeting of three."""
    knowledge = known()
    here = Knowledge.of(knowledge.records, knowledge.audit).path("Siemens")
    (path,) = here.through
    assert (path.name, path.target_name, path.now, round(path.strength, 2)) == ("Bo Berg", "Cy Ngo", True, 0.4)
    assert path.sentence == (
        "Bo Berg was in 1 conversation or meeting of yours with Cy Ngo, who is Designer at Siemens."
    )
    assert path.worth == pytest.approx(path.depth * 0.4)


def test_employers_with_the_same_words_are_offered(everything) -> None:
    """A part of a name is nobody's employer, but perhaps what was meant; a freelancer has none."""
    assert (everything.path("heron").company, everything.path("heron").alike) == ("", ("Blue Heron GmbH",))
    assert everything.path("Freelance") is None
    assert everything.path("Nowhere Ltd") is None
