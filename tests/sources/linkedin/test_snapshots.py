"""Saved answers of the Member Data Portability interface tell what the archive tells."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from auditor import deliver
from auditor.errors import InputError, NotAnExportError
from auditor.records import Records
from auditor.sources import Upload, read

FIXTURE = Path("tests/fixtures/snapshots/network.json").resolve()
SAMPLE = Path("sample_exports/alex_morgan").resolve()
DOMAINS = {
    "Connections": "CONNECTIONS",
    "messages": "INBOX",
    "Invitations": "INVITATIONS",
    "Profile": "PROFILE",
    "Email Addresses": "EMAIL_ADDRESSES",
    "PhoneNumbers": "PHONE_NUMBERS",
    "Positions": "POSITIONS",
    "ImportedContacts": "CONTACTS",
    "Endorsement_Given_Info": "ENDORSEMENTS",
    "Endorsement_Received_Info": "ENDORSEMENTS",
    "Reactions": "ALL_LIKES",
    "Member_Follows": "MEMBER_FOLLOWING",
}


def answer(domain: str, *rows: Any) -> dict[str, Any]:
    return {"paging": {"start": 0}, "elements": [{"snapshotDomain": domain, "snapshotData": list(rows)}]}


def connection(name: str) -> dict[str, str]:
    first, last = name.split()
    url = f"https://www.linkedin.com/in/{first}-{last}".lower()
    return {"First Name": first, "Last Name": last, "URL": url, "Connected On": "05 Mar 2024"}


def names(content: str | bytes) -> list[str]:
    content = content.encode() if isinstance(content, str) else content
    people = read([Upload("answer.json", content)]).people
    return sorted(people.loc[people["connection"], "name"])


def test_every_domain_stands_in_the_receipt() -> None:
    """As a file in the file; what the archive keeps closed stays closed, what nobody knows is said so."""
    found = read([FIXTURE])
    receipt = {file["file"].removeprefix("network.json › "): file for file in deliver.receipt(found.coverage)}
    assert {name: (file["kind"], file["kept"]) for name, file in receipt.items()} == {
        "CONNECTIONS": ("connections", 3),
        "ENDORSEMENTS": ("endorsements", 1),
        "ENDORSEMENTS (2)": ("endorsements", 1),
        "RECOMMENDATIONS": ("recommendations", 0),
        "LOGIN": ("not opened", 0),
        "LEARNING_COACH_INBOX": ("not opened", 0),
        "CALENDAR": ("not recognised", 0),
    }
    assert receipt["CONNECTIONS"]["set_aside"] == [
        {"reason": "nameless (profile closed or hidden)", "rows": 1, "first_row": 4}
    ]
    assert found.people.set_index("person").loc["linkedin:ada-marsh", "company"] == "Plover Press"
    assert dict(zip(found.interactions["person"], found.interactions["direction"], strict=True)) == {
        "linkedin:ada-marsh": "in",
        "linkedin:ben-ito": "out",
    }


def test_snapshots_and_archive_tell_the_same(tmp_path: Path) -> None:
    """The sample export, and the same rows as the interface gives them: people, exchanges, owner, posts are equal."""
    archive = tmp_path / "archive"
    archive.mkdir()
    answers = []
    for file, domain in DOMAINS.items():
        content = (SAMPLE / f"{file}.csv").read_bytes()
        (archive / f"{file}.csv").write_bytes(content)
        text = content.decode("utf-8-sig")
        text = text[text.index("First Name,") :] if file == "Connections" else text
        answers.append(answer(domain, *csv.DictReader(io.StringIO(text, newline=""))))
    saved = tmp_path / "answers.json"
    saved.write_text(json.dumps(answers))
    one, other = read([archive]), read([saved])
    assert len(one.interactions) > 1000
    assert one.owner == other.owner
    for table in ("people", "identifiers", "interactions", "broadcasts"):
        pd.testing.assert_frame_equal(_plain(one, table), _plain(other, table))


def _plain(records: Records, table: str) -> pd.DataFrame:
    """A table without where its rows were read, in an order of its own."""
    frame: pd.DataFrame = getattr(records, table)
    frame = frame.drop(columns=["source", "row"], errors="ignore").astype("str")
    return frame.sort_values(list(frame.columns), ignore_index=True)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(answer("CONNECTIONS", connection("Ada Marsh"), connection("Ben Ito"))),
        json.dumps([answer("CONNECTIONS", connection("Ada Marsh")), answer("CONNECTIONS", connection("Ben Ito"))]),
        "\n".join(json.dumps(answer("CONNECTIONS", connection(n)), indent=1) for n in ("Ada Marsh", "Ben Ito")),
        "\ufeff" + json.dumps(answer("CONNECTIONS", connection("Ada Marsh"), connection("Ben Ito"))["elements"][0]),
        json.dumps({"saved": [answer("CONNECTIONS", connection("Ada Marsh"), connection("Ben Ito"))]}).encode("utf-16"),
        json.dumps({"elements": [{"snapshotData": [connection("Ada Marsh"), connection("Ben Ito")]}]}),
    ],
    ids=["one answer", "a list", "one below the other", "an element", "wrapped, UTF-16", "without its domain"],
)
def test_answers_are_read_however_they_were_saved(content: str | bytes) -> None:
    """One answer, a list of pages, JSON lines, or one element of an answer."""
    assert names(content) == ["Ada Marsh", "Ben Ito"]


def test_pages_in_files_of_their_own_are_one_network() -> None:
    """Page by page, and the same page twice."""
    pages = [answer("CONNECTIONS", connection(name)) for name in ("Ada Marsh", "Ben Ito", "Ben Ito")]
    found = read([Upload(f"{n}.json", json.dumps(page).encode()) for n, page in enumerate(pages)])
    assert set(found.people["person"]) == {"linkedin:ada-marsh", "linkedin:ben-ito"}


def test_rows_that_are_none_are_counted() -> None:
    """A row that is no object is a blank one; other values are written as JSON."""
    found = read([Upload("a.json", json.dumps(answer("CONNECTIONS", connection("Ada Marsh"), "x", 7)).encode())])
    assert deliver.receipt(found.coverage)[0]["set_aside"] == [{"reason": "blank row", "rows": 2, "first_row": 2}]


def test_broken_answers_are_one_error_with_its_line() -> None:
    """Cut off, or nested without end."""
    cut = json.dumps(answer("CONNECTIONS", connection("Ada Marsh")), indent=1)[:-20]
    with pytest.raises(InputError, match=r"a\.json, line \d+: no valid JSON \(.*\); save the answer again"):
        read([Upload("a.json", cut.encode())])
    with pytest.raises(InputError, match="nested too deeply"):
        read([Upload("a.json", b'{"snapshotData":' + b"[" * 200_000)])


def test_other_json_is_no_snapshot() -> None:
    """It stays what it is."""
    with pytest.raises(NotAnExportError):
        read([Upload("a.json", b'{"elements": []}')])
