"""Which messages are copies of one text. Texts stand in the tests; what is measured of them is all that is looked at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from fabricate import events
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.audit import end_of_day
from auditor.automation import COPIES, marked
from auditor.signals import contacts, measure
from auditor.sources.wording import measure as measured_text

PITCH = (
    "Hi {}, I came across your profile and was impressed by what your team does. We help companies like yours to cut "
    "the cost of their cloud by a third within one quarter. Would you have fifteen minutes on Tuesday for a short call?"
)
LETTER = (
    "Hi {}, do you remember the evening on the pier when the lamps went out and your sister sang until the ferry came? "
    "I passed there on Sunday, the kiosk is gone, and I thought that I should have written to you long ago."
)
NOTE = "Hi {}, it was good to see you yesterday, and thank you for coming to my talk."
NAMES = "Ana Ben Cy Dee Eve Fay Gil Hal Ida Jo".split()

Row = tuple[str, str, str, str]
"""Person, time, direction, text."""


def exchanged(rows: Sequence[Row], **columns: object) -> pd.DataFrame:
    """Interactions of texts, measured as sources do."""
    texts = pa.array([text for *_, text in rows], pa.string())
    found = pd.DataFrame(measured_text(texts).columns())
    table = events([{"person": p, "at": at, "direction": d, **columns} for p, at, d, _ in rows])
    for column in found:
        table[column] = found[column].astype(table[column].dtype)
    return table


def to_each(text: str, people: Sequence[str] = NAMES, day: str = "2024-03-04", way: str = "out") -> list[Row]:
    """The same text to or from each, a minute apart."""
    at = pd.date_range(f"{day}T09:00:00Z", periods=len(people), freq="min")
    return [(p.lower(), str(t), way, text.format(p)) for p, t in zip(people, at, strict=True)]


def copies(rows: Sequence[Row], **columns: object) -> list[int]:
    return marked(exchanged(rows, **columns))["copies"].tolist()


def test_one_text_to_ten_people_is_a_template_of_ten() -> None:
    """Each has another name in it, and all went out on one day: every copy counts as a message to ten."""
    found = marked(exchanged(to_each(PITCH)))
    assert found["copies"].tolist() == [10] * 10
    assert found["cluster"].tolist() == [0] * 10


def test_two_people_are_no_campaign_and_three_are() -> None:
    """The same long note to a couple of friends is no template."""
    assert copies(to_each(PITCH, NAMES[:2])) == [1, 1]
    assert copies(to_each(PITCH, NAMES[:COPIES])) == [3, 3, 3]


def test_three_times_the_same_from_one_person_is_a_template_of_three() -> None:
    """The other side's other readers are unknown; what is known is how often it came."""
    assert copies([("ana", f"2024-03-0{n}", "in", PITCH.format("Alex")) for n in (1, 1, 1)]) == [3, 3, 3]
    assert copies([("ana", f"2024-03-0{n}", "in", PITCH.format("Alex")) for n in (1, 1)]) == [1, 1]


def test_copies_that_came_from_different_people_count_together() -> None:
    """Three sales people send one text."""
    assert copies(to_each(PITCH, NAMES[:3], way="in")) == [3, 3, 3]


def test_people_who_are_polite_alike_share_no_template() -> None:
    """A short note from ten people is what everybody writes; three times from one of them is that one's template."""
    assert copies(to_each(NOTE, way="in")) == [1] * 10
    assert copies(to_each(NOTE, ["Ana"] * 3, way="in")) == [3] * 3


def test_what_was_sent_later_changes_nothing_of_a_day() -> None:
    """One a day: the first two were letters when they were sent, and stay so; the tenth is a copy of ten."""
    rows = [(n.lower(), f"2024-03-{d:02}", "out", PITCH.format(n)) for d, n in enumerate(NAMES, 1)]
    assert copies(rows) == [1, 1, 3, 4, 5, 6, 7, 8, 9, 10]
    assert copies(rows[:5]) == [1, 1, 3, 4, 5]
    assert marked(exchanged(rows))["cluster"].tolist() == [0] * 10  # by what is known today all are copies
    assert marked(exchanged(rows[:2]))["cluster"].tolist() == [-1] * 2


def test_words_changed_in_each_copy_do_not_hide_a_template() -> None:
    """Two words of some forty differ from copy to copy, the name as well."""
    swaps = ["impressed", "struck"], ["short", "quick"], ["cut", "lower"], ["third", "quarter"]
    texts = [PITCH] * 8
    for number, text in enumerate(texts):
        for place in (number % 4, (number + 1) % 4):
            text = text.replace(*swaps[place])  # noqa: PLW2901 - paraphrased twice
        texts[number] = text
    rows = [row for n, t in zip(NAMES, texts, strict=False) for row in to_each(t, [n])]
    assert sum(k >= COPIES for k in copies(rows)) == 8


def test_letters_that_share_a_phrase_are_no_template() -> None:
    """Each begins and ends the same, and says something else between: a human's habit of writing."""
    own = (
        "my brother has bought the old mill and wants to put a printing press into it before the autumn",
        "the children learnt to swim this summer and now nobody gets them out of the lake before dark",
        "we finally painted the kitchen, in a yellow that looked much quieter on the card than on the wall",
        "the doctor says that the knee will hold another winter if I stop pretending to be twenty-five",
        "nobody came to the reading except two students and a dog, and it was the best evening in years",
    )
    frame = "Hi {}, I hope that you are well. {} Say hello to everybody at home, and let us speak soon."
    assert copies([(n.lower(), "2024-03-04", "out", frame.format(n, t)) for n, t in zip(NAMES, own, strict=False)]) == [
        1
    ] * len(own)


@pytest.mark.parametrize(
    "text", ["Congrats on the new role!", "Thanks, {}!", "Happy birthday {}! Hope you have a great day"]
)
def test_what_everybody_writes_is_one_click_and_no_template(text: str) -> None:
    """A ritual phrase has its own worth, and is too short to be told from another by its words."""
    assert copies(to_each(text)) == [1] * 10


def test_one_message_to_a_group_is_one_text() -> None:
    """Ten rows of one record of the file: its breadth is `others` already."""
    rows = [(n.lower(), "2024-03-04", "out", LETTER.format("all")) for n in NAMES]
    assert copies(rows, row=7, others=9) == [1] * 10


def test_within_a_conversation_the_same_words_are_no_template() -> None:
    """Ten people asked on one day; each answer differs in a few words, as talk about one thing does."""
    asked = to_each("Could you tell me how the workshop went on Friday?", way="in", day="2024-03-03")
    answers = to_each(PITCH)
    alike = [(p, at, d, t.replace("Tuesday", day)) for (p, at, d, t), day in zip(answers, _DAYS, strict=True)]
    assert marked(exchanged([*asked, *alike]))["copies"].tolist()[10:] != [10] * 10
    assert marked(exchanged([*asked, *to_each(PITCH.replace("Hi {}, ", ""))]))["copies"].tolist()[10:] == [10] * 10


_DAYS = "Monday noon or Wednesday;the last day of May;a rainy day;any morning;Thursday;the train;my way home;Sunday;one day;Friday".split(
    ";"
)


def test_out_and_in_are_different_texts() -> None:
    """What the owner forwards twice and was sent once is no template of three."""
    assert copies([*to_each(PITCH, NAMES[:2]), *to_each(PITCH, ["Jo"], way="in", day="2024-03-01")]) == [1, 1, 1]


def test_of_nothing_nothing() -> None:
    """No exchange, or none with a text."""
    assert marked(events()).assign(x=1)["copies"].tolist() == []
    assert marked(events("person,at,direction\nana,2024-03-04,out"))["cluster"].tolist() == [-1]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.integers(1, 28), st.sampled_from([PITCH, LETTER, NOTE])), max_size=25
    ),
    st.integers(1, 28),
    st.randoms(use_true_random=False),
)
def test_the_past_can_be_asked_as_it_was(sent: list[tuple[str, int, str]], day: int, chance) -> None:
    """Whatever comes later, in whatever order the rows stand, the copies of a day are what they were on it."""
    rows = [(n.lower(), f"2024-03-{d:02}T09:00:00Z", "out", text.format(n)) for n, d, text in sent]
    whole = marked(exchanged(rows).assign(row=range(len(rows))))
    then = whole["at"] <= end_of_day(pd.Timestamp(2024, 3, day))
    again = exchanged(rows).assign(row=range(len(rows)))[then.to_numpy()]
    shuffled = again.iloc[chance.sample(range(len(again)), len(again))]
    pd.testing.assert_series_equal(marked(shuffled)["copies"].sort_index(), whole.loc[then, "copies"])


def test_a_copy_is_worth_what_a_message_to_as_many_is() -> None:
    """Ten copies: each is worth 1/√10 to its tie, as a message to ten is, and one click as a sign of life."""
    days = contacts(marked(exchanged(to_each(PITCH))))
    assert np.allclose(days.out, 1 / np.sqrt(10))
    assert np.allclose(days.worth, 0.1)
    group = contacts(events([{"person": "ana", "at": "2024-03-04", "direction": "out", "others": 9}]))
    assert group.out[0] == days.out[0]


def test_templates_make_no_contact_in_both_directions() -> None:
    """Ana was sent a campaign and wrote of her own: one direction; ben got one more word, of his own."""
    rows = [
        *to_each(PITCH),
        ("ana", "2024-03-20", "in", "No, thank you."),
        ("ben", "2024-03-20", "in", "No, thank you."),
    ]
    rows.append(("ben", "2024-03-21", "out", "Fine, and how is the new flat?"))
    table = marked(exchanged(rows))
    ties = measure(contacts(table), table, end_of_day(pd.Timestamp("2024-03-31"))).rename(lambda key: key[9:])
    assert ties.loc["ana", ["days_out", "days_in", "year_out", "year_in"]].tolist() == [1, 1, 0, 1]
    assert ties.loc["ben", ["days_out", "days_in", "year_out", "year_in"]].tolist() == [2, 1, 1, 1]
    assert ties.loc[["ana", "ben"], "both_days"].tolist() == [-1, 10]
