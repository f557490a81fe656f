"""A tie lives in lunches and calls as much as in messages: the sample with its other channels, from the file to the audit."""

from __future__ import annotations

import pandas as pd
import pytest

from auditor import sample
from auditor.audit import Audit, audit
from auditor.sources import join, read

LUNCH_FRIEND = "linkedin:philippa-wragg-ex6"


@pytest.fixture(name="audits", scope="module")
def both_audits() -> tuple[Audit, Audit]:
    """The sample alone, and with the calendar, the calls and the address book added."""
    export = read([sample.folder()])
    more = read([sample.folder(sample.CHANNELS)], owner=export.owner)
    return audit(export), audit(join([export, more]))


def test_weekly_lunches_turn_a_shallow_friend_into_a_deep_tie(audits) -> None:
    """Never spoken with on LinkedIn; in the calendar every Thursday, and the reason says so."""
    before, after = (found.ties.loc[LUNCH_FRIEND] for found in audits)
    assert (before["state"], before["kind"], before["depth"]) == ("unobserved", "never-spoken", 0)
    assert (after["state"], after["kind"]) == ("deep", "core")
    assert after["depth"] > 90
    assert "You met on 58 days over a meal, over 58 weeks" in after["reason"]


def test_the_ten_calls(audits) -> None:
    """Two of the owner's children, one of an agency, seven of numbers that nobody knows; one call makes nobody deep."""
    callers = audits[1].callers
    assert callers["caller"].value_counts().to_dict() == {"unidentified": 7, "family": 2, "known": 1}
    assert callers.loc[callers["caller"] == "known", "company"].tolist() == ["Harbour Lane Recruiting"]
    assert set(audits[1].ties.loc[callers.index, "state"]) == {"light"}


def test_what_is_no_meeting_makes_no_contact(audits) -> None:
    """Cancelled, declined, all-day, a crowd, nobody, still to come: each set aside for its reason."""
    lines = audits[1].coverage
    aside = lines[(lines["kind"] == "calendar") & (lines["role"] == "set aside")].set_index("what")["rows"]
    assert aside.to_dict() == {
        "cancelled": 1, "you declined": 1, "more than 25 people": 1, "no other person named": 1, "still to come": 1,
        "all day, such as a birthday or a holiday": 1,
    }  # fmt: skip


def test_nobody_else_changes(audits) -> None:
    """Whoever has no meeting and no call stands where they stood."""
    before, after = (found.ties for found in audits)
    untouched = after.index[(after["met_days"] == 0) & (after["call_days"] == 0) & after["connection"]]
    pd.testing.assert_series_equal(before.loc[untouched, "depth"], after.loc[untouched, "depth"])
