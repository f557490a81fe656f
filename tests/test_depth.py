"""The depth of a tie: by hand for some ties, by law for all."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from fabricate import events, reads_its_docstring, scored
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from auditor.depth import PARTS, model, to_scale

AS_OF = pd.Timestamp("2024-12-31")
laws = settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])


@reads_its_docstring
def test_a_tie_worked_out_by_hand(data: str) -> None:
    """
    person,at,direction
    zoe,2024-03-23,out
    ana,2024-06-11,out
    ana,2024-06-12,in
    ana,2024-06-13,out
    ana,2024-06-18,in
    ana,2024-06-20,out
    """
    # 3 days out, 2 in, over 2 weeks, 10 days of silence, 100 days of history:
    # P = 2·3·2/5 = 2.4; D = ln 2.45 + ln 2 − 2·10/100 = .896088 + .693147 − .2 = 1.389235
    # depth = 100/(1 + e^(−.65·.989235)) = 100/1.525711 = 65.543; without silence 100/(1 + e^(−.65·1.189235)) = 68.417
    ana = scored(events(data), "2024-06-30").loc["linkedin:ana"]
    assert ana["c_reciprocity"] == pytest.approx(0.896088, abs=1e-6)
    assert ana["c_spread"] == pytest.approx(0.693147, abs=1e-6)
    assert ana["c_recency"] == pytest.approx(-0.2)
    assert ana["raw"] == pytest.approx(1.389235, abs=1e-6)
    assert ana["depth"] == pytest.approx(65.543, abs=1e-3)
    assert ana["lifetime_depth"] == pytest.approx(68.417, abs=1e-3)
    assert ana["p_two_way"] == pytest.approx(0.65543, abs=1e-5)


def test_without_answers_more_weeks_of_the_same_soon_stop_counting() -> None:
    """Written to in ten weeks: at most 3 + 2·1 weeks count with one week of answers, 3 with none, all ten with four."""
    weeks = pd.date_range(end="2024-12-30", periods=10, freq="7D")
    rows = [{"person": p, "at": str(day), "direction": "out"} for p in ("ana", "bo", "cy") for day in weeks]
    rows += [{"person": "bo", "at": str(weeks[0]), "direction": "in"}]
    rows += [{"person": "cy", "at": str(day), "direction": "in"} for day in weeks[:4]]
    spread = scored(events(rows), "2024-12-31")["c_spread"]
    assert spread.tolist() == pytest.approx([math.log(3), math.log(5), math.log(10)])


@reads_its_docstring
def test_a_group_thread_worked_out_by_hand(data: str) -> None:
    """
    person,at,direction,others
    ana,2024-12-31,out,3
    ana,2024-12-31,in,0
    """
    # o = 1/√4 = .5, i = 1: P = 2·.5/1.5 = 2/3; D = ln(.716667) + ln 1 − 0 = −.333144; depth = 38.307
    ana = scored(events(data), "2024-12-31").loc["linkedin:ana"]
    assert ana["raw"] == pytest.approx(-0.333144, abs=1e-6)
    assert ana["depth"] == pytest.approx(38.307, abs=1e-3)


@reads_its_docstring
def test_history_beyond_a_year_counts_as_a_year(data: str) -> None:
    """
    person,at,direction
    zoe,2014-01-01,out
    ana,2023-12-31,both
    """
    # 366 days of silence (2024 is a leap year), T = 365: −2·366/365
    ties = scored(events(data), "2024-12-31")
    assert ties.loc["linkedin:ana", "c_recency"] == pytest.approx(-2 * 366 / 365)


@pytest.mark.parametrize("direction", ["in", "out"])
def test_who_is_never_answered_is_never_deep(direction: str) -> None:
    """Two hundred letters into the void, one every other day, weigh nothing: P = 0, and less depth than one exchange."""
    days = pd.date_range(end=AS_OF, periods=200, freq="2D")
    rows = [{"person": "ana", "at": str(day), "direction": direction} for day in days]
    rows += [{"person": "bo", "at": "2024-12-25", "direction": way} for way in ("in", "out")]
    ties = scored(events(rows), "2024-12-31")
    assert ties.loc["linkedin:ana", "c_reciprocity"] == pytest.approx(math.log(0.05))
    assert not ties.loc["linkedin:ana", "two_way"]
    assert ties.loc["linkedin:bo", "two_way"]


def test_the_scale_is_fixed() -> None:
    """100·σ(.65·(D − .4)): 50 at .4, and e.g. 100/(1 + e^−.65) = 65.701 one further up."""
    assert to_scale(pd.Series([0.4, 1.4, -0.6]).to_numpy()) == pytest.approx([50, 65.701, 34.299], abs=1e-3)
    assert (model()["scale_slope"], model()["scale_centre"], model()["one_way_floor"]) == (0.65, 0.4, 0.05)


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
    """c_base + c_reciprocity + c_spread + c_recency = raw, and depth is the fixed map of it."""
    ties = rated(rows)
    assert ties[["c_base", *PARTS]].sum(axis=1).to_numpy() == pytest.approx(ties["raw"].to_numpy())
    assert to_scale(ties["raw"].to_numpy()) == pytest.approx(ties["depth"].to_numpy())


@laws
@given(ANY)
def test_two_way_needs_both_directions(rows) -> None:
    """P is 0, and its part ln .05, exactly where one direction has nothing of worth."""
    ties = rated(rows)
    one_way = (ties["days_out"] == 0) | (ties["days_in"] == 0)
    assert (ties["two_way"] == ~one_way).all()
    assert ties.loc[one_way, "c_reciprocity"].to_numpy() == pytest.approx(math.log(0.05))


@laws
@given(ANY, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, chance) -> None:
    """Shuffled rows give the same ties to the last bit, intervals included."""
    shuffled = [*rows]
    chance.shuffle(shuffled)
    pd.testing.assert_frame_equal(rated(shuffled), rated(rows))
    pd.testing.assert_frame_equal(rated(rows[::-1]), rated(rows))


@laws
@given(ANY, st.sampled_from(["Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati", "America/Los_Angeles"]))
def test_the_offset_a_time_was_written_in_changes_nothing(rows, zone) -> None:
    """The same instants, written as another zone's local time with its offset."""
    moved = [{**row, "at": row["at"].tz_localize("UTC").tz_convert(zone)} for row in rows]
    pd.testing.assert_frame_equal(rated(moved), rated(rows))


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
    """Of two ties with the same days in all, over the same weeks, the more mutual one is no shallower."""
    total = out + in_
    fair = total // 2

    def tie(person: str, days_out: int) -> list[dict[str, object]]:
        return [
            {"person": person, "at": AS_OF - pd.Timedelta(days=d), "direction": "out" if d < days_out else "in"}
            for d in range(total)
        ]

    ties = rated([*tie("ana", fair), *tie("bo", out)])
    assert ties.loc["linkedin:ana", "depth"] >= ties.loc["linkedin:bo", "depth"] - 1e-9
