"""`auditor why NAME FILE…`: one tie explained in a terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor import explanation
from auditor.audit import audit
from auditor.cli import main
from auditor.sources import read

IN = "https://www.linkedin.com/in/"
EXPORT = {
    "Profile.csv": "First Name,Last Name,Maiden Name,Headline,Summary,Industry\nRobin,Hart,,,,\n",
    "Connections.csv": (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        f"Ada,Marsh,{IN}ada-marsh,,Plover Press,Editor,05 Jan 2025\n"
        f"Adam,Ito,{IN}adam-ito,,Acme,Engineer,28 Feb 2025\n"
        f"\u202eAdam,Voss,{IN}adam-voss,,Acme,Founder,28 Feb 2025\n"
    ),
    "messages.csv": (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
        f"a,,Ada Marsh,{IN}ada-marsh,Robin Hart,{IN}robin-hart,2025-01-06 10:00:00 UTC,,How did it go?,INBOX\n"
        f"a,,Robin Hart,{IN}robin-hart,Ada Marsh,{IN}ada-marsh,2025-01-06 11:00:00 UTC,,Well and you?,INBOX\n"
    ),
}


@pytest.fixture(name="why")
def fixture_why(tmp_path: Path):
    """Runs `auditor why` on Robin's export."""
    for name, text in EXPORT.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["why", arguments[0], str(tmp_path), *arguments[1:]], catch_exceptions=False)

    return run


def test_one_tie_is_explained_in_words(why) -> None:
    """A typo is forgiven; the sentence, and a line for each part."""
    result = why("Ada Mrash")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Ada Marsh · Editor, Plover Press" in result.stdout
    assert "1 day of contact in both directions over 1 week" in result.stdout
    assert "Both ways" in result.stdout


def test_json_is_json_alone(why) -> None:
    """The same as one object."""
    found = json.loads(why("Ada Marsh", "--json").stdout)
    assert found["name"] == "Ada Marsh"
    assert [part["label"] for part in found["parts"]][:2] == ["Where everyone starts", "Both ways"]


def test_as_of_another_day(why) -> None:
    """A week later the silence is a week longer."""
    assert "the last was 7 days ago, on 6 January 2025" in why("Ada Marsh", "--as-of", "2025-01-13").stdout


def test_several_are_listed_and_nobody_is_explained(why) -> None:
    """Status 1, nothing on standard output, and who fits, without what turns the direction of writing."""
    result = why("Adam")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "2 people fit" in result.stderr
    assert f"{IN}adam-ito" in result.stderr
    assert "\u202e" not in result.stderr


def test_those_who_fit_are_told_with_their_depth(why, tmp_path: Path) -> None:
    """Where there was any contact: a depth of nobody is not made up."""
    why("Ada Marsh")
    found = audit(read([tmp_path]))
    said = explanation.ambiguous(found, list(found.ties.index))
    assert re.search(r"Ada Marsh · Editor, Plover Press · depth \d+ · ", said)
    assert said.count("depth") == 1


def test_nobody_is_one_line(why) -> None:
    """Status 1 and what to try, without repeating the name."""
    result = why("Zzyzx Qwfp")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "Zzyzx" not in result.stderr
