"""Nothing leaks into what is written: every file that leaves here says what people are called, and does nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from click.testing import CliRunner
from defusedxml import ElementTree
from icalendar import Calendar

from auditor import letter
from auditor.audit import audit
from auditor.cli import main
from auditor.deliver import ties_xlsx
from auditor.kinds import KINDS
from auditor.sources import Upload, read
from auditor.spreadsheet import harmless
from auditor.weekly import weekly_report

from .hostile import EVIL, NAMES, archive, export, steers

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
NUMBER = re.compile(r"-?[0-9.]+|\+15550100")
"""A number of ours, or the telephone number that is a key in the log of events."""

FORMULA = re.compile(r"(?:^|;)[=+@\t\r\n＝＋＠-]")


@pytest.fixture(scope="module", name="written")
def fixture_written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the command line can write of the hostile export, in one folder."""
    folder = tmp_path_factory.mktemp("written")
    export = str(archive(folder))
    events = "person,at,direction\n" + "".join(
        f'"{name.replace(chr(34), chr(34) * 2)}",2025-03-0{day}T10:00:00Z,{way}\n'
        for name in ("=1+1", "@x", "-1+1", "Ann;=1+1", "Ann\x1b[31m", "+15550100")
        for day, way in ((3, "out"), (4, "in"))
    )
    (folder / "events.csv").write_text(events, encoding="utf-8")
    for line in (
        ["audit", export, "--ties", str(folder / "ties.csv"), "--graph", str(folder / "network.graphml")],
        ["shallow", export, "--kind", "core", "--csv", str(folder / "core.csv")],
        ["week", export, "--html", str(folder / "week.html"), "--ics", str(folder / "week.ics")],
        ["depth", str(folder / "events.csv"), "--out", str(folder / "depth.csv")],
    ):
        ran = CliRunner().invoke(main, line)
        assert ran.exit_code == 0, ran.output
    return folder


@pytest.mark.parametrize("file", ["ties.csv", "core.csv", "depth.csv"])
def test_no_cell_of_a_csv_is_a_formula(written: Path, file: str) -> None:
    """Neither at its beginning nor behind a semicolon, where half of Europe begins the next cell; nothing steers."""
    text = (written / file).read_bytes().decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) > 5
    assert [cell for row in rows for cell in row if FORMULA.search(cell) and not NUMBER.fullmatch(cell)] == []
    assert steers(text) == set()


def test_what_a_csv_says_is_what_was_said(written: Path) -> None:
    """But for the quotes and what cannot be seen, everybody is called in it as they call themselves."""
    with (written / "ties.csv").open(encoding="utf-8", newline="") as file:
        names = {row["name"].removeprefix("'") for row in csv.DictReader(file)}
    assert {name for name in NAMES if name.isprintable() and name != "Ann;=1+1"} - names == set()
    assert "Ann;'=1+1" in names


def test_no_cell_of_a_workbook_is_a_formula_and_no_link_leads_elsewhere(written: Path) -> None:
    """Texts as texts; the only links are LinkedIn profiles."""
    found = audit(read(written.glob("*.zip")), as_of=pd.Timestamp("2025-12-31", tz="UTC"))
    with zipfile.ZipFile(io.BytesIO(ties_xlsx(found.connections))) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    sheet = ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"])
    assert sheet.findall(".//m:f", _NS) == []
    texts = ["".join(item.itertext()) for item in ElementTree.fromstring(parts["xl/sharedStrings.xml"])]
    assert "'=1+1" in texts
    assert [text for text in texts if FORMULA.search(text)] == []
    assert steers("".join(texts)) == set()
    links = ElementTree.fromstring(parts["xl/worksheets/_rels/sheet1.xml.rels"])
    assert {link.attrib["Target"].partition("/in/")[0] for link in links} == {"https://www.linkedin.com"}


class _Page(HTMLParser):
    """What a browser would make of a page: its elements, their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_of_a_week_has_no_element_of_anybody(written: Path) -> None:
    """No link, no picture, no script, no handler; names stand in it as words; its policy forbids whatever is left."""
    text = (written / "week.html").read_text(encoding="utf-8")
    page = _Page(text)
    assert page.elements & {"a", "img", "script", "iframe", "object", "link", "form", "u", "node"} == set()
    assert {name for name in page.attributes if name.startswith("on") or name in ("href", "src")} == set()
    assert "Alex <u>Morgan</u>" in page.words
    assert EVIL in page.words
    assert "default-src 'none'" in text
    assert steers(text) == set()


def test_a_calendar_has_no_event_of_anybody(written: Path) -> None:
    """As many events as actions, whatever line breaks are in a name; their words are one line each."""
    content = (written / "week.ics").read_bytes()
    events = list(Calendar.from_ical(content).walk("VEVENT"))
    assert len(events) == 3
    assert all(str(event["summary"]).startswith("Answer: ") for event in events)
    assert content.count(b"BEGIN:VEVENT") == 3
    assert {line.partition(b":")[0] for line in content.split(b"\r\n")} >= {b"SUMMARY"}
    assert steers(content.decode().replace("\r\n", "\n")) == set()


def test_a_calendar_takes_line_breaks_as_words() -> None:
    """The name that would end the event and begin another, as an action of its own."""
    name = next(name for name in NAMES if "BEGIN" in name)
    report = weekly_report(read([Upload(file, text.encode()) for file, text in export().items()]), None)
    report = replace(report, actions=(replace(report.actions[0], name=name),))
    content = letter.ics(report, on=date(2026, 1, 5))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert "BEGIN:VEVENT" in str(event["summary"])


def test_the_graph_has_nobody_added_by_a_name(written: Path) -> None:
    """As many people as there are; markup in a name is words in it; nothing in it steers a terminal."""
    graph = nx.read_graphml(written / "network.graphml")
    assert "evil" not in graph
    alters = [node for node, kind in graph.nodes(data="kind") if kind == "alter"]
    assert len(alters) == len(NAMES)
    names = set(nx.get_node_attributes(graph, "name").values())
    assert {name for name in NAMES if name.isprintable()} - names == set()
    assert steers((written / "network.graphml").read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "line",
    [
        ["audit"],
        ["week"],
        ["history"],
        ["shallow", *(word for kind in KINDS for word in ("--kind", kind.name))],
        ["why", "hostile-7"],
    ],
)
def test_json_says_all_of_it_and_steers_nothing(written: Path, line: list[str]) -> None:
    """Names are whole in it, but for what nobody sees; whatever else a terminal would obey is written as its number."""
    (export,) = written.glob("*.zip")
    who = [f"https://www.linkedin.com/in/{part}" if part == "hostile-7" else part for part in line]
    ran = CliRunner().invoke(main, [*who, str(export), "--json"], color=True)
    assert ran.exit_code == 0, ran.output
    assert steers(ran.stdout) == set()
    said = json.loads(ran.stdout)
    if line[0] == "audit":
        assert said["owner"].startswith("Alex <u>Morgan</u>")
    if line[0] == "shallow":
        assert {row["name"] for row in said} >= {name for name in NAMES if name.isprintable() and name[0] != "x"}


def test_a_table_of_anything_is_harmless() -> None:
    """The rule itself, on every name there is."""
    cells = harmless(pd.DataFrame({"name": list(NAMES)}))["name"]
    assert [cell for cell in cells if FORMULA.search(cell)] == []
    assert steers("".join(cells)) == set()
