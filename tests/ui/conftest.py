"""The app without a browser: Streamlit's own test harness, on small exports that stand in the tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from auditor.ui import server


@pytest.fixture
def app() -> AppTest:
    """The app as it opens."""
    return AppTest.from_file(server.SCRIPT, default_timeout=30).run()


@pytest.fixture
def open_export(app: AppTest, tmp_path: Path) -> Callable[..., AppTest]:
    """The app after the files {name: text} were read from a folder."""

    def opened(**files: str) -> AppTest:
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        app.text_input(key="path").set_value(str(tmp_path))
        next(b for b in app.button if b.label == "Read it").click()
        return app.run()

    return opened
