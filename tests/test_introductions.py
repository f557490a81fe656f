"""Who introduced whom, in threads of three."""

from __future__ import annotations

import pandas as pd
import pytest
from fabricate import audited, events

from auditor import introductions
from auditor.introductions import LEFT, TOLD, WORDS


def found(text: str, connected: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    days = pd.Series(
        {f"linkedin:{k}": pd.Timestamp(v, tz="UTC") for k, v in (connected or {}).items()}, dtype="datetime64[s, UTC]"
    )
    table = introductions.find(events(text), days)
    return [(r["introducer"][9:], r["introduced"][9:], r["evidence"]) for r in table.to_dict("records")]


SAID = """
    person,at,direction,others,thread,introduces
    ana,2024-01-01T09:00Z,in,0,dm,False
    ana,2025-03-01T09:00Z,in,1,three,{said}
    ben,2025-03-01T10:00Z,{answer},1,three,False
    ana,2025-03-01T10:00Z,{answer},1,three,False
"""


@pytest.mark.parametrize("answer", ["in", "out"])
def test_words_of_introduction(answer: str) -> None:
    """Ana writes to the owner and Ben, introducing them; either answer shows who Ben is."""
    text = SAID.format(said=True, answer=answer)
    text = text if answer == "out" else text.rsplit("    ana", 1)[0]
    assert found(text) == [("ana", "ben", WORDS)]


def test_a_thread_of_three_without_such_words_introduces_nobody() -> None:
    """Ana, Ben and the owner plan something: that is no introduction."""
    assert found(SAID.format(said=False, answer="out")) == []


def test_who_leaves_the_others_to_go_on_introduced_them() -> None:
    """A mail to both, after which only the two others write."""
    text = """
        person,at,direction,others,thread,channel
        ana,2025-03-01T09:00Z,in,1,mail:1,email
        ben,2025-03-01T10:00Z,in,1,mail:1,email
        ben,2025-03-02T10:00Z,out,0,mail:1,email
    """
    assert found(text) == [("ana", "ben", LEFT)]
    assert found(text, {"ben": "2020-01-01"}) == []
    assert found(text + "        ana,2025-03-03T10:00Z,in,1,mail:1,email\n") == []


def test_who_was_in_touch_before_is_not_introduced() -> None:
    """An old acquaintance in copy is nobody new; an invitation before is no contact."""
    text = SAID.format(said=True, answer="out")
    assert found(text + "    ben,2024-02-01T09:00Z,out,0,old,False\n") == []
    invited = text.replace("introduces\n", "introduces,channel\n") + "    ben,2025-02-01T09:00Z,in,0,,,invitation\n"
    assert found(invited) == [("ana", "ben", WORDS)]


def test_a_crowd_introduces_nobody() -> None:
    """With a fourth in it, nobody can tell who is meant."""
    text = SAID.format(said=True, answer="out") + "    cem,2025-03-02T10:00Z,in,2,three,False\n"
    assert found(text) == []


def test_no_exchanges_no_introductions() -> None:
    """An empty table has the columns."""
    table = introductions.find(events(), pd.Series(dtype="datetime64[s, UTC]"))
    assert list(table.columns) == introductions.COLUMNS
    assert introductions.chains(table) == []


CHAIN = """
    person,at,direction,others,thread,introduces,channel
    ana,2021-03-01T09:00Z,both,0,,,meeting
    ana,2023-03-01T09:00Z,in,1,t1,True,message
    ben,2023-03-01T10:00Z,out,1,t1,False,message
    ana,2023-03-01T10:00Z,out,1,t1,False,message
    ben,2025-03-01T09:00Z,in,1,t2,True,message
    cem,2025-03-01T10:00Z,in,1,t2,False,message
"""


def test_a_chain_of_three() -> None:
    """Cem came through Ben, who came through Ana."""
    table = introductions.find(events(CHAIN), pd.Series(dtype="datetime64[s, UTC]"))
    assert introductions.chains(table) == [["linkedin:ana", "linkedin:ben", "linkedin:cem"]]


def test_the_graph_has_the_introductions() -> None:
    """As an edge between the two, with who introduced whom, beside the number of threads they share."""
    audit = audited(CHAIN, as_of="2025-06-01")
    edge = audit.graph.edges["linkedin:ana", "linkedin:ben"]
    assert (edge["kind"], edge["introduced"], edge["threads"]) == ("introduced", "linkedin:ben", 1)
    assert audit.introductions["introduced"].tolist() == ["linkedin:ben", "linkedin:cem"]


def test_what_the_owner_noted_comes_first() -> None:
    """A file of one's own says who introduced whom; a circle of such notes is cut where it closes."""
    text = """
        person,at,direction,introduced_by
        ben,2025-03-01T10:00Z,out,linkedin:ana
        cem,2025-04-01T10:00Z,out,linkedin:ben
        ana,2025-05-01T10:00Z,out,linkedin:cem
        dan,2025-05-01T10:00Z,out,linkedin:dan
    """
    assert found(text) == [("ana", "ben", TOLD), ("ben", "cem", TOLD)]
