"""The owner's own word, kept in the store between two visits. No file is made before there is a word to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from auditor.errors import StoreError

if TYPE_CHECKING:
    import pandas as pd

_TROUBLE = "store-trouble"


def ratings() -> pd.DataFrame:
    """Every rating there is (marks.py); none where the store cannot be read, and `trouble` says why."""
    from auditor.marks import rating_table
    from auditor.store import Store, default_path

    found = rating_table()
    if default_path().exists():
        with _told_trouble(), Store.open() as store:
            found = store.ratings()
    return found


def trouble() -> str | None:
    """Why the store could not be used the last time, as plain text."""
    return st.session_state.get(_TROUBLE)


def rate(person: str, rating: str) -> None:
    """Keeps the owner's word on a person, or `trouble` says why not."""
    import pandas as pd

    from auditor.store import Store

    with _told_trouble(), Store.open() as store:
        store.rate(person, rating, pd.Timestamp.now("UTC"))


def unrate(people: Iterable[str]) -> None:
    """Takes the word on these people back, or `trouble` says why not."""
    from auditor.store import Store

    with _told_trouble(), Store.open() as store:
        for person in people:
            store.unrate(person)


def decisions() -> pd.DataFrame:
    """Every decision on who is who (marks.py); none where the store cannot be read, and `trouble` says why."""
    from auditor.marks import decision_table
    from auditor.store import Store, default_path

    found = decision_table()
    if default_path().exists():
        with _told_trouble(), Store.open() as store:
            found = store.decisions()
    return found


def decide(one: str, other: str, same: bool) -> bool:
    """Keeps whether two mentions are the same human, and tells whether that worked; `trouble` says why not."""
    import pandas as pd

    from auditor.store import Store

    with _told_trouble(), Store.open() as store:
        store.decide(one, other, same, pd.Timestamp.now("UTC"))
    return trouble() is None


def undecide(pairs: Iterable[tuple[str, str]]) -> None:
    """Takes the decisions on these pairs back, or `trouble` says why not."""
    from auditor.store import Store

    with _told_trouble(), Store.open() as store:
        for one, other in pairs:
            store.undecide(one, other)


@contextmanager
def _told_trouble() -> Iterator[None]:
    """Keeps what goes wrong with the store as words for the page."""
    st.session_state.pop(_TROUBLE, None)
    try:
        yield
    except StoreError as error:
        st.session_state[_TROUBLE] = str(error)
