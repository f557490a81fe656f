"""Sketches of texts: near-duplicates share most of theirs, others hardly any."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.sources import wording
from auditor.sources.sketch import HASHES, SHORTEST, alike, sketches

PITCH = (
    "Hi {name}, I came across your profile and was impressed by your work at {company}. We help teams like yours cut "
    "their cloud costs by {share}%. Would you be open to a 15 minute call next week? Details: https://example.com/{name}"
)
LETTER = (
    "I walked past the old boathouse on Sunday and thought of our summer there, and of the leaking canoe that your "
    "brother swore he could mend. Did he ever? Come up in spring, we have a spare room now and a dog that ignores us."
)


def sketched(*texts: str) -> np.ndarray:
    array = pa.array(texts, pa.string())
    return sketches(array, wording.measure(array).words)


def test_copies_of_a_mail_merge_share_most() -> None:
    """Another name, employer, number and link in each."""
    one, other = (PITCH.format(name=n, company=c, share=s) for n, c, s in (("Ada", "Acme", 20), ("Bo", "Globex", 35)))
    found = sketched(one, other)
    assert alike(found[:1], found[1:])[0] >= 5


def test_two_texts_of_their_own_share_next_to_nothing() -> None:
    """A pitch and a letter."""
    found = sketched(PITCH.format(name="Ada", company="Acme", share=20), LETTER)
    assert alike(found[:1], found[1:])[0] <= 1


def test_case_punctuation_and_numbers_make_no_difference() -> None:
    """The same words are the same text."""
    found = sketched(LETTER, LETTER.upper().replace(",", " -"), LETTER + " 12", LETTER + " 345")
    assert found[0] == found[1]
    assert found[2] == found[3]


def test_a_short_text_has_none() -> None:
    """Thanks and congratulations are alike in everybody's mouth."""
    few = " ".join(["word"] * (SHORTEST - 1))
    assert sketched("Thanks a lot, see you!", few, "").tolist() == [0, 0, 0]
    assert sketched(few + " more")[0] != 0


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=300), max_size=20))
def test_a_text_has_its_sketch_whatever_stands_beside_it(texts) -> None:
    """In a block of others or alone, in any script."""
    together = sketched(*texts)
    assert together.tolist() == [int(sketched(text)[0]) for text in texts]
    assert (alike(together, together) == HASHES).all()
