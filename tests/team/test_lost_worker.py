"""A worker that dies in the middle of a run, on a cluster of two processes."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import nullcontext
from types import ModuleType

from engines import cluster
from exports import TODAY

from auditor.team.runs import RunFolder, run


def test_a_killed_worker_changes_nothing(before, tmp_path, monkeypatch):
    """Killed while it audits: Dask starts another and gives it the member again; every file is the same, byte for byte."""
    from distributed import Client

    # A new worker runs the main module again, and Streamlit's AppTest leaves its last script as that.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    with cluster(2, processes=True) as local, Client(local) as client:
        pids = client.run(os.getpid)
        killed: list[int] = []

        def kill(done: int, of: int) -> None:
            busy = [address for address, keys in client.processing().items() if keys]
            if done == 1 and busy:
                killed.append(pids[busy[0]])
                os.kill(killed[0], signal.SIGKILL)

        found = run(before / "team", tmp_path / "run", (None, TODAY), lambda _: nullcontext(client), progress=kill)
        assert killed
        assert killed[0] not in client.run(os.getpid).values()
    expected = RunFolder.opened(before / "run")
    assert (found.names, found.missing, found.refs) == (expected.names, (), expected.refs)
    assert [found.part(ref).read_bytes() for ref in found.refs] == [
        expected.part(r).read_bytes() for r in expected.refs
    ]
