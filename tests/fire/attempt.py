"""Files given to a reader, and what became of them. Records and a known error are fine; all else is a finding."""

from __future__ import annotations

import logging
import os
import resource
import signal
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from auditor.errors import AuditorError, RecordsError
from auditor.records import Records

from .readers import Reader
from .stack import Stack

RUNS = int(os.environ.get("AUDITOR_FUZZ_RUNS", "1000"))
"""Bent files for each reader in a run of the tests."""

LONGEST = 5.0
"""Seconds of processor time a small file may take; wall time would tell of the machine's other work."""

STUCK = 120.0
"""Seconds after which a reader that uses no processor waits for something that never comes."""

CEILING = 256 * 2**20
"""Bytes by which one small file may raise the most memory the process ever had."""

TOGETHER = 64
"""Files of a stack. They have the time and memory of one."""

READ, REFUSED = "read", "refused"
CORPUS = Path(__file__).with_name("corpus")


class Hung(BaseException):
    """No Exception, so that no reader takes it for a bad row."""


class _Heard(logging.Handler):
    """Libraries that log what they cannot read would write names into logs."""

    said = 0

    def emit(self, _: logging.LogRecord) -> None:
        self.said += 1


def attempt(reader: Reader, content: bytes) -> str:
    """READ, REFUSED, or what went wrong and where: never a word of the file."""
    return _guarded(lambda: reader.feed(reader.file, content))


@dataclass
class Attempts:
    """Many files given to a reader, TOGETHER of them at once where it can be; `found` is told what breaks it.

    The first of every TOGETHER files is read alone, and so is every file of a stack that breaks.
    """

    reader: Reader
    found: Callable[[str, bytes], None]
    done: Counter[str] = field(default_factory=Counter)
    _stack: Stack | None = None
    _laid: list[bytes] = field(default_factory=list)

    def take(self, content: bytes) -> None:
        """One more file."""
        stack = self._stack
        if stack is None:
            self._tell(attempt(self.reader, content), content)
            self._stack = self.reader.stack() if self.reader.stack else None
            return
        what = _guarded(lambda: stack.lay(self.reader.file, content))
        if what == READ:
            self._laid.append(content)
        else:
            self._tell(what, content)
        if len(self._laid) >= TOGETHER:
            self.finish()

    def finish(self) -> None:
        """Make the tables of what was taken; where that fails, look for the file that is to blame."""
        if self._stack is None:
            return
        what = _guarded(self._stack.made)
        told = [READ] * len(self._laid) if what == READ else [attempt(self.reader, content) for content in self._laid]
        for content, alone in zip(self._laid, told, strict=True):
            self._tell(alone, content)
        if what != READ and not set(told) - {READ, REFUSED}:
            self._tell(f"together: {what}", b"".join(self._laid))
            self.done[READ] -= 1  # it was no file
        self._stack, self._laid = None, []

    def _tell(self, what: str, content: bytes) -> None:
        self.done[what if what == REFUSED else READ] += 1
        if what not in (READ, REFUSED):
            self.found(what, content)


def _guarded(do: Callable[[], Records | None]) -> str:
    before = _peak()
    try:
        with _in_time(), warnings.catch_warnings(), _silence() as heard:
            warnings.simplefilter("error")
            records = do()
    except AuditorError as error:
        return _told(error) if isinstance(error, RecordsError) else REFUSED  # the former is a reader's mistake
    except Hung as error:
        return f"more than {LONGEST:.0f} s of CPU, or {STUCK:.0f} s of nothing" + _told(error)
    except Exception as error:  # noqa: BLE001 - that is what we are here for
        return _told(error)
    if heard.said:
        return "writes to the log"
    if _peak() - before > CEILING:
        return f"takes more than {CEILING // 2**20} MB"
    if records is not None and (records.coverage["rows"] < 0).any():
        return "counts fewer rows than none"
    return READ


def _told(error: BaseException) -> str:
    """The kind of error and the last lines of ours and of all on the way to it."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/auditor/" in frame.filename]
    places = dict.fromkeys(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in [*ours[-1:], *frames[-1:]])
    return f"{type(error).__name__} in {' < '.join(places)}"


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@contextmanager
def _in_time() -> Iterator[None]:
    def too_long(*_: object) -> None:
        raise Hung

    before = signal.signal(signal.SIGPROF, too_long), signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    signal.setitimer(signal.ITIMER_REAL, STUCK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGPROF, before[0])
        signal.signal(signal.SIGALRM, before[1])


@contextmanager
def _silence() -> Iterator[_Heard]:
    heard = _Heard(logging.WARNING)
    logging.getLogger().addHandler(heard)
    try:
        yield heard
    finally:
        logging.getLogger().removeHandler(heard)
