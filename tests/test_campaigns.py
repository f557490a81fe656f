"""The campaigns behind the copies, on an export where each is planted, and who wrote what reached the owner."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fabricate import audited, records

from auditor import deliver
from auditor.audit import Audit, audit
from auditor.automation import marked
from auditor.campaigns import SENDERS, burstiness, sentence, span, timing
from auditor.sources import read

PLANTED = Path(__file__).resolve().parents[1] / "sample_exports" / "alex_campaigns"
SKETCH = 0x0102030405060708
KNOWN = "person,name\nana,Ana Lima\nbo,Bo Chen\ncy,Cy Doe"


@lru_cache
def planted() -> tuple[Audit, pd.DataFrame]:
    """The audit of the planted export, and every row of messages.csv with what it is and what was found."""
    read_in = read([PLANTED])
    rows = marked(read_in.interactions)
    truth = pd.read_csv(PLANTED.with_name(PLANTED.name + ".truth.csv")).set_index("row")
    return audit(read_in), rows.assign(
        what=rows["row"].map(truth["what"]), true=rows["row"].map(truth["templated"]) == 1
    )


def test_templates_are_found_and_nothing_else() -> None:
    """Precision and recall of at least 0.95, though up to three places of each copy were reworded."""
    _, rows = planted()
    found = rows["cluster"] >= 0
    assert (found & rows["true"]).sum() >= 0.95 * found.sum()
    assert (found & rows["true"]).sum() >= 0.95 * rows["true"].sum()


@pytest.mark.parametrize("what", ["note", "stock", "letter"])
def test_what_people_wrote_is_no_template(what: str) -> None:
    """Short notes, phrases that everybody writes, and long letters that share sentences: none is flagged."""
    _, rows = planted()
    assert (rows.loc[rows["what"] == what, "cluster"] < 0).all()
    assert (rows["what"] == what).sum() >= 16


def test_each_campaign_is_one() -> None:
    """Three of the owner's and two of others', none in pieces, with the people that it reached."""
    result, rows = planted()
    found = rows[rows["cluster"] >= 0]
    assert len(found.groupby(["cluster", "what"])) == 5
    assert sorted(found.groupby("cluster")["what"].first()) == ["agency", "course", "launch", "seller", "survey"]
    campaigns = result.automation.campaigns
    assert campaigns["direction"].value_counts().to_dict() == {"out": 3, "in": 2}
    assert campaigns["people"].tolist()[:3] == [30, 14, 9]
    seller = campaigns[(campaigns["direction"] == "in") & (campaigns["people"] == 1)].iloc[0]
    assert (seller["messages"], seller["timing"]) == (12, "at even intervals")


def test_the_proof_names_the_twins() -> None:
    """To whom, when, and in which row of which file; the row is that of the file."""
    result, rows = planted()
    proof = result.automation.copies
    first = result.automation.campaigns.index[0]
    assert proof[proof["campaign"] == first]["human"].nunique() == 30
    assert list(proof) == ["campaign", "human", "at", "channel", "source", "row"]
    assert set(rows.loc[rows["row"].isin(proof.loc[proof["campaign"] == first, "row"]), "what"]) == {"launch"}


def test_a_campaign_grows_day_by_day() -> None:
    """As of a day a template counts what had been sent by then, and is none before the third copy."""
    rows = [
        {"person": p, "at": f"2024-03-0{n}", "direction": "out", "words": 40, "template": SKETCH}
        for n, p in enumerate(("ana", "bo", "cy", "dee"), 1)
    ]
    sizes = [audited(rows, KNOWN, as_of=f"2024-03-0{n}").automation.campaigns["people"].tolist() for n in (1, 2, 3, 4)]
    assert sizes == [[], [], [3], [4]]


def test_who_wrote_what_reached_the_owner() -> None:
    """Ana answers, bo is new, cy sends copies, dee wrote long ago and never got an answer; the owner's own do not count."""
    rows = [
        {"person": "ana", "at": "2024-01-05", "direction": "in", "words": 40},
        {"person": "ana", "at": "2024-01-06", "direction": "out", "words": 40},
        {"person": "dee", "at": "2023-01-06", "direction": "in", "words": 40},
        {"person": "dee", "at": "2024-01-06", "direction": "in", "words": 40},
        {"person": "bo", "at": "2024-01-07", "direction": "in", "words": 40},
        *(
            {"person": "cy", "at": f"2024-01-1{n}", "direction": "in", "words": 40, "template": SKETCH}
            for n in range(3)
        ),
        {"person": "phone:+12125550140", "at": "2024-01-20", "channel": "call", "direction": "in", "seconds": 4},
    ]
    result = audited(rows, KNOWN, as_of="2024-01-31")
    assert result.automation.reached.to_dict("split")["data"] == [
        ["2023-01", "message", 0, 1, 0, 0],
        ["2024-01", "call", 0, 0, 1, 0],
        ["2024-01", "message", 1, 1, 3, 1],
    ]
    assert list(result.automation.reached)[2:] == list(SENDERS)
    told = deliver.summary(result)["automation"]
    assert told == {
        "templates_out": 0, "templates_in": 1, "pitches": 0,
        "reached": {"tie": 1, "new": 2, "templated": 4, "other": 1},
    }  # fmt: skip
    said = "What reached you: 12% from people you have a tie with, 25% from new people, 50% templated or automated, 12% from others (8 in all)"
    assert said in deliver.text(result).splitlines()


def test_a_pitch_is_a_strangers_first_message_that_asks_and_is_never_answered() -> None:
    """Not a short one, not one without a question, not one that was answered, and not somebody known before."""
    words = {"direction": "in", "words": 40, "questions": 1}
    rows = [
        {"person": "ana", "at": "2024-01-05", **words},
        {"person": "bo", "at": "2024-01-05", **words},
        {"person": "bo", "at": "2024-01-09", "direction": "out", "words": 3},
        {"person": "cy", "at": "2024-01-05", **words, "words": 24},
        {"person": "dee", "at": "2024-01-05", **words, "questions": 0},
        {"person": "eve", "at": "2023-01-05", "direction": "in", "words": 3},
        {"person": "eve", "at": "2024-01-05", **words},
        {"person": "fay", "at": "2024-01-04", "channel": "invitation", "direction": "in"},
        {"person": "fay", "at": "2024-01-05", **words},
    ]
    pitches = audit(records(rows, KNOWN), pd.Timestamp("2024-01-31")).automation.pitches
    assert pitches["human"].tolist() == ["linkedin:ana", "linkedin:fay"]
    assert pitches["row"].tolist() == [1, 9]


def test_burstiness_by_hand() -> None:
    """Kim & Jo (2016), equation 22: even gaps −1; the gaps 1, 2, 3 with n = 4 and r = √(2/3)/2."""
    assert burstiness(np.array([5.0, 5.0, 5.0])) == pytest.approx(-1)
    r = math.sqrt(2 / 3) / 2
    assert burstiness(np.array([1.0, 2.0, 3.0])) == pytest.approx(
        (math.sqrt(5) * r - math.sqrt(3)) / ((math.sqrt(5) - 2) * r + math.sqrt(3))
    )
    assert burstiness(np.zeros(4)) == 0


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (pd.date_range("2024-03-04T09:00Z", periods=5, freq="14D"), "at even intervals"),
        (pd.date_range("2024-03-04T09:00Z", periods=4, freq="14D"), None),
        (pd.date_range("2024-03-04T09:00Z", periods=10, freq="3min"), "10 or more within 30 minutes"),
        (
            pd.date_range("2024-03-04T09:00Z", periods=9, freq="3min").append(pd.DatetimeIndex(["2024-04-04T09:07Z"])),
            None,
        ),
        (
            pd.to_datetime([f"2024-03-{d}:01Z" for d in ("01T09", "02T17", "09T08", "09T20", "30T10")], utc=True),
            "at the same minute of the hour",
        ),
        (
            pd.to_datetime(
                [f"2024-03-{d}Z" for d in ("01T09:50", "02T17:03", "09T08:31", "09T20:11", "30T10:40")], utc=True
            ),
            None,
        ),
    ],
)
def test_what_is_regular_about_the_moments_of_sending(at: pd.DatetimeIndex, said: str | None) -> None:
    """Even gaps, many at once, always at one minute of the hour; five copies at least."""
    assert timing(np.array([moment.timestamp() for moment in at])) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-03-04T08:00", "2024-03-04T19:00", "4 March 2024"),
        ("2024-03-03", "2024-03-05", "3–5 March 2024"),
        ("2024-03-30", "2024-04-02", "30 March – 2 April 2024"),
        ("2023-12-30", "2024-01-02", "30 December 2023 – 2 January 2024"),
    ],
)
def test_a_span_of_days_in_words(first: str, last: str, said: str) -> None:
    """Nothing is said twice."""
    assert span(pd.Timestamp(first), pd.Timestamp(last)) == said


def test_a_campaign_in_words() -> None:
    """To people, from people, or again and again from one."""
    columns = ["direction", "people", "messages", "first", "last", "timing"]
    day = pd.Timestamp("2024-03-04")
    rows = [["out", 14, 14, day, day, None], ["in", 5, 6, day, day, None], ["in", 1, 12, day, day, "at even intervals"]]
    assert [sentence(row) for row in pd.DataFrame(rows, columns=columns).itertuples()] == [
        "The same text to 14 people, 4 March 2024",
        "The same text from 5 people, 4 March 2024",
        "The same text 12 times from one person, 4 March 2024; at even intervals",
    ]
