"""What became of the people added in each year, as an ECharts option and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditor.ui.charts import GREY, TEAL


@dataclass(frozen=True, slots=True)
class Cohort:
    """The connections of one year, by what became of them."""

    year: int
    deep: int
    light: int
    silent: int
    unobserved: int

    @property
    def added(self) -> int:
        return self.deep + self.light + self.silent + self.unobserved


FATES = (
    ("deep", "deep today", TEAL, 1.0),
    ("light", "some contact", TEAL, 0.45),
    ("silent", "never spoken", GREY, 0.45),
    ("unobserved", "not observed", GREY, 0.18),
)


def by_year(connections: pd.DataFrame) -> list[Cohort]:
    """What became of the connections, by the year of connecting, first year first, without gaps."""
    dated = connections[connections["connected_on"].notna()]
    if dated.empty:
        return []
    fate = dated["state"].mask(dated["kind"] == "never-spoken", "silent")
    counts = pd.crosstab(dated["connected_on"].dt.year, fate)
    counts = counts.reindex(range(int(counts.index.min()), int(counts.index.max()) + 1), fill_value=0)
    counts = counts.reindex(columns=[key for key, *_ in FATES], fill_value=0)
    return [Cohort(int(row[0]), *map(int, row[1:])) for row in counts.itertuples()]


def bars(years: Sequence[Cohort]) -> dict[str, Any]:
    """Connections added a year as stacked bars, deep ones at the bottom."""
    used = [fate for fate in FATES if any(getattr(year, fate[0]) for year in years)]
    if [fate[0] for fate in used] == ["unobserved"]:
        used = [("unobserved", "added", TEAL, 1.0)]
    return {
        "animation": False,
        "grid": {"left": 8, "right": 8, "top": 12, "bottom": 40, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}, "confine": True},
        "legend": {"bottom": 0, "icon": "circle"},
        "xAxis": {"type": "category", "data": [str(year.year) for year in years]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [
            {
                "type": "bar",
                "name": name,
                "stack": "added",
                "barCategoryGap": "35%",
                "barMaxWidth": 90,
                "itemStyle": {"color": colour, "opacity": opacity},
                "data": [getattr(year, key) for year in years],
            }
            for key, name, colour, opacity in used
        ],
    }


def describe(years: Sequence[Cohort]) -> str:
    """The bars in words: the total, and how many of them are deep."""
    added, deep = sum(y.added for y in years), sum(y.deep for y in years)
    return (
        f"Connections by the year you added them, {years[0].year} to {years[-1].year}: {added:,}, {deep:,} deep today."
    )
