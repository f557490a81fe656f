"""New humans, company with them, and how time is shared between old ties and new."""

from __future__ import annotations

import numpy as np
import pandas as pd

from auditor.habits.habit import Habit, counted
from auditor.habits.log import NEVER, Log, as_dates
from auditor.signals import YEAR_DAYS, weeks_of

NO_CONTACT = "There is no exchange in these files: add messages.csv, a calendar or calls."
NO_MEETINGS = "There is no meeting in these files: add a calendar."
LUNCHES = 2.0
"""Meals and meetings with new people a week: the target of the essay this figure comes from."""


def new_humans(log: Log) -> Habit:
    """First two-way exchanges a week over the last year: of each person the first day by which contact had gone both
    ways, a meeting being both at once. Messages, calls, mail and meetings count; a bare invitation does not.
    """
    habit = Habit("new-humans", "New humans", "a week", withheld=None if len(log.exchanges) else NO_CONTACT)
    if habit.withheld:
        return habit
    contacts = log.contacts
    both = np.maximum(log.first(contacts.out > 0), log.first(contacts.in_ > 0))
    tie = np.flatnonzero((both != NEVER) & (both > log.year_ago))
    tie = tie[np.argsort(-both[tie], kind="stable")]
    this_week = int((weeks_of(both[tie]) == weeks_of(np.array([log.today]))[0]).sum())
    who = contacts.ties[tie]
    evidence = pd.DataFrame({"Name": log.name(who), "First in touch both ways": as_dates(both[tie])}, index=who)
    return Habit(
        habit.key, habit.title, habit.unit, len(tie) / log.weeks,
        f"In the last year you came into touch with {counted(len(tie), 'new person', 'new people')}; "
        f"this week with {this_week:,}.",
        log.monthly(both[both != NEVER]), None, evidence,
    )  # fmt: skip


def new_company(log: Log) -> Habit:
    """Meals and meetings a week, over the last year, with people first met in the year before: a person and day counts
    once, and somebody is met with the first contact or on the day of connecting, whichever was earlier.
    """
    habit = Habit("new-company", "Meals and meetings with new people", "a week", target=LUNCHES)
    sat = log.exchanges["channel"].isin(["meal", "meeting"])
    if not sat.any():
        return Habit(habit.key, habit.title, habit.unit, target=habit.target, withheld=NO_MEETINGS)
    tie = log.contacts.ties.get_indexer(pd.Index(log.exchanges.loc[sat, "person"].astype("str")))
    table = pd.DataFrame({"tie": tie, "day": log.day[sat], "what": log.exchanges.loc[sat, "channel"].astype("str")})
    table = table.drop_duplicates(["tie", "day"]).sort_values("day", ascending=False, kind="stable")
    table = table[table["day"] - log.met[table["tie"]] <= YEAR_DAYS]
    year = table[table["day"] > log.year_ago]
    this_week = int((weeks_of(year["day"].to_numpy()) == weeks_of(np.array([log.today]))[0]).sum())
    who = log.contacts.ties[year["tie"]]
    evidence = pd.DataFrame(
        {"Name": log.name(who), "On": as_dates(year["day"].to_numpy()), "What": year["what"].to_numpy()}, index=who
    )
    return Habit(
        habit.key, habit.title, habit.unit, len(year) / log.weeks,
        f"In the last year you sat down {counted(len(year), 'time')} with somebody you had met within a year; "
        f"this week {counted(this_week, 'time')}.",
        log.monthly(table["day"].to_numpy()), habit.target, evidence,
    )  # fmt: skip


def circle(log: Log) -> Habit:
    """Share of the last year's contact days that went to ties older than a year, which is tending; the rest is opening.
    A contact day is a person and a day; a tie is as old as its first contact or the day of connecting.
    """
    habit = Habit("circle", "Tending and opening", "% of contact days with ties older than a year")
    if not len(log.contacts.unit):
        return Habit(habit.key, habit.title, habit.unit, withheld=NO_CONTACT)
    contacts = log.contacts
    old = contacts.unit - log.met[contacts.tie] > YEAR_DAYS
    year = contacts.unit > log.year_ago
    total, tended = int(year.sum()), int((year & old).sum())
    days = pd.DataFrame({"tie": contacts.tie[year], "old": old[year]}).groupby("tie")["old"].agg(["size", "all"])
    days = days.sort_values("size", ascending=False, kind="stable")
    return Habit(
        habit.key, habit.title, habit.unit, 100 * tended / total if total else None,
        f"Of {counted(total, 'contact day')} in the last year, {tended:,} were with people you have known for over a "
        f"year, and {total - tended:,} with newer ones.",
        log.by_month(contacts.unit, 100.0 * old, "mean"), None,
        pd.DataFrame({
            "Name": log.name(contacts.ties[days.index]), "Contact days": days["size"].to_numpy(),
            "Known for over a year": days["all"].to_numpy(),
        }, index=log.contacts.ties[days.index]),
        withheld=None if total else "There was no contact in the last year.",
    )  # fmt: skip
