"""The communities among the owner's people, drawn."""

from __future__ import annotations

from auditor.ui import header, state


def show(found: state.Export) -> None:
    """The Map page of an export."""
    header.show(found, "Map")
