"""The target, as an ECharts option: a pure function of the audit, the same picture for the same people every time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.dunbar import DUNBAR
from auditor.rings import BANDS, RINGS, Dot, layout
from auditor.ui.palette import AMBER, GREY, TEAL
from auditor.ui.text import plain

__all__ = ["AMBER", "GREY", "TEAL", "describe_target", "example", "in_band", "shown_bands", "target"]

_OPACITY = (1.0, 0.88, 0.76, 0.64, 0.52, 0.42)
SLATE = "#5f6d71"


def target(dots: Sequence[Dot], names: Sequence[str]) -> dict[str, Any]:
    """The target: ego in the middle, Dunbar's rings around, one dot a tie. `names[i]` belongs to `dots[i]`.

    Series i holds the dots of `shown_bands(dots)[i]` in their order; clicking a dot selects it.
    """
    named = list(zip(dots, names, strict=True))
    series = [_band_series(band, [(d, n) for d, n in named if d.band == band]) for band in shown_bands(dots)]
    return {
        "animation": False,
        "polar": {"center": ["50%", "47%"], "radius": "86%"},
        "angleAxis": {"type": "value", "min": 0, "max": 360, "show": False, "startAngle": 90},
        "radiusAxis": {
            "min": 0,
            "max": len(BANDS),
            "interval": 1,
            "axisLine": {"show": False},
            "axisTick": {"show": False},
            "axisLabel": {"show": False},
            "splitLine": {"lineStyle": {"color": _ring_colours(), "width": 1.2}},
        },
        "tooltip": {"trigger": "item", "formatter": "{b}", "confine": True},
        "legend": {"bottom": 0, "data": [BANDS[band] for band in shown_bands(dots)], "icon": "circle"},
        "series": [*series, _labels()],
        "media": [
            {"query": {"maxAspectRatio": 0.75}, "option": {"polar": {"center": ["50%", "40%"], "radius": "98%"}}}
        ],
    }


def shown_bands(dots: Sequence[Dot]) -> list[int]:
    """The bands that have dots, inner first."""
    return sorted({dot.band for dot in dots})


def in_band(dots: Sequence[Dot], place: int) -> list[Dot]:
    """The dots of the series at `place` of `target`, in the order of its data."""
    shown = shown_bands(dots)
    return [dot for dot in dots if place < len(shown) and dot.band == shown[place]]


def _band_series(band: int, inside: list[tuple[Dot, str]]) -> dict[str, Any]:
    beyond = band == len(RINGS)
    return {
        "type": "scatter",
        "coordinateSystem": "polar",
        "id": BANDS[band],
        "name": BANDS[band],
        "selectedMode": "single",
        "itemStyle": {"color": GREY if beyond else TEAL, "opacity": 0.35 if beyond else _OPACITY[band]},
        "select": {"itemStyle": {"color": AMBER, "opacity": 1, "borderColor": AMBER, "borderWidth": 3}},
        "emphasis": {"scale": 1.6},
        "data": [
            {
                "value": [round(dot.radius, 3), round(dot.angle, 2)],
                "name": plain(name),
                "symbolSize": 4 if beyond else round(5 + dot.depth / 11, 1),
            }
            for dot, name in inside
        ],
    }


def _ring_colours() -> list[str]:
    grey = "rgba(127,138,141,0.35)"
    rings = [AMBER if ring.size == DUNBAR else grey for ring in RINGS]
    return ["rgba(0,0,0,0)", *rings, "rgba(0,0,0,0)"]


def _labels() -> dict[str, Any]:
    """The numbers on the rings, and the ego in the middle."""
    numbers = [
        {"value": [i + 1, 0], "name": f"{ring.size:,}", "symbolSize": 0.1, "label": _pill(ring.size == DUNBAR)}
        for i, ring in enumerate(RINGS)
    ]
    return {
        "type": "scatter",
        "coordinateSystem": "polar",
        "silent": True,
        "itemStyle": {"color": AMBER, "opacity": 1},
        "tooltip": {"show": False},
        "z": 5,
        "data": [{"value": [0, 0], "name": "you", "symbolSize": 28}, *numbers],
        "label": {"show": True, "formatter": "{b}", "position": "inside", "fontSize": 11, "color": "#ffffff"},
    }


def _pill(accented: bool) -> dict[str, Any]:
    return {"backgroundColor": AMBER if accented else SLATE, "padding": [2, 5], "borderRadius": 8}


def describe_target(dots: Sequence[Dot], left_out: int) -> str:
    """The target in words, for those who cannot see it."""
    counts = [(BANDS[b], len([d for d in dots if d.band == b])) for b in shown_bands(dots)]
    inside = ", ".join(f"{n:,} {name}" for name, n in counts)
    more = f"; {left_out:,} more are not drawn" if left_out else ""
    return f"You in the middle, and around you, from the inside out: {inside}{more}."


def example() -> list[Dot]:
    """A target of nobody, for the page that waits for data: what an ordinary network looks like."""
    counts: Sequence[int] = (4, 9, 21, 27, 90, 130, 420)
    people = [(f"example:{b}:{i}", b, 92.0 - 14 * b) for b, count in enumerate(counts) for i in range(count)]
    return layout(people)
