"""The waterfall: where its bars begin and end, and what they say."""

from __future__ import annotations

import json

from auditor.explanation import Explanation, Part
from auditor.ui import waterfall

TIE = Explanation(
    name="<img src=x>",
    profile_url=None,
    work="",
    depth=57.0,
    low=37.0,
    high=57.0,
    lifetime_depth=80.0,
    p_two_way=0.6,
    state="deep",
    kind="dormant",
    layer=None,
    told=None,
    sentence="",
    raw=2.7,
    parts=(
        Part("Where everyone starts", -3.7, 9.0, ""),
        Part("Both ways", 5.6, 80.0, ""),
        Part("Silence", -2.8, 57.0, ""),
    ),
)


def test_a_bar_runs_from_the_depth_before_to_the_depth_after() -> None:
    """9 up to 80 begins at 9 and is 71 long; 80 down to 57 begins at 57 and is 23 long; the sum begins at 0."""
    hidden, shown = waterfall.bars(TIE)["series"]
    assert hidden["data"] == [0, 9, 57, 0]
    assert [bar["value"] for bar in shown["data"]] == [9, 71, 23, 57]
    assert [bar["label"]["formatter"] for bar in shown["data"]] == ["9", "80", "57", "57"]


def test_what_takes_away_has_a_colour_of_its_own() -> None:
    """The silence is the only bar that goes down."""
    colours = [bar["itemStyle"]["color"] for bar in waterfall.bars(TIE)["series"][1]["data"]]
    assert colours[2] not in (colours[0], colours[1], colours[3])


def test_the_option_is_plain_json_without_any_name() -> None:
    """Nothing of other people's words reaches the chart."""
    option = waterfall.bars(TIE)
    assert json.loads(json.dumps(option, allow_nan=False)) == option
    assert "img" not in json.dumps(option)


def test_the_description_walks_the_steps() -> None:
    """What a screen reader reads."""
    assert waterfall.describe(TIE) == (
        "The way to a depth of 57, step by step: where everyone starts to 9, both ways to 80, silence to 57."
    )
