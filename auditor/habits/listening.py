"""Who asks, who talks, and about whom: from what was measured of the texts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from auditor.habits.habit import Habit, counted
from auditor.habits.log import Log

NO_TEXT = "None of your messages of the last year is here with its text: add messages.csv or a chat."
UNKNOWN_LANGUAGE = "Not measured: your messages are in none of the six languages known, or too short to tell."
FEWEST = 20
"""Messages under which a share is an accident."""

TOO_FEW = f"Fewer than {FEWEST} of your messages in the last year tell."


def questions(log: Log) -> Habit:
    """Share of your messages of the last year that have a question mark of any script, outside of web addresses. Stock
    phrases are left out, and a message to several people counts once.
    """
    habit = Habit("questions", "Questions", "% of your messages")
    own = _own(log)
    if len(own) < FEWEST:
        return Habit(habit.key, habit.title, habit.unit, withheld=NO_TEXT if own.empty else TOO_FEW)
    asks = own["questions"] > 0
    theirs = _theirs(log)
    compared = f" Of theirs, {(theirs['questions'] > 0).mean():.0%} do." if len(theirs) >= FEWEST else ""
    return Habit(
        habit.key, habit.title, habit.unit, 100 * float(asks.mean()),
        f"{int(asks.sum()):,} of your {len(own):,} messages ask something.{compared}",
        _trend(log, asks, own), None, _people(log),
    )  # fmt: skip


def follow_up_questions(log: Log) -> Habit:
    """Share of your questions of the last year that share the stem of a content word with what the other side wrote in
    its last turn (Huang et al. 2017). Known only in conversations, and for questions with a word of their own.
    """
    habit = Habit("follow-up-questions", "Questions that follow up", "% of your questions")
    own = _own(log)
    own = own[own["follow_up"].notna()]
    if len(own) < FEWEST:
        return Habit(habit.key, habit.title, habit.unit, withheld=f"Fewer than {FEWEST} of your questions tell.")
    up = own["follow_up"].astype(bool)
    return Habit(
        habit.key, habit.title, habit.unit, 100 * float(up.mean()),
        f"{int(up.sum()):,} of your {len(own):,} questions take up a word of what you had just been told.",
        _trend(log, up, own), None, _people(log, follow_up=True),
    )  # fmt: skip


def own_words(log: Log) -> Habit:
    """Share of the words of the last year's one-to-one conversations that are yours, over the people with whom words
    went both ways.
    """
    habit = Habit("own-words", "Talking and listening", "% of the words are yours")
    table = _one_to_one(log)
    if table.empty:
        return Habit(habit.key, habit.title, habit.unit, withheld=NO_TEXT)
    words = table["words"].to_numpy(dtype=float)
    out = (table["direction"] == "out").to_numpy()
    share = 100 * float(words[out].sum() / words.sum())
    month = log.by_month(table["day"].to_numpy(), words * out, "sum") / log.by_month(
        table["day"].to_numpy(), words, "sum"
    )
    people = pd.DataFrame(
        {"Name": table["person"].astype("str"), "Your words": words * out, "Their words": words * ~out}
    )
    people = people.groupby("Name", as_index=False).sum().sort_values("Your words", ascending=False, kind="stable")
    people["Yours, %"] = (100 * people["Your words"] / (people["Your words"] + people["Their words"])).round()
    return Habit(
        habit.key, habit.title, habit.unit, share,
        f"{int(words[out].sum()):,} of the {int(words.sum()):,} words between you and "
        f"{counted(len(people), 'person', 'people')} are yours.",
        100 * month, None, people.assign(Name=log.name(people["Name"])),
    )  # fmt: skip


def i_and_you(log: Log) -> Habit:
    """Of the words of the first and the second person in your messages of the last year, the share that is of the first
    ("I", "me", "my" against "you", "your"), by small lists in English, German, Spanish, French, Portuguese and Italian.
    A text's language is the one of which it has most function words, two at least; other texts are not measured.
    """
    habit = Habit("i-and-you", "“I” against “you”", "% are “I”")
    own = _own(log)
    known = own[own["i_words"].notna()]
    first, second = (int(known[c].sum()) for c in ("i_words", "you_words"))
    if len(known) < FEWEST or not first + second:
        return Habit(habit.key, habit.title, habit.unit, withheld=UNKNOWN_LANGUAGE if len(own) >= FEWEST else NO_TEXT)
    day = known["day"].to_numpy()
    i, you = (log.by_month(day, known[c].to_numpy(dtype=float), "sum") for c in ("i_words", "you_words"))
    people = known.groupby(known["person"].astype("str"))[["i_words", "you_words"]].sum().reset_index()
    people = people.sort_values("i_words", ascending=False, kind="stable")
    people = people.assign(person=log.name(people["person"]))
    return Habit(
        habit.key, habit.title, habit.unit, 100 * first / (first + second),
        f"You wrote {first:,} words of the first person and {second:,} of the second. Not measured: "
        f"{len(own) - len(known):,} of your {len(own):,} messages, whose language is not known.",
        100 * i / (i + you), None, people.set_axis(["Name", "“I”", "“you”"], axis=1),
    )  # fmt: skip


def _own(log: Log) -> pd.DataFrame:
    return log.texts[log.texts["direction"] == "out"]


def _theirs(log: Log) -> pd.DataFrame:
    return log.texts[log.texts["direction"] == "in"]


def _one_to_one(log: Log) -> pd.DataFrame:
    """The last year's texts between two, with people of whom both sides wrote."""
    table = log.texts[(log.texts["others"] == 0) & log.texts["direction"].isin(["out", "in"])]
    out = table["direction"] == "out"
    return table[table["person"].isin(table.loc[out, "person"]) & table["person"].isin(table.loc[~out, "person"])]


def _trend(log: Log, marks: Any, table: pd.DataFrame) -> pd.Series[float]:
    """The share so marked, by month."""
    return log.by_month(table["day"].to_numpy(), 100.0 * marks.to_numpy(dtype=float), "mean")


def _people(log: Log, *, follow_up: bool = False) -> pd.DataFrame:
    """By person how many messages of the owner there were, and how many asked, or took up what was said."""
    own = _own(log)
    asks = (own["follow_up"].fillna(value=False) if follow_up else own["questions"] > 0).astype(bool)
    if follow_up:
        own, asks = own[own["follow_up"].notna()], asks[own["follow_up"].notna()]
    person = own["person"].astype("str")
    found = pd.DataFrame({"person": person, "n": 1, "asks": asks.astype(int)}).groupby("person", as_index=False).sum()
    found = found.sort_values(["asks", "n"], ascending=False, kind="stable")
    titles = ("Your questions", "That follow up") if follow_up else ("Your messages", "That ask")
    return found.assign(person=log.name(found["person"])).set_axis(["Name", *titles], axis=1)
