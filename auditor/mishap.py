"""When auditor itself fails: what is said of it, and what is left behind, without a word of anybody's data."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def place(error: BaseException) -> str:
    """The kind of an error and where it arose; never its text, which may hold a name."""
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    where = f" in {Path(at.tb_frame.f_code.co_filename).name}, line {at.tb_lineno}" if at else ""
    return f"{type(error).__name__}{where}"


def told(error: BaseException) -> str:
    """An unforeseen error in a sentence that can be reported as it stands."""
    return (
        f"{place(error)}: this is a mistake in auditor, not in your files. "
        "The words before the colon hold no data of yours, so you can report them as they stand."
    )


def leave_no_core() -> None:
    """Lets the system write no file of this process's memory, should it crash; where there are none, nothing."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 (only Unix has it)

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
