"""What is kept between two visits: one SQLite file on the owner's machine, readable by the owner alone.

The store keeps tables and gives them back; what a score means is none of its business.
"""

from __future__ import annotations

from auditor.store.archive import Archive
from auditor.store.cells import SNAPSHOT
from auditor.store.checking import Checking, Verdict
from auditor.store.forgetting import Forgetting
from auditor.store.imports import IMPORTS, Added, Import, Imports
from auditor.store.opening import FILE, PLACE, default_path
from auditor.store.own import NOTE, VIEW, Own
from auditor.store.snapshots import Snapshots

__all__ = [
    "FILE",
    "IMPORTS",
    "NOTE",
    "PLACE",
    "SNAPSHOT",
    "VIEW",
    "Added",
    "Import",
    "Store",
    "Verdict",
    "default_path",
]


class Store(Imports, Own, Snapshots, Forgetting, Archive, Checking):
    """An open store. `with Store.open() as store: store.add(…)`; each method is one transaction.

    What goes wrong with the file is a StoreError that says what to do.
    """
