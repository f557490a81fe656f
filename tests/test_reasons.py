"""Why a tie stands where it stands: one sentence or two, from what was measured and nothing else."""

from __future__ import annotations

import pandas as pd
import pytest
from fabricate import audited, records

from auditor.audit import audit
from auditor.marks import Marks, rating_table

KNOWN = "person,name,connected_on\nana,Ana Lima,2022-05-01"
COVERS = ("2021-01-01", "2024-12-31")


def reason(exchanges: str, known: str = KNOWN, covers: tuple[str, str] | None = COVERS) -> str:
    """The reason of the tie to ana as of the end of 2024; history begins with 2021."""
    text = f"person,at,direction\nzoe,2021-01-01,out\n{exchanges}"
    return str(audited(text, known, as_of="2024-12-31", covers=covers).ties.loc["linkedin:ana", "reason"])


def ways(*days: str) -> str:
    return "\n".join(f"ana,{day},{way}" for day in days for way in ("out", "in"))


@pytest.mark.parametrize(
    ("exchanges", "sentence"),
    [
        ("", "Connected since May 2022; no message either way in the files that cover that time."),
        (
            "ana,2024-12-31,out\nana,2024-12-01,out",
            "You reached out on 2 days and they never answered. The last contact was today.",
        ),
        ("ana,2024-12-30,in", "They reached out on 1 day and you never answered. The last contact was yesterday."),
        (
            ways("2024-01-01", "2024-01-03"),
            "All 2 days of contact lie within 3 days. The last contact was 12 months ago.",  # 363 days
        ),
        (
            ways("2024-12-01", "2024-12-09", "2024-12-29") + "\nana,2024-12-10,out",
            (
                "First in touch both ways 30 days ago. You wrote on 4 days and they on 3 days, over 3 weeks. "
                "The last contact was 2 days ago."
            ),
        ),
        (
            "\n".join(ways(f"2024-{month:02}-10") for month in range(1, 13)),
            (
                "In your sympathy group. You wrote on 12 days and they on 12 days, over 12 weeks. "
                "The last contact was 21 days ago."
            ),
        ),
        (
            "\n".join(ways(f"2021-{month:02}-10") for month in range(1, 13)),
            (
                "Once deep. You wrote on 12 days and they on 12 days, over 12 weeks. "
                "The last contact was 3.1 years ago."
            ),  # 1117 days
        ),
        (
            ways("2024-03-02", "2024-05-02"),
            "You wrote on 2 days and they on 2 days, over 2 weeks. The last contact was 8 months ago.",  # 243 days
        ),
    ],
)
def test_the_reason_says_what_was_measured(exchanges: str, sentence: str) -> None:
    """The words on each kind of tie, to the letter."""
    assert reason(exchanges) == sentence


@pytest.mark.parametrize(
    ("known", "covers"),
    [
        (KNOWN, None),
        (KNOWN, COVERS),
        ("person,name\nana,Ana Lima", None),
        ("person,name\nana,Ana Lima", COVERS),
    ],
)
def test_a_reason_is_a_sentence(known: str, covers: tuple[str, str] | None) -> None:
    """With or without a date of connecting it begins with a capital and ends with a full stop."""
    said = reason("", known, covers)
    assert said[0].isupper()
    assert said.endswith(".")


def test_an_unobserved_tie_is_not_called_silent() -> None:
    """Where no file would show any contact, the reason says so instead of saying that there was none."""
    said = reason("", covers=None)
    assert "nothing is known" in said
    assert "no message" not in said


@pytest.mark.parametrize(
    ("rating", "exchanges", "sentence"),
    [
        ("close", "", "You told us you are close. These files hold no contact with them."),
        (
            "know well",
            "ana,2024-12-30,in",
            "You told us you know them well. They reached out on 1 day and you never answered. The last contact was yesterday.",
        ),
        (
            "close",
            ways("2024-12-01", "2024-12-09"),
            (
                "You told us you are close. You wrote on 2 days and they on 2 days, over 2 weeks. "
                "The last contact was 22 days ago."
            ),
        ),
        (
            "stranger",
            "ana,2024-12-01,out",
            "You told us they are a stranger. You reached out on 1 day and they never answered. The last contact was 30 days ago.",
        ),
        (
            "acquaintance",
            "",
            (
                "You told us they are an acquaintance. "
                "Connected since May 2022; no message either way in the files that cover that time."
            ),
        ),
    ],
)
def test_what_the_owner_said_goes_before_the_evidence(rating: str, exchanges: str, sentence: str) -> None:
    """Both stand side by side: neither is explained away."""
    text = f"person,at,direction\nzoe,2021-01-01,out\n{exchanges}"
    word = rating_table([{"person": "linkedin:ana", "rating": rating, "at": "2025-01-01"}])
    ties = audit(records(text, KNOWN, covers=COVERS), pd.Timestamp("2024-12-31"), Marks(word)).ties
    assert ties.loc["linkedin:ana", "reason"] == sentence


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "ana,2024-12-01,both,meal\nana,2024-12-08,both,meal\nana,2024-12-15,both,meeting\nana,2024-12-16,in,message",
            "You met on 3 days (2 days over a meal), they wrote on 1 day, over 4 weeks.",
        ),
        ("ana,2024-12-01,both,meal\nana,2024-12-08,both,meal", "You met on 2 days over a meal, over 2 weeks."),
        (
            "ana,2024-12-01,out,call\nana,2024-12-08,in,call\nana,2024-12-08,out,sms",
            "You spoke on the phone on 2 days, you wrote on 1 day, over 2 weeks.",
        ),
        (
            "ana,2024-12-01,out,missed_call\nana,2024-12-08,in,missed_call",
            "You missed each other's calls, over 2 weeks.",
        ),
    ],
)
def test_a_lunch_is_not_written(rows, said) -> None:
    """Each way of contact in its own words."""
    text = f"person,at,direction,channel\n{rows}"
    ties = audit(records(text, KNOWN, covers=COVERS), pd.Timestamp("2024-12-31")).ties
    assert said in ties.loc["linkedin:ana", "reason"]


SKETCH = 0x0102030405060708
MANY = [
    {"person": p, "at": "2024-11-05", "direction": "out", "words": 40, "template": SKETCH} for p in ("ana", "bo", "cy")
]
AGAIN = [
    {"person": "ana", "at": f"2024-11-0{day}", "direction": "in", "words": 40, "template": SKETCH} for day in (1, 2, 3)
]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (MANY, "Templated: the only message from you went to many people alike, and they never answered."),
        (AGAIN, "Templated: all 3 messages are copies of what was sent again and again. You never answered."),
        (
            [{"person": "ana", "at": "2024-11-05", "direction": "in", "words": 2, "stock": "birthday"}],
            "Birthdays, congratulations and clicks only, on 1 day.",
        ),
        (
            [{"person": "ana", "at": "2024-11-05", "direction": "in", "words": 90, "others": 12}],
            "All there was went to many people at once, on 1 day.",
        ),
        (
            [
                *({"person": "ana", "at": f"202{n}-06-05", "direction": d} for n in (1, 2, 3) for d in ("out", "in")),
                *({"person": "ana", "at": f"2024-1{n}-05", "direction": d} for n in (0, 1, 2) for d in ("out", "in")),
            ],
            (
                "More often than before: 3 of the 3 days of contact in a year lie in the last 90. "
                "You wrote on 6 days and they on 6 days, over 6 weeks."
            ),
        ),
    ],
)
def test_the_reason_of_what_is_no_conversation(rows: list[dict[str, object]], sentence: str) -> None:
    """What it was instead, in numbers; and a tie that grows is told from one that stays."""
    ties = audited(rows, KNOWN, as_of="2024-12-31", covers=COVERS).ties
    assert ties.loc["linkedin:ana", "reason"].startswith(sentence)
