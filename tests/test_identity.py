"""Who is who: sure links merge, doubtful ones are proposed, and two profiles are never one person."""

from __future__ import annotations

import pytest
from fabricate import Owner, audited, reads_its_docstring, records
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from auditor.identity import Identity, resolve


def who(known: str = "", same: str = "", exchanges: str = "") -> dict[str, str]:
    """Mention → human."""
    return {str(mention): str(human) for mention, human in resolve(records(exchanges, known, same)).human.items()}


@reads_its_docstring
def test_everybody_is_themselves_without_evidence_to_the_contrary(data: str) -> None:
    """
    person,name
    ana,Ana Lima
    bo,Bo Chen
    """
    assert who(data) == {
        "linkedin:ana": "linkedin:ana",
        "linkedin:bo": "linkedin:bo",
    }


@reads_its_docstring
def test_an_address_book_entry_with_the_mail_address_of_a_profile_is_that_profile(data: str) -> None:
    """
    person,kind,value
    ana,email,ana@example.com
    email:ana@example.com,email,ana@example.com
    phone:+12025550101,email,ana@example.com
    """
    known = "person,name\nana,Ana Lima\nemail:ana@example.com,Ana\nphone:+12025550101,Ana L"
    found = resolve(records("", known, data))
    assert set(found.human) == {"linkedin:ana"}
    assert found.links["evidence"].str.contains("same email").all()
    assert set(found.links["mention"]) == {"email:ana@example.com", "phone:+12025550101"}


def test_the_strongest_key_names_the_human() -> None:
    """Profile before mail address before phone number before name."""
    known = "person,name\nphone:+12025550101,Ana Lima\nemail:ana@example.com,Ana Lima\nname:ana lima@calls.csv,Ana Lima"
    same = "person,kind,value\nphone:+12025550101,email,ana@example.com"
    assert set(who(known, same).values()) == {"email:ana@example.com"}


@reads_its_docstring
def test_homonyms_with_profiles_of_their_own_stay_two_people(data: str) -> None:
    """
    person,name
    jane-doe-1,Jane Doe
    jane-doe-2,Jane Doe
    """
    found = who(data)
    assert found["linkedin:jane-doe-1"] != found["linkedin:jane-doe-2"]


@reads_its_docstring
def test_a_name_that_two_profiles_have_belongs_to_neither(data: str) -> None:
    """
    person,name
    jane-doe-1,Jane Doe
    jane-doe-2,Jane Doe
    name:jane doe@Recommendations.csv,Jane Doe
    """
    found = resolve(records("", data))
    assert found.human["name:jane doe@Recommendations.csv"] == "name:jane doe@Recommendations.csv"
    assert found.links.empty
    assert found.proposals["human"].tolist() == ["linkedin:jane-doe-1", "linkedin:jane-doe-2"]
    assert set(found.proposals["kind"]) == {"same name, not unique"}


@reads_its_docstring
def test_a_full_name_that_only_one_profile_has_is_that_profile(data: str) -> None:
    """
    person,name
    ana,"Ana Límà, PhD"
    bo,Bo Chen
    name:ana lima@Recommendations.csv,ana lima
    """
    found = resolve(records("", data))
    assert found.human["name:ana lima@Recommendations.csv"] == "linkedin:ana"
    assert found.links["evidence"].tolist() == ["same name, unique on both sides"]


@reads_its_docstring
def test_a_first_name_alone_merges_nobody(data: str) -> None:
    """
    person,name
    ana,Ana
    name:ana@calls.csv,Ana
    """
    found = who(data)
    assert found["name:ana@calls.csv"] == "name:ana@calls.csv"


@reads_its_docstring
def test_an_address_shared_by_two_profiles_merges_nobody(data: str) -> None:
    """
    person,kind,value
    ana,email,office@example.com
    bo,email,office@example.com
    email:office@example.com,email,office@example.com
    """
    known = "person,name\nana,Ana Lima\nbo,Bo Chen\nemail:office@example.com,Front Office"
    assert len(set(who(known, data).values())) == 3


@reads_its_docstring
def test_two_addresses_do_not_merge_two_profiles_by_way_of_a_third_mention(data: str) -> None:
    """
    person,kind,value
    ana,email,home@example.com
    phone:+12025550101,email,home@example.com
    phone:+12025550101,handle,heron
    bo,handle,heron
    """
    found = who("person,name\nana,Ana Lima\nbo,Bo Chen\nphone:+12025550101,Home", data)
    assert found["linkedin:ana"] != found["linkedin:bo"]


@reads_its_docstring
def test_a_name_does_not_merge_two_profiles_by_way_of_an_address(data: str) -> None:
    """
    person,kind,value
    jd,email,jd@example.com
    name:jane doe@contacts.csv,email,jd@example.com
    """
    known = "person,name\njd,J. D.\njane-doe,Jane Doe\nname:jane doe@contacts.csv,Jane Doe"
    found = who(known, data)
    assert found["linkedin:jd"] != found["linkedin:jane-doe"]


@reads_its_docstring
def test_a_name_much_like_one_profile_is_only_proposed(data: str) -> None:
    """
    person,name
    ana,Ana Lima
    bo,Bo Chen
    name:anna lima@calls.csv,Anna Lima
    """
    found = resolve(records("", data))
    assert found.human["name:anna lima@calls.csv"] == "name:anna lima@calls.csv"
    proposal = found.proposals.iloc[0]
    assert (proposal["mention"], proposal["human"]) == ("name:anna lima@calls.csv", "linkedin:ana")
    assert 88 <= proposal["similarity"] < 100
    assert len(found.proposals) == 1


@reads_its_docstring
def test_who_wrote_without_being_described_anywhere_is_somebody(data: str) -> None:
    """
    person,at,direction
    ana,2024-01-01,in
    """
    assert who(exchanges=data) == {"linkedin:ana": "linkedin:ana"}


@reads_its_docstring
def test_the_exchanges_of_merged_mentions_are_one_tie(data: str) -> None:
    """
    person,at,direction,channel
    ana,2024-01-01,out,message
    email:ana@example.com,2024-01-09,in,email
    """
    same = "person,kind,value\nana,email,ana@example.com\nemail:ana@example.com,email,ana@example.com"
    ties = audited(data, "person,name\nana,Ana Lima", as_of="2024-02-01", same=same).ties
    assert ties.index.tolist() == ["linkedin:ana"]
    assert ties[["days_out", "days_in", "name"]].iloc[0].tolist() == [1, 1, "Ana Lima"]


@pytest.mark.parametrize("known_as", ["sam", "email:sam@example.com"])
def test_the_owner_is_nobodys_alter(known_as: str) -> None:
    """A mail to oneself, or oneself in one's own address book, is no tie."""
    owner = Owner(("Sam Lee",), frozenset({"linkedin:sam", "email:sam@example.com"}))
    exchanges = f"person,at,direction\n{known_as},2024-01-01,out\nana,2024-01-01,in"
    known = f"person,name\n{known_as},Sam Lee\nana,Ana Lima"
    result = audited(exchanges, known, as_of="2024-02-01", owner=owner)
    assert result.ties.index.tolist() == ["linkedin:ana"]


def test_the_owner_never_merges_with_a_homonym() -> None:
    """A connection of the owner's own name is a connection."""
    owner = Owner(("Sam Lee",), frozenset({"linkedin:sam"}))
    result = audited(known="person,name\nsam-lee-2,Sam Lee", as_of="2024-02-01", owner=owner)
    assert result.ties.index.tolist() == ["linkedin:sam-lee-2"]


@reads_its_docstring
def test_a_categorical_column_of_mentions_becomes_one_of_humans(data: str) -> None:
    """
    person,at,direction
    bo,2024-01-01,in
    email:bo@example.com,2024-01-02,in
    ana,2024-01-03,in
    """
    same = "person,kind,value\nbo,email,bo@example.com\nemail:bo@example.com,email,bo@example.com"
    read = records(data, "", same)
    humans = resolve(read).of(read.interactions["person"])
    assert humans.astype(str).tolist() == ["linkedin:bo", "linkedin:bo", "linkedin:ana"]
    assert humans.cat.categories.tolist() == ["linkedin:ana", "linkedin:bo"]
    assert resolve(read).of(read.interactions["person"].astype("str")).tolist() == humans.astype(str).tolist()


MENTIONS = ["ana", "bo", "email:a@example.com", "email:b@example.com", "phone:+12025550101", "name:ana lima@calls.csv"]
IDENTIFIERS = st.lists(
    st.tuples(st.sampled_from(MENTIONS), st.sampled_from(["email,a@example.com", "email,b@example.com", "handle,h"])),
    max_size=8,
)


def resolved(pairs: list[tuple[str, str]], names: list[str]) -> Identity:
    known = "person,name\n" + "\n".join(f"{m},{n}" for m, n in zip(MENTIONS, names, strict=True))
    same = "person,kind,value\n" + "\n".join(f"{person},{identifier}" for person, identifier in pairs)
    return resolve(records("", known, same))


@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(IDENTIFIERS, st.lists(st.sampled_from(["Ana Lima", "Bo Chen", "Ana"]), min_size=6, max_size=6))
def test_two_profiles_are_never_one_human_and_order_does_not_matter(pairs, names) -> None:
    """Whatever addresses and names are shared: a human has at most one profile, and reversed rows give the same."""
    found = resolved(pairs, names).human
    assert found["linkedin:ana"] != found["linkedin:bo"]
    assert (found[found.unique()] == found.unique()).all()
    assert resolved(pairs[::-1], names).human.to_dict() == found.to_dict()
