"""When auditor itself fails: what to show and to log, without a word of anybody's data."""

from __future__ import annotations

import logging

import streamlit as st

from auditor.mishap import place, told
from auditor.ui.text import md


def show(error: Exception) -> bool:
    """Shows an unforeseen error in place of Streamlit's own box; True says that this is done."""
    st.error(md(told(error)), title="Something went wrong", icon=":material/error:")
    return True


def hush() -> None:
    """Lets the log say of an unforeseen error no more than `place` does."""
    logging.getLogger("streamlit.error_util").addFilter(_without_text)


def _without_text(record: logging.LogRecord) -> bool:
    if record.exc_info and record.exc_info[1]:
        record.msg, record.args, record.exc_info = f"Something went wrong: {place(record.exc_info[1])}", (), None
    return True
