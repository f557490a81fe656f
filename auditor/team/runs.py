"""A run: every member of a folder to one file of scores each, in a folder of the run's own, which the next run resumes.

RUN/auditor-team.json                     who is in it by which name, who is missing and why; marks it as ours
RUN/ties/member=<ref>/part.parquet        one member (scores.py); a dataset partitioned by member
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from auditor.errors import AuditorError, InputError, UsageError
from auditor.store import default_path
from auditor.team import cluster, members
from auditor.team.members import RUN_FILE, Entry
from auditor.team.scores import AGAIN, PROFILE, Facts, Scores, facts_of
from auditor.team.secret import MARK
from auditor.team.task import Job

Progress = Callable[[int, int], None]
"""Told how many members are done, of how many."""

PATIENCE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Missing:
    """Who is not in a result, and why, with what to do about it."""

    member: str
    reason: str


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of a run: who is in it, who is missing, and whether the run came to its end."""

    path: Path
    names: dict[str, str]
    missing: tuple[Missing, ...] = ()
    finished: bool = False

    @classmethod
    def opened(cls, path: Path) -> Self:
        """The run in a folder; raises InputError where there is none."""
        try:
            told = json.loads((path / RUN_FILE).read_text(encoding="utf-8"))
            return cls(path, told["names"], tuple(Missing(**one) for one in told["missing"]), told["finished"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(str(path), "this is no folder of a run; make one with: auditor team FOLDER") from error

    def part(self, ref: str) -> Path:
        """The file of a member."""
        return self.path / "ties" / f"member={ref}" / "part.parquet"

    @property
    def refs(self) -> list[str]:
        """Those whose scores are there."""
        return sorted(part.parent.name.partition("=")[2] for part in (self.path / "ties").glob("member=*/part.parquet"))

    @property
    def written(self) -> int:
        """When the run was written down last, in nanoseconds: another moment is another run."""
        return (self.path / RUN_FILE).stat().st_mtime_ns

    def write(self, ref: str, part: bytes) -> None:
        _write(self.part(ref), part)

    def drop(self, ref: str) -> None:
        """Takes a member out, with nothing left."""
        shutil.rmtree(self.part(ref).parent, ignore_errors=True)

    def delete(self) -> None:
        """Deletes the folder: scores, names and all."""
        shutil.rmtree(self.path)

    def save(self) -> None:
        told = asdict(self)
        del told["path"]
        _write(self.path / RUN_FILE, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode())


def default_folder(team: Path) -> Path:
    """Where a run over a team's folder is kept: in the user's data folder, under a name that tells nothing."""
    return _runs() / Entry(str(team.resolve()), team).ref


def latest() -> Path | None:
    """The run of those kept there that ended last."""
    found = [path for path in _runs().glob(f"*/{RUN_FILE}") if path.is_file()]
    return max(found, key=lambda path: path.stat().st_mtime).parent if found else None


def _runs() -> Path:
    return default_path().parent / "teams"


def run(
    team: Path,
    out: Path,
    day: tuple[date | None, date],
    engine: Callable[[int], AbstractContextManager[Any]],
    patience: float = PATIENCE_SECONDS,
    progress: Progress | None = None,
) -> RunFolder:
    """Audits the members of a folder into the folder of a run, and says who is missing.

    `day`: as of when (None: each export's own last day), and today. `engine`: opens a client of Dask for so many
    audits; not asked for where there is no export. Whose export is unchanged is not audited again; whose file is gone
    is taken out. Raises InputError or UsageError for folders that make no sense.
    """
    entries, strange = members.found(team)
    place = _begun(out, entries)
    missing = [Missing(name, "this is neither a folder, a ZIP nor a contribution") for name in strange]
    exports = [entry for entry in entries if not entry.contributed]
    missing += _copied(place, [entry for entry in entries if entry.contributed])
    if exports:
        with engine(len(exports)) as client:
            missing += _audited(place, exports, day, (client, patience, progress))
    missing += _once(place)
    ended = RunFolder(out, place.names, tuple(sorted(missing, key=lambda one: (one.member, one.reason))), finished=True)
    ended.save()
    return ended


def _begun(out: Path, entries: Sequence[Entry]) -> RunFolder:
    """The folder, marked as ours, without whoever is no longer in the team's."""
    if out.exists() and not (out / RUN_FILE).exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} holds other things; name a folder that is empty, new, or of an earlier run")
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = RunFolder(out, {entry.ref: entry.name for entry in entries})
    for ref in set(place.refs) - set(place.names):
        place.drop(ref)
    place.save()
    return place


def _audited(
    place: RunFolder, entries: Sequence[Entry], day: tuple[date | None, date], how: tuple[Any, float, Progress | None]
) -> list[Missing]:
    """Writes the scores of exports as they come; who has none."""
    client, patience, progress = how
    jobs = [Job(n, entry.path.resolve(), *day, _known(place, entry.ref)) for n, entry in enumerate(entries, 1)]
    missing = []
    for done, (job, outcome) in enumerate(cluster.outcomes(client, jobs, patience), 1):
        entry = entries[job.number - 1]
        if outcome.part:
            place.write(entry.ref, outcome.part)
        elif outcome.problem:
            place.drop(entry.ref)
            missing.append(Missing(entry.name, outcome.problem))
        if progress:
            progress(done, len(jobs))
    return missing


def _known(place: RunFolder, ref: str) -> Facts | None:
    """What an earlier run knows of a member; nothing where its file is damaged."""
    try:
        return facts_of(place.part(ref))
    except (AuditorError, OSError, ValueError):
        return None


def _copied(place: RunFolder, entries: Iterable[Entry]) -> list[Missing]:
    """Takes over contributions that are sound and made with one team key: that of most."""
    missing, read = [], {}
    for entry in entries:
        try:
            read[entry] = Scores.unpacked(entry.path, entry.name)
        except InputError as error:
            missing.append(Missing(entry.name, error.problem))
    keys = [scores.facts.team_key for scores in read.values() if scores.facts.team_key]
    usual = min(set(keys), key=lambda key: (-keys.count(key), key), default=None)
    for entry, scores in read.items():
        if scores.facts.team_key is None:
            missing.append(Missing(entry.name, f"this has names in it, and is no contribution. {AGAIN}"))
        elif scores.facts.team_key == usual:
            place.write(entry.ref, scores.packed())
        else:
            missing.append(
                Missing(entry.name, "it was made with another team key than most; make it again with theirs")
            )
    for one in missing:
        place.drop(Entry(one.member, Path(one.member)).ref)
    return missing


def _once(place: RunFolder) -> list[Missing]:
    """Takes out all but the latest export of each person who is there twice."""
    told = [(ref, facts_of(place.part(ref))) for ref in place.refs]
    told.sort(key=lambda one: (one[1].as_of, place.names[one[0]]), reverse=True)
    taken: dict[str, str] = {}
    missing = []
    for ref, facts in told:
        profiles = [key for key in facts.profiles if key.startswith((PROFILE, MARK))]
        twin = next((taken[key] for key in profiles if key in taken), None)
        if twin:
            place.drop(ref)
            missing.append(
                Missing(place.names[ref], f"the same person's as {twin}. Keep one, or both in one sub-folder")
            )
        else:
            taken.update(dict.fromkeys(profiles, place.names[ref]))
    return missing


def _write(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    fresh.write_bytes(content)
    fresh.replace(path)
