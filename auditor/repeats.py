"""What an export tells twice in two files: counted once."""

from __future__ import annotations

import pandas as pd

from auditor.mentions import fold
from auditor.records import Records, coverage

SAME_DAY = "same endorsement day"
"""The reason in the receipt for further endorsements of a day."""

_SLACK = pd.Timedelta(days=1)  # times of the two files are not kept by the same clock


def without_repeats(records: Records) -> Records:
    """The records without invitation notes that came back as messages, and endorsements that stand in two files.

    People go by their folded name here, because of two files of one export often only one has the addresses.
    """
    found = _withdrawn(records, _repeated_notes(records), "invitation note repeated")
    return _withdrawn(found, _repeated_endorsements(found), SAME_DAY)


def told_twice(records: Records) -> pd.Series:
    """Marks the interactions that `without_repeats` leaves out."""
    return _repeated_notes(records) | _repeated_endorsements(records)


def _repeated_notes(records: Records) -> pd.Series:
    """Marks, for each note, the first message of the same words between the same two after the invitation."""
    table = records.interactions
    notes = table[(table["channel"] == "invitation") & (table["words"].fillna(0) > 0)]
    repeated = pd.Series(False, index=table.index)
    if notes.empty:
        return repeated
    messages = table[(table["channel"] == "message") & table["digest"].isin(notes["digest"]) & (table["others"] == 0)]
    pairs = _who(notes, records).merge(
        _who(messages, records), on=["who", "direction", "digest"], suffixes=("_note", "")
    )
    pairs = pairs[pairs["at"] >= pairs["at_note"] - _SLACK].sort_values("at")
    repeated[pairs.drop_duplicates("place_note")["place"]] = True
    return repeated


def _repeated_endorsements(records: Records) -> pd.Series:
    table = records.interactions
    repeated = pd.Series(False, index=table.index)
    found = _who(table[table["channel"] == "endorsement"], records)
    again = found.assign(day=found["at"].dt.normalize()).duplicated(["who", "direction", "day", "digest"])
    repeated[found.loc[again, "place"]] = True
    return repeated


def _who(part: pd.DataFrame, records: Records) -> pd.DataFrame:
    """The rows with the folded name of the person, and their place in the table."""
    named = records.people.drop_duplicates("person").set_index("person")["name"]
    persons = part["person"].astype("str")
    who = persons.map(named).fillna(persons).map(fold)
    columns = {"who": who, "direction": part["direction"].astype("str"), "digest": part["digest"], "at": part["at"]}
    return pd.DataFrame({**columns, "place": part.index}).reset_index(drop=True)


def _withdrawn(records: Records, which: pd.Series, reason: str) -> Records:
    """The records without the exchanges marked in `which`, which the receipt counts as set aside for `reason`."""
    if not which.any():
        return records
    gone, left = records.interactions[which], records.interactions[~which].reset_index(drop=True)
    alike = left[left["row"].isin(gone["row"]) & left["source"].isin(gone["source"].unique())]
    partly = set(zip(alike["source"].astype(str), alike["row"], strict=True))
    receipt, lines = records.coverage.copy(), []
    for file, rows in gone.groupby(gone["source"].astype(str))["row"]:
        whole = sorted({int(row) for row in rows if (file, row) not in partly})
        if not whole:
            continue
        kept = receipt.index[(receipt["file"] == file) & (receipt["role"] == "kept")][0]
        receipt.loc[kept, "rows"] -= len(whole)
        kind = receipt.loc[kept, "kind"]
        lines.append(
            {"file": file, "kind": kind, "role": "set aside", "what": reason, "rows": len(whole), "line": whole[0]}
        )
    return Records(
        records.people, records.identifiers, left, pd.concat([receipt, coverage(lines)], ignore_index=True),
        records.owner, records.broadcasts,
    )  # fmt: skip
