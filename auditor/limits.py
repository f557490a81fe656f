"""How much is read before a file is refused: the one place where that stands, and AUDITOR_LIMITS, which changes it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields
from typing import Self

from auditor.errors import UsageError

VARIABLE = "AUDITOR_LIMITS"
_MiB = 2**20
_UNITS = {"": 1, "KB": 2**10, "MB": _MiB, "GB": 2**30, "TB": 2**40}
_SETTING = re.compile(r"(\w+)\s*=\s*(\d{1,12})\s*([KMGT]B|)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold. Checked while reading, because an archive can lie about its sizes.

    Within these limits a reading takes less than 1 GB of memory over what its honest rows take, JSON excepted, which is
    read whole. Files that are no archives are streamed, however large.
    """

    unpacked: int = 4 * 1024 * _MiB  # bytes over all entries that are read; ten times the largest export we know of
    ratio: int = 200  # unpacked to packed; an export has about 4, a bomb 1000
    ratio_from: int = 16 * _MiB  # smaller entries do no harm, however well they pack
    entries: int = 20_000
    nesting: int = 4  # ZIPs inside ZIPs
    inner: int = 256 * _MiB  # bytes of a ZIP inside a ZIP: it is held in memory, because nothing is unpacked to a disk
    json: int = 256 * _MiB  # bytes of a JSON file; parsed, it takes some five times that
    upload: int = 200 * _MiB  # bytes of a file from the browser, which holds it in memory; a path has no such limit

    @classmethod
    def of_environment(cls) -> Self:
        """The limits as AUDITOR_LIMITS has them, `unpacked=8GB,ratio=500`; those that it does not name are as above.

        Raises UsageError for a limit there is not, and for a value that is none.
        """
        names = [field.name for field in fields(cls)]
        given: dict[str, int] = {}
        for setting in filter(None, map(str.strip, os.environ.get(VARIABLE, "").split(","))):
            found = _SETTING.fullmatch(setting)
            if found is None:
                raise UsageError(f"{VARIABLE}: {setting[:40]!r} is no limit; write it so: unpacked=8GB,ratio=500")
            if found[1] not in names:
                raise UsageError(f"{VARIABLE}: there is no limit {found[1][:40]!r}; there are {', '.join(names)}")
            given[found[1]] = int(found[2]) * _UNITS[found[3].upper()]
            if not given[found[1]]:
                raise UsageError(f"{VARIABLE}: {setting}: a limit of nothing lets nothing in")
        return cls(**given)

    def told(self, name: str) -> str:
        """A limit of bytes, as an error says it."""
        value: int = getattr(self, name)
        return f"{value // _MiB} MB" if value >= _MiB else f"{value} bytes"

    def raised(self, name: str) -> str:
        """How to double the limit, for the error that tells of it."""
        value = 2 * int(getattr(self, name))
        return f"{VARIABLE}={name}={max(value // _MiB, 1)}MB" if name in _BYTES else f"{VARIABLE}={name}={value}"


_BYTES = ("unpacked", "ratio_from", "inner", "json", "upload")
