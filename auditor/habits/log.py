"""What habits are measured on: the exchanges by human as of a day, beside the audit of that day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from auditor import signals
from auditor.audit import Audit
from auditor.identity import Identity
from auditor.records import Records
from auditor.signals import YEAR_DAYS, Contacts, Ints, day_number

MONTHS = 24
"""How far back a trend goes."""

NEVER = np.iinfo(np.int64).max
"""A day that does not come."""


@dataclass(frozen=True, eq=False)
class Log:
    """The owner's past up to the day of `audit`: `exchanges` (the interactions, `person` being the human) and
    `broadcasts`, nothing later. Days are numbers since 1970-01-01 UTC.
    """

    audit: Audit
    exchanges: pd.DataFrame
    broadcasts: pd.DataFrame

    @classmethod
    def of(cls, records: Records, audit: Audit) -> Log:
        """The log of the records that `audit` is an audit of."""
        who = Identity(audit.human, audit.links)
        table = records.interactions.assign(person=who.of(records.interactions["person"]))
        there = (table["at"] <= audit.as_of) & table["person"].notna()
        table = table if there.all() else table[there]
        return cls(audit, table, records.broadcasts[records.broadcasts["at"] <= audit.as_of])

    @cached_property
    def today(self) -> int:
        return day_number(self.audit.as_of)

    @property
    def year_ago(self) -> int:
        """The day before the last year began: what is later lies in it."""
        return self.today - YEAR_DAYS

    @property
    def weeks(self) -> float:
        """The weeks of the last year that the files know of."""
        return min(max(self.audit.history_days, 7), YEAR_DAYS) / 7

    @cached_property
    def day(self) -> Ints:
        """The day of each exchange."""
        return days_of(self.exchanges["at"])

    @cached_property
    def recent(self) -> pd.DataFrame:
        """The exchanges of the last year."""
        return self.exchanges[self.day > self.year_ago]

    @cached_property
    def texts(self) -> pd.DataFrame:
        """The texts of the last year, no stock phrases, with their `day`; what went to several people stands once."""
        recent = self.recent
        said = recent["words"].gt(0).fillna(value=False) & recent["stock"].isna()
        said &= ~recent["channel"].isin(["invitation", "recommendation", "note"])
        mask = said.to_numpy(dtype=bool)
        dated = recent[mask].assign(day=self.day[self.day > self.year_ago][mask])
        return dated.drop_duplicates(["source", "row"])

    @cached_property
    def contacts(self) -> Contacts:
        """The contact days of every tie, its `ties` being those with any."""
        return signals.contacts(self.exchanges)

    @cached_property
    def met(self) -> Ints:
        """The day from which each tie of `contacts` was known: of connecting or of the first contact."""
        connected = days_of(self.audit.ties["connected_on"].reindex(self.contacts.ties))
        return np.minimum(self.contacts.first, connected)

    def first(self, where: Any) -> Ints:
        """The first day of each tie of `contacts` among the contact days so marked; NEVER without any."""
        found = np.full(len(self.contacts.ties), NEVER)
        np.minimum.at(found, self.contacts.tie[where], self.contacts.unit[where])
        return found

    def monthly(self, day: Ints) -> pd.Series[float]:
        """How many of these days lie in each month."""
        return self.by_month(day, np.ones(len(day)), "sum")

    def by_month(self, day: Ints, value: Any, how: str) -> pd.Series[float]:
        """Values of days by month ("2026-03"): `how` is sum, mean or median; no month is left out."""
        last = np.datetime64(self.audit.as_of.strftime("%Y-%m"), "M")
        months = last - np.arange(MONTHS - 1, -1, -1)
        place = np.asarray(day, np.int64).astype("datetime64[D]").astype("datetime64[M]") - months[0]
        found: Any = pd.Series(np.asarray(value, float)).groupby(place.astype(np.int64)).agg(how)
        series: pd.Series[float] = found.reindex(range(MONTHS)).set_axis(months.astype(str))
        return series.fillna(0.0) if how == "sum" else series

    def name(self, humans: Any) -> list[str]:
        """The names of humans, for a list."""
        names: list[str] = self.audit.ties["name"].reindex(list(humans)).tolist()
        return names


def days_of(times: pd.Series[Any]) -> Ints:
    """The day numbers of UTC times; NEVER where missing."""
    number = np.asarray(times.astype("datetime64[us, UTC]").astype("int64"), np.int64) // 86_400_000_000
    return np.where(times.isna(), NEVER, number)


def as_dates(day: Ints) -> Any:
    """Day numbers as dates."""
    return np.asarray(day, np.int64).astype("datetime64[D]").astype("datetime64[s]")
