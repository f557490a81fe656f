"""What every test of a whole export needs: its files are written down, read, and the receipt has to add up."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from auditor.audit import Audit, audit
from auditor.records import Records, validate
from auditor.sources import read

Text = str | bytes | Sequence[str]
"""A file of an export: its text or bytes as they are, or its lines, each of which then ends with a line feed."""

CLOSED = {"not opened", "not recognised"}
_opened: list[str] | None = None


def _note_opened(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _opened is not None:
        _opened.append(Path(str(arguments[0])).name)


sys.addaudithook(_note_opened)


@dataclass(frozen=True)
class Reading:
    """What was read from an export, in the forms that tests ask for."""

    records: Records

    @property
    def connections(self) -> pd.DataFrame:
        """The rows of the connection lists, by name."""
        return self.records.people[self.records.people["connection"]].set_index("name", drop=False)

    @property
    def names(self) -> list[str]:
        """The names of the connections, in the order of the file."""
        return list(self.connections["name"])

    @property
    def days(self) -> dict[str, str]:
        """Name → the day of connecting."""
        return {str(name): str(day)[:10] for name, day in self.connections["connected_on"].items()}

    def exchanges(self, channel: str | None = None) -> list[tuple[str, str, str]]:
        """(mention key, UTC time, direction) of every interaction of a channel, in order of time."""
        table = self.records.interactions
        table = table if channel is None else table[table["channel"] == channel]
        times = table["at"].dt.strftime("%Y-%m-%d %H:%M:%S")
        rows = zip(table["person"].astype(str), times, table["direction"].astype(str), strict=True)
        return sorted(rows, key=lambda row: (row[1], row[0]))

    def identifiers(self, kind: str) -> dict[str, list[str]]:
        """Mention key → the identifiers of a kind."""
        table = self.records.identifiers
        return table[table["kind"] == kind].groupby("person")["value"].apply(list).to_dict()

    def receipt(self, file: str) -> pd.DataFrame:
        """The lines of the receipt on one file, wherever in the archive it was."""
        files = self.records.coverage["file"]
        return self.records.coverage[(files == file) | files.str.endswith(f"/{file}")]

    def kind(self, file: str) -> str:
        """What the receipt takes a file for."""
        return "/".join(self.receipt(file)["kind"].unique())

    def kept(self, file: str) -> int:
        """How many rows of a file were kept."""
        lines = self.receipt(file)
        return int(lines.loc[lines["role"] == "kept", "rows"].sum())

    def aside(self, file: str, reason: str = "") -> int:
        """How many rows of a file were set aside for reasons that match a pattern."""
        lines = self.receipt(file)
        matches = (lines["role"] == "set aside") & lines["what"].str.contains(reason, flags=re.IGNORECASE)
        return int(lines.loc[matches, "rows"].sum())

    def ties(self, as_of: str) -> pd.DataFrame:
        """The ties of the audit as of the end of a day, by name, with the human's key as `human`."""
        return self.audit(as_of).ties.reset_index().set_index("name", drop=False)

    def audit(self, as_of: str) -> Audit:
        """The audit as of the end of a day."""
        return audit(self.records, as_of=pd.Timestamp(as_of, tz="UTC"))


@pytest.fixture(autouse=True)
def _store_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the store of whoever runs it."""
    monkeypatch.setenv("AUDITOR_STORE", str(tmp_path_factory.mktemp("store") / "store.sqlite3"))


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Writes an export {name: text} as a folder, or as one zip, and gives its path."""

    def write(files: Mapping[str, Text], *, zipped: bool = False) -> Path:
        if zipped:
            archive = tmp_path / "Complete_LinkedInDataExport_06-01-2026.zip"
            archive.write_bytes(in_zip(files))
            return archive
        for name, text in files.items():
            path = tmp_path / "export" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_as_bytes(text))
        return tmp_path / "export"

    return write


GOLDEN = Path(__file__).with_name("golden")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what the tests would compare; look at the difference before you commit it."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files of tests/golden anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a file of tests/golden, byte for byte."""

    def compare(name: str, text: str) -> None:
        if request.config.getoption("--update-golden"):
            GOLDEN.mkdir(exist_ok=True)
            (GOLDEN / name).write_bytes(text.encode())
        assert text == (GOLDEN / name).read_bytes().decode()

    return compare


@pytest.fixture(name="zipped")
def fixture_zipped() -> Callable[[Mapping[str, Text]], bytes]:
    """Zips an export {name: text} in memory."""
    return in_zip


@pytest.fixture
def read_export(export: Callable[..., Path]) -> Callable[..., Reading]:
    """Reads an export {name: text} and checks that the receipt counts every row of every file.

    The rows are counted here by the csv module alone; for a file that is not valid CSV the test states them in `rows`.
    """

    def read_files(
        files: Mapping[str, Text], *, zipped: bool = False, rows: Mapping[str, int] | None = None
    ) -> Reading:
        path = export(files, zipped=zipped)
        if _opened is not None:
            _opened.clear()  # writing the export opened files too
        reading = Reading(validate(read([path])))
        for name, text in files.items():
            if "__MACOSX" not in name and name.lower().endswith(".csv"):
                _check_receipt(reading, name, _as_bytes(text), (rows or {}).get(name))
        return reading

    return read_files


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of all files that were opened on disk and inside zips since `read_export` began to read."""
    global _opened  # noqa: PLW0603 - an audit hook cannot be taken off again, only told to stop listening
    _opened = seen = []
    plain_open = zipfile.ZipFile.open

    def noted(self: zipfile.ZipFile, name: str | zipfile.ZipInfo, *args: object, **options: object) -> object:
        seen.append(Path(name if isinstance(name, str) else name.filename).name)
        return plain_open(self, name, *args, **options)

    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    yield seen
    _opened = None


def in_zip(files: Mapping[str, Text]) -> bytes:
    """The bytes of a zip of an export {name: text}."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, _as_bytes(text))
    return packed.getvalue()


def _as_bytes(text: Text) -> bytes:
    if isinstance(text, bytes):
        return text
    return (text if isinstance(text, str) else "".join(f"{line}\n" for line in text)).encode()


def _check_receipt(reading: Reading, name: str, content: bytes, rows: int | None) -> None:
    lines = reading.receipt(name)
    assert len(lines), f"{name} is not in the receipt"
    if set(lines["kind"]) <= CLOSED:
        return
    counted = reading.kept(name) + reading.aside(name)
    low, high = _rows_of(content) if rows is None else (rows, rows)
    assert low <= counted <= high, f"the receipt counts {counted} rows of {name}, there are {low} to {high}"


def _rows_of(content: bytes) -> tuple[int, int]:
    """The rows below the header of valid CSV: how many have something in them, and how many there are with the blank ones."""
    text = content.decode("utf-16" if content[:2] == b"\xff\xfe" else "utf-8-sig")
    delimiter = max(",;\t", key=text[:2000].count)
    limit = csv.field_size_limit(sys.maxsize)
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    csv.field_size_limit(limit)
    header = next(i for i, row in enumerate(table) if sum(map(bool, row)) >= 3)
    below = table[header + 1 :]
    return sum(1 for row in below if any(row)), len(below)
