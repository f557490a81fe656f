"""`auditor store …`: what is kept, how it gets in, out, back and away."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.errors import StoreError, UsageError
from auditor.literal import to_json, visible

if TYPE_CHECKING:
    import pandas as pd

    from auditor.store import Added

STORE = click.option(
    "--store",
    "place",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The store (default: the file that AUDITOR_STORE names, else one in your data folder).",
)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def store() -> None:
    """Keep what you import: list it, take it elsewhere, forget it.

    The store is one file on this machine that only you can read. Texts of messages are never in it.
    """


@store.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@STORE
def import_(files: tuple[Path, ...], place: Path | None) -> None:
    """Keep what FILES hold; the same files again change nothing.

    Each ZIP and each folder is an import of its own, all other files are one together.
    """
    import pandas as pd

    from auditor.importing import import_files
    from auditor.store import Store

    with Store.open(place) as kept:
        for added in import_files(kept, files, kept.moment(pd.Timestamp(datetime.now(UTC))), progress()):
            click.echo(_told(added))


def _told(added: Added) -> str:
    if added.before is not None and not added.changed:
        return f"{visible(added.label)}: already imported on {added.before:%Y-%m-%d}, nothing changed"
    what = [f"{n:,} {what}" for n, what in ((added.people, "people"), (added.interactions, "interactions")) if n]
    news = f"{' and '.join(what)} are new" if what else "nothing in it is new"
    again = " (read again, otherwise than before)" if added.before is not None else ""
    return f"{visible(added.label)}: {news}{again}; this is import {added.id}"


@store.command("list")
@STORE
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(place: Path | None, as_json: bool) -> None:
    """List the imports, and count what else is kept."""
    from auditor.store import Store

    with Store.open(_there(place)) as kept:
        imports, counts, size = kept.imports(), kept.counts(), kept.path.stat().st_size
    if as_json:
        import json

        rows = json.loads(imports.to_json(orient="records", date_format="iso", date_unit="us"))
        told = {"store": str(kept.path), "bytes": size, "imports": rows, "counts": counts}
        click.echo(to_json(told))
    else:
        click.echo(f"{kept.path} · {_humanised(size)}")
        click.echo(_listing(imports) if len(imports) else "No import yet: auditor store import FILE")
        click.echo(_kept(counts))


def _listing(imports: pd.DataFrame) -> str:
    rows: Any = imports.itertuples()
    head = ("import", "on", "reaches to", "people", "connections", "interactions", "only here", "files")
    lines: list[tuple[str, ...]] = [head]
    for row in rows:
        reaches = "–" if row.taken != row.taken else f"{row.taken:%Y-%m-%d}"
        counts = (f"{n:,}" for n in (row.people, row.connections, row.interactions, row.alone))
        lines.append((str(row.id), f"{row.at:%Y-%m-%d}", reaches, *counts, visible(row.label)))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in (1, 2, 7) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _kept(counts: dict[str, int]) -> str:
    what = {"ratings": "ratings", "labels": "labels", "notes": "notes", "decisions": "decisions on who is who"}
    what |= {"snapshots": "weeks of snapshots", "forgotten": "mentions to be forgotten"}
    return "Also kept: " + ", ".join(f"{counts[name]:,} {words}" for name, words in what.items())


def _humanised(size: float) -> str:
    """A number of bytes in words.

    >>> _humanised(999), _humanised(57_102_336)
    ('999 bytes', '57.1 MB')
    """
    units = ["bytes", "kB", "MB", "GB"]
    while size >= 1000 and len(units) > 1:
        size /= 1000
        del units[0]
    return f"{size:.{0 if units[0] == 'bytes' else 1}f} {units[0]}"


@store.command()
@click.argument("path", metavar="ZIP", type=_FILE)
@STORE
def export(path: Path, place: Path | None) -> None:
    """Write everything that is kept to a ZIP of CSV files, one a table."""
    from auditor.store import Store

    with Store.open(_there(place)) as kept:
        kept.export(path)
    click.echo(f"{path}: {_humanised(path.stat().st_size)}; auditor store restore {path} gives the same store back")


@store.command()
@click.argument("path", metavar="ZIP", type=_FILE)
@STORE
@click.option("--replace", is_flag=True, help="Put it in place of what is kept, instead of refusing.")
def restore(path: Path, place: Path | None, replace: bool) -> None:
    """Fill the store with an export of a store."""
    from auditor.store import Store

    with Store.open(place) as kept:
        kept.restore(path, replace=replace)
        counts = kept.counts()
    click.echo(f"{counts['imports']:,} imports with {counts['interactions']:,} interactions are back in {kept.path}")


@store.command()
@STORE
@click.option("--import", "number", type=int, help="Forget this import, by its number in the list.")
@click.option("--person", help="Forget a person: a name, a profile address, or a key such as email:ann@example.com.")
@click.option("--all", "everything", is_flag=True, help="Forget everything, what you said of people included.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(place: Path | None, number: int | None, person: str | None, everything: bool, yes: bool) -> None:
    """Forget one import, one person, or everything.

    An import takes away what no other import holds; what you said of people stays. A person does not come back with
    later imports.
    """
    from auditor.store import Store

    if sum((number is not None, person is not None, everything)) != 1:
        raise click.UsageError("say what to forget: --import NUMBER, --person WHO or --all")
    with Store.open(_there(place)) as kept:
        if number is not None:
            _sure(f"Forget import {number}?", yes)
            kept.forget_import(number)
            click.echo(f"Import {number} is forgotten")
        elif person is not None:
            mentions = _mentions(kept, person)
            _sure(f"Forget {', '.join(map(visible, mentions))}, for good?", yes)
            click.echo(f"Forgotten: {kept.forget_person(*mentions):,} rows. No later import brings them back")
        else:
            _sure("Forget everything, your ratings and notes included?", yes)
            kept.forget_all()
            click.echo(f"{kept.path} is empty")


def _mentions(kept: Any, person: str) -> list[str]:
    """The mention keys of the human that is meant; UsageError where there is none, or more than one."""
    from auditor.identity import resolve
    from auditor.mentions import fold, linkedin_key

    records = kept.records()
    human = resolve(records, kept.decisions()).human
    people = records.people
    key = person if person in human.index else linkedin_key(person) or person
    named = set(people.loc[people["name"].fillna("").map(fold) == fold(person), "person"]) if fold(person) else set()
    found = {human[key]} if key in human.index else set(human[human.index.isin(named)])
    if len(found) > 1:
        raise UsageError(f"{len(found)} people go by that name; take one of the keys {', '.join(sorted(found))}")
    if not found:
        raise UsageError("Nobody in the store goes by that name, address or key.")
    return sorted(map(str, human.index[human == found.pop()]))


def _sure(question: str, yes: bool) -> None:
    if not yes:
        click.confirm(question, abort=True, err=True)


@store.command()
@STORE
def verify(place: Path | None) -> None:
    """Check that the store is whole; exit status 1 where it is not."""
    from auditor.store import Store
    from auditor.store.copies import REPAIR

    with Store.open(_there(place)) as kept:
        verdict = kept.verify()
    if verdict.problems:
        raise StoreError(f"{kept.path} is damaged: {'; '.join(verdict.problems)}. {REPAIR}")
    counts = ", ".join(f"{n:,} {what}" for what, n in verdict.counts.items() if n)
    click.echo(f"{kept.path} is whole (version {verdict.version}): {counts or 'empty'}")


@store.command()
@STORE
def repair(place: Path | None) -> None:
    """Bring back what can be read of a damaged store; one that is whole is left as it is.

    The damaged file is moved beside it. What cannot be read is taken from the copy of the last week or update, and what
    is lost for good is said.
    """
    import pandas as pd

    from auditor.store import default_path
    from auditor.store.copies import beside
    from auditor.store.repairing import repair as repaired

    path = place or default_path()
    for line in repaired(path if beside(path) else _there(path), pd.Timestamp(datetime.now(UTC))).told(path):
        click.echo(line)


def _there(place: Path | None) -> Path:
    """Where the store is; UsageError where there is none, since none is made only to be looked at."""
    from auditor.store import default_path

    path = place or default_path()
    if not path.exists():
        raise UsageError(f"There is no store at {path} yet: `auditor store import FILE` makes it.")
    return path


def progress() -> Callable[[str, float], None] | None:
    """What shows the progress of reading on a terminal; None where there is none."""
    return _progress if sys.stderr.isatty() else None


def _progress(what: str, share: float) -> None:
    click.echo(f"\r\033[K{share:4.0%} {visible(what)}" if share < 1 else "\r\033[K", nl=False, err=True)
