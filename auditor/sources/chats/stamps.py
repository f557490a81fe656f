"""The time at the start of each line of a WhatsApp export, in the form of any phone and language.

Android writes `6/13/23, 7:35 PM - Name: text`, iOS `[13/06/2023, 19:35:10] Name: text`; the order of day and month, the
separators, the clock of 12 hours and its words are those of the phone (formats.md §6.6).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

_MARKS = "\u200e\u200f\u202a-\u202e\ufeff"
_SEPARATOR = f"[-./ 년월年月{_MARKS}]{{1,4}}"
_FIRST_HALF = ("上午", "午前", "오전", "早上", "凌晨", "清晨", "vorm.", "ص", "πμ", "π.μ.", "öö", "pg", "sa")
_SECOND_HALF = ("下午", "午後", "오후", "晚上", "中午", "nachm.", "م", "μμ", "μ.μ.", "ös", "ptg", "ch")
_HALF = "|".join([r"[ap]\.?\s?m\.?", *map(re.escape, (*_FIRST_HALF, *_SECOND_HALF))])
_STAMP = (
    rf"(\d{{1,4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,4}})[.일日]?"
    rf"[,،]?\s+(?:kl[o.]?\.?\s)?(?:({_HALF})\s?)?(\d{{1,2}})[:.](\d{{2}})(?:[:.](\d{{2}}))?(?:\s?({_HALF}))?"
)
_FORMS = (
    re.compile(rf"[{_MARKS}]*\[{_STAMP}\]\s?", re.IGNORECASE),
    re.compile(rf"[{_MARKS}]*{_STAMP}\s[-–]\s", re.IGNORECASE),
)
_EPOCH = date(1970, 1, 1)
_OPENED = date(2009, 1, 1)
"""WhatsApp is as old as that; an earlier date is a misread one."""

_ENOUGH = 20
"""Different days that show the order of day and month; a pasted line of another chat cannot outvote them."""

UNTOLD = "the order of day and month could not be told: read as {} first"

Day = tuple[int, int, int]


def form(lines: Iterable[str]) -> re.Pattern[str] | None:
    """The form that the lines of a chat have, by the first that has one; None where it is no chat."""
    return next((form for line in lines for form in _FORMS if form.match(line)), None)


@dataclass(slots=True)
class Clock:
    """Reads the stamps of one file as Unix seconds, local times as they are written.

    `untold`: the file does not tell in which order day and month stand.
    """

    day_first: bool
    untold: bool = False
    _days: dict[Day, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, stamps: Iterable[re.Match[str]]) -> Clock:
        """The clock of a file: a number over 12 is a day; else time does not run backwards; else the habit of phones
        with 12 hours (month first) and with 24.
        """
        votes: Counter[bool] = Counter()
        days: dict[Day, None] = {}
        twelve = False
        for stamp in stamps:
            day = _numbers(stamp)
            twelve |= bool(stamp[4] or stamp[8])
            if day in days:
                continue
            days[day] = None
            votes[True] += day[0] <= 31 and day[0] > 12
            votes[False] += day[1] > 12
            if max(votes.values()) >= _ENOUGH:
                break
        if votes[True] != votes[False]:
            return cls(votes[True] > votes[False])
        return cls._by_order(list(days), twelve=twelve)

    @classmethod
    def _by_order(cls, days: list[Day], *, twelve: bool) -> Clock:
        back = {first: _steps_back(days, day_first=first) for first in (True, False)}
        if back[True] != back[False]:
            return cls(back[True] < back[False])
        return cls(not twelve, untold=any(day[0] <= 31 and day[0] != day[1] for day in days))

    def seconds(self, stamp: re.Match[str]) -> int | None:
        """Unix seconds, or None for what is no time."""
        day = _numbers(stamp)
        if day not in self._days:
            self._days[day] = _midnight(day, day_first=self.day_first)
        midnight, hour, minute, second = self._days[day], int(stamp[5]), int(stamp[6]), int(stamp[7] or 0)
        half = (stamp[4] or stamp[8] or "").casefold()
        if half:
            hour = hour % 12 + 12 * (half[0] == "p" or half in _SECOND_HALF) if half != "pg" else hour % 12
        if midnight is None or hour > 23 or minute > 59 or second > 59:
            return None
        return midnight + hour * 3600 + minute * 60 + second


def _numbers(stamp: re.Match[str]) -> Day:
    return int(stamp[1]), int(stamp[2]), int(stamp[3])


def _ordered(day: Day, *, day_first: bool) -> Day:
    """Year, month and day."""
    first, second, third = day
    if first > 31:
        return day
    year = third + 2000 if third < 100 else third - 543 if third > 2400 else third  # Thai years are Buddhist
    return (year, second, first) if day_first else (year, first, second)


def _midnight(day: Day, *, day_first: bool) -> int | None:
    try:
        midnight = date(*_ordered(day, day_first=day_first))
    except ValueError:
        return None
    return (midnight - _EPOCH).days * 86_400 if midnight >= _OPENED else None


def _steps_back(days: list[Day], *, day_first: bool) -> int:
    """How often a day is followed by one before it, were the numbers in this order."""
    ordered = [_ordered(day, day_first=day_first) for day in days]
    return sum(later < earlier for earlier, later in pairwise(ordered))
