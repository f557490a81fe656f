"""The store, for the pages: what was imported, and the owner's own word. No file is made before one is needed.

Whatever goes wrong with the store becomes words, which `trouble` gives to the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from auditor.errors import StoreError

if TYPE_CHECKING:
    import pandas as pd

    from auditor.audit import Audit
    from auditor.changes import Changes
    from auditor.marks import Marks
    from auditor.records import Records
    from auditor.sources import Upload
    from auditor.store import Store

_READING, _WRITING, _HELD = "store-trouble-reading", "store-trouble-writing", "store-held"
Found = TypeVar("Found")


def trouble() -> str | None:
    """Why the store could not be written, or else read, the last time, as plain text."""
    return st.session_state.get(_WRITING) or st.session_state.get(_READING)


def marks() -> Marks:
    """Everything the owner said (marks.py); nothing where the store cannot be read."""
    from auditor.marks import Marks

    return _held("marks", lambda store: store.marks(), Marks())


def _held(what: str, ask: Callable[[Store], Found], otherwise: Found) -> Found:
    """What a page asks many times: what was read holds as long as nobody touched the store's files."""
    stamp, held = _stamp(), st.session_state.setdefault(_HELD, {})
    if what not in held or held[what][0] != stamp:
        found = _read(ask, otherwise)
        if st.session_state.get(_READING):
            return found
        held[what] = (stamp, found)
    known: Found = held[what][1]
    return known


def _stamp() -> object:
    """What changes with every change of the store's files."""
    from auditor.store import default_path

    place = default_path()
    files = [file.stat() for file in (place, place.with_name(f"{place.name}-wal")) if file.exists()]
    return str(place), *((file.st_mtime_ns, file.st_size, file.st_ino) for file in files)


def ratings() -> pd.DataFrame:
    """Every rating there is."""
    return marks().ratings


def decisions() -> pd.DataFrame:
    """Every decision on who is who."""
    return marks().decisions


def rate(person: str, rating: str) -> None:
    """Keeps the owner's word on a person."""
    _write(lambda store, now: store.rate(person, rating, now))


def unrate(people: Iterable[str]) -> None:
    """Takes the word on these people back."""

    def take_back(store: Store, _: pd.Timestamp) -> None:
        for person in people:
            store.unrate(person)

    _write(take_back)


def decide(one: str, other: str, same: bool) -> None:
    """Keeps whether two mentions are the same human."""
    _write(lambda store, now: store.decide(one, other, same, now))


def undecide(pairs: Iterable[tuple[str, str]]) -> None:
    """Takes the decisions on these pairs back."""

    def take_back(store: Store, _: pd.Timestamp) -> None:
        for one, other in pairs:
            store.undecide(one, other)

    _write(take_back)


def label(person: str, labels: Iterable[str], mentions: Iterable[str] = ()) -> None:
    """Makes these the labels on a person's card, and takes all others off each of their `mentions`."""
    from auditor.marks import LABELS

    given = frozenset(labels)

    def change(store: Store, now: pd.Timestamp) -> None:
        for one in LABELS:
            if one in given:
                store.label(person, one, now)
            else:
                for mention in (person, *mentions):
                    store.unlabel(mention, one)

    _write(change)


def marks_on(mentions: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The ratings and the labels on these mentions."""
    from auditor.marks import label_table, rating_table

    return _read(lambda store: store.marks_on(mentions), (rating_table(), label_table()))


def set_marks(mentions: Sequence[str], ratings: pd.DataFrame, labels: pd.DataFrame) -> None:
    """Makes these the ratings and the labels on these mentions, in place of all that are on them, in one step."""
    _write(lambda store, _: store.set_marks(mentions, ratings, labels))


def labels(mentions: Iterable[str]) -> list[str]:
    """The labels on any of a human's mentions."""
    from auditor.marks import LABELS

    given = marks().labels
    held = set(given.loc[given["person"].isin(list(mentions)), "label"])
    return [one for one in LABELS if one in held]


def views() -> pd.DataFrame:
    """The saved views (store.VIEW)."""
    import pandas as pd

    from auditor.store import VIEW

    return _held("views", lambda store: store.views(), pd.DataFrame(columns=list(VIEW)))


def save_view(name: str, wanted: str) -> None:
    """Keeps a view of the ties."""
    _write(lambda store, _: store.save_view(name, wanted))


def drop_view(name: str) -> None:
    """Throws a view away."""
    _write(lambda store, _: store.drop_view(name))


def imports() -> pd.DataFrame:
    """What was imported (store.IMPORTS), in the order in which it came."""
    import pandas as pd

    from auditor.store import IMPORTS

    return _read(lambda store: store.imports(), pd.DataFrame(columns=list(IMPORTS)))


def records() -> Records | None:
    """All that is kept; None where nothing is."""
    return _read(lambda store: store.records() if len(store.imports()) else None, None)


def digest() -> str:
    """A fingerprint of what is kept."""
    known = imports()
    return sha256("".join(f"{row.id} {row.digest} " for row in known.itertuples()).encode()).hexdigest()


def keep(things: Sequence[Path | Upload], label: str, read: Records) -> None:
    """Keeps what was read from these files."""
    from auditor.importing import digest, taken
    from auditor.store import Import

    _write(lambda store, now: store.add(read, Import(label, digest(things), now, taken(read, now))))


def due() -> str | None:
    """That the next export is due, with the clicks, from a week after the last one that is kept on."""
    from datetime import UTC, datetime

    from auditor import watch

    held = imports()
    listed = held.loc[held["connections"] > 0, "at"]
    return watch.due(listed.max().date() if len(listed) else None, datetime.now(UTC).date())


def remember(now: Audit) -> None:
    """Keeps how the ties stand this week, for the record."""
    from auditor.snapshots import take

    _write(lambda store, _: take(store, now))


def forget_import(number: int) -> None:
    """Deletes what one import alone brought."""
    _write(lambda store, _: store.forget_import(number))


def forget_all() -> None:
    """Deletes everything that is kept, the owner's own word too."""
    _write(lambda store, _: store.forget_all())


def changed() -> Changes | None:
    """What changed between the last two exports with a list of connections, where there are two."""
    from auditor.changes import of_store

    return _read(of_store, None)


def _read(ask: Callable[[Store], Found], otherwise: Found) -> Found:
    from auditor.store import Store, default_path

    found = otherwise
    if default_path().exists():
        with _told_trouble(_READING), Store.open() as store:
            found = ask(store)
    return found


def _write(do: Callable[[Store, pd.Timestamp], object]) -> None:
    import pandas as pd

    from auditor.store import Store

    st.session_state.pop(_HELD, None)
    with _told_trouble(_WRITING), Store.open() as store:
        do(store, pd.Timestamp.now("UTC"))


@contextmanager
def _told_trouble(what: str) -> Iterator[None]:
    """Keeps what goes wrong with the store as words for the page, until the same goes well."""
    st.session_state.pop(what, None)
    try:
        yield
    except StoreError as error:
        st.session_state[what] = str(error)
