"""Contact days by month: counted by hand, and for any days nothing is lost within the two years or found outside them."""

from __future__ import annotations

import pandas as pd
import pytest
from fabricate import events, reads_its_docstring
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import signals
from auditor.months import MONTHS, contact_days

JUNE = pd.Timestamp("2024-06-30T23:59:59Z")


def counted(text: str, as_of: pd.Timestamp = JUNE) -> dict[str, list[int]]:
    days = signals.contacts(events(text))
    counts = contact_days(days, as_of)
    assert counts.shape == (len(days.ties), MONTHS)
    return {str(tie).removeprefix("linkedin:"): row.tolist() for tie, row in zip(days.ties, counts, strict=True)}


@reads_its_docstring
def test_a_month_counts_its_days_and_not_its_messages(data: str) -> None:
    """
    person,at,direction
    ana,2022-06-30T23:00:00Z,out
    ana,2022-07-01T00:00:00Z,out
    ana,2024-05-31T09:00:00Z,out
    ana,2024-06-01T09:00:00Z,in
    ana,2024-06-01T10:00:00Z,out
    ana,2024-06-30T10:00:00Z,out
    bo,2020-01-01T10:00:00Z,out
    """
    found = counted(data)
    assert found["ana"] == [1, *[0] * 21, 1, 2]
    assert found["bo"] == [0] * 24


@reads_its_docstring
def test_a_bare_invitation_is_no_contact(data: str) -> None:
    """
    person,at,direction,channel,words
    ana,2024-06-01T09:00:00Z,out,invitation,
    bo,2024-06-02T09:00:00Z,out,invitation,12
    """
    found = counted(data)
    assert "ana" not in found
    assert found["bo"][-1] == 1


def test_no_contact_at_all_is_no_row() -> None:
    """The table is empty, and as wide as ever."""
    assert contact_days(signals.contacts(events()), JUNE).shape == (0, MONTHS)


def test_contacts_by_hour_are_refused() -> None:
    """A month has days, whatever the grain of the score."""
    hours = signals.contacts(events("person,at,direction\nana,2024-06-01T09:00:00Z,in"), 3600)
    with pytest.raises(ValueError, match="by day"):
        contact_days(hours, JUNE)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["ana", "bo"]), st.dates(pd.Timestamp("2019-01-01").date(), JUNE.date()))))
def test_every_day_of_the_two_years_is_counted_once(met: list[tuple[str, object]]) -> None:
    """The sum is the number of different days since July 2022, whatever the order of the rows."""
    rows = [{"person": who, "at": f"{day}T10:00:00Z", "direction": "in"} for who, day in met]
    days = signals.contacts(events(rows))
    counts = contact_days(days, JUNE)
    recent = {(who, day) for who, day in met if str(day) >= "2022-07-01"}
    assert counts.sum() == len(recent)
