"""Where people stand on the target: ego in the middle, Dunbar's rings around, every tie a dot in its own place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import pandas as pd

from auditor.dunbar import LAYERS, SHELLS

MOST_DOTS = 2_000
"""More dots tell nothing and cost seconds; the caption says how many are left out."""

RINGS = (*LAYERS, *SHELLS)
BEYOND = "no contact seen"
BANDS = (*(ring.name for ring in RINGS), BEYOND)


@dataclass(frozen=True, slots=True)
class Dot:
    """A tie on the target. `band`: 0 for the innermost ring to 6 for no contact; `radius` lies in [band, band + 1);
    `angle` in degrees hangs on the human's key alone, so that the same person stays in the same direction.
    """

    human: str
    band: int
    radius: float
    angle: float
    depth: float


def angle(human: str) -> float:
    """The direction of a human on the target, in degrees."""
    return 360 * _hash(human, b"angle")


def layout(people: Iterable[tuple[str, int, float]], most: int = MOST_DOTS) -> list[Dot]:
    """Where people stand on the target: `people` are (key, band, depth); at most `most` of them, the innermost first.

    Inside its band the deepest stands innermost. Of those without contact an even sample is drawn where not all fit,
    the same on every call.
    """
    ranked = sorted(people, key=lambda p: (p[1], -p[2] if p[1] < len(RINGS) else _draw(p[0]), p[0]))[:most]
    dots: list[Dot] = []
    for band in range(len(BANDS)):
        inside = [p for p in ranked if p[1] == band]
        start, room = (0.38, 0.5) if band == 0 else (band + 0.12, 0.76)
        for place, (human, _, depth) in enumerate(inside):
            dots.append(Dot(human, band, start + room * (place + 0.5) / len(inside), angle(human), depth))
    return dots


def _draw(human: str) -> float:
    return _hash(human, b"sample")


def _hash(human: str, salt: bytes) -> float:
    """A number in [0, 1) that hangs on the key alone."""
    return int.from_bytes(blake2b(human.encode(), digest_size=4, salt=salt).digest()) / 2**32


def bands(ties: pd.DataFrame) -> list[tuple[str, int, float]]:
    """Key, band and depth of every tie: the innermost layer it is in, else whether there ever was any contact."""
    place = {ring.name: i for i, ring in enumerate(LAYERS)}
    band = ties["layer"].map(place)
    band = band.mask(band.isna() & ties["two_way"], len(LAYERS))
    band = band.mask(band.isna() & (ties["contact_days"] > 0), len(LAYERS) + 1).fillna(len(RINGS))
    return list(zip(ties.index, band.astype(int), ties["depth"], strict=True))
