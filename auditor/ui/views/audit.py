"""The Audit page: what the network is, in one minute; before there is data, what it will be, and how to begin."""

from __future__ import annotations

from auditor.ui import state, welcome

found = state.export()
if found is None:
    welcome.show()
else:
    from auditor.ui import findings

    findings.show(found)
