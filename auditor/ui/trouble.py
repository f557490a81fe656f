"""When auditor itself fails: what to show and to log, without a word of anybody's data."""

from __future__ import annotations

import logging
from pathlib import Path
from traceback import extract_tb

import streamlit as st


def place(error: BaseException) -> str:
    """The kind of an error and where it arose; never its text, which may hold a name."""
    frames = extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def show(error: Exception) -> bool:
    """Shows an unforeseen error in place of Streamlit's own box; True says that this is done."""
    st.error(
        f"`{place(error)}`\n\nThis is a mistake in auditor, not in your files. "
        "The line above holds no data of yours, so you can report it as it stands.",
        title="Something went wrong",
        icon=":material/error:",
    )
    return True


def hush() -> None:
    """Lets the log say of an unforeseen error no more than `place` does."""
    logging.getLogger("streamlit.error_util").addFilter(_without_text)


def _without_text(record: logging.LogRecord) -> bool:
    if record.exc_info and record.exc_info[1]:
        record.msg, record.args, record.exc_info = f"Something went wrong: {place(record.exc_info[1])}", (), None
    return True
