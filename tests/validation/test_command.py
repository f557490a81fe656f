"""`auditor validate`: what it says when the data are missing or too small."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.cli import main
from auditor.errors import UsageError
from auditor.validation import loaders


def test_a_missing_file_is_one_line_on_standard_error(labelled: Path) -> None:
    (labelled / "lazega/law_advice.csv").unlink()
    result = CliRunner().invoke(main, ["validate", "--data", str(labelled)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {labelled}/lazega/law_advice.csv: is missing")
    assert result.stderr.count("\n") == 1


def test_data_too_small_to_ask_anybody_is_an_error(labelled: Path) -> None:
    """Three people cannot have five alters."""
    result = CliRunner().invoke(main, ["validate", "--data", str(labelled)])
    assert result.exit_code == 1
    assert "no ego with at least 5 alters" in result.stderr


@pytest.mark.parametrize("other", ["--json", "--fit"])
def test_markdown_stands_alone(labelled: Path, other: str) -> None:
    result = CliRunner().invoke(main, ["validate", "--data", str(labelled), "--markdown", other])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--markdown goes with neither --json nor --fit" in result.stderr


def test_the_fit_needs_data_enough_too(labelled: Path) -> None:
    result = CliRunner().invoke(main, ["validate", "--data", str(labelled), "--fit"])
    assert result.exit_code == 1
    assert "no ego with at least 5 alters" in result.stderr


def test_without_data_beside_the_copy_the_folder_has_to_be_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(loaders, "__file__", str(tmp_path / "lib" / "auditor" / "validation" / "loaders.py"))
    with pytest.raises(UsageError, match="say --data FOLDER, which has to hold manufacturing/communication"):
        loaders.default_folder()
