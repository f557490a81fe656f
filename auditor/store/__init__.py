"""What is kept between two visits: one SQLite file on the owner's machine, readable by the owner alone.

The store keeps tables and gives them back; what a score means is none of its business.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.store.answering import Answering
    from auditor.store.cells import SNAPSHOT
    from auditor.store.checking import Verdict
    from auditor.store.imports import IMPORTS, Added, Import
    from auditor.store.opening import FILE, PLACE, default_path
    from auditor.store.own import NOTE, VIEW
    from auditor.store.whole import Store

__all__ = [
    "FILE", "IMPORTS", "NOTE", "PLACE", "SNAPSHOT", "VIEW", "Added", "Answering", "Import", "Store", "Verdict",
    "default_path",
]  # fmt: skip

_HOMES = {
    "FILE": "opening",
    "IMPORTS": "imports",
    "NOTE": "own",
    "PLACE": "opening",
    "SNAPSHOT": "cells",
    "VIEW": "own",
    "Added": "imports",
    "Answering": "answering",
    "Import": "imports",
    "Store": "whole",
    "Verdict": "checking",
    "default_path": "opening",
}


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for (PEP 562): a kept answer is read before pandas is there."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"auditor.store.{_HOMES[name]}"), name)
