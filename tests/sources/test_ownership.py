"""Whose files these are."""

from __future__ import annotations

from auditor.sources.ownership import settle
from auditor.sources.source import Clues, Suspect


def chat(*names: str) -> Clues:
    return Clues(suspects=tuple(Suspect(f"name:{n}@whatsapp", n.title(), 1.0) for n in names))


def test_who_is_in_all_chats_is_the_owner() -> None:
    """One chat of two tells nothing; two chats have one person in common."""
    assert settle([chat("ada", "alex")]).names == ()
    assert settle([chat("ada", "alex"), chat("alex", "ben")]).names == ("Alex",)
    assert settle([chat("ada", "alex", "ben"), chat("alex", "ben")]).names == ()


def test_the_region_is_that_of_the_owners_numbers() -> None:
    """For numbers that are written without their country."""
    assert settle([Clues(keys=frozenset({"phone:+442079460958"}))]).region == "GB"
    assert settle([Clues(names=("Alex",))]).region is None


def test_nobody_is_the_owner_for_having_no_name() -> None:
    """The owner's address stands without a name in one mailbox; in the next, a nameless one in half of it is nobody."""
    first = Clues(suspects=(Suspect("email:me@example.com", "", 1.0),))
    second = Clues(suspects=(Suspect("email:ada@example.org", "", 0.5), Suspect("email:ben@example.org", "", 0.4)))
    assert settle([first, second]).keys == {"email:me@example.com"}


def test_an_owner_known_by_number_alone_has_no_name_that_others_share() -> None:
    """Two backups of two numbers: a namesake of nobody is not recognised in the second by having no name either."""
    sure, doubtful = (
        Clues(suspects=(Suspect(f"phone:+1212555010{n}", "", share),)) for n, share in ((0, 1.0), (1, 0.5))
    )
    assert settle([sure, doubtful]).keys == {"phone:+12125550100"}


def test_chats_of_two_services_are_looked_at_apart() -> None:
    """Two chats here and two there: names of one service are no names of another."""

    def elsewhere(*names: str) -> Clues:
        return Clues(suspects=tuple(Suspect(f"name:{n}@facebook", n.title(), 1.0) for n in names))

    found = settle([chat("ada", "lex"), chat("lex", "ben"), elsewhere("ada", "alex"), elsewhere("alex", "cleo")])
    assert found.names == ("Lex", "Alex")


def test_a_group_in_which_the_owner_may_only_read_says_nothing() -> None:
    """Ada, who writes in every file, is not taken for the owner who reads along."""
    group = Clues(suspects=tuple(Suspect(f"name:{n}@whatsapp", n.title(), 0.5) for n in ("ada", "ben")))
    assert settle([chat("ada", "alex"), group]).names == ()
    assert settle([chat("ada", "alex"), chat("alex", "cleo"), group]).names == ("Alex",)
