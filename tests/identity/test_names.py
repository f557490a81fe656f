"""How names meet: spellings of one name share a key, and names of two people contradict."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.identity.names import contradict, is_full, keys, latin, readings
from auditor.organisations import employer_of_address, is_office

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jörg Müller", "Mueller, Joerg"),
        ("Jörg Müller", "JORG K. MULLER"),
        ("Søren Kjær", "Soren Kjaer"),
        ("Юлия Орлова", "Yuliya Orlova"),
        ("Сергей Щербаков", "Sergei Shcherbakov"),
        ("Γιώργος Νικολάου", "Giorgos Nikolaoy"),
        ("明 李", "李明"),
        ("Ming Li (李明)", "李明"),
        ("Robert (Bob) Heron", "Bob Heron"),
        ("Gabriel García Marín", "García Marín, Gabriel"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    """Order, accents, initials, alphabets, nicknames in brackets."""
    assert not set(keys(one)).isdisjoint(keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Lima", "Anna Lima"),
        ("Ahmed Bilal Barakat", "Bilal Ahmed Barakat"),
        ("Robert Heron", "Bob Heron"),
        ("李明", "Ming Li"),
        ("Ana (she/her) Lima", "Bo (she/her) Chen"),
        ("明 李 (she/her)", "Анна Орлова (she/her)"),
    ],
)
def test_names_that_are_only_alike_share_none(one: str, other: str) -> None:
    """Misspelt, in an order that no list writes, short forms, syllables that many names share, pronouns."""
    assert set(keys(one)).isdisjoint(keys(other))


@pytest.mark.parametrize("part", ["", "Jörg", "Kim L.", "J. Müller", "🚀", "J. K."])
def test_a_part_of_a_name_has_no_key(part: str) -> None:
    """A given name, or anything with an initial in place of a name."""
    assert keys(part) == ()
    assert not any(map(is_full, readings(part)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anna muller", "peter muller"),
        ("muller anna", "muller peter"),
        ("john a heron", "john b heron"),
        ("maria lopez", "bug hunter"),
        ("梁博艳", "kai liang"),
    ],
)
def test_names_of_two_people_contradict(one: str, other: str) -> None:
    """A family's surname in either order, other initials, nothing in common, the same surname in two scripts."""
    assert contradict(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana", "bo chen"),
        ("anna muller", "anna schmidt"),
        ("bob heron", "robert heron"),
        ("jorg muller", "muller jorg"),
        ("eszter palingeau", "eszter palingeeau"),
        ("ana lima", "ana maria lima"),
        ("田中 太郎", "taro tanaka"),
        ("محمد الرشيد", "mohammed al rashid"),
    ],
)
def test_names_of_perhaps_one_human_do_not(one: str, other: str) -> None:
    """A part, a married name, a short form, another order, a typo, a middle name, another script."""
    assert not contradict(one, other)


@example("B0B", "A0BA")  # as many words left on both sides, alike from one side only
@given(NAMES, NAMES)
def test_contradicting_is_mutual_and_nobody_contradicts_themselves(one: str, other: str) -> None:
    """Whatever the names."""
    for a in readings(one):
        assert not contradict(a, a)
        for b in readings(other):
            assert contradict(a, b) == contradict(b, a)


@given(NAMES)
def test_a_latin_form_is_plain_letters(name: str) -> None:
    """Of any script: a to z and single spaces."""
    for reading in readings(name):
        assert latin(reading).replace(" ", "").isascii()
        assert keys(name) == keys(name)


@pytest.mark.parametrize(
    ("address", "office"),
    [
        ("info@example.com", True),
        ("Sales-Team@example.com", True),
        ("support+7@example.com", True),
        ("ana@example.com", False),
        ("post.ana@example.com", False),
        ("123@example.com", False),
    ],
)
def test_desks_have_addresses_that_are_nobodys(address: str, office: bool) -> None:
    """Every word before the @ names a desk."""
    assert is_office(address) is office


@pytest.mark.parametrize(
    ("address", "employer"),
    [
        ("a@blueheron.example", "blueheron"),
        ("a@mail.blue-heron.co.uk", "blueheron"),
        ("a@gmail.com", None),
        ("a@localhost", None),
    ],
)
def test_an_address_may_name_an_employer(address: str, employer: str | None) -> None:
    """The domain without its suffix; free mail names none."""
    assert employer_of_address(address) == employer
