"""Laws of `depth.of_events`, for logs of hours, days, weeks, months and years, each scored on a grain of its own."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from auditor.depth import PARTS, of_events, to_scale
from auditor.sources import event_log

SINCE = pd.Timestamp("2023-01-02T05:17:00", tz="UTC")
SPANS = {
    "hours": pd.Timedelta(hours=7),
    "days": pd.Timedelta(days=3),
    "weeks": pd.Timedelta(days=17),
    "months": pd.Timedelta(days=70),
    "years": pd.Timedelta(days=1000),
}
TIE, SCORE = ["ego", "person"], ["depth", "low", "high", "c_base", *PARTS]
STEPS = 240

Row = Mapping[str, object]
Read = Callable[[list[Row]], pd.DataFrame]

laws = settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
few = settings(laws, max_examples=5)
any_span = st.sampled_from(sorted(SPANS))
steps = st.integers(0, STEPS)
content = st.fixed_dictionaries(
    {
        "channel": st.sampled_from(["message", "message", "call", "meeting", "missed_call", "endorsement"]),
        "others": st.sampled_from([0, 0, 1, 12]),
        "seconds": st.sampled_from(["", "", 20, 3600]),
    }
)
EVENTS = st.lists(
    st.tuples(
        st.fixed_dictionaries(
            {
                "ego": st.sampled_from(["e", "f"]),
                "person": st.sampled_from(["p", "q", "r"]),
                "at": steps,
                "direction": st.sampled_from(["out", "in", "both"]),
            }
        ),
        content,
    ).map(lambda parts: parts[0] | parts[1]),
    min_size=1,
    max_size=24,
)
FURTHER = st.fixed_dictionaries({"at": steps, "later": st.floats(0, 1), "both": st.booleans(), "swap": st.booleans()})


@pytest.fixture(scope="module", name="read")
def _read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Reads rows through a file, as `auditor depth` does."""
    path = tmp_path_factory.mktemp("laws") / "events.csv"

    def read(rows: list[Row]) -> pd.DataFrame:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return event_log.read(path)

    return read


def within(span: str, rows: list[Row]) -> list[Row]:
    """The rows with their steps turned into times: step 0 is the start of the history, the last one its end."""
    return [{**row, "at": moment(span, int(str(row["at"]))).isoformat()} for row in rows]


def moment(span: str, step: int) -> pd.Timestamp:
    return SINCE + (SPANS[span] * step / STEPS).floor("us")


def scores(events: pd.DataFrame, span: str, columns: list[str] = SCORE) -> pd.DataFrame:
    """The ties with history start and as-of held fixed."""
    return of_events(events, SINCE + SPANS[span], SINCE).ties.set_index(TIE)[columns]


def two_way(span: str, further: Row, content: Row) -> list[Row]:
    """One more contact of e and p: an event both ways, or an out and an in within one UTC day of the window."""
    at = moment(span, int(str(further["at"])))
    end = min(at.normalize() + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1), SINCE + SPANS[span])
    later = at + ((end - at) * float(str(further["later"]))).floor("us")
    ways = ("in", "out") if further["swap"] else ("out", "in")
    times = [(at, "both")] if further["both"] else [(at, ways[0]), (later, ways[1])]
    return [{"ego": "e", "person": "p", **content, "at": time.isoformat(), "direction": way} for time, way in times]


def never_lower(before: pd.DataFrame, after: pd.DataFrame) -> None:
    """The depth of e and p is no lower than it was, to 1e-9, and no other tie differs in any bit.

    `p_two_way` is not compared: its curve is fitted on the past of the whole log.
    """
    tie = ("e", "p")
    assert after["depth"][tie] >= before["depth"].get(tie, 0.0) - 1e-9
    pd.testing.assert_frame_equal(after.drop(index=tie), before.drop(index=tie, errors="ignore"), check_exact=True)


@pytest.mark.parametrize("span", SPANS)
@laws
@given(rows=EVENTS, further=FURTHER, content=content)
def test_a_further_two_way_contact_never_lowers_depth(read: Read, span: str, rows, further, content) -> None:
    """Wherever in the window, by whatever channel, with whomever else: the tie gains or stays, and no other moves."""
    rows = within(span, rows)
    before, after = (scores(read(log), span) for log in (rows, [*rows, *two_way(span, further, content)]))
    never_lower(before, after)


@pytest.mark.parametrize("span", SPANS)
@few
@given(rows=EVENTS, at=steps, direction=st.sampled_from(["out", "in", "both"]), content=content)
def test_knowing_how_long_it_took_never_lowers_depth(read: Read, span: str, rows, at, direction, content) -> None:
    """An event of which the seconds are known is worth no less than the same without."""
    event = {"ego": "e", "person": "p", "at": at, "direction": direction, **content}
    without, timed = (within(span, [*rows, {**event, "seconds": s}]) for s in ("", 900))
    never_lower(scores(read(without), span), scores(read(timed), span))


@laws
@given(any_span, EVENTS)
def test_depth_is_within_its_bounds_and_its_parts_add_up(read: Read, span, rows) -> None:
    """0 ≤ low ≤ depth ≤ high ≤ 100; c_base and the parts add up to the raw score, whose map is depth; all is finite."""
    ties = of_events(read(within(span, rows)), SINCE + SPANS[span]).ties
    assert (ties["low"] >= 0).all()
    assert (ties["low"] <= ties["depth"]).all()
    assert (ties["depth"] <= ties["high"]).all()
    assert (ties["high"] <= 100).all()
    assert ties["p_two_way"].between(0, 1).all()
    assert np.isfinite(ties[[*SCORE, "p_two_way"]].to_numpy()).all()
    raw = ties[["c_base", *PARTS]].sum(axis=1).to_numpy()
    assert to_scale(raw) == pytest.approx(ties["depth"].to_numpy(), rel=1e-9)


def test_of_a_tie_without_any_contact_too_the_parts_add_up(read: Read) -> None:
    """Ana is only in the owner's notes: her parts and c_base are those of depth 0, or as good as."""
    rows = [("ana", "note", "out"), ("bo", "message", "out"), ("bo", "message", "in")]
    events = read([{"ego": "e", "person": p, "at": 5, "channel": c, "direction": way} for p, c, way in rows])
    ties = of_events(events, pd.Timestamp("2020-01-01", tz="UTC")).ties.set_index("person")
    assert ties["depth"]["ana"] == pytest.approx(0, abs=0.1)
    assert not ties["meaningful"]["ana"]
    assert to_scale(ties[["c_base", *PARTS]].sum(axis=1).to_numpy()) == pytest.approx(ties["depth"].to_numpy(), abs=0.1)


@pytest.mark.parametrize("direction", ["out", "both"])
def test_a_log_of_a_single_moment_has_depths(read: Read, direction: str) -> None:
    """All history is one instant, which is as-of as well: an hour of history, and numbers within their bounds."""
    tie = of_events(read([{"person": "p", "at": 5, "direction": direction}]), pd.Timestamp(5, unit="s", tz="UTC")).ties
    assert tie[["ego", "person"]].to_numpy().tolist() == [["me", "p"]]
    assert 0 < tie["low"][0] <= tie["depth"][0] <= tie["high"][0] < 100
    assert tie["c_silence"][0] == 0


@laws
@given(any_span, EVENTS, st.randoms(use_true_random=False), st.data())
def test_order_and_exact_duplicates_of_rows_change_nothing(read: Read, span, rows, chance, data) -> None:
    """Rows shuffled, and some of them written twice, give the same table to the last bit."""
    rows = within(span, rows)
    again = [*rows, *data.draw(st.lists(st.sampled_from(rows), max_size=8))]
    chance.shuffle(again)
    one, other = (of_events(read(log), SINCE + SPANS[span]).ties for log in (rows, again))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@laws
@given(any_span, EVENTS, EVENTS, steps, st.sampled_from([None, SINCE]))
def test_events_after_as_of_change_nothing_at_all(read: Read, span, rows, later, step, since) -> None:
    """A log as of a moment within it, with and without what came after: the same table to the last bit."""
    as_of = moment(span, step)
    rows = [{**row, "at": int(str(row["at"])) * step // STEPS} for row in rows]  # all of them squeezed in before as-of
    known = within(span, rows)
    gap = timedelta(microseconds=1)
    future = [{**row, "at": (as_of + gap + SPANS[span] * int(str(row["at"])) / STEPS).isoformat()} for row in later]
    one, other = (of_events(read(log), as_of, since).ties for log in (known, [*future, *known]))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@laws
@given(any_span, EVENTS, EVENTS)
def test_events_before_since_change_nothing_at_all(read: Read, span, rows, earlier) -> None:
    """With the history starting at a moment, what came before does not exist."""
    known = within(span, rows)
    past = [{**row, "at": (SINCE - pd.Timedelta(hours=1 + int(str(row["at"])))).isoformat()} for row in earlier]
    one, other = (of_events(read(log), SINCE + SPANS[span], SINCE).ties for log in (known, [*known, *past]))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@laws
@given(any_span, EVENTS, st.sampled_from(["out", "in"]))
def test_a_one_sided_tie_is_never_meaningful(read: Read, span, rows, direction) -> None:
    """Whatever was sent or came in, without anything the other way no tie is meaningful."""
    rows = within(span, [{**row, "direction": direction} for row in rows])
    assert not of_events(read(rows), SINCE + SPANS[span]).ties["meaningful"].any()


@pytest.mark.parametrize("span", SPANS)
def test_much_of_one_side_is_not_meaningful_and_a_little_of_both_adds(read: Read, span: str) -> None:
    """Five hundred events to p, all of them unanswered, and the same with one answer, which makes the tie deeper."""
    rows = within(span, [{"ego": "e", "person": "p", "at": i % STEPS, "direction": "out"} for i in range(500)])
    answer = within(span, [{"ego": "e", "person": "p", "at": STEPS, "direction": "in"}])
    alone, answered = (of_events(read(log), SINCE + SPANS[span]).ties.iloc[0] for log in (rows, [*rows, *answer]))
    assert not alone["meaningful"]
    assert answered["depth"] > alone["depth"]
