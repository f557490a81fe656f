"""What is seen of a reading while it lasts."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from auditor.ui.reading import done


def _reads() -> None:
    import streamlit as st

    from auditor.ui.reading import reading_on

    tell = reading_on(st.progress(0.0), st.empty())
    for name, share in (("a.csv", 0.0), ("a.csv", 0.4), ("![x](http://evil.example/n.png).csv", 0.5), ("c.csv", 1.2)):
        tell(name, share)


def test_a_reading_names_the_file_at_hand_and_those_that_are_done() -> None:
    """The latest that is done stands first, and names are words."""
    app = AppTest.from_function(_reads).run()
    assert not app.exception
    assert app.text[0].value == "![x](http://evil.example/n.png).csv: read\na.csv: read"


def test_of_many_files_the_earlier_ones_are_counted() -> None:
    """Ten are done: eight by name, two by number."""
    lines = done([f"{n}.csv" for n in range(10)]).split("\n")
    assert lines[0] == "9.csv: read"
    assert lines[-1] == "and 2 before"
    assert len(lines) == 9
