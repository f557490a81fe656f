"""What a person can upload → Records. One module a kind of file, and one line for it in the registry here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from auditor.errors import InputError, NotAnExportError
from auditor.limits import Limits
from auditor.records import Owner, Records, combine, coverage, validate
from auditor.sources import (
    calendar,
    calls,
    google_contacts,
    imazing,
    interactions_csv,
    list_columns,
    mail,
    other_lists,
    phone_log,
    sms,
    vcard,
)
from auditor.sources.archive import Archive, File, Upload
from auditor.sources.chats import meta, whatsapp, xarchive
from auditor.sources.linkedin import (
    broadcasts,
    connections,
    contacts,
    deny,
    endorsements,
    invitations,
    messages,
    notes,
    owner,
    recommendations,
)
from auditor.sources.linkedin.repeats import without_repeats
from auditor.sources.linkedin.snapshots import unfolded
from auditor.sources.list_columns import ListColumns, Preview
from auditor.sources.mbox import gathered
from auditor.sources.overheard import listening
from auditor.sources.ownership import settle
from auditor.sources.peek import Peek
from auditor.sources.source import Clues, Draft, Source

__all__ = ["Limits", "ListColumns", "Preview", "Upload", "join", "read", "tables", "texts"]

LINKEDIN: Sequence[Source] = (
    connections.SOURCE,
    messages.SOURCE,
    invitations.SOURCE,
    endorsements.SOURCE,
    recommendations.SOURCE,
    notes.SOURCE,
    contacts.SOURCE,
    broadcasts,
    owner.SOURCE,
)
"""The files of LinkedIn's own export: all of one archive were written at one moment."""

REGISTRY: Sequence[Source] = (
    *LINKEDIN,
    calendar,
    google_contacts.SOURCE,
    vcard,
    interactions_csv.SOURCE,
    mail,
    calls,
    sms,
    phone_log.SOURCE,
    imazing.SOURCE,
    whatsapp,
    meta,
    xarchive,
)
"""Every kind of file that can be read. At most one may claim a file."""


def read(
    paths: Sequence[str | Path | Upload],
    progress: Callable[[str, float], None] | None = None,
    limits: Limits | None = None,
    owner: Owner | None = None,
    choices: Mapping[str, ListColumns] | None = None,
) -> Records:
    """The records of all files in `paths`: files, folders, ZIPs, and uploads, of one owner.

    `progress` is told the file at hand and the share of all bytes that is read; what it raises ends the reading, and
    nothing is left of it. `owner`: who is known to be the owner from files read before, since a calendar alone may not
    say whose it is. `limits`: else those of AUDITOR_LIMITS. `choices`: file as the receipt shows it → which column of
    this connection list is which.

    Raises NotAnExportError where nothing is recognised, InputError for a path that does not exist and for a damaged
    file, LimitError for an archive that would unpack to too much, UsageError for a choice of columns there are not, and
    for an AUDITOR_LIMITS that is none.
    """
    with Archive(paths, limits) as archive:
        claimed, receipt = _sorted(_opened(archive), choices or {})
        if not claimed:
            raise _nothing(paths, archive.files, receipt)
        drafts = [(peek.file, source, source.read(peek)) for peek, source in _telling(claimed, progress)]
    return _finished(drafts, receipt, owner)


def texts(
    paths: Sequence[str | Path | Upload],
    progress: Callable[[str, float], None] | None = None,
    owner: Owner | None = None,
    choices: Mapping[str, ListColumns] | None = None,
) -> pd.DataFrame:
    """What was written in the exchanges of `paths`: `person` (mention key), `at`, `channel`, `direction`, `text`.

    The files are read anew; nothing is kept but the table that is given. A message to three people is three rows. Mail
    has no text here, and neither have calls and meetings. It raises what `read` raises.
    """
    with listening() as heard:
        exchanges = read(paths, progress, owner=owner, choices=choices).interactions
    return heard.beside(exchanges)


def tables(paths: Sequence[str | Path | Upload], limits: Limits | None = None) -> list[Preview]:
    """The tables among the files that no source takes: what to show the owner, who may say which column is which."""
    with Archive(paths, limits) as archive:
        peeks = [Peek(file) for file in _opened(archive)]
        open_ = [peek for peek in peeks if not deny.reason(peek) and _source(peek) is None]
        return [found for found in map(list_columns.preview, open_) if found is not None]


def _opened(archive: Archive) -> Iterator[File]:
    """The files of the archive: letters of a folder as one, and what one file of snapshots holds as many."""
    return chain.from_iterable(map(unfolded, gathered(archive.files)))


def _sorted(
    files: Iterable[File], choices: Mapping[str, ListColumns]
) -> tuple[list[tuple[Peek, Source]], list[dict[str, str]]]:
    """The files with the source that reads them, and receipt lines for those that nobody reads."""
    claimed: list[tuple[Peek, Source]] = []
    lines = []
    for file in files:
        peek = Peek(file)
        closed = deny.reason(peek)
        source = None if closed else _chosen(peek, choices) or _source(peek)
        if source is not None:
            claimed.append((peek, source))
        else:
            kind, what = ("not opened", closed) if closed else ("not recognised", f"looks like {peek.looks_like()}")
            lines.append({"file": file.shown, "kind": kind, "role": "note", "what": what})
    return claimed, lines


def _source(peek: Peek) -> Source | None:
    found = [source for source in REGISTRY if source.claims(peek)]
    if len(found) > 1:
        raise InputError(peek.file.shown, f"could be {len(found)} kinds of file: its header mixes their columns")
    return found[0] if found else other_lists if other_lists.claims(peek) else None


def _chosen(peek: Peek, choices: Mapping[str, ListColumns]) -> Source | None:
    choice = choices.get(peek.file.shown)
    return other_lists.Chosen(choice) if choice else None


def _telling(
    claimed: Sequence[tuple[Peek, Source]], progress: Callable[[str, float], None] | None
) -> Iterator[tuple[Peek, Source]]:
    """The same, while progress is told by size."""
    total, done = max(sum(peek.file.size for peek, _ in claimed), 1), 0
    for peek, source in claimed:
        if progress:
            peek.tick = lambda share, peek=peek, done=done: progress(  # type: ignore[misc]
                peek.file.shown, (done + share * peek.file.size) / total
            )
            peek.tick(0.0)
        yield peek, source
        done += peek.file.size


def join(parts: Sequence[Records]) -> Records:
    """One Records of files that were read at different times. What two of them tell counts once."""
    named = [_renamed(part, parts[:place]) for place, part in enumerate(parts)]
    return validate(_named_once(_once(combine(named))))


def _renamed(part: Records, before: Sequence[Records]) -> Records:
    """The same records, the files that are called as some `before` with a number behind their names."""
    taken = Counter(file for other in before for file in other.coverage["file"].unique())
    names = {file: f"{file} ({taken[file] + 1})" for file in part.coverage["file"].unique() if taken[file]}
    if not names:
        return part
    source = part.interactions["source"].cat.rename_categories(lambda file: names.get(file, file))
    return replace(
        part,
        coverage=part.coverage.assign(file=part.coverage["file"].replace(names)),
        interactions=part.interactions.assign(source=source),
        people=part.people.assign(source=part.people["source"].replace(names)),
        facts=part.facts.assign(source=part.facts["source"].replace(names)),
    )


def _finished(
    drafts: Sequence[tuple[File, Source, Draft]], receipt: list[dict[str, str]], known: Owner | None = None
) -> Records:
    before = [Clues(known.names, known.keys, known.companies)] if known else []
    whose = settle([*before, *(draft.clues for _, _, draft in drafts)])
    parts = [(file.container, source in LINKEDIN, draft.finish(whose)) for file, source, draft in drafts]
    latest = _latest((container, part) for container, linkedin, part in parts if linkedin)
    records = [replace(part, coverage=_until(part.coverage, latest.get(container))) for container, _, part in parts]
    closed = replace(Records.empty(), coverage=coverage(receipt), owner=whose)
    sent = pd.concat([r.broadcasts for r in records if len(r.broadcasts)] or [broadcasts.none()], ignore_index=True)
    sent = sent.drop_duplicates(ignore_index=True)  # two exports overlap
    return validate(replace(_named_once(_once(combine([*records, closed]))), broadcasts=sent))


def _once(records: Records) -> Records:
    """The records without what two files tell of one exchange."""
    return calendar.without_repeats(without_repeats(records))


def _named_once(records: Records) -> Records:
    """The records without the mere mentions of people whom a connection list describes.

    An address book's word that somebody is family stays.
    """
    people = records.people
    listed = people.loc[people["connection"], "person"]
    known = people["connection"] | people["relation"].notna() | ~people["person"].isin(listed)
    return replace(records, people=people[known].reset_index(drop=True))


def _latest(parts: Iterable[tuple[str, Records]]) -> dict[str, Any]:
    """The latest time any of LinkedIn's files of an archive speaks of, by archive: until then, at least, they would
    hold what happened. A calendar or a mail archive beside them says nothing of when they were written.
    """
    latest: dict[str, Any] = {}
    for container, part in parts:
        for column in (
            part.interactions["at"],
            part.people["connected_on"],
            part.broadcasts["at"],
            part.coverage["until"],
        ):
            if pd.notna(last := column.max()):
                latest[container] = max(last, latest.get(container, last))
    return latest


def _until(receipt: pd.DataFrame, latest: Any) -> pd.DataFrame:
    until = receipt["until"].where(receipt["since"].isna(), latest)
    return receipt.assign(until=pd.to_datetime(until, utc=True).astype(receipt["until"].dtype))


def _nothing(
    paths: Sequence[str | Path | Upload], files: Sequence[File], receipt: Sequence[dict[str, str]]
) -> InputError:
    """What to say where there is nothing to read."""
    first = paths[0] if paths else "nothing"
    name = first.name if isinstance(first, Upload) else str(first)
    closed = [line["what"] for line in receipt if line["kind"] == "not opened"]
    if closed:
        return InputError(
            name, f"holds nothing that can be read ({closed[0]}); hand in the archive as LinkedIn gives it"
        )
    if not files:
        return NotAnExportError(name, "an empty folder or archive")
    table = any(Peek(file).table for file in files)  # none is closed
    if len(files) == 1:
        return NotAnExportError(name, Peek(files[0]).looks_like(), table=table)
    listed = ", ".join(Path(file.name).name for file in files[:5])
    return NotAnExportError(
        name, f"a collection of other files ({listed}{' …' if len(files) > 5 else ''})", table=table
    )
