"""One member's audit as a task on some worker. What it shows of itself in logs and on a dashboard is a number."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from traceback import walk_tb
from types import FrameType

from auditor.calibration import model
from auditor.errors import AuditorError, InputError
from auditor.importing import digest
from auditor.team.scores import Facts, measure


@dataclass(frozen=True, slots=True)
class Job:
    """A member to audit: the number that stands for it, the export as the worker finds it, and what is known of it from
    an earlier run.
    """

    number: int
    path: Path = field(repr=False)
    as_of: date | None
    today: date
    known: Facts | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job: the member's file (scores.Scores.packed), nothing where it is what it was, or why not."""

    part: bytes | None = field(default=None, repr=False)
    problem: str | None = field(default=None, repr=False)


class UnforeseenError(Exception):
    """A fault in the program: which kind, and where; never what the data was, for this is what a worker logs."""


def work(job: Job) -> Done:
    """Audits a member, unless nothing changed.

    The file is returned, and the coordinator writes it: some hundred kilobytes a member, and then a worker need not be
    able to write anywhere, and a member is in the run's folder whole or not at all. An export that cannot be audited is
    an answer; anything else that goes wrong is raised, so that Dask tries again.
    """
    try:
        fingerprint = digest([job.path])
        version = str(model()["version"])
        if job.known and job.known.current(fingerprint, job.as_of, job.today, version):
            return Done()
        return Done(part=measure(job.path, job.as_of, job.today, fingerprint).packed())
    except InputError as error:
        return Done(problem=error.problem if error.file == str(job.path) else str(error))
    except AuditorError as error:
        return Done(problem=str(error))
    except Exception as error:  # noqa: BLE001 (its words may be somebody's)
        raise UnforeseenError(_place(error)) from None


def _place(error: Exception) -> str:
    """The kind of an error, and the line of ours that met it."""
    ours = [(frame, line) for frame, line in walk_tb(error.__traceback__) if f"{os.sep}auditor{os.sep}" in _file(frame)]
    frame, line = ours[-1]
    return f"{type(error).__name__} at {Path(_file(frame)).name}:{line}"


def _file(frame: FrameType) -> str:
    return frame.f_code.co_filename
