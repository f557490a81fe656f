"""An audit, written down: tables a spreadsheet cannot run, graphs that open again, a receipt that adds up."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from fabricate import Owner, audited, folk, reads_its_docstring, records
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from auditor import deliver
from auditor.audit import Audit, audit
from auditor.literal import visible
from auditor.records import Records

EXCHANGES = """
    person,at,direction,others,thread
    ana,2024-06-03,out,0,
    ana,2024-06-04,in,0,
    ana,2024-06-19,in,1,t1
    bo,2024-06-19,in,1,t1
"""
KNOWN = """
    person,name,company,position,connected_on
    ana,Ana Lima,Blue Heron,Engineer,2022-05-01
    bo,Bo Chen,,,
    cy,Cy Doe,Blue Heron Ltd,,2023-01-01
"""
RECEIPT = """
    file,kind,role,what,rows,line,since,until
    messages.csv,messages,kept,messages,7,,2022-01-01,2024-06-30
    messages.csv,messages,set aside,draft,2,4,,
    messages.csv,messages,set aside,sponsored,1,,,
    messages.csv,messages,note,read as cp1252,0,,,
    Connections.csv,connections,kept,people,3,,,
    Connections.csv,connections,set aside,nameless (closed profile),2,3,,
    Logins.csv,not opened,note,not needed,0,,,
"""
WAYS = ("out", "in")
SPECIAL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("https://example.com")']


def example(as_of: str = "2024-06-30") -> Audit:
    owner = Owner(("Sam Lee",), frozenset(), ("Blue Heron",))
    return audited(EXCHANGES, KNOWN, as_of=as_of, receipt=RECEIPT, owner=owner)


def people_called(*names: str, column: str = "name") -> Audit:
    """An audit of connections whose names (or other cells) are just so."""
    table = folk("person,name\n" + "\n".join(f"p{i},Person" for i in range(len(names))))
    table[column] = pd.Series(list(names), dtype="str")
    return audit(Records(table, *(getattr(records(), t) for t in ("identifiers", "interactions", "coverage"))))


def read_back(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_one_row_a_tie_and_the_columns_of_the_command_line() -> None:
    """The columns in their order; days as days, depth to one decimal, contact as whole numbers."""
    rows = read_back(str(deliver.ties_csv(example().ties)))
    assert (
        list(rows[0])
        == (
            "name profile_url company position connected_on state kind layer depth low high p_two_way lifetime_depth "
            "last_contact days_out days_in active_weeks reason"
        ).split()
    )
    ana = rows[0]
    assert (ana["name"], ana["profile_url"]) == ("Ana Lima", "https://www.linkedin.com/in/ana")
    assert (ana["connected_on"], ana["last_contact"]) == ("2022-05-01", "2024-06-19")
    assert (ana["days_out"], ana["days_in"], ana["active_weeks"]) == ("1", "2", "2")
    assert len(ana["depth"].partition(".")[2]) == 1
    cy = rows[-1]
    assert (cy["last_contact"], cy["layer"], cy["days_out"], cy["depth"]) == ("", "", "0", "0.0")


def test_a_table_of_no_ties_has_its_header() -> None:
    """Nothing to write is no error."""
    assert read_back(str(deliver.ties_csv(audited(as_of="2024-01-01").ties))) == []
    assert str(deliver.ties_csv(audited(as_of="2024-01-01").ties)).startswith("name,profile_url,")


@pytest.mark.parametrize("cell", SPECIAL)
@pytest.mark.parametrize("column", ["name", "company", "position"])
def test_no_cell_runs_as_a_formula(cell: str, column: str) -> None:
    """What begins with = + - @, a tab or a line break (always written as a line feed) gets a quote before it."""
    rows = read_back(str(deliver.ties_csv(people_called(cell, "Ana Lima", column=column).ties)))
    assert len(rows) == 2
    assert {row[column] for row in rows} == {f"'{cell}".replace("\r", "\n"), "Ana Lima"}


@pytest.mark.parametrize("name", ["Ana = Lima", "a+b", "Anne-Marie", "x@example.com", "'Ana", "1=1"])
def test_harmless_cells_stay_as_they_are(name: str) -> None:
    """Only the first character makes a formula."""
    assert read_back(str(deliver.ties_csv(people_called(name).ties)))[0]["name"] == name


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_people_are_called_the_table_can_be_read_back(names: list[str]) -> None:
    """Commas, quotes, line breaks, emoji: one row a tie, no cell a formula, every name whole but for control characters."""
    rows = read_back(str(deliver.ties_csv(people_called(*names).ties)))
    assert len(rows) == len(names)
    plain = [name.replace("\r\n", "\n").replace("\r", "\n").removeprefix("'") for name in names]
    plain = ["".join(c for c in name if c in "\t\n" or unicodedata.category(c) != "Cc") for name in plain]
    assert sorted(row["name"].removeprefix("'") for row in rows) == sorted(plain)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in rows for cell in row.values())


def test_the_table_is_written_as_utf_8(tmp_path: Path) -> None:
    """Names of any script, on any machine."""
    path = tmp_path / "ties.csv"
    deliver.ties_csv(people_called("Łukasz 李明 🚀").ties, path)
    assert "Łukasz 李明 🚀" in path.read_bytes().decode("utf-8")


def test_the_graph_opens_again(tmp_path: Path) -> None:
    """GraphML read back by networkx: the same nodes and edges, numbers as numbers, days as days, nothing missing."""
    path = tmp_path / "network.graphml"
    result = example()
    deliver.graphml(result, path)
    graph = nx.read_graphml(path)
    assert set(graph.nodes) == set(result.graph.nodes)
    assert {frozenset(e) for e in graph.edges} == {frozenset(e) for e in result.graph.edges}
    tie = graph.edges["ego", "linkedin:ana"]
    assert tie["depth"] == pytest.approx(result.ties.loc["linkedin:ana", "depth"])
    assert (tie["days_in"], tie["connected_on"], tie["two_way"]) == (2, "2022-05-01", True)
    assert (tie["kind"], tie["tie_kind"]) == ("tie", result.ties.loc["linkedin:ana", "kind"])
    silent = graph.edges["ego", "linkedin:cy"]
    assert not {"last_contact", "layer", "quiet_days"} & set(silent)
    assert "connected_on" not in graph.edges["ego", "linkedin:bo"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ana\x00\x01\x0b\x1f Lima", "Ana Lima"),
        ("Ana 🚀 Límà", "Ana 🚀 Límà"),
        ('<Ana> & "Lima" ]]> \'', '<Ana> & "Lima" ]]> \''),
        ("Ana\ufffe\uffff", "Ana"),
        ("李明", "李明"),
    ],
)
def test_the_graph_opens_again_whatever_people_are_called(tmp_path: Path, name: str, written: str) -> None:
    """What XML forbids is dropped, what it gives a meaning is escaped, everything else stays."""
    path = tmp_path / "network.graphml"
    deliver.graphml(people_called(name), path)
    assert nx.read_graphml(path).nodes["linkedin:p0"]["name"] == written


def test_a_graph_of_nobody_and_of_people_without_names_opens_again(tmp_path: Path) -> None:
    """Missing names, companies and days are left out."""
    path = tmp_path / "network.graphml"
    deliver.graphml(audited(as_of="2024-01-01"), path)
    assert list(nx.read_graphml(path).nodes) == ["ego"]
    deliver.graphml(audited("person,at,direction\nxi,2024-01-01,in", "person,name\nana,", as_of="2024-01-01"), path)
    assert set(nx.read_graphml(path).nodes) == {"ego", "linkedin:xi", "linkedin:ana"}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=4))
def test_any_text_makes_a_graph_that_opens_again(tmp_path: Path, names: list[str]) -> None:
    """As many alters as there were."""
    path = tmp_path / "network.graphml"
    deliver.graphml(people_called(*names, column="company"), path)
    kinds = nx.get_node_attributes(nx.read_graphml(path), "kind")
    assert sum(kind == "alter" for kind in kinds.values()) == len(names)


def test_the_receipt_adds_up_file_by_file() -> None:
    """Read is kept and set aside; the reasons with their rows; notes count nothing."""
    messages, connections, logins = deliver.receipt(example().coverage)
    assert messages == {
        "file": "messages.csv",
        "kind": "messages",
        "read": 10,
        "kept": 7,
        "set_aside": [
            {"reason": "draft", "rows": 2, "first_row": 4},
            {"reason": "sponsored", "rows": 1, "first_row": None},
        ],
        "notes": ["read as cp1252"],
    }
    assert (connections["read"], connections["kept"]) == (5, 3)
    assert logins == {
        "file": "Logins.csv",
        "kind": "not opened",
        "read": 0,
        "kept": 0,
        "set_aside": [],
        "notes": ["not needed"],
    }


def test_the_json_has_all_that_is_promised_and_nothing_json_cannot_say() -> None:
    """The keys of the command line; counts that agree with each other; null for what is withheld."""
    said = json.loads(deliver.to_json(example()), parse_constant=lambda c: pytest.fail(f"{c} is no JSON"))
    assert {
        *("as_of", "connections", "nameless", "meaningful", "meaningful_low", "meaningful_high"),
        *("meaningful_withheld", "dunbar", "layers", "kinds", "channels", "coverage", "score_version"),
    } <= set(said)
    assert (said["as_of"], said["owner"], said["dunbar"]) == ("2024-06-30", "Sam Lee", 150)
    assert (said["connections"], said["nameless"]) == (3, 2)
    assert said["meaningful"] is said["meaningful_low"] is said["meaningful_high"] is None
    assert "28 days" in said["meaningful_withheld"]
    assert sum(said["kinds"].values()) == sum(said["states"].values()) == said["connections"]
    assert said["channels"] == {"message": 4}
    assert [layer["name"] for layer in said["layers"]][:4] == [
        "support clique",
        "sympathy group",
        "affinity group",
        "active network",
    ]


def test_the_json_of_nothing_is_json() -> None:
    """No file, no owner, no number."""
    said = json.loads(deliver.to_json(audited(as_of="2024-01-01")))
    assert (said["connections"], said["owner"], said["coverage"], said["kinds"]) == (0, None, [], {})


@reads_its_docstring
def test_the_headline_gives_the_count_its_interval_and_the_comparison(data: str) -> None:
    """
    person,at,direction
    ana,2023-06-01,out
    ana,2023-06-01,in
    """
    said = deliver.headline(audited(data, KNOWN, as_of="2024-06-03"))
    assert said.startswith(
        "As of 3 June 2024: 3 connections, about 0 meaningful ties (0 to 1). By this one channel, fewer than most people keep; "
        "all of the connections that these files cover are shallow. Online, people are seen to keep 100–200; 150 is the usual convention"
    )
    assert "lower bound" in said


@pytest.mark.parametrize(
    ("deep", "said"),
    [(0, "all"), (1, "9 in 10"), (5, "5 in 10"), (10, "hardly any")],
)
def test_the_verdict_says_how_many_are_shallow(deep: int, said: str) -> None:
    """In tenths of ten connections, so many of whom are in touch twice a month to the end."""
    rows = [
        f"p{n},2024-{m:02}-{d:02},{way}" for n in range(deep) for m in range(1, 13) for d in (3, 17) for way in WAYS
    ]
    known = "\n".join(["person,name,connected_on", *(f"p{n},Pat {n},2024-01-01" for n in range(10))])
    data = "\n".join(["person,at,direction", *rows, *(f"zoe,2024-01-0{d},{way}" for d in (1, 9) for way in WAYS)])
    found = audited(data, known, as_of="2024-12-31", covers=("2015-01-01", "2024-12-31"))
    assert (
        deliver.verdict(found)
        == f"By this one channel, fewer than most people keep; {said} of your connections are shallow."
    )


def test_the_headline_says_why_there_is_no_count() -> None:
    """And how many rows had no name."""
    said = deliver.headline(example())
    assert said.startswith(
        "As of 30 June 2024: 3 connections (and 2 whose profile is closed). These files hold 28 days"
    )


def test_the_terminal_shows_layers_kinds_the_deepest_and_the_receipt() -> None:
    """The whole text, part by part."""
    said = deliver.text(example())
    for part in ("support clique", "active network", "Deepest", "Ana Lima", "7 of 10 rows kept; 2 draft; 1 sponsored"):
        assert part in said
    assert "Deepest" not in deliver.text(audited(known=KNOWN, as_of="2024-01-01"))


@pytest.mark.parametrize("name", ["Ana\x1b[31m Lima", "Ana\u202e Lima", "Ana\r\n Lima", "Ana\u200b Lima"])
def test_a_name_cannot_steer_the_terminal(name: str) -> None:
    """Escape sequences, turned writing and line breaks are taken out; accents and other scripts stay."""
    shown = deliver.listing(people_called(name).ties, 1)
    assert not set(shown) & set("\x1b\u202e\r\u200b")
    assert shown.count("\n") == 2
    assert visible("Límà 李明 🚀") == "Límà 李明 🚀"


def test_a_listing_says_how_many_of_how_many() -> None:
    """The last line counts."""
    assert deliver.listing(example().ties.head(2), 3).endswith("2 of 3 connections.")
