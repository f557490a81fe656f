"""The fictional sample export that ships with the program."""

from __future__ import annotations

import shutil
from pathlib import Path

from auditor.errors import InputError

NAME = "alex_morgan"
CHANNELS = "alex_morgan_channels"
"""The same fictional person's calendar, calls and address book."""


def folder(name: str = NAME) -> Path:
    """Where the sample lies: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    for place in (package / "sample_exports" / name, package.parent / "sample_exports" / name):
        if place.is_dir():
            return place
    raise InputError(name, "the sample export is not part of this installation; install the program again")


def write(target: Path) -> Path:
    """Copies the sample to the new folder `target`, which must be empty or not there yet."""
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise InputError(str(target), "this is a file or a folder that is not empty; name a new folder")
    return Path(shutil.copytree(folder(), target, dirs_exist_ok=True))
