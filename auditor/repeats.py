"""What two files tell of one exchange, in one reading or in two imports: which of them does not count."""

from __future__ import annotations

import pandas as pd

from auditor.mentions import fold
from auditor.records import Records

_SLACK = pd.Timedelta(days=1)  # times of the two files are not kept by the same clock


CALENDAR = "calendar"
"""The kind of a calendar in the receipt."""


def told_twice(records: Records) -> pd.Series:
    """Marks every exchange that another one of the table tells too."""
    return repeated_notes(records) | repeated_endorsements(records) | repeated_meetings(records)


def repeated_notes(records: Records) -> pd.Series:
    """Marks, for each note of an invitation, the message as which it came back: the first of the same words between the
    same two after it.

    People go by their folded name, because of two files of one export often only one has the addresses.
    """
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


def repeated_endorsements(records: Records) -> pd.Series:
    """Marks endorsements that stand in two files, or that are further ones of a day. People go by their folded name."""
    table = records.interactions
    repeated = pd.Series(False, index=table.index)
    endorsements = table[table["channel"] == "endorsement"]
    if endorsements.empty:
        return repeated
    found = _who(endorsements, records)
    again = found.assign(day=found["at"].dt.normalize()).duplicated(["who", "direction", "day", "digest"])
    repeated[found.loc[again, "place"]] = True
    return repeated


def repeated_meetings(records: Records) -> pd.Series:
    """Marks meetings that several calendars have, also where they differ in the hour or the guests.

    One counts at its latest time: what is put off is written into one calendar sooner than into the other.
    """
    receipt = records.coverage
    calendars = receipt.loc[receipt["kind"] == CALENDAR, "file"].unique()
    met = records.interactions[records.interactions["source"].isin(calendars)]
    latest = met.sort_values(["at", "others", "row"], kind="stable")
    again = latest.index[latest.duplicated(["person", "digest"], keep="last")]
    return pd.Series(records.interactions.index.isin(again), index=records.interactions.index)


def _who(part: pd.DataFrame, records: Records) -> pd.DataFrame:
    """The rows with the folded name of the person, and their place in the table."""
    named = records.people.drop_duplicates("person").set_index("person")["name"]
    persons = part["person"].astype("str")
    who = persons.map(named).fillna(persons).map(fold)
    columns = {"who": who, "direction": part["direction"].astype("str"), "digest": part["digest"], "at": part["at"]}
    return pd.DataFrame({**columns, "place": part.index}).reset_index(drop=True)
