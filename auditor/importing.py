"""Files into the store: what belongs together is read and kept together, by what the store knows of its owner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from auditor.records import Owner, Records
from auditor.sources import Upload, read
from auditor.sources.archive import Archive
from auditor.sources.linkedin import deny
from auditor.sources.peek import Peek
from auditor.store import Added, Import, Store

Progress = Callable[[str, float], None]
Thing = str | Path | Upload

_OF_LINKEDIN = ["message", "inmail", "invitation", "endorsement", "recommendation"]
_MiB = 2**20


def import_files(
    store: Store, things: Sequence[Thing], at: pd.Timestamp, progress: Progress | None = None
) -> list[Added]:
    """Read files and keep them; what each import changed, in the order given.

    Each ZIP and each folder is an import of its own, all other files are one together; each import is one transaction,
    so that an error in a later one leaves the earlier ones kept. A chat alone does not say whose it is: what was read
    before the owner was known is read again in the end. Errors are those of `sources.read` and of the store.
    """
    parcels = _parcels(things)
    done = [_imported(store, parcel, at, progress) for parcel in parcels]
    owner = store.owner()
    return [
        added if _knew(knew, owner) else _told_together(added, _imported(store, parcel, at, progress)[0])
        for parcel, (added, knew) in zip(parcels, done, strict=True)
    ]


def _parcels(things: Sequence[Thing]) -> list[list[Thing]]:
    """What is read together, in the order of the first of each."""
    loose: list[Thing] = []
    parcels: list[list[Thing]] = []
    for thing in things:
        if _name(thing).lower().endswith(".zip") or (not isinstance(thing, Upload) and Path(thing).is_dir()):
            parcels.append([thing])
        else:
            parcels.extend([] if loose else [loose])
            loose.append(thing)
    return parcels


def _name(thing: Thing) -> str:
    return thing.name if isinstance(thing, Upload) else Path(thing).name or str(thing)


def _imported(
    store: Store, parcel: Sequence[Thing], at: pd.Timestamp, progress: Progress | None
) -> tuple[Added, Owner]:
    """What an import changed, and who it was read to be of."""
    records = read(parcel, progress, owner=store.owner())
    return store.add(records, Import(_label(parcel), digest(parcel), at, taken(records, at))), records.owner


def _label(parcel: Sequence[Thing]) -> str:
    more = f" and {len(parcel) - 1} more" if len(parcel) > 1 else ""
    return f"{_name(parcel[0])}{more}"


def _knew(knew: Owner, owner: Owner) -> bool:
    return knew.keys >= owner.keys and set(knew.names) >= set(owner.names)


def _told_together(first: Added, again: Added) -> Added:
    """The two readings of an import as one change."""
    return replace(
        first,
        changed=first.changed or again.changed,
        people=first.people + again.people,
        interactions=first.interactions + again.interactions,
    )


def taken(records: Records, at: pd.Timestamp) -> pd.Timestamp | None:
    """The day of an export, as far as it tells: the latest moment that it speaks of, and that is not after `at`.

    Where it has a list of connections, that is the latest of LinkedIn's own: a calendar beside it reaches further.
    """
    exchanges, people = records.interactions, records.people
    if people["connection"].any():
        exchanges = exchanges[exchanges["channel"].isin(_OF_LINKEDIN)]
    known = (exchanges["at"], people["connected_on"], pd.to_datetime(records.broadcasts["at"], utc=True))
    latest = [moments[moments <= at].max() for moments in known]
    return max((moment for moment in latest if pd.notna(moment)), default=None)


def digest(things: Iterable[Thing]) -> str:
    """SHA-256 of the contents of files, whatever they are called and in whatever order they come.

    Files in a folder that are never opened stay closed.
    """
    each = sorted(one for thing in things for one in _digests(thing))
    return sha256("".join(each).encode()).hexdigest()


def _digests(thing: Thing) -> Iterator[str]:
    if isinstance(thing, Upload):
        content = thing.content
        if isinstance(content, bytes):
            yield sha256(content).hexdigest()
        elif not isinstance(content, Path):
            yield _of(content)
        else:
            yield _of_file(content)
    elif Path(thing).is_dir():
        with Archive([thing]) as folder:
            for file in folder.files:
                if not deny.reason(Peek(file)):
                    with file.open() as stream:
                        yield _of(stream)
    else:
        yield _of_file(Path(thing))


def _of_file(path: Path) -> str:
    with path.open("rb") as stream:
        return _of(stream)


def _of(stream: BinaryIO) -> str:
    """SHA-256 of a stream from its beginning; it stands there again afterwards."""
    if stream.seekable():
        stream.seek(0)
    found = sha256()
    while chunk := stream.read(_MiB):
        found.update(chunk)
    if stream.seekable():
        stream.seek(0)
    return found.hexdigest()
