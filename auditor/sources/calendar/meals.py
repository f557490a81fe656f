"""Which events are meals: eating or drinking together, told by their title, their place and the hour.

A coffee or a beer is a meal too: what matters is that two people sat down at a table. A word in the title tells it, in
any of the languages below; a restaurant as the place, at the hours of lunch and dinner. A budget for a dinner,
a lunch-and-learn, a virtual coffee and a banquet are none.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time

MEALS = {
    "English": "lunch brunch breakfast dinner supper bbq barbecue",
    "German": "mittagessen abendessen frühstück frühstücken geschäftsessen weihnachtsessen teamessen abendbrot "
    "kaffeetrinken grillen",
    "French": "déjeuner déj petit-déjeuner petit-déj dîner souper",
    "Spanish": "almuerzo almorzar desayuno merienda cenar",
    "Italian": "pranzo colazione merenda",
    "Portuguese": "almoço almoçar jantar café-da-manhã pequeno-almoço",
    "Dutch": "lunchen ontbijt avondeten etentje diner",
    "Polish": "obiad śniadanie kolacja",
    "Czech": "oběd snídaně večeře",
    "Nordic": "lunsj frukost frokost aftensmad middagsmat lounas illallinen aamiainen",
    "Turkish": "öğle-yemeği akşam-yemeği kahvaltı",
    "Russian": "обед завтрак ужин обедаем ужинаем",
    "Ukrainian": "обід сніданок вечеря",
    "Greek": "γεύμα δείπνο πρωινό",
}
DRINKS = {
    "English": "coffee coffees drinks drink beer beers pint pints tea wine cocktails",
    "German": "kaffee bier feierabendbier tee glühwein",
    "French": "café apéro apéritif bière",
    "Spanish": "cafecito cerveza cervezas copas cañas",
    "Italian": "caffè aperitivo birra",
    "Portuguese": "cafezinho cerveja chopp",
    "Dutch": "koffie borrel biertje",
    "Polish": "kawa kawka piwo",
    "Nordic": "fika kaffe øl kahvi",
    "Turkish": "kahve",
    "Russian": "кофе пиво чай",
}
PERHAPS = {
    "German": "essen",
    "Spanish": "comida cena comer",
    "Italian": "cena",
    "Nordic": "middag",
    "Portuguese": "lanche",
}
"""Words that mean other things too (a city, any food, noon): they count at the hours of lunch and dinner only."""

UNSPACED = """昼食 夕食 朝食 ランチ ディナー 会食 食事 飲み会 コーヒー 午餐 晚餐 早餐 午饭 晚饭 吃饭 咖啡
    점심 저녁식사 아침식사 커피 ☕ 🍽 🍕 🍻 🍺 🥂 🍷 🍜"""
"""Scripts without spaces, and pictures: found anywhere in a title."""

_RESTAURANTS = """restaurant ristorante restaurante ristorant restauracja restauracija ravintola restaurang trattoria
    osteria pizzeria bistro bistrot brasserie taverna taverne tavern gasthaus gasthof wirtshaus biergarten brauhaus
    steakhouse sushi ramen tapas tapería taqueria izakaya grill diner cantina kantine canteen mensa cafeteria
    brewery pub gastropub wine-bar beer-garden food-hall ресторан εστιατόριο"""
_CAFES = "café cafe caffè kaffeehaus konditorei coffee-shop coffeehouse coffee-house tearoom starbucks kawiarnia кафе"
_PLACES_UNSPACED = "レストラン 居酒屋 カフェ 喫茶 餐厅 餐廳 饭店 咖啡馆 식당 카페"
_WORK = """budget review webinar seminar workshop training course learn planning menu catering order ordering delivery
    recipe invoice reimbursement receipt expenses machine maschine kaffeemaschine rezept rechnung schulung virtual
    virtuell virtuelle virtueller virtuel online remote"""
_ONLINE = re.compile(r"https?://|zoom|google meet|meet\.google|microsoft.teams|teams.meeting|webex|skype|facetime")

TABLE = 12
"""People at a table, the owner among them; with more it is a banquet, where nobody meets anybody in particular."""

_HOURS = ((time(11, 30), time(14, 30)), (time(18), time(22)))
"""When a meal begins, for what is a meal only perhaps."""


def plain(text: str) -> str:
    """A text as its words are compared: no case, no accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def pattern(*lists: str) -> str:
    """A pattern that finds any of the words in a plain text, whole; a hyphen in a word may be a space."""
    words = sorted({plain(word) for listed in lists for word in listed.split()}, key=len, reverse=True)
    return r"\b(?:" + "|".join(re.escape(word).replace(r"\-", r"[\s-]+") for word in words) + r")\b"


_MEAL = re.compile(pattern(*MEALS.values(), *DRINKS.values()))
_PERHAPS = re.compile(r"(?<!\bin )(?<!\bnach )(?<!\baus )" + pattern(*PERHAPS.values()))
_NOT = re.compile(pattern(_WORK))
_RESTAURANT = re.compile(pattern(_RESTAURANTS))
_CAFE = re.compile(pattern(_CAFES))


def told(title: str, place: str, company: int) -> bool | None:
    """Whether an event of `company` people (the owner among them) is a meal; None where the hour decides."""
    what, where = plain(title), plain(place)
    if company > TABLE or _NOT.search(what) or _ONLINE.search(where):
        return False
    if _MEAL.search(what) or _any(UNSPACED, title) or _CAFE.search(where):
        return True
    perhaps = _PERHAPS.search(what) or _RESTAURANT.search(where) or _any(_PLACES_UNSPACED, place)
    return None if perhaps else False


def decided(sure: bool | None, at: datetime) -> bool:
    """The same, once the local time is known: undecided events are meals at the hours at which meals begin."""
    return sure if sure is not None else any(begins <= at.time() <= ends for begins, ends in _HOURS)


def _any(words: str, text: str) -> bool:
    return any(word in text for word in words.split())
