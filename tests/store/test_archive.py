"""The store as a ZIP: one CSV a table, that no spreadsheet runs, and that gives the same store back."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from older import OLDER
from pyarrow import csv as pa_csv
from pyarrow import string

from auditor.errors import StoreError
from auditor.records import people
from auditor.store import Store
from auditor.store.checking import COUNTED
from auditor.store.migrations import MIGRATIONS, tables

from .shelf import NOW, imported
from .test_imports import FIRST, SECOND, whole

NEWLINES = pa_csv.ParseOptions(newlines_in_values=True)
FILES = {
    "import", "receipt", "owner", "people", "identifiers", "interactions", "broadcasts", "facts",
    "rating", "label", "decision", "note", "view", "snapshot", "forgotten",
}  # fmt: skip


def filled(kept: Store) -> None:
    """Something in every table."""
    kept.add(whole(), imported("whole"))
    kept.add(FIRST, imported("first", "2026-02-01"))
    kept.add(SECOND, imported("second", None))
    kept.rate("linkedin:ana", "close", NOW)
    kept.label("linkedin:bo", "keep", NOW)
    kept.decide("linkedin:bo", "phone:+12125550101", same=False, at=NOW)
    kept.note("linkedin:bo", "=1+1\r\nand 'more', \"quoted\"", NOW)
    kept.note("linkedin:ana", "'", NOW)
    kept.save_view("=Quiet", '{"kinds": []}')
    kept.snapshot("2026-W05", "1.0", pd.DataFrame({"person": ["linkedin:ana"], "depth": [71.25], "state": ["deep"]}))
    kept.forget_person("email:gone@example.com")


def everything(kept: Store) -> list[pd.DataFrame]:
    found = kept.records()
    return [
        found.people, found.identifiers, found.interactions, found.coverage, found.broadcasts,
        found.facts,
        kept.imports(), kept.snapshots(), kept.ratings(), kept.labels(), kept.decisions(), kept.notes(),
        kept.views(),
    ]  # fmt: skip


def test_an_export_gives_the_same_store_back(tmp_path) -> None:
    """Every table, every type, every missing cell, and who was forgotten; the owner too."""
    out = tmp_path / "store.zip"
    with Store.open(tmp_path / "a.sqlite3") as one, Store.open(tmp_path / "b.sqlite3") as other:
        filled(one)
        one.export(out)
        other.restore(out)
        for before, after in zip(everything(one), everything(other), strict=True):
            pd.testing.assert_frame_equal(before, after, check_categorical=False)
        assert one.owner() == other.owner()
        assert one.counts() == other.counts()
        assert other.verify().problems == ()
        assert not other.add(whole(), imported("whole")).changed


def test_it_is_csv_in_a_zip_for_the_owner_alone(tmp_path) -> None:
    """One file a table with its columns; the ZIP has mode 0600, and nothing else is left beside it."""
    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / "store.zip"
    with Store.open(tmp_path / "a.sqlite3") as kept:
        filled(kept)
        kept.export(out)
    with zipfile.ZipFile(out) as packed:
        assert {name.removesuffix(".csv") for name in packed.namelist()} == {"manifest.json", *FILES}
        assert json.loads(packed.read("manifest.json")) == {"what": "a store of auditor", "version": len(MIGRATIONS)}
        notes = list(csv.reader(io.StringIO(packed.read("note.csv").decode(), newline="")))
        people_ = list(csv.DictReader(io.StringIO(packed.read("people.csv").decode(), newline="")))
    assert notes[0] == ["person", "at", "text"]
    assert [row[2] for row in notes[1:]] == ["''", "'=1+1\r\nand 'more', \"quoted\""]
    assert {row["imports"] for row in people_ if row["name"] == "Bo Berg"} == {"1", "2"}
    assert [path.name for path in out.parent.iterdir()] == ["store.zip"]
    assert os.name == "nt" or stat.S_IMODE(out.stat().st_mode) == 0o600


@pytest.mark.parametrize("version", OLDER)
def test_what_an_earlier_version_exported_comes_back(tmp_path, version) -> None:
    """Without the columns and tables that it had not yet: they are missing, and all else is there."""
    out, older, then = tmp_path / "now.zip", tmp_path / "older.zip", tables(version)
    with Store.open(tmp_path / "a.sqlite3") as one, Store.open(tmp_path / "b.sqlite3") as other:
        filled(one)
        one.export(out)
        as_then(out, older, version)
        other.restore(older)
        assert other.verify().problems == ()
        assert other.ratings().equals(one.ratings())
        for what, name in COUNTED.items():
            assert other.counts()[what] == (one.counts()[what] if name in then else 0), what
        if version == 2:
            assert other.records().interactions["introduced_by"].isna().all()
            assert len(other.records().interactions) == len(one.records().interactions) > 0


def as_then(good, to, version: int) -> None:
    """The export as a program of that version would have written it."""
    then = tables(version)
    with zipfile.ZipFile(good) as packed, zipfile.ZipFile(to, "w") as copy:
        copy.writestr("manifest.json", json.dumps({"what": "a store of auditor", "version": version}))
        for name in set(packed.namelist()) - {"manifest.json"}:
            stem = name.removesuffix(".csv")
            known = then.get(stem) or then.get(f"kept_{stem}")
            if known:
                header = next(csv.reader(io.StringIO(packed.read(name).decode())))
                as_text = pa_csv.ConvertOptions(
                    column_types=dict.fromkeys(header, string()), strings_can_be_null=True, null_values=[""],
                    quoted_strings_can_be_null=False,
                )  # fmt: skip
                found = io.BytesIO(packed.read(name))
                table = pa_csv.read_csv(found, parse_options=NEWLINES, convert_options=as_text)
                kept = table.select([column for column in table.column_names if column in {*known, "imports"}])
                text = io.BytesIO()
                pa_csv.write_csv(kept, text, pa_csv.WriteOptions(quoting_style="all_valid"))
                copy.writestr(name, text.getvalue())


def test_what_is_wrong_with_an_export_names_nobody(tmp_path) -> None:
    """A cell of the wrong kind, a row too long, a rating nobody can give, an import that is not there, a key twice."""
    good = tmp_path / "good.zip"
    with Store.open(tmp_path / "a.sqlite3") as kept:
        filled(kept)
        kept.export(good)
        before = everything(kept)
        for name, text in [
            ("rating.csv", '"person","rating","at"\n"linkedin:zoe","close","Zoe Quill"\n'),
            ("rating.csv", '"person","rating","at"\n"Zoe Quill","close"\n'),
            ("rating.csv", '"person","rating","at"\n"linkedin:zoe","Zoe Quill","2026-03-01 12:00:00Z"\n'),
            ("rating.csv", '"person","rating","at"\n' + '"Zoe Quill","close","2026-03-01 12:00:00Z"\n' * 2),
            ("note.csv", '"person","at","text"\n,"2026-03-01 12:00:00Z","Zoe Quill"\n'),
            ("broadcasts.csv", '"at","kind","imports"\n"2026-03-01 12:00:00Z","Zoe Quill","77"\n'),
            ("broadcasts.csv", '"at","kind","imports"\n"2026-03-01 12:00:00Z","post","Zoe Quill"\n'),
        ]:
            rewritten(good, tmp_path / "bad.zip", {name: text.encode()})
            with pytest.raises(StoreError, match=r"is damaged.*Nothing was changed") as error:
                kept.restore(tmp_path / "bad.zip", replace=True)
            assert "Quill" not in str(error.value)
        for one, other in zip(before, everything(kept), strict=True):
            pd.testing.assert_frame_equal(one, other)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8) | st.sampled_from(
    ["=1", "'", "'=", "-", "\t", "\n", "\r", "\r\n", '"', ",", "''x", "NA", "null", "nan", "\x00", "＝1", " "]
)


@given(texts=st.lists(TEXT, min_size=1, max_size=6, unique=True))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_comes_back(tmp_path_factory, texts) -> None:
    """Whatever a name or a note is made of; of a name, what is seen of it."""
    folder = tmp_path_factory.mktemp("store")
    named = people([{"person": f"linkedin:{n}", "name": text, "connection": True} for n, text in enumerate(texts)])
    with Store.open(folder / "a.sqlite3") as one, Store.open(folder / "b.sqlite3") as other:
        one.add(replace(FIRST, people=named), imported("first"))
        for number, text in enumerate(text for text in texts if text.strip()):
            one.note(f"linkedin:{number}", text, NOW)
        one.export(folder / "store.zip")
        other.restore(folder / "store.zip")
        assert one.records().people["name"].tolist() == named["name"].tolist()
        assert other.records().people["name"].tolist() == named["name"].tolist()
        assert other.notes()["text"].tolist() == one.notes()["text"].tolist()


def test_a_store_that_holds_something_is_only_replaced_when_told_so(tmp_path) -> None:
    """Without that it stays as it was; a rating alone is something."""
    out = tmp_path / "store.zip"
    with Store.open(tmp_path / "a.sqlite3") as one, Store.open(tmp_path / "b.sqlite3") as other:
        filled(one)
        one.export(out)
        other.rate("linkedin:zoe", "close", NOW)
        with pytest.raises(StoreError, match="not empty"):
            other.restore(out)
        assert other.ratings()["person"].tolist() == ["linkedin:zoe"]
        other.restore(out, replace=True)
        assert other.ratings()["person"].tolist() == ["linkedin:ana"]


def test_what_is_no_export_changes_nothing(tmp_path) -> None:
    """No ZIP, another ZIP, one of a newer program, and one with a damaged table; each says so."""
    good = tmp_path / "good.zip"
    with Store.open(tmp_path / "a.sqlite3") as kept:
        filled(kept)
        kept.export(good)
        (tmp_path / "text.zip").write_text("nothing", encoding="utf-8")
        rewritten(good, tmp_path / "other.zip", {"manifest.json": b"{}"})
        rewritten(good, tmp_path / "newer.zip", {"manifest.json": b'{"what": "a store of auditor", "version": 99}'})
        rewritten(good, tmp_path / "damaged.zip", {"interactions.csv": b'"person"\n"ana"\n'})
        rewritten(good, tmp_path / "astray.zip", {"people.csv": None})
        before = everything(kept)
        for name, said in [
            ("text", "no export of a store"),
            ("other", "no export of a store"),
            ("newer", "newer auditor"),
            ("damaged", r"interactions\.csv is damaged"),
            ("astray", r"people\.csv is damaged or missing"),
        ]:
            with pytest.raises(StoreError, match=said):
                kept.restore(tmp_path / f"{name}.zip", replace=True)
        for one, other in zip(before, everything(kept), strict=True):
            pd.testing.assert_frame_equal(one, other)


def rewritten(good, to, files: dict[str, bytes | None]) -> None:
    """A copy of a ZIP in which some files are others, or none."""
    with zipfile.ZipFile(good) as packed, zipfile.ZipFile(to, "w") as copy:
        for name in packed.namelist():
            content = files.get(name, packed.read(name))
            if content is not None:
                copy.writestr(name, content)


def test_an_export_that_cannot_be_written_does_not_blame_the_store(tmp_path) -> None:
    """The error is that of the file that was to be written."""
    with Store.open(tmp_path / "a.sqlite3") as kept, pytest.raises(OSError, match="nowhere"):
        kept.export(tmp_path / "nowhere" / "store.zip")
