"""Callers are classified, not scored."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from fabricate import audited, events, folk, records

from auditor import deliver
from auditor.audit import Audit, audit
from auditor.callers import COLUMNS, classify, counts, describe
from auditor.marks import Marks, label_table
from auditor.records import Records, combine, people
from auditor.sources import read

TEN_CALLS = Path(__file__).parent / "fixtures/phone/ten_calls"
CHILDREN = ("phone:+12125550111", "phone:+12125550112")
AGENCY = "phone:+12125550130"

CALLS = """
    person,at,channel,direction,seconds
    phone:+12125550111,2024-06-01T10:00:00Z,call,in,60
    phone:+12125550111,2024-06-03T10:00:00Z,call,out,40
    phone:+12125550111,2024-06-02T10:00:00Z,missed_call,in,12
    phone:+12125550112,2024-06-02T10:00:00Z,missed_call,out,0
    phone:+12125550112,2024-06-04T10:00:00Z,message,out,
    ana,2024-06-02T10:00:00Z,message,out,
"""


def classified(known: str = "", family: frozenset[str] = frozenset(), **human: str) -> pd.DataFrame:
    """The callers in CALLS; `human` gives mentions another key (`a_b`: `a:+b`)."""
    exchanges, table = events(CALLS), folk(known)
    mentions = [*exchanges["person"].astype("str"), *table["person"], *family]
    who = pd.Series({m: m for m in mentions} | {m.replace("_", ":+"): h for m, h in human.items()}, dtype="str")
    return classify(exchanges.assign(person=exchanges["person"].map(who).astype("category")), table, who, family)


def family_book() -> Records:
    """An address book that calls both children family."""
    rows = [{"person": key, "name": name, "relation": "family"} for key, name in zip(CHILDREN, ("Nell", "Tim"))]  # noqa: B905
    return combine([read([TEN_CALLS]), Records(people(rows), *_empty())])


def _empty() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    nothing = Records.empty()
    return nothing.identifiers, nothing.interactions, nothing.coverage


def in_classes(result: Audit) -> tuple[int, ...]:
    return tuple(counts(result.callers).values())


def test_calls_are_counted_by_human() -> None:
    """Taken and missed apart, in both directions; only talk has seconds; who never calls is no caller."""
    callers = classified()
    assert callers.drop(columns=["first", "last"]).fillna("").reset_index().to_numpy().tolist() == [
        ["phone:+12125550111", "", "", "unidentified", 2, 1, 100.0, False],
        ["phone:+12125550112", "", "", "unidentified", 0, 1, 0.0, False],
    ]
    first = callers.iloc[0]
    assert (str(first["first"])[:10], str(first["last"])[:10]) == ("2024-06-01", "2024-06-03")


def test_who_is_known() -> None:
    """A name that any file gives, on any mention of the human; with the organisation that any of them gives."""
    known = """
        person,name,company,connection
        phone:+12125550111,,,no
        email:nell@example.com,Nell Lee,Acme,no
    """
    callers = classified(known, phone_12125550111="email:nell@example.com")
    nell = callers.loc["email:nell@example.com"]
    assert (nell["caller"], nell["name"], nell["company"]) == ("known", "Nell Lee", "Acme")
    assert callers.loc["phone:+12125550112", "caller"] == "unidentified"


def test_who_is_family() -> None:
    """An address book says so, or the owner, on any mention of the human; a nameless number can be family too."""
    book = "person,name,relation,connection\nphone:+12125550111,Nell Lee,family,no\n"
    assert classified(book)["caller"].tolist() == ["family", "unidentified"]
    assert classified(family=frozenset(["phone:+12125550112"]))["caller"].tolist() == ["unidentified", "family"]
    merged = classified(family=frozenset(["name:nell@x"]), phone_12125550111="name:nell@x")
    assert merged["caller"].to_dict()["name:nell@x"] == "family"


def test_no_calls_no_callers() -> None:
    """The table has its columns all the same, and the report says nothing of it."""
    result = audited("person,at,direction\nana,2024-06-01,out", as_of="2024-06-30")
    assert (list(result.callers), len(result.callers)) == (COLUMNS, 0)
    assert deliver.summary(result)["callers"] == {"family": 0, "known": 0, "unidentified": 0, "likely_automated": 0}
    assert "Callers" not in deliver.text(result)


def test_ten_calls() -> None:
    """Two children, an agency of the address book, seven strangers who call once: classified, and none of them deep."""
    result = audit(family_book())
    assert in_classes(result) == (2, 1, 7)
    assert result.callers.loc[result.callers["caller"] == "family", "name"].tolist() == ["Nell Lee", "Tim"]
    agency = result.callers[result.callers["caller"] == "known"].iloc[0]
    assert (agency["name"], agency["company"]) == ("Harbour Recruiting", "Harbour Talent Agency")
    assert not result.ties["state"].eq("deep").any()
    assert result.unnamed == 7


def test_family_by_the_owners_own_word() -> None:
    """A label on the number does what an address book does."""
    labels = label_table([{"person": key, "label": "family", "at": "2026-10-20"} for key in CHILDREN])
    assert in_classes(audit(read([TEN_CALLS]), marks=Marks(labels=labels))) == (2, 1, 7)


def test_what_the_report_says() -> None:
    """One line in the terminal, the same numbers in JSON, and how many have no name."""
    result = audit(family_book())
    said = "Callers: 2 family, 1 known (Harbour Recruiting), 7 unidentified and likely automated"
    assert said in deliver.text(result).splitlines()
    told = deliver.summary(result)
    assert told["callers"] == {"family": 2, "known": 1, "unidentified": 7, "likely_automated": 7}
    assert told["unnamed"] == 7


def test_callers_as_of_a_day() -> None:
    """Nobody has called who calls later."""
    assert in_classes(audit(family_book(), pd.Timestamp("2026-10-03"))) == (2, 1, 0)


def test_a_number_without_a_name_takes_the_name_of_another_file() -> None:
    """A file that does not know the name does not hide the one that does; a bare number is shown as it is."""
    known = """
        person,name,connection,source
        phone:+12125550111,,no,calls.xml
        phone:+12125550112,,no,calls.xml
        phone:+12125550111,Nell Lee,no,Contacts.csv
    """
    result = audit(records(CALLS, known))
    assert result.ties["name"][[*CHILDREN]].tolist() == ["Nell Lee", "phone:+12125550112"]
    assert result.unnamed == 1


RINGS = """
    person,at,channel,direction,seconds
    phone:+12125550140,2024-06-01T10:00:00Z,call,in,4
    phone:+13035550141,2024-06-01T11:00:00Z,missed_call,in,30
    phone:+13035550141,2024-06-02T11:00:00Z,missed_call,in,30
    phone:+14155550142,2024-06-01T12:00:00Z,call,in,20
    phone:+16175550143,2024-06-01T13:00:00Z,missed_call,in,0
    phone:+16175550143,2024-06-01T14:00:00Z,call,out,5
    phone:+17205550151,2024-06-01T15:00:00Z,call,in,60
    phone:+17205550152,2024-06-02T15:00:00Z,call,in,60
    phone:+17205550153,2024-06-03T15:00:00Z,call,in,119
    phone:+17205550154,2024-06-04T15:00:00Z,call,in,600
"""


def test_who_is_likely_automated() -> None:
    """Who rang once or twice for seconds, and neighbours of a row; not who was talked with, or called back."""
    callers = audit(records(RINGS), pd.Timestamp("2024-06-30")).callers["likely_automated"]
    assert sorted(number[-2:] for number in callers.index[callers]) == ["40", "41", "51", "52", "53"]
    assert callers.index[~callers].str[-2:].sort_values().tolist() == ["42", "43", "54"]


def test_what_is_said_of_a_part() -> None:
    """Five of eight, in words."""
    result = audit(records(RINGS), pd.Timestamp("2024-06-30"))
    assert describe(result.callers) == "0 family, 0 known, 8 unidentified, 5 of them likely automated"
