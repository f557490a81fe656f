"""The page Team, without a browser: over the folder of a run that stands in the test."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.team import Secret, contribution, default_folder, run
from auditor.team.members import Entry
from auditor.team.runs import Missing, RunFolder
from auditor.team.scores import Scores, measure

EVIL = "![x](//e.io) **Evil**"
KEY = "k" * 32


@pytest.fixture(scope="module", name="alex")
def fixture_alex(tmp_path_factory: pytest.TempPathFactory) -> Scores:
    """The scores of the tiny export: Alex and Ada write to each other."""
    folder = tmp_path_factory.mktemp("alex")
    for name, text in {"Connections": CONNECTIONS, "messages": messages()}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return measure(folder, None, date(2026, 1, 31))


@pytest.fixture(name="kept")
def fixture_kept(alex: Scores) -> RunFolder:
    """A run of two members, kept where the app looks for the last: Alex, and Kim, who missed it."""
    team = Path("team").absolute()
    entry = Entry(EVIL, team / EVIL)
    place = RunFolder(default_folder(team), {entry.ref: EVIL}, (Missing("kim", "its ZIP is broken"),), finished=True)
    place.write(entry.ref, alex.packed())
    place.save()
    return place


def _said(app: AppTest) -> str:
    kinds = (app.markdown, app.text, app.subheader, app.title, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def _page(app: AppTest) -> AppTest:
    return app.switch_page("views/team.py").run()


def test_without_a_run_the_page_says_how_to_make_one(app: AppTest) -> None:
    """The command, and what will stand here."""
    page = _page(app)
    assert not page.exception
    assert "auditor team FOLDER" in page.code[0].value


def test_the_last_run_is_shown(app: AppTest, kept: RunFolder) -> None:
    """Members side by side, the companies that hang on one of them, and who is missing with the reason."""
    page = _page(app)
    assert not page.exception
    assert "1 member knows 3 people; with 1 of them" in _said(page)
    tables = [frame.value for frame in page.dataframe]
    members, alone = tables
    assert "kim: its ZIP is broken" in _said(page)
    assert members["Member"].tolist() == ["Alex Morgan"]
    assert members["Lunches"].isna().all()
    assert alone[["Company", "Member"]].to_numpy().tolist() == [["Acme GmbH", "Alex Morgan"]]


def test_who_is_closest_is_answered_on_the_page(app: AppTest, kept: RunFolder) -> None:
    """The tie with its depth, the path to it, and for nobody the nearest name."""
    page = _page(app)
    page.text_input(key="team-asked").set_value("Acme").run()
    ties, paths = page.dataframe[0].value, page.dataframe[1].value
    assert ties["Knows"].tolist() == ["Ada Adler", "Ben Brandt"]
    assert paths["By way of"].tolist() == ["Ada Adler"]
    page.text_input(key="team-asked").set_value("Ada Alder").run()
    assert not page.exception
    assert "Did you mean Ada Adler" in page.info[0].value


def test_hashes_are_asked_with_the_key(app: AppTest, alex: Scores, tmp_path: Path) -> None:
    """A field for the key's file is there, and without it the page says what is missing."""
    handed = tmp_path / "handed"
    handed.mkdir()
    (handed / "a.parquet").write_bytes(contribution(alex, Secret(KEY.encode())).packed())
    (tmp_path / "key").write_text(KEY, encoding="ascii")
    joint = run(handed, tmp_path / "joint", (None, date(2026, 1, 31)), lambda _: pytest.fail("no cluster is needed"))
    page = _page(app)
    page.text_input(key="team-run").set_value(str(joint.path)).run()
    page.text_input(key="team-asked").set_value("https://www.linkedin.com/in/ada-adler").run()
    assert "key" in page.info[0].value
    page.text_input(key="team-key").set_value(str(tmp_path / "key")).run()
    assert page.dataframe[0].value["Member"].tolist() == ["a"]
    assert "Ada" not in _said(page)


def test_scores_can_be_deleted_with_one_action(app: AppTest, kept: RunFolder) -> None:
    """The folder is gone, and the page says how to make another."""
    page = _page(app)
    page.button(key="team-delete").click().run()
    assert not page.exception
    assert not kept.path.exists()
    assert "auditor team FOLDER" in page.code[0].value


def test_a_folder_that_is_no_run_is_said(app: AppTest, tmp_path: Path, kept: RunFolder) -> None:
    """Nothing is guessed, and a run that broke off is called so."""
    page = _page(app)
    page.text_input(key="team-run").set_value(str(tmp_path)).run()
    assert "no folder of a run" in page.error[0].value.replace("\\", "").replace("\u2060", "")
    half = RunFolder(tmp_path / "half", kept.names)
    shutil.copytree(kept.path, half.path)
    half.save()
    page.text_input(key="team-run").set_value(str(half.path)).run()
    assert "Run the same command again" in page.warning[0].value
