"""The kept answer: what the last audit of this store came to, to be shown at once. It is read without pandas."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from auditor.store.opening import Opened

_STANDING = (
    "SELECT id, digest FROM import ORDER BY id",
    "SELECT person, rating, at FROM rating ORDER BY person",
    "SELECT one, other, same, at FROM decision ORDER BY one, other",
    "SELECT person, label, at FROM label ORDER BY person, label",
    "SELECT hash FROM forgotten ORDER BY hash",
)
"""All that an audit of the store hangs on: what was imported and not forgotten, and what the owner said."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as text, and whether the store still is what it is the answer to."""

    text: str
    current: bool


class Answering(Opened):
    """The part of the store that keeps the answer."""

    def keep_answer(self, text: str) -> None:
        """Keep the answer to the store as it is now, in place of an earlier one."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO answer VALUES (1, ?, ?)", (self.standing(), text))

    def answer(self) -> Kept | None:
        """The answer that was kept last, if any."""
        with self._reading() as connection:
            held = connection.execute("SELECT standing, text FROM answer").fetchone()
            return Kept(held[1], held[0] == self.standing()) if held else None

    def standing(self) -> str:
        """A fingerprint of all that an audit of the store hangs on."""
        with self._reading() as connection:
            rows = [connection.execute(ask).fetchall() for ask in _STANDING]
        return sha256(json.dumps(rows).encode()).hexdigest()
