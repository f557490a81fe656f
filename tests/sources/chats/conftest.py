from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.deliver import receipt
from auditor.records import Records
from auditor.sources import Upload, read

FIXTURES = Path(__file__).parents[2] / "fixtures" / "chats"
PROFILE = Upload("Profile.csv", b"First Name,Last Name,Headline\nAlex,Morgan,Engineer\n")


def told(records: Records, *, words: bool = False) -> list[tuple[str, ...]]:
    """(person without label, time, direction) of each exchange in order of time; with `words`, their number too."""
    table = records.interactions.sort_values(["at", "person"])
    columns = [
        table["person"].astype(str).str.replace(r"^name:|@\w+$", "", regex=True),
        table["at"].dt.strftime("%Y-%m-%d %H:%M:%S"),
        table["direction"].astype(str),
        *([table["words"].astype("str").fillna("-")] if words else []),
    ]
    return list(zip(*columns, strict=True))


def aside(records: Records, file: str) -> dict[str, int]:
    """Reason → rows of one file."""
    (mine,) = (entry for entry in receipt(records.coverage) if entry["file"] == file)
    return {line["reason"]: line["rows"] for line in mine["set_aside"]}


@pytest.fixture(name="chat")
def make_chat() -> Callable[..., Records]:
    """Reads chats {file name: text} of Alex Morgan, who is told by a profile unless `known` is false."""

    def write(files: dict[str, str], *, known: bool = True) -> Records:
        uploads = [Upload(name, text.encode()) for name, text in files.items()]
        return read([*uploads, *([PROFILE] if known else [])])

    return write
