"""Every error a user can meet. Each message says what is wrong, where, and what to do about it."""

from __future__ import annotations

from auditor.literal import visible

EXCEL = "an Excel workbook"


class AuditorError(Exception):
    """The base of every error that is shown to the user as one line."""


class InputError(AuditorError):
    """A file that cannot be read at all: which one, where in it, and what to do."""

    def __init__(self, file: str, problem: str, line: int | None = None) -> None:
        self.file, self.problem, self.line = file, problem, line
        place = f"{visible(file)}, line {line}" if line else visible(file)
        super().__init__(f"{place}: {problem}")


class NotAnExportError(InputError):
    """A file that is no export: what it looks like instead, and how to get the right one.

    `table`: it is, or holds, a table of unknown columns, so the owner can say what they are: `sources.tables` shows
    them, `sources.read` takes the `choices`.
    """

    SAVE = "In Excel, save it as “CSV UTF-8”, and take that file."
    HOW = (
        "Get the right file on a computer (not on the phone): linkedin.com → Me → Settings & Privacy → Data privacy → "
        "Get a copy of your data → Request archive. A mail with the link comes within minutes to 24 hours; "
        "the download stays open for 72 hours."
    )

    def __init__(self, file: str, looks_like: str, *, table: bool = False) -> None:
        self.table = table
        how = f"this looks like {looks_like}, not like an export. {self.HOW}"
        super().__init__(file, f"this is {EXCEL}. {self.SAVE}" if looks_like == EXCEL else how)


class LimitError(InputError):
    """A file that holds, or would unpack to, more than the limits allow (limits.py)."""


class RecordsError(AuditorError):
    """A table that breaks the contract of `records.py`: a mistake of a source, not of the user."""


class UsageError(AuditorError):
    """A request that makes no sense as it stands, with what would."""


class StoreError(AuditorError):
    """A store that cannot be used as it stands: which file, why, and what to do."""
