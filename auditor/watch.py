"""A folder of downloads, watched: each new export is noticed once it is whole, and the week's report is written.

Only ZIPs are looked into: what else lies among somebody's downloads (an invitation, a friend's card) is nobody's
export of their own.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from auditor.errors import AuditorError, InputError, NotAnExportError
from auditor.telling import in_words
from auditor.weekly import WeeklyReport

SETTLED_SECONDS = 2.0
"""A file that has not changed for so long is no longer being written."""

IDLE_SECONDS = 60.0
"""The folder is looked at so often even where the system reports nothing, as on network drives."""

EVERY = timedelta(days=7)
"""How often a new export is worth fetching."""

_HOW = NotAnExportError.HOW
_EXPORT = "*LinkedInDataExport*.zip"

Handle = Callable[[Path], str | None]
"""What is done with a whole export; gives the line to say, or None where there is nothing to say."""

Report = Callable[[Path], tuple[WeeklyReport, str]]
"""Imports an export, and gives the report of its week, and the page."""

_Look = tuple[int, int]


class Arrivals:
    """The exports that arrive in a folder. A browser's half-written files have names of their own until they are done,
    or grow, or lack the directory that ends a ZIP: all of them wait.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError(str(folder), "there is no such folder")
        self._folder = folder
        self._seen: dict[Path, _Look] = {}
        self._given: dict[Path, _Look] = {}
        self.growing = False

    def look(self) -> list[Path]:
        """The ZIPs that are whole, have not changed since the last look, and were not given before; oldest first.

        `growing` then says whether another look is worth while soon.
        """
        now = {path: look for path in self._folder.iterdir() if (look := _look(path))}
        fresh = {path: look for path, look in now.items() if self._given.get(path) != look}
        settled = [path for path, look in fresh.items() if self._seen.get(path) == look and _whole(path)]
        self.growing = any(self._seen.get(path) != look for path, look in fresh.items())
        self._seen = now
        self._given |= {path: now[path] for path in settled}
        return sorted(settled, key=lambda path: (now[path][1], path.name))


def _look(path: Path) -> _Look | None:
    """Size and time of a file that may be an export; None for all others, and for one that is gone meanwhile."""
    if path.suffix.lower() != ".zip" or path.name.startswith((".", "~")):
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if path.is_file() else None


def _whole(path: Path) -> bool:
    """Whether the directory at the end of the ZIP is there, and all that it speaks of before it."""
    try:
        with zipfile.ZipFile(path) as packed:
            return min((info.header_offset for info in packed.infolist()), default=-1) >= 0
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def once(folder: Path, handle: Handle, say: Callable[[str], None], settled: float = SETTLED_SECONDS) -> bool:
    """Handles the exports that are there now, and ends; one that is still being written is left for the next time.
    Whether there was anything to say.
    """
    arrivals = Arrivals(folder)
    arrivals.look()
    Event().wait(settled)
    told = [_handled(export, handle, say) for export in arrivals.look()]
    return any(told)


def watch(
    folder: Path,
    handle: Handle,
    say: Callable[[str], None],
    stop: Event | None = None,
    settled: float = SETTLED_SECONDS,
    idle: float = IDLE_SECONDS,
) -> None:
    """Handles what is there and then whatever arrives, until `stop` is set (or the program is interrupted)."""
    arrivals, woken, end = Arrivals(folder), Event(), stop or Event()
    observer = Observer()
    observer.schedule(_Wake(woken), str(folder))
    observer.start()
    try:
        while not end.is_set():
            woken.clear()
            for export in arrivals.look():
                _handled(export, handle, say)
            if arrivals.growing:
                end.wait(settled)
            else:
                woken.wait(idle)
    finally:
        observer.stop()
        observer.join()


class _Wake(FileSystemEventHandler):
    """Sets an event whenever anything in the folder changes."""

    def __init__(self, woken: Event) -> None:
        self._woken = woken

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in ("opened", "closed_no_write"):  # our own reading
            self._woken.set()


def _handled(export: Path, handle: Handle, say: Callable[[str], None]) -> bool:
    """Handles one export; one that cannot be handled is left alone, with a line said. Whether there was one to say."""
    try:
        told = handle(export)
    except NotAnExportError:
        told = f"{export.name} is no export and was left alone."
    except (AuditorError, OSError) as error:
        told = f"{export.name} was left alone: {error}"
    if told:
        say(told)
    return bool(told)


def reporter(folder: Path, report: Report) -> Handle:
    """What writes the `report` of an export's week into `folder`, as one page.

    A page bears the time of its export. What is no younger than the newest page in `folder` was handled by an earlier
    run: it is not read again.
    """
    newest = max((page.stat().st_mtime_ns for page in folder.glob("auditor *.html")), default=-1)

    def handle(export: Path) -> str | None:
        looked = export.stat()
        if looked.st_mtime_ns <= newest:
            return None
        found, html = report(export)
        folder.mkdir(parents=True, exist_ok=True)
        page = folder / f"auditor {found.week}.html"
        page.write_text(html, encoding="utf-8")
        os.utime(page, ns=(looked.st_atime_ns, looked.st_mtime_ns))
        return f"{export.name}: {found.headline} The report is in {page}."

    return handle


def newest(folder: Path) -> Path | None:
    """The latest whole export of LinkedIn's in a folder; None where there is none. InputError where it is no folder."""
    if not folder.is_dir():
        raise InputError(str(folder), "there is no such folder")
    exports = sorted(folder.glob(_EXPORT), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return next((path for path in exports if _whole(path)), None)


def reminder(folder: Path, today: date) -> str | None:
    """That the next export is due, with the clicks, from a week after the newest one in the folder on."""
    return due(max(_days(folder), default=None), today)


def nothing_new(folder: Path) -> str:
    """That nothing came, and when the next export is due."""
    latest = max(_days(folder), default=None)
    when = f"The next export is due on {in_words(latest + EVERY)}." if latest else f"No export is there. {_HOW}"
    return f"Nothing new. {when}"


def due(newest: date | None, today: date) -> str | None:
    """That the next export is due, with the clicks, from a week after the day of the newest on."""
    if newest is None or today - newest < EVERY:
        return None
    return f"Your last export is of {in_words(newest)}: the next one is due. {_HOW}"


def _days(folder: Path) -> Iterator[date]:
    for export in folder.glob(_EXPORT):
        yield datetime.fromtimestamp(export.stat().st_mtime, UTC).date()
