"""The keys of mentions: the same person always gets the same key, and two people never the same one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.mentions import email_key, fold, linkedin_key, name_key, profile_url, slug

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/j%C3%BCrgen-groß",
        "https://www.linkedin.com/in/jürgen-gro%C3%9F/",
        "http://de.linkedin.com/in/JÜRGEN-GROSS?trk=x",
        "linkedin.com/in/ju\u0308rgen-gross",
        "www.linkedin.com/pub/jürgen-gross/1/2/3",
        "https://www.linkedin.com/in/jürgen-gross#about",
    ],
)
def test_one_profile_has_one_slug_however_its_address_is_written(url: str) -> None:
    """Percent-encoded or raw, NFC or NFD, any country's host, any case: the same slug."""
    assert slug(url) == "jürgen-gross"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://www.linkedin.com/in",
        "https://www.linkedin.com/in/",
        "https://www.linkedin.com/company/blue-heron",
        "https://notlinkedin.com/in/ana",
        "https://linkedin.com.example.org/in/ana",
    ],
)
def test_an_address_that_names_nobody_has_no_slug(url: str) -> None:
    """The bare /in that some exports write for everybody, companies and other hosts are nobody's profile."""
    assert slug(url) is None
    assert linkedin_key(url) is None


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20))
def test_the_address_shown_for_a_key_leads_back_to_that_key(name: str) -> None:
    """linkedin_key(profile_url(key)) is key, and the address is always plain ASCII on linkedin.com."""
    key = linkedin_key(f"https://www.linkedin.com/in/{name}")
    if key is None:
        return
    address = profile_url(key)
    assert address is not None
    assert address.startswith("https://www.linkedin.com/in/")
    assert address.isascii()
    assert linkedin_key(address) == linkedin_key(address.lower())
    assert linkedin_key(address) == key


def test_a_slug_cannot_lead_the_shown_link_to_another_page() -> None:
    """An encoded slash stays encoded in the link that is shown."""
    key = linkedin_key("https://www.linkedin.com/in/ana%2F..%2F..%2Ffeed")
    assert key is not None
    assert str(profile_url(key)).count("/") == 4


@pytest.mark.parametrize("key", ["email:ana@example.com", "phone:+12025550101", "name:ana lima@Skills.csv"])
def test_only_profiles_have_a_profile_address(key: str) -> None:
    """Who is known by mail, phone or name only has no link."""
    assert profile_url(key) is None


def test_mail_addresses_are_compared_without_case_and_outer_space() -> None:
    """One mailbox, one key; what has no @ is no address."""
    assert email_key("  Ana.Lima@Example.COM ") == "email:ana.lima@example.com"
    assert email_key("ana") is None
    assert email_key("@example.com") is None


def test_one_gmail_box_is_one_address() -> None:
    """Dots, a plus and the old German name of Gmail make no difference there; elsewhere they do."""
    spellings = ("Ana.Lima@gmail.com", "analima+books@googlemail.com", "a.n.a.lima@Gmail.com")
    assert {email_key(address) for address in spellings} == {"email:analima@gmail.com"}
    assert email_key("ana.lima+books@example.com") == "email:ana.lima+books@example.com"
    assert email_key("ana@xn--bcher-kva.example") == email_key("ana@bücher.example")
    assert email_key("ana@xn--.example") == "email:ana@xn--.example"


def test_a_name_key_holds_the_folded_name_and_where_it_was_read() -> None:
    """The key says which file gave nothing but a name; a nameless row has no key."""
    assert name_key(" Ana LÍMA, PhD ", "Recommendations.csv") == "name:ana lima@Recommendations.csv"
    assert name_key(" 🚀 ", "Recommendations.csv") is None


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  Dr. JOSÉ (Pepe) Núñez, PhD 🚀 ", "jose nunez"),
        ("𝐁𝐨𝐥𝐝 Person, CFA®", "bold person"),
        ("Pat O’Brien", "pat obrien"),
        ("Pat O'Brien", "pat obrien"),
        ("Jean-Luc  Dupont", "jean luc dupont"),
        ("Łukasz Żak", "lukasz zak"),
        ("Anna Groß", "anna gross"),
        ("Jane Doe, PhD, MBA, PMP", "jane doe"),
        ("Jane Doe MBA", "jane doe"),
        ('William "Bill" Example', "william example"),
        ("李明", "李明"),
        ("राहुल शर्मा", "राहुल शर्मा"),
        ("Jack Ma", "jack ma"),
        ("Dr Who", "dr who"),
        ("Lima, Ana, PhD", "ana lima"),
        ("van Berg, Jan", "jan van berg"),
        ("Ana Lima, CSPO", "ana lima"),
    ],
)
def test_a_name_is_folded_to_its_letters(written: str, folded: str) -> None:
    """No case, accents, emoji, nicknames, titles or credentials; scripts without them stay as they are."""
    assert fold(written) == folded


@pytest.mark.parametrize("written", ["Ana Lima ❤️", "Ana ❤️ Lima", "Ana Lima 1️⃣", "Ana Lima ☎\ufe0e"])
def test_the_invisible_tail_of_an_emoji_is_no_part_of_a_name(written: str) -> None:
    """U+FE0F, which follows many emoji and is a mark to Unicode, is dropped with its emoji."""
    assert fold(written) == "ana lima"


@pytest.mark.parametrize("written", ['"Ana Lima"', "(Ana Lima)", "“Ana Lima”"])
def test_a_name_that_is_all_in_brackets_is_still_a_name(written: str) -> None:
    """A nickname in brackets is dropped only where some name is left."""
    assert fold(written) == "ana lima"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lee, Ann", "Lee, Bob"),
        ("Lima, Ana", "Lima, Eva"),
        ("Ng, Li", "Ng, Bo"),
        ("van Berg, Jan", "van Berg, Eva"),
        ("VAN BERG, JAN", "VAN BERG, EVA"),
    ],
)
def test_surname_first_does_not_make_a_family_one_person(one: str, other: str) -> None:
    """After "surname, " a short given name is no credential: dropping it would merge everybody of that surname."""
    assert fold(one) != fold(other)
    assert name_key(one, "contacts.csv") != name_key(other, "contacts.csv")


@given(NAMES)
def test_folding_twice_is_folding_once(name: str) -> None:
    """A folded name is its own folding, so that keys can be folded again without harm."""
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_a_folded_name_has_single_spaces_and_nothing_to_trim(name: str) -> None:
    """Words of letters and marks with one space between them."""
    assert " ".join(fold(name).split()) == fold(name)
    assert not any(c.isdigit() and c.isascii() for c in fold(name))
