"""The `auditor` command. Everything heavy is imported inside the commands, so that `--help` is instant."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli_given import AS_OF, FILES, JSON, given
from auditor.cli_store import STORE, store
from auditor.cli_team import team
from auditor.cli_week import watch, week
from auditor.errors import AuditorError, UsageError
from auditor.literal import spelled_out, visible
from auditor.mishap import leave_no_core, told

if TYPE_CHECKING:
    from auditor.audit import Audit


class _Commands(click.Group):
    """A group whose commands show every error as one line, an unforeseen one without its own words, and which opens the
    app without a command.
    """

    def invoke(self, ctx: click.Context) -> Any:
        leave_no_core()
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except AuditorError as error:
            raise click.ClickException(_lines(str(error))) from error
        except OSError as error:
            place = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            raise click.ClickException(_lines(f"{place}. Nothing was written there; choose another place.")) from error
        except Exception as error:
            raise click.ClickException(told(error)) from error


def _lines(error: str) -> str:
    """An error as a terminal may show it, line by line: files and what stands in them can be called anything."""
    return "\n".join(map(visible, error.split("\n")))


@click.group(cls=_Commands, invoke_without_command=True)
@click.version_option(package_name="auditor")
@click.pass_context
def main(ctx: click.Context) -> None:
    """The truth about your network: which of your connections are relationships.

    Everything is computed on this machine; nothing is sent anywhere.

    AUDITOR_LIMITS=unpacked=8GB,ratio=500 changes how much a ZIP may hold: see Limits in README.md.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(app)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Where to listen.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser window.")
def app(files: tuple[Path, ...] = (), port: int = 8501, no_browser: bool = False) -> None:
    """Open the app in the browser, bound to this machine only."""
    from auditor.ui import server

    server.run(files, port=port, browser=not no_browser)


@main.command()
@FILES
@STORE
@AS_OF
@JSON
@click.option("--ties", type=click.Path(path_type=Path, dir_okay=False), help="Write every connection to this CSV.")
@click.option("--graph", type=click.Path(path_type=Path, dir_okay=False), help="Write the network as GraphML (Gephi).")
def audit(
    files: tuple[Path, ...],
    place: Path | None,
    as_of: datetime | None,
    as_json: bool,
    ties: Path | None,
    graph: Path | None,
) -> None:
    """Audit an export: FILES are a ZIP, a folder, or single files such as Connections.csv and messages.csv.

    Without FILES, what the store holds is audited, with what you said of people.
    """
    from auditor import deliver, habits
    from auditor.audit import audit as audited

    asked = given(files, place, as_of)
    result = audited(*asked)
    if ties:
        deliver.ties_csv(result.connections, ties)
    if graph:
        deliver.graphml(result, graph)
    if as_json:
        log = habits.Log.of(asked.records, result)
        click.echo(deliver.to_json(result, habits=habits.plain(log, habits.habits(log))))
    else:
        click.echo(deliver.text(result))


@main.command()
@FILES
@STORE
@AS_OF
@click.option("--kind", "kinds", multiple=True, help="Only this kind of tie (may be given again); see the glossary.")
@click.option("--depth-below", type=click.FloatRange(0, 100), help="Only ties with less depth than this.")
@click.option("--csv", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write them to this CSV.")
@JSON
def shallow(
    files: tuple[Path, ...],
    place: Path | None,
    as_of: datetime | None,
    kinds: tuple[str, ...],
    depth_below: float | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """List the shallow connections, each with its reason."""
    from auditor import deliver
    from auditor.filters import TieFilter, shallow
    from auditor.kinds import KINDS

    unknown = set(kinds) - {kind.name for kind in KINDS}
    if unknown:
        raise click.BadParameter(
            f"{', '.join(sorted(unknown))}; the kinds are {', '.join(k.name for k in KINDS)}", param_hint="--kind"
        )
    connections = _audited(files, place, as_of).connections
    chosen = connections if kinds or depth_below is not None else shallow(connections)
    chosen = TieFilter(kinds=kinds, depth_below=depth_below).apply(chosen)
    if out:
        deliver.ties_csv(chosen, out)
        click.echo(f"{len(chosen)} of {len(connections)} connections written to {out}", err=True)
    elif as_json:
        click.echo(spelled_out(deliver.tie_table(chosen).to_json(orient="records", force_ascii=False, indent=2)))
    else:
        click.echo(deliver.listing(chosen, len(connections)))


@main.command()
@click.argument("name")
@FILES
@STORE
@AS_OF
@JSON
def why(name: str, files: tuple[Path, ...], place: Path | None, as_of: datetime | None, as_json: bool) -> None:
    """Explain one tie: NAME is a person, typos allowed, or a profile address; FILES are as for audit."""
    from auditor import explanation

    result = _audited(files, place, as_of)
    humans = explanation.find(result, name)
    if len(humans) != 1:
        raise UsageError(explanation.ambiguous(result, humans))
    found = explanation.explain(result, humans[0])
    click.echo(explanation.to_json(found) if as_json else explanation.to_text(found))


@main.command()
@FILES
@AS_OF
@JSON
@STORE
def history(files: tuple[Path, ...], as_of: datetime | None, as_json: bool, place: Path | None) -> None:
    """Size and depth of the network, week by week, as far back as the files reach.

    Every number of a past week is that of an audit as of it.
    """
    from auditor import history as histories

    found = histories.rebuild(*given(files, place, as_of))
    click.echo(histories.to_json(found) if as_json else histories.to_text(found))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def sample(folder: Path) -> None:
    """Write the fictional sample export to the new FOLDER."""
    from auditor import sample as sample_export

    written = sample_export.write(folder)
    click.echo(f"The sample export of a fictional person is in {written}. Try: auditor audit {written}")


@main.command()
@click.argument("events", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Write the depths to this CSV."
)
@click.option(
    "--as-of", help="Nothing later exists: a day, or a time in ISO 8601 or Unix seconds (default: the last event)."
)
@click.option("--since", help="The history starts here (default: with the first event).")
def depth(events: Path, out: Path, as_of: str | None, since: str | None) -> None:
    """Score any log of interactions: EVENTS.csv with the columns ego, person, at, direction.

    Optional columns are channel, others, seconds, words and questions. One row comes out for each tie of each ego.
    """
    from auditor import depth as depths
    from auditor.sources import event_log
    from auditor.spreadsheet import harmless

    log = event_log.read(events)
    start = event_log.boundary(since, last=False) if since else None
    end = event_log.boundary(as_of, last=True) if as_of else None
    scored = depths.of_events(log, end or log["at"].max(), start).ties
    harmless(scored, telephones=True).to_csv(out, index=False, lineterminator="\n", float_format="%.10g")
    click.echo(f"{len(scored):,} ties of {scored['ego'].nunique():,} egos written to {out}", err=True)


@main.command()
@click.option("--data", type=click.Path(path_type=Path), help="The labelled data (default: ../shared/labelled).")
@JSON
@click.option("--markdown", is_flag=True, help="Print the section of the README.")
@click.option("--fit", is_flag=True, help="Show where the numbers of depth come from; this takes a minute or two.")
def validate(data: Path | None, as_json: bool, markdown: bool, fit: bool) -> None:
    """Re-make the table of accuracy: depth against every simple rival, on real labelled data."""
    from auditor import validation
    from auditor.validation import fit_table, loaders, table

    if markdown and (as_json or fit):
        raise click.UsageError("--markdown goes with neither --json nor --fit")
    folder = data or loaders.default_folder()
    if fit:
        show_fit = fit_table.as_json if as_json else fit_table.text
        click.echo(show_fit(*validation.fitted(folder)))
    else:
        show = table.as_json if as_json else table.markdown if markdown else table.text
        click.echo(show(validation.run(folder)))


def _audited(files: tuple[Path, ...], place: Path | None, as_of: datetime | None) -> Audit:
    """The audit of files, or, without any, of the store."""
    from auditor.audit import audit

    return audit(*given(files, place, as_of))


for command in (store, week, watch, team):
    main.add_command(command)

if __name__ == "__main__":
    main()
