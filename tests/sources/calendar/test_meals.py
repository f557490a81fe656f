"""Which events are meals."""

from __future__ import annotations

from datetime import datetime

import pytest

from auditor.sources.calendar.meals import decided, told

NOON, MORNING, EVENING = datetime(2024, 3, 1, 12, 30), datetime(2024, 3, 1, 10), datetime(2024, 3, 1, 19, 30)

TITLES = """Lunch|Quick lunch w/ Ana|LUNCH?|Team-Lunch|Brunch @ Kim's|Breakfast: Ana|Dinner|Coffee with Jörg|Beers
Mittagessen mit Ana|Abendessen|Frühstück|FRÜHSTÜCK|Kaffee mit Jörg|Feierabendbier|Weihnachtsessen
Déjeuner avec Ana|dejeuner|Dîner chez Paul|Petit-déjeuner|petit déjeuner|Apéro|Café avec Ana
Almuerzo|Desayuno con Ana|Pranzo con Luca|Colazione|Caffè|Aperitivo|Almoço|Jantar|Café da manhã
Obiad z Anną|Kolacja|Oběd|Lunsj|Frokost med Ida|Fika|Koffie met Jan|Borrel|Обед с Анной|Ужин|Кофе
昼食|田中さんとランチ|飲み会|和王芳午餐|咖啡|점심|☕ Ana""".replace("\n", "|").split("|")


def is_meal(title: str, place: str, at: datetime, company: int) -> bool:
    """As the calendar decides it: by title and place, and where they leave it open, by the hour."""
    return decided(told(title, place, company), at)


@pytest.mark.parametrize("title", TITLES)
def test_a_word_tells_a_meal(title):
    """In each language, at any hour, in any case, with accents or without."""
    assert is_meal(title, "", MORNING, 2)


@pytest.mark.parametrize(
    "title",
    [
        "Launch",
        "Product launch party",
        "Dinner budget review",
        "Lunch & Learn: webinar",
        "Lunch and learn",
        "Coffee machine order",
        "Virtual coffee",
        "Teamwork",
        "Interessen der Kunden",
        "Messe",
        "Steering",
        "Dine-in kiosk roadmap",
        "Sync",
        "",
    ],
)
def test_false_friends(title):
    """A word inside another, and a meal that is only spoken of."""
    assert not is_meal(title, "", NOON, 2)


@pytest.mark.parametrize("title", ["Essen mit Ana", "Comida con Ana", "Cena con Luca", "Middag med Ida"])
def test_a_word_with_two_meanings_needs_the_hour(title):
    """At noon or in the evening it is a meal, in the morning it is not."""
    assert [is_meal(title, "", at, 2) for at in (MORNING, NOON, EVENING)] == [False, True, True]


@pytest.mark.parametrize("title", ["Termin in Essen", "Fahrt nach Essen"])
def test_the_city_of_essen(title):
    """It is no food."""
    assert not is_meal(title, "", NOON, 2)


@pytest.mark.parametrize(
    ("place", "hours"),
    [
        ("Trattoria Da Rosa, Elm St", [False, True, True]),
        ("Restaurante El Sol", [False, True, True]),
        ("Wirtshaus am Markt", [False, True, True]),
        ("Joe's Bar & Grill", [False, True, True]),
        ("銀座レストラン", [False, True, True]),
        ("Café Central", [True, True, True]),
        ("Room 5", [False, False, False]),
        ("Barcelona", [False, False, False]),
    ],
)
def test_a_place_tells_a_meal(place, hours):
    """A restaurant at the hours of meals, a café at any hour."""
    assert [is_meal("Ana", place, at, 2) for at in (MORNING, NOON, EVENING)] == hours


@pytest.mark.parametrize("place", ["https://zoom.example.com/j/1", "Microsoft Teams Meeting", "Google Meet"])
def test_nobody_eats_together_on_a_screen(place):
    """A lunch on a video line is a meeting."""
    assert not is_meal("Lunch", place, NOON, 2)


def test_a_banquet_is_no_meal():
    """Twelve sit at a table, thirteen do not."""
    assert [is_meal("Dinner", "", EVENING, company) for company in (12, 13)] == [True, False]
