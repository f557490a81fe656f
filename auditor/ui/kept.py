"""The store, for the pages: what was imported, and the owner's own word. No file is made before one is needed.

Whatever goes wrong with the store becomes words, which `trouble` gives to the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from auditor.errors import StoreError

if TYPE_CHECKING:
    import pandas as pd

    from auditor.answer import Answer
    from auditor.audit import Audit
    from auditor.changes import Changes
    from auditor.marks import Marks
    from auditor.mask import Mask
    from auditor.records import Records
    from auditor.sources import Upload
    from auditor.store import Store

_READING, _WRITING = "store-trouble-reading", "store-trouble-writing"
_MEMORY = "store-memory"
MASK = "mask"
Found = TypeVar("Found")


def trouble() -> str | None:
    """Why the store could not be written, or else read, the last time, as plain text."""
    return st.session_state.get(_WRITING) or st.session_state.get(_READING)


def mask() -> Mask | None:
    """The mask over all names, while it is on: of the store only the marks are shown then, and nothing changes."""
    return st.session_state.get(MASK)


def marks() -> Marks:
    """Everything the owner said (marks.py), of masked people while they are masked; nothing where it cannot be read."""
    from auditor.marks import Marks

    said, hidden = _read_once("marks", lambda store: store.marks(), Marks), mask()
    return hidden.marks(said) if hidden else said


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


def notes() -> pd.DataFrame:
    """Every note there is (store.own.NOTE), by person and time."""
    import pandas as pd

    from auditor.store.own import NOTE

    return _read(lambda store: store.notes(), lambda: pd.DataFrame(columns=list(NOTE)).astype(dict(NOTE)))


def note(person: str, text: str, at: pd.Timestamp) -> None:
    """Keeps a note on a person; another of the same moment takes its place."""
    _write(lambda store, _: store.note(person, text, at))


def unnote(person: str, at: pd.Timestamp) -> None:
    """Throws a note away."""
    _write(lambda store, _: store.unnote(person, at))


def marks_on(mentions: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The ratings and the labels on these mentions."""
    from auditor.marks import label_table, rating_table

    return _read(lambda store: store.marks_on(mentions), lambda: (rating_table(), label_table()))


def set_marks(mentions: Sequence[str], ratings: pd.DataFrame, labels: pd.DataFrame) -> None:
    """Makes these the ratings and the labels on these mentions, in place of all that are on them, in one step."""
    _write(lambda store, _: store.set_marks(mentions, ratings, labels))


def labels(mentions: Iterable[str]) -> list[str]:
    """The labels on any of a human's mentions."""
    from auditor.marks import LABELS

    given = marks().labels
    held = set(given.loc[given["person"].isin(list(mentions)), "label"])
    return [one for one in LABELS if one in held]


def jobs() -> pd.DataFrame | None:
    """What all connection lists that are kept said of people's work; None where nothing is kept."""
    return _read(lambda store: store.jobs(), _nothing)


def views() -> pd.DataFrame:
    """The saved views (store.VIEW)."""
    import pandas as pd

    from auditor.store import VIEW

    nothing: Callable[[], pd.DataFrame] = lambda: pd.DataFrame(columns=list(VIEW))
    return nothing() if mask() else _read_once("views", lambda store: store.views(), nothing)


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

    nothing: Callable[[], pd.DataFrame] = lambda: pd.DataFrame(columns=list(IMPORTS))
    return nothing() if mask() else _read_once("imports", lambda store: store.imports(), nothing)


def records() -> Records | None:
    """All that is kept; None where nothing is."""
    return _read(lambda store: store.records() if len(store.imports()) else None, _nothing)


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


def answer() -> tuple[Answer, bool] | None:
    """The answer to what is kept, as the last audit of it gave it, and whether it still is; it needs no pandas."""
    from auditor.answer import Answer
    from auditor.store import Answering

    if not exists():
        return None
    with _told_trouble(_READING), Answering.open() as store:
        held = store.answer()
        told = Answer.from_json(held.text) if held else None
        return (told, held.current) if held and told else None
    return None


def keep_answer(given: Answer) -> None:
    """Keeps the answer to what is kept, where that is not kept yet."""
    if answer() != (given, True):
        _write(lambda store, _: store.keep_answer(given.to_json()))


def forget_import(number: int) -> None:
    """Deletes what one import alone brought."""
    _write(lambda store, _: store.forget_import(number))


def forget_all() -> None:
    """Deletes everything that is kept, the owner's own word too."""
    _write(lambda store, _: store.forget_all())


def exists() -> bool:
    """Whether there is a store at all."""
    from auditor.store.opening import default_path

    return default_path().exists()


def place() -> Path:
    """Where the store is, or would be."""
    from auditor.store.opening import default_path

    return default_path()


def copy() -> bytes:
    """The whole store as a ZIP (store.Archive); nothing where it cannot be read."""

    def packed(store: Store) -> bytes:
        with TemporaryDirectory() as folder:
            store.export(Path(folder, "store.zip"))
            return Path(folder, "store.zip").read_bytes()

    return _read(packed, bytes)


def restore(packed: bytes) -> None:
    """Puts what such a ZIP holds in place of all that is kept; `trouble` says why not."""

    def fill(store: Store, _: pd.Timestamp) -> None:
        with TemporaryDirectory() as folder:
            copy = Path(folder, "copy.zip")
            copy.touch(0o600)
            copy.write_bytes(packed)
            store.restore(copy, replace=True)

    _write(fill)


def checked() -> str:
    """In words whether the store is whole."""
    from auditor.store.copies import REPAIR

    def verdict(store: Store) -> str:
        found = store.verify()
        if found.problems:
            return f"The store is damaged: {'; '.join(found.problems)}. {REPAIR}"
        counts = ", ".join(f"{count:,} {what}" for what, count in found.counts.items() if count)
        return f"The store is whole (version {found.version}): {counts or 'nothing is in it'}."

    return _read(verdict, lambda: "The store cannot be read.")


def repair() -> str:
    """Brings a damaged store back as far as can be, and says in words what became of it."""
    import pandas as pd

    from auditor.store.repairing import repair as repaired

    if mask():
        return "Names are replaced for screenshots. Show the real names to repair what is kept."
    st.session_state.pop(_MEMORY, None)
    with _told_trouble(_WRITING):
        return ". ".join(repaired(place(), pd.Timestamp.now("UTC")).told(place()))
    return str(trouble())


def moment() -> pd.Timestamp:
    """When the owner's next word is said: now, even where the clock has gone back since the last one."""
    import pandas as pd

    now = pd.Timestamp.now("UTC")
    return _asked(lambda store: store.moment(now), lambda: now)


def changed() -> Changes | None:
    """What changed between the last two exports with a list of connections, where there are two."""
    from auditor.changes import of_store

    return _read(of_store, _nothing)


def _nothing() -> None:
    return None


def _read(ask: Callable[[Store], Found], otherwise: Callable[[], Found]) -> Found:
    return otherwise() if mask() else _asked(ask, otherwise)


def _asked(ask: Callable[[Store], Found], otherwise: Callable[[], Found]) -> Found:
    from auditor.store import Store, default_path

    if default_path().exists():
        with _told_trouble(_READING), Store.open() as store:
            return ask(store)
    return otherwise()


def _read_once(what: str, ask: Callable[[Store], Found], otherwise: Callable[[], Found]) -> Found:
    """The same, asked of the store again only once its file has changed, by whomever; nobody changes what it gives."""
    memory, stands = st.session_state.setdefault(_MEMORY, {}), _stands()
    if memory.get(what, (None,))[0] != stands:
        found = _asked(ask, otherwise)
        if st.session_state.get(_READING):
            return found
        memory[what] = stands, found
    remembered: Found = memory[what][1]
    return remembered


def _stands() -> tuple[object, ...]:
    """What changes when the store does: time and size of its file, and of the journal beside it."""
    files = (place(), place().with_name(f"{place().name}-wal"))
    return tuple((str(file), *_stat(file)) for file in files)


def _stat(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _write(do: Callable[[Store, pd.Timestamp], object]) -> None:
    import pandas as pd

    from auditor.store import Store

    if mask():
        st.session_state[_WRITING] = "Names are replaced for screenshots. Show the real names to change what is kept."
        return
    st.session_state.pop(_MEMORY, None)  # a clock may be too coarse to tell two changes apart
    with _told_trouble(_WRITING), Store.open() as store:
        do(store, store.moment(pd.Timestamp.now("UTC")))


@contextmanager
def _told_trouble(what: str) -> Iterator[None]:
    """Keeps what goes wrong with the store as words for the page, until the same goes well."""
    st.session_state.pop(what, None)
    try:
        yield
    except StoreError as error:
        st.session_state[what] = str(error)
