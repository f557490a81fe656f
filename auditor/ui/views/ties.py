"""The Ties page: every connection in one table, filtered, each with its reason."""

from __future__ import annotations

from auditor.ui import empty

found = empty.export_for(
    "Ties",
    "Every tie with its depth and its reason stands here once an export was read.",
)
if found:
    from auditor.ui import listing

    listing.show(found)
