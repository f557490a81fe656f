"""Who of a team is closest to a company, asked on the page over a finished run."""

from __future__ import annotations

from pathlib import Path

from journey import Journey
from test_axe import grave
from tour import meet, team, visit


def test_a_team_is_asked_who_knows_a_company(journey: Journey, tmp_path: Path) -> None:
    """The run's folder is named, its members stand side by side, and a company leads to whom to ask."""
    journey.settle()
    visit(journey, "Team")
    meet(journey, team(tmp_path))
    assert grave(journey) == []
    journey.page.get_by_role("searchbox", name="A person or a company").fill("Wren Works")
    journey.page.keyboard.press("Enter")
    journey.see("The warmest path of each member")
