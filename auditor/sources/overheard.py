"""Texts beside the exchanges, for whoever asks while the files are open. Nothing here outlives the asking.

Readers measure a text and forget it. While somebody is `listening`, what they measure is handed over too, under the
file and the record it stands in, which is where the interactions say they come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

COLUMNS = ("person", "at", "channel", "direction", "text")


class Heard:
    """The texts of one reading."""

    def __init__(self) -> None:
        self._files: dict[str, list[tuple[Any, Any]]] = {}

    def note(self, shown: str, rows: Any, texts: Any) -> None:
        """Take down the texts (pa.StringArray) of these records of a file."""
        self._files.setdefault(shown, []).append((np.asarray(rows, np.int64), texts))

    def beside(self, exchanges: pd.DataFrame) -> pd.DataFrame:
        """The exchanges that have words, with them: `COLUMNS`, in the order of `exchanges`."""
        place = np.full(len(exchanges), -1, np.int64)
        parts: list[Any] = []
        before = 0
        for shown, noted in self._files.items():
            here = np.flatnonzero((exchanges["source"] == shown).to_numpy())
            rows = np.concatenate([rows for rows, _ in noted])
            place[here] = _found(rows, exchanges["row"].to_numpy()[here], before)
            parts += [texts for _, texts in noted]
            before += len(rows)
        every: Any = pa.chunked_array(parts, pa.string())
        worded = np.flatnonzero(place >= 0)
        found = exchanges[["person", "at", "channel", "direction"]].iloc[worded].reset_index(drop=True)
        found["text"] = pd.Series(every.take(pa.array(place[worded])).to_pylist(), dtype="str")
        return found[found["text"].str.strip() != ""].reset_index(drop=True)


def _found(rows: Any, wanted: Any, before: int) -> Any:
    """Where each wanted record stands among `rows`, `before` places on; −1 for one that has no text."""
    order = np.argsort(rows, kind="stable")
    at = np.minimum(np.searchsorted(rows[order], wanted), max(len(rows) - 1, 0))
    return np.where(rows[order][at] == wanted, order[at] + before, -1) if len(rows) else -1


_ears: ContextVar[Heard | None] = ContextVar("ears", default=None)


@contextmanager
def listening() -> Iterator[Heard]:
    """Hands over, once it is over, the texts of all that is read inside."""
    heard = Heard()
    token = _ears.set(heard)
    try:
        yield heard
    finally:
        _ears.reset(token)


def overhear(shown: str, rows: Any, texts: Any) -> None:
    """What a reader says of the texts that it measures: heard by whoever is listening, mostly nobody."""
    if heard := _ears.get():
        heard.note(shown, rows, texts)
