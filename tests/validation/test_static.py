"""How the directions are combined, on a matrix small enough to rank by eye."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.validation.loaders import Matrix
from auditor.validation.static import COMBINATIONS, harmonic, power, rows


def test_the_means_of_two_directions() -> None:
    """Of 4 and 1, of 9 and 0, and of nothing: harmonic 8/5, 0, 0; power (3/2)² = 2.25, (3/2)² = 2.25, 0."""
    out, in_ = np.array([4.0, 9, 0]), np.array([1.0, 0, 0])
    assert harmonic(out, in_) == pytest.approx([1.6, 0, 0])
    assert power(out, in_) == pytest.approx([2.25, 2.25, 0])


def test_each_combination_ranks_the_alters_of_an_ego() -> None:
    """Ego 0 turned to alters 1 … 5 with 9, 4, 3, 1, 0; they turned to 0 with 0, 4, 2, 5, 1. Friends are 2 and 3.

    Pairs won of the six against 1, 4, 5. Out: 4 and 3 lose to 9: 4. In: 4 and 2 lose to 5: 4. Sum 9, 8, 5, 6, 1: 8 loses
    to 9, 5 to 9 and 6: 3. Min 0, 4, 2, 1, 0: 6. Harmonic 0, 4, 2.4, 1.7, 0 and geometric: 6. Power 2.25, 4, 2.5, 2.6, ¼:
    2.5 loses to 2.6: 5.
    """
    weight = np.zeros((6, 6))
    weight[0, 1:], weight[1:, 0] = [9, 4, 3, 1, 0], [0, 4, 2, 5, 1]
    label, counted = np.zeros((6, 6), bool), np.zeros((6, 6), bool)
    label[0, [2, 3]] = True
    counted[0, 1:] = True
    (row,) = rows([Matrix("six", weight, label, counted)])
    assert (row.egos, row.base_rate) == (1, 0.4)
    aucs = {way.name: auc.mean * 6 for way, auc in zip(COMBINATIONS, row.auc, strict=True)}
    assert aucs == pytest.approx(
        {"out only": 4, "in only": 4, "sum": 3, "min": 6, "harmonic": 6, "geometric": 6, "power": 5}
    )
