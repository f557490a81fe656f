"""`auditor team`: many members' exports, audited one by one, and what they know together."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from auditor.cli_given import AS_OF, JSON

_KEY = click.option(
    "--key-file", "key", type=click.Path(path_type=Path, dir_okay=False), help="The team key; see auditor team key."
)


class _Team(click.Group):
    """A group whose first argument is a folder, unless it is the name of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = not args or args[0] in (*self.commands, *ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["audit", *args])


@click.group(cls=_Team, subcommand_metavar="FOLDER [OPTIONS] | COMMAND", no_args_is_help=True)
def team() -> None:
    """Audit a team: one member for each sub-folder or ZIP of FOLDER.

    `auditor team FOLDER` is `auditor team audit FOLDER`, whose options its --help lists. Who would rather not hand
    in an export hands in scores under hashes: `auditor team contribute`.
    """


@team.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--to", "asked", metavar="WHO", help="A person or a company: who is closest, and the warmest path.")
@AS_OF
@JSON
@click.option("--scheduler", metavar="tcp://…", help="A scheduler of Dask (default: a cluster on this machine).")
@click.option("--workers", type=click.IntRange(1), help="Processes on this machine (default: one a core).")
@click.option(
    "--patience", type=click.FloatRange(0, min_open=True), default=600, show_default=True, metavar="SECONDS",
    help="How long one member may take before the run goes on without.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the run, which the next run resumes (default: one in your data folder).",
)  # fmt: skip
@_KEY
def audit(
    folder: Path,
    asked: str | None,
    as_of: datetime | None,
    as_json: bool,
    scheduler: str | None,
    workers: int | None,
    patience: float,
    out: Path | None,
    key: Path | None,
) -> None:
    """Audit everybody in FOLDER, and say who is closest to whom.

    Each member counts against 150, and the team's network is the union. It needs pip install "auditor[team]".
    """
    if scheduler and workers:
        raise click.UsageError("--workers goes without --scheduler: the workers of a scheduler are its own")
    from auditor import team as teams
    from auditor.team import cluster
    from auditor.team.runs import default_folder, run

    secret = teams.Secret.of_file(key) if key else None
    place = out or default_folder(folder)
    day = (as_of.date() if as_of else None, datetime.now(UTC).date())
    engine = partial(cluster.engine, scheduler=scheduler, workers=workers, tell=partial(click.echo, err=True))
    union = teams.joined(run(folder, place, day, engine, patience, _progress))
    answer = teams.ask(union, asked, secret) if asked else None
    show = teams.to_json if as_json else teams.to_text
    click.echo(show(union, teams.report(union), answer))
    click.echo(f"The scores are in {place}; the page Team of the app shows them.", err=True)


def _progress(done: int, of: int) -> None:
    if done == of or done % max(1, of // 20) == 0:
        click.echo(f"{done:,} of {of:,} members", err=True)


@team.command()
@click.argument("export", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The contribution: a .parquet."
)
@AS_OF
@_KEY
def contribute(export: Path, out: Path, as_of: datetime | None, key: Path | None) -> None:
    """Turn your EXPORT into scores under hashes, to give to a team.

    Everybody in it is a hash under the team key, which whoever joins the scores must not have. Deleting the file from
    the team's folder withdraws you at its next run.
    """
    if key is None:
        raise click.UsageError("--key-file is missing: the file with the team key, which auditor team key KEY makes")
    if out.suffix.lower() != ".parquet":
        raise click.BadParameter("a contribution ends with .parquet", param_hint="--out")
    from auditor.team import Secret, contribution
    from auditor.team.scores import measure

    secret = Secret.of_file(key)
    scores = measure(export, as_of.date() if as_of else None, datetime.now(UTC).date())
    out.write_bytes(contribution(scores, secret).packed())
    click.echo(f"{scores.ties.num_rows:,} ties, all under hashes, are in {out}", err=True)


@team.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def key(file: Path) -> None:
    """Make a team key in the new FILE, for members alone."""
    from auditor.team import secret

    secret.make(file)
    click.echo(f"The team key is in {file}. Give it to members, and not to whoever joins the scores.", err=True)
