"""Whose words they are, in which language, and who introduces whom."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from auditor.sources import voices as module
from auditor.sources.sketch import hashed
from auditor.sources.voices import voices
from auditor.sources.wording import measure


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("I think that you and I should tell your team", 2, 2),
        ("I’m glad you're here, and we've made it", 1, 1),
        ("Ich glaube, dass du und ich uns mit deinem Chef treffen", 2, 2),
        ("Creo que tu equipo y yo no nos vemos por el verano", 1, 1),
        ("Je pense que vous êtes dans mon équipe, et pas dans la vôtre", 2, 1),
        ("Eu acho que você não vai com a minha equipa", 2, 1),
        ("Io penso che tu non sei con il mio gruppo", 2, 1),
        ("the the the and of", 0, 0),
        ("Danke!", -1, -1),
        ("Jag tror att det är din tur", -1, -1),
        ("你好，我觉得你说得对", -1, -1),
        ("", -1, -1),
    ],
)
def test_the_words_of_a_person_are_counted_in_the_language_of_the_text(text: str, first: int, second: int) -> None:
    """First and second person in six languages; −1 where no language has most of the function words."""
    found = voices(hashed(pa.array(["you", text])))
    assert (found.first[1], found.second[1]) == (first, second)


def test_a_text_is_measured_alike_wherever_it_stands() -> None:
    """Neighbours, slices and the borders of blocks change nothing."""
    texts = pa.array(["x"] * 700 + ["I said that you are late", "Late?"] * 300)
    found = measure(texts.slice(1))
    assert found.first[699:].tolist() == [1, -1] * 300
    assert found.second[699:].tolist() == [1, -1] * 300
    assert len(found.stems.values) == found.stems.counts.sum()


def test_no_two_listed_words_fall_together() -> None:
    """Each listed word is found again, and no other word is taken for it."""
    keys = module._LEXICON.keys
    listed, entry = module._LEXICON.find(keys[1:])
    assert (listed == np.arange(len(keys) - 1)).all()
    assert (entry == np.arange(1, len(keys))).all()
    none, _ = module._LEXICON.find(hashed(pa.array(["harbour quay lighthouse"])).hashes)
    assert not len(none)


INTRODUCING = [
    "Hi both, I'd like to introduce you to each other. Ana runs the harbour.",
    "Ben, meet Clara Voss. Clara, meet Ben.",
    "Alex, I’d love to connect you with Nora, who builds boats",
    "Introducing my friend Tomas, a colleague from Lyon",
    "Putting you two in touch!",
    "You two should meet.",
    "As promised, here's the intro.",
    "Darf ich vorstellen: Jonas, das ist Alex",
    "Ich möchte euch Frau Lindt gerne vorstellen",
    "Alex, te presento a Lucía",
    "Je te présente Hugo, avec qui je travaille",
    "Je vous mets en relation",
    "Alex, apresento-te o Rui",
    "Alex, ti presento Giulia",
]
NOT_INTRODUCING = [
    "I'd like to connect with you",
    "Let me introduce myself",
    "Could you introduce me to Nora?",
    "Let's meet on Monday",
    "Meet Monday?",
    "Nice to meet you, and thanks for connecting",
    "Could you give me an intro to your boss?",
    "Ich möchte mich kurz vorstellen",
    "Je vous présente mes meilleurs vœux",
    "We meet every week to put the plan in order",
]


@pytest.mark.parametrize("text", INTRODUCING)
def test_words_of_introduction(text: str) -> None:
    """Who brings two people together says so in a few ways, in six languages."""
    assert measure(pa.array([text])).introduces[0]


@pytest.mark.parametrize("text", NOT_INTRODUCING)
def test_what_introduces_nobody(text: str) -> None:
    """Introducing oneself, asking for an introduction and wanting to connect are no introductions."""
    assert not measure(pa.array([text])).introduces[0]
