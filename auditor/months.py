"""How often two people were in touch, month by month: the little picture beside a name."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.signals import DAY_SECONDS, Contacts

MONTHS = 24


def contact_days(days: Contacts, as_of: pd.Timestamp) -> NDArray[np.uint8]:
    """On how many days each tie had contact in each of the last `MONTHS` calendar months (UTC), that of `as_of` last.

    (len(days.ties), MONTHS), in the order of `days.ties`. `days` are contacts by day, none of them after `as_of`.
    """
    if days.unit_seconds != DAY_SECONDS:
        raise ValueError("contacts by day are needed")
    month = days.unit.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    place = month - np.datetime64(as_of.strftime("%Y-%m"), "M").astype(np.int64) + MONTHS - 1
    seen = (place >= 0) & (place < MONTHS)
    cells = np.bincount(days.tie[seen] * MONTHS + place[seen], minlength=len(days.ties) * MONTHS)
    return cells.reshape(len(days.ties), MONTHS).astype(np.uint8)
