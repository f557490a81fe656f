"""A folder of labelled data in small."""

from __future__ import annotations

from pathlib import Path

import pytest
from labelled_folder import CHAT, MAIL, write


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """The folder, every file of it readable."""
    write(tmp_path, "manufacturing/communication.csv.gz", MAIL)
    write(tmp_path, "manufacturing/reportsto.csv", "ID,ReportsToID\n2,1\n")
    write(tmp_path, "collegemsg/CollegeMsg.txt.gz", CHAT)
    write(tmp_path, "eies/eies_messages.csv", "src,dst,weight\n0,0,24.0\n0,1,5.0\n1,0,2.0\n")
    write(
        tmp_path,
        "eies/eies_relations.csv",
        "src,dst,rank_1,rank_2,time\n0,1,2.0,3.0,1.0\n1,0,,2.0,2.0\n0,2,4.0,4.0,1.0\n",
    )
    for group, people in (("fra", 58), ("off", 40), ("tec", 34)):
        write(tmp_path, f"bernard_killworth/bk{group}b.csv", "src,dst,weight\n1,0,3.0\n")
        ranks = "".join(f"0,{other},{other}.0\n" for other in range(1, people))
        write(tmp_path, f"bernard_killworth/bk{group}c.csv", f"src,dst,weight\n{ranks}")
    for tie, rows in (("advice", "0,1\n"), ("cowork", "0,1\n1,0\n"), ("friends", "1,0\n")):
        write(tmp_path, f"lazega/law_{tie}.csv", f"src,dst\n{rows}")
    return tmp_path
