"""Times as exports write them, in UTC. Formats are explicit and tried cell by cell: Excel leaves two in a column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

UTC, LOS_ANGELES = "UTC", "America/Los_Angeles"
"""LinkedIn writes most times in UTC, but short American ones (`1/31/26, 4:05 PM`) in Pacific time without saying so:
measured on invitation notes that came back as messages, formats.md §3.9."""

OPENED = pd.Timestamp("2003-05-05", tz="UTC")
"""The day LinkedIn opened: nothing in an export is older, so an older date is a misread one."""

_ISO = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d", "%Y-%m-%d %H:%M")
_NAMED = (
    "%d %b %Y",
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %b %y",
    "%b %d, %Y",
    "%b %d %Y",
    "%d %b %Y %H:%M",
    "%b %d %Y %I:%M %p",
)
_MONTH_FIRST = (
    "%m/%d/%y, %I:%M %p",
    "%m/%d/%Y, %I:%M %p",
    "%m/%d/%y %H:%M",
    "%m/%d/%Y %H:%M",
    "%m/%d/%y",
    "%m/%d/%Y",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%y %I:%M %p",
)
_DAY_FIRST = tuple(f.replace("%m/%d", "%d/%m") for f in _MONTH_FIRST)
_DOTTED = ("%d.%m.%Y", "%d.%m.%y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S")

_MONTHS = {
    month: names.split()
    for month, names in {
        "Jan": "jan ene gen",
        "Feb": "feb fev",
        "Mar": "mar maa mrz mrt",
        "Apr": "apr abr avr",
        "May": "may mai mag mei",
        "Jun": "jun juin giu",
        "Jul": "jul juil lug",
        "Aug": "aug ago aou",
        "Sep": "sep set",
        "Oct": "oct okt out ott",
        "Nov": "nov",
        "Dec": "dec dez dic",
    }.items()
}
_MONTH_OF = {name: month for month, names in _MONTHS.items() for name in names}


def instants(
    written: pd.Series, zone: str = UTC, latest: datetime | None = None, *, day_first: bool | None = None
) -> pd.Series:
    """The times in UTC (datetime64[us, UTC]), missing where no known format fits.

    `zone` is what the column means where a cell does not say UTC itself; `latest` is when the file was written, if that
    is known: a date later than a year after it has got the wrong century. `day_first` says how 3/4/2026 is meant;
    None: as the column itself tells.
    """
    codes, values = pd.factorize(written, use_na_sentinel=False)
    cells = pd.Series(values, dtype="str")
    plain = pd.Series([_plain(cell) for cell in cells.tolist()], dtype="str")
    times = np.full(len(cells), np.datetime64("NaT", "us"))
    for formats in (_ISO, _NAMED, _DOTTED, _slashed(plain, day_first)):
        _fill(times, plain.to_numpy(object), formats)
    found = pd.Series(times, index=cells.index)
    found = found.where((found.dt.year > 2000) & (found.dt.year < 2200))
    says_utc = says_zone(cells)
    local = found.dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").dt.tz_convert("UTC")
    told = local.where(~says_utc, found.dt.tz_localize("UTC"))
    told = told.where(told >= OPENED)
    if latest is not None:
        told = told.where(told <= pd.Timestamp(latest, tz="UTC") + pd.Timedelta(days=366))
    each: pd.Series = told.astype("datetime64[us, UTC]").iloc[codes]
    return each.set_axis(written.index)


def says_zone(written: pd.Series) -> pd.Series:
    """Which cells say themselves that they are in UTC."""
    return written.str.contains(r"(?:UTC|GMT|Z)\s*$", regex=True)


def _fill(times: np.ndarray[Any, Any], plain: np.ndarray[Any, Any], formats: Sequence[str]) -> None:
    """Fill in the times that are still missing, each by the first of the formats that fits its cell."""
    for form in formats:
        open_ = np.flatnonzero(np.isnat(times) & (plain != ""))
        if not len(open_):
            break
        times[open_] = pd.to_datetime(plain[open_], format=form, errors="coerce").as_unit("us").to_numpy()


def _slashed(plain: pd.Series, day_first: bool | None) -> Sequence[str]:
    """Month first, as LinkedIn writes; day first only where it is said, or the whole column can be nothing else."""
    if day_first is not None:
        return _DAY_FIRST if day_first else _MONTH_FIRST
    parts = plain.str.extract(r"^([0-9]{1,2})/([0-9]{1,2})/")
    first, second = (pd.to_numeric(parts[i]) for i in (0, 1))
    return _DAY_FIRST if (first > 12).any() and not (second > 12).any() else _MONTH_FIRST


_IS_PLAIN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}:[0-9]{2})?"
    r"|[0-9]{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4}"
)
"""The two forms that most cells have."""


def _plain(cell: str) -> str:
    """A cell with plain spaces, English months, AM and PM, and without a zone; nothing where it has no number."""
    if _IS_PLAIN.fullmatch(cell):
        return cell
    if not any(map(str.isdigit, cell)):
        return ""
    cell = re.sub(r"[\s\u200e\u200f]+", " ", unicodedata.normalize("NFKC", cell)).strip()
    cell = re.sub(r"\s*(UTC|GMT|Z|\+00:?00)$", "", cell)
    cell = re.sub(r"\b([ap])\.? ?m\b\.?", lambda half: f"{half[1].upper()}M", cell, flags=re.IGNORECASE)
    cell = re.sub(r"(:\d\d)\.\d+$", r"\1", cell)
    return re.sub(r"[^\W\d_]{3,}\.?", _english, cell)


def _english(word: re.Match[str]) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word[0].casefold()) if c.isalpha())
    return _MONTH_OF.get(plain[:4]) or _MONTH_OF.get(plain[:3]) or word[0]
