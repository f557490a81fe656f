"""Who is who: sure links merge, doubtful ones are proposed, and two profiles are never one person."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from fabricate import Owner, audited, key, reads_its_docstring, records, table
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from auditor.audit import audit
from auditor.identity import Identity, resolve
from auditor.marks import decision_table


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


def settled(known: str, said: str, same: str = "") -> Identity:
    """Who is who once the owner `said` things: CSV of `one,other,same`, each said a second after the last."""
    rows = [
        {"one": key(str(row["one"])), "other": key(str(row["other"])), "same": row["same"] == "yes"}
        for row in table(said)
    ]
    times = pd.date_range("2026-01-05T10:00Z", periods=len(rows), freq="s")
    decided = [{**row, "at": at} for row, at in zip(rows, times, strict=True)]
    return resolve(records("", known, same), decision_table(decided))


def test_the_owner_joins_what_no_file_joins() -> None:
    """Two profiles of one human, said to be one: the decision outweighs that two profiles are two humans."""
    found = settled("person,name\nana,Ana Lima\nana-2,A. Lima", "one,other,same\nana,ana-2,yes")
    assert set(found.human) == {"linkedin:ana"}
    assert found.links[["mention", "kind", "evidence"]].to_numpy().tolist() == [
        ["linkedin:ana-2", "decision", "you said so"]
    ]


def test_a_merge_can_be_taken_apart_and_put_together_again() -> None:
    """The latest word on a pair holds, in whichever order it names them."""
    known = "person,name\nana,Ana Lima\nemail:ana@example.com,Ana Lima"
    parted = "one,other,same\nana,email:ana@example.com,no"
    assert settled(known, parted).links.empty
    assert settled(known, parted).proposals.empty
    again = settled(known, f"{parted}\nemail:ana@example.com,ana,yes")
    assert again.links["kind"].tolist() == ["decision"]
    assert settled(known, f"{parted}\nana,email:ana@example.com,yes\nana,email:ana@example.com,no").links.empty


def test_of_a_chain_between_two_who_are_kept_apart_the_weakest_link_goes() -> None:
    """A card with Ana's address and a phone; its name ties it to the profile. Apart from the phone: the name goes."""
    known = "person,name\nana,Ana Lima\nemail:ana@example.com,Ana Lima\nphone:+12025550101,Ana"
    same = "person,kind,value\nemail:ana@example.com,phone,+12025550101"
    assert set(settled(known, "one,other,same", same).human) == {"linkedin:ana"}
    found = settled(known, "one,other,same\nana,phone:+12025550101,no", same)
    assert found.human.to_dict() == {
        "linkedin:ana": "linkedin:ana",
        "email:ana@example.com": "email:ana@example.com",
        "phone:+12025550101": "email:ana@example.com",
    }


def test_taking_one_mention_out_leaves_the_others_together() -> None:
    """Three names of one human; the owner says that the mail address is somebody else's."""
    known = "person,name\nana,Ana Lima\nemail:a@example.com,Ana Lima\nphone:+12025550101,Ana Lima"
    found = settled(known, "one,other,same\nana,email:a@example.com,no").human
    assert found["phone:+12025550101"] == "linkedin:ana"
    assert found["email:a@example.com"] == "email:a@example.com"


def test_later_joins_outweigh_earlier_ones_and_apart_outweighs_any_chain() -> None:
    """The mail address is Ana's, then it is Bo's; Ana and Bo are two."""
    known = "person,name\nana,Ana Lima\nbo,Bo Chen\nemail:x@example.com,X"
    said = "one,other,same\nana,bo,no\nana,email:x@example.com,yes\nbo,email:x@example.com,yes"
    found = settled(known, said).human
    assert found["email:x@example.com"] == "linkedin:bo"
    assert found["linkedin:ana"] == "linkedin:ana"


def test_decisions_on_mentions_that_are_gone_count_for_nothing() -> None:
    """An import was forgotten; what was said of it stays harmless."""
    assert settled("person,name\nana,Ana Lima", "one,other,same\nana,email:gone@example.com,yes").links.empty


@pytest.mark.parametrize(
    "written",
    ["Müller, Jörg", "Joerg Mueller", "jorg muller", "Müller Jörg", "Jörg K. Müller", "Jörg (Jogi) Müller, PhD 🚀"],
)
def test_a_mail_address_with_a_full_name_finds_the_one_profile_of_that_name(written: str) -> None:
    """However the display name is written."""
    found = resolve(records("", f'person,name\njorg-mueller,Jörg Müller\nemail:jm@example.com,"{written}"'))
    assert found.human["email:jm@example.com"] == "linkedin:jorg-mueller"
    assert found.links["kind"].tolist() == ["name"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Анна Орлова", "Anna Orlova"),
        ("Сергей Щербаков", "Sergey Shcherbakov"),
        ("明 李", "李明"),
        ("Ming Li 李明", "李明"),
    ],
)
def test_names_in_another_script_meet_where_their_letters_say_the_whole_name(one: str, other: str) -> None:
    """Cyrillic and Latin; first name first and surname first; both beside each other."""
    found = resolve(records("", f"person,name\nx,{one}\nemail:x@example.com,{other}"))
    assert found.human["email:x@example.com"] == "linkedin:x"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Robert Heron", "Bob Heron", "nickname"),
        ("Ana Maria Lima", "Ana Lima", "middle name"),
        ("محمد الرشيد", "Mohammed Al Rashid", "transliterated"),
        ("李明", "Ming Li", "transliterated"),
        ("Jörg Müller", "Jörg M.", "initial"),
        ("Jörg Müller", "J. Müller", "initial"),
        ("Ana Lima", "Ana Limma", "typo"),
        ("Jörg Müller", "Jörg", "first name only"),
        ("Robert Heron", "Bob", "nickname"),
        ("Jörg Müller", "Müller", "last name only"),
    ],
)
def test_a_name_that_is_only_like_another_is_proposed_with_the_kind_of_likeness(
    one: str, other: str, kind: str
) -> None:
    """And never merged."""
    found = resolve(records("", f"person,name\nx,{one}\nname:y@calendar,{other}"))
    assert found.links.empty
    assert found.proposals[["mention", "human", "kind"]].to_numpy().tolist() == [
        ["name:y@calendar", "linkedin:x", kind]
    ]
    assert found.proposals["evidence"].str.len().all()


@pytest.mark.parametrize(
    ("one", "other"),
    [("John A. Heron", "John B. Heron"), ("Ana Lima", "Bo Lima"), ("Kim L.", "Kim Park"), ("Ana", "Bo")],
)
def test_names_that_contradict_are_neither_merged_nor_proposed(one: str, other: str) -> None:
    """Other initials, other given names."""
    found = resolve(records("", f"person,name\nx,{one}\nname:y@calendar,{other}"))
    assert found.links.empty
    assert not found.proposals["kind"].isin(["initial", "same name, not unique"]).any()


@reads_its_docstring
def test_two_addresses_of_one_name_may_be_two_people_so_neither_merges(data: str) -> None:
    """
    person,name
    ana,Ana Lima
    email:ana@example.com,Ana Lima
    email:lima@example.org,Ana Lima
    """
    found = resolve(records("", data))
    assert found.links.empty
    assert (found.proposals["kind"] == "same name, not unique").all()
    assert set(found.proposals.loc[found.proposals["human"] == "linkedin:ana", "mention"]) == {
        "email:ana@example.com",
        "email:lima@example.org",
    }


@reads_its_docstring
def test_the_employer_tells_homonyms_apart(data: str) -> None:
    """
    person,name,company
    jane-1,Jane Doe,Blue Heron GmbH
    jane-2,Jane Doe,Grey Tern
    phone:+12025550101,Jane Doe,blue heron
    email:jd@greytern.example,Jane Doe,
    email:jd@example.org,Jane Doe,
    """
    found = resolve(records("", data))
    assert found.human["phone:+12025550101"] == "linkedin:jane-1"
    assert found.human["email:jd@greytern.example"] == "linkedin:jane-2"
    assert found.human["email:jd@example.org"] == "email:jd@example.org"
    assert set(found.links["kind"]) == {"name and company"}


@reads_its_docstring
def test_a_landline_of_a_family_makes_nobody_of_two(data: str) -> None:
    """
    person,kind,value
    phone:+12025550101,phone,+12025550199
    phone:+12025550102,phone,+12025550199
    """
    known = "person,name\nphone:+12025550101,Anna Müller\nphone:+12025550102,Peter Müller\nphone:+12025550199,"
    found = resolve(records("", known, data))
    assert found.links.empty
    assert found.unnamed.tolist() == ["phone:+12025550199"]


@reads_its_docstring
def test_the_address_of_an_office_is_nobodys(data: str) -> None:
    """
    person,name
    ana,Ana Lima
    email:info@example.com,Ana Lima
    """
    found = resolve(records("", data, "person,kind,value\nana,email,info@example.com"))
    assert found.links.empty
    assert found.proposals["human"].tolist() == ["linkedin:ana"]


@reads_its_docstring
def test_numbers_with_and_without_their_country_are_proposed(data: str) -> None:
    """
    person,name
    phone:+491715550123,Jörg Müller
    phone:01715550123,
    """
    found = resolve(records("", data))
    assert found.links.empty
    assert found.proposals[["mention", "kind"]].to_numpy().tolist() == [["phone:01715550123", "last 9 digits"]]


def test_at_most_five_are_proposed_and_of_equals_those_whom_the_owner_meets_most() -> None:
    """Seven people called Jörg, whom the owner met on 1 to 7 days; lunch was with one of them."""
    surnames = ["Albers", "Brandt", "Claasen", "Dierks", "Evers", "Fischer", "Gerdes"]
    known = "person,name\nname:jorg@calendar,Jörg\n" + "\n".join(f"j{n},Jörg {s}" for n, s in enumerate(surnames, 1))
    days = [f"j{n},2024-01-0{day},in" for n in range(1, 8) for day in range(1, n + 1)]
    lunches = ["name:jorg@calendar,2024-02-01,both", "name:jorg@calendar,2024-02-02,both"]
    found = resolve(records("person,at,direction\n" + "\n".join([*days, *lunches]), known)).proposals
    assert found["human"].tolist() == [f"linkedin:j{n}" for n in (7, 6, 5, 4, 3)]
    assert found["days"].tolist() == [2] * 5


def test_a_chain_of_links_is_as_sure_as_its_weakest_and_keeps_all_its_evidence() -> None:
    """The phone is on the card, the card has the profile's name."""
    known = "person,name\nana,Ana Lima\nemail:ana@example.com,Ana Lima\nphone:+12025550101,"
    same = "person,kind,value\nemail:ana@example.com,phone,+12025550101"
    links = resolve(records("", known, same)).links.set_index("mention")
    assert links.loc["phone:+12025550101"].tolist() == [
        "linkedin:ana",
        "name",
        "same phone +12025550101, same name, unique on both sides",
    ]


def test_a_number_without_a_name_does_not_hide_the_name_on_its_card() -> None:
    """The call log comes first and knows only the number; whom no file names is shown by the number."""
    known = "person,name,connection\nphone:+12025550101,,no\nphone:+12025550102,,no\nemail:ana@example.com,Ana Lima,no"
    read = records(
        "person,at,direction\nphone:+12025550101,2024-01-01,in\nphone:+12025550102,2024-01-01,in",
        known,
        "person,kind,value\nemail:ana@example.com,phone,+12025550101",
    )
    read = replace(read, people=read.people.assign(name=read.people["name"].fillna("")))
    ties = audit(read, pd.Timestamp("2024-02-01")).ties
    assert sorted(ties["name"]) == ["Ana Lima", "phone:+12025550102"]


def test_proposals_are_worked_out_once_when_asked_for() -> None:
    """Asked again, they are the same table."""
    read = records("", "person,name\nana,Ana Lima\nname:anna lima@calls,Anna Lima")
    found = resolve(read)
    assert len(found.proposals) == 1
    assert found.proposals is found.proposals


def test_nobody_merges_with_the_owner_in_any_file() -> None:
    """A card with the owner's own number on it, and the owner's name in a calendar, tie nobody to the owner."""
    owner = Owner(("Sam Lee",), frozenset({"linkedin:sam", "phone:+12025550101"}))
    known = "person,name\nsam,Sam Lee\nemail:bo@example.com,Bo Chen\nemail:cy@example.com,Cy Diaz"
    same = "person,kind,value\nemail:bo@example.com,phone,+12025550101\nemail:cy@example.com,phone,+12025550101"
    found = resolve(records("", known, same, owner=owner))
    assert found.links.empty
    assert found.proposals.empty


DECISIONS = st.lists(
    st.tuples(st.sampled_from(range(6)), st.sampled_from(range(6)), st.booleans()).filter(lambda d: d[0] != d[1]),
    max_size=5,
)


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    IDENTIFIERS,
    st.lists(st.sampled_from(["Ana Lima", "Lima, Ana", "Bo Chen", "Ana"]), min_size=6, max_size=6),
    DECISIONS,
)
def test_laws_of_who_is_who(pairs, names, said) -> None:
    """Order does not matter, twice is once, apart is apart, a human is the strongest of its group."""
    keys = [key(m) for m in MENTIONS]
    rows = "\n".join(f'{m},"{n}"' for m, n in zip(MENTIONS, names, strict=True))
    read = records("", f"person,name\n{rows}", "person,kind,value\n" + "\n".join(f"{p},{i}" for p, i in pairs))
    times = pd.date_range("2026-01-05T10:00Z", periods=len(said), freq="s")
    told = decision_table(
        [{"one": keys[a], "other": keys[b], "same": s, "at": t} for (a, b, s), t in zip(said, times, strict=True)]
    )
    found = resolve(read, told)
    turned = replace(read, people=read.people[::-1], identifiers=read.identifiers[::-1])
    twice = replace(read, people=pd.concat([read.people, read.people], ignore_index=True))
    for other in (resolve(turned, told[::-1]), resolve(twice, pd.concat([told, told]))):
        assert other.human.to_dict() == found.human.to_dict()
        pd.testing.assert_frame_equal(other.links, found.links)
        pd.testing.assert_frame_equal(other.proposals, found.proposals)
    last = {frozenset((a, b)): s for a, b, s in said}
    for (a, b), same in ((sorted(pair), s) for pair, s in last.items()):
        assert same or found.human[keys[a]] != found.human[keys[b]]
    assert (found.human[found.human.unique()] == found.human.unique()).all()
    assert set(found.links["mention"]) == {m for m, h in found.human.items() if m != h}
