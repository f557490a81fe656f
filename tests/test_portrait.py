"""Everything that the files tell of one person."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from fabricate import records
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.audit import audit
from auditor.marks import Marks, decision_table
from auditor.portrait import File, Merge, Portrait, Shared, mentions_of, portrait, timeline

KNOWN = """
    person,name,company,connected_on,connection,source
    ada,Ada Adler,Acme,2024-02-01,yes,Connections.csv
    ben,Ben Brandt,Globex,2024-03-01,yes,Connections.csv
    cy,Cy Castle,Initech,2024-04-01,yes,Connections.csv
    email:a@example.org,Ada Adler,,,no,contacts.vcf
"""
SAME = """
    person,kind,value
    ada,email,a@example.org
    ada,phone,+12025550100
"""
EVENTS = """
    person,at,channel,direction,thread,others,words,questions,seconds,source
    ada,2024-05-01T10:00:00Z,message,out,t1,0,12,0,,messages.csv
    ada,2024-05-01T11:00:00Z,message,in,t1,0,20,0,,messages.csv
    ada,2024-06-03T10:00:00Z,message,in,t2,1,9,0,,messages.csv
    ben,2024-06-03T10:00:00Z,message,in,t2,1,9,0,,messages.csv
    email:a@example.org,2024-07-01T10:00:00Z,email,out,e1,0,30,0,,mail.mbox
    ada,2024-08-01T10:00:00Z,call,out,,0,,,600,calls.csv
    ada,2024-09-01T10:00:00Z,message,in,t1,0,8,1,,messages.csv
    ada,2025-09-01T10:00:00Z,message,in,t1,0,8,1,,messages.csv
    cy,2024-05-02T10:00:00Z,message,out,t3,0,5,1,,messages.csv
"""
AS_OF = pd.Timestamp("2024-12-31")
ADA, BEN = "linkedin:ada", "linkedin:ben"


def of(human: str, events: str = EVENTS, *, said: Marks | None = None) -> Portrait:
    known = records(events, KNOWN, SAME)
    return portrait(known, audit(known, AS_OF, said), human)


def test_all_mentions_and_nothing_later_than_the_day() -> None:
    """Her profile and her address are one human; what comes after the day of the audit does not exist."""
    found = of(ADA)
    assert found.mentions == (ADA, "email:a@example.org")
    assert found.names == ("Ada Adler",)
    assert found.connected_on == pd.Timestamp("2024-02-01", tz="UTC")
    assert found.exchanges["channel"].tolist() == ["message", "message", "message", "email", "call", "message"]
    assert found.exchanges["person"].unique().tolist() == [ADA]


def test_how_it_is_known() -> None:
    """Identifiers by strength, the merge with its evidence, and each file with what it tells."""
    found = of(ADA)
    assert found.identifiers == (("linkedin", "ada"), ("email", "a@example.org"), ("phone", "+12025550100"))
    assert found.merged == (Merge("email:a@example.org", "Ada Adler", "email", "same email a@example.org"),)
    assert found.files == (
        File("messages.csv", 0, 4),
        File("calls.csv", 0, 1),
        File("mail.mbox", 0, 1),
        File("Connections.csv", 1, 0),
        File("contacts.vcf", 1, 0),
    )


def test_who_else_was_there() -> None:
    """One thread had both of them in it, seen from either side."""
    assert of(ADA).shared == (Shared(BEN, "Ben Brandt", 1),)
    assert of(BEN).shared == (Shared(ADA, "Ada Adler", 1),)
    assert of("linkedin:cy").shared == ()


def test_who_waits_for_whom() -> None:
    """She asked last, after an answer; he never answered anything, so nobody waits for him."""
    found = of(ADA)
    assert found.waiting_for_you is not None
    assert str(found.waiting_for_you.asked) == "2024-09-01"
    assert found.waiting_for_you.days == 121
    assert found.you_wait_for is None
    assert of("linkedin:cy").you_wait_for is None


INTRODUCED = """
    person,at,channel,direction,thread,others,introduces
    ada,2024-05-01T10:00:00Z,message,out,t0,0,False
    ada,2024-06-03T10:00:00Z,message,in,t2,1,True
    ben,2024-06-03T10:00:00Z,message,in,t2,1,True
    ben,2024-06-04T10:00:00Z,message,in,t2,1,False
    ada,2024-06-04T10:00:00Z,message,in,t2,1,False
"""


def test_introductions_are_seen_from_both_sides() -> None:
    """Ada brought Ben, in her own words."""
    (brought,) = of(ADA, INTRODUCED).introduced
    came = of(BEN, INTRODUCED).introduced_by
    assert came is not None
    assert (brought.name, came.name) == ("Ben Brandt", "Ada Adler")
    assert brought.evidence == came.evidence == "words of introduction"
    assert of(ADA, INTRODUCED).introduced_by is None
    assert of(BEN, INTRODUCED).introduced == ()


def test_who_was_parted_has_a_portrait_each() -> None:
    """The owner says that the address is somebody else's: mail and merge are gone from hers."""
    said = Marks(
        decisions=decision_table([{"one": ADA, "other": "email:a@example.org", "same": False, "at": AS_OF}]),
    )
    assert of(ADA, said=said).merged == ()
    assert of(ADA, said=said).exchanges["channel"].tolist().count("email") == 0
    assert of("email:a@example.org", said=said).exchanges["channel"].tolist() == ["email"]


def test_the_timeline_has_a_row_a_day_and_channel() -> None:
    """Both wrote on the first of May; a call that went out is one direction."""
    rows = timeline(of(ADA).exchanges)
    shown = rows.assign(day=rows["day"].dt.strftime("%m-%d")).to_numpy().tolist()
    assert shown == [
        ["call", "08-01", "out", 1],
        ["email", "07-01", "out", 1],
        ["message", "05-01", "both", 2],
        ["message", "06-03", "in", 1],
        ["message", "09-01", "in", 1],
    ]


def test_a_long_timeline_is_one_of_weeks() -> None:
    """Of Wednesday, Saturday and the Monday after, two weeks are left, each by its Monday."""
    some = "\n".join(f"ada,2024-05-{day}T10:00:00Z,message,out" for day in ("01", "04", "06"))
    rows = timeline(of(ADA, f"person,at,channel,direction\n{some}\n").exchanges, most=2)
    assert rows["day"].dt.strftime("%m-%d").tolist() == ["04-29", "05-06"]
    assert rows["exchanges"].tolist() == [2, 1]


def test_somebody_without_a_word_has_a_portrait_too() -> None:
    """A connection, and nothing else."""
    found = of(BEN, EVENTS.replace("ben,", "cy,"))
    assert found.exchanges.empty
    assert timeline(found.exchanges).empty
    assert (found.waiting_for_you, found.you_wait_for, found.introduced_by, found.shared) == (None, None, None, ())


PEOPLE = ("ada", "ben", "cy", "email:a@example.org")
ROW = st.tuples(
    st.sampled_from(PEOPLE), st.integers(1, 28), st.sampled_from(["message", "meeting"]),
    st.sampled_from(["in", "out", "both"]), st.sampled_from(["t1", "t2", ""]), st.integers(0, 2), st.integers(0, 1),
)  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25))
def test_only_the_rows_of_their_mentions_are_looked_at(rows) -> None:
    """Every exchange of the human and no other; the tie's own part is the same when all other people's rows are gone."""
    head = "person,at,channel,direction,thread,others,words,questions"
    lines = [f"{p},2024-05-{d:02}T10:00:00Z,{c},{w},{t},{o},5,{q}" for p, d, c, w, t, o, q in rows]
    known = records("\n".join([head, *lines]), KNOWN, SAME)
    now = audit(known, AS_OF)
    for human in now.ties.index[:2]:
        found = portrait(known, now, str(human))
        mine = known.interactions[known.interactions["person"].astype("str").isin(mentions_of(now, str(human)))]
        assert sorted(found.exchanges["row"]) == sorted(mine["row"])
        alone = portrait(replace(known, interactions=mine.reset_index(drop=True)), now, str(human))
        pd.testing.assert_frame_equal(alone.exchanges.reset_index(drop=True), found.exchanges.reset_index(drop=True))
        assert (alone.waiting_for_you, alone.you_wait_for) == (found.waiting_for_you, found.you_wait_for)
        assert (alone.files, alone.shared) == (found.files, found.shared)
