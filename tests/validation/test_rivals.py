"""Every rival against numbers worked out by hand from its published formula."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest
from logs import of_ego, seen

from auditor.validation import rivals
from auditor.validation.rivals import RIVALS

SMALL = """
    sender,recipient,at,others
    me,ana,2010-01-01T00:00,
    ana,me,2010-01-01T06:00,
    me,ana,2010-01-01T12:00,
    ana,me,2010-01-15T00:00,
    me,bo,2010-01-20T00:00,3
    me,bo,2010-01-20T12:00,0
    me,cem,2010-01-29T00:00,3
    """
SINCE, AS_OF = "2010-01-01", "2010-01-31"
"""A window of 30 days, seen from midnight. Ana: two out on one day, two in on two days, the last 16 days ago. Bo: two out
on one day, one of them to four people. Cem: one, to four people, two days ago. 1970-01-01 being a Thursday, seven-day
blocks begin on the Thursdays 31 December and 14, 21, 28 January."""


@pytest.fixture(scope="module")
def small():
    return seen(SMALL, SINCE, AS_OF)


def test_count_recency_and_days(small) -> None:
    assert of_ego(small, rivals.count(small)) == {"ana": 4, "bo": 2, "cem": 1}
    assert of_ego(small, rivals.recency(small)) == {"ana": -16, "bo": -10.5, "cem": -2}
    assert of_ego(small, rivals.active_days(small)) == pytest.approx({"ana": 2, "bo": 1, "cem": 1}, abs=1e-5)
    assert of_ego(small, rivals.lesser_direction(small)) == pytest.approx({"ana": 2, "bo": 0, "cem": 0}, abs=1e-5)


def test_equal_days_and_equal_directions_are_told_apart_by_the_count(small) -> None:
    """Bo and Cem have one day each and no answer; Bo was written to twice."""
    for score in (rivals.active_days, rivals.lesser_direction):
        values = of_ego(small, score(small))
        assert values["bo"] > values["cem"]


def test_messages_fade_by_half_each_quarter_of_the_window(small) -> None:
    """The half-life is 7.5 days."""
    faded = of_ego(small, rivals.tie_decay(small))
    assert faded["cem"] == pytest.approx(2 ** (-2 / 7.5))
    assert faded["bo"] == pytest.approx(2 ** (-11 / 7.5) + 2 ** (-10.5 / 7.5))
    assert faded["ana"] == pytest.approx(sum(2 ** (-age / 7.5) for age in (30, 29.75, 29.5, 16)))


def test_fine_rfm_sums_ranks_and_quintile_rfm_fifths(small) -> None:
    """Of 3. Recency ranks Ana 1, Bo 2, Cem 3; count 3, 2, 1; days 3, 1½, 1½. Fifths: ⌈5·rank/3⌉."""
    fine = of_ego(small, rivals.fine_rfm(small))
    assert fine == pytest.approx({"ana": 7 / 3, "bo": 5.5 / 3, "cem": 5.5 / 3})
    assert of_ego(small, rivals.quintile_rfm(small)) == {"ana": 2 + 5 + 5, "bo": 4 + 4 + 3, "cem": 5 + 2 + 3}


def test_ranks_are_within_the_ego(small) -> None:
    """For Ana and the others I am the only alter: rank 1 of 1 three times."""
    assert of_ego(small, rivals.fine_rfm(small), ego="ana") == {"me": 3}


def test_dotalign_counts_answered_mail_and_fades_with_the_quieter_direction(small) -> None:
    """Ana: 1 + min(2, 2) = 3 points; the last out was 29.5 days ago: d/2y = 29.5/730, d/6y = 29.5/2190. Others: floor 1."""
    faded = 1 - 0.75 * 29.5 / 730 - 0.25 * 29.5 / 2190
    assert of_ego(small, rivals.dotalign(small)) == pytest.approx({"ana": 3 * faded, "bo": 1, "cem": 1})


def test_dotalign_counts_meetings_threefold() -> None:
    """
    sender,recipient,at
    me,ana,2010-01-01T00:00
    """
    w = seen(str(test_dotalign_counts_meetings_threefold.__doc__), "2010-01-01", "2010-01-11", channel="meeting")
    assert of_ego(w, rivals.dotalign(w)) == pytest.approx({"ana": 4 * (1 - 0.75 * 10 / 730 - 0.25 * 10 / 2190)})


def test_pingcrm_adds_four_parts(small) -> None:
    """Ana: reciprocity 4·2/2, heard 16 days ago 2, one point of frequency (30 days old at most: 4 ≥ 3). Bo and Cem never
    answered: half the points for my last, 10.5 days ago (2/2) and 2 days ago (3/2)."""
    assert of_ego(small, rivals.pingcrm(small)) == {"ana": 4 + 2 + 1, "bo": 1, "cem": 1.5}


def test_pingcrm_thinks_less_of_older_years() -> None:
    """
    sender,recipient,at
    me,ana,2008-06-01T00:00
    me,ana,2008-06-02T00:00
    ana,me,2010-12-01T00:00
    """
    w = seen(str(test_pingcrm_thinks_less_of_older_years.__doc__), "2008-01-01", "2011-01-01")
    # out: 2·0.02 over in: 1 → round(0.16) = 0; heard 31 days ago: 1; frequency 0.3 + 2·0.02 < 3: 0; fewer than 20: 0
    assert of_ego(w, rivals.pingcrm(w)) == {"ana": 1}


def test_pingcrm_rewards_many_messages_over_years() -> None:
    """25 each way three years ago and one back yesterday. Reciprocity 4·0.5/1.5 → 1, recency 3, frequency 1 + 50·0.02 < 3,
    tenure 2 for 51 messages over more than two years."""
    old = [f"me,ana,2008-01-02T00:{i:02}\nana,me,2008-01-02T01:{i:02}" for i in range(25)]
    w = seen("\n".join(["sender,recipient,at", *old, "ana,me,2010-12-31T00:00"]), "2008-01-01", "2011-01-01")
    assert of_ego(w, rivals.pingcrm(w)) == {"ana": 1 + 3 + 0 + 2}


def test_the_closed_forms(small) -> None:
    """Ana: o = 1 day out, i = 2 in; weeks: those of 31 December and of 14 January. Bo: the better mail of the day counts 1,
    one week. Cem: 1/√4, one week. T is 30 days."""
    frozen, base = (of_ego(small, score(small)) for score in (rivals.frozen_rival, rivals.base_form))
    ana, bo, cem = log(2) - 2 * 16 / 30, -2 * 10.5 / 30, -2 * 2 / 30
    assert frozen["ana"] == pytest.approx(log(((1 + sqrt(2)) / 2) ** 2 + 0.05) + ana)
    assert frozen["bo"] == pytest.approx(log(1 / 4 + 0.05) + bo)
    assert frozen["cem"] == pytest.approx(log(0.5 / 4 + 0.05) + cem)
    assert base["ana"] == pytest.approx(log(2 * 1 * 2 / 3 + 0.05) + ana)
    assert base["bo"] == pytest.approx(log(0.05) + bo)
    assert base["cem"] == pytest.approx(log(0.05) + cem)


def test_silence_counts_against_a_year_at_most() -> None:
    """
    sender,recipient,at
    me,ana,2010-01-01T00:00
    """
    w = seen(str(test_silence_counts_against_a_year_at_most.__doc__), "2005-01-01", "2011-01-01")
    assert of_ego(w, rivals.base_form(w)) == pytest.approx({"ana": log(0.05) - 2})


@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.name)
def test_every_rival_gives_a_finite_number_a_tie_whatever_the_order_of_rows(rival, small) -> None:
    values = rival.score(small)
    assert values.shape == (len(small.ties),)
    assert np.isfinite(values).all()
    header, *rows = [line.strip() for line in SMALL.strip().splitlines()]
    turned = seen("\n".join([header, *reversed(rows)]), SINCE, AS_OF)
    assert rival.score(turned) == pytest.approx(values, rel=1e-12)
