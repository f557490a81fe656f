"""What the depth score's claims rest on: labelled data, simple rivals, a protocol, and the table that comes of them.

It measures whatever `auditor.depth.of_events` gives, with the same numbers at every run.
"""

from __future__ import annotations

from pathlib import Path

from auditor.validation import curves, fit, loaders, report
from auditor.validation.curves import Curves
from auditor.validation.fit import Weights
from auditor.validation.report import Report

__all__ = ["Curves", "Report", "Weights", "fitted", "run"]


def run(data: Path) -> Report:
    """The accuracy table on the labelled data in a folder. Raises InputError naming what is missing there."""
    return report.measure(loaders.load(data))


def fitted(data: Path) -> tuple[Weights, Curves]:
    """Where the numbers of the model come from, found anew on the labelled data in a folder; errors as `run`."""
    labelled = loaders.load(data)
    return fit.measure(labelled), curves.measure(labelled)
