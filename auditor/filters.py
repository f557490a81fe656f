"""Choosing ties: one filter for the command line, the app and what is downloaded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from auditor import dunbar
from auditor.mentions import fold
from auditor.organisations import organisation

TYPO_SCORE = 80
"""How alike (0–100) a word of the search and the best place in the text must be; short words must be there exactly."""

SHORT_WORD = 4

STATES = ("deep", "light", "unobserved")
LAYERS = (*(layer.name for layer in dunbar.LAYERS), "none")
"""The layers by name, and "none" for ties outside all of them."""


ASKED = ("name", "company", "position", "connected_on", "last_contact", "depth", "state", "kind", "layer")
"""The columns of ties that a filter asks about."""


@dataclass(frozen=True, slots=True)
class TieFilter:
    """Which ties to show. Every part that is set must hold; a part that is not set lets everything through."""

    states: Sequence[str] = ()
    kinds: Sequence[str] = ()
    layers: Sequence[str] = ()  # names; "none" for ties outside all layers
    depth: tuple[float, float] = (0, 100)  # both ends belong to it
    depth_below: float | None = None  # this end does not
    company: str = ""  # the same employer, whatever its legal form
    connected: tuple[date | None, date | None] = (None, None)
    last_contact: tuple[date | None, date | None] = (None, None)
    text: str = ""  # names, companies and positions, typos allowed
    question: str = ""  # the name of one of QUESTIONS

    def apply(self, ties: pd.DataFrame) -> pd.DataFrame:
        """The ties that pass, in the order they came in."""
        if self.question:
            ties = QUESTIONS[self.question](ties)
        keep = pd.Series(True, index=ties.index)
        if self.depth != (0, 100):
            keep &= ties["depth"].between(*self.depth)
        if self.depth_below is not None:
            keep &= ties["depth"] < self.depth_below
        if self.states:
            keep &= ties["state"].isin(list(self.states))
        if self.kinds:
            keep &= ties["kind"].isin(list(self.kinds))
        if self.layers:
            keep &= ties["layer"].fillna("none").isin(list(self.layers))
        if self.company:
            keep &= _works_at(ties, self.company)
        keep &= _within(ties["connected_on"], *self.connected) & _within(ties["last_contact"], *self.last_contact)
        found = ties if keep.all() else ties[keep]
        return found[_search(found, self.text)] if self.text.strip() else found


def shallow(ties: pd.DataFrame) -> pd.DataFrame:
    """The shallow ties: observed, and not deep. A tie that no file could show is unobserved, which is not shallow."""
    return ties[(ties["state"] != "deep") & (ties["kind"] != "unobserved")]


QUESTIONS: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "Shallow": shallow,
    "Deep": TieFilter(states=("deep",)).apply,
    "Dormant": TieFilter(kinds=("dormant",)).apply,
    "Never spoken": TieFilter(kinds=("never-spoken",)).apply,
    "Waiting for you": TieFilter(kinds=("unanswered",)).apply,
    "Waiting for them": TieFilter(kinds=("chased",)).apply,
}
"""What is asked most, by name: each narrows, and the rest of a filter narrows further."""


def _works_at(ties: pd.DataFrame, company: str) -> pd.Series[bool]:
    wanted = organisation(company) or company.casefold().strip()
    same = {
        name: (organisation(name) or name.casefold().strip()) == wanted for name in ties["company"].dropna().unique()
    }
    return ties["company"].map(same).fillna(value=False).astype(bool)


def _within(moments: pd.Series[pd.Timestamp], start: date | None, end: date | None) -> pd.Series[bool]:
    keep = pd.Series(True, index=moments.index)
    if start:
        keep &= moments >= pd.Timestamp(start, tz=moments.dt.tz)
    if end:
        keep &= moments < pd.Timestamp(end, tz=moments.dt.tz) + pd.Timedelta(days=1)
    return keep


def _search(ties: pd.DataFrame, text: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which ties have every word of `text` somewhere in name, company or position, give or take a typo."""
    columns = [ties[c].fillna("").astype(str) for c in ("name", "company", "position")]
    places = [f"{fold(row[0])} {_plain(' '.join(row))}" for row in zip(*columns, strict=True)]
    keep = np.ones(len(places), bool)
    for word in _plain(text).split() or [text.casefold()]:
        exact = np.array([word in place for place in places], bool)
        if len(word) >= SHORT_WORD and places:
            alike = process.cdist([word], places, scorer=fuzz.partial_ratio, score_cutoff=TYPO_SCORE)[0] > 0
            exact |= alike
        keep &= exact
    return keep


def _plain(text: str) -> str:
    """Text as it is searched: no case, accents or punctuation; unlike in `fold`, all words and digits ("3M") stay."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", " ", "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’"))
