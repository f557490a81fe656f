"""The owner's ratings, kept in the store between two visits. No file is made before there is a rating to keep."""

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


@contextmanager
def _told_trouble() -> Iterator[None]:
    """Keeps what goes wrong with the store as words for the page."""
    st.session_state.pop(_TROUBLE, None)
    try:
        yield
    except StoreError as error:
        st.session_state[_TROUBLE] = str(error)
