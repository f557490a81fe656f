"""What the score of the time said, for the record."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from fabricate import records

from auditor.audit import audit
from auditor.snapshots import take
from auditor.store import Store

EVENTS = "person,at,direction\nana,2024-05-05,in\nana,2024-05-06,out\nbo,2024-05-07,out"


def test_a_week_keeps_how_the_ties_stood(tmp_path: Path) -> None:
    """Everybody in touch, with the version of the score; another look at the same week takes its place."""
    now = audit(records(EVENTS, "person,name\nana,Ana Silva\nbo,Bo Berg\ncy,Cy Cole"), pd.Timestamp("2024-05-08"))
    with Store.open(tmp_path / "store.sqlite3") as store:
        assert take(store, now) == take(store, now) == "2024-W19"
        kept = store.snapshots("2024-W19").set_index("person")
    assert kept.index.tolist() == ["linkedin:ana", "linkedin:bo"]
    assert kept["depth"].tolist() == now.ties.loc[kept.index, "depth"].tolist()
    assert kept["kind"].tolist() == now.ties.loc[kept.index, "kind"].tolist()
    assert set(kept["version"]) == {now.score_version}
