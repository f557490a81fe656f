"""The zones a calendar names its times in: names of the world's list, Windows names, and zones of the file's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from auditor.sources.calendar.ics import Head

_TIME = re.compile(r"(?P<name>[A-Z-]+)(?P<given>;.*)?:(?P<value>[^:]*)$")
_LOCAL = re.compile(r"\s*\d{8}T\d{6}(?!.*Z\s*$)", re.IGNORECASE)
_TZID = re.compile(r';TZID="?(?P<zone>.*?)"?(?=;[A-Z-]+=|$)')
_OWN = "auditor-"
TROUBLE = (ValueError, TypeError, LookupError, ArithmeticError)
"""What the calendar libraries raise on a record that breaks the rules."""


def parsed(kind: type[Any], lines: Sequence[str]) -> Any:
    """The component of these lines, or TROUBLE: icalendar itself falls over a value that is said to be of two kinds."""
    try:
        return kind.from_ical("\r\n".join([*lines, ""]))
    except AttributeError as error:
        raise ValueError("a value of several kinds") from error


@dataclass(slots=True)
class Zones:
    """The zones of one calendar. Each name a time may carry is resolved once, to one `icalendar` knows, or None."""

    head: Head
    floating: int = 0  # events with a time whose zone nothing tells
    _known: dict[str, str | None] = field(default_factory=dict)
    _own: str | None = None
    _unclear: int = 0  # times

    def __post_init__(self) -> None:
        self._own = self._resolved(self.head.zone) or next(filter(None, map(self._resolved, self._defined())), None)

    @property
    def own(self) -> str:
        """The zone of times without one: the calendar's own, or UTC where it has none."""
        return self._own or "UTC"

    @property
    def clock(self) -> ZoneInfo | None:
        """What times in UTC are shown in; None where the calendar's zone is one of its own making, or it has none."""
        return ZoneInfo(self._own) if self._own and not self._own.startswith(_OWN) else None

    def settled(self, lines: Sequence[str]) -> list[str]:
        """The times of an event with each in a zone that is known."""
        unclear = self._unclear
        settled = [self._settled(line) for line in lines]
        self.floating += self._unclear > unclear
        return settled

    def _settled(self, line: str) -> str:
        found = _TIME.match(line) if line.startswith(("DT", "RECURRENCE-ID", "RDATE", "EXDATE")) else None
        if not found:
            return line
        given, zone = found["given"] or "", ""
        if _LOCAL.match(found["value"]):
            named = _TZID.search(given)
            known = self._resolved(named["zone"]) if named else None
            self._unclear += known is None and self._own is None
            zone = f";TZID={known or self.own}"
        return f"{found['name']}{_TZID.sub('', given)}{zone}:{found['value'].strip()}"

    def _resolved(self, name: str) -> str | None:
        if name not in self._known:
            self._known[name] = _listed(name) or self._by_definition(name)
        return self._known[name]

    def _defined(self) -> list[str]:
        return [line[5:].strip() for zone in self.head.zones for line in zone if line.upper().startswith("TZID:")]

    def _by_definition(self, name: str) -> str | None:
        """The zone as the file defines it, under a name of its own: another file may mean another zone by the same."""
        for lines in self.head.zones:
            if not any(line.upper().startswith("TZID:") and line[5:].strip() == name for line in lines):
                continue
            for line in lines:
                if line.upper().startswith("X-LIC-LOCATION:") and (listed := _listed(line.partition(":")[2].strip())):
                    return listed
            return _registered(lines)
        return None


def _listed(name: str) -> str | None:
    """The zone's name in the world's list: as written, by Windows, or behind the prefix of a vendor."""
    bare = name.strip().strip("/")
    parts = bare.split("/")
    for candidate in (bare, WINDOWS_TO_OLSON.get(bare, ""), *("/".join(parts[n:]) for n in range(1, len(parts)))):
        if candidate and _exists(candidate):
            return candidate
    return None


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (*TROUBLE, OSError):
        return False
    return True


def _registered(lines: Sequence[str]) -> str | None:
    """Make a zone's definition known to `icalendar`, under a name derived from it; None where it cannot be read."""
    rules = [line for line in lines if not line.upper().startswith("TZID:")]
    name = f"{_OWN}{sha256(chr(10).join(rules).encode()).hexdigest()[:16]}"
    try:
        parsed(Timezone, [rules[0], f"TZID:{name}", *rules[1:]])
        zone = tzp.timezone(name)
    except TROUBLE:
        return None
    for part in getattr(zone, "_comps", ()):
        if part.rrule is not None:
            part.rrule._cache_lock = _Patient()  # noqa: SLF001
    return name if zone is not None else None


class _Patient:
    """A lock that is waited for a moment only: a rule of dateutil's that breaks under way never opens its own again, so
    that whoever asks for the time in that zone next would wait for ever.
    """

    def __init__(self) -> None:
        self._lock = Lock()

    def acquire(self) -> bool:
        return self._lock.acquire(timeout=0.1)

    def release(self) -> None:
        with suppress(RuntimeError):
            self._lock.release()

    def locked(self) -> bool:
        return self._lock.locked()
