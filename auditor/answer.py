"""The answer of an audit in a few plain values: what the page shows first, and what is kept so that it opens at once.

Nothing here needs pandas: a kept answer is on screen before the tables behind it can be read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.audit import Audit


@dataclass(frozen=True, slots=True)
class Circle:
    """A layer: its name, how many ties are in it with all inner ones, how many Dunbar found, and what it takes."""

    name: str
    count: int
    size: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One sentence, what it comes to (None where withheld) and the comparison behind that, the counts, the layers; no
    name is in it.

    `as_of`: the day, as YYYY-MM-DD. `meaningful` and its bounds are None where they are withheld. `circles`: the four
    layers and the two shells, the inner ones first. `kinds`: kind → connections.
    """

    as_of: str
    sentence: str
    verdict: str | None
    comparison: str
    meaningful: float | None
    low: float | None
    high: float | None
    connections: int
    recent: int
    shallow: int
    unobserved: int
    circles: tuple[Circle, ...]
    kinds: dict[str, int]

    @classmethod
    def of(cls, audit: Audit) -> Answer:
        """The answer of an audit."""
        from auditor import deliver
        from auditor.filters import shallow

        listed = audit.connections
        return cls(
            as_of=f"{audit.as_of:%Y-%m-%d}",
            sentence=deliver.answer(audit),
            verdict=deliver.verdict(audit),
            comparison=deliver.basis(audit),
            meaningful=audit.meaningful.count,
            low=audit.meaningful.low,
            high=audit.meaningful.high,
            connections=len(listed),
            recent=int((listed["connected_on"] > audit.as_of - timedelta(days=365)).sum()),
            shallow=len(shallow(listed)),
            unobserved=int((listed["kind"] == "unobserved").sum()),
            circles=tuple(Circle(c.name, c.count, c.size, c.meaning) for c in audit.layers),
            kinds=audit.kinds,
        )

    def to_json(self) -> str:
        """The answer as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Answer | None:
        """The answer of such a text; None where another version of auditor wrote it."""
        try:
            told = json.loads(text)
            return cls(**{**told, "circles": tuple(Circle(**circle) for circle in told["circles"])})
        except (KeyError, TypeError, ValueError):
            return None
