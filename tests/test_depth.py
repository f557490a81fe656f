"""The depth of a tie: by hand for some ties, by law for all."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from fabricate import events, reads_its_docstring, scored
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from auditor.calibration import model
from auditor.depth import PARTS, Grain, to_scale

AS_OF = pd.Timestamp("2024-12-31")
laws = settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])


# Expected values are worked out by hand, step by step, from the tie's contacts and the constants of depth_model.json: M.
# LONG is the grain of a log of 100 days or more: a contact is a day, spread is in weeks (which begin on Thursdays, as 1970
# did), and of what is not answered `free` counts, and `per_answer` more with each answer.
M = model()
LONG = M["grains"][0]
BASE = math.log(M["reciprocity_floor"]) + M["warmth"] * math.log(M["warmth_floor"])


def reciprocity(harmonic: float, contacts: float) -> float:
    """What a harmonic mean and a number of contacts that count come to."""
    return math.log(1 + (harmonic + M["one_sided"] * math.log(1 + contacts)) / M["reciprocity_floor"])


def warmth(ages: Sequence[float], history: float) -> float:
    """What contacts of these ages in days come to where all of them count."""
    fading = M["warmth_share_of_history"] * history
    return M["warmth"] * math.log(1 + sum(math.exp(-age / fading) for age in ages) / M["warmth_floor"])


def on_the_scale(raw: float) -> float:
    return 100 / (1 + math.exp(-M["scale_slope"] * (raw - M["scale_centre"])))


def test_the_hand_counts_with_these_caps() -> None:
    """The numbers of contacts below that count without an answer hold for 2 free ones and 1 with each answer."""
    assert (LONG["free"], LONG["per_answer"], M["history_cap_days"], M["half_life"]) == (2, 1, 365, 4)


@reads_its_docstring
def test_a_tie_worked_out_by_hand(data: str) -> None:
    """
    person,at,direction
    zoe,2024-03-13,out
    ana,2024-06-11,out
    ana,2024-06-12,in
    ana,2024-06-13,out
    ana,2024-06-18,in
    ana,2024-06-20,out
    """
    # T = 110 days to the end of 30 June. 3 days out, 2 in: 2·3·2/5 = 2.4. The weeks from 6, 13 and 20 June, answered in 2.
    # To the end of 30 June the contacts are 20, 19, 18, 13 and 11 days old; on 20 June they were 9, 8, 7, 2 and 0.
    ana = scored(events(data), "2024-06-30").loc["linkedin:ana"]
    lasting = BASE + reciprocity(2.4, 5) + M["spread"] * math.log(3)
    raw = lasting + warmth([20, 19, 18, 13, 11], 110) - M["silence"] * 11 / 110
    assert ana["c_base"] == pytest.approx(BASE)
    assert ana["c_reciprocity"] == pytest.approx(reciprocity(2.4, 5))
    assert ana["c_spread"] == pytest.approx(M["spread"] * math.log(3))
    assert ana["c_time"] == 0
    assert ana["c_warmth"] == pytest.approx(warmth([20, 19, 18, 13, 11], 110))
    assert ana["c_silence"] == pytest.approx(-M["silence"] * 11 / 110)
    assert ana["raw"] == pytest.approx(raw)
    assert ana["depth"] == pytest.approx(on_the_scale(raw))
    # Then they came to 2.404 of warmth, the answers among them (8 and 2 days old) to .929: of which 1 + .929 count.
    answers = sum(math.exp(-age / (M["warmth_share_of_history"] * 110)) for age in (8, 2))
    then = M["warmth"] * math.log(1 + (LONG["free"] * M["warmth_free"] + answers) / M["warmth_floor"])
    assert ana["lifetime_depth"] == pytest.approx(on_the_scale(lasting + then))


def test_without_answers_more_weeks_of_the_same_soon_stop_counting() -> None:
    """Written to in ten weeks: 2 count with no week of answers, 3 with one, 6 with four, all ten with eight."""
    weeks = pd.date_range(end="2024-12-30", periods=10, freq="7D")
    answers = {"ana": 0, "bo": 1, "cy": 4, "dee": 8}
    rows = [{"person": p, "at": str(day), "direction": "out"} for p in answers for day in weeks]
    rows += [
        {"person": p, "at": str(day), "direction": "in"} for p, number in answers.items() for day in weeks[:number]
    ]
    spread = scored(events(rows), "2024-12-31", 200)["c_spread"]
    assert spread.tolist() == pytest.approx([M["spread"] * math.log(counted) for counted in (2, 3, 6, 10)])


@reads_its_docstring
def test_an_answer_by_one_click_answers_for_a_tenth_of_a_week(data: str) -> None:
    """
    person,at,direction,channel
    ana,2024-10-03,out,message
    ana,2024-10-10,out,message
    ana,2024-10-17,out,message
    ana,2024-10-25,in,endorsement
    ana,2024-10-31,out,message
    """
    # Four weeks with a letter and one with a click: of those 4.1, the 2 that are free and .1 for the click count.
    ana = scored(events(data), "2024-12-31", 200).loc["linkedin:ana"]
    assert ana["c_spread"] == pytest.approx(M["spread"] * math.log(2.1))


@reads_its_docstring
def test_a_group_thread_worked_out_by_hand(data: str) -> None:
    """
    person,at,direction,others
    ana,2024-12-31,out,3
    ana,2024-12-31,in,0
    """
    # T = 100 days. o = 1/√4 = .5, i = 1: 2·.5·1/1.5 = 2/3, and 1.5 contacts. One week. One day old, one day quiet.
    ana = scored(events(data), "2024-12-31", 100).loc["linkedin:ana"]
    raw = BASE + reciprocity(2 / 3, 1.5) + warmth([1], 100) - M["silence"] * 1 / 100
    assert ana["raw"] == pytest.approx(raw)
    assert ana["depth"] == pytest.approx(on_the_scale(raw))


@reads_its_docstring
def test_time_together_worked_out_by_hand(data: str) -> None:
    """
    person,at,direction,channel,seconds,others
    ana,2024-12-30,both,meeting,3600,0
    ana,2024-12-31,both,meeting,3600,3
    bo,2024-12-30,out,call,1200,0
    bo,2024-12-31,in,call,600,0
    cy,2024-12-31,out,call,6000,0
    """
    # Ana met 60 + 60/√4 = 90 minutes. Bo was called 20 and called 10: 2·20·10/30 = 40/3. Cy never called back.
    ties = scored(events(data), "2024-12-31", 200)
    expected = [LONG["time"] * math.log(91), M["called"] * math.log(1 + 40 / 3), 0]
    assert ties["c_time"].tolist() == pytest.approx(expected)


@reads_its_docstring
def test_a_short_log_has_a_grain_of_its_own(data: str) -> None:
    """
    person,at,direction,seconds
    zoe,2024-12-25T00:00:00Z,both,20
    ana,2024-12-31T10:00:00Z,both,600
    ana,2024-12-31T10:59:00Z,both,600
    ana,2024-12-31T11:00:00Z,both,600
    """
    # T = 7 days: a contact is an hour, so 2 each way; spread is in days, so 1; 30 minutes met.
    ana = scored(events(data), "2024-12-31").loc["linkedin:ana"]
    expected = [reciprocity(2, 4), 0, M["grains"][2]["time"] * math.log(31)]
    assert ana[["c_reciprocity", "c_spread", "c_time"]].tolist() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("days", "unit", "spread"),
    [
        (0, 300, 3600),
        (0.99, 300, 3600),
        (1, 900, 6 * 3600),
        (3.99, 900, 6 * 3600),
        (4, 3600, 86400),
        (24.99, 3600, 86400),
        (25, 6 * 3600, 86400),
        (99.99, 6 * 3600, 86400),
        (100, 86400, 7 * 86400),
        (4000, 86400, 7 * 86400),
    ],
)
def test_the_grain_follows_from_the_length_of_the_log(days: float, unit: int, spread: int) -> None:
    """Five grains, from five minutes and hours to days and weeks; T is at most a year and at least an hour."""
    since = pd.Timestamp("2020-01-01", tz="UTC")
    grain = Grain.of(since, since + pd.Timedelta(days=days))
    assert (grain.unit_seconds, grain.spread_seconds) == (unit, spread)
    assert grain.history_days == pytest.approx(min(max(days, 1 / 24), 365))


@reads_its_docstring
def test_history_beyond_a_year_counts_as_a_year(data: str) -> None:
    """
    person,at,direction
    zoe,2014-01-01,out
    ana,2023-12-31,both
    """
    # 367 days of silence to the end of 2024, a leap year; T = 365, and the two days beyond it weigh more.
    ties = scored(events(data), "2024-12-31")
    expected = -M["silence"] * 367 / 365 - M["silence_beyond"] * 2 / 365
    assert ties.loc["linkedin:ana", "c_silence"] == pytest.approx(expected)


@reads_its_docstring
def test_what_is_older_than_history_halves_with_every_four_histories(data: str) -> None:
    """
    person,at,direction
    ana,2016-01-07,both
    ana,2023-01-05,both
    """
    # To the end of 4 January 2024 they are 8·365 and 365 days old; the older is 7 T beyond T and counts 2^(−7/4) = .297302.
    ana = scored(events(data), "2024-01-04").loc["linkedin:ana"]
    assert ana["c_reciprocity"] == pytest.approx(reciprocity(1.297302, 2 * 1.297302), abs=1e-6)
    assert ana["c_spread"] == pytest.approx(M["spread"] * math.log(1.297302), abs=1e-6)


@reads_its_docstring
def test_a_ritual_does_not_make_a_tie_recent(data: str) -> None:
    """
    person,at,direction,words,questions,stock
    ana,2024-06-01,in,40,1,
    ana,2024-06-25,out,2,0,birthday
    bo,2024-06-25,out,2,0,birthday
    """
    # To the end of 30 June: 30 days since Ana's letter; 6 since Bo's birthday, and a whole history on top, here 200 days.
    ties = scored(events(data), "2024-06-30", 200)
    bo = -M["silence"] * 206 / 200 - M["silence_beyond"] * 6 / 200
    assert ties["c_silence"].tolist() == pytest.approx([-M["silence"] * 30 / 200, bo])


@pytest.mark.parametrize("direction", ["in", "out"])
def test_who_is_never_answered_is_never_deep(direction: str) -> None:
    """Two hundred letters into the void, one every other day, weigh no more than two would: too little to be deep.

    Here stood that they weigh less than one exchange. They no longer do: the number of contacts has a weight of its own
    (`one_sided`), and so have weeks and warmth, of each of which two count.
    """
    days = pd.date_range(end=AS_OF, periods=200, freq="2D")
    rows = [{"person": "ana", "at": str(day), "direction": direction} for day in days]
    rows += [{"person": "bo", "at": "2024-12-25", "direction": way} for way in ("in", "out")]
    ties = scored(events(rows), "2024-12-31")
    ana = ties.loc["linkedin:ana"]
    most = BASE + reciprocity(0, 2) + M["spread"] * math.log(2) + M["warmth"] * math.log(1 + 2 / M["warmth_floor"])
    assert ana["c_reciprocity"] == pytest.approx(reciprocity(0, 2))
    assert ana["c_spread"] == pytest.approx(M["spread"] * math.log(2))
    assert ana["raw"] < most
    assert on_the_scale(most) < 50
    assert ties["two_way"].to_dict() == {"linkedin:ana": False, "linkedin:bo": True}


def test_the_scale_is_fixed() -> None:
    """100·σ(slope·(raw − centre)): 50 at the centre; with version 2 it is .35 and 2.5, and other numbers need another version."""
    centre, slope = M["scale_centre"], M["scale_slope"]
    one = 1 / slope
    expected = [50, 100 / (1 + math.exp(-1)), 100 / (1 + math.exp(1)), 100 / (1 + math.exp(3))]
    assert to_scale(np.array([centre, centre + one, centre - one, centre - 3 * one])) == pytest.approx(expected)
    assert (M["version"], slope, centre) == ("2", 0.35, 2.5)


def test_no_exchange_no_score() -> None:
    """An empty table has all columns and no row."""
    ties = scored(events(), "2024-12-31")
    assert len(ties) == 0
    assert {"depth", "low", "high", "p_two_way", "two_way", *PARTS} <= set(ties.columns)


def test_one_contact_day_is_an_uncertain_tie_and_fifty_are_not() -> None:
    """The interval narrows with evidence: one shared day may as well not have been, fifty weekly ones cannot."""
    weekly = pd.date_range(end=AS_OF, periods=50, freq="7D")
    rows = [{"person": "ana", "at": str(day), "direction": "both", "channel": "meeting"} for day in weekly]
    rows.append({"person": "bo", "at": str(weekly[-1]), "direction": "both", "channel": "meeting"})
    ties = scored(events(rows), "2024-12-31")
    width = ties["high"] - ties["low"]
    assert width["linkedin:bo"] > 20
    assert width["linkedin:ana"] < 10


# ---- laws ----

MOMENTS = st.integers(0, 400 * 24 * 60).map(lambda m: AS_OF + pd.Timedelta(hours=23) - pd.Timedelta(minutes=m))
COMPOSED = st.fixed_dictionaries(
    {
        "person": st.sampled_from(["ana", "bo", "cy"]),
        "at": MOMENTS,
        "channel": st.sampled_from(["message", "email", "call", "meeting", "endorsement", "recommendation"]),
        "direction": st.sampled_from(["out", "in", "both"]),
        "others": st.sampled_from([0, 0, 1, 5]),
    }
)
RITUAL = st.fixed_dictionaries(
    {
        "person": st.sampled_from(["ana", "bo", "cy"]),
        "at": st.one_of(MOMENTS, st.sampled_from([AS_OF - pd.Timedelta(days=d) for d in (0, 0, 3, 7)])),
        "direction": st.sampled_from(["out", "in"]),
        "words": st.sampled_from([2, 12, 13]),
        "questions": st.sampled_from([0, 1]),
        "stock": st.sampled_from(["birthday", "thanks", None]),
    }
)
ANY = st.lists(st.one_of(COMPOSED, RITUAL), min_size=1, max_size=20)


def rated(rows: list[dict[str, object]], history: int | None = 500) -> pd.DataFrame:
    """The ties of `rows`, sorted, history being held at 500 days."""
    ties = scored(
        events([{**row, "at": pd.Timestamp(str(row["at"])).isoformat()} for row in rows]), str(AS_OF), history
    )
    return ties.sort_index()


@laws
@given(ANY)
def test_depth_is_between_0_and_100_and_inside_its_interval(rows) -> None:
    """0 ≤ low ≤ depth ≤ high ≤ 100, p_two_way is a probability, lifetime depth is no less than depth."""
    ties = rated(rows, None)
    assert (ties[["depth", "low", "high", "lifetime_depth"]] >= 0).all(axis=None)
    assert (ties[["depth", "low", "high", "lifetime_depth"]] <= 100).all(axis=None)
    assert (ties["low"] <= ties["depth"]).all()
    assert (ties["depth"] <= ties["high"]).all()
    assert ties["p_two_way"].between(0, 1).all()
    assert (ties["lifetime_depth"] >= ties["depth"]).all()


@laws
@given(ANY)
def test_the_parts_add_up_to_the_raw_score(rows) -> None:
    """c_base + c_reciprocity + c_spread + c_time + c_warmth + c_silence = raw, and depth is the fixed map of it."""
    ties = rated(rows)
    assert ties[["c_base", *PARTS]].sum(axis=1).to_numpy() == pytest.approx(ties["raw"].to_numpy())
    assert to_scale(ties["raw"].to_numpy()) == pytest.approx(ties["depth"].to_numpy())


@laws
@given(ANY)
def test_two_way_needs_both_directions(rows) -> None:
    """M is 0 where one direction has nothing of worth, and reciprocity hangs on at most 2 days of the other alone."""
    ties = rated(rows)
    one_way = (ties["days_out"] == 0) | (ties["days_in"] == 0)
    assert (ties["two_way"] == ~one_way).all()
    known = ties[one_way & (ties["contact_days"] == ties["year_days"])]  # older days count for less
    few = (known["worth_out"] + known["worth_in"]).clip(upper=2)
    assert known["c_reciprocity"].tolist() == pytest.approx([reciprocity(0, contacts) for contacts in few])


@laws
@given(ANY, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, chance) -> None:
    """Shuffled rows give the same ties to the last bit, intervals included."""
    shuffled = [*rows]
    chance.shuffle(shuffled)
    pd.testing.assert_frame_equal(rated(shuffled), rated(rows), check_exact=True)
    pd.testing.assert_frame_equal(rated(rows[::-1]), rated(rows), check_exact=True)


@laws
@given(ANY, st.sampled_from(["Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati", "America/Los_Angeles"]))
def test_the_offset_a_time_was_written_in_changes_nothing(rows, zone) -> None:
    """The same instants, written as another zone's local time with its offset."""
    moved = [{**row, "at": row["at"].tz_localize("UTC").tz_convert(zone)} for row in rows]
    pd.testing.assert_frame_equal(rated(moved), rated(rows), check_exact=True)


@laws
@given(ANY, ANY)
def test_other_ties_change_nothing_in_a_tie(rows, others) -> None:
    """Depth and interval of a tie hang on its own contact, on history and on today, and on nobody else."""
    crowd = [{**row, "person": f"{row['person']}-{i % 3}"} for i, row in enumerate(others)]
    alone = rated(rows)
    pd.testing.assert_frame_equal(rated([*crowd, *rows]).loc[alone.index], alone)


def with_both_ways(rows: list[dict[str, object]], days_ago: int) -> list[dict[str, object]]:
    """`rows` and one more day on which ana and the owner wrote to each other, at length."""
    at = AS_OF - pd.Timedelta(days=days_ago)
    return [*rows, *({"person": "ana", "at": at, "direction": way, "words": 40} for way in ("out", "in"))]


def depth_of_ana(rows: list[dict[str, object]]) -> float:
    ties = rated(rows)
    return float(ties["depth"].get("linkedin:ana", 0.0))


@laws
@given(st.lists(COMPOSED, max_size=20), st.integers(0, 400))
def test_a_further_day_of_contact_both_ways_never_lowers_depth(rows, days_ago) -> None:
    """History and as-of held still, one more day of talk, whenever it was, makes no tie shallower."""
    assert depth_of_ana(with_both_ways(rows, days_ago)) >= depth_of_ana(rows) - 1e-9


@laws
@given(st.lists(st.one_of(COMPOSED, RITUAL), max_size=20), st.integers(0, 400))
def test_a_further_day_of_contact_both_ways_never_lowers_depth_among_rituals(rows, days_ago) -> None:
    """The same where some of the contact is ritual phrases."""
    assert depth_of_ana(with_both_ways(rows, days_ago)) >= depth_of_ana(rows) - 1e-9


def test_a_real_talk_long_ago_does_not_count_against_a_tie_of_thank_yous() -> None:
    """Thirty weeks of "Thanks!" both ways, by themselves or after a real talk a year ago: the latter is deeper."""
    thanks = [
        {"person": "ana", "at": AS_OF - pd.Timedelta(weeks=week), "direction": way, "words": 1, "stock": "thanks"}
        for week in range(30)
        for way in ("out", "in")
    ]
    assert depth_of_ana(with_both_ways(thanks, 360)) >= depth_of_ana(thanks)


@laws
@given(st.lists(COMPOSED, min_size=1, max_size=12), st.integers(0, 200), st.integers(1, 200))
def test_more_silence_never_makes_a_tie_deeper(rows, days_ago, more) -> None:
    """The same exchanges, all moved further into the past by whole weeks: no tie gains."""
    ana = [{**row, "person": "ana", "at": row["at"] - pd.Timedelta(weeks=days_ago // 7)} for row in rows]
    older = [{**row, "at": row["at"] - pd.Timedelta(weeks=more // 7)} for row in ana]
    assert depth_of_ana(older) <= depth_of_ana(ana) + 1e-9


@laws
@given(st.integers(1, 30), st.integers(1, 30))
def test_balance_beats_volume(out, in_) -> None:
    """Of two ties with the same days in all, over the same weeks, the more mutual one is no shallower.

    Both directions run side by side and ended 250 days ago: warmth holds back the side that is less warm, so that of late
    contact it matters which side wrote last, and not only how much each wrote.
    """
    total = out + in_

    def tie(person: str, days_out: int) -> list[dict[str, object]]:
        ways = ["out" if (d + 1) * days_out // total > d * days_out // total else "in" for d in range(total)]
        assert ways.count("out") == days_out
        return [
            {"person": person, "at": AS_OF - pd.Timedelta(days=250 + d), "direction": way} for d, way in enumerate(ways)
        ]

    ties = rated([*tie("ana", total // 2), *tie("bo", out)])
    assert ties.loc["linkedin:ana", "depth"] >= ties.loc["linkedin:bo", "depth"] - 1e-9
