"""The page Data & method: the receipt, what is kept on this machine, how depth is measured, and the help."""

from __future__ import annotations

from auditor.ui import data, state

data.show(state.export())
