"""auditor tells a person the truth about their network: which connections are relationships.

>>> from auditor import read, audit  # doctest: +SKIP
>>> result = audit(read(["Basic_LinkedInDataExport.zip"]))  # doctest: +SKIP
>>> result.meaningful  # doctest: +SKIP
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.audit import Audit, audit
    from auditor.records import Records
    from auditor.sources import read
    from auditor.weekly import WeeklyReport, weekly_report

__all__ = ["Audit", "Records", "WeeklyReport", "audit", "read", "weekly_report"]

_HOMES = {
    "Audit": "auditor.audit",
    "Records": "auditor.records",
    "WeeklyReport": "auditor.weekly",
    "audit": "auditor.audit",
    "read": "auditor.sources",
    "weekly_report": "auditor.weekly",
}


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for (PEP 562), so that the command starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


class _Package(ModuleType):
    """The package itself. Importing its module `audit` leaves the public name `audit` what it is: the function."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
