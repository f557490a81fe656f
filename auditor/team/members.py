"""Who is in the team's folder: one member per sub-folder, ZIP or contribution."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from auditor.errors import InputError, UsageError

RUN_FILE = "auditor-team.json"
"""What marks the folder of a run, which is no member."""

HOW = "Put one sub-folder or ZIP for each member into it: the export as LinkedIn gives it, calendars and calls beside."


@dataclass(frozen=True, slots=True)
class Entry:
    """What a member handed in: its name in the team's folder, and where it lies."""

    name: str
    path: Path

    @property
    def ref(self) -> str:
        """A short name that is the same in every run and tells nobody who it is; ten letters and digits."""
        return blake2b(self.name.encode(), digest_size=5, person=b"auditor-team").hexdigest()

    @property
    def contributed(self) -> bool:
        """Whether this is scores that a member computed, and no export."""
        return self.path.suffix.lower() == ".parquet"


def found(folder: Path) -> tuple[list[Entry], list[str]]:
    """The members in a team's folder, by name, and the names of what is neither folder, ZIP nor contribution.

    Hidden files and folders of runs are left out. Raises InputError where there is no folder, UsageError where there is
    nobody in it.
    """
    if not folder.is_dir():
        raise InputError(str(folder), f"there is no such folder. {HOW}")
    things = sorted(path for path in folder.iterdir() if path.name[0] != "." and not (path / RUN_FILE).exists())
    members = [
        Entry(path.name, path) for path in things if path.is_dir() or path.suffix.lower() in (".zip", ".parquet")
    ]
    if not members:
        raise UsageError(f"{folder}: nobody's export is in this folder. {HOW}")
    if len({member.contributed for member in members}) > 1:
        raise UsageError(
            f"{folder}: exports and contributions do not mix, since a hash meets no name. Keep them in two folders, or "
            "turn the exports into contributions: auditor team contribute EXPORT --key-file KEY --out MEMBER.parquet"
        )
    return members, sorted(path.name for path in things if path.name not in {member.name for member in members})
