"""One member's export to scores: a table of ties and a few facts, in one Parquet file. No text is in it.

The facts stand in the file's metadata, so that a member is one file, which is there whole or not at all.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from auditor.audit import Audit, audit, last_day
from auditor.errors import InputError
from auditor.habits import Log
from auditor.habits.circle import circle, new_company, new_humans
from auditor.importing import digest
from auditor.organisations import organisation
from auditor.records import Records
from auditor.sources import read
from auditor.team.secret import MARK, Secret

FORMAT = 1
_FACTS = b"auditor.member"

_COLUMNS: list[tuple[str, pa.DataType]] = [
    (
        "human",
        pa.string(),
    ),  # linkedin:, email:, phone: as they are; other keys with the export's digest behind them
    ("name", pa.string()),  # missing in a contribution
    ("company", pa.string()),  # likewise
    ("organisation", pa.string()),  # of organisations.organisation; missing: no employer
    ("connection", pa.bool_()),
    ("two_way", pa.bool_()),
    ("state", pa.string()),  # deep, light, unobserved
    ("depth", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("p_two_way", pa.float64()),
    ("last_contact", pa.date32()),  # missing in a contribution
]
SCHEMA = pa.schema(_COLUMNS)
"""One row a tie, in the order of `human`. In a contribution `human` and `organisation` are hashes (secret.py)."""

PROFILE = "linkedin:"
_SHARED = (PROFILE, "email:", "phone:")
"""Keys that mean the same human in every export; a bare name or a handle does not."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a member beside the ties.

    `profiles`: the keys the member goes by. `fingerprint`: SHA-256 of the export. `team_key`: which key hashed this,
    or None. `meaningful` and its interval are as in dunbar.py; `new_humans`, `lunches` and `new_company` are a week,
    over the last year; `tending` is the % of contact days with ties older than a year. A figure that the files cannot
    give is None. Lunches are meals by their start: one with three people is one.
    """

    profiles: tuple[str, ...]
    name: str
    as_of: str
    last_day: str
    score_version: str
    fingerprint: str
    connections: int
    history_days: int
    meaningful: float | None
    meaningful_low: float | None
    meaningful_high: float | None
    meaningful_withheld: str | None
    new_humans: float | None
    lunches: float | None
    new_company: float | None
    tending: float | None
    team_key: str | None = None

    def current(self, fingerprint: str, as_of: date | None, today: date, score_version: str) -> bool:
        """Whether an audit of an export, as of a day or of its own last day, would say the same again."""
        day = as_of or min(today, date.fromisoformat(self.last_day))
        return (self.fingerprint, self.as_of, self.score_version) == (fingerprint, day.isoformat(), score_version)


@dataclass(frozen=True, slots=True)
class Scores:
    """A member: the facts, and the ties in the columns of `SCHEMA`."""

    facts: Facts
    ties: pa.Table

    def packed(self) -> bytes:
        """The one file of this member; the same scores are the same bytes."""
        told = json.dumps({"format": FORMAT, **asdict(self.facts)}, ensure_ascii=False, sort_keys=True)
        out = io.BytesIO()
        pq.write_table(self.ties.replace_schema_metadata({_FACTS: told.encode()}), out, compression="zstd")
        return out.getvalue()

    @classmethod
    def unpacked(cls, file: bytes | Path, shown: str) -> Self:
        """The member in a file, checked; raises InputError for what is none."""
        source: Any = io.BytesIO(file) if isinstance(file, bytes) else file
        try:
            table = pq.ParquetFile(source).read()
        except (pa.ArrowException, OSError) as error:
            raise InputError(shown, f"this is no file of scores. {AGAIN}") from error
        facts = _facts(table.schema.metadata, shown)
        table = table.replace_schema_metadata(None)
        if table.schema != SCHEMA or not _sound(table, hashed=facts.team_key is not None):
            raise InputError(shown, f"its table is not one of scores. {AGAIN}")
        return cls(facts, table)


AGAIN = "Make it again: auditor team contribute EXPORT --key-file KEY --out MEMBER.parquet"


def facts_of(part: Path) -> Facts:
    """The facts in a member's file, without its ties."""
    return _facts(pq.read_schema(part).metadata, part.name)


def _facts(metadata: dict[bytes, bytes] | None, shown: str) -> Facts:
    try:
        told = json.loads((metadata or {})[_FACTS])
        if told.pop("format") == FORMAT:
            return Facts(**{**told, "profiles": tuple(told["profiles"])})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(shown, f"this is no file of scores. {AGAIN}") from error
    raise InputError(shown, f"another version of auditor wrote this. {AGAIN}")


def _sound(table: pa.Table, *, hashed: bool) -> bool:
    """Whether chances and depths are in their range, and hashes are hashes and nothing more."""
    ties = table.to_pandas()
    inside = ties["p_two_way"].between(0, 1).all() and ties["depth"].between(0, 100).all()
    hidden = pd.concat([ties["human"], ties["organisation"].dropna()]).str.startswith(MARK)
    bare = ties[["name", "company", "last_contact"]].isna().all(axis=None)
    return bool(inside and (hidden.all() and bare if hashed else not hidden.any()) and ties["human"].is_unique)


def measure(path: Path, as_of: date | None, today: date, fingerprint: str | None = None) -> Scores:
    """The scores of a member's export, as of a day (by default the last that it knows, though none after `today`).

    Errors are those of `sources.read`.
    """
    records = read([path])
    last = last_day(records, default=today).date()
    day = as_of or min(today, last)
    audited = audit(records, day)
    facts = _measured(records, audited, day, last, fingerprint or digest([path]))
    return Scores(facts, _table(audited, facts.fingerprint))


def contribution(scores: Scores, secret: Secret) -> Scores:
    """The same scores, everybody in them a hash under the team key: no name, no company, no day but that of the audit.

    The order of the rows is that of the hashes, and so tells nothing.
    """
    facts, ties = scores.facts, scores.ties.to_pandas()
    hidden = ties.assign(
        human=ties["human"].map(secret.hashed),
        organisation=ties["organisation"].map(secret.hashed, na_action="ignore"),
        name=None,
        company=None,
        last_contact=None,
    )
    own = tuple(sorted(secret.hashed(key) for key in facts.profiles if key.startswith(PROFILE)))
    print_ = secret.hashed(facts.fingerprint)
    unnamed = replace(facts, name="", profiles=own, team_key=secret.name, fingerprint=print_)
    return Scores(unnamed, _as_table(hidden))


def _table(audited: Audit, fingerprint: str) -> pa.Table:
    ties = audited.ties.reset_index(names="human")
    last = ties["last_contact"].dt.tz_localize(None).dt.normalize()
    table = ties.assign(
        human=_keys(ties["human"], fingerprint),
        organisation=ties["company"].map(organisation, na_action="ignore"),
        last_contact=last.astype("datetime64[s]"),
    )
    return _as_table(table)


def _as_table(ties: pd.DataFrame) -> pa.Table:
    rows = ties[SCHEMA.names].sort_values("human", ignore_index=True)
    return pa.Table.from_pandas(rows, SCHEMA, preserve_index=False).replace_schema_metadata(None)


def _keys(humans: Iterable[str], fingerprint: str) -> list[str]:
    """The keys of humans, those that mean somebody in one export only with its digest behind them."""
    return [key if key.startswith(_SHARED) else f"{key}#{fingerprint[:12]}" for key in humans]


def _measured(records: Records, audited: Audit, day: date, last: date, fingerprint: str) -> Facts:
    log, found = Log.of(records, audited), audited.meaningful
    return Facts(
        profiles=tuple(sorted(key for key in records.owner.keys if key.startswith(_SHARED))),
        name=audited.owner,
        as_of=day.isoformat(),
        last_day=last.isoformat(),
        score_version=audited.score_version,
        fingerprint=fingerprint,
        connections=int(audited.ties["connection"].sum()),
        history_days=audited.history_days,
        meaningful=found.count,
        meaningful_low=found.low,
        meaningful_high=found.high,
        meaningful_withheld=found.withheld,
        new_humans=new_humans(log).figure,
        lunches=lunches(log),
        new_company=new_company(log).figure,
        tending=circle(log).figure,
    )


def lunches(log: Log) -> float | None:
    """Meals a week over the last year, each counted once however many sat down; None without any calendar."""
    sat = log.exchanges["channel"].isin(["meal", "meeting"])
    if not sat.any():
        return None
    meals = log.recent[log.recent["channel"] == "meal"]
    return float(meals["at"].nunique() / log.weeks)
