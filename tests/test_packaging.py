"""What a stranger installs is whole, small, and starts fast."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from textwrap import dedent

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from auditor import sample

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
EXTRAS = {canonicalize_name(Requirement(line).name) for line in PROJECT["optional-dependencies"]["team"]}
NEVER_IMPORTED = {"tzdata"}  # zoneinfo reads it where the system has no time zones

SOURCES = sorted([*(ROOT / "auditor").rglob("*.py"), ROOT / "app.py"])


@pytest.fixture(scope="session", name="wheel")
def fixture_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without asking any registry."""
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


def test_the_wheel_holds_what_the_program_reads(wheel: Path) -> None:
    """Every module, help page, fitted number and file of the sample is in the wheel, and nothing else is."""
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {f"auditor/{_inside(path, ROOT / 'auditor')}" for path in _files(ROOT / "auditor")}
    exports = [ROOT / "sample_exports" / name for name in (sample.NAME, sample.CHANNELS)]
    assert {"auditor/cli.py", "auditor/depth_model.json"} <= package
    assert shipped == package | {f"auditor/sample_exports/{e.name}/{_inside(p, e)}" for e in exports for p in _files(e)}
    assert f"auditor/sample_exports/{sample.NAME}/Connections.csv" in shipped


def test_the_wheel_runs_on_its_runtime_dependencies_alone(wheel: Path, tmp_path: Path) -> None:
    """The sample is written and audited, and every module imported, where no package exists but the runtime dependencies
    and what they need.
    """
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = f"""
        import importlib, pkgutil, sys
        ABSENT = {_importable_only_here()!r}
        class Absent:
            def find_spec(self, name, path=None, target=None):
                if name.partition(".")[0] in ABSENT:
                    raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
        sys.meta_path.insert(0, Absent())
        sys.path.insert(0, {str(tmp_path / "site")!r})
        import auditor
        assert auditor.__file__.startswith({str(tmp_path)!r}), auditor.__file__
        from auditor.cli import main
        main(["sample", "export"], standalone_mode=False)
        main(["audit", "export", "--ties", "ties.csv", "--graph", "graph.graphml"], standalone_mode=False)
        import auditor.ui.server
        for module in pkgutil.walk_packages(auditor.__path__, "auditor."):
            if not module.name.startswith(("auditor.ui.views", "auditor.ui.main")):  # Streamlit runs these itself
                importlib.import_module(module.name)
                print(module.name)
    """
    output = _python(script, tmp_path)
    assert "meaningful ties" in output
    assert {"auditor.team.cluster", "auditor.ui.state", "auditor.validation.fit_table"} <= set(output.split())
    assert (tmp_path / "ties.csv").stat().st_size > 0
    assert (tmp_path / "graph.graphml").stat().st_size > 0


def test_what_is_absent_in_that_test_includes_the_tools_and_scipy() -> None:
    """The packages kept out there are those of the test and check groups, and none of the runtime dependencies."""
    absent = _importable_only_here()
    assert {"pytest", "hypothesis", "hatchling"} <= absent
    assert "scipy" in absent or "scipy" not in packages_distributions()
    assert not absent & {"click", "pandas", "streamlit", "networkx", "rapidfuzz", "cleanco", "numpy", "auditor"}


def test_every_import_is_a_declared_dependency() -> None:
    """A package imported by name stands in pyproject.toml, and what stands there is imported."""
    owners = packages_distributions()
    imported = {
        canonicalize_name(owners[name][0])
        for path in SOURCES
        for name in _imports(path)
        if name not in sys.stdlib_module_names and name != "auditor"
    }
    assert imported == (DEPENDENCIES | EXTRAS) - NEVER_IMPORTED


def test_only_the_screens_know_streamlit() -> None:
    """Streamlit is imported by app.py and below auditor/ui, and nowhere else."""
    users = {path.relative_to(ROOT).as_posix() for path in SOURCES if "streamlit" in _imports(path)}
    assert users
    assert {name for name in users if name != "app.py" and not name.startswith("auditor/ui/")} == set()


@pytest.mark.parametrize("arguments", [["--help"], ["audit", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    """Asking for help waits for no library but click."""
    script = f"""
        import sys
        from auditor.cli import main
        try:
            main({arguments!r})
        except SystemExit as stop:
            assert stop.code == 0
        print("HEAVY", *(set(sys.modules) & {{"pandas", "numpy", "networkx", "streamlit", "pyarrow", "rapidfuzz"}}))
    """
    assert _python(script, tmp_path).splitlines()[-1] == "HEAVY"


@pytest.mark.parametrize("first", ["auditor", "auditor.cli", "auditor.audit", "auditor.sources"])
def test_the_public_names_can_be_called(first: str, tmp_path: Path) -> None:
    """What `auditor` promises in `__all__` can be called, again and again, whatever was imported first."""
    script = f"""
        import {first}
        import auditor
        for _ in range(2):
            for name in auditor.__all__:
                assert callable(getattr(auditor, name)), name
    """
    _python(script, tmp_path)


def test_a_wrong_name_is_an_error() -> None:
    """A name that `auditor` does not promise is an AttributeError that says which."""
    import auditor

    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = auditor.nothing_of_the_kind


def test_the_top_level_stays_small() -> None:
    """Beside dot-files, the top level holds the agreed names only."""
    allowed = "auditor app.py sample_exports tests pyproject.toml README.md CHANGELOG.md LICENSE Makefile constraints.txt".split()
    made = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()}
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - made
    assert {name for name in names if not name.endswith(".egg-info")} == set(allowed)


def test_constraints_pin_every_package_of_the_tree() -> None:
    """constraints.txt has one exact version for each package that setting up for development installs, and no address."""
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9._-]+==[0-9][a-z0-9.]*", line)] == []
    pinned = [canonicalize_name(line.partition("==")[0]) for line in lines]
    assert len(pinned) == len(set(pinned))
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    wanted = {Requirement(line).name for name in ("test", "check") for line in groups[name]}
    assert _tree({*DEPENDENCIES, *map(canonicalize_name, wanted)}) - set(pinned) == set()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _inside(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _imports(path: Path) -> set[str]:
    """The top-level packages that a module imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _tree(names: set[str]) -> set[str]:
    """The distributions of these names and everything they need here, extras left out."""
    seen: set[str] = set()
    while names:
        name = names.pop()
        seen.add(name)
        for line in distribution(name).requires or ():
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                names |= {str(canonicalize_name(need.name))} - seen
    return seen


def _importable_only_here() -> set[str]:
    """The top-level names of this environment that no runtime dependency brings."""
    runtime = _tree(set(DEPENDENCIES)) | {"auditor"}
    return {
        name
        for name, owners in packages_distributions().items()
        if name.isidentifier() and not {canonicalize_name(owner) for owner in owners} & runtime
    }


def _python(script: str, folder: Path) -> str:
    command = [sys.executable, "-c", dedent(script)]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    return run.stdout
