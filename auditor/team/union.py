"""The union of what the members' scores know: who of the team is tied to whom, what overlaps, what hangs on one person.

Humans merge by canonical profile (or mail address, or number), in contributions by its hash; a member is the human of
the member's own profile. Nothing is merged by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from auditor.team.runs import Missing, RunFolder
from auditor.team.scores import Facts, facts_of

COLUMNS = ["member", "human", "name", "company", "organisation", "two_way", "state", *("depth low high".split())]
COLUMNS += ["p_two_way", "last_contact"]

SHORT = 17
"""So many characters of a hash are shown."""


@dataclass(frozen=True, slots=True)
class Union:
    """A team, joined.

    `members`: ref → facts, in the order of the labels; `labels`: ref → how the member is called. `ties`: one row a
    member and human with contact, in `COLUMNS`, the strongest first; a member as a human is `member:<ref>`. `people`:
    how many humans are tied to anybody, contact or none. `missing`: who is not in it, and why. `hashed`: everybody is
    a hash.
    """

    members: dict[str, Facts]
    labels: dict[str, str]
    ties: pd.DataFrame
    people: int
    missing: tuple[Missing, ...]
    hashed: bool


def joined(run: RunFolder) -> Union:
    """The union of a finished run, read from its dataset."""
    facts = {ref: facts_of(run.part(ref)) for ref in run.refs}
    labels = _labels(facts, run.names)
    members = {ref: facts[ref] for ref in sorted(facts, key=lambda ref: (labels[ref], ref))}
    ties, people = _read(run, aliases(members)) if members else (_none(), 0)
    return Union(members, labels, ties, people, run.missing, any(one.team_key for one in members.values()))


def me(ref: str) -> str:
    """The key of a member as a human."""
    return f"member:{ref}"


def _labels(facts: dict[str, Facts], names: dict[str, str]) -> dict[str, str]:
    """What members are called: as their exports say, with the name in the folder where that is not enough."""
    often = Counter(one.name for one in facts.values())
    stems = {ref: Path(names[ref]).stem for ref in facts}
    told = {ref: one.name if often[one.name] == 1 else f"{one.name} ({stems[ref]})" for ref, one in facts.items()}
    return {ref: told[ref] if one.name else stems[ref] for ref, one in facts.items()}


def aliases(members: Mapping[str, Facts]) -> dict[str, str]:
    """The keys that mean a member, each with the key of the member as a human; one that would mean two means nobody."""
    often = Counter(key for one in members.values() for key in one.profiles)
    return {key: me(ref) for ref, one in members.items() for key in one.profiles if often[key] == 1}


def _read(run: RunFolder, own: Mapping[str, str]) -> tuple[pd.DataFrame, int]:
    """The ties with contact, and how many humans there are. Only those columns and rows leave the dataset."""
    member: list[tuple[str, pa.DataType]] = [("member", pa.string())]
    parts: Any = ds.partitioning(pa.schema(member), flavor="hive")
    dataset = ds.dataset(run.path / "ties", format="parquet", partitioning=parts)
    everybody = pc.unique(dataset.to_table(columns=["human"])["human"]).to_pylist()
    people = len({own.get(str(key), str(key)) for key in everybody})
    table = dataset.to_table(columns=COLUMNS, filter=ds.field("p_two_way") > 0)
    ties = table.to_pandas()
    ties["human"] = ties["human"].map(dict(own)).fillna(ties["human"])
    ties = ties[ties["human"] != "member:" + ties["member"]]
    order = ["p_two_way", "depth", "human", "member"]
    ties = ties.sort_values(order, ascending=[False, False, True, True])
    return ties.drop_duplicates(["member", "human"]).reset_index(drop=True), people


def _none() -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype="str") for column in COLUMNS}).astype({"p_two_way": "float64"})


def by_human(union: Union) -> pd.DataFrame:
    """One row a human with contact to anybody: `name`, `company`, `organisation` as the latest export has them."""
    latest = union.ties["member"].map({ref: one.as_of for ref, one in union.members.items()})
    order = union.ties.assign(latest=latest).sort_values("latest", ascending=False, kind="stable")
    return order.groupby("human")[["name", "company", "organisation"]].first()
