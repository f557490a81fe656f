"""The command line: what goes to standard output, what to standard error, what to files, and with which exit status."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from auditor.cli import main

IN = "https://www.linkedin.com/in/"
ROBIN, ADA, CLEO = f"Robin Hart,{IN}robin-hart", f"Ada Marsh,{IN}ada-marsh", f"Cleo Okafor,{IN}cleo-okafor"
MONDAYS = [date(2025, 1, 6) + timedelta(weeks=week) for week in range(30)]
EXPORT: Mapping[str, list[str]] = {
    "Profile.csv": ["First Name,Last Name,Maiden Name,Headline,Summary,Industry", "Robin,Hart,,,,"],
    "Connections.csv": [
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        f"Ada,Marsh,{IN}ada-marsh,,Plover Press,Editor,05 Jan 2025",
        f"Ben,Ito,{IN}ben-ito,,=1+1,Engineer,28 Feb 2025",
        f"Cleo,Okafor,{IN}cleo-okafor,,Wren Works,Founder,01 Feb 2025",
        f"Dan,Voss,{IN}dan-voss,,Wren Works,Founder,01 Jun 2025",
    ],
    "messages.csv": [
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER",
        *(f"2-a==,,{ADA},{ROBIN},{day} 10:00:00 UTC,,How did number {day:%j} go?,INBOX" for day in MONDAYS),
        *(f"2-a==,,{ROBIN},{ADA},{day} 11:00:00 UTC,,Well and you on {day:%j}?,INBOX" for day in MONDAYS),
        f"2-c==,,{CLEO},{ROBIN},2025-03-03 10:00:00 UTC,,Could we talk about the loft?,INBOX",
    ],
}
"""Ada and Robin write every Monday, Cleo wrote once and had no answer, Ben and Dan never wrote."""

TIE_COLUMNS = [
    *("name", "profile_url", "company", "position", "connected_on", "state", "kind", "layer", "depth", "low", "high"),
    *("p_two_way", "lifetime_depth", "last_contact", "days_out", "days_in", "active_weeks", "reason"),
]


@pytest.fixture(name="run")
def fixture_run() -> Callable[..., Result]:
    """Runs the command and hands on every exception that is no exit."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)

    return run


@pytest.fixture(name="robin")
def fixture_robin(export: Callable[..., Path]) -> Path:
    """The folder with Robin's export."""
    return export(EXPORT)


def test_audit_says_it_in_words(run, robin):
    """Without options the audit is text: how many connections, the layers against Dunbar's sizes, and the receipt."""
    result = run("audit", robin)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "4 connections" in result.stdout.splitlines()[0]
    assert "lower bound" in result.stdout
    for expected in ("support clique", "Ada Marsh", "never-spoken", "messages.csv", "Connections.csv"):
        assert expected in result.stdout


def test_audit_json_is_json_alone(run, robin):
    """With --json standard output is one JSON object with the agreed keys."""
    found = json.loads(run("audit", robin, "--json").stdout)
    keys = (
        "as_of connections nameless meaningful meaningful_low meaningful_high meaningful_withheld dunbar layers kinds "
        "channels coverage score_version"
    )
    assert set(keys.split()) <= set(found)
    assert (found["as_of"], found["connections"], found["nameless"], found["dunbar"]) == ("2025-07-28", 4, 0, 150)
    assert found["meaningful_withheld"] is None
    assert found["meaningful_low"] <= found["meaningful"] <= found["meaningful_high"] <= 1
    assert found["channels"] == {"message": 61}
    assert [(layer["name"], layer["size"], layer["count"]) for layer in found["layers"][:4]] == [
        ("support clique", 5, 1),
        ("sympathy group", 15, 1),
        ("affinity group", 50, 1),
        ("active network", 150, 1),
    ]
    assert {"core": 1, "unanswered": 1, "never-spoken": 2}.items() <= found["kinds"].items()
    assert {Path(file["file"]).name: file["kept"] for file in found["coverage"]}["messages.csv"] == 61


def test_connections_alone_withhold_the_count(run, robin):
    """A connection list without messages gives no invented number, but what to add."""
    found = json.loads(run("audit", robin / "Connections.csv", "--json").stdout)
    assert (found["meaningful"], found["meaningful_low"], found["meaningful_high"]) == (None, None, None)
    assert "messages.csv" in found["meaningful_withheld"]
    assert found["kinds"] == {"unobserved": 4}


def test_ties_has_one_row_a_connection(run, robin, tmp_path):
    """--ties writes the agreed columns, deepest first, with dates as days and no cell that acts as a formula."""
    out = tmp_path / "ties.csv"
    assert run("audit", robin, "--ties", out).exit_code == 0
    header, *rows = csv.reader(out.read_text(encoding="utf-8").splitlines())
    assert header == TIE_COLUMNS
    ties = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert rows[0][0] == "Ada Marsh"
    assert sorted(ties) == ["Ada Marsh", "Ben Ito", "Cleo Okafor", "Dan Voss"]
    ada, ben, cleo = ties["Ada Marsh"], ties["Ben Ito"], ties["Cleo Okafor"]
    assert ada["profile_url"] == f"{IN}ada-marsh"
    assert (ada["connected_on"], ada["last_contact"]) == ("2025-01-05", "2025-07-28")
    assert (ada["state"], ada["kind"], ada["layer"]) == ("deep", "core", "support clique")
    assert (ada["days_out"], ada["days_in"], ada["active_weeks"]) == ("30", "30", "30")
    assert float(ada["low"]) <= float(ada["depth"]) <= float(ada["high"]) <= 100
    assert (cleo["state"], cleo["kind"], cleo["days_out"], cleo["days_in"]) == ("light", "unanswered", "0", "1")
    assert (ben["state"], ben["kind"], ben["last_contact"]) == ("unobserved", "never-spoken", "")
    assert ben["company"] == "'=1+1"
    assert all(tie["reason"].endswith(".") for tie in ties.values())


def test_graph_opens_in_other_tools(run, robin, tmp_path):
    """--graph writes GraphML with the ego, the alters and their employers, and the depth on the ties."""
    out = tmp_path / "network.graphml"
    assert run("audit", robin, "--graph", out).exit_code == 0
    graph = nx.read_graphml(out)
    names = {data["name"]: node for node, data in graph.nodes(data=True) if data["kind"] != "organisation"}
    assert sorted(names) == ["Ada Marsh", "Ben Ito", "Cleo Okafor", "Dan Voss", "Robin Hart"]
    assert graph.edges[names["Robin Hart"], names["Ada Marsh"]]["depth"] > 90
    employers = {data["name"] for _, data in graph.nodes(data=True) if data["kind"] == "organisation"}
    assert {"Plover Press", "Wren Works"} <= employers


def test_as_of_hides_the_future(run, robin, tmp_path):
    """As of a day in March there is no connection of June, no message of April, and the date is the one asked for."""
    found = json.loads(run("audit", robin, "--as-of", "2025-03-31", "--json", "--ties", tmp_path / "t.csv").stdout)
    assert (found["as_of"], found["connections"], found["channels"]) == ("2025-03-31", 3, {"message": 27})
    assert "Dan Voss" not in (tmp_path / "t.csv").read_text(encoding="utf-8")
    before = json.loads(run("audit", robin, "--as-of", "2025-03-02", "--json").stdout)
    assert "unanswered" not in before["kinds"]


def test_shallow_lists_what_is_not_deep(run, robin):
    """`shallow` names the ties that are observed and not deep, each with its reason, and leaves the deep out."""
    result = run("shallow", robin)
    assert result.exit_code == 0
    assert "Ada Marsh" not in result.stdout
    assert "They reached out on 1 day and you never answered." in result.stdout
    assert result.stdout.rstrip().endswith("3 of 4 connections.")


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--kind", "unanswered"], ["Cleo Okafor"]),
        (["--kind", "unanswered", "--kind", "core"], ["Ada Marsh", "Cleo Okafor"]),
        (["--depth-below", "50"], ["Ben Ito", "Cleo Okafor", "Dan Voss"]),
        (["--depth-below", "0"], []),
        (["--kind", "never-spoken", "--as-of", "2025-03-31"], ["Ben Ito"]),
    ],
)
def test_shallow_filters(run, robin, tmp_path, options, names):
    """--kind, --depth-below and --as-of choose the same ties on the screen, in JSON and in the CSV."""
    listed = json.loads(run("shallow", robin, *options, "--json").stdout)
    assert sorted(tie["name"] for tie in listed) == names
    out = tmp_path / "shallow.csv"
    result = run("shallow", robin, *options, "--csv", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{len(names)} of" in result.stderr
    header, *rows = csv.reader(out.read_text(encoding="utf-8").splitlines())
    assert header == TIE_COLUMNS
    assert sorted(row[0] for row in rows) == names


def test_sample_writes_an_export_to_audit(run, tmp_path):
    """`sample DIR` writes the fictional export, and the audit of it finds meaningful ties."""
    folder = tmp_path / "alex"
    written = run("sample", folder)
    assert (written.exit_code, written.stderr) == (0, "")
    assert {"Connections.csv", "messages.csv"} <= {path.name for path in folder.iterdir()}
    found = json.loads(run("audit", folder, "--json").stdout)
    assert found["connections"] > 1000
    assert found["meaningful"] > 0


def test_sample_overwrites_nothing(run, tmp_path):
    """A folder with something in it is refused, and stays as it was."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    result = run("sample", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(tmp_path) in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("holiday.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256))),
        ("shopping.txt", b"milk\nbread\n"),
        ("budget.csv", b"month,rent,food\nJanuary,900,300\n"),
        ("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
        ("broken.zip", b"PK\x03\x04 and no more"),
        ("empty.csv", b""),
    ],
)
@pytest.mark.parametrize("command", [["audit"], ["audit", "--json"], ["shallow"]])
def test_a_wrong_file_is_one_line(run, tmp_path, command, name, content):
    """A file that is no export ends with status 1, one line that names it and says what to do, and no output."""
    (tmp_path / name).write_bytes(content)
    result = run(*command, tmp_path / name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert name in result.stderr


def test_a_missing_file_is_one_line(run, tmp_path):
    """A file that is not there ends with status 1 and one line that names it."""
    result = run("audit", tmp_path / "nowhere.zip")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "nowhere.zip" in result.stderr


def test_a_place_that_cannot_be_written_is_one_line(run, robin, tmp_path):
    """An output file in a folder that is not there ends with status 1 and one line that names it."""
    for option in ("--ties", "--graph"):
        result = run("audit", robin, option, tmp_path / "nowhere" / "out")
        assert (result.exit_code, result.stdout) == (1, "")
        assert len(result.stderr.splitlines()) == 1
        assert "nowhere" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit"],
        ["shallow"],
        ["sample"],
        ["nothing-of-the-kind"],
        ["audit", "x.csv", "--as-of", "yesterday"],
        ["shallow", "x.csv", "--kind", "lukewarm"],
        ["shallow", "x.csv", "--depth-below", "101"],
        ["app", "--port", "0"],
    ],
    ids=" ".join,
)
def test_bad_usage_is_status_2(run, arguments):
    """What cannot be meant ends with status 2, before any file is looked for."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


@pytest.mark.parametrize("arguments", [[], ["app"]], ids=["auditor", "auditor app"])
def test_the_app_opens(run, monkeypatch, arguments):
    """`auditor app`, and `auditor` alone, start the app without files on the usual port, with a browser window."""
    started = []
    monkeypatch.setattr("auditor.ui.server.run", lambda files, **options: started.append((files, options)))
    assert run(*arguments).exit_code == 0
    assert started == [((), {"port": 8501, "browser": True})]
