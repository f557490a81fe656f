from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from auditor.records import Records
from auditor.sources import Upload, read

EXPORT = "Basic_LinkedInDataExport_11-20-2026.zip"

Content = str | bytes


def zipped(files: Mapping[str, Content]) -> bytes:
    """A ZIP of the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def lines(records: Records, file: str, role: str) -> dict[str, int]:
    """What the receipt says of a file: what → rows."""
    receipt = records.coverage
    mine = receipt[receipt["file"].str.endswith(file) & (receipt["role"] == role)]
    return dict(zip(mine["what"], mine["rows"], strict=True))


@pytest.fixture(name="export")
def make_export() -> Callable[[Mapping[str, Content]], Records]:
    """Reads the files as one export."""
    return lambda files: read([Upload(EXPORT, zipped(files))])


@pytest.fixture(name="folder")
def make_folder(tmp_path: Path) -> Callable[[Mapping[str, Content]], Path]:
    """Writes the files into a folder."""

    def write(files: Mapping[str, Content]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write
