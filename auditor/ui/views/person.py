"""The page of one person: what there was between you, and what you know of them."""

from __future__ import annotations

from auditor.ui import empty

found = empty.export_for(
    "Person",
    "Everything about one person stands here once an export was read.",
)
if found:
    from auditor.ui import person

    person.show(found)
