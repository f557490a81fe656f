"""The target: where everybody stands, and how the drawing says it."""

from __future__ import annotations

import json

import pandas as pd

from auditor import rings
from auditor.ui import charts


def _people(band: int, count: int) -> list[tuple[str, int, float]]:
    return [(f"linkedin:p{band}-{i}", band, 50.0 + i % 40) for i in range(count)]


def test_the_same_person_always_stands_in_the_same_direction() -> None:
    """The angle hangs on the key alone: neither other people nor the order of rows move it."""
    alone = rings.layout([("linkedin:ada", 2, 70.0)])[0]
    among = {d.human: d for d in rings.layout([*_people(2, 50), ("linkedin:ada", 3, 40.0), *_people(5, 10)])}
    assert among["linkedin:ada"].angle == alone.angle
    assert 0 <= alone.angle < 360


def test_the_deeper_stands_nearer_the_middle() -> None:
    """Inside a band the radius falls with depth, and no dot leaves its band."""
    dots = sorted(rings.layout(_people(3, 40)), key=lambda d: d.radius)
    assert [d.depth for d in dots] == sorted((d.depth for d in dots), reverse=True)
    assert all(3 <= d.radius < 4 for d in dots)


def test_at_most_two_thousand_are_drawn_the_innermost_first() -> None:
    """Of 30,000 people all inside the rings are drawn, and an even, repeatable sample of those without contact."""
    people = [*_people(6, 29_000), *_people(0, 5), *_people(5, 900)]
    dots = rings.layout(people)
    assert len(dots) == rings.MOST_DOTS
    assert sum(d.band == 0 for d in dots) == 5
    assert sum(d.band == 5 for d in dots) == 900
    assert dots == rings.layout(reversed(people))


def test_bands_go_by_layer_then_by_contact() -> None:
    """layer → its ring; two-way ever → acquaintances; any contact → known; none → beyond the rings."""
    ties = pd.DataFrame(
        {
            "layer": ["sympathy group", None, None, None],
            "two_way": [True, True, False, False],
            "contact_days": [30, 4, 1, 0],
            "depth": [90.0, 40.0, 3.0, 0.0],
        },
        index=["a", "b", "c", "d"],
    )
    assert [(human, rings.BANDS[band]) for human, band, _ in rings.bands(ties)] == [
        ("a", "sympathy group"),
        ("b", "acquaintances"),
        ("c", "known"),
        ("d", rings.BEYOND),
    ]


def test_a_click_finds_its_person() -> None:
    """Data item j of series i is the j-th dot of `in_band(dots, i)`, also where inner bands are empty."""
    dots = rings.layout([*_people(1, 3), *_people(4, 2)])
    option = charts.target(dots, [d.human for d in dots])
    for i, series in enumerate(option["series"][:-1]):
        assert [item["name"] for item in series["data"]] == [d.human for d in charts.in_band(dots, i)]
    assert charts.in_band(dots, 7) == []


def test_the_option_is_plain_json_and_names_are_plain_text() -> None:
    """No function, no NaN; a name cannot turn the direction of writing; the tooltip is a template that escapes."""
    dots = rings.layout([("linkedin:x", 0, 90.0)])
    option = charts.target(dots, ["<img src=x>\u202eevil"])
    assert json.loads(json.dumps(option, allow_nan=False)) == option
    assert option["series"][0]["data"][0]["name"] == "<img src=x>evil"
    assert option["tooltip"]["formatter"] == "{b}"


def test_the_ring_of_150_is_accented() -> None:
    """Of the six rings exactly the fourth has a colour of its own."""
    colours = charts.target([], [])["radiusAxis"]["splitLine"]["lineStyle"]["color"][1:7]
    assert colours[3] not in colours[:3] + colours[4:]


def test_the_description_counts_what_is_drawn_and_says_what_is_not() -> None:
    """What a screen reader reads has the number in every ring."""
    dots = rings.layout([*_people(0, 2), *_people(6, 3)])
    assert charts.describe_target(dots, 1234) == (
        "You in the middle, and around you, from the inside out: 2 support clique, 3 no contact seen; "
        "1,234 more are not drawn."
    )
