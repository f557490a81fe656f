"""The page This week: one ISO week in a minute of reading; before there is data, what will stand here."""

from __future__ import annotations

from auditor.ui import empty

found = empty.export_for(
    "This week",
    "Whether your network gets deeper or only bigger, who moved, who waits for you, and three "
    "things worth doing stand here once an export was read.",
)
if found:
    from auditor.ui import week

    week.show(found)
