"""A small team in a folder, audited once, and a cluster of two workers inside this process, which starts in a moment."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from engines import cluster
from exports import TODAY, hand_in

from auditor.team.runs import RunFolder, run


@pytest.fixture(scope="session", name="client")
def fixture_client() -> Iterator[Any]:
    """A client of Dask, whose workers are threads."""
    from distributed import Client

    with cluster(2) as local, Client(local) as client:
        yield client


@pytest.fixture(scope="session", name="before")
def fixture_before(client: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a team and a run over it.

    Robin and Cleo know Ada, Robin barely; Robin writes with Kim, Kim with Dan, whom Robin only is connected with; only
    Cleo knows Ben.
    """
    folder = tmp_path_factory.mktemp("before")
    team = folder / "team"
    hand_in(team, "robin-hart", {"kim-lund": 60, "ada-marsh": 1, "dan-voss": 0}, lunches=10)
    hand_in(team, "kim-lund", {"dan-voss": 60, "robin-hart": 60})
    hand_in(team, "cleo-okafor", {"ada-marsh": 60, "ben-ito": 60})
    run(team, folder / "run", (None, TODAY), lambda _: nullcontext(client))
    return folder


@pytest.fixture(name="team")
def fixture_team(before: Path, tmp_path: Path) -> Path:
    """The team's folder, to change; beside it lies the run."""
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    return tmp_path / "team"


@pytest.fixture(name="audited")
def fixture_audited(client: Any, tmp_path: Path) -> Callable[..., RunFolder]:
    """Runs over a folder, by default into the folder of the run that was."""

    def audited(folder: Path, out: str = "run", **how: Any) -> RunFolder:
        return run(folder, tmp_path / out, (None, TODAY), lambda _: nullcontext(client), **how)

    return audited
