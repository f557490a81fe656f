"""How the files of an export are written: encodings, line ends, dates."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")


def sheet(
    path: Path, header: str, rows: Iterable[Sequence[object]], *, above: str = "", final_newline: bool = True
) -> None:
    """Writes a CSV as LinkedIn does: UTF-8 without BOM, commas, quotes where needed, LF.

    `above` stands before the header.
    """
    text = above + lines([header.split(","), *rows])
    plain(path, text if final_newline else text.removesuffix("\n"))


def wide_sheet(path: Path, header: str, rows: Iterable[Sequence[object]]) -> None:
    """Writes the UTF-16 kind: little-endian with BOM, tabs, every field quoted."""
    text = lines([header.split(","), *rows], delimiter="\t", quoting=csv.QUOTE_ALL)
    path.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))


def plain(path: Path, text: str) -> None:
    """Writes text as it is, in UTF-8."""
    path.write_bytes(text.encode())


def lines(rows: Iterable[Sequence[object]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def short_pacific(at: int) -> str:
    """`6/3/26, 4:07 PM` on the clock of Los Angeles, as Invitations.csv has it."""
    t = datetime.fromtimestamp(at, PACIFIC)
    return f"{t.month}/{t.day}/{t:%y}, {(t.hour - 1) % 12 + 1}:{t:%M} {'AM' if t.hour < 12 else 'PM'}"


def padded_pacific(at: int) -> str:
    """`06/03/26, 04:07 PM`, as recommendations have it."""
    t = datetime.fromtimestamp(at, PACIFIC)
    return f"{t:%m/%d/%y}, {(t.hour - 1) % 12 + 1:02d}:{t:%M} {'AM' if t.hour < 12 else 'PM'}"


def day(at: int) -> str:
    """`03 Jun 2026`, the UTC date of Connected On."""
    t = datetime.fromtimestamp(at, UTC)
    return f"{t.day:02d} {_month(t)} {t.year}"


def month(at: int) -> str:
    """`Jun 2026`"""
    t = datetime.fromtimestamp(at, UTC)
    return f"{_month(t)} {t.year}"


def moment(at: int) -> str:
    """`2026-06-03 16:07:55`, UTC without saying so."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S}"


def slashed(at: int) -> str:
    """`2026/06/03 16:07:55 UTC`, as endorsements have it."""
    return f"{datetime.fromtimestamp(at, UTC):%Y/%m/%d %H:%M:%S} UTC"


def _month(t: datetime) -> str:
    """English whatever the locale."""
    return "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[t.month - 1]
