"""The map: the communities among the owner's people, and who bridges them."""

from __future__ import annotations

from auditor.ui import empty

found = empty.export_for(
    "Map",
    "The groups among your people, and who links them, stand here once an export was read.",
)
if found:
    from auditor.ui import mapping

    mapping.show(found)
