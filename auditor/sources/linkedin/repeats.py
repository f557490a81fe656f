"""What an export tells twice in two files: counted once."""

from __future__ import annotations

import pandas as pd

from auditor.mentions import fold
from auditor.records import Records
from auditor.sources.linkedin.endorsements import SAME_DAY
from auditor.sources.receipt import withdrawn

_SLACK = pd.Timedelta(days=1)  # times of the two files are not kept by the same clock


def without_repeats(records: Records) -> Records:
    """The records without invitation notes that came back as messages, and endorsements that stand in two files.

    People go by their folded name here, because of two files of one export often only one has the addresses.
    """
    found = withdrawn(records, _repeated_notes(records), "invitation note repeated")
    return withdrawn(found, _repeated_endorsements(found), SAME_DAY)


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
