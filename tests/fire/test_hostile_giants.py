"""Files of a gigabyte that are one cell, one line, one picture or one heap of brackets: none fills the memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CEILING = 700
"""MB above what a small file takes; every giant is larger, or would be once it was taken apart."""

ENDLESS = "a quoted cell has no end, somewhere after record 1, or a record is longer than 8 MB"
CUT = "lines longer than 256 KB: the rest of them was not read: 1"
TOLD = {
    "a quoted cell": ENDLESS,
    "a cell": ENDLESS,
    "a record of commas": ENDLESS,
    "bad records": "more than 250,000 records have another number of cells than the header",
    "a header of commas": "a text file without any column names we know",
    "a line quoted whole": "a quoted line has no end",
    "a photo in one line": f"address book entries: 2, {CUT}",
    "a folded photo": "address book entries: 1",
    "a card without end": "a card without an end: 1",
    "an attachment in one line": f"events: 1, {CUT}",
    "a folded attachment": "events: 1",
    "a folded title": "events: 1",
    "a message in one line": f"messages: 3, {CUT}",
    "a message without end": "messages: 3",
    "a mail without end": "mails: 1",
    "a head without end": "mails: 1",
    "recipients without end": "mails: 1",
    "an attribute": "calls: 1, unknown type of call: 1",
    "a comment": "calls: 1",
    "elements without end": "has a record without an end",
    "elements in elements": "has a record without an end",
    "JSON": "more than 256 MB of JSON in one file",
    "JSON in JSON": "is no JSON of an export",
    "numbers in JSON": "is no JSON of an export",
    "an answer in answers": "nested too deeply",
}


@pytest.fixture(scope="module", name="besieged")
def read_giants(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, float, int]]:
    """Giant → what was told of it, seconds, and MB the process had grown by then."""
    if sys.platform != "linux":
        pytest.skip("holes in files, and the peak of memory in kilobytes, are Linux's")
    script = Path(__file__).with_name("giants.py")
    out = subprocess.run(
        [sys.executable, script, tmp_path_factory.mktemp("giants")], capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in out.stdout.splitlines()]
    return {name: (", ".join(told), seconds, grown) for name, told, seconds, grown in lines}


@pytest.mark.parametrize("giant", TOLD)
def test_giant(besieged: dict[str, tuple[str, float, int]], giant: str) -> None:
    """It ends in an error or a line of the receipt that says what it was; what stands beside it is read."""
    told, _, grown = besieged[giant]
    assert TOLD[giant] in told
    assert grown < CEILING


def test_every_giant_is_told_of(besieged: dict[str, tuple[str, float, int]]) -> None:
    """The list here and the list of files are one."""
    assert besieged.keys() == TOLD.keys()
