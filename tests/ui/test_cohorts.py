"""The people added in each year."""

from __future__ import annotations

import pandas as pd

from auditor.ui import cohorts
from auditor.ui.cohorts import Cohort


def _connections(*rows: tuple[str | None, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["connected_on", "state", "kind"])
    return table.assign(connected_on=pd.to_datetime(table["connected_on"], utc=True))


def test_every_dated_connection_counts_in_its_year_by_what_became_of_it() -> None:
    """Years without anybody stay in, people without a date stay out."""
    years = cohorts.by_year(
        _connections(
            ("2020-02-01", "deep", "active"),
            ("2020-03-01", "light", "chased"),
            ("2022-01-01", "unobserved", "never-spoken"),
            ("2022-06-01", "unobserved", "unobserved"),
            (None, "deep", "core"),
        )
    )
    assert years == [Cohort(2020, 1, 1, 0, 0), Cohort(2021, 0, 0, 0, 0), Cohort(2022, 0, 0, 1, 1)]


def test_no_dates_no_bars() -> None:
    """Where nobody has a date of connecting there is nothing to draw."""
    assert cohorts.by_year(_connections((None, "deep", "core"))) == []


def test_a_list_of_connections_alone_shows_growth() -> None:
    """Where nothing was observed the bars say "added", not that everybody is unobserved."""
    option = cohorts.bars([Cohort(2020, 0, 0, 0, 7)])
    assert [(s["name"], s["data"]) for s in option["series"]] == [("added", [7])]


def test_only_what_occurs_is_in_the_legend() -> None:
    """A fate that nobody had has no bar."""
    option = cohorts.bars([Cohort(2020, 1, 0, 2, 0)])
    assert [s["name"] for s in option["series"]] == ["deep today", "never spoken"]
