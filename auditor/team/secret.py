"""The team key: members share it, whoever joins their scores lacks it. Under it a profile or a company is a hash."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Self

from auditor.errors import InputError, UsageError

MARK = "hmac:"
MIN_CHARACTERS = 32
"""A shorter key could be guessed: whoever tries keys needs only one profile address to check each against."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A team key."""

    key: bytes = field(repr=False)

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """The key in a file, without the white space around it. Raises InputError for one that is missing or short."""
        try:
            key = path.read_bytes().strip()
        except OSError as error:
            raise InputError(str(path), f"{error.strerror}; make one with: auditor team key {path}") from error
        if len(key) < MIN_CHARACTERS:
            short = f"this is no team key: {len(key)} characters, and under {MIN_CHARACTERS} it could be guessed"
            raise InputError(str(path), f"{short}; make one with: auditor team key NEW_FILE")
        return cls(key)

    def hashed(self, what: str) -> str:
        """HMAC-SHA256 of a canonical profile or company under this key, in hexadecimal behind `hmac:`."""
        return MARK + hmac.new(self.key, what.encode(), sha256).hexdigest()

    @property
    def name(self) -> str:
        """What tells one team key from another, and nothing of it."""
        return self.hashed("which team key this is")[len(MARK) :][:16]


def make(path: Path) -> None:
    """Writes a new team key that only its owner can read. Raises UsageError where there is such a file already."""
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_hex(32) + "\n")
    except FileExistsError as error:
        raise UsageError(f"{path} is there already, and a key that is lost cannot be made again") from error
