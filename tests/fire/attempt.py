"""One file given to one reader, and what became of it. Records and a known error are fine; all else is a finding."""

from __future__ import annotations

import logging
import resource
import signal
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor.errors import AuditorError, RecordsError
from fire.readers import Reader

LONGEST = 5.0
"""Seconds of processor time a small file may take; wall time would tell of the machine's other work."""

CEILING = 256 * 2**20
"""Bytes by which one small file may raise the most memory the process ever had."""

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
    before = _peak()
    try:
        with _in_time(), warnings.catch_warnings(), _silence() as heard:
            warnings.simplefilter("error")
            records = reader.feed(reader.file, content)
    except AuditorError as error:
        return _told(error) if isinstance(error, RecordsError) else REFUSED  # the former is a reader's mistake
    except Hung as error:
        return f"more than {LONGEST:.0f} s" + _told(error)
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

    before = signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _silence() -> Iterator[_Heard]:
    heard = _Heard(logging.WARNING)
    logging.getLogger().addHandler(heard)
    try:
        yield heard
    finally:
        logging.getLogger().removeHandler(heard)
