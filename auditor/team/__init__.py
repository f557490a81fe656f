"""A team: many members' exports, each audited by itself, and what their scores together know.

    FOLDER ──► members ──► cluster (Dask: one task a member) ──► run folder ──► union ──► paths, told ──► CLI, app
    export, ZIP,           scores.measure: an export to          ties/member=…/part.parquet
    contribution           one small Parquet file, no texts

What comes out hangs on the scores alone: not on how many workers there were, nor on the order in which they ended.
"""

from __future__ import annotations

from auditor.team.report import Report, report
from auditor.team.runs import Missing, default_folder, latest, run
from auditor.team.scores import contribution
from auditor.team.secret import Secret
from auditor.team.told import to_json, to_text
from auditor.team.union import Union, joined
from auditor.team.warmth import Answer, ask

__all__ = [
    "Answer",
    "Missing",
    "Report",
    "Secret",
    "Union",
    "ask",
    "contribution",
    "default_folder",
    "joined",
    "latest",
    "report",
    "run",
    "to_json",
    "to_text",
]
