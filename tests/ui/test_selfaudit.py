"""The picture and the sentence of the self-audit."""

from __future__ import annotations

import json

import pandas as pd

from auditor.backtest import Backtest, Ranked
from auditor.ui import selfaudit

SCORES = (
    Ranked("depth", 0.75, 0.71, 0.79, 0.6),
    Ranked("message count", 0.67, 0.63, 0.71, 0.5),
    Ranked("recency", 0.79, 0.76, 0.83, 0.6),
    Ranked("recency, count and active days together", 0.44, 0.38, 0.5, 0.4),
)
RESULT = Backtest(pd.Timestamp("2025-11-20", tz="UTC"), 590, 216, SCORES)


def test_each_score_is_a_dot_on_its_interval() -> None:
    """The scale begins below the lowest interval, so that no line is cut off."""
    option = selfaudit.ranks(SCORES)
    line, dot = option["series"][:2]
    assert line["data"] == [[0.71, 0], [0.79, 0]]
    assert dot["data"] == [[0.75, 0]]
    assert len(option["series"]) == 2 * len(SCORES)
    assert option["xAxis"]["min"] == 0.3
    assert json.loads(json.dumps(option, allow_nan=False)) == option


def test_the_description_has_every_number() -> None:
    """What a screen reader reads."""
    assert "recency 0.79 (0.76 to 0.83)" in selfaudit.describe(SCORES)
