"""The store as a whole: all its parts in one class."""

from __future__ import annotations

from auditor.store.answering import Answering
from auditor.store.archive import Archive
from auditor.store.checking import Checking
from auditor.store.forgetting import Forgetting
from auditor.store.imports import Imports
from auditor.store.own import Own
from auditor.store.snapshots import Snapshots


class Store(Imports, Own, Snapshots, Answering, Forgetting, Archive, Checking):
    """An open store. `with Store.open() as store: store.add(…)`; each method is one transaction.

    What goes wrong with the file is a StoreError that says what to do.
    """
