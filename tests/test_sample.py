"""The fictional sample export that ships with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import sample
from auditor.errors import InputError


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_sample_is_a_whole_export() -> None:
    """It has the files that an audit reads, and says whose it is by its folder."""
    assert sample.folder().name == sample.NAME
    assert {"Connections.csv", "messages.csv", "Profile.csv"} <= set(contents(sample.folder()))


def test_the_sample_is_copied_file_by_file(tmp_path: Path) -> None:
    """Into a folder that is not there yet, or is empty."""
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "new" / "export", tmp_path / "empty"):
        assert sample.write(target) == target
        assert contents(target) == contents(sample.folder())


def test_nothing_of_the_users_is_overwritten(tmp_path: Path) -> None:
    """A folder with something in it is refused and left as it was."""
    (tmp_path / "Connections.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not empty"):
        sample.write(tmp_path)
    assert contents(tmp_path) == {"Connections.csv": b"mine"}


def test_a_file_in_the_place_of_the_folder_is_refused_in_words(tmp_path: Path) -> None:
    """The name of a file is no folder: one line that names it, no traceback, and the file untouched."""
    target = tmp_path / "export"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="export"):
        sample.write(target)
    assert target.read_text(encoding="utf-8") == "mine"


def test_an_installation_without_the_sample_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to do about it is in the message."""
    monkeypatch.setattr(sample, "__file__", str(tmp_path / "auditor" / "sample.py"))
    with pytest.raises(InputError, match="install the program again"):
        sample.write(tmp_path / "new")
