"""Forgetting: nothing of it is left in the file, and nobody comes back who was to be forgotten."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from fabricate import records

from auditor.errors import UsageError
from auditor.store import Store, copies

from .shelf import NOW, content, imported
from .test_imports import FIRST, SECOND, whole


@pytest.fixture(name="place")
def fixture_place(tmp_path):
    return tmp_path / "auditor.sqlite3"


def traces(place: Path, text: str) -> list[str]:
    """The files beside the store, and the store, that hold a text."""
    return [path.name for path in place.parent.glob(f"{place.name}*") if text.encode() in path.read_bytes()]


def test_an_import_takes_away_what_no_other_holds(place) -> None:
    """Cy was in the second alone; Ana is as the first has her, and what was said of Cy stays."""
    with Store.open(place) as kept:
        kept.add(FIRST, imported("first", "2026-02-01"))
        second = kept.add(SECOND, imported("second", "2026-02-08"))
        kept.rate("linkedin:cy", "close", NOW)
        kept.forget_import(second.id)
        assert content(kept.records()) == content(FIRST)
        assert kept.records().coverage["rows"].tolist() == [2, 1, 3]
        assert kept.ratings()["person"].tolist() == ["linkedin:cy"]
        assert kept.verify().problems == ()
        with pytest.raises(UsageError, match="no import 2"):
            kept.forget_import(second.id)
        assert traces(place, "Globex") == []
    assert traces(place, "Cy Ngo") == []


def test_a_person_is_gone_for_good(place) -> None:
    """From every table and from the bytes of the file, and the next import does not bring them back."""
    with Store.open(place) as kept:
        kept.add(whole(), imported("first"))
        kept.rate("linkedin:ana", "close", NOW)
        kept.label("linkedin:ana", "keep", NOW)
        kept.note("linkedin:ana", "Met in Lisbon", NOW)
        kept.decide("linkedin:ana", "linkedin:bo", same=False, at=NOW)
        kept.snapshot("2026-W05", "1", pd.DataFrame({"person": ["linkedin:ana", "linkedin:bo"], "depth": [70.0, 1.0]}))
        assert kept.forget_person("linkedin:ana", "email:ana@example.com") == 12
        for again in ("first", "second"):
            added = kept.add(whole(), imported(again))
            assert (added.people, added.interactions) == (0, 0)
        found = kept.records()
        assert "linkedin:ana" not in {*found.people["person"], *found.interactions["person"]}
        assert found.identifiers.empty
        assert found.facts.empty
        assert kept.snapshots()["person"].tolist() == ["linkedin:bo"]
        assert [len(t) for t in (kept.ratings(), kept.labels(), kept.notes(), kept.decisions())] == [0, 0, 0, 0]
        assert kept.verify().problems == ()
        kept.forget_person("linkedin:nobody")
        assert [traces(place, text) for text in ("Ana Lima", "linkedin:ana", "Lisbon", "ana@example.com", "Rome")] == [
            []
        ] * 5


def test_who_introduced_others_is_gone_from_their_rows_too(place) -> None:
    """Bo's row stays without Ana's name, now and after the next import."""
    note = records("person,at,direction,introduced_by\nbo,2026-01-06,out,linkedin:ana")
    with Store.open(place) as kept:
        kept.add(note, imported("first"))
        kept.forget_person("linkedin:ana")
        assert kept.records().interactions["introduced_by"].isna().tolist() == [True]
        kept.add(note, imported("second"))
        assert kept.records().interactions["introduced_by"].isna().tolist() == [True]
    assert traces(place, "linkedin:ana") == []


def test_everything_is_gone_at_once(place) -> None:
    """Marks, tombstones and earlier copies included; the store goes on as a new one."""
    copy = place.with_name(f"{place.name}.before-v2")
    with Store.open(place) as kept:
        kept.add(whole(), imported("first"))
        kept.note("linkedin:bo", "Met in Lisbon", NOW)
        kept.forget_person("linkedin:ana")
        copy.write_bytes(b"an earlier copy")
        kept.forget_all()
        assert set(kept.counts().values()) == {0}
        assert copies.beside(place) == []
        assert traces(place, "Lisbon") == []
        assert kept.add(whole(), imported("first")).people == 3


def test_what_two_people_share_stays_with_the_other(place) -> None:
    """A group's thread, and a name that both bear."""
    talk = "person,at,direction,thread,others\nana,2026-01-05,out,t1,1\nbo,2026-01-05,out,t1,1"
    with Store.open(place) as kept:
        kept.add(records(talk, "person,name\nana,Kim Lee\nbo,Kim Lee"), imported("first"))
        kept.forget_person("linkedin:ana")
        found = kept.records()
    assert found.people[["person", "name"]].to_numpy().tolist() == [["linkedin:bo", "Kim Lee"]]
    assert found.interactions["thread"].tolist() == ["t1"]
