"""How an ego shares contact among alters, and how much of that lasts from one year to the next.

The *social signature* p(r) is the share of all contact that goes to the alter of rank r. It is a habit of the ego: over
18 months it stayed the same while the alters in it changed (Saramäki et al. 2014, PNAS 111:942). Contact is counted in
days, with the alters of both directions, as everywhere here; Saramäki counted the ego's own calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.signals import YEAR_DAYS, Contacts, Floats, Ints, day_number

RANKS = 20
MIN_DAYS = 182
"""A signature takes six to eight months to settle (NetHealth); under six it is refused."""

MIN_TIES = 15
"""Under so many alters a share is the luck of a few days."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The social signature of one year.

    `shares`: the share of contact days of the alters of rank 1 to 20, the greatest first. `ties`: how many alters there
    were, with contact in both directions. Both are empty where the year is `withheld`, with the reason.
    """

    since: pd.Timestamp
    until: pd.Timestamp
    ties: int = 0
    shares: tuple[float, ...] = ()
    withheld: str | None = None

    def top(self, ranks: int) -> float | None:
        """The share of the first so many alters together."""
        return None if self.withheld else float(sum(self.shares[:ranks]))


@dataclass(frozen=True, slots=True)
class Continuity:
    """The year until now beside the year before it.

    `distance`: Jensen–Shannon divergence of the two signatures, 0 (the same shape) to 1; some 0.06 for one person at
    two times, 0.12 for two people (NetHealth). `turnover`: of the alters of the year before, the share without contact
    in both directions since. `jaccard`: the alters of both years, as a share of those of either. All are missing where
    a year is withheld.
    """

    now: Signature
    before: Signature
    distance: float | None = None
    turnover: float | None = None
    jaccard: float | None = None


def continuity(days: Contacts, as_of: pd.Timestamp, history_days: int) -> Continuity:
    """The last year's signature, the year before's, and what lasted from one to the other.

    Parameters
    ----------
    days :
        Contacts by day, none later than `as_of`.
    as_of :
        The last moment of the year until now; a year has 365 days.
    history_days :
        Days from the first exchange of all to `as_of`; a year with under 182 of them is withheld.

    Notes
    -----
    JSD(P‖Q) = H((P + Q)/2) − (H(P) + H(Q))/2 with logarithms to base 2, over all ranks, the shorter padded with zeros.
    Identities play no part in it; who stayed is what turnover says.

    See Also
    --------
    auditor.history.rebuild : size and depth of the same network, week by week.

    References
    ----------
    .. [1] J. Saramäki et al., "Persistence of social signatures in human communication", PNAS 111 (2014) 942–947.

    """
    today = day_number(as_of)
    counts = [_contact_days(days, today - age * YEAR_DAYS) for age in (0, 1)]
    now, before = (
        _signature(count, as_of - pd.Timedelta(days=age * YEAR_DAYS), history_days - age * YEAR_DAYS)
        for age, count in enumerate(counts)
    )
    if now.withheld or before.withheld:
        return Continuity(now, before)
    present, past = (count > 0 for count in counts)
    stayed = int((present & past).sum())
    return Continuity(
        now,
        before,
        distance=divergence(_ranked(counts[0]), _ranked(counts[1])),
        turnover=1 - stayed / int(past.sum()),
        jaccard=stayed / int((present | past).sum()),
    )


def divergence(one: Sequence[float] | Floats, other: Sequence[float] | Floats) -> float:
    """The Jensen–Shannon divergence of two lists of shares, in bits: 0 to 1.

    >>> divergence([0.5, 0.5], [0.5, 0.5])
    0.0
    >>> divergence([1.0], [0.5, 0.5])
    0.31127812445913283
    """
    size = max(len(one), len(other))
    p, q = (np.pad(np.asarray(shares, float), (0, size - len(shares))) for shares in (one, other))
    return max(0.0, _entropy((p + q) / 2) - (_entropy(p) + _entropy(q)) / 2)


def _entropy(shares: Floats) -> float:
    some = shares[shares > 0]
    return -float((some * np.log2(some)).sum())


def _contact_days(days: Contacts, until: int) -> Ints:
    """The contact days of each tie in the year that ends with a day; 0 without both directions in it."""
    year = (days.unit > until - YEAR_DAYS) & (days.unit <= until)
    both, out, in_ = (
        np.bincount(days.tie[year & way], minlength=len(days.ties)) for way in (year, days.out > 0, days.in_ > 0)
    )
    return np.where((out > 0) & (in_ > 0), both, 0).astype(np.int64)


def _signature(counts: Ints, until: pd.Timestamp, history_days: int) -> Signature:
    since = until - pd.Timedelta(days=YEAR_DAYS) + pd.Timedelta(microseconds=1)
    ties = int((counts > 0).sum())
    if history_days < MIN_DAYS:
        reason = f"These files hold {max(history_days, 0)} days of this year, and a signature takes six months."
        return Signature(since, until, withheld=reason)
    if ties < MIN_TIES:
        reason = f"There were {ties} people in touch in both directions, and a signature takes {MIN_TIES}."
        return Signature(since, until, withheld=reason)
    return Signature(since, until, ties, tuple(_ranked(counts)[:RANKS].tolist()))


def _ranked(counts: Ints) -> Floats:
    """The shares of all ranks."""
    some = np.sort(counts[counts > 0])[::-1]
    return np.asarray(some / some.sum(), np.float64)
