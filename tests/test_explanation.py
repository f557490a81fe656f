"""One tie explained: the evidence, the waterfall, and whom a name means."""

from __future__ import annotations

import json

import pytest
from fabricate import audited

from auditor import explanation
from auditor.audit import Audit
from auditor.explanation import LABELS, explain, find, to_dict, to_text
from auditor.signals import YEAR_DAYS

KNOWN = """person,name,company,position,connected_on
    ana,Ana Lima,Plover Press,Editor,2022-05-01
    ben,Benedikt Brandt,Wren Works,Engineer,2022-05-01
    bea,Bea Brandt,Acme,Founder,2022-05-01
    ann,Ana Lima,Acme,Engineer,2022-05-01
    han,한 지민,,,2022-05-01"""
MONTHS = "\n".join(f"ana,2024-{month:02}-10,{way}" for month in range(1, 13) for way in ("out", "in"))


def audit_of(exchanges: str) -> Audit:
    """As of the end of 2024; the history begins with 2021."""
    text = f"person,at,direction\nzoe,2021-02-03,out\n{exchanges}"
    return audited(text, KNOWN, as_of="2024-12-31", covers=("2021-01-01", "2024-12-31"))


def test_the_sentence_has_the_evidence() -> None:
    """Days, both directions, weeks, the last of it and who opened: ana answers on the tenth of each month of 2024."""
    assert explain(audit_of(MONTHS), "linkedin:ana").sentence == (
        "12 days of contact in both directions over 12 weeks; the last was 21 days ago, on 10 December 2024; "
        "you opened 100 % of the exchanges."
    )


@pytest.mark.parametrize(
    ("exchanges", "said"),
    [
        ("ana,2024-12-31,out", "1 day of contact from you alone over 1 week; the last was today."),
        ("ana,2024-12-30,in", "1 day of contact from them alone over 1 week; the last was yesterday."),
        ("", "Connected since May 2022; no message either way in the files that cover that time."),
    ],
)
def test_one_side_alone_and_none_at_all_are_said(exchanges: str, said: str) -> None:
    """From whom it came; and without any contact, what the files say of that."""
    assert explain(audit_of(exchanges), "linkedin:ana").sentence == said


def test_who_opens_is_part_of_the_evidence() -> None:
    """Two of five silences ended by the owner: 40 %."""
    tie = audit_of(MONTHS).ties.loc["linkedin:ana"].copy()
    tie["openings_out"], tie["openings_in"] = 2, 3
    assert explanation.sentence(tie).endswith("; you opened 40 % of the exchanges.")


def test_the_owners_own_word_stands_beside_the_evidence() -> None:
    """What was told is said, whatever was measured."""
    tie = audit_of(MONTHS).ties.loc["linkedin:ana"].copy()
    tie["told"] = "close"
    assert explanation.sentence(tie).endswith(". You told us: close.")


def test_the_parts_add_up_to_the_raw_score_and_lead_to_the_depth() -> None:
    """In the order of the formula, from the base; a part that nothing was recorded for is left out."""
    audit = audit_of(MONTHS)
    found = explain(audit, "linkedin:ana")
    assert [part.label for part in found.parts] == [label for key, label in LABELS.items() if key != "c_time"]
    assert sum(part.points for part in found.parts) == pytest.approx(audit.ties.loc["linkedin:ana", "raw"])
    assert found.parts[-1].depth == pytest.approx(found.depth)
    assert [part.evidence for part in found.parts] == [
        "the same for all",
        "you on 12 days, they on 12 days",
        "12 days of contact, in 12 different weeks",
        "12 days of contact in the last year, the latest counting most",
        "21 days since the last contact",
    ]


def test_minutes_together_are_a_part_of_their_own() -> None:
    """A tie of meetings has one more step than a tie of letters."""
    text = "person,at,direction,channel,seconds\nana,2024-06-01,both,meeting,3600\nzoe,2021-02-03,out,,"
    found = explain(audited(text, KNOWN, as_of="2024-12-31"), "linkedin:ana")
    assert LABELS["c_time"] in [part.label for part in found.parts]


def test_a_tie_without_contact_has_no_waterfall() -> None:
    """There is nothing to add up."""
    assert explain(audit_of(""), "linkedin:ana").parts == ()


def test_what_is_never_answered_says_so() -> None:
    """The evidence tells why so many letters come to so little."""
    found = explain(audit_of("\n".join(f"ben,2024-{m:02}-03,out" for m in range(1, 13))), "linkedin:ben")
    assert found.parts[1].evidence == "you wrote on 12 days and they never answered"
    assert found.parts[2].evidence.endswith("without answers more soon stops counting")


def test_a_ritual_that_ends_no_silence_is_said() -> None:
    """A birthday wish of last week takes off more silence than a week, and counts for little both ways."""
    rows = "\n".join(f"ana,{y}-12-27,{w},birthday,2" for y in (2021, 2022, 2023, 2024) for w in ("out", "in"))
    text = f"person,at,direction,stock,words\nzoe,2021-02-03,out,,\n{rows}"
    found = explain(audited(text, KNOWN, as_of="2024-12-31"), "linkedin:ana")
    assert (
        found.parts[-1].evidence == "4 days since the last contact, a ritual phrase or a click, which ends no silence"
    )
    assert "worth only 0.8 together" in found.parts[1].evidence  # 8 days at a tenth


@pytest.mark.parametrize("days", [YEAR_DAYS + 30, 100])
def test_a_long_silence_is_no_ritual(days: int) -> None:
    """Also where it is longer than a year, or the history is shorter than one."""
    text = f"person,at,direction\nana,{'2023-12-02' if days > YEAR_DAYS else '2024-09-22'},out"
    found = explain(audited(text, KNOWN, as_of="2024-12-31"), "linkedin:ana")
    assert found.parts[-1].evidence == f"{days} days since the last contact"


@pytest.mark.parametrize(
    ("name", "humans"),
    [
        ("Benedikt Brandt", ["ben"]),
        ("benedikt", ["ben"]),
        ("Brandt", ["bea", "ben"]),
        ("BRANDT, Bea", ["bea"]),
        ("Benedikt Brant", ["ben"]),
        ("Ana Lima", ["ana", "ann"]),
        ("Ana Lima Plover", ["ana"]),
        ("Wren Works", ["ben"]),
        ("https://www.linkedin.com/in/ann/", ["ann"]),
        ("linkedin:ann", ["ann"]),
        ("한 지민", ["han"]),
        ("Zzyzx Qwfp", []),
        ("🚀", []),
        ("  ", []),
    ],
)
def test_whom_a_name_means(name: str, humans: list[str]) -> None:
    """Exactly so called, else all words of the name, else a typo, else employer; an address is never ambiguous."""
    assert sorted(find(audit_of(""), name)) == [f"linkedin:{human}" for human in humans]


def test_several_are_told_apart_by_their_address() -> None:
    """At most ten are listed, with what tells them apart."""
    audit = audit_of("")
    said = explanation.ambiguous(audit, find(audit, "Ana Lima"))
    assert said.startswith("2 people fit.")
    assert "Ana Lima · Editor, Plover Press · https://www.linkedin.com/in/ana" in said


def test_the_terminal_shows_bars_that_begin_where_the_last_one_ended() -> None:
    """Names are shown without the characters that steer a terminal."""
    found = explain(audit_of(MONTHS), "linkedin:ana")
    lines = to_text(found).splitlines()
    assert lines[0] == "Ana Lima · Editor, Plover Press"
    start, both = (line.partition("  ")[2] for line in lines if "Where everyone" in line or "Both ways" in line)
    assert start.rindex("█") < both.index("█")
    assert max(map(len, lines)) < 140


def test_the_dictionary_is_plain_json() -> None:
    """With what the screens show, and the parts."""
    values = to_dict(explain(audit_of(MONTHS), "linkedin:ana"))
    assert json.loads(json.dumps(values, allow_nan=False))["kind"] == "core"
    keys = "name profile_url depth low high p_two_way state kind layer told sentence raw parts".split()
    assert set(keys) <= set(values)
    assert [set(part) for part in values["parts"]] == [{"label", "points", "depth", "evidence"}] * 5
