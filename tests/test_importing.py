"""Files into the store: what belongs together is one import, and what was read before the owner was known is read again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from auditor.errors import InputError
from auditor.importing import digest, import_files, taken
from auditor.records import UNKNOWN_OWNER
from auditor.sources import Upload, read
from auditor.store import Store

NOW = pd.Timestamp("2026-03-01T12:00:00Z")
ME, ADA = "https://www.linkedin.com/in/alex-morgan", "https://www.linkedin.com/in/ada-adler"
HEAD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)
OUT = f"c1,,Alex Morgan,{ME},Ada Adler,{ADA},2026-01-05 10:00:00 UTC,,Shall we?,INBOX"
IN = f"c1,,Ada Adler,{ADA},Alex Morgan,{ME},2026-01-06 11:00:00 UTC,,Gladly,INBOX"
MESSAGES = f"{HEAD}\n{IN}\n{OUT}\n"
PROFILE = "First Name,Last Name,Headline\nAlex,Morgan,Head of Product\n"
CONNECTIONS = (
    f"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAda,Adler,{ADA},,Acme,,01 Feb 2024\n"
)


@pytest.fixture(name="kept")
def fixture_kept(tmp_path):
    with Store.open(tmp_path / "kept" / "auditor.sqlite3") as store:
        yield store


def folder(path: Path, **files: str) -> Path:
    path.mkdir()
    for name, text in files.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def packed(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return path


def test_the_same_export_twice_is_once(kept, tmp_path) -> None:
    """By its contents, whatever it is called by then."""
    first = packed(tmp_path / "export.zip", Connections=CONNECTIONS, messages=MESSAGES, Profile=PROFILE)
    (added,) = import_files(kept, [first], NOW)
    assert (added.label, added.before, added.people, added.interactions) == ("export.zip", None, 1, 2)
    again = first.rename(tmp_path / "export (1).zip")
    (added,) = import_files(kept, [again], NOW + pd.Timedelta(days=1))
    assert (added.id, added.before, added.changed) == (1, NOW, False)
    assert kept.imports()["label"].tolist() == ["export.zip"]


def test_archives_and_folders_are_imports_of_their_own_and_loose_files_are_one(kept, tmp_path) -> None:
    """In the order in which they are named."""
    loose = folder(tmp_path / "loose", Profile=PROFILE, messages=MESSAGES)
    files = [
        loose / "messages.csv",
        packed(tmp_path / "a.zip", Connections=CONNECTIONS),
        loose / "Profile.csv",
        folder(tmp_path / "b", Connections=CONNECTIONS),
    ]
    added = import_files(kept, files, NOW)
    assert [one.label for one in added] == ["messages.csv and 1 more", "a.zip", "b"]


def test_what_was_read_before_the_owner_was_known_is_read_again(kept, tmp_path) -> None:
    """One message says nothing of whose it is, until the profile that comes after it does."""
    first = packed(tmp_path / "a.zip", messages=f"{HEAD}\n{OUT}\n")
    assert UNKNOWN_OWNER in set(read([first]).coverage["what"])
    added = import_files(kept, [first, packed(tmp_path / "b.zip", Profile=PROFILE, Connections=CONNECTIONS)], NOW)
    assert [(one.before, one.interactions) for one in added] == [(None, 1), (None, 0)]
    found = kept.records()
    assert found.interactions[["person", "direction"]].to_numpy().tolist() == [["linkedin:ada-adler", "out"]]
    assert UNKNOWN_OWNER not in set(found.coverage["what"])


def test_the_owner_is_known_from_earlier_imports(kept, tmp_path) -> None:
    """Another day's file that does not say whose it is."""
    import_files(kept, [packed(tmp_path / "b.zip", Profile=PROFILE)], NOW)
    (added,) = import_files(kept, [packed(tmp_path / "a.zip", messages=f"{HEAD}\n{OUT}\n")], NOW)
    assert added.interactions == 1


def test_what_was_imported_before_an_error_stays(kept, tmp_path) -> None:
    """The file that is not there ends the command; the one before it is kept whole."""
    with pytest.raises(InputError, match="no such file"):
        import_files(kept, [packed(tmp_path / "a.zip", Connections=CONNECTIONS), tmp_path / "none.zip"], NOW)
    assert kept.imports()["label"].tolist() == ["a.zip"]


def test_the_day_of_an_export_is_what_it_speaks_of_last(tmp_path) -> None:
    """The last message; nothing after today; none where it speaks of no day."""
    export = read([folder(tmp_path / "a", Connections=CONNECTIONS, messages=MESSAGES, Profile=PROFILE)])
    assert taken(export, NOW) == pd.Timestamp("2026-01-06T11:00:00Z")
    assert taken(export, pd.Timestamp("2026-01-06T10:00:00Z")) == pd.Timestamp("2026-01-05T10:00:00Z")
    assert taken(read([folder(tmp_path / "b", Profile=PROFILE)]), NOW) is None


def test_a_digest_is_of_the_contents(tmp_path) -> None:
    """A path, an upload of bytes, of a file and of a stream alike; files in any order; another byte is another digest."""
    one = folder(tmp_path / "a", messages=MESSAGES, Profile=PROFILE)
    file, content = one / "messages.csv", MESSAGES.encode()
    uploads = [Upload("x.csv", content), Upload("x.csv", file), Upload("x.csv", io.BytesIO(content))]
    assert {digest([thing]) for thing in (file, *uploads)} == {digest([file])}
    assert digest([file, one / "Profile.csv"]) == digest([one / "Profile.csv", file]) == digest([one])
    assert digest([Upload("x.csv", content + b" ")]) != digest([file])


def test_files_that_are_never_opened_stay_closed_here_too(tmp_path, opened) -> None:
    """Logins.csv lies in the folder, and is no part of its digest."""
    export = folder(tmp_path / "a", messages=MESSAGES)
    before = digest([export])
    (export / "Logins.csv").write_text("Login Date,IP Address\n", encoding="utf-8")
    opened.clear()
    assert digest([export]) == before
    assert "messages.csv" in opened
    assert "Logins.csv" not in opened
