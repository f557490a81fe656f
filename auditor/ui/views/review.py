"""The Review page: what becomes of each tie, who may be the same human, how right depth is."""

from __future__ import annotations

from auditor.ui import empty

found = empty.export_for(
    "Review",
    "Your people stand here to be decided on, one at a time, once files were read.",
)
if found:
    from auditor.ui import review

    review.show(found)
