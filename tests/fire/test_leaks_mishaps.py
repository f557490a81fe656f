"""Nothing leaks where auditor itself fails: no word of anybody's stands in an error, a log or a file left behind."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from auditor import sources
from auditor.cli import main
from auditor.mentions import fold
from auditor.sources.rituals import ritual
from auditor.store import Store, default_path
from auditor.ui import kept, server

from .hostile import NAMES, connections, csv_of, messages
from .test_leaks_screen import elements, words
from .test_lost_places import filled

CANARY = "Zanzibar"


@pytest.fixture(name="canary")
def fixture_canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An export of somebody of that name; once it is read, a mistake of ours throws what was read."""
    head = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    row = [CANARY, CANARY, "https://www.linkedin.com/in/zz", "", f"{CANARY} Ltd", CANARY, "01 Feb 2024"]
    file = tmp_path / "Connections.csv"
    file.write_text(csv_of(head, row), encoding="utf-8")
    plain_read = sources.read

    def failing(*things: Any, **how: Any) -> None:
        records = plain_read(*things, **how)
        raise KeyError(records.people["name"].iloc[0], records)

    monkeypatch.setattr(sources, "read", failing)
    monkeypatch.setattr("auditor.importing.read", failing)
    return file


@pytest.mark.parametrize("line", ["audit", "shallow", "why Somebody", "week", "history", "store import"])
def test_a_command_that_fails_says_where_and_never_what(canary: Path, line: str) -> None:
    """One line, the kind of the error and its place, and status 1; no traceback, which would quote."""
    ran = CliRunner().invoke(main, [*line.split(), str(canary)])
    assert ran.exit_code == 1
    assert "KeyError in test_leaks_mishaps.py, line" in ran.stderr
    assert CANARY not in ran.output.replace(str(canary), "")
    assert len(ran.stderr.splitlines()) == 1
    assert not default_path().exists() or filled_rows(default_path()) == 0


def filled_rows(place: Path) -> int:
    with Store.open(place) as store:
        return sum(store.counts().values())


def test_in_the_app_it_is_a_sentence_and_nothing_is_kept_by_halves(
    canary: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """The page goes on: a box in words, a fresh way in, and the next file is read; log and streams hold no name."""
    caplog.set_level(logging.DEBUG)
    app = AppTest.from_file(server.SCRIPT, default_timeout=60).run()
    app.text_input(key="path").set_value(str(canary))
    next(button for button in app.button if button.label == "Read it").click()
    app.run()
    (box,) = app.error
    assert "mistake in auditor" in box.value
    assert not app.exception
    shown = [text for _, message in elements(app) for _, text in words(message)]
    assert not any(CANARY in text.replace(str(canary), "") for text in [*shown, *map(str, app.query_params.items())])
    assert "export" not in app.session_state
    assert not default_path().exists()
    monkeypatch.undo()
    said = caplog.text + "".join(capfd.readouterr())
    assert CANARY not in said.replace(str(canary), "")


def test_streamlit_shows_no_traceback_and_no_text_of_an_error() -> None:
    """Its own box would say both; ours takes its place, and should it ever not, the box names the type alone."""
    assert server.CONFIG["client.showErrorDetails"] == "type"
    assert server.GUARDS["on_script_error"]


def test_a_crash_leaves_no_memory_in_a_file() -> None:
    """The limit of core files is nothing, once a command ran, whatever it was before."""
    resource = pytest.importorskip("resource")
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if most == 0:
        pytest.skip("NOT TESTED: no process may leave a core file here")
    script = (
        f"import resource as r; r.setrlimit(r.RLIMIT_CORE, ({most}, {most})); from click.testing import CliRunner; "
        "from auditor.cli import main; CliRunner().invoke(main, ['store', 'list']); print(r.getrlimit(r.RLIMIT_CORE)[0])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "0"


@pytest.fixture(name="temporary")
def fixture_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, empty, and a umask that lets everybody read."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    before = os.umask(0)
    monkeypatch.setattr(kept, "mask", lambda: None)
    yield folder
    os.umask(before)


def test_temporary_files_are_the_owners_alone_and_gone_afterwards(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy that the app hands out and takes back: 0600 while it is there, in a folder of 0700; then it is gone."""
    filled(default_path())
    seen: list[tuple[bool, int]] = []

    def looked_at(do: Callable[..., None]) -> Callable[..., None]:
        def doing(*given: Any, **how: Any) -> None:
            do(*given, **how)
            seen.extend((path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in temporary.rglob("*"))

        return doing

    monkeypatch.setattr(Store, "export", looked_at(Store.export))
    monkeypatch.setattr(Store, "restore", looked_at(Store.restore))
    app = AppTest.from_function(_copies, default_timeout=60).run()
    assert not app.exception
    assert {mode for is_folder, mode in seen if is_folder} == {0o700}
    assert {mode for is_folder, mode in seen if not is_folder} == {0o600}
    assert len(seen) == 4
    assert list(temporary.iterdir()) == []
    assert stat.S_IMODE(default_path().stat().st_mode) == 0o600


def _copies() -> None:
    from auditor.ui import kept

    kept.restore(kept.copy())


def test_a_command_leaves_nothing_where_temporary_files_go(temporary: Path, tmp_path: Path) -> None:
    """Nor does it when it is done in by an error."""
    filled(default_path())
    for line in (["store", "export", str(tmp_path / "out.zip")], ["store", "restore", str(tmp_path / "out.zip")]):
        CliRunner().invoke(main, line)
    assert list(temporary.iterdir()) == []
    assert stat.S_IMODE((tmp_path / "out.zip").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_the_check_for_the_canary_can_fail(canary: Path) -> None:
    """The error that is thrown does hold the name."""
    with pytest.raises(KeyError) as caught:
        sources.read([canary])
    assert CANARY in "".join(traceback.format_exception(caught.value))


def test_after_a_reading_no_text_is_remembered_and_after_forgetting_no_name(tmp_path: Path) -> None:
    """Functions that remember what they were asked about are as forgetful as the session."""
    for name, text in {"Connections.csv": connections(NAMES[:5]), "messages.csv": messages(NAMES[:5])}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    app = AppTest.from_file(server.SCRIPT, default_timeout=120).run()
    app.text_input(key="path").set_value(str(tmp_path))
    next(button for button in app.button if button.label == "Read it").click()
    app.run()
    assert ritual.cache_info().currsize == 0
    assert fold.cache_info().currsize > 0
    app.button(key="forget").click().run()
    assert fold.cache_info().currsize == 0
