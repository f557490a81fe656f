"""`auditor week` and `auditor watch`: a week as text, JSON, page or reminders, and a folder watched for its export."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli_given import FILES, JSON, Given, given, of_store
from auditor.cli_store import STORE
from auditor.literal import visible

if TYPE_CHECKING:
    from auditor.changes import Changes
    from auditor.records import Records
    from auditor.weekly import WeeklyReport


@click.command()
@FILES
@click.option(
    "--week", "iso_week", metavar="2026-W46", help="The ISO week (default: that of the last day in the data)."
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the files were made: nothing later is known (default: the last day in the data).",
)
@click.option("--before", type=click.Path(path_type=Path), help="An older export: say what changed on your list since.")
@JSON
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write one self-contained page to print.")
@click.option("--ics", type=click.Path(path_type=Path, dir_okay=False), help="Write reminders for the actions.")
@STORE
def week(
    files: tuple[Path, ...],
    iso_week: str | None,
    as_of: datetime | None,
    before: Path | None,
    as_json: bool,
    html: Path | None,
    ics: Path | None,
    place: Path | None,
) -> None:
    """Report a week: deeper or only bigger, who moved, who waits.

    Three things worth doing come first, each with its reason. FILES are as for audit; without any it is what the store
    holds, with what changed between its last two exports.
    """
    from auditor import letter

    asked = given(files, place, as_of)
    report = _reported(asked, iso_week, _since(before, asked.records) if before else None if files else _kept(place))
    if html:
        html.write_text(_page(asked, report), encoding="utf-8")
    if ics:
        ics.write_bytes(letter.ics(report))
    click.echo(letter.to_json(report) if as_json else letter.text(report))


def _reported(given: Given, iso_week: str | None, changed: Changes | None) -> WeeklyReport:
    from auditor.weekly import weekly_report

    return weekly_report(given.records, iso_week, given.marks, given.personal, changed, given.day)


def _page(given: Given, report: WeeklyReport) -> str:
    """The letter with the trend up to its week."""
    from auditor import history, letter

    return letter.html(report, history.rebuild(*given).weeks)


def _since(before: Path, now: Records) -> Changes:
    """What changed on the connection list since an older export."""
    from auditor.audit import last_day
    from auditor.changes import changes
    from auditor.sources import read

    older = read([before])
    return changes(older.people, now.people, last_day(older), last_day(now))


def _kept(place: Path | None) -> Changes | None:
    """What changed between the last two exports in the store."""
    from auditor.changes import of_store
    from auditor.store import Store

    with Store.open(place) as kept:
        return of_store(kept)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--html-to", type=click.Path(path_type=Path, file_okay=False), help="Where the reports go (default: FOLDER)."
)
@click.option("--once", is_flag=True, help="Handle what is there now, and end: for cron and the Task Scheduler.")
@STORE
def watch(folder: Path, html_to: Path | None, once: bool, place: Path | None) -> None:
    """Watch FOLDER: keep each new export, and report its week.

    Only ZIPs are looked into, and only once they are whole. Files go into the store as by `auditor store import`.
    """
    import pandas as pd

    from auditor import watch as watching

    def report(export: Path) -> tuple[WeeklyReport, str]:
        """The week of everything that is kept, this export too."""
        from auditor import snapshots
        from auditor.audit import audit
        from auditor.importing import import_files
        from auditor.store import Store

        with Store.open(place) as kept:
            import_files(kept, [export], kept.moment(pd.Timestamp(datetime.now(UTC))))
        asked = of_store(place, None)
        with Store.open(place) as kept:
            snapshots.take(kept, audit(*asked))
        found = _reported(asked, None, _kept(place))
        return found, _page(asked, found)

    def say(told: str) -> None:
        click.echo(visible(told))

    handle = watching.reporter(html_to or folder, report)
    if due := watching.reminder(folder, datetime.now(UTC).date()):
        say(due)
    if once:
        if not watching.once(folder, handle, say) and not due:
            say(watching.nothing_new(folder))
    else:
        click.echo(f"Watching {folder}. Stop it with Ctrl+C.", err=True)
        watching.watch(folder, handle, say)
