"""Real interaction records with a ground truth, read from a folder beside the checkout; none of it is ours to pass on.

The folder holds `manufacturing/`, `collegemsg/`, `eies/`, `bernard_killworth/` and `lazega/`; `FILES` lists its files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.errors import InputError, UsageError
from auditor.records import CHANNELS, DIRECTIONS

FILES = (
    "manufacturing/communication.csv.gz",  # Sender;Recipient;EventDate, one row a recipient
    "manufacturing/reportsto.csv",  # ID,ReportsToID
    "collegemsg/CollegeMsg.txt.gz",  # sender recipient unix_seconds
    "eies/eies_messages.csv",  # src,dst,weight
    "eies/eies_relations.csv",  # src,dst,rank_1,rank_2,time
    *(f"bernard_killworth/bk{group}{part}.csv" for group in ("fra", "off", "tec") for part in "bc"),  # src,dst,weight
    *(f"lazega/law_{tie}.csv" for tie in ("advice", "cowork", "friends")),  # src,dst
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Log:
    """A log of dated messages: `events` as event_log.py gives them, each message once from either side.

    `split` is the last moment that a forecast may know; what comes after it is the outcome. `evenly`: whether a share
    of the log means one of its "time" or of its "messages".
    """

    name: str
    channel: str
    events: pd.DataFrame
    split: pd.Timestamp
    evenly: str = "time"

    def split_at(self, share: float) -> Log:
        """The same log, split after this share of it."""
        at = self.events.loc[self.events["direction"] == "out", "at"]
        first, last = at.iloc[0], at.iloc[-1]
        moment = first + share * (last - first) if self.evenly == "time" else at.iloc[int(share * len(at)) - 1]
        return replace(self, split=moment)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A set without times: `weight[a, b]` is how much a turned to b, `label[a, b]` whether a calls b close.

    Only alters with `counted[a, b]` are ranked for ego a.
    """

    name: str
    weight: Floats
    label: Booleans
    counted: Booleans


@dataclass(frozen=True, slots=True)
class Labelled:
    """All that the folder holds. `reports_to` has one row a report: `ego` (who reports), `person` (to whom)."""

    manufacturing: Log
    college: Log
    reports_to: pd.DataFrame
    matrices: tuple[Matrix, ...]


def default_folder() -> Path:
    """Where the labelled data lie beside a checkout, `../shared/labelled`. Raises UsageError where there are none."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "labelled"
    if not folder.is_dir():
        raise UsageError(f"no labelled data beside this copy; say --data FOLDER, which has to hold {', '.join(FILES)}")
    return folder


def load(folder: Path) -> Labelled:
    """The labelled data in `folder`. Raises InputError naming the folder or the first file that is missing or unfit."""
    if not folder.is_dir():
        raise InputError(str(folder), f"no such folder; it has to hold {', '.join(FILES)}")
    for name in FILES:
        if not (folder / name).is_file():
            raise InputError(str(folder / name), f"is missing; the folder has to hold {', '.join(FILES)}")
    return Labelled(
        manufacturing(folder / FILES[0]),
        college(folder / FILES[2]),
        reports_to(folder / FILES[1]),
        (*_eies(folder / "eies"), *_bernard_killworth(folder / "bernard_killworth"), _lazega(folder / "lazega")),
    )


def manufacturing(path: Path) -> Log:
    """Nine months of company mail (Michalski 2020); rows equal in sender and second are one mail to so many people.

    Exact duplicate rows and mail to oneself are left out. Split at half of the time.
    """
    rows = _table(path, ("Sender", "Recipient", "EventDate"), sep=";")
    rows = rows[rows["Sender"] != rows["Recipient"]].drop_duplicates()
    at = _times(path, rows["EventDate"], format="%Y-%m-%d %H:%M:%S")
    others = rows.groupby(["Sender", "EventDate"])["Recipient"].transform("size").to_numpy() - 1
    events = both_sides(_whole(path, rows["Sender"]), _whole(path, rows["Recipient"]), at, others, "email")
    return Log("manufacturing", "email", events, events["at"].iloc[0]).split_at(0.5)


def college(path: Path) -> Log:
    """Half a year of private messages on a campus network (Panzarasa et al. 2009). Split at half of the messages."""
    names = ("sender", "recipient", "at")
    rows = _table(path, names, sep=" ", header=None, names=list(names))
    rows = rows[rows["sender"] != rows["recipient"]]
    at = _times(path, rows["at"], unit="s")
    none = np.zeros(len(rows), np.int64)
    events = both_sides(_whole(path, rows["sender"]), _whole(path, rows["recipient"]), at, none, "message")
    return Log("college", "message", events, events["at"].iloc[0], "messages").split_at(0.5)


def reports_to(path: Path) -> pd.DataFrame:
    """Who reports to whom: `ego` (the one who reports) and `person`."""
    rows = _table(path, ("ID", "ReportsToID"))
    ego, person = (_names(_whole(path, rows[column])) for column in ("ID", "ReportsToID"))
    return pd.DataFrame({"ego": ego, "person": person})


def both_sides(
    sender: NDArray[Any], recipient: NDArray[Any], at: pd.Series[Any], others: NDArray[Any], channel: str
) -> pd.DataFrame:
    """The events of messages (n of each argument): 2n rows in order of time, `out` for the sender, `in` for the other.

    Columns and types are those of `auditor.sources.event_log.read`.
    """
    size = len(sender)
    egos, people = np.concatenate([sender, recipient]), np.concatenate([recipient, sender])
    events = pd.DataFrame(
        {
            "ego": _names(egos),
            "person": _names(people),
            "at": pd.concat([at, at], ignore_index=True),
            "direction": pd.Categorical(["out"] * size + ["in"] * size, categories=list(DIRECTIONS)),
            "channel": pd.Categorical([channel] * (2 * size), categories=list(CHANNELS)),
            "others": pd.Series(np.concatenate([others, others]), dtype="int32"),
            "seconds": pd.Series([None] * (2 * size), dtype="Float64"),
            "words": pd.Series([None] * (2 * size), dtype="Int32"),
            "questions": pd.Series([None] * (2 * size), dtype="Int32"),
        }
    )
    return events.sort_values("at", kind="stable", ignore_index=True)


def _eies(folder: Path) -> tuple[Matrix, ...]:
    """32 researchers on an early computer conference: messages, and who is a friend (3 or more) afterwards.

    Relations run from 1 (heard of) to 4 (close friend); who is missing is unknown to the other. (Freeman 1979.)
    """
    weight = _square(folder / "eies_messages.csv", 32, "weight")
    before, after = (_square(folder / "eies_relations.csv", 32, rank) for rank in ("rank_1", "rank_2"))
    friends, anyone = after >= 3, ~np.eye(32, dtype=bool)
    return (
        Matrix("EIES messages → friend later", weight, friends, anyone),
        Matrix("EIES, message partners only", weight, friends, anyone & (weight + weight.T > 0)),
        Matrix("EIES, new friends only", weight, friends, anyone & (before < 3)),
    )


def _bernard_killworth(folder: Path) -> tuple[Matrix, ...]:
    """Observed talk against recalled talk in a fraternity, an office and a firm (Bernard, Killworth & Sailer 1980/82).

    Talk was observed without direction. The fraternity recalled on a scale up to 5, the two others in ranks from 1, the
    closest. Close is the top fifth of what the ego recalls, with all who tie at its edge.
    """
    sets = []
    groups = (("fraternity", "fra", 58, 1), ("office", "off", 40, -1), ("firm", "tec", 34, -1))
    for name, group, size, upwards in groups:
        talk = _square(folder / f"bk{group}b.csv", size, "weight")
        answer = _square(folder / f"bk{group}c.csv", size, "weight")
        recalled = np.where(answer > 0, upwards * answer, -np.inf)
        others = ~np.eye(size, dtype=bool)
        edge = [np.quantile(recalled[ego][others[ego]], 0.8, method="higher") for ego in range(size)]
        close = recalled >= np.array(edge)[:, None]
        sets.append(Matrix(f"BK {name}: observed → recalled", talk + talk.T, close, others))
    return tuple(sets)


def _lazega(folder: Path) -> Matrix:
    """71 lawyers: co-work and advice, one point each, against friendship (Lazega 2001)."""
    cowork, advice, friends = (_square(folder / f"law_{tie}.csv", 71) for tie in ("cowork", "advice", "friends"))
    return Matrix("Lazega co-work + advice → friend", cowork + advice, friends > 0, ~np.eye(71, dtype=bool))


def _table(path: Path, columns: tuple[str, ...], **options: Any) -> pd.DataFrame:
    """The named columns of a CSV file, plain or gzipped. Raises InputError with what is wrong."""
    try:
        table: pd.DataFrame = pd.read_csv(path, **options)
    except (OSError, EOFError, ValueError) as error:
        raise InputError(str(path), f"cannot be read as a table ({type(error).__name__})") from None
    missing = [name for name in columns if name not in table.columns]
    if missing or table.empty:
        raise InputError(str(path), f"no column {missing[0]!r}" if missing else "no row in this file", 1)
    return table[list(columns)]


def _times(path: Path, values: pd.Series[Any], **options: Any) -> pd.Series[Any]:
    try:
        return pd.Series(pd.to_datetime(values, utc=True, **options)).astype("datetime64[us, UTC]")
    except (ValueError, OverflowError):
        raise InputError(str(path), "a time in this file cannot be read") from None


def _whole(path: Path, values: pd.Series[Any]) -> Ints:
    if not pd.api.types.is_integer_dtype(values):
        raise InputError(str(path), f"a number in the column {values.name!r} is missing or not whole")
    return values.to_numpy(dtype=np.int64)


def _square(path: Path, size: int, value: str | None = None) -> Floats:
    """A file of `src`, `dst` and a value (without: 1) as a (size, size) matrix without its diagonal; elsewhere 0."""
    table = _table(path, ("src", "dst", *([value] if value else [])))
    src, dst = (_whole(path, table[end]) for end in ("src", "dst"))
    if not ((src >= 0) & (src < size) & (dst >= 0) & (dst < size)).all():
        raise InputError(str(path), f"people are numbered from 0 to {size - 1}, and one is not")
    square = np.zeros((size, size))
    square[src, dst] = table[value].fillna(0).to_numpy(dtype=np.float64) if value else 1.0
    np.fill_diagonal(square, 0)
    return square


def _names(ids: NDArray[Any]) -> pd.Series[str]:
    return pd.Series(ids).astype("str")
