"""What the tests of the store have in common: small imports, and tables as they compare."""

from __future__ import annotations

import pandas as pd

from auditor.records import Records
from auditor.store import Import

NOW = pd.Timestamp("2026-03-01T12:00:00Z")


def imported(name: str, taken: str | None = "2026-02-01") -> Import:
    """An import of these contents, exported on that day."""
    return Import(f"{name}.zip", name, NOW, pd.Timestamp(taken, tz="UTC") if taken else None)


def rows(table: pd.DataFrame, *without: str) -> list[tuple[str, ...]]:
    """The rows of a table as texts, in no order."""
    texts = table.drop(columns=list(without)).astype("object").where(table.notna(), "–").astype("str")
    return sorted(texts.itertuples(index=False, name=None))


def content(records: Records) -> dict[str, list[tuple[str, ...]]]:
    """All that was read, without where it stood, and without the receipt."""
    return {
        "people": rows(records.people, "source"),
        "identifiers": rows(records.identifiers),
        "interactions": rows(records.interactions, "source", "row"),
        "broadcasts": rows(records.broadcasts),
        "facts": rows(records.facts, "source"),
        "names": sorted((name,) for name in records.owner.names),
        "keys": sorted((key,) for key in records.owner.keys),
    }
