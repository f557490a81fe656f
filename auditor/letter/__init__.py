"""A weekly report as it leaves the house: plain text for a mail, JSON, one self-contained page, reminders."""

from __future__ import annotations

from auditor.letter.page import html
from auditor.letter.plain import text, to_json, values
from auditor.letter.reminders import ics

__all__ = ["html", "ics", "text", "to_json", "values"]
