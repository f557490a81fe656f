"""What is asked: the window before the split, and what came after it."""

from __future__ import annotations

import pandas as pd
from logs import log, of_ego, seen, time

from auditor.validation.tasks import ANY_LATER, TWO_WAY_LATER, persistence, reporting


def test_a_window_has_both_sides_of_each_message_within_its_bounds() -> None:
    """
    sender,recipient,at
    me,ana,2010-01-01T00:00
    ana,me,2010-01-02T00:00
    me,bo,2010-01-03T00:00
    """
    w = seen(str(test_a_window_has_both_sides_of_each_message_within_its_bounds.__doc__), "2010-01-01", "2010-01-02")
    assert w.ties.to_numpy().tolist() == [["ana", "me"], ["me", "ana"]]
    assert w.tie.tolist() == [1, 0, 0, 1]
    assert w.out.tolist() == [True, False, True, False]
    assert (w.in_ == ~w.out).all()
    assert set(w.people) == {1.0}


def test_the_outcome_is_contact_after_the_split_among_those_who_stay() -> None:
    """
    sender,recipient,at
    me,ana,2010-01-01T00:00
    me,bo,2010-01-01T00:00
    me,cem,2010-01-01T00:00
    me,dot,2010-01-01T00:00
    ana,me,2010-01-06T00:00
    me,ana,2010-01-06T00:00
    bo,me,2010-01-07T00:00
    cem,eve,2010-01-08T00:00
    """
    text = str(test_the_outcome_is_contact_after_the_split_among_those_who_stay.__doc__)
    any_later, two_way = persistence(log(text, "2010-01-05"))
    assert (any_later.name, two_way.name) == (ANY_LATER, TWO_WAY_LATER)
    assert any_later.window is two_way.window
    w = any_later.window
    assert of_ego(w, any_later.label) == {"ana": True, "bo": True, "cem": False, "dot": False}
    assert of_ego(w, two_way.label) == {"ana": True, "bo": False, "cem": False, "dot": False}
    assert of_ego(w, any_later.counted) == {"ana": True, "bo": True, "cem": True, "dot": False}
    assert of_ego(w, any_later.staying) == dict.fromkeys(["ana", "bo", "cem", "dot"], True)
    assert of_ego(w, any_later.staying, ego="dot") == {"me": False}


def test_nothing_after_the_split_reaches_the_window() -> None:
    """
    sender,recipient,at
    me,ana,2010-01-01T00:00
    me,ana,2010-01-05T00:00
    me,bo,2010-01-05T00:01
    """
    task, _ = persistence(log(str(test_nothing_after_the_split_reaches_the_window.__doc__), "2010-01-05"))
    assert task.window.as_of == time("2010-01-05")
    assert task.window.events["at"].max() == time("2010-01-05")
    assert "bo" not in set(task.window.ties["person"])


def test_reporting_is_asked_of_the_whole_log_and_in_either_direction() -> None:
    """
    sender,recipient,at
    me,boss,2010-01-01T00:00
    me,mate,2010-01-09T00:00
    """
    reports = pd.DataFrame({"ego": ["me"], "person": ["boss"]})
    task = reporting(
        log(str(test_reporting_is_asked_of_the_whole_log_and_in_either_direction.__doc__), "2010-01-05"), reports
    )
    assert of_ego(task.window, task.label) == {"boss": True, "mate": False}
    assert of_ego(task.window, task.label, ego="boss") == {"me": True}
    assert task.counted.all()
