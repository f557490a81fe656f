"""The rating page: whom it asks about, how right it says depth was, and what the owner's word moves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fabricate import records
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from auditor.audit import Audit, audit
from auditor.marks import Marks, of_humans, rating_table
from auditor.personal import MAX_FACTOR, Rated
from auditor.ratings import choose, judge, refit
from auditor.records import Records, combine

AS_OF = pd.Timestamp("2025-12-31")
laws = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])


def ties(rows: list[tuple[str, float, bool]]) -> pd.DataFrame:
    """Ties of (name, depth, covered); depth 0 is no contact; a name of "" is none."""
    index = pd.Index([f"linkedin:p{number:03}" for number in range(len(rows))], name="human")
    name, depth, covered = zip(*rows, strict=True)
    return pd.DataFrame({"name": list(name), "depth": list(depth), "covered": list(covered)}, index).assign(
        contact_days=lambda t: (t["depth"] > 0).astype(int)
    )


def said(words: dict[str, str]) -> pd.DataFrame:
    """Marks of person → rating."""
    return rating_table([{"person": person, "rating": word, "at": "2026-01-05"} for person, word in words.items()])


MANY = ties(
    [(f"Deep {n}", n / 2 + 0.5, True) for n in range(199)]
    + [(f"Silent {n}", 0.0, True) for n in range(300)]
    + [(f"Unknown {n}", 0.0, False) for n in range(100)]
)


def test_thirty_names_are_spread_over_depth_and_over_those_without_contact() -> None:
    """Four of each of seven strata are 28; the two left over go to the bands around and below the usual cut."""
    chosen = choose(MANY)
    bands = chosen["depth"].where(chosen["depth"] > 0).floordiv(20)
    assert Counter(bands.dropna().astype(int)) == {0: 4, 1: 5, 2: 5, 3: 4, 4: 4}
    assert Counter(chosen.loc[chosen["depth"] == 0, "covered"]) == {True: 4, False: 4}
    assert chosen.index.is_unique
    assert list(chosen.columns) == list(MANY.columns)


def test_a_short_stratum_leaves_its_share_to_the_others() -> None:
    """One deep tie, nobody unobserved, three hundred silent: all thirty are found all the same."""
    few = pd.concat([MANY[MANY["name"] == "Deep 190"], MANY[MANY["name"].str.startswith("Silent")]])
    chosen = choose(few)
    assert len(chosen) == 30
    assert "Deep 190" in set(chosen["name"])
    assert len(choose(MANY[:7])) == 7
    assert choose(MANY[:0]).empty
    assert choose(MANY, 0).empty


@laws
@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_the_same_ties_give_the_same_names_in_the_same_order(chance, n) -> None:
    """Whatever the order of the rows."""
    order = list(range(len(MANY)))
    chance.shuffle(order)
    pd.testing.assert_frame_equal(choose(MANY.iloc[order], n), choose(MANY, n))


def test_the_order_does_not_give_depth_away() -> None:
    """Neither rising nor falling, and hardly correlated with it."""
    depth = choose(MANY)["depth"].reset_index(drop=True)
    assert not depth.is_monotonic_increasing
    assert not depth.is_monotonic_decreasing
    assert abs(depth.corr(pd.Series(range(len(depth))))) < 0.5


def test_nobody_is_asked_about_who_is_nameless_or_rated() -> None:
    """No name, blanks, or the key in place of a name: there is nothing to recognise."""
    some = ties([("", 50, True), ("  ", 50, True), ("linkedin:p002", 50, True), ("Ana", 50, True), ("Bo", 50, True)])
    assert choose(some)["name"].sort_values().tolist() == ["Ana", "Bo"]
    assert choose(some, rated=["linkedin:p003"])["name"].tolist() == ["Bo"]
    first = choose(MANY)
    assert not set(choose(MANY, rated=first.index).index) & set(first.index)


TEN = ties([(f"P {n}", 10.0 * n, True) for n in range(1, 11)])


def test_the_owners_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    """Known well at depths 100, 90, 80 and 30; of six others two lie below 30: (3·6 + 2) / 24 = 5/6, by hand."""
    well = {"linkedin:p009", "linkedin:p008", "linkedin:p007", "linkedin:p002"}
    words = {human: "close" if human in well else "acquaintance" for human in TEN.index}
    found = judge(TEN, said(words))
    assert (found.ratings, found.well) == (10, 4)
    assert found.auc == pytest.approx(5 / 6)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 5 / 6 < found.high == 1
    assert "10 people you rated" in found.sentence
    assert "83% of the time" in found.sentence
    assert judge(TEN[::-1], said(words)[::-1]) == found


def test_know_well_counts_as_close_and_a_stranger_as_an_acquaintance() -> None:
    """Two sides; and equal depths are half right: six of depth 0 on either side of the cut give 1/2."""
    level = ties([(f"P {n}", 0.0, True) for n in range(12)])
    ratings = ["close", "know well", "stranger", "acquaintance"]
    found = judge(level, said({human: ratings[n % 4] for n, human in enumerate(level.index)}))
    assert (found.well, found.auc, found.low, found.high) == (6, 0.5, 0.5, 0.5)
    assert "within chance" in found.sentence


@pytest.mark.parametrize(("known", "others"), [(0, 0), (5, 4), (10, 0), (0, 10), (2, 20), (20, 2)])
def test_too_few_ratings_give_a_reason_and_no_number(known: int, others: int) -> None:
    """Ten it takes, and three of either side."""
    people = ties([(f"P {n}", float(n), True) for n in range(30)])
    words = dict.fromkeys(people.index[:known], "close") | dict.fromkeys(people.index[-others:][:others], "stranger")
    found = judge(people, said(words))
    assert (found.auc, found.low, found.high) == (None, None, None)
    assert f"so far there are {known} and {others}" in found.sentence


def test_marks_on_people_who_are_no_ties_count_nothing() -> None:
    """Ten rated, of whom one is gone: nine."""
    words = {human: "close" if n < 4 else "stranger" for n, human in enumerate(TEN.index)}
    assert judge(TEN[1:], said(words)).ratings == 9


def net(people: int = 40, channel: str = "email") -> Records:
    """Person n exchanged n + 1 messages both ways, a week apart; those of odd number as much again by `channel`."""
    rows = [
        {
            "person": f"p{n:03}",
            "at": str((AS_OF - pd.Timedelta(days=7 * week)).date()),
            "direction": way,
            "channel": over,
        }
        for n in range(people)
        for week in range(n + 1)
        for way in ("out", "in")
        for over in (["message", channel] if n % 2 else ["message"])
    ]
    known = "person,name\n" + "\n".join(f"p{n:03},Person {n}" for n in range(people))
    return records(rows, known)


@pytest.fixture(name="both", scope="module")
def fixture_both() -> tuple[Records, Audit]:
    made = net()
    return made, audit(made, AS_OF)


def well(who: Audit, known: list[int]) -> pd.DataFrame:
    """Everybody rated: the numbers given "know well", the others "acquaintance"."""
    close = {f"linkedin:p{n:03}" for n in known}
    return said({human: "know well" if human in close else "acquaintance" for human in who.ties.index})


def test_a_demanding_owner_gets_a_higher_cut_and_an_easy_one_a_lower(both) -> None:
    """Five of forty against thirty-five of forty after ten months of silence; neither leaves the scale."""
    made, now = both
    later = audit(made, AS_OF + pd.Timedelta(days=300))
    demanding, easy = (
        refit(made, now, well(now, list(range(35, 40)))),
        refit(made, later, well(later, list(range(5, 40)))),
    )
    assert demanding.cut_before < demanding.cut < 100
    assert 0 < easy.cut < easy.cut_before
    assert demanding.personal.cut > easy.personal.cut
    assert demanding.right_after > demanding.right_before
    assert demanding.better
    assert f"from a depth of {demanding.cut:.0f}" in demanding.sentence
    assert (demanding.ratings, demanding.withheld) == (40, None)


def test_a_channel_that_means_little_to_the_owner_loses_worth(both) -> None:
    """Only people without mails are known well: a mail is worth less than one; were it the others, more."""
    without, only = (refit(*both, well(both[1], list(range(start, 40, 2)))) for start in (10, 11))
    assert list(without.personal.channel_factors) == ["email"]  # messages, the more used, keep theirs
    assert 1 / MAX_FACTOR <= without.personal.channel_factors["email"] < 1
    assert 1 < only.personal.channel_factors["email"] <= MAX_FACTOR
    assert without.after > without.before


def test_one_channel_alone_has_nothing_to_be_weighed_against() -> None:
    """Then only the cut can be told."""
    made = net(channel="message")
    found = audit(made, AS_OF)
    assert refit(made, found, well(found, list(range(20, 40)))).personal.channel_factors == {}


def test_a_click_is_no_channel_to_be_weighed() -> None:
    """Endorsements stay one click, whatever the ratings."""
    made = net(channel="endorsement")
    found = audit(made, AS_OF)
    assert refit(made, found, well(found, list(range(20, 40)))).personal.channel_factors == {}


def test_without_anything_moved_the_score_is_that_of_the_audit(both) -> None:
    """The refit starts from the very scores that the audit shows."""
    made, found = both
    rated = Rated.of(made, found, pd.Series(True, index=found.ties.index))
    np.testing.assert_allclose(rated.raw, found.ties["raw"].to_numpy(), rtol=0, atol=1e-12)


@laws
@given(st.lists(st.booleans(), min_size=30, max_size=30), st.integers(0, 29))
def test_no_rating_has_a_say_in_how_it_is_judged(labels, one) -> None:
    """Turned around, a rating changes the fit of all others, and its own unseen score not by a bit."""
    chance = np.random.default_rng(7)
    raw, slopes = chance.normal(2, 3, 30), chance.normal(0, 1, (30, 2))
    told = np.array(labels)
    turned = np.where(np.arange(30) == one, ~told, told)
    (score, above), (again, above_again) = (
        Rated(raw, slopes, ("email", "call"), words, 2.0, 0.4).unseen() for words in (told, turned)
    )
    assert (score[one], above[one]) == (again[one], above_again[one])
    assert (np.delete(score, one) != np.delete(again, one)).any()


@laws
@given(st.lists(st.booleans(), min_size=20, max_size=60))
def test_a_fit_stays_within_its_bounds_and_near_the_usual(labels) -> None:
    """Whatever the owner says: no factor leaves 1/3 to 3, and the cut does not leave the scale."""
    chance = np.random.default_rng(7)
    n = len(labels)
    rated = Rated(chance.normal(2, 3, n), chance.normal(0, 5, (n, 2)), ("email", "call"), np.array(labels), 2.0, 0.4)
    moved = rated.fit(np.ones(n, bool))
    assert (np.abs(moved[1:]) <= np.log(MAX_FACTOR) + 1e-12).all()
    assert abs(moved[0]) < 15


def test_the_fit_is_the_most_likely_one(both) -> None:
    """By another way: the penalised log-likelihood is nowhere higher on a grid around it."""
    rated = Rated.of(*both, pd.Series([n % 3 > 0 for n in range(40)], index=both[1].ties.index))

    def likelihood(cut: float, factor: float) -> float:
        odds = rated.steepness * (rated.raw + rated.slopes[:, 0] * factor - rated.usual - cut)
        data = -np.logaddexp(0, np.where(rated.well, -odds, odds)).sum()
        return float(data - (cut * rated.steepness / 0.7) ** 2 / 2 - (factor / 0.25) ** 2 / 2)

    cut, factor = rated.fit(np.ones(40, bool))
    grid = [(cut + a, factor + b) for a in (-0.05, 0, 0.05) for b in (-0.02, 0, 0.02)]
    assert max(grid, key=lambda point: likelihood(*point)) == (cut, factor)


@pytest.mark.parametrize("people", [19, 20])
def test_a_refit_takes_twenty_ratings_of_people_in_contact(people: int) -> None:
    """Nineteen of them and ten never spoken with are not enough."""
    quiet = "person,name\n" + "\n".join(f"q{n},Quiet {n}" for n in range(10))
    made = combine([net(people), records("", quiet)])
    found = audit(made, AS_OF)
    result = refit(made, found, well(found, list(range(10, people))))
    assert (result.personal is None) == (people < 20)
    assert ("It takes 20 ratings" in result.sentence) == (people < 20)


def test_what_does_not_help_is_said_to_stay(both) -> None:
    """Ratings that go against depth and channels alike: the sentence promises nothing."""
    found = refit(*both, well(both[1], [0, 3, 4, 9, 14, 19, 20, 25, 30, 35]))
    assert not found.better
    assert found.sentence.endswith("it stays.")


def test_the_owners_cut_moves_the_state_of_the_others_and_nothing_else(both) -> None:
    """With the demanding owner's cut fewer are deep; depth and chances are the machine's; who was rated keeps the word."""
    made, plain = both
    words = well(plain, list(range(35, 40)))
    personal = replace(refit(made, plain, words).personal, channel_factors={})
    moved = audit(made, AS_OF, personal=personal)
    assert 0 < (moved.ties["state"] == "deep").sum() < (plain.ties["state"] == "deep").sum()
    pd.testing.assert_frame_equal(moved.ties[["depth", "p_two_way"]], plain.ties[["depth", "p_two_way"]])
    told = audit(made, AS_OF, Marks(said({"linkedin:p000": "close", "linkedin:p039": "stranger"})), personal)
    assert told.ties.loc[["linkedin:p000", "linkedin:p039"], "state"].tolist() == ["deep", "light"]


def test_a_refit_hangs_on_the_past_of_its_day_only(both) -> None:
    """Exchanges after the day of the audit change nothing."""
    made, found = both
    rows = [{"person": f"p{n:03}", "at": "2026-03-01", "direction": "in"} for n in range(40)]
    later = combine([made, records(rows)])
    words = well(found, list(range(30, 40)))
    assert refit(later, audit(later, AS_OF), words) == refit(made, found, words)


def test_marks_on_a_mention_count_for_its_human(both) -> None:
    """Keys are translated by what the audit knows of who is who."""
    assert both[1].human["linkedin:p001"] == "linkedin:p001"
    words = of_humans(said({"linkedin:p001": "close", "linkedin:gone": "close"}), both[1].human)
    assert words["person"].tolist() == ["linkedin:p001"]
