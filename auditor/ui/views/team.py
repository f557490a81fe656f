"""The page Team: what the members' scores of a finished run know together."""

from __future__ import annotations

from auditor.ui import team

team.show()
