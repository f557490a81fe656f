"""Which questions take up what the other side had just said.

Questions that follow up are what makes somebody a listener (Huang et al. 2017, JPSP 113). A question follows up here
when it shares the stem of a content word with what others wrote in their last turn: the run of messages before it, or
before the asker's own run.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from auditor.sources.sketch import Array
from auditor.sources.voices import Stems

TURN = 3
"""Messages of a turn that are looked at, the last ones."""


def follow_ups(
    conversation: Array, author: Array, order: Sequence[Array], questions: Array, stems: Stems
) -> pd.Series[bool]:
    """Whether each message asks and follows up (boolean); missing where it asks nothing, or with no word of its own.

    All arrays are (n,), a message each: the number of its conversation, that of its author, what sorts a conversation
    by time (the last of them first, as `np.lexsort` wants it), its question marks; and its stems.
    """
    asks = (questions > 0) & (stems.counts > 0)
    found = np.zeros(len(asks), bool)
    ranked = np.lexsort((*order, conversation))
    asking, said = _pairs(conversation[ranked], author[ranked], asks[ranked])
    found[_sharing(ranked[asking], ranked[said], stems)] = True
    return pd.Series(found, dtype="boolean").mask(~asks)


def _pairs(conversation: Array, author: Array, asks: Array) -> tuple[Array, Array]:
    """Each question with each of the last messages of the other side's turn before it; of messages in order."""
    place = np.arange(len(asks))
    same_talk = np.r_[False, conversation[1:] == conversation[:-1]]
    same_turn = same_talk & np.r_[False, author[1:] == author[:-1]]
    turn = np.maximum.accumulate(np.where(same_turn, 0, place))  # where the turn began
    last = np.where(same_talk[turn], turn - 1, -1) if len(turn) else turn  # the last message of the turn before it
    asked = np.flatnonzero(asks & (last >= 0))
    heard = last[asked][:, None] - np.arange(TURN)
    within = heard >= turn[last[asked]][:, None]
    return np.repeat(asked, within.sum(axis=1)), heard[within]


def _sharing(asking: Array, said: Array, stems: Stems) -> Array:
    """The questions that share a stem with something said; both are positions of messages, pair by pair."""
    starts = np.cumsum(stems.counts, dtype=np.int64) - stems.counts
    heard = np.sort(_key(*_spread(asking, said, starts, stems)))
    questions = asking[np.flatnonzero(np.diff(asking, prepend=-1))]  # each once
    asked, words = _spread(questions, questions, starts, stems)
    keys = _key(asked, words)
    place = np.searchsorted(heard, keys)
    both = heard[np.minimum(place, len(heard) - 1)] == keys if len(heard) else np.zeros(len(keys), bool)
    found: Array = asked[both]
    return found


def _spread(label: Array, message: Array, starts: Array, stems: Stems) -> tuple[Array, Array]:
    """The stems of messages, each with the label of its message."""
    counts = stems.counts[message]
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(label, counts), stems.values[np.repeat(starts[message], counts) + place]


def _key(message: Array, stem: Array) -> Array:
    key: Array = (message.astype(np.uint64) << np.uint64(32)) | stem
    return key
