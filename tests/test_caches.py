"""What functions remember of words is forgotten when it is time."""

from __future__ import annotations

from auditor import caches, calibration
from auditor.mentions import fold
from auditor.sources.rituals import ritual


def test_names_and_texts_are_forgotten_and_what_hangs_on_no_data_stays() -> None:
    """First the texts, once they are measured; then all, with the export."""
    fold("Ada Adler")
    ritual("happy birthday Ada")
    model = calibration.model()
    caches.forget("auditor.sources")
    assert ritual.cache_info().currsize == 0
    assert fold.cache_info().currsize > 0
    caches.forget()
    assert fold.cache_info().currsize == 0
    assert calibration.model() is model
