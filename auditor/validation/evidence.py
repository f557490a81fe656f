"""The measurements that rivals are made of, one value a tie.

They are counted here from the events alone, without `signals.py`, so that a mistake there cannot hide here.
"""

from __future__ import annotations

import numpy as np

from auditor.validation.loaders import Booleans, Floats, Ints
from auditor.validation.tasks import Window

DAY_SECONDS = 86_400


def total(w: Window, value: Floats | Booleans) -> Floats:
    """The sum of a value per event, one a tie."""
    return np.bincount(w.tie, value, minlength=len(w.ties)).astype(np.float64)


def days_of(w: Window) -> Ints:
    """The UTC day of each event, from 1970-01-01."""
    return w.at // DAY_SECONDS


def distinct(w: Window, number: Ints) -> Floats:
    """How many different values of `number` (one an event) each tie has."""
    pairs = np.unique((w.tie << 32) + number)
    return np.bincount(pairs >> 32, minlength=len(w.ties)).astype(np.float64)


def contact_days(w: Window) -> Floats:
    """Distinct UTC days with contact, whatever the direction."""
    return distinct(w, days_of(w))


def contact_weeks(w: Window) -> Floats:
    """Distinct blocks of seven UTC days with contact, counted from 1970-01-01, a Thursday.

    science.md does not say where its weeks begin: this origin was inferred, since it re-makes its figures and weeks
    from Monday do not (AP .472 for .484 on who reports to whom). A difference of that size can be the weekday alone.
    """
    return distinct(w, days_of(w) // 7)


def shared_days(w: Window, chosen: Booleans) -> Floats:
    """Contact days of the chosen events, a day being worth the best of its messages, 1/√k for k recipients."""
    key = (w.tie[chosen] << 32) + days_of(w)[chosen]
    worth = 1 / np.sqrt(w.people[chosen])
    order = np.lexsort((-worth, key))
    keys, first = np.unique(key[order], return_index=True)
    return np.bincount(keys >> 32, worth[order][first], minlength=len(w.ties)).astype(np.float64)


def last(w: Window, chosen: Booleans) -> Floats:
    """Unix seconds of the last of the chosen events; −∞ for a tie without any."""
    found = np.full(len(w.ties), -np.inf)
    np.maximum.at(found, w.tie[chosen], w.at[chosen].astype(np.float64))
    return found


def silence(w: Window, chosen: Booleans) -> Floats:
    """Days, with fractions, from the last of the chosen events to the end of the window; ∞ for a tie without any."""
    return (w.as_of.timestamp() - last(w, chosen)) / DAY_SECONDS


def everything(w: Window) -> Booleans:
    """All events."""
    return np.ones(len(w.tie), bool)


def ranks(w: Window, value: Floats) -> Floats:
    """The rank of each tie's value among the ties of its ego, from 1; equal values share the mean of their ranks."""
    return np.asarray(w.ties.assign(value=value).groupby("ego")["value"].rank(), np.float64)


def alters(w: Window) -> Floats:
    """How many ties the ego of each tie has."""
    return np.asarray(w.ties.groupby("ego")["ego"].transform("size"), np.float64)
