"""What is measured of a text."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.records import STOCK
from auditor.sources.rituals import ritual
from auditor.sources.wording import digest, measure, placeholders


@pytest.mark.parametrize(
    ("text", "words", "questions"),
    [
        ("", 0, 0),
        ("  Hello\n\tworld  ", 2, 0),
        ("Really?? Yes.", 2, 2),
        ("see https://example.org/?a=b&c=d? ok?", 3, 1),
        ("¿Cómo estás?", 2, 1),
        ("مرحبا كيف حالك؟", 3, 1),
        ("好吗？", 2, 1),
        ("Τι κάνεις\u037e", 2, 1),
    ],
)
def test_counts(text, words, questions):
    """Words are what stands between spaces, in Chinese and Japanese two characters; addresses ask no questions."""
    found = measure(pa.array(["x", text]).slice(1))
    assert (found.words[0], found.questions[0]) == (words, questions)


@given(st.lists(st.text(alphabet="ab é?\n", max_size=8), max_size=6))
def test_counts_against_python(texts):
    """The counts over blocks of bytes are those of Python, text by text."""
    found = measure(pa.array(texts, pa.string()))
    assert found.words.tolist() == [len(text.split()) for text in texts]
    assert found.questions.tolist() == [text.count("?") for text in texts]


def test_digest():
    """The same words give the same digest, with their line breaks or without; other words another."""
    one, other, flat, empty = digest(pa.array(["a\nb", "a b c", "a b", ""])).tolist()
    assert one == flat
    assert len({one, other, empty}) == 3


def test_placeholders():
    """A mail-merge field that nobody filled in gives a campaign away."""
    assert placeholders(pa.array(["Hi %FIRSTNAME%!", "100% sure, 90% done", ""])).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Hi {{first_name}}, I hope this finds you well", True),
        ("Hello {{ contact.firstname }},\nour offer ends on Friday", True),
        ("{FirstName}, did you see my last note?", True),
        ("Dear Mr [Last Name], I saw your opening", True),
        ("Hi [Name]!", True),
        ("%FIRSTNAME%, last chance", True),
        ("Hi Ana, please put {{first_name}} into the letter", False),
        ("Hi Ana [and Bo], see you on Monday", False),
        ("Our rate is {10%} or [20%]", False),
        ("the company [name] is taken", True),  # two words before it could be a salutation
    ],
)
def test_fields_in_brackets(text, field):
    """Brackets hold a field where the reader's name should stand, and nowhere else."""
    assert placeholders(pa.array([text])).tolist() == [field]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Congrats on your work anniversary!", "anniversary"),
        ("Congratulations on 5 years at Globex Holdings!", "anniversary"),
        ("Happy birthday!", "birthday"),
        ("Wishing you a very happy birthday, Anna 🎂", "birthday"),
        ("Alles Gute zum Geburtstag, lieber Max!", "birthday"),
        ("¡Feliz cumpleaños, Ana! Que tengas un gran día", "birthday"),
        ("Joyeux anniversaire !", "birthday"),
        ("Buon compleanno", "birthday"),
        ("Congrats on the new role! Hope you're doing well.", "congratulations"),
        ("Félicitations pour ton nouveau poste", "congratulations"),
        ("Parabéns!", "congratulations"),
        ("Merry Christmas and a happy new year to you and your family", "holiday"),
        ("Eid Mubarak", "holiday"),
        ("Frohe Weihnachten!", "holiday"),
        ("Thanks so much, Anna!", "thanks"),
        ("Thank you!! 🙏", "thanks"),
        ("Vielen Dank!", "thanks"),
        ("Muito obrigado", "thanks"),
        ("Thanks for connecting!", "thanks"),
        ("Happy birthday! How are the kids doing?", None),
        ("Happy birthday, Anna! I have signed the contract and sent it to Maria.", None),
        ("Happy new year! Let's schedule that architecture review for January 12", None),
        ("Thanks for the contract draft, will sign on Monday", None),
        ("Thanks for the contract draft", None),
        ("Happy to help", None),
        ("See you on Monday", None),
        ("", None),
    ],
)
def test_rituals(text, kind):
    """A phrase sent by reflex is stock; the same phrase with something to say is not."""
    assert ritual(text) == kind
    stock = measure(pa.array([text])).stock[0]
    assert (STOCK[stock] if stock >= 0 else None) == kind
