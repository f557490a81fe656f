"""The waterfall of one tie's depth, as an ECharts option and in words: what each part adds, step by step."""

from __future__ import annotations

from typing import Any

from auditor.explanation import Explanation
from auditor.ui.charts import AMBER, TEAL

ROW = 34
"""Pixels a bar takes."""


def height(found: Explanation) -> int:
    """How tall the picture is."""
    return ROW * (len(found.parts) + 1) + 36


def bars(found: Explanation) -> dict[str, Any]:
    """One bar a part, from the depth before it to the depth after it, and the whole below; the scale is 0–100."""
    after = [part.depth for part in found.parts]
    steps = list(zip([0.0, *after], after, strict=False))
    full = {"color": TEAL, "opacity": 1.0}
    return {
        "animation": False,
        "grid": {"left": 4, "right": 34, "top": 4, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "value", "min": 0, "max": 100, "interval": 25},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [*(part.label for part in found.parts), "Depth"],
            "axisTick": {"show": False},
        },
        "series": [
            {
                "type": "bar",
                "stack": "way",
                "silent": True,
                "barWidth": 18,
                "itemStyle": {"color": "rgba(0,0,0,0)"},
                "data": [*(round(min(step), 2) for step in steps), 0],
            },
            {
                "type": "bar",
                "stack": "way",
                "silent": True,
                "barWidth": 18,
                "data": [*(_step(*step) for step in steps), _bar(found.depth, full, f"{found.depth:.0f}")],
            },
        ],
    }


def _step(before: float, after: float) -> dict[str, Any]:
    up = after >= before
    return _bar(abs(after - before), {"color": TEAL if up else AMBER, "opacity": 0.55 if up else 1.0}, f"{after:.0f}")


def _bar(length: float, style: dict[str, Any], reads: str) -> dict[str, Any]:
    label = {"show": True, "position": "right", "formatter": reads, "opacity": 1}
    return {"value": round(length, 2), "itemStyle": style, "label": label}


def describe(found: Explanation) -> str:
    """The waterfall in words."""
    way = ", ".join(f"{part.label.lower()} to {part.depth:.0f}" for part in found.parts)
    return f"The way to a depth of {found.depth:.0f}, step by step: {way}."
