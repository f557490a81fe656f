"""Whom the title of an event names."""

from __future__ import annotations

import pytest

from auditor.records import Owner
from auditor.sources.calendar.titles import named

from .conftest import aside, event, ics, times

ALEX = Owner(names=("Alex Morgan",))


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Lunch w/ Jörg", ["Jörg"]),
        ("Lunch w/Jörg!", ["Jörg"]),
        ("Coffee with Ana Silva", ["Ana Silva"]),
        ("Coffee with Ana Silva at Trattoria Rosa", ["Ana Silva"]),
        ("Coffee with Ana Silva (downtown)", ["Ana Silva"]),
        ("Lunch with Ana to discuss the budget", ["Ana"]),
        ("Lunch with Ana 12:30", ["Ana"]),
        ("Dinner with Ana, Tom Becker and Kim", ["Ana", "Tom Becker", "Kim"]),
        ("Dinner with Ana & Tom", ["Ana", "Tom"]),
        ("Lunch with Ana, Berlin", ["Ana"]),
        ("Meet with Ludwig van der Berg", ["Ludwig van der Berg"]),
        ("Call with Anne-Marie O'Neill", ["Anne-Marie O'Neill"]),
        ("Call Kim", ["Kim"]),
        ("Call: Kim Lee", ["Kim Lee"]),
        ("Lunch - Ana", ["Ana"]),
        ("Zoom Kim", ["Kim"]),
        ("Dinner with mom", ["mom"]),
        ("1:1 Kim", ["Kim"]),
        ("1:1 with Kim Lee", ["Kim Lee"]),
        ("Kim Lee 1:1", ["Kim Lee"]),
        ("1-1: Kim", ["Kim"]),
        ("One on one Kim", ["Kim"]),
        ("Alex / Kim 1:1", ["Kim"]),
        ("Ana <> Alex", ["Ana"]),
        ("Alex Morgan <> Ana Silva", ["Ana Silva"]),
        ("Intro: Ana <> Alex", ["Ana"]),
        ("Alex / Ana", ["Ana"]),
        ("Ana x Alex", ["Ana"]),
        ("Ana <> Kim", ["Ana", "Kim"]),
        ("Mittagessen mit Jörg Weiß", ["Jörg Weiß"]),
        ("Kaffee Jörg", ["Jörg"]),
        ("Telefonat mit Ana und Tom", ["Ana", "Tom"]),
        ("Déjeuner avec Chloé", ["Chloé"]),
        ("déjeuner avec Chloé chez Paul", ["Chloé"]),
        ("Comida con Íñigo", ["Íñigo"]),
        ("pranzo con Luca e Giulia", ["Luca", "Giulia"]),
        ("Almoço com João", ["João"]),
        ("Obiad z Anną", ["Anną"]),
        ("Frokost med Ida", ["Ida"]),
        ("Обед с Анной", ["Анной"]),
        ("田中さんとランチ", ["田中"]),
        ("和王芳午餐", ["王芳"]),
    ],
)
def test_names_somebody(title, names):
    """After a word for with, after a kind of talk, as one of two; without place, hour, subject, and the owner."""
    assert named(title, ALEX) == names


@pytest.mark.parametrize(
    "title",
    [
        "Dentist",
        "Lunch",
        "Lunch with team",
        "Lunch with the team",
        "Lunch with Team Sales",
        "Lunch Break",
        "Dinner Party",
        "Weekly 1:1",
        "1:1",
        "Call Bank",
        "Mittagessen mit Kollegen",
        "Termin mit Steuerberater",
        "Budget / Planning",
        "Design x Engineering",
        "Lunch with Alex Morgan",
        "Project sync",
        "Call 555 0123",
        "Meeting Room",
        "with",
        "",
    ],
)
def test_names_nobody(title):
    """Common words, things, the owner."""
    assert named(title, ALEX) == []


def test_an_event_alone_counts_for_whom_it_names(calendars):
    """A mention by name, so that it can be linked or proposed; who names nobody is counted as that."""
    found = calendars(ics(event("SUMMARY:Lunch w/ Jörg", uid="1"), event("SUMMARY:Gym", uid="2")))
    assert times(found, "name:jorg@calendar") == ["2024-03-01 10:00"]
    assert found.people[["person", "name"]].to_numpy().tolist() == [["name:jorg@calendar", "Jörg"]]
    assert aside(found) == {"no other person named": 1}


def test_a_dinner_of_three(calendars):
    """Two names are two others."""
    found = calendars(ics(event("SUMMARY:Dinner with Ana Silva and Kim Lee")))
    assert found.interactions["others"].tolist() == [1, 1]
    assert set(found.interactions["channel"]) == {"meal"}
