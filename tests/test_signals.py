"""What is measured of a tie: contact days, what they are worth, and when they were. Expected values are by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from fabricate import events, reads_its_docstring

from auditor.audit import end_of_day
from auditor.signals import contacts, day_number, history_days, measure, weeks_of

BIRTHDAY = "ana,2024-01-01T10:00:00Z,in,3,0,birthday"


def measured(text: str, as_of: str = "2024-06-30") -> pd.DataFrame:
    """One row a tie, indexed by the short word for the person."""
    table = events(text)
    ties = measure(contacts(table), table, end_of_day(pd.Timestamp(as_of)))
    return ties.set_axis(ties.index.str.removeprefix("linkedin:"))


def best(text: str) -> list[float]:
    """What the best exchange of each contact day is worth, ties in the order of their names."""
    return contacts(events(text)).worth.tolist()


@reads_its_docstring
def test_a_burst_of_chat_is_one_contact_day(data: str) -> None:
    """
    person,at,direction
    ana,2024-01-01T10:00:00Z,out
    ana,2024-01-01T10:00:05Z,out
    ana,2024-01-01T10:00:09Z,in
    ana,2024-01-01T23:59:59Z,out
    ana,2024-01-02T00:00:00Z,out
    """
    ana = measured(data).loc["ana"]
    assert ana[["exchanges", "exchanges_out", "exchanges_in"]].tolist() == [5, 4, 1]
    assert ana[["contact_days", "days_out", "days_in"]].tolist() == [2, 2, 1]
    assert ana[["worth_out", "worth_in"]].tolist() == [2.0, 1.0]


@reads_its_docstring
def test_days_are_utc_days(data: str) -> None:
    """
    person,at,direction
    ana,2024-01-01T23:30:00-02:00,out
    ana,2024-01-02T00:30:00Z,out
    ana,2024-01-03T04:00:00+05:30,out
    """
    ana = measured(data).loc["ana"]
    assert ana["days_out"] == 1
    assert ana["first_contact"] == ana["last_contact"] == pd.Timestamp("2024-01-02")


@pytest.mark.parametrize(
    ("exchange", "worth"),
    [
        ("message,5", 1),
        ("inmail,5", 1),
        ("email,5", 1),
        ("sms,", 1),
        ("chat,", 1),
        ("call,", 1),
        ("meeting,", 1),
        ("meal,", 1),
        ("recommendation,80", 3),
        ("invitation,12", 0.5),
        ("endorsement,", 0.1),
        ("missed_call,", 0.1),
    ],
)
def test_a_contact_day_is_worth_what_its_channel_is(exchange: str, worth: float) -> None:
    """The values of science.md §4: composed 1, a recommendation 3, a personal invitation ½, one click a tenth."""
    data = f"person,at,direction,channel,words\nana,2024-01-01,out,{exchange}"
    ana = measured(data).loc["ana"]
    assert ana["worth_out"] == pytest.approx(worth)
    assert best(data) == pytest.approx([worth])
    assert ana["days_out"] == 1


@pytest.mark.parametrize("exchange", ["invitation,", "invitation,0", "note,40"])
def test_a_bare_invitation_and_the_owners_own_note_are_no_contact(exchange: str) -> None:
    """They make no contact day, so they alone make no tie with contact."""
    ties = measured(f"person,at,direction,channel,words\nana,2024-01-01,out,{exchange}\nbo,2024-01-01,out,call,")
    assert ties.index.tolist() == ["bo"]


@reads_its_docstring
def test_channels_of_a_day_add_up_and_messages_of_a_channel_do_not(data: str) -> None:
    """
    person,at,direction,channel
    ana,2024-01-01T10:00:00Z,out,message
    ana,2024-01-01T11:00:00Z,out,message
    ana,2024-01-01T12:00:00Z,both,meeting
    ana,2024-01-01T12:00:00Z,in,endorsement
    """
    ana = measured(data).loc["ana"]
    assert ana["worth_out"] == pytest.approx(1 + 1)
    assert ana["worth_in"] == pytest.approx(1 + 0.1)
    assert best(data) == [1]
    assert ana[["contact_days", "days_out", "days_in"]].tolist() == [1, 1, 1]


@reads_its_docstring
def test_a_message_to_several_is_shared_among_them(data: str) -> None:
    """
    person,at,direction,others
    ana,2024-01-01,out,3
    bo,2024-01-01,out,0
    bo,2024-01-01,out,99
    """
    ties = measured(data)
    assert ties.loc["ana", "worth_out"] == pytest.approx(1 / math.sqrt(4))
    assert ties.loc["bo", "worth_out"] == 1
    assert best(data) == [1, 1]


@reads_its_docstring
def test_a_meeting_is_contact_both_ways(data: str) -> None:
    """
    person,at,direction,channel
    ana,2024-01-01,both,meeting
    """
    ana = measured(data).loc["ana"]
    assert ana[["exchanges", "exchanges_out", "exchanges_in", "days_out", "days_in"]].tolist() == [1] * 5


@reads_its_docstring
def test_weeks_run_from_monday_to_sunday(data: str) -> None:
    """
    person,at,direction
    ana,2024-01-07,out
    ana,2024-01-08,out
    bo,2024-01-08,out
    bo,2024-01-14,in
    """
    ties = measured(data)
    assert ties["active_weeks"].tolist() == [2, 1]
    mondays = pd.date_range("1969-12-01", "2030-01-01", freq="W-MON", tz="UTC")
    weeks = [int(weeks_of(day_number(m))) for m in mondays]  # type: ignore[arg-type]
    assert weeks == list(range(weeks[0], weeks[0] + len(weeks)))


@reads_its_docstring
def test_ends_and_silence_are_counted_in_days_to_as_of(data: str) -> None:
    """
    person,at,direction
    ana,2024-06-01T08:00:00Z,out
    ana,2024-06-20T23:00:00Z,in
    bo,2024-06-30T00:00:00Z,in
    """
    ties = measured(data)
    assert ties["quiet_days"].tolist() == [10, 0]
    assert ties["span_days"].tolist() == [19, 0]
    assert ties["first_contact"].tolist() == [pd.Timestamp("2024-06-01"), pd.Timestamp("2024-06-30")]


@reads_its_docstring
def test_the_last_year_has_365_days_and_today_is_one_of_them(data: str) -> None:
    """
    person,at,direction
    ana,2023-01-01T12:00:00Z,in
    ana,2023-01-02T00:00:00Z,in
    ana,2024-01-01T23:00:00Z,out
    """
    ana = measured(data, "2024-01-01").loc["ana"]
    assert ana[["contact_days", "year_days", "year_in", "year_out"]].tolist() == [3, 2, 1, 1]


@pytest.mark.parametrize(
    ("answer", "worth"),
    [
        ("ana,2024-01-02T10:00:00Z,out,12,0,", 0.1),  # a short answer
        ("ana,2024-01-08T10:00:00Z,out,12,0,", 0.1),  # seven days later to the second
        ("ana,2024-01-08T10:00:01Z,out,12,0,", 1),
        ("ana,2024-01-02T10:00:00Z,out,13,0,", 1),
        ("ana,2024-01-02T10:00:00Z,out,12,1,", 1),  # asks something
        ("ana,2024-01-02T10:00:00Z,out,,,", 1),  # no text, so no phrase
        ("bo,2024-01-02T10:00:00Z,out,12,0,", 1),  # somebody else
        ("ana,2023-12-31T10:00:00Z,out,12,0,", 1),  # before the greeting
    ],
)
def test_a_short_answer_to_a_ritual_phrase_is_ritual_too(answer: str, worth: float) -> None:
    """ "Happy birthday!" "Thank you, kind of you" is one click's worth a side; a real answer is a real answer."""
    ties = measured(f"person,at,direction,words,questions,stock\n{BIRTHDAY}\n{answer}")
    assert ties.loc["ana", "worth_in"] == pytest.approx(0.1)
    assert ties["worth_out"].max() == pytest.approx(worth)


@reads_its_docstring
def test_thanks_is_a_ritual_phrase_but_no_greeting(data: str) -> None:
    """
    person,at,direction,words,questions,stock
    ana,2024-01-01T10:00:00Z,in,1,0,thanks
    ana,2024-01-01T11:00:00Z,out,6,0,
    """
    ana = measured(data).loc["ana"]
    assert ana[["worth_in", "worth_out"]].tolist() == pytest.approx([0.1, 1.0])


@reads_its_docstring
def test_an_answer_in_the_minute_of_the_greeting_is_one_in_any_order_of_rows(data: str) -> None:
    """
    person,at,direction,words,questions,stock
    ana,2024-01-01T10:00:00Z,in,3,0,birthday
    ana,2024-01-01T10:00:00Z,out,2,0,
    """
    header, greeting, answer = (line.strip() for line in data.strip().splitlines())
    for rows in ([greeting, answer], [answer, greeting]):
        assert measured("\n".join([header, *rows])).loc["ana", "worth_out"] == pytest.approx(0.1)


@reads_its_docstring
def test_weeks_count_whatever_the_contact_in_them_was(data: str) -> None:
    """
    person,at,direction,channel
    ana,2024-01-01,out,message
    ana,2024-01-02,in,endorsement
    ana,2024-01-08,out,message
    ana,2024-01-15,both,meeting
    """
    ana = measured(data).loc["ana"]
    assert ana[["active_weeks", "days_out", "days_in"]].tolist() == [3, 3, 2]
    assert ana["worth_in"] == pytest.approx(0.1 + 1)
    assert best(data) == pytest.approx([1, 0.1, 1, 1])


@reads_its_docstring
def test_a_unit_can_be_shorter_than_a_day(data: str) -> None:
    """
    person,at,direction
    ana,2024-01-01T05:59:59Z,out
    ana,2024-01-01T06:00:00Z,out
    ana,2024-01-01T11:59:59Z,in
    bo,2024-01-01T23:00:00Z,out
    """
    found = contacts(events(data), 6 * 3600)
    first = day_number(pd.Timestamp("2024-01-01", tz="UTC")) * 4  # four units of six hours a day
    assert found.ties.tolist() == ["linkedin:ana", "linkedin:bo"]
    assert found.tie.tolist() == [0, 0, 1]
    assert (found.unit - first).tolist() == [0, 1, 3]
    assert (found.out.tolist(), found.in_.tolist()) == ([1, 1, 1], [0, 1, 0])
    assert found.starts.tolist() == [0, 2]
    assert ((found.first - first).tolist(), (found.last - first).tolist()) == ([0, 3], [1, 3])


@reads_its_docstring
def test_a_contact_is_as_late_as_the_last_exchange_in_it(data: str) -> None:
    """
    person,at,direction
    ana,2024-01-01T10:00:00Z,out
    ana,2024-01-01T18:30:00.5Z,in
    ana,2024-01-01T09:00:00Z,out
    """
    assert contacts(events(data)).at.tolist() == [pd.Timestamp("2024-01-01T18:30:00.5Z").timestamp()]


@reads_its_docstring
def test_minutes_add_up_and_are_shared_among_the_people_in_them(data: str) -> None:
    """
    person,at,direction,channel,seconds,others
    ana,2024-01-01T10:00:00Z,both,meeting,1800,0
    ana,2024-01-01T12:00:00Z,both,meal,3600,3
    ana,2024-01-01T14:00:00Z,out,call,600,0
    ana,2024-01-01T15:00:00Z,out,call,60,0
    ana,2024-01-01T16:00:00Z,in,call,120,0
    ana,2024-01-01T17:00:00Z,in,message,,0
    """
    found = contacts(events(data))
    assert found.met.tolist() == pytest.approx([30 + 60 / math.sqrt(4)])
    assert (found.called_out.tolist(), found.called_in.tolist()) == ([11], [2])


@reads_its_docstring
def test_a_ritual_click_is_worth_no_more_than_a_click(data: str) -> None:
    """
    person,at,direction,channel,words,stock
    ana,2024-01-01,out,endorsement,2,congratulations
    bo,2024-01-01,out,message,2,congratulations
    """
    ties = measured(data)
    assert ties["worth_out"].tolist() == pytest.approx([0.1, 0.1])


@reads_its_docstring
def test_days_before_1970_are_days_like_others(data: str) -> None:
    """
    person,at,direction
    ana,1969-01-05,out
    ana,1969-01-06,in
    bo,1899-12-30,out
    bo,2024-01-01,in
    """
    ties = measured(data)
    assert ties["active_weeks"].tolist() == [2, 2]
    assert ties["contact_days"].tolist() == [2, 2]
    assert contacts(events(data)).unit.tolist() == [-361, -360, -25569, 19723]


@reads_its_docstring
def test_history_counts_both_its_first_day_and_today(data: str) -> None:
    """
    person,at,direction
    ana,2024-06-01T08:00:00Z,out
    bo,2024-06-20T08:00:00Z,out
    """
    table = events(data)
    assert history_days(table["at"].min(), end_of_day(pd.Timestamp("2024-06-01"))) == 1
    assert history_days(table["at"].min(), end_of_day(pd.Timestamp("2024-06-30"))) == 30
    assert history_days(None, end_of_day(pd.Timestamp("2024-06-30"))) == 0


def test_nothing_measures_as_nothing() -> None:
    """No exchange, no row, all columns."""
    empty = events()
    assert measure(contacts(empty), empty, end_of_day(pd.Timestamp("2024-01-01"))).shape[0] == 0


def test_an_opening_ends_more_than_a_day_of_silence() -> None:
    """
    person,at,direction
    ana,2024-06-01T10:00,out
    ana,2024-06-01T12:00,in
    ana,2024-06-02T11:00,out
    ana,2024-06-10T09:00,in
    ana,2024-06-11T09:00,out
    bo,2024-06-11T09:00,in
    """
    ties = measured(str(test_an_opening_ends_more_than_a_day_of_silence.__doc__))
    assert ties.loc["ana", ["openings_out", "openings_in"]].tolist() == [1, 1]
    assert ties.loc["bo", ["openings_out", "openings_in"]].tolist() == [0, 1]


@pytest.mark.parametrize(("seconds", "worth"), [("300", 1.0), ("", 1.0), ("20", 1.0), ("5", 0.1)])
def test_a_call_of_seconds_is_hardly_more_than_a_missed_one(seconds: str, worth: float) -> None:
    """Where the log knows how long it was."""
    exchanges = events(f"person,at,direction,channel,seconds\nana,2024-05-05,in,call,{seconds}")
    assert contacts(exchanges).in_.tolist() == [worth]
