"""Whether beginnings are followed up, and whose questions wait for an answer."""

from __future__ import annotations

import numpy as np
import pandas as pd

from auditor.habits.habit import Habit, counted
from auditor.habits.log import NEVER, Log, as_dates, days_of
from auditor.signals import Ints
from auditor.waiting import open_questions

TALK = ("message", "inmail", "email", "sms", "chat", "call")
GRACE_DAYS = 30
"""Nobody is called forgotten sooner."""

ANSWER_DAYS = 7
"""A question waits from a week on; before, there is no hurry."""

_NONE_BEGAN = "Nothing began in the last year that these files would show being followed up."


def follow_up(log: Log) -> Habit:
    """Median days to your first real message after somebody was met, introduced to you or connected with, over what
    began in the last year. A real message is a message, mail, chat or call of yours that is no stock phrase. People you
    had written to before are left out, and so are connections that no file of messages covers.
    """
    every = _beginnings(log)
    began = every[every["began"] > log.year_ago]
    done = began[began["days"] != NEVER]
    habit = Habit("follow-up", "Following up", "days to your first real message")
    if done.empty:
        return Habit(habit.key, habit.title, habit.unit, withheld=_NONE_BEGAN)
    median = float(done["days"].median())
    evidence = done.sort_values(["days", "began"], kind="stable")
    every = every[every["days"] != NEVER]
    return Habit(
        habit.key, habit.title, habit.unit, median,
        f"Of {counted(len(began), 'beginning')} in the last year you followed up {len(done):,}, half of them within "
        f"{counted(round(median), 'day')}.",
        log.by_month(every["began"].to_numpy(), every["days"].to_numpy(), "median"), None,
        pd.DataFrame({
            "Name": log.name(evidence["human"]), "How it began": evidence["how"].to_numpy(),
            "On": as_dates(evidence["began"].to_numpy()), "Days": evidence["days"].to_numpy(),
        }, index=evidence["human"]),
    )  # fmt: skip


def never_followed_up(log: Log) -> Habit:
    """Share of what began between a month and a year ago (somebody met, introduced or connected with) to which you have
    sent no real message until today, and who that is. What began in the last month has time.
    """
    began = _beginnings(log)
    began = began[began["began"] > log.year_ago]
    old = began[began["began"] <= log.today - GRACE_DAYS]
    habit = Habit("never-followed-up", "Never followed up", "% of what began")
    if old.empty:
        return Habit(habit.key, habit.title, habit.unit, withheld=_NONE_BEGAN)
    waiting = old["days"] == NEVER
    listed = began[began["days"] == NEVER].sort_values(["wrote", "began"], ascending=False, kind="stable")
    return Habit(
        habit.key, habit.title, habit.unit, 100 * float(waiting.mean()),
        f"{int(waiting.sum()):,} of {counted(len(old), 'beginning')} never had a real message from you; "
        f"{int(listed['wrote'].sum()):,} of these people wrote to you.",
        log.by_month(old["began"].to_numpy(), 100.0 * waiting.to_numpy(), "mean"), None,
        pd.DataFrame({
            "Name": log.name(listed["human"]), "How it began": listed["how"].to_numpy(),
            "On": as_dates(listed["began"].to_numpy()), "They wrote": listed["wrote"].to_numpy(),
        }, index=listed["human"]),
    )  # fmt: skip


def unanswered(log: Log) -> Habit:
    """People who asked you, and you alone, something a week to two years ago and have had nothing from you since: no
    message, call or meeting. Only those whom you ever answered count, and stock phrases do not ask.
    """
    habit = Habit("unanswered", "Questions waiting for you", "people")
    if log.exchanges["questions"].isna().all():
        return Habit(habit.key, habit.title, habit.unit, withheld="There is no text in these files: add messages.csv.")
    found = open_questions(log.exchanges, log.audit.as_of)
    found = found[(found["owes"] == "you") & (found["days"] >= ANSWER_DAYS)].sort_values("asked", kind="stable")
    longest = f", the oldest for {counted(int(found['days'].max()), 'day')}" if len(found) else ""
    asked = days_of(found["asked"])
    return Habit(
        habit.key, habit.title, habit.unit, float(len(found)),
        f"{counted(len(found), 'person is', 'people are')} waiting for your answer to a question{longest}.",
        log.monthly(asked), None,
        pd.DataFrame({
            "Name": log.name(found["human"]), "Asked on": as_dates(asked), "Days": found["days"].to_numpy(),
        }, index=found["human"]),
    )  # fmt: skip


def _beginnings(log: Log) -> pd.DataFrame:
    """One row a person who was met, introduced or connected with and had had no real message from the owner: `human`,
    `began` (day), `how`, `days` to the first real message (NEVER without), `wrote` (whether they did, since).
    """
    began = pd.concat([_introduced(log), _met(log), _connected(log)], ignore_index=True)
    began = began.sort_values("began", kind="stable").drop_duplicates("human")
    place = log.contacts.ties.get_indexer(pd.Index(began["human"]))
    first = np.where(place >= 0, _first_real(log, "out")[place], NEVER)
    heard = np.where(place >= 0, _last_real(log)[place], -1)
    began = began.assign(days=np.where(first == NEVER, NEVER, first - began["began"]), wrote=heard >= began["began"])
    return began[began["days"] >= 0].reset_index(drop=True)


def _introduced(log: Log) -> pd.DataFrame:
    found = log.audit.introductions
    return pd.DataFrame({"human": found["introduced"], "began": days_of(found["at"]), "how": "introduced"})


def _met(log: Log) -> pd.DataFrame:
    """Who was met before there was any other contact."""
    sat = log.exchanges["channel"].isin(["meal", "meeting"]).to_numpy()
    meetings = pd.Series(log.day[sat]).groupby(log.exchanges["person"][sat].astype("str").to_numpy()).min()
    first = pd.Series(log.contacts.first, index=log.contacts.ties).reindex(meetings.index)
    meetings = meetings[meetings <= first]
    return pd.DataFrame({"human": meetings.index.astype("str"), "began": meetings.to_numpy(), "how": "met"})


def _connected(log: Log) -> pd.DataFrame:
    """The connections that a file of messages would show any contact with."""
    ties = log.audit.ties
    dated = ties[ties["connection"] & ties["covered"] & ties["connected_on"].notna()]
    return pd.DataFrame({"human": dated.index, "began": days_of(dated["connected_on"]), "how": "connected"})


def _real(log: Log, direction: str) -> tuple[Ints, Ints]:
    """The ties and the days of the real messages of one side."""
    table = log.exchanges
    real = table["channel"].isin(TALK) & (table["direction"] == direction) & table["stock"].isna()
    real &= ~table["words"].eq(0).fillna(value=False)
    places = log.contacts.ties.get_indexer(table["person"].cat.categories)
    mask = real.to_numpy(dtype=bool)
    tie = places[table["person"].cat.codes.to_numpy()[mask]]
    return tie[tie >= 0], log.day[mask][tie >= 0]


def _first_real(log: Log, direction: str) -> Ints:
    found = np.full(len(log.contacts.ties) + 1, NEVER)
    np.minimum.at(found, *_real(log, direction))
    return found


def _last_real(log: Log) -> Ints:
    found = np.full(len(log.contacts.ties) + 1, -1)
    np.maximum.at(found, *_real(log, "in"))
    return found
