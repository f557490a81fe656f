"""What a score is asked to foresee: the ties of a window of time, and which of them turned out to matter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditor.validation.loaders import Booleans, Floats, Ints, Labelled, Log

ANY_LATER, TWO_WAY_LATER, REPORTS_TO = "any contact later", "two-way contact later", "reports to"


@dataclass(frozen=True, slots=True)
class Window:
    """The events that a score may know, and the ties in them.

    `ties`: `ego`, `person`, sorted, one row a tie with an event. For each event: `tie` (position in `ties`), `at` (Unix
    seconds), `out` and `in_` (an undirected event is both), `people` (recipients of it, the other side included).
    """

    events: pd.DataFrame
    since: pd.Timestamp
    as_of: pd.Timestamp
    ties: pd.DataFrame
    tie: Ints
    at: Ints
    out: Booleans
    in_: Booleans
    people: Floats


@dataclass(frozen=True, slots=True)
class Task:
    """A window and its outcome, for each tie of the window.

    `label`: what happened; `counted`: whether the tie is ranked; `staying`: whether its ego is still active afterwards.
    """

    name: str
    data: str
    window: Window
    label: Booleans
    counted: Booleans
    staying: Booleans
    min_alters: int = 5


def window(events: pd.DataFrame, since: pd.Timestamp, as_of: pd.Timestamp) -> Window:
    """The events from `since` to `as_of`, both included."""
    seen = events[(events["at"] >= since) & (events["at"] <= as_of)].reset_index(drop=True)
    groups = seen.groupby(["ego", "person"], sort=True)
    ties = groups.size().reset_index()[["ego", "person"]]
    direction = seen["direction"].to_numpy()
    return Window(
        seen,
        since,
        as_of,
        ties,
        groups.ngroup().to_numpy().astype(np.int64),
        np.asarray(seen["at"].astype("datetime64[s, UTC]").astype("int64"), np.int64),
        np.asarray(direction != "in"),
        np.asarray(direction != "out"),
        seen["others"].to_numpy(dtype=np.float64) + 1,
    )


def tasks(data: Labelled) -> tuple[Task, ...]:
    """The tasks of the accuracy table: any later contact, two-way later contact, and the label given by humans."""
    return (
        *persistence(data.manufacturing),
        *persistence(data.college),
        reporting(data.manufacturing, data.reports_to),
    )


def persistence(log: Log) -> tuple[Task, Task]:
    """Which ties of before the split are in touch after it: at all, and in both directions.

    Ranked are ties between people who are both still active afterwards, so that leaving the medium altogether is not
    what is foreseen.
    """
    past = window(log.events, log.events["at"].iloc[0], log.split)
    later = log.events[log.events["at"] > log.split]
    active = later["ego"].unique()
    staying = past.ties["ego"].isin(active).to_numpy()
    counted = staying & past.ties["person"].isin(active).to_numpy()
    out, in_ = (_among(past.ties, later[later["direction"] != other]) for other in ("in", "out"))
    return (
        Task(ANY_LATER, log.name, past, out | in_, counted, staying),
        Task(TWO_WAY_LATER, log.name, past, out & in_, counted, staying),
    )


def reporting(log: Log, reports: pd.DataFrame) -> Task:
    """Which ties of the whole log run between somebody and whoever they report to, in either direction."""
    whole = window(log.events, log.events["at"].iloc[0], log.events["at"].iloc[-1])
    reverse = reports.rename(columns={"ego": "person", "person": "ego"})
    label = _among(whole.ties, reports) | _among(whole.ties, reverse)
    everyone = np.ones(len(label), bool)
    return Task(REPORTS_TO, log.name, whole, label, everyone, everyone)


def _among(ties: pd.DataFrame, pairs: pd.DataFrame) -> Booleans:
    """Which ties stand in `pairs` (`ego`, `person`)."""
    known = pd.MultiIndex.from_frame(pairs[["ego", "person"]].drop_duplicates())
    return np.asarray(pd.MultiIndex.from_frame(ties).isin(known))
