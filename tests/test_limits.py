"""AUDITOR_LIMITS: what it sets is held to, stated in the error, and refused in words where it is none."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.cli import main
from auditor.errors import LimitError, UsageError
from auditor.limits import Limits
from auditor.sources import Upload, read, tables

CONNECTIONS = b"First Name,Last Name,URL,Connected On\nBea,Poe,https://www.linkedin.com/in/bea-poe,02 Jan 2024\n"
README = Path(__file__).parents[1] / "README.md"


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("_", "."), content)
    return out.getvalue()


def test_without_it_the_limits_are_those_of_the_readme(monkeypatch) -> None:
    """The table there has every limit with its default."""
    monkeypatch.delenv("AUDITOR_LIMITS", raising=False)
    assert Limits.of_environment() == Limits()
    stated = re.findall(r"`(\w+)`(?: \|)? \(?`(\d+(?:GB|MB)?)`", README.read_text(encoding="utf-8"))
    monkeypatch.setenv("AUDITOR_LIMITS", ",".join(f"{name}={value}" for name, value in stated))
    assert {name for name, _ in stated} == {field.name for field in fields(Limits)}
    assert Limits.of_environment() == Limits()


def test_it_sets_what_it_names(monkeypatch) -> None:
    """Sizes in KB, MB, GB and TB, or in bytes; spaces and case do not matter."""
    monkeypatch.setenv("AUDITOR_LIMITS", "unpacked=8GB, ratio = 500,inner=1mb,json=12,")
    assert Limits.of_environment() == Limits(unpacked=8 * 2**30, ratio=500, inner=2**20, json=12)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("unpackt=8GB", "there is no limit 'unpackt'; there are unpacked, ratio"),
        ("unpacked", "'unpacked' is no limit; write it so: unpacked=8GB,ratio=500"),
        ("ratio=-1", "'ratio=-1' is no limit"),
        ("ratio=many", "'ratio=many' is no limit"),
        ("unpacked=8 gigabytes", "'unpacked=8 gigabytes' is no limit"),
        ("entries=9" + "9" * 30, "is no limit"),
        ("ratio=0", "ratio=0: a limit of nothing lets nothing in"),
    ],
)
def test_what_is_no_limit_is_said_in_one_line(monkeypatch, tmp_path, value: str, said: str) -> None:
    """Before anything is read."""
    monkeypatch.setenv("AUDITOR_LIMITS", value)
    (tmp_path / "Connections.csv").write_bytes(CONNECTIONS)
    result = CliRunner().invoke(main, ["audit", str(tmp_path)])
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert said in result.stderr
    with pytest.raises(UsageError):
        tables([tmp_path])


BOMBS = {
    "unpacked=100KB": ("an archive", zipped(Connections_csv=CONNECTIONS * 5000), "unpacks to more than 102400 bytes"),
    "ratio=10,ratio_from=1MB": ("an entry", zipped(Connections_csv=CONNECTIONS * 20000), "more than 10 times its size"),
    "entries=2": ("entries", zipped(a_txt=b"", b_txt=b"", c_txt=b""), "more than 2 entries"),
    "nesting=1": (
        "layers",
        zipped(a_zip=zipped(Connections_csv=CONNECTIONS)),
        "more than 1 archives inside each other",
    ),
    "inner=1KB": (
        "an inner archive",
        zipped(a_zip=zipped(**{f"{n}_txt": b"" for n in range(50)})),
        "of more than 1024 bytes",
    ),
}


@pytest.mark.parametrize("limits", BOMBS)
def test_each_limit_is_held_to_and_the_error_says_how_to_raise_it(monkeypatch, limits: str) -> None:
    """What is refused under a lower limit is let in where it is raised as the error says, or as it is by default."""
    _, bomb, said = BOMBS[limits]
    monkeypatch.setenv("AUDITOR_LIMITS", limits)
    with pytest.raises(LimitError, match=said) as refused:
        read([Upload("export.zip", bomb)])
    name = limits.partition("=")[0]
    raised = re.search(rf"AUDITOR_LIMITS={name}=\d+(MB)?$", str(refused.value))
    assert raised


def test_a_json_file_has_a_limit_too(monkeypatch) -> None:
    """Since it is read whole: a chat, and an answer of LinkedIn's."""
    chat = json.dumps({"participants": [{"name": "A"}, {"name": "B"}], "messages": []}).encode()
    answer = json.dumps([{"snapshotDomain": "CONNECTIONS", "snapshotData": []}]).encode()
    monkeypatch.setenv("AUDITOR_LIMITS", "json=40")
    for name, content in (("message_1.json", chat), ("a.json", answer)):
        with pytest.raises(LimitError, match=r"more than 40 bytes of JSON in one file.*AUDITOR_LIMITS=json=1MB"):
            read([Upload(name, content)])
