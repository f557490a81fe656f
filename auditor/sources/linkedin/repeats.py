"""What an export tells twice in two files: counted once."""

from __future__ import annotations

from auditor.records import Records
from auditor.repeats import repeated_endorsements, repeated_notes
from auditor.sources.linkedin.endorsements import SAME_DAY
from auditor.sources.receipt import withdrawn


def without_repeats(records: Records) -> Records:
    """The records without invitation notes that came back as messages, and endorsements that stand in two files."""
    found = withdrawn(records, repeated_notes(records), "invitation note repeated")
    return withdrawn(found, repeated_endorsements(found), SAME_DAY)
