"""What sort of tie this is: every tie has exactly one kind, by the first rule that holds."""

from __future__ import annotations

import pandas as pd
import pytest
from fabricate import audited, reads_its_docstring, records

from auditor.audit import audit
from auditor.kinds import KINDS
from auditor.marks import Marks, rating_table

NAMES = {kind.name for kind in KINDS}
KNOWN = "person,name,connected_on\nana,Ana Lima,2022-05-01"
COVERS = ("2021-01-01", "2024-12-31")


def kind_of_ana(exchanges: str, as_of: str = "2024-12-31", known: str = KNOWN) -> str:
    """The kind of the tie to ana where a message file covers 2021 to 2024, and history begins with 2021."""
    text = f"person,at,direction\nzoe,2021-01-01,out\n{exchanges}"
    return str(audited(text, known, as_of=as_of, covers=COVERS).ties.loc["linkedin:ana", "kind"])


def rows(start: str, periods: int, freq: str, ways: str = "out in") -> str:
    days = pd.date_range(start, periods=periods, freq=freq)
    return "\n".join(f"ana,{day:%Y-%m-%d},{way}" for day in days for way in ways.split())


@pytest.mark.parametrize(
    ("exchanges", "kind"),
    [
        ("", "never-spoken"),
        (rows("2024-11-01", 5, "7D", "out"), "chased"),
        (rows("2024-11-01", 5, "7D", "in"), "unanswered"),
        (rows("2024-07-01", 2, "2D"), "one-night-stand"),  # 3 July is 181 days before the end of the year
        (rows("2024-07-05", 2, "2D"), "active"),  # 7 July is 177 days before: not yet half a year of silence
        (rows("2023-01-02", 30, "7D"), "dormant"),  # thirty weeks, the last 526 days ago
        (rows("2023-06-05", 12, "30D"), "fading"),  # the last on 30 April 2024, four days in the last year
        (rows("2024-01-01", 53, "7D"), "core"),
        (rows("2023-12-01", 13, "30D"), "active"),  # 11 days in the last year are less than monthly
        (rows("2024-02-01", 11, "30D"), "warming"),  # in touch for the first time eleven months ago
        (rows("2024-10-02", 1, "D"), "active"),  # for the first time, and not since: 90 days
        (rows("2024-10-03", 1, "D"), "warming"),
        (rows("2022-01-01", 12, "90D") + "\n" + rows("2024-11-28", 4, "6D"), "warming"),  # 4 in 90 days, 3 in 275
        (rows("2024-01-15", 12, "30D"), "core"),
    ],
)
def test_the_kind_of_a_tie(exchanges: str, kind: str) -> None:
    """Each row is a tie whose kind follows from the rules in words."""
    assert kind_of_ana(exchanges) == kind


def test_all_within_fourteen_days_is_a_one_night_stand_and_fifteen_are_not() -> None:
    """1 to 14 January span 13 days; 1 to 15 January span 14."""
    assert kind_of_ana("ana,2024-01-01,out\nana,2024-01-14,in") == "one-night-stand"
    assert kind_of_ana("ana,2024-01-01,out\nana,2024-01-15,in") == "fading"


@pytest.mark.parametrize(("as_of", "kind"), [("2024-07-11", "active"), ("2024-07-12", "fading")])
def test_fading_begins_with_180_quiet_days(as_of: str, kind: str) -> None:
    """14 January to 12 July 2024 are 180 days."""
    assert kind_of_ana("ana,2023-12-01,out\nana,2024-01-14,in", as_of) == kind


def test_a_deep_tie_is_dormant_after_365_quiet_days() -> None:
    """Thirty weeks, the last on 24 July 2023: 365 days later is 23 July 2024."""
    weeks = rows("2023-01-02", 30, "7D")
    assert kind_of_ana(weeks, "2024-07-22") == "fading"
    assert kind_of_ana(weeks, "2024-07-23") == "dormant"


def test_never_spoken_needs_a_message_file_that_covers_the_time_since_connecting() -> None:
    """Connected before the file begins, or after it ends: nothing can be said."""
    for connected, kind in [
        ("2020-12-31", "unobserved"),
        ("2021-01-01", "never-spoken"),
        ("2024-12-31", "never-spoken"),
        ("2025-01-01", "unobserved"),
    ]:
        known = f"person,name,connected_on\nana,Ana Lima,{connected}"
        ties = audited("", known, as_of="2025-06-30", covers=COVERS).ties
        assert ties.loc["linkedin:ana", ["kind", "state"]].tolist() == [kind, "unobserved"]


def test_without_a_message_file_every_connection_is_unobserved() -> None:
    """No file that could show contact, no word about contact."""
    ties = audited("", KNOWN, as_of="2024-12-31").ties
    assert ties["kind"].tolist() == ["unobserved"]


@reads_its_docstring
def test_a_bare_invitation_is_no_conversation(data: str) -> None:
    """
    person,at,direction,channel,words
    ana,2022-05-01,out,invitation,
    """
    ties = audited(data, KNOWN, as_of="2024-12-31", covers=COVERS).ties
    assert ties.loc["linkedin:ana", "kind"] == "never-spoken"


def test_the_rules_have_distinct_names_and_say_what_they_mean() -> None:
    """The names are the words of the command line: lower case and hyphens."""
    assert len(NAMES) == len(KINDS)
    for kind in KINDS:
        assert kind.meaning
        assert kind.name == kind.name.lower().replace(" ", "-")


@pytest.mark.parametrize("exchanges", ["", rows("2024-11-01", 5, "7D", "out"), rows("2023-01-02", 30, "7D")])
@pytest.mark.parametrize(("rating", "told"), [("close", True), ("know well", True), ("acquaintance", False)])
def test_what_the_owner_said_is_the_first_rule(exchanges: str, rating: str, told: bool) -> None:
    """Never spoken, chased or dormant otherwise; a word of less than knowing well leaves those as they are."""
    text = f"person,at,direction\nzoe,2021-01-01,out\n{exchanges}"
    word = rating_table([{"person": "linkedin:ana", "rating": rating, "at": "2025-01-01"}])
    kind = audit(records(text, KNOWN, covers=COVERS), pd.Timestamp("2024-12-31"), Marks(word)).ties.loc[
        "linkedin:ana", "kind"
    ]
    assert kind == ("told-close" if told else kind_of_ana(exchanges))


NEW = "person,at,direction,channel,words,stock,others\nzoe,2021-01-01,out,message,20,,0\n"


@pytest.mark.parametrize(
    ("exchanges", "kind"),
    [
        ("ana,2024-05-05,in,message,2,birthday,0\nana,2024-05-05,out,message,2,thanks,0", "ritual"),
        ("ana,2024-05-05,in,endorsement,,,0", "ritual"),
        ("ana,2024-05-05,in,message,2,birthday,0\nana,2024-09-05,out,message,9,,0", "fading"),
        ("ana,2024-05-05,in,missed_call,,,0", "unanswered"),  # nobody pressed a button for it
        ("ana,2024-05-05,in,email,90,,10\nana,2024-06-05,in,email,90,,24", "broadcast"),
        ("ana,2024-05-05,in,email,90,,10\nana,2024-06-05,in,email,90,,9", "unanswered"),
    ],
)
def test_what_is_no_conversation(exchanges: str, kind: str) -> None:
    """Clicks and greetings, and mail to many at once."""
    found = audited(NEW + exchanges, KNOWN, as_of="2025-03-31", covers=COVERS).ties
    assert found.loc["linkedin:ana", "kind"] == kind


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ("email:support@example.com,Blue Heron Help,,no", "service"),
        ("email:info.berlin@example.com,Ana Lima,,no", "service"),
        ("email:ana.info@example.com,Ana Lima,,no", "unanswered"),
        ("email:harbour@example.com,Harbour Lane,Harbour Lane,no", "service"),
    ],
)
def test_who_is_no_person(known: str, kind: str) -> None:
    """An address of a function, or an entry of an address book that is the organisation itself."""
    key = known.split(",", maxsplit=1)[0]
    text = f"person,at,direction,channel\n{key},2024-05-05,in,email"
    ties = audited(text, f"person,name,company,connection\n{known}", as_of="2024-12-31").ties
    assert ties.loc[key, "kind"] == kind


SKETCH = 0x0102030405060708


@pytest.mark.parametrize(
    ("out", "answers", "kind"),
    [(4, 0, "templated"), (4, 1, "active"), (2, 0, "chased")],
)
def test_what_the_owner_sent_to_many_alike(out: int, answers: int, kind: str) -> None:
    """Never answered, it is templated; answered, it is a tie; and two people are not many."""
    people = ["ana", "bo", "cy", "dee"][:out]
    rows = [{"person": p, "at": "2024-11-05", "direction": "out", "words": 40, "template": SKETCH} for p in people]
    rows += [{"person": "ana", "at": "2024-11-09", "direction": "in", "words": 9}] * answers
    ties = audited(rows, KNOWN, as_of="2024-12-31", covers=COVERS).ties
    assert ties.loc["linkedin:ana", "kind"] == kind


@pytest.mark.parametrize(("own", "kind"), [(0, "templated"), (3, "templated"), (4, "unanswered")])
def test_what_came_again_and_again(own: int, kind: str) -> None:
    """Nine copies and three messages of another wording are still templated; and an answer to them changes nothing."""
    days = [f"2024-{month:02}-05" for month in range(1, 10)]
    rows = [{"person": "ana", "at": day, "direction": "in", "words": 40, "template": SKETCH} for day in days]
    rows += [{"person": "ana", "at": f"2024-10-0{n + 1}", "direction": "in", "words": 40} for n in range(own)]
    assert audited(rows, KNOWN, as_of="2024-12-31", covers=COVERS).ties.loc["linkedin:ana", "kind"] == kind
    if kind == "templated":
        rows.append({"person": "ana", "at": "2024-12-01", "direction": "out", "words": 3})
        assert audited(rows, KNOWN, as_of="2024-12-31", covers=COVERS).ties.loc["linkedin:ana", "kind"] == kind
