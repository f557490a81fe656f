"""The Habits page: what the owner does, in figures with their lists."""

from __future__ import annotations

from auditor.ui import empty

found = empty.export_for(
    "Habits",
    "What you do about your network stands here once an export was read.",
)
if found:
    from auditor.ui import habits

    habits.show(found)
