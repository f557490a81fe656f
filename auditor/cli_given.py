"""What a command works on: the files it is given, or, without any, the store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from auditor.cli_store import progress

if TYPE_CHECKING:
    from auditor.marks import Marks, Personal
    from auditor.records import Records

FILES = click.argument("files", nargs=-1, type=click.Path(path_type=Path))
AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Audit as if it were this day (default: the last day in the data).",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Given(NamedTuple):
    """What a command works on: the records, the day to look at them, and what the owner said."""

    records: Records
    day: date
    marks: Marks
    personal: Personal | None = None


def given(files: tuple[Path, ...], place: Path | None, as_of: datetime | None) -> Given:
    """What stands in files, or, without any, in the store."""
    if not files:
        return of_store(place, as_of)
    if place:
        raise click.UsageError("--store goes without FILES: with them the store is not read")
    from auditor.marks import Marks
    from auditor.sources import read

    records = read(files, progress())
    return Given(records, _day(records, as_of), Marks())


def of_store(place: Path | None, as_of: datetime | None) -> Given:
    from auditor.audit import audit
    from auditor.marks import Marks, of_humans
    from auditor.ratings import refit
    from auditor.store import Store, default_path

    path = place or default_path()
    if not path.exists():
        raise click.UsageError(_empty(path))
    with Store.open(path) as kept:
        if kept.imports().empty:
            raise click.UsageError(_empty(path))
        records, marks = kept.records(), kept.marks()
    day = _day(records, as_of)
    if marks.ratings.empty:
        return Given(records, day, marks)
    now = audit(records, day, Marks(decisions=marks.decisions))
    fitted = refit(records, now, of_humans(marks.ratings, now.human))
    return Given(records, day, marks, fitted.personal if fitted.better else None)


def _empty(path: Path) -> str:
    return (
        f"No FILE is named, and nothing is kept in {path}. Name the export, or keep it once and for all: "
        "auditor store import FILE"
    )


def _day(records: Records, as_of: datetime | None) -> date:
    """The day to look at: the last that the records know of, though none that is still to come."""
    from auditor.audit import last_day

    today = datetime.now(UTC).date()
    return as_of.date() if as_of else min(today, last_day(records, default=today).date())
