"""What the owner knows of people: found whatever is typed, with the evidence, the deepest tie first."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from fabricate import records
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.audit import audit
from auditor.knowledge import Knowledge, Said, tags
from auditor.records import facts

AS_OF = pd.Timestamp("2026-06-30")
KNOWN = """
    person,name,company,position,connected_on,connection
    ana,Ana Lima,Siemens AG,Engineer,2020-05-17,yes
    bo,Bo Berg,Blue Heron GmbH,Head of Sales,2021-01-01,yes
    cy,Cy Ngo,Siemens,Designer,2021-01-02,yes
    di,Di Diallo,Freelance,Photographer,2022-01-02,yes
    email:gus@example.org,Gus Vale,,,,no
"""
TALK = """
    person,at,direction,thread,others,introduced_by,channel
    bo,2026-01-05,out,t1,0,,
    bo,2026-01-06,in,t1,0,,
    bo,2026-02-05,out,t1,0,,
    bo,2026-02-06,in,t1,0,,
    bo,2026-03-05,both,m1,1,,meeting
    cy,2026-03-05,both,m1,1,,meeting
    ana,2026-04-01,out,t2,0,,
    di,2026-05-01,in,t3,0,linkedin:bo,
"""
FACTS = [
    {"person": "linkedin:ana", "kind": "birthday", "value": "1985-03-14", "source": "c.vcf"},
    {"person": "linkedin:ana", "kind": "city", "value": "Lisboa", "source": "c.vcf"},
    {"person": "email:gus@example.org", "kind": "note", "value": "Met in Lisbon, sails", "source": "c.vcf"},
]
NOTES = [
    ("linkedin:bo", "2026-03-06", "We met in Lisbon. Loves fly fishing and jazz #mentor #Häkeln"),
    ("linkedin:cy", "2026-03-07", "Fishing for compliments #jazz"),
]
JOBS = [("linkedin:bo", "Siemens AG", "Analyst", "2024-02-01"), ("linkedin:ana", "Siemens", "Engineer", "2024-02-01")]
TEXTS = [
    ("linkedin:ana", "2026-04-01", "out", "Shall we go rowing on the lake? https://rowing.example/club"),
    ("linkedin:ana", "2026-04-02", "in", "The rowing regatta in Würzburg was lovely"),
    ("linkedin:ana", "2026-04-03", "in", "Our rowing club has a new boat"),
    ("linkedin:ana", "2026-04-04", "in", "See you at rowing"),
    ("linkedin:bo", "2026-02-06", "in", "The quarterly figures are in the folder"),
    ("linkedin:bo", "2026-02-07", "in", "I have the figures for the budget"),
    *[
        ("linkedin:bo", f"2026-01-{day:02}", "out", "When will you send me the other half of it?")
        for day in range(1, 20)
    ],
    ("linkedin:bo", "2099-02-07", "in", "A secret of the future"),
]


def texts() -> pd.DataFrame:
    table = pd.DataFrame(TEXTS, columns=["person", "at", "direction", "text"])
    return table.assign(
        at=pd.to_datetime(table["at"], utc=True), person=table["person"].astype("category"), channel="message"
    )


def known(*, said: bool = False) -> Knowledge:
    read = replace(records(TALK, KNOWN), facts=facts(FACTS))
    now = audit(read, AS_OF)
    notes = pd.DataFrame(NOTES, columns=["person", "at", "text"]).astype({"at": "datetime64[us, UTC]"})
    jobs = pd.DataFrame(JOBS, columns=["person", "company", "position", "until"]).astype(
        {"until": "datetime64[us, UTC]"}
    )
    return Knowledge.of(read, now, notes, jobs, Said.of(texts(), now) if said else None)


@pytest.fixture(name="all_known", scope="module")
def fixture_all_known() -> Knowledge:
    return known(said=True)


def found(knowledge: Knowledge, query: str) -> list[str]:
    return [result.name for result in knowledge.search(query)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("fly fishing", ["Bo Berg"]),  # of the two words Cy's note has the commoner one
        ("met in Lisbon", ["Bo Berg", "Gus Vale"]),  # whoever is no tie comes last
        ("siemens", ["Bo Berg", "Cy Ngo", "Ana Lima"]),  # of equals the deepest first; Bo worked there
        ("HÄKELN", ["Bo Berg"]),
        ("hakeln", ["Bo Berg"]),
        ("#mentor", ["Bo Berg"]),
        ("#jazz", ["Cy Ngo"]),  # Bo's note speaks of jazz, but has no such tag
        ("#ment", []),
        ("born 14 march", ["Ana Lima"]),
        ("introduced by bo", ["Di Diallo"]),
        ("fishng", ["Bo Berg", "Cy Ngo"]),
        ("fihsing", ["Bo Berg", "Cy Ngo"]),
        ("seimens", ["Bo Berg", "Cy Ngo", "Ana Lima"]),
        ("photografer", ["Di Diallo"]),
        ("photograp", ["Di Diallo"]),
        ("lake", ["Ana Lima"]),
        ("wurzburg regatta", ["Ana Lima"]),
        ("quantum chromodynamics", []),
        ("", []),
        ("  ?! ", []),
    ],
)
def test_people_are_found_by_what_is_known(all_known, query, names) -> None:
    """By notes, tags, jobs now and before, introductions, birthdays and texts, with typos and without accents."""
    assert found(all_known, query)[: len(names) or None] == names


def test_the_evidence_says_what_matched(all_known) -> None:
    """A note is shown; of messages only the month, who wrote, how many, and the words."""
    bo = all_known.search("fishing lisbon")[0]
    assert (bo.name, bo.match, [(e.kind, e.words) for e in bo.evidence]) == (
        "Bo Berg", 1.0, [("note", ("lisbon", "fishing"))],
    )  # fmt: skip
    ana = all_known.search("rowing")[0].evidence
    assert [(e.kind, e.text, f"{e.at:%Y-%m}", e.direction, e.count, e.words) for e in ana] == [
        ("message", "", "2026-04", "both", 4, ("rowing",))
    ]


def test_texts_are_found_only_while_they_are_there_and_not_before_their_time() -> None:
    """Without them nobody rows; a message from after the audit's day is in none."""
    assert found(known(), "rowing") == []
    assert found(known(said=True), "secret future") == []


def test_a_note_is_no_message() -> None:
    """A private note is read as an exchange too; it is known as a fact, and no message."""
    read = records(TALK, KNOWN)
    now = audit(read, AS_OF)
    said = Said.of(texts().assign(channel="note"), now)
    assert found(Knowledge.of(read, now, said=said), "rowing") == []


def test_a_tag_is_a_word_of_a_note() -> None:
    """Numbers are none, nor is what stands inside a word; each counts once."""
    assert tags("#PyCon at #pycon, see C#sharp and #12, #Zürich-2") == ("pycon", "zurich")
    assert known().tags() == {"mentor": 1, "hakeln": 1, "jazz": 1}


def test_topics_are_what_the_messages_with_somebody_are_about(all_known) -> None:
    """No address, nobody's name, no little word."""
    assert all_known.topics("linkedin:ana") == ["rowing"]
    assert all_known.topics("linkedin:cy") == []
    assert known().topics("linkedin:ana") == []


def test_a_pair_of_words_is_one_topic() -> None:
    """Where they stand together most of the time."""
    read = records(TALK, KNOWN)
    now = audit(read, AS_OF)
    fly = [("linkedin:ana", "2026-04-01", "in", f"more about fly fishing in river {n}x") for n in range(9)]
    other = [("linkedin:bo", "2026-04-01", "in", f"budget and figures of quarter {n}x") for n in range(9)]
    table = pd.DataFrame([*fly, *other], columns=["person", "at", "direction", "text"])
    table = table.assign(
        at=pd.to_datetime(table["at"], utc=True), person=table["person"].astype("category"), channel="message"
    )
    topics = Said.of(table, now).topics("linkedin:ana")
    assert sorted(topics) == ["fly fishing", "river"]


def test_the_facts_of_one_person(all_known) -> None:
    """How they met, then all else; the former job with the last export that had it, the present one once."""
    told = [
        (fact.kind, fact.text, f"{fact.at:%Y-%m-%d}" if fact.at is not None else None)
        for fact in all_known.facts("linkedin:bo")
    ]
    assert told == [
        ("met", "connected", "2021-01-01"),
        ("met", "first contact: a message from you", "2026-01-05"),
        ("note", NOTES[0][2], "2026-03-06"),
        ("job", "Head of Sales at Blue Heron GmbH", None),
        ("job before", "Analyst at Siemens AG", "2024-02-01"),
    ]
    ana = [(fact.kind, fact.text) for fact in all_known.facts("linkedin:ana")]
    assert ana[2:] == [("job", "Engineer at Siemens AG"), ("city", "Lisboa"), ("birthday", "14 March 1985")]
    assert ("met", "introduced by Bo Berg") in [(f.kind, f.text) for f in all_known.facts("linkedin:di")]


def test_how_an_invitation_went() -> None:
    """Who asked whom, and that an invitation is no first contact."""
    read = records("person,at,direction,channel\nana,2026-01-01,in,invitation\nana,2026-02-01,both,meal", KNOWN)
    told = Knowledge.of(read, audit(read, AS_OF)).facts("linkedin:ana")
    assert [fact.text for fact in told if fact.kind == "met"] == [
        "connected", "they invited you", "first contact: a meal",
    ]  # fmt: skip


WORDS = st.text(st.characters(categories=["Ll"], max_codepoint=0x24F), min_size=5, max_size=12)


@given(
    st.text(max_size=300)
    | st.sampled_from(['"', "a* OR", "NEAR(x y)", "-", "AND", "x:y", "🎣", "^", "x" * 10_000, "#", "'\"(("])
)
@settings(deadline=None, max_examples=150)
def test_every_query_is_a_good_one(query: str) -> None:
    """Quotes, operators, stars, colons, emoji and 10,000 characters find somebody or nobody, and never fail."""
    for result in _KNOWN.search(query):
        assert result.evidence
    _KNOWN.path(query)


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_one_slip_in_a_word_of_five_letters_still_finds(data) -> None:
    """A letter too many, one too few, a wrong one, or two turned."""
    word = data.draw(
        st.sampled_from(["lisbon", "fishing", "siemens", "mentor", "photographer", "heron", "sales", "regatta"])
    )
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slip = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            ]
        )
    )
    there = {r.name for r in _KNOWN.search(word) if any(word in e.words for e in r.evidence)}
    assert there
    assert there <= set(found(_KNOWN, slip))


_KNOWN = known(said=True)
