"""Ties that are weak and worth keeping."""

from __future__ import annotations

from fabricate import records

from auditor.audit import audit
from auditor.habits import Log, weak
from auditor.records import Owner

KNOWN = """
    person,name,company,connected_on
    ana,Ana Reyes,Harbour Ltd,2019-01-01
    ben,Ben Okoro,Harbour Limited,2019-01-01
    cem,Cem Aydin,Quayside,2019-01-01
    dan,Dan Lindt,Palebrook,2019-01-01
    eva,Eva Costa,Lighthouse,2019-01-01
    fay,Fay Moore,,2019-01-01
    gil,Gil Ortega,Quayside,2019-01-01
"""
ONCE = [
    f"{who},2025-03-0{day}T09:00Z,{way}"
    for who in ("ana", "ben", "cem", "dan", "fay")
    for day, way in ((1, "out"), (2, "in"))
]
DEEP = [f"eva,2020-{m:02}-{d:02}T09:00Z,{way}" for m in range(1, 13) for d in (3, 17) for way in ("out", "in")]


def found() -> dict[str, list[str]]:
    rows = "\n".join(["person,at,direction", *ONCE, *DEEP, "gil,2025-03-01T09:00Z,out"])
    made = records(rows, KNOWN, covers=("2015-01-01", "2026-06-07"), owner=Owner(companies=("Palebrook",)))
    reasons = weak(Log.of(made, audit(made, as_of="2026-06-07")))
    return {reason.key: sorted(reason.people["Name"]) for reason in reasons}


def test_the_only_tie_to_an_employer() -> None:
    """Ana and Ben work at one; Gil at Cem's, but never answered; Dan is a colleague; Fay has no employer."""
    assert found()["bridges"] == ["Cem Aydin", "Eva Costa"]


def test_moderately_weak_ties() -> None:
    """In touch both ways within five years, light, never deep, and elsewhere."""
    assert found()["moderately-weak"] == ["Ana Reyes", "Ben Okoro", "Cem Aydin"]


def test_dormant_ties_were_deep_once() -> None:
    """Eva, twice a month in 2020, and silent since."""
    assert found()["dormant"] == ["Eva Costa"]
