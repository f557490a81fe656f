"""The history: every past week is the audit as of it, to the last digit, whoever was taken for whom."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from fabricate import reads_its_docstring, records
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from auditor.audit import Audit, audit, end_of_day
from auditor.cli import main
from auditor.history import LAYERS, depths, ends_of_quarters, ends_of_weeks, quarters, rebuild, to_json, to_text
from auditor.marks import RATINGS, Marks, Personal, decision_table, rating_table
from auditor.records import Records
from auditor.sources import read

SAMPLE = Path(__file__).parents[1] / "sample_exports" / "alex_morgan"
laws = settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])

AS_OF = pd.Timestamp("2024-12-31")
JANE = "name:jane doe@Recommendations.csv"
KNOWN = f"""
    person,name,company,connected_on,connection,source
    ana,Ana Lima,Blue Heron,2023-05-01,,
    bo,Bo Chen,,2024-04-03,,
    cy,Cy Doe,,,,
    jane-1,Jane Doe,,2023-09-01,,
    jane-2,Jane Doe,Blue Heron,2024-02-05,,
    {JANE},Jane Doe,,,no,
    email:jane@example.com,Jane,,,no,contacts.csv
    email:jane@example.com,Jane Doe,,2024-03-01,,
    phone:+12125550101,Bo Chen,,,no,contacts.csv
"""
SAME = """
    person,kind,value
    jane-2,email,jane@example.com
    bo,phone,+12125550101
    cy,phone,+12125550101
"""
EVENT = st.fixed_dictionaries(
    {
        "person": st.sampled_from(["ana", "bo", "cy", JANE, "email:jane@example.com", "phone:+12125550101", "xi"]),
        "at": st.integers(0, 600).map(lambda d: str(AS_OF.date() - pd.Timedelta(days=d))),
        "channel": st.sampled_from(["message", "message", "meeting", "call", "invitation", "note"]),
        "direction": st.sampled_from(["out", "in"]),
        "others": st.sampled_from([0, 0, 2]),
        "words": st.sampled_from([None, 3, 40]),
        "seconds": st.sampled_from([None, 600]),
        "stock": st.sampled_from([None, None, "birthday"]),
        "template": st.sampled_from([None, None, 0x0102030405060708, 0x0102030405060799]),
    }
)
EVENTS = st.lists(EVENT, min_size=1, max_size=60)
WORDS = st.dictionaries(st.sampled_from(["linkedin:ana", JANE, "linkedin:cy"]), st.sampled_from(RATINGS))
SAYS = st.sampled_from([None, True, False])


def marks(words: dict[str, str], says: bool | None = None) -> Marks:
    """Ratings, and perhaps a word on whether the Jane of the recommendations is the second profile."""
    at = "2025-01-01"
    told = rating_table([{"person": who, "rating": word, "at": at} for who, word in words.items()] or None)
    pair = [{"one": "linkedin:jane-2", "other": JANE, "same": says, "at": at}] if says is not None else None
    return Marks(told, decision_table(pair))


def counts(found: Audit) -> list[float | int | None]:
    """What an audit says of a network, in the order of a week of history."""
    ties, meaningful = found.ties, found.meaningful
    return [
        int(ties["connection"].sum()),
        int((ties["contact_days"] > 0).sum()),
        *(meaningful.count, meaningful.low, meaningful.high, meaningful.withheld),
        *(layer.count for layer in found.layers),
        int((ties["state"] == "deep").sum()),
        int((ties["state"] == "light").sum()),
    ]


def of_week(row: pd.Series) -> list[float | int | None]:
    """The same of a week of history."""
    columns = ["connections", "in_touch", "meaningful", "low", "high", "withheld", *LAYERS, "deep", "light"]
    return [None if pd.isna(value) else value for value in row[columns]]


def came_and_went(before: Audit, now: Audit) -> list[int]:
    """New connections, born and faded ties, by the mentions of the humans in two audits."""

    def of(found: Audit, humans: Sequence[str]) -> list[set[str]]:
        return [set(found.human.index[found.human == human]) for human in humans]

    def not_in(some: list[set[str]], others: list[set[str]]) -> int:
        return sum(not any(one & other for other in others) for one in some)

    connected = [of(a, a.ties.index[a.ties["connection"]]) for a in (before, now)]
    deep = [of(a, a.ties.index[a.ties["state"] == "deep"]) for a in (before, now)]
    return [not_in(connected[1], connected[0]), not_in(deep[1], deep[0]), not_in(deep[0], deep[1])]


def test_every_past_week_of_the_sample_is_the_audit_as_of_it() -> None:
    """Twenty weeks drawn with a fixed seed, the first and the last: equal numbers, and equal depths to the last bit."""
    sample = read([SAMPLE])
    weeks = rebuild(sample).weeks
    drawn = sorted({0, len(weeks) - 1, *random.Random(5).sample(range(len(weeks)), 20)})
    moments = list(weeks["as_of"].iloc[drawn])
    series = depths(sample, moments)
    for place, moment in zip(drawn, moments, strict=True):
        then = audit(sample, moment)
        assert of_week(weeks.iloc[place]) == counts(then)
        for mentions in then.human.groupby(then.human).groups.values():
            assert set(mentions)  # every human of the audit has its mentions
        known = then.ties["depth"].reindex(series.index)
        assert (series[moment] == known.fillna(0)).all()


@laws
@given(EVENTS, WORDS, SAYS, st.randoms(use_true_random=False))
def test_a_week_is_the_audit_as_of_it_whoever_was_taken_for_whom(rows, words, says, chance) -> None:
    """Homonyms, addresses and decisions that come in later change no week before them; births and fadings add up."""
    known, told = records(rows, KNOWN, SAME), marks(words, says)
    weeks = rebuild(known, AS_OF, told).weeks
    for place in sorted(chance.sample(range(1, len(weeks)), 5)):
        before, now = (audit(known, weeks["as_of"].iloc[k], told) for k in (place - 1, place))
        assert of_week(weeks.iloc[place]) == counts(now)
        assert weeks.iloc[place][["new_connections", "born", "faded"]].tolist() == came_and_went(before, now)


@laws
@given(EVENTS, WORDS)
def test_what_the_owner_moved_moves_the_past_as_well(rows, words) -> None:
    """With a cut and worths of channels of the owner's own, a week is the audit with them."""
    known, personal = records(rows, KNOWN, SAME), Personal(1.5, {"meeting": 2.0, "call": 0.5})
    weeks = rebuild(known, AS_OF, marks(words), personal).weeks
    for place in (len(weeks) // 3, len(weeks) - 1):
        assert of_week(weeks.iloc[place]) == counts(audit(known, weeks["as_of"].iloc[place], marks(words), personal))


@laws
@given(EVENTS)
def test_depths_are_those_of_the_audits(rows) -> None:
    """By the humans of the last day; of several people then, the deepest."""
    known = records(rows, KNOWN, SAME)
    moments = [end_of_day(AS_OF - pd.Timedelta(days=days)) for days in (400, 300, 200, 0)]
    series, last = depths(known, moments), audit(known, moments[-1])
    assert set(series.index) == set(last.ties.index[last.ties["contact_days"] > 0])
    for moment in moments:
        then = audit(known, moment)
        for human in series.index:
            mentions = last.human.index[last.human == human].intersection(then.human.index)
            humans = then.human[mentions].unique()
            assert series.loc[human, moment] == then.ties["depth"].reindex(humans).max() or (
                series.loc[human, moment] == 0 and not then.ties.index.isin(humans).any()
            )


@laws
@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, chance) -> None:
    """Exchanges and people shuffled give the same history."""
    header, *people = [line.strip() for line in KNOWN.strip().splitlines()]
    shuffled = [*rows]
    chance.shuffle(shuffled)
    chance.shuffle(people)
    one = rebuild(records(rows, KNOWN, SAME), AS_OF)
    other = rebuild(records(shuffled, "\n".join([header, *people]), SAME), AS_OF)
    pd.testing.assert_frame_equal(one.weeks, other.weeks)
    assert one.continuity == other.continuity


@laws
@given(EVENTS, st.integers(0, 590))
def test_what_came_later_changes_no_week(rows, days_ago) -> None:
    """The history until a day is the same whether or not the files hold what came after it."""
    day = AS_OF - pd.Timedelta(days=days_ago)
    earlier = [row for row in rows if pd.Timestamp(str(row["at"])) <= day]
    one, other = (rebuild(records(some, KNOWN, SAME), day) for some in (rows, earlier))
    pd.testing.assert_frame_equal(one.weeks, other.weeks)


def talk(who: str, first: str, weeks: int) -> list[dict[str, object]]:
    """A message and its answer every Wednesday."""
    days = pd.date_range(first, periods=weeks, freq="7D")
    return [
        {"person": who, "at": f"{day:%Y-%m-%d}T12:00:00Z", "direction": way} for day in days for way in ("out", "in")
    ]


def test_ties_are_born_and_fade() -> None:
    """Ana is written with for two years, bo for the first of them: both are born in their first month, bo alone fades."""
    known = records([*talk("ana", "2022-01-05", 104), *talk("bo", "2022-01-05", 52)], KNOWN)
    weeks = rebuild(known, AS_OF).weeks
    born, faded = (weeks[column][weeks[column] > 0] for column in ("born", "faded"))
    assert born.to_dict() == {"2022-W04": 2}
    assert faded.tolist() == [1]
    assert (weeks["deep"].diff().fillna(0) == weeks["born"] - weeks["faded"]).all()
    (place,) = [weeks.index.get_loc(week) for week in faded.index]
    states = [audit(known, weeks["as_of"].iloc[k]).ties["state"] for k in (place - 1, place)]
    assert [state["linkedin:bo"] for state in states] == ["deep", "light"]
    assert [state["linkedin:ana"] for state in states] == ["deep", "deep"]


@reads_its_docstring
def test_a_week_ends_with_its_sunday_and_the_last_one_with_the_day_of_the_audit(data: str) -> None:
    """
    person,name,connected_on
    ana,Ana Lima,2024-01-03
    bo,Bo Chen,2024-01-14
    cy,Cy Doe,2024-01-15
    """
    weeks = rebuild(records("", data), pd.Timestamp("2024-01-17")).weeks
    assert weeks.index.tolist() == ["2024-W01", "2024-W02", "2024-W03"]
    assert weeks["as_of"].dt.strftime("%Y-%m-%d").tolist() == ["2024-01-07", "2024-01-14", "2024-01-17"]
    assert weeks["connections"].tolist() == [1, 2, 3]
    assert weeks["new_connections"].tolist() == [1, 1, 1]
    assert weeks["meaningful"].isna().all()
    assert weeks["withheld"].str.contains("messages.csv").all()


def test_a_day_that_is_a_sunday_ends_its_week() -> None:
    """No second row for it."""
    known = records("person,at,direction\nana,2024-01-03,in", "")
    ends = ends_of_weeks(known, end_of_day(pd.Timestamp("2024-01-14")))
    assert [f"{end:%Y-%m-%d %H:%M}" for end in ends] == ["2024-01-07 23:59", "2024-01-14 23:59"]


def test_two_people_who_turn_out_to_be_one_are_neither_born_nor_new_again() -> None:
    """Jane, known by name, and her profile, connected later, are deep all along: no birth in the week of the merge."""
    known = f"person,name,connected_on,connection\njane-1,Jane Doe,2023-06-07,\n{JANE},Jane Doe,,no"
    weeks = rebuild(records(talk(JANE, "2022-01-05", 104), known), pd.Timestamp("2023-12-31")).weeks
    assert weeks.loc["2023-W23", ["connections", "new_connections", "deep", "born", "faded"]].tolist() == [
        1,
        1,
        1,
        0,
        0,
    ]
    assert weeks["born"].sum() == 1


def test_nothing_has_a_history_of_one_empty_week() -> None:
    """No file: the running week, no tie, no count, a reason."""
    found = rebuild(Records.empty(), AS_OF)
    assert found.weeks.index.tolist() == ["2025-W01"]
    assert found.weeks.iloc[0][["connections", "in_touch", *LAYERS, "deep", "born"]].sum() == 0
    assert "No count of meaningful ties." in to_text(found)


def test_the_table_fits_80_columns_and_sums_the_year() -> None:
    """Of each year its last week, with what came and went in all of it; then the last eight weeks."""
    found = rebuild(records([*talk("ana", "2022-01-05", 104), *talk("bo", "2022-01-05", 52)], KNOWN), AS_OF)
    lines = to_text(found).splitlines()
    assert max(map(len, lines[:13])) <= 80
    assert [line[:8].strip() for line in lines[1:4]] == ["2022", "2023", "2024"]
    born = found.weeks["born"][found.weeks["as_of"].dt.year == 2022].sum()
    assert f"+{born} −" in lines[1]
    assert [line[:8] for line in lines[5:13]] == found.weeks.index[-8:].tolist()


def test_json_holds_every_week_and_the_signature() -> None:
    """Missing numbers are null, days are plain."""
    shown = json.loads(to_json(rebuild(records(talk("ana", "2024-01-03", 20), KNOWN), pd.Timestamp("2024-05-15"))))
    first, last = shown["weeks"][0], shown["weeks"][-1]
    assert (first["week"], first["as_of"]) == ("2023-W18", "2023-05-07")
    assert (last["week"], last["as_of"], last["meaningful"]) == ("2024-W20", "2024-05-15", None)
    assert set(LAYERS) < set(last)
    assert shown["signature"]["now"]["withheld"]
    assert shown["signature"]["turnover"] is None


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_the_command_prints_the_history(option: list[str]) -> None:
    """`auditor history` reads an export and needs nothing else; --as-of ends it."""
    done = CliRunner().invoke(main, ["history", str(SAMPLE), "--as-of", "2019-06-30", *option])
    assert done.exit_code == 0
    assert "2019-W26" in done.stdout
    assert "2019-W27" not in done.stdout


def test_weeks_follow_each_other() -> None:
    """Seven days from one Sunday to the next, over the turn of a year."""
    ends = ends_of_weeks(records("", KNOWN), end_of_day(AS_OF))
    assert all((b - a).days == 7 for a, b in pairwise(ends[:-1]))


def test_the_moments_of_a_long_history_are_ends_of_quarters_of_a_short_one_of_months() -> None:
    """From the quarter or month of the first exchange on; the last moment is that of the audit."""

    def ends(first: str, now: str) -> list[str]:
        known = records([{"person": "ada", "at": f"{first}T10:00:00Z", "direction": "in"}])
        return [f"{moment:%Y-%m-%d}" for moment in ends_of_quarters(known, end_of_day(pd.Timestamp(now)))]

    assert ends("2024-11-05", "2025-02-10") == ["2024-11-30", "2024-12-31", "2025-01-31", "2025-02-10"]
    assert ends("2021-11-05", "2024-12-31")[:2] == ["2021-12-31", "2022-03-31"]
    assert ends("2021-11-05", "2024-12-31")[-2:] == ["2024-09-30", "2024-12-31"]
    assert ends("2024-11-05", "2024-11-05") == ["2024-11-05"]
    assert ends("2024-11-05", "2024-01-01") == ["2024-01-01"]


def test_quarters_are_rows_of_the_same_history() -> None:
    """The table at the ends of quarters says of its moments what the audit as of them says, and ends with the day."""
    read_in = read([SAMPLE])
    table = quarters(read_in, pd.Timestamp("2018-08-15"))
    assert [f"{day:%Y-%m-%d}" for day in table["as_of"]] == ["2017-12-31", "2018-03-31", "2018-06-30", "2018-08-15"]
    then = audit(read_in, pd.Timestamp("2018-06-30"))
    row = table.iloc[2]
    assert row["connections"] == then.ties["connection"].sum()
    assert (row["meaningful"], row["low"], row["high"]) == (
        then.meaningful.count,
        then.meaningful.low,
        then.meaningful.high,
    )
