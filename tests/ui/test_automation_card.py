"""What reached the owner, and the campaigns with their proof, without a browser."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

from auditor import campaigns
from auditor.campaigns import IN_WORDS, SENDERS
from auditor.ui import automation

PLANTED = Path(__file__).resolve().parents[2] / "sample_exports" / "alex_campaigns"
REACHED = pd.DataFrame(
    {"month": ["2024-01", "2024-01", "2024-03"], "channel": ["call", "message", "message"]}
    | {sender: [n, 2, 1] for n, sender in enumerate(SENDERS)}
)


def page(path: str) -> None:
    """The card alone, as the Habits page holds it."""
    from auditor.audit import audit
    from auditor.sources import read
    from auditor.ui import automation

    automation.show(audit(read([path])))


def shown(path: Path) -> AppTest:
    return AppTest.from_function(page, args=(path,), default_timeout=60).run()


def test_months_without_anything_have_no_bar_but_a_place() -> None:
    """January's channels together, nothing in February, March; one series a sender, in the order of the legend."""
    months = automation.by_month(REACHED)
    assert months.index.tolist() == ["2024-01", "2024-02", "2024-03"]
    assert months["tie"].tolist() == [2, 0, 1]
    option = automation.bars(months)
    assert [series["name"] for series in option["series"]] == list(IN_WORDS.values())
    assert [series["data"] for series in option["series"]] == [[2, 0, 1], [3, 0, 1], [4, 0, 1], [5, 0, 1]]
    assert json.loads(json.dumps(option, allow_nan=False)) == option
    assert "from 2024-01 to 2024-03: 3 from people you have a tie with, 4 from new people" in automation.describe(
        months
    )


def test_the_proof_is_the_twins() -> None:
    """The broadest campaign is shown first, with thirty names and rows; another can be chosen."""
    app = shown(PLANTED)
    assert not app.exception
    assert app.selectbox(key="template").options[0].startswith("1. The same text to 30 people, ")
    twins = app.dataframe[1].value
    assert list(twins) == ["Who", "When", "Channel", "File", "Row"]
    assert len(twins) == 30
    seller = next(o for o in app.selectbox(key="template").options if "12 times from one person" in o)
    assert seller.endswith("; at even intervals")
    app.selectbox(key="template").select(seller).run()
    assert len(set(app.dataframe[1].value["Who"])) == 1


def test_how_each_is_measured_is_what_its_function_says() -> None:
    """The line on the page is the docstring, so that it cannot tell of another figure."""
    captions = [caption.value for caption in shown(PLANTED).caption]
    for function in (campaigns.reached, campaigns.templates):
        assert f"**How is this measured?** {' '.join(inspect.getdoc(function).split())}" in captions


def test_without_messages_nothing_is_told_apart(tmp_path: Path) -> None:
    """A list of connections alone."""
    (tmp_path / "Connections.csv").write_bytes((PLANTED / "Connections.csv").read_bytes())
    app = shown(tmp_path)
    assert not app.exception
    assert "nothing to tell apart" in app.caption[0].value
